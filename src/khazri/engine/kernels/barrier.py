"""Booms that hold oil. Run only where there are any, after the particles have moved.

Everything that particles share is counted in whole milligrams and microlitres, so that no order of adding matters.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.land import LAND, OUTSIDE, ground_at
from khazri.engine.kernels.options import ENTRY, INLINE, PASS
from khazri.engine.kernels.sample import vector_at
from khazri.engine.kernels.view import view_of
from khazri.engine.pool import ARRIVING
from khazri.physics.boom import ONSET_LEAST, leaked_fraction, loss_share, pool_most, pool_thickness
from khazri.physics.noise import LEAKAGE, philox4x32, uniform

CLEAR = 0.25  # m that oil stays off a boom, so that rounding never puts it behind
NEAR = 50.0  # m from a boom within which what it held is still before it
CLOSE = 3.0  # m within which it is looked for first, as most lies there
PASSES = 4  # booms that one particle may leak through in one step
MILLIGRAMS = 1e6  # of a kilogram
MICROLITRES = 1e9  # of a cubic metre
_NO_FLAG = np.uint8(0xFF ^ ARRIVING)
_ONE = np.float32(1.0)
_ZERO = np.float32(0.0)
_LEAST = np.float32(0.01)
_SANE = np.float32(1e6)
_WATER = np.float32(1010.0)  # kg m-3; of the pool's weight in it only, where a per cent more or less means little
_LEAST_CHANCE = np.float32(1e-9)

# columns of `lines`: a segment at the end of the step, the box about all that it sweeps, whether it moves, where it was at the
# start, the velocity of its ends, its direction (unit vector), its length
X0, Y0, X1, Y1, WEST, SOUTH, EAST, NORTH, MOVES, WAS_X0, WAS_Y0, WAS_X1, WAS_Y1, U0, V0, U1, V1, TX, TY, LENGTH = range(
    20
)
# columns of `booms`: share lost over it and through its gaps in a minute [1], draught of its skirt [m]
LOST, SKIRT = range(2)
# columns of `pools`
THICKNESS, MOST = range(2)


@njit(**ENTRY)
def list_near(first, last, place, flag, frame, near, rows, before):
    """Rows afloat or boomed where a boom is near, and (x, y, 1 where it was boomed); how many.

    frame  of the raster `near`, whose outermost cells are empty: x and y of its corner [m], 1 / cell [m-1]
    """
    count, west, south, inverse = 0, frame[0], frame[1], frame[2]
    ny, nx = near.shape
    for row in range(first, last):
        status, x, y = flag[0, row], place[0, row], place[1, row]
        # without a branch, as nothing foretells which way it goes (held to the raster as floats, each an instruction); the
        # cells at the rim are empty
        i, j = min(max((x - west) * inverse, 0.0), nx - 1.0), min(max((y - south) * inverse, 0.0), ny - 1.0)
        hit = np.int64((status <= at.BOOMED) & (near[np.int64(j), np.int64(i)] != 0))
        rows[count], before[0, count], before[1, count] = row, x, y
        before[2, count] = np.float64(status == at.BOOMED)
        count += hit
        if status == at.BOOMED and hit == 0:  # by a boom that is there no more
            flag[0, row] = np.uint8(at.AFLOAT)
    return count


@njit(**INLINE)
def crossing(ax, ay, bx, by, px, py, qx, qy):
    """Where along a-b it crosses the segment p-q [1]; above 1: nowhere. The ends of the segment belong to it."""
    rx, ry, sx, sy = bx - ax, by - ay, qx - px, qy - py
    across = rx * sy - ry * sx
    if across == 0.0:
        return 2.0
    # both ends to the same side of the way: no division is needed for most
    if (rx * (py - ay) - ry * (px - ax)) * (rx * (qy - ay) - ry * (qx - ax)) > 0.0:
        return 2.0
    t = ((px - ax) * sy - (py - ay) * sx) / across
    u = ((px - ax) * ry - (py - ay) * rx) / across
    return t if 0.0 <= t <= 1.0 and -1e-9 <= u <= 1.0 + 1e-9 else 2.0


@njit(**INLINE)
def _on_moving(t, ax, ay, bx, by, line):
    """Whether a point on its way from a to b lies on a moving segment at t, between its ends (then t, else 2)."""
    if not 0.0 <= t <= 1.0:
        return 2.0
    px, py = line[WAS_X0] + t * (line[X0] - line[WAS_X0]), line[WAS_Y0] + t * (line[Y0] - line[WAS_Y0])
    qx, qy = line[WAS_X1] + t * (line[X1] - line[WAS_X1]), line[WAS_Y1] + t * (line[Y1] - line[WAS_Y1])
    sx, sy = qx - px, qy - py
    u = ((ax + t * (bx - ax) - px) * sx + (ay + t * (by - ay) - py) * sy) / max(sx * sx + sy * sy, 1e-12)
    return t if -1e-6 <= u <= 1.0 + 1e-6 else 2.0


@njit(**INLINE)
def crossing_moving(ax, ay, bx, by, line, after):
    """When a point on its way from a to b first meets a segment that moves too, after the share `after` of the step.

    The cross product of the segment and of the way from its first end to the point is nought: a quadratic in time.
    """
    rx, ry = ax - line[WAS_X0], ay - line[WAS_Y0]
    sx, sy = line[WAS_X1] - line[WAS_X0], line[WAS_Y1] - line[WAS_Y0]
    dx, dy = bx - line[X0] - rx, by - line[Y0] - ry
    ex, ey = line[X1] - line[X0] - sx, line[Y1] - line[Y0] - sy
    a, b, c = ex * dy - ey * dx, sx * dy - sy * dx + ex * ry - ey * rx, sx * ry - sy * rx
    if abs(a) <= 1e-12 * abs(b):
        if b == 0.0:
            return 2.0
        t = _on_moving(-c / b, ax, ay, bx, by, line)
        return t if t > after else 2.0
    root = b * b - 4.0 * a * c
    if root < 0.0:
        return 2.0
    q = -0.5 * (b + (np.sqrt(root) if b >= 0.0 else -np.sqrt(root)))
    one, two = q / a, (c / q if q != 0.0 else 2.0)
    low, high = _on_moving(min(one, two), ax, ay, bx, by, line), _on_moving(max(one, two), ax, ay, bx, by, line)
    return low if after < low <= 1.0 else (high if after < high <= 1.0 else 2.0)


@njit(**INLINE)
def cells_about(west, south, east, north, frame):
    """Columns and rows of the index (x0, y0, 1 / cell, columns, rows) that a box touches; an empty range outside it."""
    low_i, high_i = (west - frame[0]) * frame[2], (east - frame[0]) * frame[2]
    low_j, high_j = (south - frame[1]) * frame[2], (north - frame[1]) * frame[2]
    if not (high_i >= 0.0 and high_j >= 0.0 and low_i < frame[3] and low_j < frame[4]):
        return 0, 0, 0, -1
    return (
        np.int64(max(low_i, 0.0)), np.int64(max(low_j, 0.0)),
        np.int64(min(high_i, frame[3] - 1.0)), np.int64(min(high_j, frame[4] - 1.0)),
    )  # fmt: skip


@njit(**ENTRY)
def measure_clearance(columns, rows, clearance):
    """Of each cell of a raster how many cells off the nearest with a segment in it is, along the longer axis; at most 254.

    clearance  (rows * columns,) uint8, 0 where there is one, 255 elsewhere. Forwards and then backwards over the cells (the
    chessboard distance of Rosenfeld and Pfaltz 1966).
    """
    for j in range(rows):
        for i in range(columns):
            cell = j * columns + i
            best = min(np.int64(clearance[cell]), 254)
            if i > 0:
                best = min(best, clearance[cell - 1] + 1)
            if j > 0:
                for k in range(max(i - 1, 0), min(i + 2, columns)):
                    best = min(best, clearance[cell - columns + k - i] + 1)
            clearance[cell] = np.uint8(best)
    for j in range(rows - 1, -1, -1):
        for i in range(columns - 1, -1, -1):
            cell = j * columns + i
            best = np.int64(clearance[cell])
            if i < columns - 1:
                best = min(best, clearance[cell + 1] + 1)
            if j < rows - 1:
                for k in range(max(i - 1, 0), min(i + 2, columns)):
                    best = min(best, clearance[cell + columns + k - i] + 1)
            clearance[cell] = np.uint8(best)


@njit(**INLINE)
def pick_close(count, rows, before, place, frame, clearance):
    """Bring rows to the front that a boom held, or whose way may touch a cell with a segment in it; how many.

    frame, clearance  see `measure_clearance`: a way of d cells along its longer axis ends at most floor(d) + 1 cells off; beyond
    the raster no segment is nearer than from its rim. Without a branch, as nothing foretells which it will be.
    """
    west, south, inverse, columns = frame[0], frame[1], frame[2], np.int64(frame[3])
    last_i, last_j = frame[3] - 1.0, frame[4] - 1.0
    picked = 0
    for k in range(count):
        row, x, y, was = rows[k], before[0, k], before[1, k], before[2, k]
        i, j = min(max((x - west) * inverse, 0.0), last_i), min(max((y - south) * inverse, 0.0), last_j)
        off = np.float64(clearance[np.int64(j) * columns + np.int64(i)])
        way = max(abs(place[0, row] - x), abs(place[1, row] - y)) * inverse
        rows[picked], before[0, picked], before[1, picked], before[2, picked] = row, x, y, was
        picked += np.int64((was > 0.0) | (way >= off - 1.0))
    return picked


@njit(**INLINE)
def first_crossing(ax, ay, bx, by, after, still, lines, index):
    """(t, segment) of the first crossing of a-b after the share `after`; (2, -1): none. `still`: segments where they end up."""
    frame, starts, items, boxes = index
    found, which = 2.0, -1
    west, south, east, north = min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
    if max(east - west, north - south) * frame[2] < 1.0:  # where it starts, all that it can reach is listed
        low_i, low_j, high_i, high_j = cells_about(ax, ay, ax, ay, frame)
    else:
        low_i, low_j, high_i, high_j = cells_about(west, south, east, north, frame)
    wide = np.int64(frame[3])
    for j in range(low_j, high_j + 1):
        for k in range(starts[j * wide + low_i], starts[j * wide + high_i + 1]):  # cells of a row lie side by side
            if (boxes[k, 2] < west) | (boxes[k, 0] > east) | (boxes[k, 3] < south) | (boxes[k, 1] > north):
                continue
            n = items[k]
            if lines[n, MOVES] > 0.0 and not still:
                t = crossing_moving(ax, ay, bx, by, lines[n], after)
            else:
                t = crossing(ax, ay, bx, by, lines[n, X0], lines[n, Y0], lines[n, X1], lines[n, Y1])
            if after < t and (t < found or (t == found and n < which)):
                found, which = t, n
    return found, which


@njit(**INLINE)
def nearest(x, y, reach, lines, index):
    """(segment, place on it) of the nearest boom within `reach`, which is no more than a cell of the index; (-1, 0, 0): none."""
    frame, starts, items, boxes = index
    best, which, at_x, at_y = reach * reach, -1, 0.0, 0.0
    i, j, _, last = cells_about(x, y, x, y, frame)
    if last < j:
        return which, at_x, at_y
    cell = j * np.int64(frame[3]) + i
    for k in range(starts[cell], starts[cell + 1]):
        off_x = max(boxes[k, 0] - x, x - boxes[k, 2], 0.0)
        off_y = max(boxes[k, 1] - y, y - boxes[k, 3], 0.0)
        if off_x * off_x + off_y * off_y > best:
            continue
        n = items[k]
        px, py, tx, ty = lines[n, X0], lines[n, Y0], lines[n, TX], lines[n, TY]
        along = min(max((x - px) * tx + (y - py) * ty, 0.0), lines[n, LENGTH])
        cx, cy = px + along * tx, py + along * ty
        away = (x - cx) * (x - cx) + (y - cy) * (y - cy)
        if away < best or (away == best and (which < 0 or n < which)):
            best, which, at_x, at_y = away, n, cx, cy
    return which, at_x, at_y


@njit(**INLINE)
def flow_past(x, y, u, v, scene):
    """The water's velocity at a place, relative to a boom that moves at (u, v) [m s-1]."""
    s = scene.setting
    water_u, water_v = vector_at(
        scene.current[1], scene.geometry[at.G_CURRENT],
        np.float32(x - np.float64(s[at.ORIGIN_X])), np.float32(y - np.float64(s[at.ORIGIN_Y])),
    )  # fmt: skip
    water_u = water_u if abs(water_u) < _SANE else _ZERO
    water_v = water_v if abs(water_v) < _SANE else _ZERO
    return water_u - np.float32(u), water_v - np.float32(v)


