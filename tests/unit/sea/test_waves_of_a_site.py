"""Waves told for a whole site are those that the oil and the units meet."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numba import njit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import small_sea

from khazri.engine.kernels.options import ENTRY
from khazri.engine.kernels.seas import sector_from
from khazri.physics.waves import peak_period, significant_height, stokes_surface
from khazri.response.conditions import conditions_at
from khazri.sea.waves import wave_field


@njit(**{**ENTRY, "cache": False})
def sector(x, y):
    return sector_from(x, y)


def terrain_with_shores():
    land = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    land[:, :20] = True
    terrain = small_sea.sea(land)
    fetch = np.broadcast_to(np.linspace(2e3, 2e5, 16, dtype=np.float32)[:, None, None], terrain.fetch.shape).copy()
    return replace(terrain, fetch=fetch)


@pytest.mark.parametrize("wind", [(9.0, 3.0), (-12.0, 0.5), (2.0, -15.0), (0.3, 0.1)])
def test_waves_of_a_site_are_those_that_oil_meets(wind) -> None:
    terrain = terrain_with_shores()
    found = wave_field(terrain, np.array(wind), grid=terrain.grid)
    speed = np.float32(np.hypot(*np.float32(wind)))
    fetch = terrain.fetch[sector(np.float32(wind[0]), np.float32(wind[1])), 0, 0]
    height = significant_height(speed, fetch, np.float32(8.0))
    period = max(peak_period(speed, fetch, np.float32(8.0)), np.float32(0.1))
    assert found.height[50, 60] == pytest.approx(height, rel=1e-5)
    assert found.period[50, 60] == pytest.approx(period, rel=1e-5)
    assert np.hypot(*found.stokes[50, 60]) == pytest.approx(stokes_surface(height, period), rel=1e-4)
    assert np.isnan(found.height[50, 5])


def test_waves_of_a_site_are_those_that_units_meet() -> None:
    terrain = terrain_with_shores()
    inputs = small_sea.site(small_sea.constant("wind", 9.0, 3.0), terrain=terrain)
    x, y = float(terrain.grid.x[60]), float(terrain.grid.y[50])
    met = conditions_at(inputs, 8.0, (x, y), 0.0)
    assert wave_field(terrain, np.array([9.0, 3.0]), grid=terrain.grid).height[50, 60] == pytest.approx(
        met.wave_height, rel=1e-5
    )


def test_ice_and_a_fallen_sea_lessen_waves() -> None:
    terrain = terrain_with_shores()
    free = wave_field(terrain, np.array([12.0, 0.0]))
    half = wave_field(terrain, np.array([12.0, 0.0]), ice=0.5)
    low = wave_field(terrain, np.array([12.0, 0.0]), level=-6.0)
    np.testing.assert_allclose(half.height, 0.5 * free.height, rtol=1e-6)
    wet = np.isfinite(free.height)
    assert (low.height[wet] < free.height[wet]).all()
