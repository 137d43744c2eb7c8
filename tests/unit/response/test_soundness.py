"""Booms grow old in the water, and are torn where their gear fails."""

from __future__ import annotations

import small_sea
from small_fleet import boomer, degrees, ordered, world

from khazri.response.soundness import soundness
from khazri.response.vessel import GEAR, LaidBoom, Vessel
from khazri.simulation import Orders, World, advance
from khazri.simulation.orders import Failure

LINE = degrees((400.0, -450.0), (400.0, 450.0))  # across a current of 0.2 m/s, below the onset of loss
CURRENT = small_sea.constant("current", 0.2, 0.0)
CALM = small_sea.constant("wind", 0.0, 0.0)


def boomed(age: float) -> Vessel:
    return Vessel("alfa-boom", 0.0, 0.0, boom=LaidBoom(((0.0, 0.0), (100.0, 0.0)), 100.0, "set", age=age))


def test_a_boom_is_sound_for_half_its_life_and_loses_a_tenth_a_minute_at_its_end() -> None:
    unit = boomer(boom_life=100_000.0)
    found = [round(soundness(unit, boomed(age)), 6) for age in (0.0, 50_000.0, 75_000.0, 100_000.0, 1e6)]
    assert found == [1.0, 1.0, 0.95, 0.9, 0.9]


def leaked(life: float, failures: tuple[Failure, ...] = ()) -> float:
    on: World = world(boomer(berth=(300.0, -900.0), boom_life=life, mobilisation=60.0), CURRENT, CALM)
    orders = ordered(alfa_boom=("boom", LINE))
    for step in range(180):
        given = orders if step < 120 else Orders(tasks=orders.tasks, failures=failures)
        advance(on, given)
    boom = on.vessels[0].boom
    assert boom is not None
    return boom.leaked


def test_an_old_boom_loses_what_a_new_one_holds() -> None:
    new, old = leaked(1e9), leaked(7_200.0)
    assert new == 0.0
    assert old > 100.0


def test_a_boom_whose_gear_fails_is_torn() -> None:
    assert leaked(1e9, (Failure("alfa-boom", GEAR, 120),)) > 1_000.0
