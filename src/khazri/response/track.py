"""A line that a unit follows, by the metre."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True)
class Track:
    """A polyline on the plane [m]."""

    points: tuple[Point, ...]
    ends: tuple[float, ...] = field(init=False, repr=False, compare=False)  # distance of each point from the first [m]

    def __post_init__(self) -> None:
        total, ends = 0.0, [0.0]
        for (x0, y0), (x1, y1) in pairwise(self.points):
            total += math.hypot(x1 - x0, y1 - y0)
            ends.append(total)
        object.__setattr__(self, "ends", tuple(ends))

    @property
    def length(self) -> float:
        """[m]"""
        return self.ends[-1]

    def at(self, along: float) -> Point:
        """The point `along` metres from the first, held to the ends."""
        if along <= 0.0 or len(self.points) == 1:
            return self.points[0]
        if along >= self.length:
            return self.points[-1]
        index = bisect_right(self.ends, along)
        (x0, y0), (x1, y1) = self.points[index - 1], self.points[index]
        share = (along - self.ends[index - 1]) / (self.ends[index] - self.ends[index - 1])
        return x0 + share * (x1 - x0), y0 + share * (y1 - y0)

    def direction(self, along: float) -> Point:
        """Unit vector of the piece that goes on from `along`."""
        index = min(max(bisect_right(self.ends, along), 1), len(self.points) - 1)
        (x0, y0), (x1, y1) = self.points[index - 1], self.points[index]
        length = math.hypot(x1 - x0, y1 - y0)
        return ((x1 - x0) / length, (y1 - y0) / length) if length > 0.0 else (0.0, 0.0)

    def next_turn(self, along: float) -> float:
        """Where the piece that goes on from `along` ends [m]."""
        return self.ends[min(bisect_right(self.ends, along), len(self.ends) - 1)]

    def first(self, length: float) -> tuple[Point, ...]:
        """The points of its first `length` metres."""
        kept = [p for p, end in zip(self.points, self.ends, strict=True) if end < length]
        return (*kept, self.at(length))

    def pieces(self, start: float, stop: float) -> Iterator[tuple[Point, Point]]:
        """The straight pieces between two distances."""
        while start < stop:
            turn = min(self.next_turn(start), stop)
            if turn <= start:
                return
            yield self.at(start), self.at(turn)
            start = turn
