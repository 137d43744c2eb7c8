"""The one place where mass changes hands and is counted."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS, REACH, SUM
from khazri.engine.owners import OWNERS, STATUSES, Owner
from khazri.engine.pool import ARRIVING

_EVAPORATED, _DISSOLVED = int(Owner.EVAPORATED), int(Owner.DISSOLVED)
_DEGRADED, _SEDIMENTED = int(Owner.BIODEGRADED), int(Owner.SEDIMENTED)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_OWNERS, _STATUSES, _MARKS = OWNERS, STATUSES, 4
_NO_FLAG = np.uint8(0xFF ^ ARRIVING)
_MOVES = np.uint8(at.IN_ICE)  # a status up to it
_FAR = 1e300


@njit(**INLINE)
def hand_over(mass, keep):
    """Mass that stays and, exactly, what goes: the difference of two float32 taken in float64."""
    left = mass * min(max(keep, _ZERO), _ONE)
    left = left if left <= mass else mass  # not a number: nothing goes
    return left, np.float64(mass) - np.float64(left)


@njit(**SUM)
def lose(low, high, scene):
    """Apply the shares that the processes of weathering leave, and tally what each took."""
    s, block, count = scene.scratch, low // 512, min(high - low, 512)
    masses = scene.real[at.MASS, low:high]
    air, sea, life, silt = 0.0, 0.0, 0.0, 0.0
    for i in range(count):
        mass, gone = hand_over(masses[i], s[at.KEEP_AIR + i])
        air += gone
        mass, gone = hand_over(mass, s[at.KEEP_DISSOLVED + i])
        sea += gone
        mass, gone = hand_over(mass, s[at.KEEP_DEGRADED + i])
        life += gone
        mass, gone = hand_over(mass, s[at.KEEP_SEDIMENT + i])
        silt += gone
        masses[i] = mass
    scene.moved[block, _EVAPORATED] += air
    scene.moved[block, _DISSOLVED] += sea
    scene.moved[block, _DEGRADED] += life
    scene.moved[block, _SEDIMENTED] += silt


@njit(**PASS)
def spend(low, high, scene):
    """What has no mass left is there no longer."""
    masses, status = scene.real[at.MASS, low:high], scene.flag[0, low:high]
    for i in range(min(high - low, 512)):
        now = status[i]
        status[i] = np.uint8(at.SPENT) if (masses[i] <= _ZERO) & (now <= at.IN_ICE) else now


@njit(**PASS)
def keep_all(low, high, scene):
    """Before weathering: everything stays."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        s[at.KEEP_AIR + i] = _ONE
        s[at.KEEP_DISSOLVED + i] = _ONE
        s[at.KEEP_DEGRADED + i] = _ONE
        s[at.KEEP_SEDIMENT + i] = _ONE
        s[at.RISE + i] = _ZERO
        s[at.BELOW_FOR + i] = _ZERO
        s[at.NEWLY + i] = _ZERO
        s[at.STIRRED + i] = _ZERO
        s[at.TIME + i] = s[at.DT + i]
        s[at.DROPLET + i] = _ZERO
        s[at.THICK_AREA + i] = _ZERO


@njit(**SUM)
def mass_of(status, flags, masses):
    """Kilograms of one status."""
    total = 0.0
    for i in range(flags.size):
        mass = np.float64(masses[i])
        total += mass if flags[i] & _NO_FLAG == status else 0.0
    return total


@njit(**SUM)
def number_of(status, flags):
    """Particles of one status; at most 512, so that the sum of a few bits does."""
    total = np.uint16(0)
    for i in range(flags.size):
        total = np.uint16(total + np.uint16(flags[i] & _NO_FLAG == status))
    return total


@njit(**REACH)
def reach_of(flags, places):
    """Least and most of the places [m] of what moves; no place is not a number (khazri.engine.kernels.land)."""
    least, most = _FAR, -_FAR
    for i in range(flags.size):
        place, here = places[i], flags[i] & _NO_FLAG <= _MOVES
        low, high = place if here else _FAR, place if here else -_FAR
        least, most = low if low < least else least, high if high > most else most
    return least, most


@njit(**PASS)
def count_block(low, high, scene):
    """Mass and number by status, marks, and the box about the block."""
    block = low // 512
    held, counts, box = scene.held[block], scene.counts[block], scene.box[block]
    flags, marks, masses = scene.flag[0, low:high], scene.flag[1, low:high], scene.real[at.MASS, low:high]
    held[:] = 0.0
    counts[:] = 0
    left, marked = flags.size, np.uint8(0)
    for status in range(_STATUSES):
        number = np.int64(number_of(np.uint8(status), flags))
        if number > 0:
            counts[status] = number
            if status < 8:
                held[status] = mass_of(np.uint8(status), flags, masses)
        left -= number
        if left == 0:
            break
    for i in range(flags.size):
        marked |= marks[i] if flags[i] & _NO_FLAG <= _MOVES else np.uint8(0)
    for k in range(_MARKS):
        if (marked >> np.uint8(k)) & 1:
            for i in range(flags.size):
                if flags[i] & _NO_FLAG <= _MOVES:
                    counts[_STATUSES + k] += (marks[i] >> np.uint8(k)) & 1
    west, east = reach_of(flags, scene.place[0, low:high])
    south, north = reach_of(flags, scene.place[1, low:high])
    if west > east:
        west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    box[0], box[1], box[2], box[3] = west, south, east, north
