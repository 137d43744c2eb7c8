"""What each particle of a block feels: fields at its place, in metres from the site's origin as float32.

Sampling is cut in three, so that only the fetching of values is done one by one: cells and shares (wide), values and
what lies between them, checks (wide).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
from khazri.engine.kernels.view import as_row

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_SANE = np.float32(1e6)  # no field has larger values; NaN and infinities fail the comparison too


@njit(**INLINE)
def corner(place, last):
    """Lower cell and the way to the next [1] of a place in cells; held at the edges. The integer is clamped, not the float."""
    cell = min(max(np.int32(place), np.int32(0)), last)
    share = min(max(place - np.float32(cell), _ZERO), _ONE)
    return cell, share


@njit(**INLINE)
def vector_at(field, g, x, y):
    """Bilinear value of a field (ny, nx, 2) at one place, for what asks for few."""
    i, a = corner((x - g[0]) * g[2], np.int32(max(field.shape[1] - 2, 0)))
    j, b = corner((y - g[1]) * g[2], np.int32(max(field.shape[0] - 2, 0)))
    up = min(j + np.int32(1), np.int32(field.shape[0] - 1))
    right = min(i + np.int32(1), np.int32(field.shape[1] - 1))
    low_x = field[j, i, 0] + a * (field[j, right, 0] - field[j, i, 0])
    low_y = field[j, i, 1] + a * (field[j, right, 1] - field[j, i, 1])
    high_x = field[up, i, 0] + a * (field[up, right, 0] - field[up, i, 0])
    high_y = field[up, i, 1] + a * (field[up, right, 1] - field[up, i, 1])
    return low_x + b * (high_x - low_x), low_y + b * (high_y - low_y)


@njit(**PASS)
def locate(shape, g, s, w, count):
    """Of the places AT, the lower corner's position in the field as it lies in memory (CELLS) and the shares of the way on."""
    ny, nx, components = shape
    last_x, last_y = np.int32(max(nx - 2, 0)), np.int32(max(ny - 2, 0))
    width, wide, west, south, inverse = np.int32(nx), np.int32(components), g[0], g[1], g[2]
    for i in range(min(count, 512)):
        column, share = corner((s[at.AT_X + i] - west) * inverse, last_x)
        s[at.SHARE_X + i] = share
        row, share = corner((s[at.AT_Y + i] - south) * inverse, last_y)
        s[at.SHARE_Y + i] = share
        w[at.CELLS + i] = np.uint32(np.int32(np.int32(np.int32(row * width) + column) * wide))


@njit(**PASS)
def vectors_at(field, g, s, w, count):
    """Bilinear values of a field (ny, nx, 2) at the places AT, into FLOW."""
    locate(field.shape, g, s, w, count)
    values, ny, nx = as_row(field), field.shape[0], field.shape[1]
    right, up = np.uint64(2 if nx > 1 else 0), np.uint64(2 * nx if ny > 1 else 0)
    one = np.uint64(1)
    for i in range(min(count, 512)):
        k, a, b = np.uint64(w[at.CELLS + i]), s[at.SHARE_X + i], s[at.SHARE_Y + i]
        low_x = values[k] + a * (values[k + right] - values[k])
        low_y = values[k + one] + a * (values[k + right + one] - values[k + one])
        k += up
        high_x = values[k] + a * (values[k + right] - values[k])
        high_y = values[k + one] + a * (values[k + right + one] - values[k + one])
        s[at.FLOW_X + i] = low_x + b * (high_x - low_x)
        s[at.FLOW_Y + i] = low_y + b * (high_y - low_y)


@njit(**PASS)
def scalars_at(field, g, s, w, count):
    """Bilinear values of a field (ny, nx, 1) at the places AT, into FLOW_X."""
    locate(field.shape, g, s, w, count)
    values, ny, nx = as_row(field), field.shape[0], field.shape[1]
    right, up = np.uint64(1 if nx > 1 else 0), np.uint64(nx if ny > 1 else 0)
    for i in range(min(count, 512)):
        k, a = np.uint64(w[at.CELLS + i]), s[at.SHARE_X + i]
        low = values[k] + a * (values[k + right] - values[k])
        k += up
        high = values[k] + a * (values[k + right] - values[k])
        s[at.FLOW_X + i] = low + s[at.SHARE_Y + i] * (high - low)


@njit(**PASS)
def mark_no_forcing(s, marks, count):
    """A mark for each particle whose FLOW is no number."""
    for i in range(min(count, 512)):
        if not ((abs(s[at.FLOW_X + i]) < _SANE) & (abs(s[at.FLOW_Y + i]) < _SANE)):
            marks[i] |= at.NO_FORCING


@njit(**PASS)
def sample_vector(field, g, low, high, scene):
    """Leave in FLOW what particles feel of a vector field; what is no number becomes 0 and a mark."""
    s, count, bad = scene.scratch, min(high - low, 512), 0
    if field.shape[0] == 1 and field.shape[1] == 1:
        u, v = field[0, 0, 0], field[0, 0, 1]
        for i in range(count):
            s[at.FLOW_X + i] = u
            s[at.FLOW_Y + i] = v
    else:
        vectors_at(field, g, s, scene.words, count)
    for i in range(count):
        bad += 0 if (abs(s[at.FLOW_X + i]) < _SANE) & (abs(s[at.FLOW_Y + i]) < _SANE) else 1
    if bad:
        mark_no_forcing(s, scene.flag[1, low:high], count)
        for i in range(count):
            sane = (abs(s[at.FLOW_X + i]) < _SANE) & (abs(s[at.FLOW_Y + i]) < _SANE)
            s[at.FLOW_X + i] = s[at.FLOW_X + i] if sane else _ZERO
            s[at.FLOW_Y + i] = s[at.FLOW_Y + i] if sane else _ZERO


