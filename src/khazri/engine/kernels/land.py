"""Where displacements are applied: along the path, so that no particle jumps over a spit; shore, bed of the path, outer edge."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
from khazri.engine.kernels.sample import find_cells
from khazri.engine.kernels.view import as_row
from khazri.engine.kernels.waterline import FILM
from khazri.engine.pool import ARRIVING
from khazri.physics.noise import REFLOATING, philox4x32, uniform
from khazri.physics.shore import half_life, refloat_probability

LAND, OUTSIDE = np.uint8(0), np.uint8(255)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_SANE = np.float32(1e7)
_SAFE = np.float32(
    1.5
)  # cells: a particle may be 0.71 from the middle of its own, land reach 0.71 from the middle of its
_STRIDE = np.float32(0.5)  # cells per look along a path
_HALVINGS = 6  # of the last stride, to find the edge
_HIGH_AND_DRY = np.float32(10.0)  # times as long as on the ordinary line does oil stay above it


@njit(**INLINE)
def ground_at(ground, gx, gy, inverse, x, y):
    """Code of the ground at a place from the site's origin; beyond the raster it is outside."""
    column = np.int32((x - gx) * inverse + _ONE) - np.int32(1)
    row = np.int32((y - gy) * inverse + _ONE) - np.int32(1)
    if column < 0 or row < 0 or column >= ground.shape[1] or row >= ground.shape[0]:
        return OUTSIDE
    return ground[row, column]


@njit(**PASS)
def segment_at(segment, gx, gy, inverse, x, y):
    """Shore segment at a place, or in one of the eight cells around it; -1: none."""
    column = np.int32((x - gx) * inverse)
    row = np.int32((y - gy) * inverse)
    ny, nx = segment.shape
    if 0 <= row < ny and 0 <= column < nx and segment[row, column] >= 0:
        return segment[row, column]
    for j in range(max(row - 1, 0), min(row + 2, ny)):
        for i in range(max(column - 1, 0), min(column + 2, nx)):
            if segment[j, i] >= 0:
                return segment[j, i]
    return np.int32(-1)


@njit(**INLINE)
def bed_at(scene, x, y):
    """Depth of the bed below the ordinary level at a place [m], negative on flats; not a number where no water ever comes."""
    column = np.int32((x - scene.setting[at.GROUND_X]) * scene.setting[at.GROUND_INVERSE])
    row = np.int32((y - scene.setting[at.GROUND_Y]) * scene.setting[at.GROUND_INVERSE])
    ny, nx = scene.bed.shape
    return scene.bed[min(max(row, np.int32(0)), np.int32(ny - 1)), min(max(column, np.int32(0)), np.int32(nx - 1))]


@njit(**INLINE)
def stretch_at(scene, x, y):
    """The nearest segment of shore, however far; -1: the site has none."""
    column = np.int32((x - scene.setting[at.GROUND_X]) * scene.setting[at.GROUND_INVERSE])
    row = np.int32((y - scene.setting[at.GROUND_Y]) * scene.setting[at.GROUND_INVERSE])
    ny, nx = scene.stretch.shape
    return scene.stretch[min(max(row, np.int32(0)), np.int32(ny - 1)), min(max(column, np.int32(0)), np.int32(nx - 1))]


@njit(**INLINE)
def has_dried(scene, x, y):
    """Whether a place is dry now that is wet at some level of the sea."""
    bed = bed_at(scene, x, y)
    if bed != bed:  # not a number
        return False
    gx, gy, inverse = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y], scene.setting[at.GROUND_INVERSE]
    return ground_at(scene.ground, gx, gy, inverse, x, y) == LAND


@njit(**PASS)
def refloat(low, high, scene):
    """Oil ashore goes back into the water with the half-life of its kind of shore.

    Where the level moves, only where water stands now; above the ordinary line, and so out of reach of its waves, ten
    times as slowly (khazri.engine.waterline).
    """
    s = scene.scratch
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    purpose = np.uint32(REFLOATING << 8)
    gx, gy, inverse = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y], scene.setting[at.GROUND_INVERSE]
    for i in range(min(high - low, 512)):
        row = low + i
        if scene.flag[0, row] != at.ASHORE:
            continue
        segment = segment_at(scene.segment, gx, gy, inverse, s[at.XS + i], s[at.YS + i])
        longer = _ONE
        if scene.whole[at.SURGES]:
            if has_dried(scene, s[at.XS + i], s[at.YS + i]):
                continue
            if segment < 0:
                segment = stretch_at(scene, s[at.XS + i], s[at.YS + i])
            if bed_at(scene, s[at.XS + i], s[at.YS + i]) <= FILM:
                longer = _HIGH_AND_DRY
        if segment < 0:
            scene.flag[1, row] |= at.NO_SEGMENT
            continue
        chance = refloat_probability(longer * half_life(scene.segment_kind[segment]), s[at.DT + i])
        key = scene.keys[scene.origin[1, row]]
        a, _, _, _ = philox4x32(scene.number[row], step, purpose, np.uint32(scene.origin[0, row]), seed, key)
        if uniform(a) < chance:
            scene.flag[0, row] = np.uint8(at.AFLOAT)


