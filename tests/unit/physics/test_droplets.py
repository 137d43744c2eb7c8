"""Sizes of droplets; figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from khazri.physics import droplets

OIL, WATER, TENSION = 880.0, 1010.0, 0.025


def test_droplets_of_li_by_hand() -> None:
    """d_o 17.71 mm, We 10,528, Oh 0.0801: 1.791 * 17.71 mm * 1.801^0.46 * 10,528^-0.518 = 0.343 mm."""
    scale = 4 * math.sqrt(0.025 / (130 * 9.81))
    we, oh = 1010 * 9.81 * 1.5 * scale / 0.025, 0.05 / math.sqrt(880 * 0.025 * scale)
    median = droplets.median_li2017(1.5, 0.05, OIL, WATER, TENSION)
    assert median == pytest.approx(1.791 * scale * (1 + 10 * oh) ** 0.460 * we**-0.518, rel=1e-5)
    assert median == pytest.approx(0.343e-3, rel=0.01)


def test_rougher_seas_make_smaller_droplets() -> None:
    sizes = [droplets.median_li2017(height, 0.05, OIL, WATER, TENSION) for height in (0.3, 1.0, 3.0)]
    assert sizes == sorted(sizes, reverse=True)
    assert droplets.median_li2017(1.0, 0.5, OIL, WATER, TENSION) > sizes[1]


def test_droplets_of_johansen_by_hand() -> None:
    we, re = 880 * 9.81 * 1.5 * 1e-3 / 0.025, 880 * 1e-3 * math.sqrt(9.81 * 1.5) / 0.05
    assert (we, re) == pytest.approx((517.97, 67.51), rel=1e-4)
    number = 2.251e-3 * (we**-0.6 + 0.027 * re**-0.6)
    volume = number * math.exp(3 * (0.4 * math.log(10)) ** 2)
    assert droplets.median_johansen2015(1.5, 1e-3, OIL, 0.05, TENSION) == pytest.approx(volume, rel=1e-5)


def test_the_spectrum_is_log_normal() -> None:
    assert droplets.lognormal_diameter(2e-4, 0.0) == pytest.approx(2e-4)
    draws = np.random.default_rng(1).standard_normal(20_000)
    decades = np.log10([droplets.lognormal_diameter(2e-4, n) for n in draws])
    assert decades.std() == pytest.approx(0.4, abs=4 * 0.4 / math.sqrt(2 * 20_000))
    assert 10 ** decades.mean() == pytest.approx(2e-4, rel=0.03)
