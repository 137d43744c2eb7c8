"""Waves: given, or from wind, fetch and depth; under ice they die."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
from khazri.engine.kernels.sample import sample_scalar, sample_vector
from khazri.physics.ice import open_share
from khazri.physics.waves import breaking_fraction, peak_period, significant_height, stokes_surface

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_LEAST_PERIOD = np.float32(0.1)


@njit(**INLINE)
def sector_from(x, y):
    """Sector of sixteen that a wind (x, y) towards comes from: 0 from +y, clockwise. Slopes are compared; no arctangent."""
    east, north = abs(x), abs(y)
    # within a quadrant: 0 along y, 4 along x; borders at 11.25, 33.75, 56.25 and 78.75 degrees
    part = (
        np.int32(east > north * np.float32(0.19891237)) + np.int32(east > north * np.float32(0.66817864))
        + np.int32(east > north * np.float32(1.4966058)) + np.int32(east > north * np.float32(5.0273395))
    )  # fmt: skip
    from_north, from_east = y <= _ZERO, x <= _ZERO
    if from_north:
        return part if from_east else (np.int32(16) - part) & np.int32(15)
    return np.int32(8) - part if from_east else np.int32(8) + part


@njit(**PASS)
def estimate_waves(low, high, scene):
    """Young and Verhagen's growth over the open water upwind, in the depth of the place."""
    s = scene.scratch
    _, ny, nx = scene.fetch.shape
    count, gx, gy, inverse = (
        min(high - low, 512),
        scene.setting[at.FETCH_X],
        scene.setting[at.FETCH_Y],
        scene.setting[at.FETCH_INVERSE],
    )
    for i in range(count):
        column = min(max(np.int32((s[at.XS + i] - gx) * inverse), np.int32(0)), np.int32(nx - 1))
        row = min(max(np.int32((s[at.YS + i] - gy) * inverse), np.int32(0)), np.int32(ny - 1))
        s[at.RATE + i] = scene.fetch[sector_from(s[at.WIND_X + i], s[at.WIND_Y + i]), row, column]
    for i in range(count):
        s[at.WAVE_HEIGHT + i] = significant_height(s[at.WIND_SPEED + i], s[at.RATE + i], s[at.BED + i])
    for i in range(count):
        s[at.WAVE_PERIOD + i] = peak_period(s[at.WIND_SPEED + i], s[at.RATE + i], s[at.BED + i])


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
    for i in range(min(high - low, 512)):
        s[at.OPEN + i] = _ONE
        s[at.STOKES_SPEED + i] = _ZERO
        s[at.WAVE_HEIGHT + i] = _ZERO
        s[at.WAVE_PERIOD + i] = _ONE
        s[at.BREAKING + i] = _ZERO
