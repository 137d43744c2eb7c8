"""How fast waves drive oil under; figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from khazri.physics import entrainment
from khazri.physics.waves import dissipation_energy

HEIGHT, BREAKING, OIL, WATER, TENSION = 1.5, 0.03, 880.0, 1010.0, 0.025


def test_rate_of_li_by_hand() -> None:
    scale = 4 * math.sqrt(0.025 / (130 * 9.81))
    we = 1010 * 9.81 * 1.5 * scale / 0.025
    oh = 0.05 / math.sqrt(880 * 0.025 * scale)
    assert entrainment.weber(HEIGHT, WATER, scale, TENSION) == pytest.approx(we, rel=1e-6)
    assert entrainment.ohnesorge(0.05, OIL, scale, TENSION) == pytest.approx(oh, rel=1e-6)
    rate = entrainment.rate_li2017(HEIGHT, BREAKING, 0.05, OIL, WATER, TENSION)
    assert (scale, we, oh) == pytest.approx((0.01771, 10_528, 0.0801), rel=1e-3)
    assert rate == pytest.approx(4.604e-10 * we**1.805 * oh**-1.023 * 0.03, rel=1e-5)


def test_thicker_oil_is_entrained_more_slowly() -> None:
    rates = [entrainment.rate_li2017(HEIGHT, BREAKING, mu, OIL, WATER, TENSION) for mu in (0.005, 0.05, 0.5, 5.0)]
    assert rates == sorted(rates, reverse=True)
    assert rates[1] / rates[2] == pytest.approx(10**1.023, rel=1e-5)


def test_the_droplet_scale_stays_finite() -> None:
    """Ruling 6: as the densities meet, the difference counts as 10 kg/m3."""
    held = 4 * math.sqrt(0.025 / (10 * 9.81))
    for oil in (1000.0, 1009.9, 1010.0, 1030.0):
        assert entrainment.droplet_scale(oil, 1010.0, TENSION) == pytest.approx(held, rel=1e-6)


def test_rate_of_delvigne_by_hand() -> None:
    """Kinematic viscosity 1e-4 m2/s: the constant is 2400 exp(-0.73682) = 1149."""
    constant = 2400 * math.exp(-73.682 * math.sqrt(1e-4))
    assert constant == pytest.approx(1148.7, rel=1e-4)
    energy = 0.0034 * 1010 * 9.81 * 1.5**2 / 2
    flux = constant * energy**0.57 * 0.03 * 3.9e-8
    rate = entrainment.rate_delvigne1988(HEIGHT, BREAKING, 1e-4, OIL, WATER, 1e-3)
    assert dissipation_energy(HEIGHT, WATER) == pytest.approx(energy)
    assert rate == pytest.approx(flux / (880 * 1e-3), rel=1e-5)


def test_viscosity_is_not_divided_by_density_again() -> None:
    """At 5e-3 m2/s that slip makes the constant 154 times too high (physics reference, section 0)."""
    right = entrainment.rate_delvigne1988(HEIGHT, BREAKING, 5e-3, OIL, WATER, 1e-3)
    slip = entrainment.rate_delvigne1988(HEIGHT, BREAKING, 5e-3 / OIL, OIL, WATER, 1e-3)
    assert slip / right == pytest.approx(154, rel=0.02)


def test_intrusion_stays_within_its_depth() -> None:
    shares = (np.arange(1000) + 0.5) / 1000
    depths = np.array([entrainment.intrusion_depth(2.0, share) for share in shares])
    assert depths.min() > 0
    assert depths.max() < 3.0
    assert depths.mean() == pytest.approx(1.5)
