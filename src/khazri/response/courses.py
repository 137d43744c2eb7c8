"""Plans of the tasks that neither sweep nor lay: to look, to protect a place, to hand over, to tow, to shut a source."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import shapely

from khazri.response.fleet import Unit
from khazri.response.planning import Work, place_of, plan_line, plan_route
from khazri.response.refused import Cannot
from khazri.response.sea import Fellow, Sea
from khazri.response.sweep import CALM, sweep_track
from khazri.response.track import Point, Track
from khazri.response.vessel import Task

BEFORE_IT: Final = 250.0  # [m] between a place and the boom that protects it
HALF_ROUND: Final = (
    0.5 * math.pi
)  # [rad] to either side of where the oil comes from, that a boom may reach around a place
ARC_PIECES: Final = 24
SOURCE_WITHIN: Final = 2_000.0  # [m] of the point that was ordered
OVERLAP: Final = 0.8  # of a swath between two legs of a survey


def plan_survey(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Legs over the area, swaths overlapping by a fifth."""
    if len(task.geometry) == 2:
        return Work(Track(task.geometry))
    area = shapely.Polygon(task.geometry)
    if not area.is_valid or area.area <= 0.0:
        return Cannot("area_crosses_itself")
    middle = area.representative_point()
    centre = (float(middle.x), float(middle.y))
    wind = sea.conditions(centre).wind
    draft = unit.draft if unit.medium == "water" else 0.0
    swath = OVERLAP * min(unit.swath, max(math.sqrt(area.area), 1.0))
    waters = sea.waters_for(unit) if unit.medium == "water" else sea.waters
    track = sweep_track(waters, draft, task.geometry, swath=swath, wind=wind, near=near)
    if track is None:
        return Cannot("on_land", place_of(sea, centre))
    return Work(track)


def plan_patrol(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """To and fro along the line, from its nearer end."""
    line = task.geometry
    if math.dist(near, line[-1]) < math.dist(near, line[0]):
        line = tuple(reversed(line))
    if unit.medium == "water":
        points = [line[0]]
        for stop in line[1:]:
            route = plan_route(sea, unit, points[-1], stop)
            if isinstance(route, Cannot):
                return route
            points.extend(route.track.points[1:])
        line = tuple(points)
    return Work(Track(line))


def plan_protect(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """An arc of boom between the place and where oil would come from now: as long as it is, half round at most."""
    spot = sea.places.get(task.target)
    if spot is None:
        return Cannot("no_such_target", {"unit": unit.ident, "target": task.target})
    drift = sea.conditions(spot.centre).drift
    if math.hypot(*drift) <= CALM * 0.1:  # nothing moves: towards the unit, from where it comes
        drift = (spot.centre[0] - near[0], spot.centre[1] - near[1])
    radius = spot.radius + BEFORE_IT
    middle = math.atan2(-drift[1], -drift[0])
    reach = min(0.5 * unit.boom_length * 0.999 / radius, HALF_ROUND)
    angles = [middle + reach * (2.0 * k / ARC_PIECES - 1.0) for k in range(ARC_PIECES + 1)]
    arc = [(spot.centre[0] + radius * math.cos(a), spot.centre[1] + radius * math.sin(a)) for a in angles]
    best = _longest_open(sea, unit, arc)
    if len(best) < 2:
        return plan_line(sea, unit, tuple(arc))  # which says what is in the way
    if math.dist(near, best[-1]) < math.dist(near, best[0]):
        best = best[::-1]
    return plan_line(sea, unit, tuple(best))


def _longest_open(sea: Sea, unit: Unit, arc: list[Point]) -> list[Point]:
    """The longest run of the arc over water that the unit can lay in."""
    best: list[Point] = []
    run: list[Point] = []
    for start, stop in pairwise(arc):
        if math.isfinite(sea.waters_for(unit).cost_between(unit.draft, start, stop)):
            run = [*(run or [start]), stop]
            best = max(best, run, key=len)
        else:
            run = []
    return best


def plan_offload(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Alongside the unit that takes it over."""
    fellow = _fellow(sea, unit, task)
    if isinstance(fellow, Cannot):
        return fellow
    if fellow.storage <= 0.0:
        return Cannot("no_storage", {"unit": unit.ident, "target": fellow.ident})
    return Work(Track((fellow.point,)))


def plan_tow(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """From where the disabled unit lies to where it is to be brought."""
    fellow = _fellow(sea, unit, task)
    if isinstance(fellow, Cannot):
        return fellow
    if not fellow.disabled:
        return Cannot("not_disabled", {"unit": unit.ident, "target": fellow.ident})
    route = plan_route(sea, unit, fellow.point, task.geometry[0])
    return route if isinstance(route, Cannot) else Work(route.track)


def plan_shut(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """To the source that is meant: the nearest that still flows."""
    found = source_near(sea, task.geometry[0])
    if found is None:
        return Cannot("no_source", {"unit": unit.ident, **place_of(sea, task.geometry[0])})
    return Work(Track((found[1],)))


def source_near(sea: Sea, point: Point) -> tuple[str, Point] | None:
    """Ident and place of the nearest release that flows now or later, within reach of `point`."""
    flowing = []
    for release in sea.inputs.releases:
        centre = (float(release.vertices[:, 0].mean()), float(release.vertices[:, 1].mean()))
        away = math.dist(point, centre)
        if release.ident not in sea.shut and sea.time < release.end and away <= SOURCE_WITHIN:
            flowing.append((away, release.ident, centre))
    if not flowing:
        return None
    _, ident, centre = min(flowing)
    return ident, centre


def _fellow(sea: Sea, unit: Unit, task: Task) -> Fellow | Cannot:
    found = sea.fellows.get(task.target)
    if found is None or found.ident == unit.ident:
        return Cannot("no_such_target", {"unit": unit.ident, "target": task.target})
    return found
