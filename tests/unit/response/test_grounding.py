"""Units where the sea falls: grounded where it leaves them, afloat when it is back, round what has fallen dry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from small_fleet import BERTH, box, fleet, ordered, play, skimmer, told

from khazri.engine import Field
from khazri.geo.grid import Grid
from khazri.response.waters import Waters, aground, looked_at_since, waters_now
from khazri.simulation import Orders, World, open_world, restore_world, save_world
from khazri.simulation.orders import UnitTask

AREA = box(-1_000.0, -1_000.0, 1_000.0, 1_000.0)


def level(*moments: tuple[float, float]) -> Field:
    times, values = np.array(moments).T
    shaped = values.astype(np.float32).reshape(-1, 1, 1, 1)
    return Field("level", Grid(0.0, 0.0, 1e6, 1, 1), times.astype(float), shaped, "test")


def shoal(depth: float, west: int, east: int, south: int = 0, north: int = small_sea.CELLS):
    """Eight metres of water, but for cells of a rectangle (from the middle of the site)."""
    terrain, middle = small_sea.sea(), small_sea.CELLS // 2
    bed = terrain.depth.copy()
    bed[max(0, middle + south) : middle + north, middle + west : middle + east] = depth
    return replace(terrain, depth=bed, bed=bed)


def at_sea(terrain, *fields: Field, **unit: float) -> World:
    inputs = small_sea.site(*fields, release=small_sea.at_once(radius=300.0), dt=60.0, particles=500, terrain=terrain)
    return open_world((inputs,), fleet=fleet(skimmer(**{"draft": 2.0, "mobilisation": 60.0, **unit})))


def test_a_unit_is_grounded_where_the_water_falls_below_its_draft_and_floats_again() -> None:
    """Three metres of water about the spill: two hours of a sea two and a half metres lower leave half a metre."""
    falls = level((0.0, 0.0), (5_000.0, 0.0), (7_000.0, -2.5), (12_000.0, -2.5), (14_000.0, 0.0))
    world = at_sea(shoal(3.0, -8, 60, -8, 8), falls)
    orders = ordered(alfa_skimmer=("skim", AREA))
    happened = play(world, orders, steps=130)
    grounded = next(each for each in happened if each.kind == "unit grounded")
    assert grounded.values["draft"] == 2.0
    assert grounded.values["depth"] < 1.0  # even twice that would not float it
    assert {"longitude", "latitude"} <= set(grounded.values)
    assert world.vessels[0].aground
    assert world.vessels[0].state == "stopped"
    where = world.vessels[0].point
    play(world, orders, steps=60)
    assert world.vessels[0].point == where
    again = play(world, orders, steps=90)
    assert told(again, "alfa-skimmer")[0] == "unit afloat"
    assert world.vessels[0].point != where


def test_what_is_aground_stays_so_over_a_snapshot() -> None:
    world = at_sea(shoal(3.0, -8, 60, -8, 8), level((0.0, 0.0), (5_000.0, 0.0), (7_000.0, -2.5), (90_000.0, -2.5)))
    orders = ordered(alfa_skimmer=("skim", AREA))
    play(world, orders, steps=150)
    again = restore_world(world, save_world(world))
    assert again.vessels[0].aground
    assert told(play(again, orders, steps=20), "alfa-skimmer") == []


def test_a_way_that_falls_dry_is_left_for_another() -> None:
    """A bar with a gap in the north: the straight way over it is open until the sea falls."""
    terrain = shoal(3.0, -10, -8, -60, 40)
    falls = level((0.0, 0.0), (120.0, 0.0), (600.0, -2.9), (90_000.0, -2.9))
    world = at_sea(terrain, falls, speed=4.0)
    play(world, ordered(alfa_skimmer=("skim", AREA)), steps=6)
    first = world.vessels[0].track
    play(world, ordered(alfa_skimmer=("skim", AREA)), steps=15)
    second = world.vessels[0].track
    assert first is not None
    assert second is not None
    assert second.length > 2.0 * first.length
    assert max(y for _, y in second.points) > 15_000.0


def test_a_unit_that_no_water_leads_to_says_so() -> None:
    closed = shoal(3.0, -10, -8, -60, 60)
    world = at_sea(closed, level((0.0, -2.9), (1.0, -2.9)))
    happened = play(world, Orders(tasks={"alfa-skimmer": UnitTask("skim", AREA, 0, 1)}), steps=10)
    assert "unit stopped" in told(happened, "alfa-skimmer")
    assert world.vessels[0].reason == "too_shallow"
    assert world.vessels[0].point == pytest.approx(BERTH)


def test_the_waters_are_made_anew_only_when_they_are_looked_at() -> None:
    ordinary, rises = Waters(small_sea.sea(), 2.0), level((0.0, 0.0), (3_600.0, 1.0))
    first = waters_now(ordinary, rises, 10.0, None)
    assert waters_now(ordinary, rises, 590.0, (rises, 0.0, first)) is first
    later = waters_now(ordinary, rises, 600.0, (rises, 0.0, first))
    assert later.depth((0.0, 0.0)) == pytest.approx(8.0 + 600.0 / 3_600.0, abs=1e-4)
    assert waters_now(ordinary, None, 600.0, None) is ordinary
    assert looked_at_since(600.0, 60.0)
    assert not looked_at_since(660.0, 60.0)


def test_a_depth_that_may_be_wrong_grounds_nobody() -> None:
    waters = Waters(shoal(1.2, -1, 1, -1, 1), 2.0)
    here = small_sea.sea().grid.x[small_sea.CELLS // 2], small_sea.sea().grid.y[small_sea.CELLS // 2]
    assert not aground(waters, 2.0, here)  # 1.2 +- 1.2 m
    assert aground(waters, 2.5, here)