@njit(**ENTRY)
def sample_past(scene, lines, past):
    """The water's speed across each segment, relative to it, to the right of its direction [m s-1]; past (segments,) float32."""
    view = view_of(scene)
    for n in range(lines.shape[0]):
        line = lines[n]
        x, y = 0.5 * (line[X0] + line[X1]), 0.5 * (line[Y0] + line[Y1])
        u, v = flow_past(x, y, 0.5 * (line[U0] + line[U1]), 0.5 * (line[V0] + line[V1]), view)
        past[n] = u * np.float32(line[TY]) - v * np.float32(line[TX])


@njit(**INLINE)
def lets_pass(towards_x, towards_y, n, lines, past, lost):
    """(whether oil at a segment may pass it at all, speed of the water that presses it there [m s-1]).

    towards  from the oil to the boom [m]: water that runs the other way entrains nothing
    """
    side = towards_x * lines[n, TY] - towards_y * lines[n, TX]
    normal = max(past[n] if side > 0.0 else -past[n], _ZERO)
    return normal > ONSET_LEAST or lost > _ZERO, normal


@njit(**PASS)
def escapes(row, normal, lost, turn, time, scene):
    """Whether oil at a boom passes it in `time`: entrained, splashed over, or through gaps (ruling 8)."""
    kept = (_ONE - loss_share(normal, scene.real[at.VISCOSITY, row])) * (_ONE - lost)
    chance = leaked_fraction(_ONE - kept, np.float32(time))
    if chance <= _LEAST_CHANCE:
        return False
    purpose = np.uint32((LEAKAGE << 8) + turn)
    key = scene.keys[scene.origin[1, row]]
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    a, _, _, _ = philox4x32(scene.number[row], step, purpose, np.uint32(scene.origin[0, row]), seed, key)
    return uniform(a) < chance


