"""Whether and how a unit can do a task: where it begins, and the way there. Refusals name the figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import shapely

from khazri.geo.terrain import LAND
from khazri.response.fleet import Unit
from khazri.response.refused import Cannot
from khazri.response.routes import Route, find_route
from khazri.response.sea import Sea
from khazri.response.sweep import sweep_track
from khazri.response.track import Point, Track
from khazri.response.vessel import Task


@dataclass(frozen=True)
class Work:
    """The track that a unit follows while it works; it begins at its first point."""

    track: Track

    @property
    def start(self) -> Point:
        """Where the task begins."""
        return self.track.points[0]


def plan_skim(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Legs over the area."""
    ring = task.geometry
    area = shapely.Polygon(ring)
    if not area.is_valid or area.area <= 0.0:
        return Cannot("area_crosses_itself")
    centre = area.representative_point()
    middle = (float(centre.x), float(centre.y))
    wind = sea.conditions(middle).wind
    track = sweep_track(sea.waters_for(unit), unit.draft, ring, swath=unit.swath, wind=wind, near=near)
    if track is not None:
        return Work(track)
    if sea.waters_for(unit) is not sea.waters:
        iceless = sweep_track(sea.waters, unit.draft, ring, swath=unit.swath, wind=wind, near=near)
        if iceless is not None:
            return too_much_ice(sea, unit, iceless)
    afloat = sweep_track(sea.waters, 0.0, ring, swath=unit.swath, wind=wind, near=near)
    if afloat is None:
        return Cannot("on_land", place_of(sea, middle))
    return too_shallow(sea, unit, afloat.points[0])


def plan_boom(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Along the line."""
    return plan_line(sea, unit, task.geometry)


def plan_line(sea: Sea, unit: Unit, line: tuple[Point, ...]) -> Work | Cannot:
    """A boom along a line: long enough, over water deep enough."""
    track = Track(line)
    if track.length > unit.boom_length:
        return Cannot("boom_too_long", {"unit": unit.ident, "length": track.length, "available": unit.boom_length})
    for start, stop in pairwise(line):
        rows, columns, lengths = sea.waters.cells_under(start, stop)
        done = 0.0
        for row, column, metres in zip(rows.tolist(), columns.tolist(), lengths.tolist(), strict=True):
            share = (done + 0.5 * metres) / max(float(lengths.sum()), 1e-9)
            done += metres
            point = (start[0] + share * (stop[0] - start[0]), start[1] + share * (stop[1] - start[1]))
            if not sea.waters.within(row, column):
                return Cannot("outside_site", place_of(sea, point))
            if not sea.waters.is_water(row, column):
                return Cannot("on_land", place_of(sea, point))
            if not math.isfinite(sea.waters.cost(unit.draft)[row, column]):
                return too_shallow(sea, unit, point)
    return Work(track)


def plan_route(sea: Sea, unit: Unit, start: Point, stop: Point) -> Route | Cannot:
    """The way there, or why there is none: over water, or over land; straight for what flies or goes over both."""
    waters = sea.waters
    row, column = waters.cell(stop)
    if not waters.within(row, column):
        return Cannot("outside_site", place_of(sea, stop))
    if unit.medium not in ("water", "land"):
        return Route(Track((start, stop)), math.dist(start, stop))
    route = find_route(sea.waters_for(unit), unit.draft, start, stop)
    if route is not None:
        return route
    if unit.medium == "land":
        on_land = math.isfinite(waters.on_land().cost_at(0.0, stop))
        return Cannot("unreachable" if on_land else "not_on_land", {"unit": unit.ident, **place_of(sea, stop)})
    if waters.terrain.surface[row, column] == LAND:
        return Cannot("on_land", place_of(sea, stop))
    if not math.isfinite(waters.cost(unit.draft)[row, column]):
        return too_shallow(sea, unit, stop)
    if not math.isfinite(waters.cost(unit.draft)[waters.cell(start)]):
        return too_shallow(sea, unit, start)
    iceless = find_route(waters, unit.draft, start, stop) if sea.waters_for(unit) is not waters else None
    if iceless is not None:
        return too_much_ice(sea, unit, iceless.track)
    afloat = find_route(waters, 0.0, start, stop)
    if afloat is not None:
        return too_shallow(sea, unit, shallowest(sea, afloat.track))
    return Cannot("unreachable", {"unit": unit.ident, **place_of(sea, stop)})


def shallowest(sea: Sea, track: Track) -> Point:
    """The point of a track with the least water."""
    found, least = track.points[0], math.inf
    for start, stop in pairwise(track.points):
        rows, columns, lengths = sea.waters.cells_under(start, stop)
        total, done = max(float(lengths.sum()), 1e-9), 0.0
        for row, column, metres in zip(rows.tolist(), columns.tolist(), lengths.tolist(), strict=True):
            depth = float(sea.waters.terrain.depth[row, column])
            if depth < least:
                share = (done + 0.5 * metres) / total
                least = depth
                found = (start[0] + share * (stop[0] - start[0]), start[1] + share * (stop[1] - start[1]))
            done += metres
    return found


def too_shallow(sea: Sea, unit: Unit, point: Point) -> Cannot:
    """The refusal that names draft, depth, uncertainty and place."""
    depth = sea.waters.depth(point)
    figures = {"draft": unit.draft, "depth": round(depth, 2), "uncertainty": round(sea.waters.uncertainty(depth), 2)}
    return Cannot("too_shallow", {"unit": unit.ident, **figures, **place_of(sea, point)})


def too_much_ice(sea: Sea, unit: Unit, track: Track) -> Cannot:
    """The refusal that names the most ice along a way that is open without it, and where that is."""
    raster, worst, at = sea.waters_for(unit).ice, -1.0, track.points[0]
    assert raster is not None, "only ice closes a way that is deep enough"
    for start, stop in pairwise(track.points):
        for row, column, _ in zip(*sea.waters.cells_under(start, stop), strict=True):
            if sea.waters.within(row, column) and float(raster[row, column]) > worst:
                worst = float(raster[row, column])
                at = float(sea.waters.grid.x[column]), float(sea.waters.grid.y[row])
    figures = {"ice": round(worst, 2), "limit": unit.ice_limit}
    return Cannot("too_much_ice", {"unit": unit.ident, **figures, **place_of(sea, at)})


def place_of(sea: Sea, point: Point) -> dict[str, str | int | float]:
    longitude, latitude = sea.to_geographic(point)
    return {"longitude": round(longitude, 5), "latitude": round(latitude, 5)}
