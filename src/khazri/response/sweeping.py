"""A skimming vessel at work: over its area, or over the thickest oil that its crew makes out in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import shapely

from khazri.response import vessel as v
from khazri.response.acting import Acting, Quad, halt
from khazri.response.looking import LIMITS, THICK, Look
from khazri.response.plans import SKIMMED
from khazri.response.routes import find_route
from khazri.response.slick import CELL
from khazri.response.sweep import CALM, sweep_track
from khazri.response.track import Point, Track

RUN: Final = 800.0  # [m] against the wind before the crew looks anew at the latest
WINDWARD: Final = 0.3  # of its swath to windward of a boom that it follows
SHORTEST_RUN: Final = 60.0  # [m]
PATCH: Final = 400.0  # [m] about a place with oil that is swept where there is no room for a run
WORTH_THE_WAY: Final = 1_800.0  # [s] under way at which oil is worth half of what it is alongside
WORTH_LEAVING: Final = 1.3  # times the film alongside
SEARCH_APART: Final = 1.5  # times its sight, between legs on which it looks for oil
SEEK_EVERY: Final = 120.0  # [s]
SKIMMING: Final = frozenset({"working", "searching", "to_oil"})
SLOWEST: Final = 0.1  # of its working speed that a unit makes good against any current


def begin_sweep(now: Acting) -> None:
    """Lay out legs with the wind as it is, from where the unit is: over its patch of oil; without one it looks for oil in
    its area at transit speed, and sweeps all of it where that was in vain.
    """
    unit, vessel = now.unit, now.vessel
    track = through_patch(now)
    if track is None and not vessel.searched and not _all_in_sight(now):
        track = _legs(now, _area(now), max(SEARCH_APART * now.reach, 4.0 * unit.swath))
        if track is not None:
            now.become(phase="searching", reason="", track=track, along=0.0)
            return
    track = track or _legs(now, _area(now), unit.swath)
    if track is None:
        halt(now, v.NOTHING_TO_SWEEP)
        return
    now.become(phase="working", reason="", track=track, along=0.0)


def _all_in_sight(now: Acting) -> bool:
    return all(math.dist(now.vessel.point, corner) <= now.reach for corner in _area(now))


def _area(now: Acting) -> tuple[Point, ...]:
    task = now.vessel.task
    assert task is not None, "a unit sweeps what it was ordered to"
    if task.kind == "skim_thickest" and now.vessel.patch is not None:
        return _around(now)
    return task.geometry


def _around(now: Acting) -> tuple[Point, ...]:
    """As far as its crew sees."""
    reach = min(now.unit.sight, now.conditions.visibility)
    around = shapely.Point(now.vessel.point).buffer(reach, quad_segs=4).exterior.coords[:-1]
    return tuple((float(x), float(y)) for x, y in around)


def through_patch(now: Acting) -> Track | None:
    """Along the boom that holds the patch; else from it against the wind, as the oil comes along; else legs about it."""
    patch = now.vessel.patch
    if patch is None:
        return None
    area = shapely.Polygon(_area(now))
    track = _along_boom(now, area, patch) or _upwind(now, area)
    if track is not None and all(
        math.isfinite(now.waters.cost_between(now.unit.draft, *p)) for p in pairwise(track.points)
    ):
        return track
    part = area.intersection(shapely.Point(patch).buffer(PATCH, quad_segs=4))
    if not isinstance(part, shapely.Polygon) or part.is_empty:
        return None
    return _legs(now, tuple((float(x), float(y)) for x, y in part.exterior.coords[:-1]), now.unit.swath)


def _along_boom(now: Acting, area: shapely.Polygon, patch: Point) -> Track | None:
    """From the patch to the far end of the boom and back along all of it, a little to windward."""
    wind = now.conditions.wind
    off = now.unit.swath * WINDWARD / max(math.hypot(*wind), CALM)
    for boom in now.sea.booms:
        if not _beside(patch, boom):
            continue
        line = shapely.LineString(boom)
        if line.length < SHORTEST_RUN or line.distance(shapely.Point(patch)) > CELL:
            continue
        beside = shapely.LineString([(x - wind[0] * off, y - wind[1] * off) for x, y in boom])
        parts = shapely.get_parts(beside.intersection(area))
        parts = parts[(shapely.length(parts) > SHORTEST_RUN)]
        if not parts.size:
            continue
        part = parts[int(np.argmin(shapely.distance(parts, shapely.Point(patch))))]
        way = Track(tuple((float(x), float(y)) for x, y in shapely.get_coordinates(part)))
        start = float(shapely.line_locate_point(part, shapely.Point(patch)))
        back = Track(tuple(reversed(way.points)))
        if start > 0.5 * way.length:
            way, back, start = back, way, way.length - start
        ahead = [point for point, end in zip(way.points, way.ends, strict=True) if end > start]
        return Track((now.vessel.point, way.at(start), *ahead, *back.points[1:]))
    return None


def _beside(point: Point, line: tuple[Point, ...]) -> bool:
    """Whether a point may be as near to a line as a cell is wide: what costs nothing to ask."""
    return all(
        min(place[axis] for place in line) - CELL <= point[axis] <= max(place[axis] for place in line) + CELL
        for axis in (0, 1)
    )


def _upwind(now: Acting, area: shapely.Polygon) -> Track | None:
    here, wind = now.vessel.point, now.conditions.wind
    speed = math.hypot(*wind)
    if speed <= CALM:
        return None
    end = (here[0] - wind[0] / speed * RUN, here[1] - wind[1] / speed * RUN)
    inside = shapely.get_parts(shapely.LineString([here, end]).intersection(area))
    run = [(float(x), float(y)) for x, y in shapely.get_coordinates(inside[:1])]
    if not run or math.dist(run[0], here) > 1.0 or math.dist(run[0], run[-1]) < SHORTEST_RUN:
        return None
    return Track((here, run[-1]))


def _legs(now: Acting, ring: tuple[Point, ...], apart: float) -> Track | None:
    if not ring:
        return None
    here, unit = now.vessel.point, now.unit
    legs = sweep_track(now.waters, unit.draft, ring, swath=apart, wind=now.conditions.wind, near=here)
    if legs is None:
        return None
    way = find_route(now.waters, unit.draft, here, legs.points[0])
    if way is None:
        return None
    track = Track((*way.track.points, *legs.points[1:]))
    return track if track.length > 1.0 else None


def seek(now: Acting, look: Look) -> None:
    """A skimmer looks for better oil."""
    vessel = now.vessel
    if vessel.phase in SKIMMING and vessel.task is not None and vessel.task.kind in SKIMMED:
        go_for_oil(now, look, begin_sweep)


def go_for_oil(now: Acting, look: Look, begin: Callable[[Acting], None]) -> None:
    """Go where the crew makes out the most oil in its area, if that is worth leaving what it works in."""
    vessel = now.vessel
    best = best_in_area(now, look)
    if best is None:
        if vessel.patch is not None:
            now.become(patch=None, searched=False)
            begin(now)
        return
    place, worth = best
    local = look.at(vessel.point)
    if worth < WORTH_LEAVING * local:
        now.become(patch=vessel.point)
        if vessel.phase == "searching" or vessel.patch is None:
            begin(now)
        return
    way = find_route(now.waters, now.unit.draft, vessel.point, place)
    if way is not None:
        now.become(phase="to_oil", patch=place, track=way.track, along=0.0)


@lru_cache(maxsize=256)
def polygon_of(ring: tuple[Point, ...]) -> shapely.Polygon:
    """The area of a task, made ready to be asked what lies in it."""
    area = shapely.Polygon(ring)
    shapely.prepare(area)
    return area


def best_in_area(now: Acting, look: Look) -> tuple[Point, float] | None:
    """The place in the area with the most oil for the way to it, and its film as judged, lessened by the way."""
    least = LIMITS[THICK - 1] if (look.films >= LIMITS[THICK - 1]).any() else LIMITS[2]
    places, films = look.places, look.films[look.films > 0.0]
    assert now.vessel.task is not None
    within = _around(now) if now.vessel.task.kind == "skim_thickest" else _area(now)  # wherever its oil goes
    worthy = films >= least
    places, films = places[worthy], films[worthy]
    inside = shapely.contains_xy(polygon_of(within), places)
    if not inside.any():
        return None
    places, films = places[inside], films[inside]
    away = np.hypot(places[:, 0] - now.vessel.x, places[:, 1] - now.vessel.y)
    worth = films / (1.0 + away / (now.unit.speed * WORTH_THE_WAY))
    for index in np.argsort(-worth, kind="stable"):
        place = (float(places[index, 0]), float(places[index, 1]))
        if math.isfinite(now.waters.cost_at(now.unit.draft, place)):
            return place, float(worth[index])
    return None


def sweep(now: Acting, span: float) -> None:
    """Go on along the legs at working speed through the water, and note what was swept."""
    now.worked += span
    until_end = now.left + span
    while span > 1e-9:
        vessel, track = now.vessel, now.vessel.track
        assert track is not None
        if vessel.along >= track.length:
            begin_sweep(now)
            if now.vessel.phase != "working":
                return
            continue
        heading = track.direction(vessel.along)
        speed = over_ground(now.unit.working_speed, heading, now.conditions.current)
        to_turn = track.next_turn(vessel.along) - vessel.along
        taken = min(span, to_turn / speed)
        along = track.next_turn(vessel.along) if taken < span else vessel.along + speed * taken
        end = track.at(along)
        now.quads.append(quad_of(now, vessel.point, end, until_end, taken))
        now.become(x=end[0], y=end[1], along=along)
        span -= taken
        until_end -= taken


def over_ground(through_water: float, heading: Point, current: Point) -> float:
    """Speed made good along `heading` in a current, holding the line; a tenth at least."""
    along = heading[0] * current[0] + heading[1] * current[1]
    across = heading[0] * current[1] - heading[1] * current[0]
    made = along + math.sqrt(max(through_water * through_water - across * across, 0.0))
    return max(made, SLOWEST * through_water)


def quad_of(now: Acting, start: Point, stop: Point, until_end: float, taken: float) -> Quad:
    """What the mouth swept, carried on with the oil to the end of the step, when particles are looked for in it."""
    length = math.dist(start, stop)
    if length <= 0.0:
        return start, start, stop, stop
    nx, ny = -(stop[1] - start[1]) / length, (stop[0] - start[0]) / length
    half, (u, w) = 0.5 * now.unit.swath, now.conditions.drift
    t0, t1 = until_end, until_end - taken
    return (
        (start[0] + nx * half + u * t0, start[1] + ny * half + w * t0),
        (stop[0] + nx * half + u * t1, stop[1] + ny * half + w * t1),
        (stop[0] - nx * half + u * t1, stop[1] - ny * half + w * t1),
        (start[0] - nx * half + u * t0, start[1] - ny * half + w * t0),
    )
