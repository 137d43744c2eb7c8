"""Drag laws, stress of the wind, what ice leaves of it, and the level that the pressure of the air asks for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from khazri.physics import stress

LAWS = (stress.drag_large_pond, stress.drag_wu, stress.drag_garratt)


@pytest.mark.parametrize(
    ("speed", "expected"), [(7.0, 0.0753), (10.0, 0.1776), (15.0, 0.4892), (20.0, 1.029), (25.0, 1.857), (30.0, 3.032)]
)
def test_wus_stress_has_the_reference_figures(speed: float, expected: float) -> None:
    assert stress.stress(stress.drag_wu(speed), speed, speed) == pytest.approx(expected, rel=2e-3)


def test_large_and_pond_is_constant_below_eleven() -> None:
    assert stress.drag_large_pond(4.0) == stress.drag_large_pond(10.9) == pytest.approx(1.2e-3)
    assert stress.drag_large_pond(20.0) == pytest.approx(1.79e-3)
    assert stress.drag_large_pond(11.0) == pytest.approx(1.2e-3, rel=0.02)  # the two pieces nearly meet


def test_garratt_at_ten_metres_a_second() -> None:
    assert stress.drag_garratt(10.0) == pytest.approx(1.42e-3)


@pytest.mark.parametrize("law", LAWS)
def test_drag_is_capped(law: Callable[[float], float]) -> None:
    assert law(60.0) == pytest.approx(2.8e-3)
    assert 1.3e-3 < law(15.0) < 2.0e-3


def test_ice_takes_its_share() -> None:
    assert stress.share_under_ice(0.25) == 0.75
    assert stress.share_under_ice(1.2) == 0.0
    assert stress.share_under_ice(-0.1) == 1.0


def test_a_hectopascal_is_a_centimetre() -> None:
    assert stress.barometer(101_325.0 - 100.0, 1005.0) == pytest.approx(0.0101, rel=0.01)
    assert stress.barometer(101_325.0, 1005.0) == 0.0


@pytest.mark.parametrize("law", [*LAWS, stress.share_under_ice])
def test_single_precision_stays_single(law: Callable[[np.float32], object]) -> None:
    assert isinstance(law(np.float32(12.5)), float | np.float32)
    assert float(law(np.float32(12.5))) == pytest.approx(float(law(12.5)), rel=1e-6)  # type: ignore[arg-type]
