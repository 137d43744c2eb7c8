"""Waves: given, or from wind, fetch and depth; under ice they die."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import PASS
from khazri.engine.kernels.sample import sample_scalar, sample_vector
from khazri.physics.ice import open_share
from khazri.physics.waves import breaking_fraction, peak_period, significant_height, stokes_surface

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_LEAST_PERIOD = np.float32(0.1)


@njit(**PASS)
def sector_from(x, y, sectors):
    """Sector that a wind (x, y) towards comes from: 0 from +y, clockwise. By comparison of slopes, no arctangent."""
    return np.int32(
        np.arctan2(-x, -y) * np.float32(sectors / 6.283185307179586) + np.float32(sectors + 0.5)
    ) % np.int32(sectors)


@njit(**PASS)
def estimate_waves(low, high, scene):
    """Young and Verhagen's growth over the open water upwind, in the depth of the place."""
    s = scene.scratch
    sectors, ny, nx = scene.fetch.shape
    for i in range(high - low):
        wind = s[at.WIND_SPEED + i]
        if i > 0 and nx == 1 and ny == 1 and wind == s[at.WIND_SPEED + i - 1] and s[at.BED + i] == s[at.BED + i - 1]:
            s[at.WAVE_HEIGHT + i] = s[at.WAVE_HEIGHT + i - 1]
            s[at.WAVE_PERIOD + i] = s[at.WAVE_PERIOD + i - 1]
            continue
        column = np.int32((s[at.XS + i] - scene.setting[at.FETCH_X]) * scene.setting[at.FETCH_INVERSE])
        row = np.int32((s[at.YS + i] - scene.setting[at.FETCH_Y]) * scene.setting[at.FETCH_INVERSE])
        column = min(max(column, np.int32(0)), np.int32(nx - 1))
        row = min(max(row, np.int32(0)), np.int32(ny - 1))
        reach = max(
            scene.fetch[sector_from(s[at.WIND_X + i], s[at.WIND_Y + i], sectors), row, column], np.float32(100.0)
        )
        s[at.WAVE_HEIGHT + i] = significant_height(wind, reach, s[at.BED + i])
        s[at.WAVE_PERIOD + i] = max(peak_period(wind, reach, s[at.BED + i]), _LEAST_PERIOD)


@njit(**PASS)
def waves(low, high, scene):
    """Height, period, breaking, Stokes drift at the surface, and the share of open water."""
    s, g, marks, count, given = (
        scene.scratch,
        scene.geometry,
        scene.flag[1, low:high],
        high - low,
        scene.whole[at.GIVEN],
    )
    if not (given & at.GIVEN_HEIGHT and given & at.GIVEN_PERIOD):
        estimate_waves(low, high, scene)
    if given & at.GIVEN_HEIGHT:
        sample_scalar(scene.wave_height, g[at.G_HEIGHT], s, at.WAVE_HEIGHT, _ZERO, marks, count)
    if given & at.GIVEN_PERIOD:
        sample_scalar(scene.wave_period, g[at.G_PERIOD], s, at.WAVE_PERIOD, _ONE, marks, count)
    if given & at.GIVEN_STOKES:
        sample_vector(scene.stokes, g[at.G_STOKES], s, at.STOKES_X, at.STOKES_Y, marks, count)
    ice = given & at.GIVEN_ICE
    for i in range(count):
        s[at.OPEN + i] = _ONE
        period = max(s[at.WAVE_PERIOD + i], _LEAST_PERIOD)
        if ice:
            s[at.OPEN + i] = open_share(s[at.ICE_COVER + i])
            s[at.WAVE_HEIGHT + i] *= s[at.OPEN + i]
        s[at.BREAKING + i] = breaking_fraction(s[at.WIND_SPEED + i], period) * s[at.OPEN + i]
        s[at.WAVE_PERIOD + i] = period
        if given & at.GIVEN_STOKES:
            s[at.STOKES_X + i] *= s[at.OPEN + i]
            s[at.STOKES_Y + i] *= s[at.OPEN + i]
            along = s[at.STOKES_X + i] * s[at.STOKES_X + i] + s[at.STOKES_Y + i] * s[at.STOKES_Y + i]
            s[at.STOKES_SPEED + i] = np.sqrt(along)
        else:
            speed, wind = stokes_surface(s[at.WAVE_HEIGHT + i], period), s[at.WIND_SPEED + i]
            share = speed / wind if wind > np.float32(0.01) else _ZERO
            s[at.STOKES_X + i] = share * s[at.WIND_X + i]
            s[at.STOKES_Y + i] = share * s[at.WIND_Y + i]
            s[at.STOKES_SPEED + i] = share * wind


@njit(**PASS)
def no_waves(low, high, scene):
    """Where nothing that is on asks for waves."""
    s = scene.scratch
    for i in range(high - low):
        s[at.OPEN + i] = _ONE
        s[at.STOKES_SPEED + i] = _ZERO
        s[at.WAVE_HEIGHT + i] = _ZERO
        s[at.WAVE_PERIOD + i] = _ONE
        s[at.BREAKING + i] = _ZERO
