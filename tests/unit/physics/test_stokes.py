"""Stokes drift below the surface; its volume is checked in verification."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khazri.physics import stokes

PROFILES = [stokes.stokes_profile, stokes.stokes_monochromatic, stokes.stokes_exponential_integral]


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_begin_at_the_surface_speed_and_fall(profile: Callable[..., float]) -> None:
    speeds = [profile(0.12, 1.5, 6.0, z) for z in (0.0, -0.1, -1.0, -5.0, -20.0)]
    assert speeds[0] == pytest.approx(0.12)
    assert speeds == sorted(speeds, reverse=True)
    assert 0 <= speeds[-1] < 0.01


@pytest.mark.parametrize("profile", PROFILES)
def test_a_flat_sea_has_no_drift_below(profile: Callable[..., float]) -> None:
    assert profile(0.0, 0.0, 0.0, -1.0) == 0.0


def test_a_spectrum_is_steeper_near_the_surface_than_one_wave() -> None:
    assert stokes.stokes_profile(0.12, 1.5, 6.0, -0.2) < stokes.stokes_monochromatic(0.12, 1.5, 6.0, -0.2)
    assert stokes.stokes_profile(0.12, 1.5, 6.0, -9.0) > stokes.stokes_monochromatic(0.12, 1.5, 6.0, -9.0)
