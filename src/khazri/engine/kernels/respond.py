"""Booms that hold oil, and swaths that take it. Run only where there are any, after the particles have moved.

Everything that particles share is counted in whole milligrams and microlitres, so that no order of adding matters.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.land import LAND, OUTSIDE, ground_at
from khazri.engine.kernels.options import ENTRY, INLINE, PASS
from khazri.engine.kernels.sample import vector_at
from khazri.engine.pool import ARRIVING
from khazri.physics.boom import leaked_fraction, loss_share
from khazri.physics.noise import LEAKAGE, philox4x32, uniform

CLEAR = 0.25  # m that oil stays off a boom, so that rounding never puts it behind
NEAR = 50.0  # m from a boom within which what it held is still before it
PASSES = 4  # booms that one particle may leak through in one step
MILLIGRAMS = 1e6  # of a kilogram
MICROLITRES = 1e9  # of a cubic metre
_NO_FLAG = np.uint8(0xFF ^ ARRIVING)
_ONE = np.float32(1.0)
_ZERO = np.float32(0.0)
_LEAST = np.float32(0.01)
_SANE = np.float32(1e6)

# columns of `booms`
VELOCITY_X, VELOCITY_Y, SPLASH = range(3)


@njit(**ENTRY)
def list_floating(first, last, place, flag, box, rows):
    """Rows afloat or boomed within a box (west, south, east, north); how many."""
    count = 0
    for row in range(first, last):
        status = flag[0, row]
        if status == at.AFLOAT or status == at.BOOMED:
            x, y = place[0, row], place[1, row]
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                rows[count] = row
                count += 1
    return count


@njit(**INLINE)
def crossing(ax, ay, bx, by, px, py, qx, qy):
    """Where along a-b it crosses the segment p-q [1]; above 1: nowhere. The ends of the segment belong to it."""
    rx, ry, sx, sy = bx - ax, by - ay, qx - px, qy - py
    across = rx * sy - ry * sx
    if across == 0.0:
        return 2.0
    t = ((px - ax) * sy - (py - ay) * sx) / across
    u = ((px - ax) * ry - (py - ay) * rx) / across
    return t if 0.0 <= t <= 1.0 and -1e-9 <= u <= 1.0 + 1e-9 else 2.0


@njit(**PASS)
def first_crossing(ax, ay, bx, by, after, lines, frame, starts, items):
    """(t, segment) of the first crossing of a-b after the share `after`; (2, -1): none."""
    found, which = 2.0, -1
    low_i, low_j, high_i, high_j = cells_about(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), frame)
    for j in range(low_j, high_j + 1):
        for i in range(low_i, high_i + 1):
            cell = j * np.int64(frame[3]) + i
            for k in range(starts[cell], starts[cell + 1]):
                n = items[k]
                t = crossing(ax, ay, bx, by, lines[n, 0], lines[n, 1], lines[n, 2], lines[n, 3])
                if after < t and (t < found or (t == found and n < which)):
                    found, which = t, n
    return found, which


@njit(**PASS)
def nearest(x, y, reach, lines, frame, starts, items):
    """(distance, segment, place on it) of the nearest boom within `reach`; (inf, -1, 0, 0): none."""
    best, which, at_x, at_y = np.inf, -1, 0.0, 0.0
    low_i, low_j, high_i, high_j = cells_about(x - reach, y - reach, x + reach, y + reach, frame)
    for j in range(low_j, high_j + 1):
        for i in range(low_i, high_i + 1):
            cell = j * np.int64(frame[3]) + i
            for k in range(starts[cell], starts[cell + 1]):
                n = items[k]
                px, py = lines[n, 0], lines[n, 1]
                sx, sy = lines[n, 2] - px, lines[n, 3] - py
                u = ((x - px) * sx + (y - py) * sy) / (sx * sx + sy * sy)
                u = min(max(u, 0.0), 1.0)
                cx, cy = px + u * sx, py + u * sy
                distance = np.hypot(x - cx, y - cy)
                if distance <= reach and (distance < best or (distance == best and n < which)):
                    best, which, at_x, at_y = distance, n, cx, cy
    return best, which, at_x, at_y


@njit(**INLINE)
def cells_about(west, south, east, north, frame):
    """Columns and rows of the index (x0, y0, 1 / cell, columns, rows) that a box touches; an empty range outside it."""
    low_i = np.int64(np.floor((west - frame[0]) * frame[2]))
    low_j = np.int64(np.floor((south - frame[1]) * frame[2]))
    high_i = np.int64(np.floor((east - frame[0]) * frame[2]))
    high_j = np.int64(np.floor((north - frame[1]) * frame[2]))
    return max(low_i, 0), max(low_j, 0), min(high_i, np.int64(frame[3]) - 1), min(high_j, np.int64(frame[4]) - 1)


@njit(**PASS)
def escapes(row, x, y, towards_x, towards_y, n, turn, scene, lines, booms, owner):
    """Whether oil at a boom passes it in this step: entrained by water that presses it there, or splashed over (ruling 8).

    towards  from the oil to the boom [m]: water that runs the other way entrains nothing
    """
    s = scene.setting
    u, v = vector_at(
        scene.current[1], scene.geometry[at.G_CURRENT],
        np.float32(x - np.float64(s[at.ORIGIN_X])), np.float32(y - np.float64(s[at.ORIGIN_Y])),
    )  # fmt: skip
    boom = owner[n]
    u = (u if abs(u) < _SANE else _ZERO) - booms[boom, VELOCITY_X]
    v = (v if abs(v) < _SANE else _ZERO) - booms[boom, VELOCITY_Y]
    sx, sy = np.float32(lines[n, 2] - lines[n, 0]), np.float32(lines[n, 3] - lines[n, 1])
    side = np.float32(towards_x) * sy - np.float32(towards_y) * sx
    normal = (u * sy - v * sx) / max(np.sqrt(sx * sx + sy * sy), np.float32(1e-6))
    normal = max(normal if side > _ZERO else -normal, _ZERO)
    kept = (_ONE - loss_share(normal, scene.real[at.VISCOSITY, row])) * (_ONE - booms[boom, SPLASH])
    chance = leaked_fraction(_ONE - kept, s[at.DT_STEP])
    if chance <= _ZERO:
        return False
    purpose = np.uint32((LEAKAGE << 8) + turn)
    key = scene.keys[scene.origin[1, row]]
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    a, _, _, _ = philox4x32(scene.number[row], step, purpose, np.uint32(scene.origin[0, row]), seed, key)
    return uniform(a) < chance


@njit(**PASS)
def is_water(x, y, scene):
    """Whether a place on the plane [m] is in the water of the site."""
    s = scene.setting
    code = ground_at(
        scene.ground, s[at.GROUND_X], s[at.GROUND_Y], s[at.GROUND_INVERSE],
        np.float32(x - np.float64(s[at.ORIGIN_X])), np.float32(y - np.float64(s[at.ORIGIN_Y])),
    )  # fmt: skip
    return code != LAND and code != OUTSIDE


@njit(**PASS)
def beside(row, x, y, dx, dy, n, scene, lines, frame, starts, items):
    """Where held oil at (x, y) ends up: as far along the boom as its move goes, never through a boom or onto land."""
    sx, sy = lines[n, 2] - lines[n, 0], lines[n, 3] - lines[n, 1]
    along = (dx * sx + dy * sy) / (sx * sx + sy * sy)
    to_x, to_y = x + along * sx, y + along * sy
    t, _ = first_crossing(x, y, to_x, to_y, -1.0, lines, frame, starts, items)
    if t <= 1.0:
        return x, y
    if not is_water(to_x, to_y, scene):
        return x, y
    return to_x, to_y


@njit(**ENTRY)
def hold(first, last, rows, before, scene, lines, owner, booms, frame, starts, items, tally):
    """Keep what would cross a boom on the side that it came from, unless it leaks.

    rows, before   listed by `list_floating` before the move: row, and (x, y) then
    lines, owner   (n, 4) segments x, y, x, y [m]; the boom that each belongs to
    booms          (booms, 3) float32
    frame, starts, items   index of segments by cell
    tally          (booms, 2) int64 [mg]: held at the end of the step, leaked in it
    """
    place, flag = scene.place, scene.flag
    for k in range(first, last):
        row = rows[k]
        status = flag[0, row]
        plain = status & _NO_FLAG
        if plain != at.AFLOAT and plain != at.BOOMED and plain != at.LEFT_DOMAIN and not (status & ARRIVING):
            continue
        x0, y0, x1, y1 = before[0, k], before[1, k], place[0, row], place[1, row]
        mass = np.int64(np.rint(np.float64(scene.real[at.MASS, row]) * MILLIGRAMS))
        was = before[2, k] > 0.0
        along, leaks, kept = -1.0, 0, False
        while leaks < PASSES:
            t, n = first_crossing(x0, y0, x1, y1, along, lines, frame, starts, items)
            if n < 0:
                break
            cx, cy = x0 + t * (x1 - x0), y0 + t * (y1 - y0)
            if escapes(row, cx, cy, x1 - x0, y1 - y0, n, leaks, scene, lines, booms, owner):
                tally[owner[n], 1] += mass
                along, leaks = t, leaks + 1
                continue
            length = np.hypot(x1 - x0, y1 - y0)
            safe = max(t - CLEAR / max(length, 1e-9), along, 0.0)
            sx, sy = x0 + safe * (x1 - x0), y0 + safe * (y1 - y0)
            place[0, row], place[1, row] = beside(
                row, sx, sy, (1.0 - t) * (x1 - x0), (1.0 - t) * (y1 - y0), n, scene, lines, frame, starts, items
            )
            flag[0, row] = np.uint8(at.BOOMED)
            tally[owner[n], 0] += mass
            kept = True
            break
        if kept or leaks or not was or plain != at.BOOMED:
            if not kept and plain == at.BOOMED:
                flag[0, row] = np.uint8(at.AFLOAT)
            continue
        _, n, cx, cy = nearest(x1, y1, NEAR, lines, frame, starts, items)
        if n < 0:
            flag[0, row] = np.uint8(at.AFLOAT)
        elif escapes(row, cx, cy, cx - x1, cy - y1, n, 0, scene, lines, booms, owner) and is_water(
            2.0 * cx - x1, 2.0 * cy - y1, scene
        ):
            # it passes at the nearest place, and comes up as far behind the boom as it lay before it
            place[0, row], place[1, row] = 2.0 * cx - x1, 2.0 * cy - y1
            flag[0, row] = np.uint8(at.AFLOAT)
            tally[owner[n], 1] += mass
        else:
            tally[owner[n], 0] += mass


@njit(**INLINE)
def within(x, y, quad):
    """Whether a place lies in a quadrilateral (4, 2), by crossings of its sides."""
    inside = False
    for k in range(4):
        ax, ay, bx, by = quad[k, 0], quad[k, 1], quad[(k + 1) & 3, 0], quad[(k + 1) & 3, 1]
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


@njit(**ENTRY)
def meet(first, last, rows, scene, quads, unit_of, taker, met):
    """Who meets the oil of the listed rows: the first unit in whose quadrilateral it floats. Adds up emulsion [microlitres].

    taker  (n,) int32, of the row listed at the same place: the unit's number, -1 nobody
    met    (units,) int64
    """
    for k in range(first, last):
        row = rows[k]
        taker[k] = -1
        status = scene.flag[0, row]
        if status != at.AFLOAT and status != at.BOOMED:
            continue
        x, y = scene.place[0, row], scene.place[1, row]
        for q in range(quads.shape[0]):
            if within(x, y, quads[q]):
                taker[k] = unit_of[q]
                met[unit_of[q]] += np.int64(np.rint(emulsion_of(row, scene.real) * MICROLITRES))
                break


@njit(**INLINE)
def emulsion_of(row, real):
    """Volume of a particle's emulsion [m3]."""
    bulk = real[at.MASS, row] / max(_ONE - real[at.WATER, row], _LEAST)
    return np.float64(bulk) / np.float64(max(real[at.DENSITY, row], _ONE))


@njit(**ENTRY)
def take(first, last, rows, scene, taker, share, taken, volume):
    """Each unit takes its share of the oil that it met.

    share   (units,) float32 [1]
    taken   (units, blocks) float64 [kg], of the rows of each block; volume: the same of emulsion [m3]
    """
    for k in range(first, last):
        unit = taker[k]
        if unit < 0 or not share[unit] > _ZERO:
            continue
        row = rows[k]
        mass = scene.real[at.MASS, row]
        whole = emulsion_of(row, scene.real)
        left = mass * (_ONE - share[unit])
        scene.real[at.MASS, row] = left
        taken[unit, row // 512] += np.float64(mass) - np.float64(left)
        volume[unit, row // 512] += whole - emulsion_of(row, scene.real)
        if left <= _ZERO:
            scene.flag[0, row] = np.uint8(at.SPENT)
