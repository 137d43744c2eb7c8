"""Emulsion: most water, uptake, break-up, class."""

from __future__ import annotations

import pytest

from khazri.physics import emulsion

WEEK = 7 * 86_400.0


@pytest.mark.parametrize("y_max", [0.2, 0.7, 0.8, 0.9])
def test_most_area_gives_back_the_most_water(y_max: float) -> None:
    assert emulsion.water_of_area(emulsion.smax(y_max)) == pytest.approx(y_max, rel=1e-6)


def test_an_oil_of_four_fifths_never_holds_more() -> None:
    """With S_max = 6e6 Y/(1-Y), as sometimes printed, the answer would be 0.976."""
    assert emulsion.eley_water(0.0, 15.0, 30 * 86_400.0, 0.8, 0.0) == pytest.approx(0.8, rel=1e-6)


def test_calm_water_makes_no_emulsion() -> None:
    assert emulsion.eley_water(0.3, 0.0, 86_400.0, 0.8, 0.0) == 0.3


def test_oil_that_forms_none_stays_dry() -> None:
    assert emulsion.eley_water(0.0, 15.0, 86_400.0, 0.0, 0.0) == 0.0
    assert emulsion.mackay_water(0.0, 15.0, 86_400.0, 0.0, 1.6e-6) == 0.0


def test_mixing_squeezes_no_water_out() -> None:
    assert emulsion.eley_water(0.8, 10.0, 900.0, 0.6, 0.0) == 0.8
    assert emulsion.mackay_water(0.8, 10.0, 900.0, 0.6, 1.6e-6) == 0.8
    assert emulsion.lehr_water(0.8, 1.0, 900.0, 0.6, 0.0) == 0.8


def test_mesostable_emulsion_after_a_week() -> None:
    rate = emulsion.break_up_rate(emulsion.MESOSTABLE)
    assert emulsion.broken_water(0.64, WEEK, rate) == pytest.approx(0.38, abs=0.005)
    assert emulsion.broken_water(0.64, WEEK, emulsion.break_up_rate(emulsion.STABLE)) == pytest.approx(0.64)
    assert emulsion.broken_water(0.64, WEEK, emulsion.break_up_rate(emulsion.UNSTABLE)) < 1e-6


def test_wind_holds_a_mesostable_emulsion_together() -> None:
    rate = emulsion.break_up_rate(emulsion.MESOSTABLE)
    calm, gale = (emulsion.eley_water(0.6, wind, WEEK, 0.7, rate) for wind in (0.0, 15.0))
    assert calm < 0.4
    assert 0.65 < gale < 0.7


def test_nine_tenths_after_the_formation_time() -> None:
    time = 1630.0 + 450.0 / 2.0**1.5
    assert emulsion.lehr_water(0.0, 2.0, time, 0.8, 0.0) == pytest.approx(0.72, rel=1e-3)  # exp(-2.3) is 0.1003


def test_thick_oils_hold_less_water() -> None:
    assert emulsion.maximum_water_by_viscosity(0.01) == pytest.approx(0.9)
    assert emulsion.maximum_water_by_viscosity(1.0) == pytest.approx(0.9 - 0.0952 * 2.99573, rel=1e-4)
    assert emulsion.maximum_water_by_viscosity(1e4) == 0.0


def test_water_by_resins_is_within_reach() -> None:
    assert emulsion.maximum_water_by_resins(0.0, 0.1) == 0.0
    assert emulsion.maximum_water_by_resins(0.05, 0.1) == pytest.approx(0.79, rel=1e-5)
    assert emulsion.maximum_water_by_resins(0.1, 0.01) == pytest.approx(0.833, abs=0.001)  # the top of the parabola


@pytest.mark.parametrize(
    ("asphaltenes", "resins", "viscosity", "expected"),
    [
        (0.0, 0.0, 0.005, emulsion.UNSTABLE),  # a diesel
        (0.05, 0.10, 0.3, emulsion.STABLE),  # a weathered crude rich in asphaltenes
        (0.02, 0.09, 1.3, emulsion.MESOSTABLE),
        (0.12, 0.18, 60.0, emulsion.ENTRAINED),  # a fuel oil
        (0.12, 0.18, 5000.0, emulsion.UNSTABLE),  # nearly solid: takes up nothing
    ],
)
def test_class_of_typical_oils(asphaltenes: float, resins: float, viscosity: float, expected: int) -> None:
    assert emulsion.stability(asphaltenes, resins, viscosity) == expected


@pytest.mark.parametrize("water", [0.0, 0.3, 0.69])
def test_uptake_is_the_half_of_the_law_below_the_most_water(water: float) -> None:
    whole = emulsion.eley_water(water, 8.0, 3600.0, 0.7, 1e-5)
    assert emulsion.eley_uptake(water, 8.0, 3600.0, 0.7, 1e-5) == pytest.approx(whole, rel=1e-12)
