"""The one place where mass changes hands and is counted."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import PASS
from khazri.engine.owners import OWNERS, STATUSES, Owner
from khazri.engine.pool import ARRIVING

_EVAPORATED, _DISSOLVED = int(Owner.EVAPORATED), int(Owner.DISSOLVED)
_DEGRADED, _SEDIMENTED = int(Owner.BIODEGRADED), int(Owner.SEDIMENTED)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_OWNERS, _STATUSES, _MARKS = OWNERS, STATUSES, 4
_NO_FLAG = np.uint8(0xFF ^ ARRIVING)


@njit(**PASS)
def hand_over(mass, keep):
    """Mass that stays and, exactly, what goes: the difference of two float32 taken in float64."""
    left = mass * min(max(keep, _ZERO), _ONE)
    if not left <= mass:  # not a number: nothing goes
        left = mass
    return left, np.float64(mass) - np.float64(left)


@njit(**PASS)
def lose(low, high, scene):
    """Apply the shares that the processes of weathering leave, and tally what each took."""
    s, block = scene.scratch, low // 512
    air, sea, life, silt = 0.0, 0.0, 0.0, 0.0
    for i in range(min(high - low, 512)):
        mass = scene.real[at.MASS, low + i]
        mass, gone = hand_over(mass, s[at.KEEP_AIR + i])
        air += gone
        mass, gone = hand_over(mass, s[at.KEEP_DISSOLVED + i])
        sea += gone
        mass, gone = hand_over(mass, s[at.KEEP_DEGRADED + i])
        life += gone
        mass, gone = hand_over(mass, s[at.KEEP_SEDIMENT + i])
        silt += gone
        scene.real[at.MASS, low + i] = mass
        if mass <= _ZERO and scene.flag[0, low + i] <= at.IN_ICE:
            scene.flag[0, low + i] = np.uint8(at.SPENT)
    scene.moved[block, _EVAPORATED] += air
    scene.moved[block, _DISSOLVED] += sea
    scene.moved[block, _DEGRADED] += life
    scene.moved[block, _SEDIMENTED] += silt


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


@njit(**PASS)
def count_block(low, high, scene):
    """Mass and number by status, marks, and the box about the block."""
    block = low // 512
    held, counts, box = scene.held[block], scene.counts[block], scene.box[block]
    held[:] = 0.0
    counts[:] = 0
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for row in range(low, high):
        status = scene.flag[0, row] & _NO_FLAG
        counts[status] += 1
        if status < 8:
            held[status] += np.float64(scene.real[at.MASS, row])
        if status <= at.IN_ICE:
            marks = scene.flag[1, row]
            if marks:
                for k in range(_MARKS):
                    counts[_STATUSES + k] += (marks >> np.uint8(k)) & 1
            x, y = scene.place[0, row], scene.place[1, row]
            west, east = min(west, x), max(east, x)
            south, north = min(south, y), max(north, y)
    box[0], box[1], box[2], box[3] = west, south, east, north
