"""Waves from wind, fetch and depth."""

from __future__ import annotations

import math

import pytest

from khazri.physics import waves


def test_without_wind_there_are_no_waves() -> None:
    assert waves.significant_height(0.3, 1e5, 50.0) == 0.0
    assert waves.peak_period(0.3, 1e5, 50.0) == 0.0


def test_breaking_begins_at_five_metres_a_second() -> None:
    assert waves.breaking_fraction(5.0, 4.0) == 0.0
    assert waves.breaking_fraction(3.0, 4.0) == 0.0
    assert waves.breaking_fraction(10.0, 4.0) == pytest.approx(0.032 * 5 / 4)


def test_foam_lasts_longer_in_salt_water() -> None:
    fresh, sea = waves.breaking_fraction_lehr(10.0, 0.0), waves.breaking_fraction_lehr(10.0, 35.0)
    assert fresh == pytest.approx(0.5 * 0.11 / 2.54)
    assert sea == pytest.approx(0.5 * 0.11 / 3.85, rel=1e-4)


def test_whitecaps_are_continuous_at_four_metres_a_second() -> None:
    assert waves.breaking_fraction_lehr(4.0, 12.0) == pytest.approx(waves.breaking_fraction_lehr(4.0 + 1e-9, 12.0))


def test_dissipation_uses_the_root_mean_square_height() -> None:
    height = 1.5
    root_mean_square = height / math.sqrt(2)
    assert waves.dissipation_energy(height, 1010.0) == pytest.approx(0.0034 * 1010 * 9.81 * root_mean_square**2)


@pytest.mark.parametrize("wind", [6.0, 10.0, 15.0, 20.0])
def test_stokes_drift_is_about_one_per_cent_of_the_wind(wind: float) -> None:
    """A full sea in deep water; published fits lie between 1 and 1.6 %."""
    height, period = waves.significant_height(wind, 1e7, 1e3), waves.peak_period(wind, 1e7, 1e3)
    assert 0.010 < waves.stokes_surface(height, period) / wind < 0.016
