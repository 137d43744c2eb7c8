"""Laws of the formulas of transport: monotonous, within bounds, the same in halves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khazri.physics import drift, droplets, entrainment, ice, mixing, rise, shore, stokes, waves

Strategy = st.SearchStrategy[float]


def numbers(low: float, high: float) -> Strategy:
    return st.floats(low, high, allow_subnormal=False)


WINDS, FETCHES, DEPTHS = numbers(0.6, 35.0), numbers(100.0, 1e6), numbers(0.1, 1000.0)
MORE = numbers(1.01, 3.0)


@given(wind=WINDS, fetch=FETCHES, depth=DEPTHS, more=MORE)
def test_waves_grow_with_wind_fetch_and_depth(wind: float, fetch: float, depth: float, more: float) -> None:
    """To a part in 1e9: at their limits they no longer grow."""
    for law in (waves.significant_height, waves.peak_period):
        now: Any = law(wind, fetch, depth) * (1 - 1e-9)
        assert law(more * wind, fetch, depth) >= now
        assert law(wind, more * fetch, depth) >= now
        assert law(wind, fetch, more * depth) >= now


@given(wind=WINDS, fetch=FETCHES, depth=DEPTHS)
def test_waves_break_by_depth(wind: float, fetch: float, depth: float) -> None:
    assert waves.significant_height(wind, fetch, depth) <= 0.6 * depth * (1 + 1e-6)


@given(wind=numbers(0.1, 40.0), waved=numbers(0.0, 1.0), shear=numbers(0.0, 0.5))
def test_parts_of_the_wind_drift_add_up_to_the_total(wind: float, waved: float, shear: float) -> None:
    total = drift.wind_remainder_factor(0.03, wind, waved, shear) * wind + waved + shear
    assert total == pytest.approx(max(0.03 * wind, waved + shear), rel=1e-6)


@given(z=numbers(-60.0, 0.0), height=numbers(0.05, 8.0), period=numbers(1.0, 14.0))
def test_stokes_drift_lies_between_none_and_that_of_the_surface(z: float, height: float, period: float) -> None:
    surface = waves.stokes_surface(height, period)
    for profile in (stokes.stokes_profile, stokes.stokes_monochromatic, stokes.stokes_exponential_integral):
        assert 0.0 <= profile(surface, height, period, z) <= surface * (1 + 1e-12)


@given(z=numbers(-100.0, 0.0), wind=numbers(0.0, 35.0), depth=numbers(0.1, 500.0))
def test_diffusivity_is_positive_and_grows_upwards(z: float, wind: float, depth: float) -> None:
    k, gradient = mixing.diffusivity_and_gradient(z, wind, depth, 30.0)
    assert k >= 9.9e-6
    assert gradient >= 0.0


@given(z=numbers(-300.0, 300.0), depth=numbers(0.1, 100.0))
def test_reflection_stays_in_the_water(z: float, depth: float) -> None:
    assert -depth <= mixing.reflect(z, depth) <= 0.0


@given(d=numbers(1e-6, 0.019), more=numbers(1.0, 1.05), oil=numbers(750.0, 1000.0))
def test_rise_is_slower_than_stokes_and_faster_for_lighter_oil(d: float, more: float, oil: float) -> None:
    speed = rise.rise_velocity(d, oil, 1010.0, 1.2e-3)
    assert 0 < speed <= 9.81 * (1010 - oil) * d**2 / (18 * 1.2e-3) * (1 + 1e-6)
    assert rise.rise_velocity(d, oil / more, 1010.0, 1.2e-3) >= speed


@given(height=numbers(0.1, 8.0), viscosity=numbers(1e-3, 100.0), oil=numbers(750.0, 1030.0), more=MORE)
def test_entrainment_grows_with_the_sea_and_falls_with_viscosity(
    height: float, viscosity: float, oil: float, more: float
) -> None:
    now = entrainment.rate_li2017(height, 0.02, viscosity, oil, 1010.0, 0.025)
    assert entrainment.rate_li2017(more * height, 0.02, viscosity, oil, 1010.0, 0.025) > now > 0
    assert entrainment.rate_li2017(height, 0.02, more * viscosity, oil, 1010.0, 0.025) < now
    film = entrainment.rate_delvigne1988(height, 0.02, viscosity / oil, oil, 1010.0, 1e-3)
    assert film == pytest.approx(2 * entrainment.rate_delvigne1988(height, 0.02, viscosity / oil, oil, 1010.0, 2e-3))
    assert droplets.median_li2017(more * height, viscosity, oil, 1010.0, 0.025) < droplets.median_li2017(
        height, viscosity, oil, 1010.0, 0.025
    )


@given(half=numbers(600.0, 3.2e7), dt=numbers(1.0, 86_400.0))
def test_refloating_in_two_halves_is_refloating_in_one(half: float, dt: float) -> None:
    stays = 1 - shore.refloat_probability(half, dt / 2)
    assert stays * stays == pytest.approx(1 - shore.refloat_probability(half, dt), rel=1e-7, abs=1e-15)


@given(a=numbers(0.0, 1.0), free=numbers(-2.0, 2.0), of_ice=numbers(-1.0, 1.0))
def test_oil_in_ice_moves_between_the_water_and_the_ice(a: float, free: float, of_ice: float) -> None:
    speed = ice.oil_velocity_component(free, of_ice, ice.blend(a))
    assert min(free, of_ice) - 1e-9 <= speed <= max(free, of_ice) + 1e-9