@njit(**INLINE)
def is_water(x, y, scene):
    """Whether a place on the plane [m] is in the water of the site."""
    s = scene.setting
    code = ground_at(
        scene.ground, s[at.GROUND_X], s[at.GROUND_Y], s[at.GROUND_INVERSE],
        np.float32(x - np.float64(s[at.ORIGIN_X])), np.float32(y - np.float64(s[at.ORIGIN_Y])),
    )  # fmt: skip
    return code != LAND and code != OUTSIDE


@njit(**INLINE)
def beside(x, y, dx, dy, n, scene, lines, index):
    """Where held oil at (x, y) ends up: as far along the boom as its move goes, never through a boom or onto land."""
    tx, ty = lines[n, TX], lines[n, TY]
    along = dx * tx + dy * ty
    to_x, to_y = x + along * tx, y + along * ty
    t, _ = first_crossing(x, y, to_x, to_y, -1.0, True, lines, index)
    if t <= 1.0:
        share = max(t - CLEAR / max(abs(along), 1e-9), 0.0)
        to_x, to_y = x + share * along * tx, y + share * along * ty
    if not is_water(to_x, to_y, scene):
        return x, y
    return to_x, to_y


@njit(**INLINE)
def rest(t, after, x0, y0, x1, y1, n, scene, lines, index):
    """Where oil that met segment `n` at `t` of its way ends the step: held off the boom, carried with it, slid along it."""
    line = lines[n]
    if not line[MOVES] > 0.0:
        length = np.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
        safe = max(t - CLEAR / max(length, 1e-9), after, 0.0)
        x, y = x0 + safe * (x1 - x0), y0 + safe * (y1 - y0)
        return beside(x, y, (1.0 - t) * (x1 - x0), (1.0 - t) * (y1 - y0), n, scene, lines, index)
    px, py = line[WAS_X0] + t * (line[X0] - line[WAS_X0]), line[WAS_Y0] + t * (line[Y0] - line[WAS_Y0])
    qx, qy = line[WAS_X1] + t * (line[X1] - line[WAS_X1]), line[WAS_Y1] + t * (line[Y1] - line[WAS_Y1])
    sx, sy = qx - px, qy - py
    u = ((x0 + t * (x1 - x0) - px) * sx + (y0 + t * (y1 - y0) - py) * sy) / max(sx * sx + sy * sy, 1e-12)
    u = min(max(u, 0.0), 1.0)
    moved_x = (line[X0] - line[WAS_X0]) + u * ((line[X1] - line[WAS_X1]) - (line[X0] - line[WAS_X0]))
    moved_y = (line[Y0] - line[WAS_Y0]) + u * ((line[Y1] - line[WAS_Y1]) - (line[Y0] - line[WAS_Y0]))
    # against the boom: it came along this way, so that backwards along it there is no boom
    wx, wy = x1 - x0 - moved_x, y1 - y0 - moved_y
    length = np.sqrt(wx * wx + wy * wy)
    back = min(CLEAR / max(length, 1e-9), max(t - max(after, 0.0), 0.0))
    x = line[X0] + u * (line[X1] - line[X0]) - back * wx
    y = line[Y0] + u * (line[Y1] - line[Y0]) - back * wy
    if not is_water(x, y, scene):  # towed over a shoal: left where it was met
        return x0 + max(t - back, 0.0) * (x1 - x0), y0 + max(t - back, 0.0) * (y1 - y0)
    return beside(x, y, (1.0 - t) * wx, (1.0 - t) * wy, n, scene, lines, index)


