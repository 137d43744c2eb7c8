"""What the wind adds to the current."""

from __future__ import annotations

import math

import pytest

from khazri.physics import drift


def test_wind_drift_is_a_total() -> None:
    """Three per cent of 10 m/s are 0.3 m/s: with 0.12 by waves and 0.05 in the current, 0.13 are left; never less than 0."""
    assert drift.wind_remainder_factor(0.03, 10.0, 0.12, 0.05) == pytest.approx(0.013)
    assert drift.wind_remainder_factor(0.03, 10.0, 0.0, 0.0) == pytest.approx(0.03)
    assert drift.wind_remainder_factor(0.03, 10.0, 0.5, 0.0) == 0.0
    assert drift.wind_remainder_factor(0.03, 0.0, 0.0, 0.0) == pytest.approx(0.03)


def test_deflection_falls_with_the_wind() -> None:
    turns = [math.degrees(drift.deflection(wind)) for wind in (0.0, 5.0, 10.0, 20.0)]
    assert turns == pytest.approx([25.0, 22.461, 10.615, 0.02641], rel=1e-3)


def test_ekman_depth_at_forty_five_degrees() -> None:
    assert drift.ekman_depth(10.0, math.radians(45)) == pytest.approx(43 / math.sqrt(math.sin(math.pi / 4)), rel=1e-6)
    assert drift.ekman_depth(10.0, math.radians(-45)) == pytest.approx(drift.ekman_depth(10.0, math.radians(45)))
    assert drift.ekman_depth(10.0, 0.0) == pytest.approx(drift.ekman_depth(10.0, math.radians(5)), rel=1e-5)


def test_wind_drift_fades_with_depth() -> None:
    assert drift.fade(0.0, 50.0) == 1.0
    assert drift.fade(2.0, 50.0) == 1.0
    assert drift.fade(-50.0, 50.0) == pytest.approx(math.exp(-math.pi), rel=1e-6)
