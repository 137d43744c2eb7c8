"""Evaporation: vapour pressure, transfer velocity, the exposure clock, the cross-checks."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.physics import evaporation


@pytest.mark.parametrize("boiling", [341.9, 447.3, 560.0])
def test_pressure_at_the_boiling_point_is_one_atmosphere(boiling: float) -> None:
    assert evaporation.vapour_pressure(boiling, boiling) == pytest.approx(101_325.0, rel=1e-6)


def test_residues_have_no_vapour() -> None:
    assert evaporation.vapour_pressure(1700.0, 288.15) == 0.0
    assert evaporation.vapour_pressure(1000.0, 288.15) < 1e-12


def test_heavier_vapour_leaves_more_slowly() -> None:
    water, heavy = evaporation.schmidt_factor(0.018), evaporation.schmidt_factor(0.144)
    assert water == pytest.approx(1.380277, rel=1e-6)
    assert heavy == pytest.approx(water / 2, rel=1e-6)


def test_transfer_velocity_by_hand() -> None:
    # 0.0048 * 10^0.78 * 1000^(-1/9) * 1.380277 * (0.018/0.1)^(1/3)
    assert evaporation.transfer_velocity(10.0, 1000.0, 0.1) == pytest.approx(0.0104624, rel=1e-4)
    assert evaporation.wind_transfer(0.0, 0.1) == pytest.approx(0.0048, rel=1e-6)  # calm and small are held at 1


def test_water_covers_its_share_of_the_surface() -> None:
    bare, half = (evaporation.exposure_rate(7.0, 500.0, 1.0, water, 288.15) for water in (0.0, 0.5))
    assert half == pytest.approx(bare / 2, rel=1e-12)


def test_exposure_of_a_residue_is_linear() -> None:
    assert evaporation.component_exposure(3.0, 0.0, 20.0) == pytest.approx(60.0)


def test_exposure_series_meets_the_exponential() -> None:
    below, above = (evaporation.component_exposure(1.0, c, 1.0) for c in (0.999e-3, 1.001e-3))
    exact = [-np.expm1(-c) / c for c in (0.999e-3, 1.001e-3)]
    assert [below, above] == pytest.approx(exact, rel=1e-7)


def test_fingas_by_hand() -> None:
    day = 86_400.0
    # 20 % distilled at 180 C, 15 C, 1440 minutes: 0.165 * 20 * ln 1440 = 24.0 %
    assert evaporation.fingas_logarithmic(day, 288.15, 0.2) == pytest.approx(0.24000, rel=1e-4)
    assert evaporation.fingas_root(day, 288.15, 0.2) == pytest.approx(0.0254 * 0.20 * np.sqrt(1440.0), rel=1e-5)
    # Alaska North Slope: (2.47 + 0.045 T) ln t
    assert evaporation.fingas_measured(day, 288.15, 2.47, 0.045) == pytest.approx(
        0.01 * 3.145 * np.log(1440.0), rel=1e-5
    )


def test_nothing_has_evaporated_at_the_start() -> None:
    assert evaporation.fingas_logarithmic(0.0, 288.15, 0.2) == 0.0
    assert evaporation.fingas_measured(0.0, 288.15, 2.0, 0.045) == 0.0
    assert evaporation.stiver_mackay(0.0, 0.0, 330.0, 500.0, 288.15) == pytest.approx(0.0, abs=1e-12)