@njit(**PASS)
def sample_scalar(field, g, low, high, scene, fill):
    """Leave in FLOW_X what particles feel of a scalar field; what is no number becomes `fill` and a mark."""
    s, count, bad = scene.scratch, min(high - low, 512), 0
    for i in range(count):
        s[at.FLOW_Y + i] = _ZERO
    if field.shape[0] == 1 and field.shape[1] == 1:
        u = field[0, 0, 0]
        for i in range(count):
            s[at.FLOW_X + i] = u
    else:
        scalars_at(field, g, s, scene.words, count)
    for i in range(count):
        bad += 0 if abs(s[at.FLOW_X + i]) < _SANE else 1
    if bad:
        mark_no_forcing(s, scene.flag[1, low:high], count)
        for i in range(count):
            s[at.FLOW_X + i] = s[at.FLOW_X + i] if abs(s[at.FLOW_X + i]) < _SANE else fill


@njit(**PASS)
def find_cells(gx, gy, inverse, shape, s, w, count):
    """CELLS: the cell of a raster (ny, nx) that each particle is in; beyond its edges that of the edge."""
    last_x, last_y, width = np.int32(shape[1] - 1), np.int32(shape[0] - 1), np.int32(shape[1])
    for i in range(min(count, 512)):
        column = min(max(np.int32((s[at.XS + i] - gx) * inverse), np.int32(0)), last_x)
        row = min(max(np.int32((s[at.YS + i] - gy) * inverse), np.int32(0)), last_y)
        w[at.CELLS + i] = np.uint32(np.int32(np.int32(row * width) + column))


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
        s[at.AT_X + i] = np.float32(x - x0)  # fields are asked for there, until the stages of advection ask elsewhere
        s[at.AT_Y + i] = np.float32(y - y0)
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
    s, g, count = scene.scratch, scene.geometry, min(high - low, 512)
    sample_vector(scene.current[0], g[at.G_CURRENT], low, high, scene)
    for i in range(count):
        s[at.CURRENT_X + i] = s[at.FLOW_X + i]
        s[at.CURRENT_Y + i] = s[at.FLOW_Y + i]
    sample_vector(scene.wind, g[at.G_WIND], low, high, scene)
    for i in range(count):
        s[at.WIND_X + i] = s[at.FLOW_X + i]
        s[at.WIND_Y + i] = s[at.FLOW_Y + i]
        s[at.WIND_SPEED + i] = np.sqrt(s[at.FLOW_X + i] * s[at.FLOW_X + i] + s[at.FLOW_Y + i] * s[at.FLOW_Y + i])


@njit(**PASS)
def sample_water(low, high, scene):
    """Temperature, salinity, sediment and the depth of the water."""
    s, w, g, count = scene.scratch, scene.words, scene.geometry, min(high - low, 512)
    temperature, salinity = scene.setting[at.TEMPERATURE_FILL], scene.setting[at.SALINITY_FILL]
    sample_scalar(scene.water_temperature, g[at.G_TEMPERATURE], low, high, scene, temperature)
    for i in range(count):
        s[at.TEMPERATURE + i] = s[at.FLOW_X + i]
    sample_scalar(scene.salinity, g[at.G_SALINITY], low, high, scene, salinity)
    for i in range(count):
        s[at.SALT + i] = s[at.FLOW_X + i]
    sample_scalar(scene.sediment, g[at.G_SEDIMENT], low, high, scene, _ZERO)
    for i in range(count):
        s[at.SILT + i] = s[at.FLOW_X + i]
    gx, gy, inverse = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y], scene.setting[at.GROUND_INVERSE]
    find_cells(gx, gy, inverse, scene.depth.shape, s, w, count)
    depth = as_row(scene.depth)
    for i in range(count):
        s[at.BED + i] = max(depth[w[at.CELLS + i]], np.float32(0.1))


@njit(**PASS)
def sample_ice(low, high, scene):
    """Share of the water covered by ice, and its drift (estimated where it is not given)."""
    s, g, count = scene.scratch, scene.geometry, min(high - low, 512)
    sample_scalar(scene.ice_concentration, g[at.G_ICE], low, high, scene, _ZERO)
    for i in range(count):
        s[at.ICE_COVER + i] = s[at.FLOW_X + i]
    if scene.whole[at.GIVEN] & at.GIVEN_ICE_DRIFT:
        sample_vector(scene.ice_drift, g[at.G_ICE_DRIFT], low, high, scene)
    else:
        for i in range(count):
            s[at.FLOW_X + i] = s[at.CURRENT_X + i] + np.float32(0.015) * s[at.WIND_X + i]
            s[at.FLOW_Y + i] = s[at.CURRENT_Y + i] + np.float32(0.015) * s[at.WIND_Y + i]
    for i in range(count):
        s[at.ICE_X + i] = s[at.FLOW_X + i]
        s[at.ICE_Y + i] = s[at.FLOW_Y + i]
