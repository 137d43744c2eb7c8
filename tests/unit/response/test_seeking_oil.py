"""A skimming vessel finds the oil in its area, goes where there is most, works against the wind, and keeps to its area."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import shapely
import small_sea
from small_fleet import boomer, box, degrees, ordered, play, skimmer, world

from khazri.simulation import World
from khazri.simulation.orders import Orders

WEST = (-4_000.0, -3_000.0, 4_000.0, 5_000.0)
TASKS = ordered(alfa_skimmer=("skim", box(*WEST)))


def positions(on: World, orders: Orders, steps: int, *, number: int = 0) -> list[tuple[str, tuple[float, float]]]:
    found = []
    for _ in range(steps):
        play(on, orders, steps=1)
        found.append((on.vessels[number].phase, on.vessels[number].point))
    return found


def test_it_searches_its_area_at_transit_speed_until_it_sees_oil_and_then_works_in_it() -> None:
    on = world(skimmer(sight=1_500.0), particles=2_000)
    phases = [phase for phase, _ in positions(on, TASKS, 110)]
    order = [phase for phase, before in zip(phases, ["", *phases], strict=False) if phase != before]
    assert order[:5] == ["mobilising", "to_task", "searching", "to_oil", "working"]
    pool, n = on.states[0].pool, on.states[0].living
    distance = math.dist(on.vessels[0].point, (float(pool.x[:n].mean()), float(pool.y[:n].mean())))
    assert distance < 600.0  # of the middle of the slick


def test_it_keeps_within_its_area_though_the_oil_drifts_out_of_it() -> None:
    on = world(skimmer(), particles=1_000)
    area = shapely.box(*WEST).buffer(60.0)
    at_work = [point for phase, point in positions(on, TASKS, 300) if phase in ("working", "to_oil", "searching")]
    assert len(at_work) > 150
    assert all(area.contains(shapely.Point(point)) for point in at_work)


def test_in_oil_it_works_against_the_wind() -> None:
    on = world(skimmer(), particles=2_000)
    track = positions(on, TASKS, 75)
    runs = [(a[1], b[1]) for a, b in pairwise(track) if a[0] == b[0] == "working"]
    assert runs
    upwind = sum((b[0] - a[0]) * -5.0 + (b[1] - a[1]) * -6.0 for a, b in runs)
    assert upwind > 0.0


def test_where_there_is_no_oil_it_searches_once_and_then_sweeps() -> None:
    nowhere = small_sea.at_once(mass=1.0, start=1e6, end=1e6)
    on = world(skimmer(sight=1_000.0), particles=100, release=nowhere)
    phases = [phase for phase, _ in positions(on, TASKS, 200)]
    assert phases[-1] == "working"
    assert "searching" in phases
    assert "to_oil" not in phases
    assert phases.index("working") > phases.index("searching")


def test_a_small_area_that_is_all_in_sight_is_swept_at_once() -> None:
    nowhere = small_sea.at_once(mass=1.0, start=1e6, end=1e6)
    on = world(skimmer(), particles=100, release=nowhere)
    small = ordered(alfa_skimmer=("skim", box(0.0, 0.0, 800.0, 800.0)))
    assert "searching" not in [phase for phase, _ in positions(on, small, 60)]


@pytest.mark.parametrize("sight", [500.0, 3_000.0])
def test_what_it_does_hangs_on_what_it_can_see(sight: float) -> None:
    on = world(skimmer(sight=sight), particles=1_000)
    play(on, TASKS, steps=45)
    assert on.vessels[0].seeing is (sight > 1_000.0)


def test_it_works_along_a_boom_that_holds_oil() -> None:
    slow = small_sea.constant("current", 0.25, 0.0)
    still = small_sea.constant("wind", 0.5, 0.0)
    line = ((1_500.0, -450.0), (1_500.0, 450.0))
    on = world(boomer(working_speed=3.0), skimmer(), slow, still, particles=2_000)
    orders = ordered(
        alfa_boom=("boom", degrees(*line)), alfa_skimmer=("skim", box(-4_000.0, -3_000.0, 4_000.0, 3_000.0))
    )
    before = shapely.LineString(line)
    at_work = [point for phase, point in positions(on, orders, 240, number=1)[160:] if phase == "working"]
    near = [point for point in at_work if before.distance(shapely.Point(point)) < 30.0]
    assert len(near) > 0.6 * len(at_work) > 20
    boomed = on.vessels[0].boom.held
    assert on.vessels[1].recovered > 0.0
    play(on, orders, steps=120)
    assert on.vessels[0].boom.held < boomed


def test_a_crew_that_sees_nothing_sweeps_all_the_same() -> None:
    on = world(skimmer(sight=0.0), particles=100)
    assert positions(on, TASKS, 150)[-1][0] in ("searching", "working")
    assert not on.vessels[0].seeing
