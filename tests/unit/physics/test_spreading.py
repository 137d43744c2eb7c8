"""Spreading: stages, stop, thick share, thickness."""

from __future__ import annotations

import pytest

from khazri.physics import spreading

NU = 1e-6


def test_the_two_first_stages_meet() -> None:
    start = spreading.fay_initial_time(1000.0, 0.1, NU)
    area = spreading.fay_initial_area(1000.0, 0.1, NU)
    assert spreading.fay_gravity_inertial(1000.0, 0.1, start) == pytest.approx(area, rel=1e-6)  # constants are float32


def test_spreading_stops_at_the_least_thickness() -> None:
    area = spreading.fay_area_after(9.9e4, 1e6, 1.0, 0.1, NU, 1e-5)
    assert area == pytest.approx(1.0 / 1e-5, rel=1e-6)


def test_a_patch_that_is_too_wide_never_shrinks() -> None:
    assert spreading.fay_area_after(2e5, 900.0, 1.0, 0.1, NU, 1e-5) == 2e5


def test_oil_as_heavy_as_water_does_not_spread() -> None:
    assert spreading.relative_difference(1010.0, 1000.0) == 0.0
    assert spreading.fay_area_after(50.0, 900.0, 1.0, 0.0, NU, 1e-5) == pytest.approx(50.0)
    assert spreading.fay_initial_area(8.0, 0.0, NU) == pytest.approx(4.0, rel=1e-6)


@pytest.mark.parametrize(
    ("viscosity", "expected"), [(1e-7, 1e-5), (1e-6, 1e-5), (5.05e-5, 5.5e-5), (1e-4, 1e-4), (1.0, 1e-4)]
)
def test_least_thickness_spans_ten_to_a_hundred_microns(viscosity: float, expected: float) -> None:
    assert spreading.minimum_thickness(viscosity) == pytest.approx(expected, rel=1e-4)


def test_wind_gathers_oil_in_rows() -> None:
    calm, breeze, gale = (spreading.thick_fraction(1e-3, wind, 0.1) for wind in (0.0, 10.0, 25.0))
    assert calm == 1.0
    assert 0.1 < gale < breeze < calm
    # f^3 = 4 g D h / (pi 0.005 U)^2 by hand at 10 m/s
    assert breeze**3 == pytest.approx(4 * 9.80665 * 0.1 * 1e-3 / (3.14159265 * 0.05) ** 2, rel=1e-5)
    assert spreading.thick_fraction(1e-6, 30.0, 0.1) == pytest.approx(0.1)


def test_thickness_is_volume_over_thick_area() -> None:
    assert spreading.film_thickness(1000.0, 0.5, 1e6, 0.25) == pytest.approx(2e-3)


def test_patch_of_a_lasting_release_is_what_one_window_yields() -> None:
    assert spreading.patch_volume(240.0, 86_400.0, 3600.0) == pytest.approx(10.0)
    assert spreading.patch_volume(240.0, 0.0, 3600.0) == 240.0


def test_wind_ellipse_by_hand() -> None:
    # 100 barrels, D 0.1, 10 knots, 60 minutes: Q = 53.76 * 10^(1/3) * 60^(1/4), R - Q = 0.95 * 10^(4/3) * 60^(3/4)
    ratio = spreading.wind_ellipse_ratio(100 / 6.28981077, 0.1, 10 * 1852 / 3600, 3600.0)
    short = 53.76 * 10 ** (1 / 3) * 60**0.25
    assert ratio == pytest.approx((short + 0.95 * 10 ** (4 / 3) * 60**0.75) / short, rel=1e-5)
    assert spreading.wind_ellipse_ratio(100.0, 0.1, 0.0, 3600.0) == 1.0


def test_surface_tension_area_grows_with_the_three_halves_power() -> None:
    one, four = (spreading.fay_surface_tension(t, 0.01, 1000.0, NU) for t in (3600.0, 4 * 3600.0))
    assert four / one == pytest.approx(8.0, rel=1e-6)


def test_mean_area_is_the_integral_over_the_step() -> None:
    steps = 20_000
    areas = [spreading.fay_area_after(9e4, 900.0 * (i + 0.5) / steps, 1000.0, 0.1, NU, 1e-5) for i in range(steps)]
    after = spreading.fay_area_after(9e4, 900.0, 1000.0, 0.1, NU, 1e-5)
    assert spreading.fay_mean_area(9e4, after) == pytest.approx(sum(areas) / steps, rel=1e-6)
    assert spreading.fay_mean_area(5e5, 5e5) == pytest.approx(5e5, rel=1e-6)  # a patch that has stopped


def test_eddies_only_add_to_gravity() -> None:
    plain = spreading.fay_area_after(9e4, 3600.0, 1000.0, 0.1, NU, 1e-5)
    torn = spreading.fay_area_with_eddies_after(9e4, 3600.0, 1000.0, 0.1, NU, 1e-5)
    assert plain < torn < 1.1 * plain
