"""Units in the whole engine against worked examples and closed forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from small_fleet import boomer, calm, degrees, fleet, ordered, skimmer

from khazri.engine import Controls, Release, budget, start, step
from khazri.engine.owners import Owner
from khazri.response import Task, Vessel
from khazri.response.controls import settle, swath_of
from khazri.response.stepping import act
from khazri.simulation import advance, open_world

KNOT = 1852.0 / 3600.0
STILL = tuple(small_sea.constant(name, 0.0, 0.0) for name in ("current", "wind"))
RING = np.array([[-500.0, -500.0], [500.0, -500.0], [500.0, 500.0], [-500.0, 500.0]])  # 1 km2


def swept(hours: float, *, particles: int, film: float = 1e-3, **figures: float) -> tuple[float, float, float]:
    """Emulsion met and taken [m3], and what is missing from the budget [kg], over a still film of one thickness."""
    oil = small_sea.oil()
    release = Release("film", 0, film * 1e6 * oil.density, 0.0, 0.0, "polygon", RING)
    inputs = small_sea.site(
        *STILL, release=release, dt=60.0, particles=particles, processes=frozenset(), horizontal_diffusivity=0.0
    )
    state, sea = start(inputs, 0), calm(inputs)
    unit = skimmer(swath=30.0, working_speed=0.7 * KNOT, storage=1e6, pump=1.0, **figures)
    at = (-450.0, -450.0)
    vessel = Vessel(unit.ident, *at, berth=at, home_from=at, phase="to_task", searched=True)
    task = Task("skim", tuple(map(tuple, RING.tolist())), 1)
    met = taken = 0.0
    for k in range(round(hours * 60) + 20):
        now = act(unit, replace(vessel, searched=True), replace(sea, time=k * 60.0), task, dt=60.0)
        swath = swath_of(now, 0)
        step(state, inputs, Controls(swaths=(swath,) if swath is not None else ()))
        vessel = settle(now, 0, state, 60.0)
        if k >= 20 and 0 in state.recoveries:  # it has begun
            met, taken = met + state.recoveries[0].met, taken + state.recoveries[0].emulsion
    return met, taken, float(budget(state).sum() - state.released.sum())


def test_a_skimmer_meets_what_the_worked_example_says(accuracy) -> None:
    expected = 30.0 * 0.7 * KNOT * 1e-3 * 3600.0
    assert expected == pytest.approx(38.892, abs=1e-3)
    met, taken, missing = swept(4.0, particles=200_000, throughput=0.75)
    accuracy(
        quantity="emulsion met by a swath of 30 m at 0.7 kn in a film of 1 mm [m3/h]", ours=met / 4.0, expected=expected,
        source="encounter rate w v h (ROC, Genwest 2011)", tolerance="2 %: 31,000 particles are met; legs overlap where they turn",
    )  # fmt: skip
    assert met / 4.0 == pytest.approx(expected, rel=0.02)
    assert taken == pytest.approx(0.75 * met, rel=1e-3)
    assert abs(missing) < 1e-9 * 870_000.0


@pytest.mark.parametrize("particles", [20_000, 60_000])
def test_what_is_met_does_not_hang_on_the_number_of_particles(particles: int) -> None:
    met, _, _ = swept(4.0, particles=particles)
    assert met / 4.0 == pytest.approx(
        38.892, rel=0.01 + 4.0 / np.sqrt(particles * 4.0 * 38_892.0 / 1e6)
    )  # turns, and four standard errors


def test_a_boom_across_a_slow_current_holds_all_that_drifts_against_it(accuracy) -> None:
    slow = (small_sea.constant("current", 0.2, 0.0), small_sea.constant("wind", 0.0, 0.0))
    line = degrees((600.0, -450.0), (600.0, 450.0))
    release = small_sea.at_once(radius=100.0, vertices=np.array([[-1_500.0, 0.0]]))
    inputs = small_sea.site(*slow, release=release, dt=60.0, particles=2_000, horizontal_diffusivity=0.0)
    quick = boomer(berth=(600.0, -1_000.0), working_speed=2.0)
    at = open_world((inputs,), fleet=fleet(quick))
    for _ in range(240):
        advance(at, ordered(alfa_boom=("boom", line)))
    masses = budget(at.states[0])
    surface = masses[Owner.AFLOAT] + masses[Owner.BOOMED]
    share = float(masses[Owner.BOOMED] / surface)
    accuracy(
        quantity="share of a slick held by a boom across 0.2 m/s in a calm", ours=share, expected=1.0,
        source="no loss below 0.36 m/s (US Navy Salvage Manual vol. 6, 1991)", tolerance="exact to rounding",
    )  # fmt: skip
    assert share == pytest.approx(1.0, abs=1e-6)
