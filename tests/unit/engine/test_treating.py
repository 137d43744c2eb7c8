"""Sprays, fires and teams on the shore act within their quadrilaterals, as far as their means go; no gram is lost."""

from __future__ import annotations

import numpy as np
import pytest
from small_sea import at_once, constant, sea, shore_east, site

from khazri.engine import Controls, Owner, Status, budget, restore, save, start, step
from khazri.engine.controls import Boom, Burn, Cleaning, Spray, Swath
from khazri.geo.terrain import ShoreType
from khazri.physics.burning import burnt_share

CALM: frozenset[str] = frozenset()


def still(*, particles: int = 2_000, radius: float = 20.0, processes: frozenset[str] = CALM, **changes: object):
    inputs = site(
        constant("current", 0.0, 0.0), constant("wind", 0.0, 0.0), release=at_once(radius=radius), particles=particles,
        processes=processes, dt=60.0, **changes,
    )  # fmt: skip
    state = start(inputs, 0)
    step(state, inputs, Controls())
    return inputs, state


def closed(state) -> float:
    return abs(budget(state).sum() - state.released.sum()) / state.released.sum()


def square(half: float, middle: float = 0.0) -> np.ndarray:
    low, high = middle - half, middle + half
    return np.array([[[low, -half], [high, -half], [high, half], [low, half]]])


def inside(state, half: float) -> np.ndarray:
    return (np.abs(state.pool.x[: state.living]) < half) & (np.abs(state.pool.y[: state.living]) < half)


def test_spraying_sends_its_share_under_and_touches_nothing_else() -> None:
    inputs, state = still(particles=20_000)
    there = inside(state, 10.0)
    state.pool.viscosity[:] = 1e-3  # disperses to 0.92
    step(state, inputs, Controls(sprays=(Spray(3, square(10.0), 1e9, 0.8),)))
    under = state.pool.status[: state.living] == Status.SUBMERGED
    assert not under[~there].any()
    assert under[there].mean() == pytest.approx(0.8 * 0.92, abs=4.0 * np.sqrt(0.2 / there.sum()))
    done = state.sprayings[3]
    assert done.met == done.reached == pytest.approx(1e5 * there.mean(), rel=1e-4)
    assert done.treated == pytest.approx(budget(state)[Owner.SUBMERGED], rel=1e-6)
    assert closed(state) < 1e-12
    small = state.pool.diameter[: state.living][under]
    assert (small <= np.float32(5e-4)).all()
    assert np.median(small) < 1e-4
    assert (state.pool.z[: state.living][under] < 0.0).all()


def test_dispersant_is_enough_for_so_much_oil() -> None:
    inputs, state = still()
    state.pool.viscosity[:] = 1e-3
    step(state, inputs, Controls(sprays=(Spray(3, square(500.0), 20_000.0, 1.0),)))
    assert state.sprayings[3].met == pytest.approx(1e5, rel=1e-6)
    assert 20_000.0 - 50.0 <= state.sprayings[3].reached <= 20_000.0
    assert state.sprayings[3].treated == pytest.approx(0.92 * 20_000.0, rel=0.06)


def test_thick_oil_does_not_go_under() -> None:
    inputs, state = still()
    state.pool.viscosity[:] = 1.0
    step(state, inputs, Controls(sprays=(Spray(3, square(500.0), 1e9, 1.0),)))
    assert state.sprayings[3].treated == 0.0
    assert state.sprayings[3].reached > 0.0


def test_a_burn_takes_what_the_pace_says() -> None:
    inputs, state = still()
    state.pool.thickness[:] = 0.05
    step(state, inputs, Controls(burns=(Burn(4, square(500.0), 1.0, 60.0),)))
    share = burnt_share(0.05, 0.0, 5.8e-5, 60.0)
    done = state.burnings[4]
    assert done.lit
    assert done.reason == ""
    assert done.oil + done.residue == pytest.approx(share * 1e5, rel=1e-5)
    assert done.residue == pytest.approx(0.05 * share * 1e5, rel=1e-5)
    assert budget(state)[Owner.BURNED] == done.oil
    assert budget(state)[Owner.BURN_RESIDUE] == done.residue
    assert closed(state) < 1e-12


def test_a_burn_touches_nothing_outside() -> None:
    inputs, state = still()
    state.pool.thickness[:] = 0.05
    there, before = inside(state, 10.0), state.pool.mass[: state.living].copy()
    step(state, inputs, Controls(burns=(Burn(4, square(10.0), 1.0, 60.0),)))
    assert (state.pool.mass[: state.living][~there] == before[~there]).all()
    assert (state.pool.mass[: state.living][there] < before[there]).all()


@pytest.mark.parametrize(
    ("film", "water", "efficiency", "lit", "reason"),
    [
        (5e-4, 0.0, 1.0, False, "too_thin_to_burn"),
        (1.5e-3, 0.0, 1.0, False, ""),
        (1.5e-3, 0.0, 1.0, True, "too_thin_to_burn"),  # what burns goes out at 2 mm
        (3e-3, 0.1, 1.0, False, "too_thin_to_burn"),  # an emulsion wants 5 mm
        (3e-3, 0.1, 1.0, True, ""),
        (0.05, 0.4, 1.0, False, "too_wet_to_burn"),
        (0.05, 0.0, 0.0, False, "too_windy"),
    ],
)
def test_why_a_fire_does_not_burn(film: float, water: float, efficiency: float, lit: bool, reason: str) -> None:
    inputs, state = still()
    state.pool.thickness[:], state.pool.water[:] = film, water
    step(state, inputs, Controls(burns=(Burn(4, square(500.0), efficiency, 60.0, lit=lit),)))
    assert state.burnings[4].reason == reason
    assert not (reason and state.burnings[4].oil)