@njit(**PASS)
def travel(x, y, dx, dy, ground, gx, gy, inverse):
    """How far along (dx, dy) the water goes [1], and the ground that ends it (a water code: nothing does)."""
    cells = max(abs(dx), abs(dy)) * inverse
    looks = np.int32(cells / _STRIDE) + np.int32(1)
    before = _ZERO
    if ground_at(ground, gx, gy, inverse, x, y) == LAND:  # rounded onto the edge: back into the water, or ashore
        code = ground_at(ground, gx, gy, inverse, x + dx, y + dy)
        return (_ZERO if code == LAND else _ONE), code
    for k in range(1, looks + 1):
        share = np.float32(k) / np.float32(looks)
        code = ground_at(ground, gx, gy, inverse, x + share * dx, y + share * dy)
        if code == LAND or code == OUTSIDE:  # noqa: SIM109
            beyond = share
            for _ in range(_HALVINGS):
                middle = np.float32(0.5) * (before + beyond)
                found = ground_at(ground, gx, gy, inverse, x + middle * dx, y + middle * dy)
                if found == LAND or found == OUTSIDE:  # noqa: SIM109
                    beyond, code = middle, found
                else:
                    before = middle
            return before, code
        before = share
    return _ONE, np.uint8(1)


@njit(**PASS)
def look_round(low, high, scene):
    """WORK_A: 1 for what its move may bring to land or to the edge, or takes nowhere known; CELLS is the cell it is in.

    WORK_B and WORK_C are the move along the plane [m], 0 for what does not move.
    """
    s, w, count, status = scene.scratch, scene.words, min(high - low, 512), scene.flag[0, low:high]
    ground, inverse = as_row(scene.ground), scene.setting[at.GROUND_INVERSE]
    gx, gy = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y]
    find_cells(gx, gy, inverse, scene.ground.shape, s, w, count)
    for i in range(count):
        moves = (status[i] <= at.SUBMERGED) | (status[i] == at.IN_ICE)
        s[at.WORK_B + i] = s[at.MOVE_X + i] * s[at.SCALE + i] if moves else _ZERO
        s[at.WORK_C + i] = s[at.MOVE_Y + i] * s[at.SCALE + i] if moves else _ZERO
    for i in range(count):
        s[at.WORK_A + i] = np.float32(ground[w[at.CELLS + i]])
    east, north = gx + np.float32(scene.ground.shape[1]) / inverse, gy + np.float32(scene.ground.shape[0]) / inverse
    for i in range(count):
        x, y, reach = s[at.XS + i], s[at.YS + i], (abs(s[at.WORK_B + i]) + abs(s[at.WORK_C + i])) * inverse
        inside = (x >= gx) & (y >= gy) & (x < east) & (y < north) & (s[at.WORK_A + i] < np.float32(OUTSIDE))
        s[at.WORK_A + i] = _ZERO if inside & (reach <= s[at.WORK_A + i] - _SAFE) else _ONE


@njit(**PASS)
def land(low, high, scene):
    """Apply the displacements: free water at once, else along the path to the shore, which takes what floats, or out of the area."""
    s, count, places = scene.scratch, min(high - low, 512), scene.place
    chosen, others = scene.chosen, 0
    look_round(low, high, scene)
    for i in range(count):
        chosen[others] = np.int32(i)
        others += 1 if s[at.WORK_A + i] > _ZERO else 0
    if others:
        for k in range(others):
            i = chosen[k]
            land_one(low + i, i, scene)
    eastings, northings = places[0, low:high], places[1, low:high]
    for i in range(count):
        eastings[i] += np.float64(s[at.WORK_B + i])
    for i in range(count):
        northings[i] += np.float64(s[at.WORK_C + i])
    for i in range(count):
        s[at.XS + i] += s[at.WORK_B + i]
        s[at.YS + i] += s[at.WORK_C + i]


@njit(**PASS)
def land_one(row, i, scene):
    """Shorten the move of one particle where its path ends, and say what became of it."""
    s, status, strand = scene.scratch, scene.flag[0, row], scene.whole[at.STRAND]
    gx, gy, inverse = scene.setting[at.GROUND_X], scene.setting[at.GROUND_Y], scene.setting[at.GROUND_INVERSE]
    if status > at.SUBMERGED and status != at.IN_ICE:
        return
    dx, dy = s[at.WORK_B + i], s[at.WORK_C + i]
    s[at.WORK_B + i] = _ZERO
    s[at.WORK_C + i] = _ZERO
    if not (abs(dx) < _SANE and abs(dy) < _SANE):
        scene.flag[1, row] |= at.NOT_FINITE
        return
    if strand and scene.whole[at.SURGES] and has_dried(scene, s[at.XS + i], s[at.YS + i]):  # the sea has left it
        scene.flag[0, row] = np.uint8(at.ASHORE | ARRIVING)
        scene.real[at.Z, row] = _ZERO
        scene.real[at.DIAMETER, row] = _ZERO
        return
    share, code = travel(s[at.XS + i], s[at.YS + i], dx, dy, scene.ground, gx, gy, inverse)
    s[at.WORK_B + i] = share * dx
    s[at.WORK_C + i] = share * dy
    if code == OUTSIDE:
        scene.flag[0, row] = np.uint8(at.LEFT_DOMAIN)
    elif code == LAND:
        if strand and status != at.SUBMERGED:
            scene.flag[0, row] = np.uint8(at.ASHORE | ARRIVING)
        else:
            scene.flag[1, row] |= at.BLOCKED
