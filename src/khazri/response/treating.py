"""Plans of the tasks that treat oil or tow a boom: to spray, to burn, to tow a U, to clean the shore; and why they may not be done."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely

from khazri.engine.hoist import ABSENT
from khazri.geo.terrain import WATER
from khazri.physics.cleaning import METHODS, suited
from khazri.response.conditions import sample
from khazri.response.fleet import Unit
from khazri.response.formations import formation_of, shape_of
from khazri.response.planning import Work, place_of, too_shallow
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.sweep import sweep_track
from khazri.response.track import Point, Track
from khazri.response.vessel import Task

OVERLAP: Final = 0.8  # of the mouth of a U between two legs
NO_PARTNER: Final = "no_partner"


def plan_spray(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Legs over the area, where dispersant may be used."""
    area = shapely.Polygon(task.geometry)
    if not area.is_valid or area.area <= 0.0:
        return Cannot("area_crosses_itself")
    middle = area.representative_point()
    centre = (float(middle.x), float(middle.y))
    refused = _not_allowed(sea, unit, (centre, *task.geometry))
    if refused is not None:
        return refused
    wind = sea.conditions(centre).wind
    draft = unit.draft if unit.medium == "water" else 0.0
    track = sweep_track(sea.waters_for(unit), draft, task.geometry, swath=unit.swath, wind=wind, near=near)
    if track is not None:
        return Work(track)
    afloat = sweep_track(sea.waters, 0.0, task.geometry, swath=unit.swath, wind=wind, near=near)
    return Cannot("on_land", place_of(sea, centre)) if afloat is None else too_shallow(sea, unit, afloat.points[0])


def _not_allowed(sea: Sea, unit: Unit, points: tuple[Point, ...]) -> Cannot | None:
    """The rules of use, each at the worst of the points that are on the water."""
    wet = [point for point in points if sea.waters.terrain.surface[sea.waters.cell(point)] == WATER]
    if not wet:
        return Cannot("on_land", place_of(sea, points[0]))
    salinity = min(salinity_at(sea, point) for point in wet)
    if salinity < unit.least_salinity:
        return Cannot("too_fresh", {"unit": unit.ident, "salinity": round(salinity, 1), "least": unit.least_salinity})
    depth = min(sea.waters.depth(point) for point in wet)
    if depth < unit.least_depth:
        return Cannot("too_shallow_to_spray", {"unit": unit.ident, "depth": round(depth, 1), "least": unit.least_depth})
    if unit.least_shore > 0.0:
        distance = min(float(sea.waters.terrain.shore_distance[sea.waters.cell(point)]) for point in wet)
        if distance < unit.least_shore:
            figures = {"distance": round(distance), "least": unit.least_shore}
            return Cannot("too_near_shore", {"unit": unit.ident, **figures})
    return None


def salinity_at(sea: Sea, point: Point) -> float:
    """Of the water at a place [g kg-1]."""
    field = sea.inputs.fields.get("salinity")
    return ABSENT["salinity"] if field is None else sample(field, point, sea.time)[0]


def plan_tow_boom(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Legs over the area, with a partner that can take the other end."""
    fellow = sea.fellows.get(task.target)
    if fellow is None or fellow.ident == unit.ident or fellow.disabled:
        return Cannot(NO_PARTNER, {"unit": unit.ident, "target": task.target})
    return plan_legs(sea, unit, task, near)


def plan_legs(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """Legs over the area, the mouth of the boom apart."""
    area = shapely.Polygon(task.geometry)
    if not area.is_valid or area.area <= 0.0:
        return Cannot("area_crosses_itself")
    middle = area.representative_point()
    centre = (float(middle.x), float(middle.y))
    wind, apart = sea.conditions(centre).wind, OVERLAP * shape_of(formation_of(unit), unit.boom_length).mouth
    track = sweep_track(sea.waters_for(unit), unit.draft, task.geometry, swath=apart, wind=wind, near=near)
    if track is not None:
        return Work(track)
    afloat = sweep_track(sea.waters, 0.0, task.geometry, swath=apart, wind=wind, near=near)
    return Cannot("on_land", place_of(sea, centre)) if afloat is None else too_shallow(sea, unit, afloat.points[0])


def method_of(unit: Unit) -> str:
    """By its kind's name: shore_team_manual ..."""
    found = unit.kind.rsplit("_", 1)[-1]
    return found if found in METHODS else "manual"


def plan_clean(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """To the nearest shore in the area that the team's method suits."""
    area = shapely.Polygon(task.geometry)
    if not area.is_valid or area.area <= 0.0:
        return Cannot("area_crosses_itself")
    segments, method = sea.waters.terrain.segments, METHODS.index(method_of(unit))
    inside = shapely.contains_xy(area, segments.x, segments.y)
    fit = [k for k in np.flatnonzero(inside).tolist() if float(suited(method, int(segments.kind[k]))) > 0.0]
    if not fit:
        return Cannot("no_shore", {"unit": unit.ident})
    points = sorted((math.dist(near, p), p) for p in ((float(segments.x[k]), float(segments.y[k])) for k in fit))
    return Work(Track((points[0][1],)))
