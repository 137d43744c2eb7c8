"""Booms hold what would cross them, and swaths take what lies in them; nothing is lost, whatever the threads."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from small_sea import at_once, constant, sea, shore_east, site

from khazri.engine import Controls, Owner, Status, budget, restore, save, start, step
from khazri.engine.controls import Boom, Swath

CALM: frozenset[str] = frozenset()  # the current alone carries


def drifting(speed: float, *, particles: int = 500, processes: frozenset[str] = CALM, **changes: object):
    """Oil at the centre in a current to the east."""
    inputs = site(
        constant("current", speed, 0.0), constant("wind", 0.0, 0.0), release=at_once(radius=20.0), particles=particles,
        processes=processes, dt=60.0, **changes,
    )  # fmt: skip
    return inputs, start(inputs, 0)


def across(x: float, half: float = 2_000.0, ident: int = 0, **about: float) -> Boom:
    """A boom from south to north, east of the centre."""
    return Boom(ident, np.array([[x, -half], [x, half]]), 0.5, **about)  # type: ignore[arg-type]


def closed(state, inputs) -> float:
    return abs(budget(state).sum() - state.released.sum()) / state.released.sum()


def test_a_boom_across_a_slow_current_holds_everything() -> None:
    inputs, state = drifting(0.2)
    for _ in range(60):
        step(state, inputs, Controls(booms=(across(200.0),)))
    assert (state.pool.x[: state.living] < 200.0).all()
    assert state.counts[Status.BOOMED] == state.living
    assert state.boom_tally[0].held == pytest.approx(1e5, rel=1e-6)
    assert state.boom_tally[0].leaked == 0.0
    assert closed(state, inputs) < 1e-12


def test_without_a_boom_the_same_oil_goes_on() -> None:
    inputs, state = drifting(0.2)
    for _ in range(60):
        step(state, inputs, Controls())
    assert (state.pool.x[: state.living] > 500.0).all()


def test_what_leaks_follows_the_rate() -> None:
    speed, minutes = 0.40, 5
    inputs, state = drifting(speed, particles=20_000)
    for _ in range(minutes):  # until all lies before the boom
        step(state, inputs, Controls(booms=(across(60.0, wave_limit=2.0),)))
    before = float((state.pool.x[: state.living] < 60.0).mean())
    for _ in range(minutes):
        step(state, inputs, Controls(booms=(across(60.0, wave_limit=2.0),)))
    kept = float((state.pool.x[: state.living] < 60.0).mean()) / before
    share = (speed - 0.36) / (0.62 - 0.36)  # in a minute, by physics.boom
    assert kept == pytest.approx((1.0 - share) ** minutes, rel=0.15)


def test_waves_beyond_the_limit_pass_over() -> None:
    inputs, state = drifting(0.2)
    for _ in range(60):
        step(state, inputs, Controls(booms=(across(200.0, wave_limit=1.0, wave_height=1.2),)))
    assert (state.pool.x[: state.living] > 200.0).all()


def test_oil_slides_along_a_boom_that_lies_aslant_and_leaves_at_its_end() -> None:
    inputs, state = drifting(0.3)
    slanting = Boom(0, np.array([[100.0, -300.0], [900.0, 500.0]]), 0.5)
    for _ in range(120):
        step(state, inputs, Controls(booms=(slanting,)))
        x, y = state.pool.x[: state.living], state.pool.y[: state.living]
        behind = (x - y > 400.0 + 1e-6) & (y > -300.0) & (y < 499.0)
        assert not behind.any(), "oil came through, or round the southern end"
    assert (state.pool.y[: state.living] > 450.0).all(), "it was not led to the northern end"


def test_no_oil_slips_through_a_corner() -> None:
    inputs, state = drifting(0.3, processes=frozenset({"diffusion"}), horizontal_diffusivity=5.0)
    pocket = Boom(0, np.array([[-400.0, 300.0], [300.0, 300.0], [300.0, -300.0], [-400.0, -300.0]]), 0.5)
    for _ in range(240):
        step(state, inputs, Controls(booms=(pocket,)))
    x, y = state.pool.x[: state.living], state.pool.y[: state.living]
    assert (x < 300.0).all()
    assert (np.abs(y[x > -300.0]) < 300.0).all()


def test_no_oil_jumps_a_boom_in_long_fast_steps() -> None:
    """Steps of 1,800 m and a wide walk against forty-metre zigzags that drift with the water, so that nothing leaks."""
    inputs = site(
        constant("current", 2.0, 0.3), constant("wind", 0.0, 0.0), release=at_once(radius=200.0), particles=20_000,
        processes=frozenset({"diffusion"}), dt=900.0, horizontal_diffusivity=50.0,
    )  # fmt: skip
    state = start(inputs, 0)
    line = np.array([[3_000.0 + 40.0 * (k % 2), y] for k, y in enumerate(np.linspace(-9e3, 9e3, 400))])
    for _ in range(8):
        step(state, inputs, Controls(booms=(Boom(0, line, 0.5, velocity=(2.0, 0.3)),)))
    assert (state.pool.x[: state.living] < 3_040.0).all()
    assert state.counts[Status.BOOMED] == state.living


def test_submerged_oil_passes_beneath() -> None:
    inputs, state = drifting(0.3)
    step(state, inputs, Controls())
    state.pool.status[:] = Status.SUBMERGED
    state.pool.z[:] = -2.0
    state.workshop = None
    for _ in range(60):
        step(state, inputs, Controls(booms=(across(200.0),)))
    assert (state.pool.x[: state.living] > 200.0).all()


def test_held_oil_floats_free_when_the_boom_is_taken_away() -> None:
    inputs, state = drifting(0.2)
    for _ in range(60):
        step(state, inputs, Controls(booms=(across(200.0),)))
    step(state, inputs, Controls())
    assert state.counts[Status.BOOMED] == 0
    assert state.counts[Status.AFLOAT] == state.living


def test_held_oil_floats_free_though_another_boom_lies_far_away() -> None:
    inputs, state = drifting(0.2)
    far = across(9_000.0, ident=1)
    for _ in range(60):
        step(state, inputs, Controls(booms=(across(200.0), far)))
    assert state.counts[Status.BOOMED] == state.living
    step(state, inputs, Controls(booms=(far,)))
    assert state.counts[Status.AFLOAT] == state.living
    assert state.boom_tally[1].held == 0.0
    assert closed(state, inputs) < 1e-12


def test_a_boom_before_the_shore_keeps_it_clean() -> None:
    terrain = sea(shore_east(4))
    inputs, state = drifting(0.3, terrain=terrain, processes=frozenset({"stranding"}))
    for _ in range(240):
        step(state, inputs, Controls(booms=(across(1_500.0),)))
    assert budget(state)[Owner.ASHORE] == 0.0
    assert budget(state)[Owner.BOOMED] == pytest.approx(1e5)


def square(middle: float, half: float) -> np.ndarray:
    low, high = middle - half, middle + half
    return np.array([[[low, -half], [high, -half], [high, half], [low, half]]])


def test_a_swath_takes_its_share_of_what_lies_in_it_and_nothing_else() -> None:
    inputs, state = drifting(0.0)
    step(state, inputs, Controls())
    inside = (np.abs(state.pool.x[: state.living]) < 10.0) & (np.abs(state.pool.y[: state.living]) < 10.0)
    before = state.pool.mass[: state.living].copy()
    step(state, inputs, Controls(swaths=(Swath(7, square(0.0, 10.0), 0.75, 1e9),)))
    after = state.pool.mass[: state.living]
    assert 0 < inside.sum() < state.living
    assert after[inside] == pytest.approx(0.25 * before[inside], rel=1e-6)
    assert (after[~inside] == before[~inside]).all()
    assert state.recoveries[7].oil == pytest.approx(0.75 * before[inside].sum(dtype=np.float64), rel=1e-6)
    assert budget(state)[Owner.RECOVERED] == state.recoveries[7].oil
    assert closed(state, inputs) < 1e-12


def test_a_full_tank_sets_the_limit() -> None:
    inputs, state = drifting(0.0)
    step(state, inputs, Controls())
    step(state, inputs, Controls(swaths=(Swath(7, square(0.0, 500.0), 0.75, 2.0),)))
    assert state.recoveries[7].emulsion == pytest.approx(2.0, rel=1e-5)
    assert state.recoveries[7].met > 50.0


def test_two_units_never_take_the_same_oil() -> None:
    inputs, state = drifting(0.0)
    step(state, inputs, Controls())
    both = (Swath(1, square(0.0, 500.0), 1.0, 1e9), Swath(2, square(0.0, 500.0), 1.0, 1e9))
    step(state, inputs, Controls(swaths=both))
    assert state.recoveries[1].oil == pytest.approx(1e5, rel=1e-6)
    assert state.recoveries[2].met == 0.0
    assert state.counts[Status.SPENT] == state.living
    assert closed(state, inputs) < 1e-12


def acting(threads: int, *, steps: int = 40, pause: int | None = None):
    """Booms, a skimmer, waves and weathering on enough particles for several threads."""
    inputs = site(constant("current", 0.4, 0.1), release=at_once(radius=300.0), particles=110_000, dt=60.0)
    state, taken = start(inputs, 0), 0.0
    booms = tuple(across(300.0 + 40.0 * k, 800.0, k, wave_limit=3.0, wave_height=0.8) for k in range(3))
    for k in range(steps):
        if k == pause:
            arrays = save(state)
            state = restore(arrays, inputs)
        swath = Swath(0, square(250.0, 40.0), 0.7, 3.0)
        step(state, inputs, Controls(booms=booms, swaths=(swath,)), threads=threads)
        taken += state.recoveries[0].oil
        assert closed(state, inputs) < 1e-12
    return {
        **save(state),
        "taken": np.array([taken]),
        "held": np.array([t.held for t in state.boom_tally.values()]),
    }


@pytest.mark.slow
def test_neither_threads_nor_a_snapshot_change_a_bit() -> None:
    one, two, cut = acting(1), acting(2), acting(2, pause=17)
    assert one["taken"][0] > 0.0
    for name in one:
        assert np.array_equal(one[name], two[name], equal_nan=True), name
        assert np.array_equal(one[name], cut[name], equal_nan=True), name


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (Boom, {"ident": 1, "line": np.zeros((1, 2)), "skirt": 0.5}),
        (Boom, {"ident": 1, "line": np.array([[0.0, np.nan], [1.0, 1.0]]), "skirt": 0.5}),
        (Swath, {"unit": 1, "corners": np.zeros((4, 2)), "throughput": 0.5, "most_emulsion": 1.0}),
        (Swath, {"unit": 1, "corners": np.zeros((1, 4, 2)), "throughput": 1.5, "most_emulsion": 1.0}),
    ],
)
def test_malformed_controls_are_refused_in_words(kind: type, about: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        kind(**about)


def test_controls_are_values() -> None:
    assert dataclasses.is_dataclass(Controls())
    assert Controls() == Controls()