@njit(**ENTRY)
def hold(count, rows, before, scene, lines, owner, booms, past, index, far_frame, clearance, holder, tally, filled):
    """Keep what would cross a boom on the side that it came from, unless it leaks. How many rows it had to look at.

    rows, before   `count` of them listed by `list_near` before the move: row, and (x, y) then; those looked at come first
    lines, owner   (n, 20) segments; the boom that each belongs to
    booms          (booms, 2) float32;  past  see `sample_past`
    index                  of segments by cell, those in it or in a cell beside it: (frame, starts, items, box of each item)
    far_frame, clearance   see `measure_clearance`
    holder         (rows,) int32: the segment that holds it at the end, -1 none
    tally          (booms, 2) int64 [mg]: held at the end of the step, leaked in it
    filled         (segments, 2) int64: emulsion held [microlitres], its mass [mg]
    """
    place, flag, view = scene.place, scene.flag, view_of(scene)
    dt = np.float64(scene.setting[at.DT_STEP])
    picked = pick_close(count, rows, before, place, far_frame, clearance)
    for k in range(picked):
        row = rows[k]
        holder[k] = -1
        status = flag[0, row]
        plain = status & _NO_FLAG
        if plain != at.AFLOAT and plain != at.BOOMED and plain != at.LEFT_DOMAIN and not (status & ARRIVING):
            continue
        x0, y0, x1, y1 = before[0, k], before[1, k], place[0, row], place[1, row]
        was = before[2, k] > 0.0
        after, leaks, segment = -1.0, 0, -1
        while leaks < PASSES:
            t, n = first_crossing(x0, y0, x1, y1, after, False, lines, index)
            if n < 0:
                break
            time = dt if was and leaks == 0 else dt * (1.0 - t)  # it is pressed against the boom from then on
            dx, dy = x1 - x0, y1 - y0
            if lines[n, MOVES] > 0.0:
                dx, dy = dx - lines[n, U0] * dt, dy - lines[n, V0] * dt
            may, normal = lets_pass(dx, dy, n, lines, past, booms[owner[n], LOST])
            if may and escapes(row, normal, booms[owner[n], LOST], leaks, time, view):
                tally[owner[n], 1] += np.int64(np.rint(np.float64(scene.real[at.MASS, row]) * MILLIGRAMS))
                after, leaks = t, leaks + 1
                continue
            place[0, row], place[1, row] = rest(t, after, x0, y0, x1, y1, n, view, lines, index)
            segment = n
            break
        if segment < 0 and was and not leaks and plain == at.BOOMED:
            n, cx, cy = nearest(x1, y1, CLOSE, lines, index)
            if n < 0:
                n, cx, cy = nearest(x1, y1, NEAR, lines, index)
            if n >= 0:
                may, normal = lets_pass(cx - x1, cy - y1, n, lines, past, booms[owner[n], LOST])
                if (
                    may
                    and escapes(row, normal, booms[owner[n], LOST], 0, dt, view)
                    and is_water(2.0 * cx - x1, 2.0 * cy - y1, view)
                ):
                    # it passes at the nearest place, and comes up as far behind the boom as it lay before it
                    place[0, row], place[1, row] = 2.0 * cx - x1, 2.0 * cy - y1
                    tally[owner[n], 1] += np.int64(np.rint(np.float64(scene.real[at.MASS, row]) * MILLIGRAMS))
                else:
                    segment = n
        if segment >= 0:
            flag[0, row] = np.uint8(at.BOOMED)
            holder[k] = np.int32(segment)
            mass = np.float64(scene.real[at.MASS, row])
            bulk = mass / np.float64(max(_ONE - scene.real[at.WATER, row], _LEAST))
            tally[owner[segment], 0] += np.int64(np.rint(mass * MILLIGRAMS))
            filled[segment, 0] += np.int64(
                np.rint(bulk / np.float64(max(scene.real[at.DENSITY, row], _ONE)) * MICROLITRES)
            )
            filled[segment, 1] += np.int64(np.rint(bulk * MILLIGRAMS))
        elif plain == at.BOOMED:
            flag[0, row] = np.uint8(at.AFLOAT)
    return picked


