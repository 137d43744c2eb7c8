"""What each particle of a block feels: fields at its place, in metres from the site's origin as float32."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_SANE = np.float32(1e6)  # no field has larger values; NaN and infinities fail the comparison too


@njit(**INLINE)
def corner(place, count):
    """Lower cell and the way to the next [1] of a place in cells; held at the edges. The integer is clamped, not the float."""
    cell = np.int32(place)
    cell = min(max(cell, np.int32(0)), np.int32(max(count - 2, 0)))
    share = min(max(place - np.float32(cell), _ZERO), _ONE)
    return cell, share


@njit(**INLINE)
def vector_at(field, g, x, y):
    """Bilinear value of a two-component field (ny, nx, 2)."""
    i, a = corner((x - g[0]) * g[2], field.shape[1])
    j, b = corner((y - g[1]) * g[2], field.shape[0])
    up = min(j + np.int32(1), np.int32(field.shape[0] - 1))
    right = min(i + np.int32(1), np.int32(field.shape[1] - 1))
    low_x = field[j, i, 0] + a * (field[j, right, 0] - field[j, i, 0])
    low_y = field[j, i, 1] + a * (field[j, right, 1] - field[j, i, 1])
    high_x = field[up, i, 0] + a * (field[up, right, 0] - field[up, i, 0])
    high_y = field[up, i, 1] + a * (field[up, right, 1] - field[up, i, 1])
    return low_x + b * (high_x - low_x), low_y + b * (high_y - low_y)


@njit(**INLINE)
def scalar_at(field, g, x, y):
    """Bilinear value of a one-component field (ny, nx, 1)."""
    i, a = corner((x - g[0]) * g[2], field.shape[1])
    j, b = corner((y - g[1]) * g[2], field.shape[0])
    up = min(j + np.int32(1), np.int32(field.shape[0] - 1))
    right = min(i + np.int32(1), np.int32(field.shape[1] - 1))
    low = field[j, i, 0] + a * (field[j, right, 0] - field[j, i, 0])
    high = field[up, i, 0] + a * (field[up, right, 0] - field[up, i, 0])
    return low + b * (high - low)


@njit(**PASS)
def sample_vector(field, g, s, out, second, marks, count):
    """Fill rows `out` and `second` with a vector field; what is no number becomes 0 and a mark."""
    if field.shape[0] == 1 and field.shape[1] == 1:
        u, v = field[0, 0, 0], field[0, 0, 1]
        for i in range(count):
            s[out + i] = u
            s[second + i] = v
    else:
        for i in range(count):
            u, v = vector_at(field, g, s[at.XS + i], s[at.YS + i])
            s[out + i] = u
            s[second + i] = v
    for i in range(count):
        if not (abs(s[out + i]) < _SANE and abs(s[second + i]) < _SANE):
            s[out + i] = _ZERO
            s[second + i] = _ZERO
            marks[i] |= at.NO_FORCING


@njit(**PASS)
def sample_scalar(field, g, s, out, fill, marks, count):
    """Fill row `out` with a scalar field; what is no number becomes `fill` and a mark."""
    if field.shape[0] == 1 and field.shape[1] == 1:
        u = field[0, 0, 0]
        for i in range(count):
            s[out + i] = u
    else:
        for i in range(count):
            s[out + i] = scalar_at(field, g, s[at.XS + i], s[at.YS + i])
    for i in range(count):
        if not abs(s[out + i]) < _SANE:
            s[out + i] = fill
            marks[i] |= at.NO_FORCING


@njit(**PASS)
def enter(low, high, scene):
    """Places as float32 from the origin, the time each particle has in this step, and no movement yet."""
    s, dt = scene.scratch, scene.setting[at.DT_STEP]
    count = min(high - low, 512)
    x0, y0 = np.float64(scene.setting[at.ORIGIN_X]), np.float64(scene.setting[at.ORIGIN_Y])
    quarter = np.float64(1.0 / (4.0 * 6_371_000.0**2))
    first_new = scene.whole[at.FIRST_NEW]
    for i in range(count):
        x, y = scene.place[0, low + i], scene.place[1, low + i]
        s[at.XS + i] = np.float32(x - x0)
        s[at.YS + i] = np.float32(y - y0)
        s[at.SCALE + i] = np.float32(1.0 + (x * x + y * y) * quarter)  # map factor, see geo.plane
        s[at.DT + i] = dt
        s[at.MOVE_X + i] = _ZERO
        s[at.MOVE_Y + i] = _ZERO
        scene.flag[1, low + i] = np.uint8(0)
    for i in range(max(first_new - low, 0), count):
        s[at.DT + i] = scene.ages[low + i - first_new]


@njit(**PASS)
def sample_motion(low, high, scene):
    """Current (start of the step), wind and its speed."""
    s, g, marks, count = scene.scratch, scene.geometry, scene.flag[1, low:high], min(high - low, 512)
    sample_vector(scene.current[0], g[at.G_CURRENT], s, at.CURRENT_X, at.CURRENT_Y, marks, count)
    sample_vector(scene.wind, g[at.G_WIND], s, at.WIND_X, at.WIND_Y, marks, count)
    for i in range(count):
        s[at.WIND_SPEED + i] = np.sqrt(s[at.WIND_X + i] * s[at.WIND_X + i] + s[at.WIND_Y + i] * s[at.WIND_Y + i])


@njit(**PASS)
def sample_water(low, high, scene):
    """Temperature, salinity, sediment and the depth of the water."""
    s, g, marks, count = scene.scratch, scene.geometry, scene.flag[1, low:high], min(high - low, 512)
    temperature, salinity = scene.setting[at.TEMPERATURE_FILL], scene.setting[at.SALINITY_FILL]
    sample_scalar(scene.water_temperature, g[at.G_TEMPERATURE], s, at.TEMPERATURE, temperature, marks, count)
    sample_scalar(scene.salinity, g[at.G_SALINITY], s, at.SALT, salinity, marks, count)
    sample_scalar(scene.sediment, g[at.G_SEDIMENT], s, at.SILT, _ZERO, marks, count)
    gx, gy, inverse = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y], scene.setting[at.GROUND_INVERSE]
    ny, nx = np.int32(scene.depth.shape[0] - 1), np.int32(scene.depth.shape[1] - 1)
    for i in range(count):
        column = min(max(np.int32((s[at.XS + i] - gx) * inverse), np.int32(0)), nx)
        row = min(max(np.int32((s[at.YS + i] - gy) * inverse), np.int32(0)), ny)
        s[at.BED + i] = max(scene.depth[row, column], np.float32(0.1))


@njit(**PASS)
def sample_ice(low, high, scene):
    """Share of the water covered by ice, and its drift (estimated where it is not given)."""
    s, g, marks, count = scene.scratch, scene.geometry, scene.flag[1, low:high], min(high - low, 512)
    sample_scalar(scene.ice_concentration, g[at.G_ICE], s, at.ICE_COVER, _ZERO, marks, count)
    if scene.whole[at.GIVEN] & at.GIVEN_ICE_DRIFT:
        sample_vector(scene.ice_drift, g[at.G_ICE_DRIFT], s, at.ICE_X, at.ICE_Y, marks, count)
    else:
        for i in range(count):
            s[at.ICE_X + i] = s[at.CURRENT_X + i] + np.float32(0.015) * s[at.WIND_X + i]
            s[at.ICE_Y + i] = s[at.CURRENT_Y + i] + np.float32(0.015) * s[at.WIND_Y + i]