def test_nothing_to_burn_is_said() -> None:
    inputs, state = still()
    step(state, inputs, Controls(burns=(Burn(4, square(5.0, 900.0), 1.0, 60.0),)))
    assert state.burnings[4].reason == "nothing_to_burn"
    assert not state.burnings[4].lit


def ashore(kind: ShoreType = ShoreType.SAND):
    """All of it on a shore."""
    inputs, state = still(terrain=sea(shore_east(4), kind=kind), processes=frozenset({"stranding"}))
    edge = np.nonzero(inputs.terrain.segment >= 0)
    x, y = inputs.terrain.grid.x[edge[1][60]], inputs.terrain.grid.y[edge[0][60]]
    state.pool.x[:], state.pool.y[:], state.pool.status[:] = x, y, Status.ASHORE
    state.workshop = None
    return inputs, state, np.array([[[x - 50, y - 50], [x + 50, y - 50], [x + 50, y + 50], [x - 50, y + 50]]])


def test_a_team_takes_what_it_can_and_makes_waste() -> None:
    inputs, state, quad = ashore()
    step(state, inputs, Controls(cleanings=(Cleaning(5, quad, 500.0, "manual", 8.0),)))
    done = state.cleanings[5]
    assert done.oil == pytest.approx(500.0, rel=1e-3)
    assert done.waste_volume == pytest.approx(8.0 * 500.0 / 870.0, rel=1e-3)
    assert done.waste == pytest.approx(done.waste_volume * 1_600.0, rel=1e-6)
    assert budget(state)[Owner.SHORE_CLEANED] == done.oil
    assert closed(state) < 1e-12


def test_a_loader_is_of_no_use_in_reeds() -> None:
    inputs, state, quad = ashore(ShoreType.REEDS_MARSH)
    step(state, inputs, Controls(cleanings=(Cleaning(5, quad, 500.0, "mechanical", 20.0),)))
    assert state.cleanings[5].oil == 0.0
    assert state.cleanings[5].unsuited > 0.9e5


def everything(threads: int, *, steps: int = 16, pause: int | None = None):
    inputs = site(constant("current", 0.4, 0.1), release=at_once(radius=300.0), particles=110_000, dt=60.0)
    state, sums = start(inputs, 0), np.zeros(5)
    for k in range(steps):
        if k == pause:
            state = restore(save(state), inputs)
        line = np.array([[250.0, -600.0], [300.0, 0.0], [250.0, 600.0]]) + np.array([5.0 * k, 0.0])
        controls = Controls(
            booms=(
                Boom(0, line + np.array([5.0, 0.0]), 0.5, before=line, wave_limit=3.0, wave_height=0.8, capacity=15.0),
                Boom(1, line + np.array([200.0, 0.0]), 0.5, wave_limit=3.0, wave_height=0.8, condition=0.9),
            ),
            swaths=(Swath(0, square(40.0, 200.0), 0.7, 3.0),),
            burns=(Burn(1, square(60.0, 100.0), 0.8, 60.0, lit=True),),
            sprays=(Spray(2, square(100.0), 3_000.0, 0.7),),
            cleanings=(Cleaning(3, square(1_000.0), 100.0),),
        )  # fmt: skip
        step(state, inputs, controls, threads=threads)
        sums += [
            state.recoveries[0].oil, state.burnings[1].oil, state.sprayings[2].treated, state.boom_tally[0].held,
            state.boom_tally[0].drained,
        ]  # fmt: skip
        assert closed(state) < 1e-12
    return {**save(state), "sums": sums}


@pytest.mark.slow
def test_neither_threads_nor_a_snapshot_change_a_bit_of_all_that_acts() -> None:
    one, two, cut = everything(1), everything(2), everything(2, pause=7)
    assert (one["sums"][[0, 2, 3, 4]] > 0.0).all()
    for name in one:
        assert np.array_equal(one[name], two[name], equal_nan=True), name
        assert np.array_equal(one[name], cut[name], equal_nan=True), name


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (Spray, {"most": -1.0, "effect": 0.5}),
        (Spray, {"most": 1.0, "effect": 1.5}),
        (Burn, {"efficiency": 2.0, "seconds": 1.0}),
        (Cleaning, {"most": 1.0, "method": "magic"}),
    ],
)
def test_malformed_acts_are_refused_in_words(kind: type, about: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        kind(unit=1, corners=square(1.0), **about)


def test_a_second_dose_disperses_nothing_more_until_the_sea_is_rougher() -> None:
    inputs, state = still()
    state.pool.viscosity[:] = 1e-3
    spray = Spray(3, square(500.0), 1e9, 0.4)
    step(state, inputs, Controls(sprays=(spray,)))
    first = state.sprayings[3].treated
    step(state, inputs, Controls(sprays=(spray,)))
    again = state.sprayings[3]
    assert again.reached > 0.0, "it costs dispersant"
    assert again.treated == 0.0
    step(state, inputs, Controls(sprays=(Spray(3, square(500.0), 1e9, 0.8),)))
    assert state.sprayings[3].treated == pytest.approx(first, rel=0.2)
