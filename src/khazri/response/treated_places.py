"""Where units sprayed dispersant on oil and where their fires burned, and when: what a chart shows of it, and nothing acts on.

A place is what a unit treated without pausing long: the sortie of an aircraft, one fire. Its lines are where the middle of the
sprayed strip or of the fire boom was at the ends of the steps, carried with the oil to then; what lies there later has drifted
away. Of a strip those pieces are shown in which dispersant reached oil.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.controls import Burn, Spray
from khazri.engine.site import SiteState
from khazri.response.fleet import Fleet
from khazri.response.track import Point

Treatment = Literal["spray", "burn"]
Doubles = npt.NDArray[np.float64]

PIECE: Final = 150.0  # [m] of a strip that is shown or not
APART: Final = 300.0  # [m] between the end of a line and what follows, from which what follows is another line
PAUSE: Final = 1_200.0  # [s] without oil, after which what a unit treats is another place: less than a boom cools or a tank is filled
FINE: Final = 5.0  # [m] by which a line may differ from where the unit was


@dataclass(frozen=True)
class TreatedPlace:
    """Lines of one unit, from the beginning of step `first` to that of step `last`."""

    unit: str
    treatment: Treatment
    lines: tuple[tuple[Point, ...], ...]  # on the plane of the unit's site [m]; of a fire that did not move, one point
    first: int
    last: int
    oil: float  # dispersed or burned along them [kg]


def treated_in(
    fleet: Fleet, sprays: Iterable[Spray], burns: Iterable[Burn], state: SiteState, *, before: int
) -> tuple[TreatedPlace, ...]:
    """What was treated in the step that began at `before`, in the order of the units."""
    found: list[tuple[int, TreatedPlace]] = []
    for spray in sprays:
        sprayed = state.sprayings.get(spray.unit)
        if sprayed is None or not sprayed.reached > 0.0:
            continue
        ident = fleet.units[spray.unit].ident
        strips, oil = spray.corners.tolist(), np.array(sprayed.places, np.float64)
        lines = tuple(lines_of(strips, oil)) or tuple(lines_of(strips))  # at its very edge: all of it
        found.append((spray.unit, TreatedPlace(ident, "spray", lines, before, before + 1, sprayed.treated)))
    for burn in burns:
        fire = state.burnings.get(burn.unit)
        if fire is None or not fire.oil + fire.residue > 0.0:
            continue
        x, y = burn.corners.reshape(-1, 2).mean(axis=0).tolist()
        ident = fleet.units[burn.unit].ident
        found.append((burn.unit, TreatedPlace(ident, "burn", (((x, y),),), before, before + 1, fire.oil)))
    return tuple(place for _, place in sorted(found, key=lambda each: each[0]))


def lines_of(quads: list[list[list[float]]], oil: Doubles | None = None) -> list[tuple[Point, ...]]:
    """The middle lines of strips swept one after the other, those that go on joined; only the pieces that hold `oil` where given."""
    lines: list[list[Point]] = []
    for a, b, c, d in quads:
        start, stop = _between(a, d), _between(b, c)
        for first, last in [(start, stop)] if oil is None else _pieces(start, stop, 0.5 * math.dist(a, d), oil):
            if lines and math.dist(lines[-1][-1], first) <= APART:
                lines[-1] += [first, last]
            else:
                lines.append([first, last])
    return [_simple(line) for line in lines]


def _pieces(start: Point, stop: Point, half: float, oil: Doubles) -> list[tuple[Point, Point]]:
    """Those of a strip `half` as wide that hold oil, from its start to its end."""
    length = math.dist(start, stop)
    if length <= 0.0:
        return []
    u, w = (stop[0] - start[0]) / length, (stop[1] - start[1]) / length
    dx, dy = oil[:, 0] - start[0], oil[:, 1] - start[1]
    along = dx * u + dy * w
    inside = (along >= 0.0) & (along <= length) & (np.abs(dy * u - dx * w) <= half)
    found = []
    for k in np.unique(np.floor(along[inside] / PIECE)).tolist():
        near, far = k * PIECE, min((k + 1.0) * PIECE, length)
        found.append(((start[0] + u * near, start[1] + w * near), (start[0] + u * far, start[1] + w * far)))
    return found


def with_more(
    known: tuple[TreatedPlace, ...], fresh: tuple[TreatedPlace, ...], *, dt: float
) -> tuple[TreatedPlace, ...]:
    """What is known after a step of `dt` [s]: a place goes on where its unit did not pause long."""
    if not fresh:
        return known
    places = list(known)
    for each in fresh:
        at = next((k for k in range(len(places) - 1, -1, -1) if places[k].unit == each.unit), None)
        if at is not None and _goes_on(places[at], each, dt):
            places[at] = _joined(places[at], each)
        else:
            places.append(each)
    return tuple(places)


def _goes_on(old: TreatedPlace, each: TreatedPlace, dt: float) -> bool:
    return old.treatment == each.treatment and (each.first - old.last) * dt < PAUSE


def _joined(old: TreatedPlace, each: TreatedPlace) -> TreatedPlace:
    end, beginning = old.lines[-1], each.lines[0]
    lines = (*old.lines, *each.lines)
    if each.first <= old.last and math.dist(end[-1], beginning[0]) <= APART:
        lines = (*old.lines[:-1], _simple((*end, *beginning)), *each.lines[1:])
    return replace(old, lines=lines, last=each.last, oil=old.oil + each.oil)


def _between(one: list[float], other: list[float]) -> Point:
    return 0.5 * (one[0] + other[0]), 0.5 * (one[1] + other[1])


def _simple(line: Iterable[Point]) -> tuple[Point, ...]:
    """Without the points that a straight line goes through anyhow; first and last stay."""
    points = np.array(tuple(line), np.float64)
    if len(points) < 2:
        return tuple((float(x), float(y)) for x, y in points)
    if not np.ptp(points, axis=0).max() > FINE:  # it has not moved
        return ((float(points[0, 0]), float(points[0, 1])),)
    return tuple((float(x), float(y)) for x, y in shapely.LineString(points).simplify(FINE).coords)
