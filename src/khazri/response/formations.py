"""The shapes of a boom under tow: a U that holds, a J whose shorter arm ends at a skimmer.

Both are pieces of a parabola. The U is symmetrical; the J is the part of a wider U from half-way down one arm, at the unit itself,
to the end of the other arm, at its partner ahead: its pocket lies beside the skimmer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from khazri.physics.boom import towed_capacity, towed_swath
from khazri.response.fleet import Unit
from khazri.response.track import Point

Formation = Literal["u", "j"]
Quad = tuple[Point, Point, Point, Point]

PIECES: Final = 12
HOOK: Final = -0.5  # where on the parabola (-1 to 1) the shorter arm of a J ends
_POCKET: Final = 8  # pieces of a J from its hook to the same height on the other arm: -0.5 to 0.5 in steps of 0.125


@dataclass(frozen=True)
class Shape:
    """A parabola from `first` to 1, in shares of its half mouth, and its sag."""

    first: float
    half: float  # half the mouth of the whole U [m]
    sag: float  # [m]

    @property
    def mouth(self) -> float:
        """Width between the two ends [m], across the way."""
        return self.half * (1.0 - self.first)


def formation_of(unit: Unit) -> Formation:
    """A pair with a skimmer tows a J; without one, a U."""
    return "j" if unit.pump > 0.0 and unit.boom_length > 0.0 else "u"


@lru_cache(maxsize=64)
def shape_of(formation: Formation, length: float) -> Shape:
    """Of a boom of `length` [m]; the mouth of the U is that of ROC (three tenths of its boom), the J is cut from a longer U."""
    if formation == "u":
        return Shape(-1.0, 0.5 * float(towed_swath(np.float64(length))), sag_of(length))
    low, high = length, 2.0 * length
    for _ in range(60):  # the U of which the J is a part
        whole = 0.5 * (low + high)
        shape = Shape(HOOK, 0.5 * float(towed_swath(np.float64(whole))), sag_of(whole))
        low, high = (whole, high) if _arc(shape) < length else (low, whole)
    return shape


@lru_cache(maxsize=1024)
def sag_of(length: float) -> float:
    """Depth of a parabola as long as the boom whose mouth is that of a towed U [m]."""
    half, low, high = 0.5 * float(towed_swath(np.float64(length))), 0.0, 0.5 * length
    for _ in range(60):
        sag = 0.5 * (low + high)
        low, high = (sag, high) if _arc(Shape(-1.0, half, sag)) < length else (low, sag)
    return 0.5 * (low + high)


def _arc(shape: Shape) -> float:
    s = np.linspace(shape.first, 1.0, 401)
    return float(np.hypot(shape.half * np.diff(s), shape.sag * np.diff(s * s)).sum())


def towed_line(formation: Formation, mouth: Point, heading: Point, length: float) -> tuple[Point, ...]:
    """A boom that opens along `heading` (a unit vector); `mouth` is the middle of its whole U's. The first point is to port."""
    shape = shape_of(formation, length)
    found = []
    for k in range(PIECES + 1):
        s = shape.first + (1.0 - shape.first) * k / PIECES
        back, right = shape.sag * (1.0 - s * s), shape.half * s
        found.append((
            mouth[0] + heading[1] * right - heading[0] * back, mouth[1] - heading[0] * right - heading[1] * back,
        ))  # fmt: skip
    return tuple(found)


def attitude(formation: Formation, line: tuple[Point, ...], length: float) -> tuple[Point, Point]:
    """(middle of the mouth of its whole U, unit vector from its apex to it)."""
    if formation == "u":
        first, last, apex = line[0], line[-1], line[len(line) // 2]
    else:
        first, last, apex = line[0], line[_POCKET], line[_POCKET // 2]
    above = (0.5 * (first[0] + last[0]), 0.5 * (first[1] + last[1]))
    away = max(math.dist(above, apex), 1e-9)
    heading = ((above[0] - apex[0]) / away, (above[1] - apex[1]) / away)
    sag = away if formation == "u" else shape_of(formation, length).sag
    return (apex[0] + heading[0] * sag, apex[1] + heading[1] * sag), heading


def enclosed(formation: Formation, line: tuple[Point, ...]) -> list[Quad]:
    """The water that it encloses (of a J, its pocket), as quadrilaterals side by side."""
    within = line if formation == "u" else line[: _POCKET + 1]
    return [(within[k], within[k + 1], within[-k - 2], within[-k - 1]) for k in range(len(within) // 2)]


def capacity_of(unit: Unit) -> float:
    """Emulsion that it holds [m3]: of a J, as much of its whole U's as the area of its pocket is of that one's."""
    if formation_of(unit) == "u":
        return float(towed_capacity(np.float64(unit.boom_length), np.float64(unit.skirt)))
    shape = shape_of("j", unit.boom_length)
    whole = 2.0 * shape.half / float(towed_swath(np.float64(1.0)))
    return float(towed_capacity(np.float64(whole), np.float64(unit.skirt))) * abs(HOOK) ** 3
