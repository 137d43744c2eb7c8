"""A boom at its anchors: what the water and the wind pull at it, and how fast it goes with them where its anchors drag."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from khazri.physics.boom import anchor_holding, current_pull, dragging_speed, wind_pull
from khazri.response import events as e
from khazri.response.acting import Acting
from khazri.response.conditions import Conditions
from khazri.response.fleet import Unit
from khazri.response.track import Point, Track
from khazri.response.vessel import TOWED

FREEBOARD: Final = 0.8  # of its skirt (33 CFR 154 App. C: the skirt is a little over half of a boom's height)
TENDED: Final = frozenset({"holding", "working", "recovering"})  # phases in which the unit is at its boom
GROUNDS: Final = 1.5  # skirts of water that a boom needs, so that its skirt does not ground


def conditions_of_boom(now: Acting) -> Conditions:
    """Where the boom lies: those of its unit while that is there."""
    boom = now.vessel.boom
    if boom is None or now.vessel.phase in TENDED:
        return now.conditions
    line = boom.in_water
    return now.sea.conditions(line[len(line) // 2])


def heed_anchors(now: Acting, dt: float) -> None:
    """A moored boom is carried along while its anchors drag; that they do, and that they hold again, is told once."""
    boom, unit = now.vessel.boom, now.unit
    task = now.vessel.task
    if boom is None or unit.anchor_mass <= 0.0 or boom.state in ("laying", "recovering"):
        return
    if task is not None and task.kind in TOWED:
        return
    speed, (dx, dy) = drift_of(unit, boom.in_water, conditions_of_boom(now))
    east, north = dx * speed * dt, dy * speed * dt
    line = tuple((x + east, y + north) for x, y in boom.line)
    drags = speed > 0.0 and all(now.sea.waters.is_water(*now.sea.waters.cell(point)) for point in line)
    if drags:
        # what was all of it still is, whatever rounding makes of its length
        laid = Track(line).length if boom.laid >= Track(boom.line).length else boom.laid
        moved = replace(boom, line=line, laid=laid, dragging=True)
        now.boom_before = tuple((x - east, y - north) for x, y in moved.in_water)
        now.become(boom=moved)
        if now.vessel.phase == "holding":
            x, y = moved.in_water[-1]
            now.become(x=x, y=y)
    elif boom.dragging:
        now.become(boom=replace(boom, dragging=False))
    if drags and not boom.dragging:
        now.tell(e.BOOM_DRAGGING, speed=speed)
    elif boom.dragging and not drags:
        now.tell(e.BOOM_ANCHORED)


def drift_of(unit: Unit, line: tuple[Point, ...], conditions: Conditions) -> tuple[float, Point]:
    """How fast a moored boom goes, and where to (a unit vector): not at all while its anchors hold.

    The pulls on its pieces are added up as vectors; along their sum it moves, as one, at the speed at which what is left of the
    water's pull is what all anchors hold.
    """
    still: Point = (1.0, 0.0)
    (u, w), (x, y) = conditions.current, conditions.wind
    length = sum(math.dist(p, q) for p, q in pairwise(line))
    holding = (math.floor(length / unit.anchor_spacing) + 1.0) * float(anchor_holding(np.float64(unit.anchor_mass)))
    if _pull(unit, length, math.hypot(u, w)) + _pull_of_wind(unit, length, math.hypot(x, y)) <= holding:
        return 0.0, still  # even across it
    east = north = 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        piece = math.hypot(bx - ax, by - ay)
        if piece > 0.0:
            nx, ny = (ay - by) / piece, (bx - ax) / piece
            past, blown = u * nx + w * ny, x * nx + y * ny
            pull = math.copysign(_pull(unit, piece, past), past)
            pull += math.copysign(_pull_of_wind(unit, piece, blown), blown)
            east, north = east + pull * nx, north + pull * ny
    total = math.hypot(east, north)
    if total <= holding:
        return 0.0, still
    dx, dy = east / total, north / total
    across = sum(abs((ay - by) * dx + (bx - ax) * dy) for (ax, ay), (bx, by) in pairwise(line))
    blown = x * dx + y * dy
    wind = math.copysign(_pull_of_wind(unit, across, blown), blown)
    speed = float(
        dragging_speed(
            np.float64(u * dx + w * dy), np.float64(_pull(unit, across, 1.0)), np.float64(wind), np.float64(holding)
        )
    )
    return speed, (dx, dy)


def cautions_of(unit: Unit, line: tuple[Point, ...], conditions: Conditions, depth: float) -> tuple[str, ...]:
    """What speaks against laying a boom there as things are: its anchors would drag; its skirt would touch the bed in `depth` [m]."""
    found = []
    if unit.anchor_mass > 0.0 and drift_of(unit, line, conditions)[0] > 0.0:
        found.append("anchors_would_drag")
    if unit.medium == "water" and depth < GROUNDS * unit.skirt:
        found.append("skirt_grounds")
    return tuple(found)


def _pull(unit: Unit, length: float, speed: float) -> float:
    """Of water that runs across `length` metres of boom [N]."""
    return float(current_pull(np.float64(length * unit.skirt), np.float64(speed)))


def _pull_of_wind(unit: Unit, length: float, speed: float) -> float:
    return float(wind_pull(np.float64(length * unit.skirt * FREEBOARD), np.float64(speed)))
