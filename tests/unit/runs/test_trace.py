"""The replay of an exercise gives the world's own figures, and nobody acting is a plain run."""

from __future__ import annotations

import math

import numpy as np
import pytest
import small_sea

from khazri.engine import budget, frame_of
from khazri.evaluation import Trace
from khazri.runs.trace import nobody_acts, trace_of
from khazri.simulation import Orders, Place, advance, open_world
from khazri.simulation.orders import UnitTask, WindOrder
from khazri.simulation.world import World

STRIP = np.array([[2500.0, -60_000.0], [6000.0, -60_000.0], [6000.0, 60_000.0], [2500.0, 60_000.0]])
GALE = WindOrder("test", 30, 15.0, math.radians(270.0))


def fresh() -> World:
    inputs = small_sea.site(dt=60.0, particles=500, terrain=small_sea.sea(small_sea.shore_east(12)))
    return open_world((inputs,), (Place("strip", "test", STRIP, weight=2.0),))


def traced(orders: Orders | None = None, **settings: int) -> Trace:
    return trace_of(fresh(), lambda step: orders or Orders(), 240, **settings)


def test_the_trace_has_the_worlds_own_budget_and_last_frame() -> None:
    world, trace = fresh(), traced()
    for _ in range(240):
        advance(world, Orders())
    site, (ident, last) = trace.sites[0], trace.last[0]
    assert ident == "test"
    assert np.array_equal(site.budget[-1], budget(world.states[0]))
    assert np.array_equal(last.x, frame_of(world.states[0], world.inputs[0]).x)


def test_the_first_row_stands_before_the_first_step() -> None:
    trace = traced()
    assert trace.steps[0] == 0
    assert trace.sites[0].released[0] == 0.0
    assert trace.seconds[-1] == 240 * 60.0


def test_oil_that_comes_ashore_makes_shore_oiled_and_a_place_reached() -> None:
    trace = traced(Orders(winds=(GALE,)))
    site = trace.sites[0]
    assert site.budget[-1, 5] > 0.0
    assert site.shoreline[-1] >= 500.0
    assert site.shoreline[0] == 0.0
    assert trace.places[0].oil.max() > 0.0


def test_fewer_samples_are_a_part_of_all_samples() -> None:
    every, some = traced(), traced(every=50)
    assert some.steps.tolist() == [0, 50, 100, 150, 200, 240]
    assert np.array_equal(some.sites[0].budget, every.sites[0].budget[some.steps])
    assert np.array_equal(some.places[0].oil, every.places[0].oil[some.steps])


def test_nobody_acts_keeps_the_ordered_winds_and_drops_the_tasks() -> None:
    ordered = Orders(tasks={"skimmer": UnitTask("skim", (), 3, 1)}, winds=(GALE,), source_open={"spill": False})
    left = nobody_acts(lambda step: ordered)(7)
    assert left == Orders(winds=(GALE,), source_open={"spill": False})


def test_a_world_that_has_begun_is_refused() -> None:
    world = fresh()
    advance(world, Orders())
    with pytest.raises(ValueError, match="expected a fresh one"):
        trace_of(world, lambda step: Orders(), 10)
