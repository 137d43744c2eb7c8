"""Waves: given, or from wind, fetch and depth; under ice they die."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
from khazri.engine.kernels.sample import find_cells, sample_scalar, sample_vector
from khazri.engine.kernels.view import as_row
from khazri.physics.ice import open_share
from khazri.physics.waves import (
    breaking_fraction,
    depth_term,
    fetch_term,
    growth_of_height,
    growth_of_period,
    height_after,
    period_after,
    stokes_surface,
)

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_CALM = np.float32(0.01)
_LEAST_PERIOD = np.float32(0.1)


@njit(**INLINE)
def sector_from(x, y):
    """Sector of sixteen that a wind (x, y) towards comes from: 0 from +y, clockwise. Slopes are compared; no arctangent."""
    east, north = abs(x), abs(y)
    # within a quadrant: 0 along y, 4 along x; borders at 11.25, 33.75, 56.25 and 78.75 degrees
    part = np.int32(
        np.int32(np.int32(east > north * np.float32(0.19891237)) + np.int32(east > north * np.float32(0.66817864)))
        + np.int32(np.int32(east > north * np.float32(1.4966058)) + np.int32(east > north * np.float32(5.0273395)))
    )
    turned = part if x <= _ZERO else np.int32(-part)
    return np.int32((turned if y <= _ZERO else np.int32(np.int32(8) - turned)) & np.int32(15))


@njit(**PASS)
def open_water(low, high, scene):
    """RATE: the open water upwind of each particle [m]."""
    s, w, fetch, count = scene.scratch, scene.words, as_row(scene.fetch), min(high - low, 512)
    gx, gy, inverse = scene.setting[at.FETCH_X], scene.setting[at.FETCH_Y], scene.setting[at.FETCH_INVERSE]
    _, ny, nx = scene.fetch.shape
    find_cells(gx, gy, inverse, (ny, nx), s, w, count)
    size = np.int32(ny * nx)
    for i in range(count):
        sector = sector_from(s[at.WIND_X + i], s[at.WIND_Y + i])
        w[at.CELLS + i] = np.uint32(w[at.CELLS + i] + np.uint32(np.int32(sector * size)))
    for i in range(count):
        s[at.RATE + i] = fetch[w[at.CELLS + i]]


@njit(**PASS)
def estimate_waves(low, high, scene):
    """Young and Verhagen's growth over the open water upwind, in the depth of the place."""
    s, count = scene.scratch, min(high - low, 512)
    open_water(low, high, scene)
    # short loops: one over the whole formula waits for itself, as no more than one round of it fits into the processor
    for i in range(count):
        s[at.WORK_A + i] = depth_term(s[at.WIND_SPEED + i], s[at.BED + i])
    for i in range(count):
        s[at.WORK_B + i] = fetch_term(s[at.WIND_SPEED + i], s[at.RATE + i])
    for i in range(count):
        s[at.WORK_C + i] = growth_of_height(s[at.WORK_A + i], s[at.WORK_B + i])
    for i in range(count):
        s[at.WORK_D + i] = growth_of_period(s[at.WORK_A + i], s[at.WORK_B + i])
    for i in range(count):
        s[at.WAVE_HEIGHT + i] = height_after(s[at.WORK_C + i], s[at.WIND_SPEED + i], s[at.BED + i])
    for i in range(count):
        s[at.WAVE_PERIOD + i] = period_after(s[at.WORK_D + i], s[at.WIND_SPEED + i])


@njit(**PASS)
def drift_of_waves(s, count):
    """Stokes drift at the surface that is not given: along the wind, as the height and period make it."""
    for i in range(min(count, 512)):
        speed, wind = stokes_surface(s[at.WAVE_HEIGHT + i], s[at.WAVE_PERIOD + i]), s[at.WIND_SPEED + i]
        share = speed / max(wind, _CALM) if wind > _CALM else _ZERO
        s[at.STOKES_X + i] = share * s[at.WIND_X + i]
        s[at.STOKES_Y + i] = share * s[at.WIND_Y + i]
        s[at.STOKES_SPEED + i] = share * wind


@njit(**PASS)
def waves(low, high, scene):
    """Height, period, breaking, Stokes drift at the surface, and the share of open water."""
    s, g, count, given = scene.scratch, scene.geometry, min(high - low, 512), scene.whole[at.GIVEN]
    if not (given & at.GIVEN_HEIGHT and given & at.GIVEN_PERIOD):
        estimate_waves(low, high, scene)
    if given & at.GIVEN_HEIGHT:
        sample_scalar(scene.wave_height, g[at.G_HEIGHT], low, high, scene, _ZERO)
        for i in range(count):
            s[at.WAVE_HEIGHT + i] = s[at.FLOW_X + i]
    if given & at.GIVEN_PERIOD:
        sample_scalar(scene.wave_period, g[at.G_PERIOD], low, high, scene, _ONE)
        for i in range(count):
            s[at.WAVE_PERIOD + i] = s[at.FLOW_X + i]
    for i in range(count):
        s[at.OPEN + i] = _ONE
    if given & at.GIVEN_ICE:
        for i in range(count):
            s[at.OPEN + i] = open_share(s[at.ICE_COVER + i])
    for i in range(count):
        s[at.WAVE_HEIGHT + i] *= s[at.OPEN + i]
        s[at.WAVE_PERIOD + i] = max(s[at.WAVE_PERIOD + i], _LEAST_PERIOD)
        s[at.BREAKING + i] = breaking_fraction(s[at.WIND_SPEED + i], s[at.WAVE_PERIOD + i]) * s[at.OPEN + i]
    if given & at.GIVEN_STOKES:
        sample_vector(scene.stokes, g[at.G_STOKES], low, high, scene)
        for i in range(count):
            x, y = s[at.FLOW_X + i] * s[at.OPEN + i], s[at.FLOW_Y + i] * s[at.OPEN + i]
            s[at.STOKES_X + i] = x
            s[at.STOKES_Y + i] = y
            s[at.STOKES_SPEED + i] = np.sqrt(x * x + y * y)
    else:
        drift_of_waves(s, count)


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