@njit(**ENTRY)
def fill_pools(lines, owner, booms, past, filled, pools):
    """Of each segment the thickness of the pool before it [m] and the emulsion that it holds at most [m3].

    pools  (segments, 2) float32
    """
    for n in range(lines.shape[0]):
        pools[n, THICKNESS], pools[n, MOST] = _ZERO, np.float32(np.inf)
        if filled[n, 0] > 0:
            length, normal = np.float32(lines[n, LENGTH]), abs(past[n])
            volume = np.float32(np.float64(filled[n, 0]) / MICROLITRES)
            density = np.float32(np.float64(filled[n, 1]) / MILLIGRAMS / (np.float64(filled[n, 0]) / MICROLITRES))
            difference = max(_ONE - density / _WATER, _LEAST)
            pools[n, THICKNESS] = pool_thickness(volume / length, normal, difference)
            pools[n, MOST] = pool_most(booms[owner[n], SKIRT], normal, difference) * length


@njit(**ENTRY)
def thicken(first, last, rows, holder, scene, pools):
    """The film of what is held is the pool's, where that is thicker than the patch it came in."""
    for k in range(first, last):
        if holder[k] >= 0:
            row = rows[k]
            scene.real[at.THICKNESS, row] = max(scene.real[at.THICKNESS, row], pools[holder[k], THICKNESS])


