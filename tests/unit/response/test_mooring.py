"""A boom at its anchors: it lies while they hold, and goes with wind and water while they drag."""

from __future__ import annotations

import math

import pytest
import small_sea
from small_fleet import boomer, degrees, ordered, world

from khazri.response import Preview
from khazri.response.conditions import Conditions
from khazri.response.mooring import cautions_of, drift_of
from khazri.simulation import advance, observe_units, preview_task, restore_world, save_world

LINE = degrees((400.0, -450.0), (400.0, 450.0))
CALM = small_sea.constant("wind", 0.0, 0.0)
STRAIGHT = ((0.0, 0.0), (0.0, 500.0))


def weather(current: tuple[float, float] = (0.0, 0.0), wind: tuple[float, float] = (0.0, 0.0)) -> Conditions:
    return Conditions(wind, current, current, 0.1, 1e9)


def laid(current: float, steps: int = 240, **figures: float):
    on = world(
        boomer(berth=(300.0, -900.0), mobilisation=60.0, **figures), small_sea.constant("current", current, 0.0), CALM
    )
    told = []
    for _ in range(steps):
        told += [happening.kind for happening in advance(on, ordered(alfa_boom=("boom", LINE)))[1]]
    return on, told


def test_a_boom_across_the_current_drags_from_where_its_pull_is_what_the_anchors_hold() -> None:
    unit = boomer(skirt=0.6, anchor_spacing=50.0, anchor_mass=35.0)
    # 11 anchors of 600 kgf against 300 m2 of skirt at 26 kgf a square metre and knot squared
    onset = math.sqrt(11 * 600.0 / (26.0 * 300.0)) * 1852.0 / 3600.0
    assert drift_of(unit, STRAIGHT, weather((0.99 * onset, 0.0)))[0] == 0.0
    speed, way = drift_of(unit, STRAIGHT, weather((1.2 * onset, 0.0)))
    assert speed == pytest.approx(0.2 * onset, rel=1e-3)  # what runs past it is the onset again
    assert way == pytest.approx((1.0, 0.0))


def test_a_boom_along_the_current_and_the_wind_is_not_pulled_at() -> None:
    assert drift_of(boomer(), STRAIGHT, weather((0.0, 1.5), (0.0, 20.0)))[0] == 0.0


def test_wind_alone_carries_it_off() -> None:
    assert drift_of(boomer(), STRAIGHT, weather(wind=(10.0, 0.0)))[0] == 0.0
    speed, way = drift_of(boomer(), STRAIGHT, weather(wind=(-28.0, 0.0)))
    assert speed > 0.0
    assert way == pytest.approx((-1.0, 0.0))


def test_half_the_anchors_hold_half_as_much() -> None:
    many, few = (boomer(anchor_spacing=spacing) for spacing in (25.0, 100.0))
    hard = weather((0.55, 0.0))
    assert drift_of(many, STRAIGHT, hard)[0] == 0.0
    assert drift_of(few, STRAIGHT, hard)[0] > 0.0


@pytest.mark.slow
def test_a_boom_that_drags_goes_with_the_water_tells_it_once_and_keeps_its_length() -> None:
    on, told = laid(0.7)
    now = observe_units(on).booms[0]
    assert now.state == "dragging"
    assert told.count("boom dragging") == 1
    boom = on.vessels[0].boom
    assert boom is not None
    assert boom.line[0][0] > 500.0  # east of where it was laid
    assert math.dist(*boom.line) == pytest.approx(900.0, rel=1e-3)
    assert (on.vessels[0].x, on.vessels[0].y) == pytest.approx(boom.line[-1])
    again = restore_world(laid(0.7, steps=0)[0], save_world(on))
    advance(on, ordered(alfa_boom=("boom", LINE)))
    advance(again, ordered(alfa_boom=("boom", LINE)))
    assert save_world(again) == save_world(on)


def test_a_boom_of_many_pieces_keeps_all_of_them_while_it_drags() -> None:
    corners = degrees(*((400.0 + 40.0 * (k % 2), -300.0 + 30.0 * k) for k in range(20)))
    on = world(
        boomer(berth=(300.0, -900.0), mobilisation=60.0, boom_length=1_200.0, working_speed=2.0), small_sea.constant("current", 1.1, 0.1),
        CALM,
    )  # fmt: skip
    counts = set()
    for _ in range(150):
        advance(on, ordered(alfa_boom=("boom", corners)))
        boom = on.vessels[0].boom
        if boom is not None and boom.dragging:
            counts.add(len(boom.in_water))
    assert counts == {20}


def test_a_boom_in_a_slow_current_stays_where_it_was_laid() -> None:
    on, told = laid(0.2, steps=150)
    boom = on.vessels[0].boom
    assert boom is not None
    assert boom.line[0][0] == pytest.approx(400.0, abs=0.1)
    assert "boom dragging" not in told


def test_the_order_says_beforehand_that_anchors_would_drag_or_the_skirt_touch_the_bed() -> None:
    on, _ = laid(0.7, steps=1)
    found = preview_task(on, "alfa-boom", "boom", LINE)
    assert isinstance(found, Preview)
    assert found.cautions == ("anchors_would_drag",)
    calm = weather()
    assert cautions_of(boomer(skirt=0.6), STRAIGHT, calm, 0.8) == ("skirt_grounds",)
    assert cautions_of(boomer(skirt=0.6), STRAIGHT, calm, 1.0) == ()
