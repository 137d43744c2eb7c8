"""Dissolution, biodegradation, sedimentation, overwashing."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.physics import biodegradation, density, dissolution, overwash, sedimentation

DAY = 86_400.0


@pytest.mark.parametrize(
    ("molar_mass", "published"),
    [(0.0781, 2.13), (0.0921, 2.73), (0.1062, 3.15), (0.1282, 3.37), (0.1422, 3.86), (0.1782, 4.57), (0.1922, 5.0)],
)
def test_partition_of_published_aromatics(molar_mass: float, published: float) -> None:
    """Octanol-water figures of benzene, toluene, xylene, naphthalene, methylnaphthalene and two phenanthrenes."""
    assert np.log10(dissolution.partition(molar_mass)) == pytest.approx(published, abs=0.3)


def test_slick_rate_by_hand() -> None:
    # 0.01 m/h per m/s: 10 m/s over 1 mm of oil with K_ow 1000 takes 10 h
    assert dissolution.slick_rate(10.0, 1e-3, 1000.0) == pytest.approx(1 / (10 * 3600.0), rel=1e-6)


def test_still_droplet_has_sherwood_two() -> None:
    rate = dissolution.droplet_rate(1e-4, 0.0, 298.15, 1e-6, 500.0)
    assert rate == pytest.approx(12 * 1e-9 / (500.0 * 1e-8), rel=1e-6)


def test_small_droplets_dissolve_faster() -> None:
    rates = [dissolution.droplet_rate(d, 1e-3, 288.15, 1e-6, 500.0) for d in (5e-5, 2e-4, 1e-3)]
    assert rates == sorted(rates, reverse=True)


def test_cold_water_dissolves_more_slowly() -> None:
    assert dissolution.diffusivity(273.15) < 0.6 * dissolution.diffusivity(298.15)


def test_half_is_left_after_a_half_time() -> None:
    """The law without ln 2, which is in use elsewhere, would leave 0.37."""
    rate = biodegradation.rate_half_time(5 * DAY)
    assert biodegradation.remaining(8.0, rate, 5 * DAY) == pytest.approx(4.0, rel=1e-6)
    assert biodegradation.rate_half_time(0.0) == 0.0


def test_adcroft_times() -> None:
    assert 1 / biodegradation.rate_adcroft(293.15) == pytest.approx(12 * DAY, rel=1e-5)
    assert 1 / biodegradation.rate_adcroft(283.15) == pytest.approx(36 * DAY, rel=1e-5)
    assert biodegradation.half_time_at(2 * DAY, 278.15, 288.15) == pytest.approx(6 * DAY, rel=1e-5)


def test_surface_loss_takes_the_mass_of_the_flux() -> None:
    diameter, oil, loss, dt = 2e-4, 870.0, 1e-8, 60.0
    after = biodegradation.droplet_diameter_after(diameter, loss, oil, dt)
    lost = oil * np.pi / 6 * (diameter**3 - after**3)
    assert lost == pytest.approx(loss * np.pi * diameter**2 * dt, rel=1e-4)  # the surface shrinks a little within dt
    assert biodegradation.droplet_diameter_after(diameter, loss, oil, 1e9) == 0.0


def test_flux_of_the_source_over_the_layer() -> None:
    height, energy, breaking, oil, mud, water, nu = 0.7, 16.7, 0.03, 1e-3, 0.05, 1010.0, 1e-6
    flux = 1.6 * 1e-4 * np.sqrt(height * energy * breaking / (water * nu)) * oil * mud
    rate = sedimentation.rate(height, energy, breaking, mud, water, nu)
    assert rate * oil * height == pytest.approx(flux, rel=1e-6)


def test_clear_or_calm_water_takes_nothing_down() -> None:
    assert sedimentation.rate(0.7, 16.7, 0.03, 0.0, 1010.0, 1e-6) == 0.0
    assert sedimentation.rate(0.0, 0.0, 0.0, 0.1, 1010.0, 1e-6) == 0.0


def test_bunker_sinks_in_cold_fresh_water_and_floats_in_the_sea() -> None:
    bunker = density.of_oil(1001.0, 6e-4, 274.15)  # a very heavy fuel
    assert overwash.sinks(bunker, density.of_water(274.15, 0.5))
    assert not overwash.sinks(bunker, density.of_water(274.15, 34.0))


def test_light_oil_is_never_overwashed() -> None:
    assert overwash.under_rate(900.0, 1005.0, 0.01, 2.0, 6.0, 0.05) == 0.0


def test_calm_water_overwashes_nothing() -> None:
    assert overwash.under_rate(995.0, 1000.0, 0.01, 0.0, 0.0, 0.0) == 0.0
    assert overwash.under_rate(995.0, 1000.0, 0.01, 1.0, 5.0, 0.03) > 1e-3


def test_heavier_oil_comes_up_more_slowly() -> None:
    speeds = [overwash.lump_rise_speed(rho, 1000.0, 0.01) for rho in (970.0, 990.0, 999.0, 1000.0, 1005.0)]
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[-1] == 0.0
