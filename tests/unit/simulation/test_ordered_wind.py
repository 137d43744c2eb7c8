"""The wind that control sets blows in the world, from its step on, and nothing about buffers or snapshots shows."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import small_sea

from khazri.engine.fields import Field
from khazri.engine.snapshot import restore, save
from khazri.simulation.orders import Orders, WindOrder
from khazri.simulation.weather import orders_so_far, under_wind, wind_in_force, wind_over, wind_so_far
from khazri.simulation.world import World, advance, open_world

GALE_FROM_EAST = WindOrder("test", 6, 20.0, math.radians(90.0))
ORDERS = Orders(winds=(GALE_FROM_EAST,))


def opened() -> World:
    return open_world((small_sea.site(dt=60.0, particles=500),))


def after(world: World, steps: int, orders: Orders) -> World:
    for _ in range(steps):
        advance(world, orders)
    return world


def columns(world: World) -> dict[str, np.ndarray]:
    return save(world.states[0])


def test_the_oil_follows_the_wind_that_was_ordered() -> None:
    calm, gale = after(opened(), 60, Orders()), after(opened(), 60, ORDERS)
    pushed = gale.states[0].pool.x[:500].mean() - calm.states[0].pool.x[:500].mean()
    assert pushed < -0.01 * 20.0 * 54 * 60.0  # at least a hundredth of the wind for 54 minutes, towards the west


def test_before_its_step_an_order_changes_no_bit() -> None:
    plain, ordered = columns(after(opened(), 6, Orders())), columns(after(opened(), 6, ORDERS))
    assert all(np.array_equal(plain[name], ordered[name]) for name in plain)
    later = columns(after(opened(), 7, ORDERS))
    assert not np.array_equal(columns(after(opened(), 7, Orders()))["place"], later["place"])


@pytest.mark.parametrize("stop", [3, 6, 9])
def test_a_snapshot_taken_under_any_wind_goes_on_to_the_same_bits(stop: int) -> None:
    whole = after(opened(), 14, ORDERS)
    half = after(opened(), stop, ORDERS)
    again = opened()
    again.states = (restore(columns(half), again.inputs[0]),)
    after(again, 14 - stop, ORDERS)
    assert all(np.array_equal(value, columns(again)[name]) for name, value in columns(whole).items())


def test_the_last_order_for_a_site_holds() -> None:
    second = WindOrder("test", 9, 3.0, 0.0)
    elsewhere = WindOrder("other", 7, 5.0, 0.0)
    orders = Orders(winds=(GALE_FROM_EAST, elsewhere, second))
    assert [wind_in_force(orders, "test", step) for step in (5, 6, 8, 9, 50)] == [
        None, GALE_FROM_EAST, GALE_FROM_EAST, second, second,
    ]  # fmt: skip


def test_waves_of_the_wind_that_was_do_not_outlive_it() -> None:
    inputs = small_sea.site(small_sea.constant("wave_height", 4.0), small_sea.constant("stokes", 0.2, 0.0))
    assert {"wave_height", "stokes"}.isdisjoint(under_wind(inputs, GALE_FROM_EAST).fields)
    assert "current" in under_wind(inputs, GALE_FROM_EAST).fields
    assert under_wind(inputs, None) is inputs


@pytest.mark.parametrize("degrees", [0.0, 90.0, 211.0, 359.0])
def test_the_ordered_wind_is_the_wind_that_is_read(degrees: float) -> None:
    order = WindOrder("test", 0, 12.0, math.radians(degrees))
    read = wind_over(under_wind(small_sea.site(), order), 0.0)
    assert read is not None
    assert read[0] == pytest.approx(12.0, rel=1e-5)  # the field holds float32
    assert math.degrees(read[1]) == pytest.approx(degrees, abs=1e-3)


def test_the_sea_answers_every_wind_that_was_ordered() -> None:
    """It is asked once per order, with the planned wind before the first and each ordered one until the next."""
    asked: list[Field] = []

    def answer(wind: Field) -> dict[str, Field]:
        asked.append(wind)
        current = np.full((1, 1, 1, 2), 0.1 * len(asked), np.float32)
        level = np.full((1, 1, 1, 1), 0.3 * len(asked), np.float32)
        return {
            "current": Field("current", wind.grid, np.zeros(1), current, "the sea"),
            "level": Field("level", wind.grid, np.zeros(1), level, "the sea"),
        }

    inputs = replace(small_sea.site(dt=60.0, particles=500), sea=answer)
    second = WindOrder("test", 9, 3.0, 0.0)
    world = after(open_world((inputs,)), 12, Orders(winds=(GALE_FROM_EAST, second)))
    assert len(asked) == 2
    assert asked[1].times.tolist()[-3:] == [360.0, 539.0, 540.0]
    speeds = np.hypot(asked[1].values[..., 0], asked[1].values[..., 1])[:, 0, 0]
    assert speeds[-3:].tolist() == pytest.approx([20.0, 20.0, 3.0], rel=1e-3)
    planned = inputs.fields["wind"].values[0, 0, 0]
    assert asked[0].values[0, 0, 0].tolist() == pytest.approx(planned.tolist())
    assert float(world.winds["test"][1].fields["current"].values[0, 0, 0, 0]) == pytest.approx(0.2)
    assert world.sea("test").waters.depth((0.0, 0.0)) == pytest.approx(8.6)  # units feel the level too


def test_a_wind_ordered_for_the_first_step_has_not_blown_before_it() -> None:
    """The sea is computed from a day before the start on: under the planned wind."""
    order = WindOrder("test", 0, 20.0, 0.0)
    wind = wind_so_far(small_sea.site(dt=60.0), (order,))
    assert wind.times.tolist() == [-1.0, 0.0]
    planned = small_sea.site().fields["wind"].values[0, 0, 0]
    assert wind.values[0, 0, 0].tolist() == pytest.approx(planned.tolist())


def test_of_two_orders_for_one_step_the_sea_feels_the_last() -> None:
    other = WindOrder("test", 6, 1.0, 0.0)
    found = orders_so_far(Orders(winds=(GALE_FROM_EAST, other)), "test", 8)
    assert found == (other,)