@njit(**ENTRY)
def weigh(first, last, rows, purpose, scene, volumes, masses, lots):
    """Of each row its emulsion [microlitres], oil [mg] and a hashed lot that orders it among others."""
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    for k in range(first, last):
        row = rows[k]
        mass = np.float64(scene.real[at.MASS, row])
        bulk = mass / np.float64(max(_ONE - scene.real[at.WATER, row], _LEAST))
        volumes[k] = np.int64(np.rint(bulk / np.float64(max(scene.real[at.DENSITY, row], _ONE)) * MICROLITRES))
        masses[k] = np.int64(np.rint(mass * MILLIGRAMS))
        key = scene.keys[scene.origin[1, row]]
        release = np.uint32(scene.origin[0, row])
        lots[k], _, _, _ = philox4x32(scene.number[row], step, np.uint32(purpose), release, seed, key)


@njit(**ENTRY)
def drain(first, last, rows, segments, scene, lines):
    """Put rows behind the segments that had no room for them, as far behind as they lay before; on land they stay before."""
    view = view_of(scene)
    for k in range(first, last):
        row, line = rows[k], lines[segments[k]]
        x, y = scene.place[0, row], scene.place[1, row]
        along = min(max((x - line[X0]) * line[TX] + (y - line[Y0]) * line[TY], 0.0), line[LENGTH])
        cx, cy = line[X0] + along * line[TX], line[Y0] + along * line[TY]
        if is_water(2.0 * cx - x, 2.0 * cy - y, view):
            scene.place[0, row], scene.place[1, row] = 2.0 * cx - x, 2.0 * cy - y
        scene.flag[0, row] = np.uint8(at.AFLOAT)
