"""The coast: the training coast (Natural Earth 1:10m through world-atlas) and coasts that a pack brings as GeoJSON.

The training coast is TopoJSON: arcs of quantised, delta-coded points that rings are put together from. Its rings are
stitched for the sphere: they run across the antimeridian and around the south pole. Before any planar test each
ring's longitudes are therefore run on (no jumps), a ring around a pole is closed along that pole, and copies a turn to
the west and east are cut to the box asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, shape
from shapely.geometry.base import BaseGeometry

from khazri.inputs import InputError

Points = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]  # west, south, east, north [degrees]; west < east, not more than a turn

TRAINING_COAST = (
    "Coast: Natural Earth 1:10m (public domain), through world-atlas 2.0.2; islands and inlets below about 1 km are "
    "missing"
)
LAND_WORDS = {"land", "island", "islands", "minor island", "islet"}
WATER_WORDS = {"water", "ocean", "sea", "lake", "bay"}


@dataclass(frozen=True)
class Ring:
    """One closed ring with longitudes that run on; a hole takes land away."""

    points: Points  # (n, 2) degrees, first = last
    west: float
    south: float
    east: float
    north: float
    hole: bool


@dataclass(frozen=True)
class UserCoast:
    """Land of a pack's own coast, within its box, and what was assumed in reading it."""

    land: BaseGeometry
    notes: tuple[str, ...]


def cut_training_land(box: Box) -> BaseGeometry:
    """Land polygons of the training coast inside `box`; longitudes as in the box (it may reach beyond +-180)."""
    west, south, east, north = box
    if not (west < east <= west + 360.0 and south < north):
        raise ValueError(f"coast: box is {box}; expected west < east (at most 360 degrees) and south < north")
    outer: list[BaseGeometry] = []
    holes: list[BaseGeometry] = []
    for ring in _training_rings():
        if ring.north <= south or ring.south >= north:
            continue
        for turn in (-720.0, -360.0, 0.0, 360.0, 720.0):
            if ring.east + turn <= west or ring.west + turn >= east:
                continue
            piece = _cut_ring(_turn(ring.points, turn), box)
            if not piece.is_empty:
                (holes if ring.hole else outer).append(piece)
    land = shapely.union_all(outer) if outer else MultiPolygon()
    return shapely.difference(land, shapely.union_all(holes)) if holes else land


def _turn(points: Points, by: float) -> Points:
    return np.asarray(points + np.array([by, 0.0]), np.float64)


def _cut_ring(points: Points, box: Box) -> BaseGeometry:
    piece = shapely.clip_by_rect(shapely.Polygon(points), *box)
    return piece if piece.is_valid else shapely.make_valid(piece)


@lru_cache(maxsize=1)
def _training_rings() -> tuple[Ring, ...]:
    file = resources.files("khazri.assets").joinpath("coast", "land-10m.json")
    if not file.is_file():
        raise InputError(
            "the training coast assets/coast/land-10m.json is not in this installation; expected it from the build: "
            "in a checkout run `python tools/coast.py`, else install Khazri again from its wheel"
        )
    return decode_topojson(json.loads(file.read_text(encoding="utf-8")), "land")


def decode_topojson(topology: dict[str, Any], name: str) -> tuple[Ring, ...]:
    """Rings of the polygons of object `name` (TopoJSON format specification, 2013)."""
    scale = np.asarray(topology["transform"]["scale"], np.float64)
    translate = np.asarray(topology["transform"]["translate"], np.float64)
    arcs = [np.cumsum(np.asarray(arc, np.int64), axis=0) * scale + translate for arc in topology["arcs"]]
    rings: list[Ring] = []
    for polygon in _polygons(topology["objects"][name]):
        rings.extend(_join_arcs(ring, arcs, hole=order > 0) for order, ring in enumerate(polygon))
    return tuple(rings)


def _polygons(item: dict[str, Any]) -> list[list[list[int]]]:
    match item["type"]:
        case "GeometryCollection":
            return [polygon for part in item["geometries"] for polygon in _polygons(part)]
        case "MultiPolygon":
            return list(item["arcs"])
        case "Polygon":
            return [item["arcs"]]
        case _:
            return []


def _join_arcs(indices: list[int], arcs: list[Points], *, hole: bool) -> Ring:
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    points = np.concatenate([part if order == 0 else part[1:] for order, part in enumerate(parts)])
    longitude = points[:, 0]
    if longitude.max() - longitude.min() > 180.0:
        turns = np.cumsum(np.rint(np.diff(longitude) / 360.0))
        points[1:, 0] -= 360.0 * turns
        longitude = points[:, 0]
    if abs(longitude[-1] - longitude[0]) > 180.0:  # around a pole
        pole = -90.0 if points[:, 1].mean() < 0.0 else 90.0
        points = np.concatenate([points, [[longitude[-1], pole], [longitude[0], pole], points[0]]])
    low, high = points.min(axis=0), points.max(axis=0)
    return Ring(points, float(low[0]), float(low[1]), float(high[0]), float(high[1]), hole)


def read_geojson(path: Path) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Geometries and properties of a GeoJSON file of any kind (collection, feature, bare geometry)."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; expected GeoJSON") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: cannot be read as GeoJSON: {error}; expected a JSON text in UTF-8") from error
    kind = content.get("type") if isinstance(content, dict) else None
    features = content.get("features", []) if kind == "FeatureCollection" else [content]
    found: list[tuple[BaseGeometry, dict[str, Any]]] = []
    for order, feature in enumerate(features):
        try:
            whole = feature if feature.get("type") == "Feature" else {"geometry": feature}
            if whole["geometry"] is not None:
                found.append((shape(whole["geometry"]), whole.get("properties") or {}))
        except (AttributeError, KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as error:
            raise InputError(f"{path}: feature {order} is not GeoJSON: {error!r}; expected a geometry") from error
    if not found:
        raise InputError(
            f"{path}: type is {kind!r} and holds no geometry; expected a FeatureCollection, Feature or geometry"
        )
    return found


def read_coast(path: Path, box: Box) -> UserCoast:
    """Land inside `box` from a GeoJSON file of land or water polygons.

    A polygon says which it is by a property `surface`, `kind`, `natural` or `featurecla` ("land", "water" and like
    words); polygons that say nothing are land, and a note says so. With water polygons alone, the rest is land.
    """
    land: list[BaseGeometry] = []
    water: list[BaseGeometry] = []
    unmarked = 0
    for geometry, properties in read_geojson(path):
        if geometry.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
            raise InputError(f"{path}: holds a {geometry.geom_type}; expected polygons of land or of water")
        kind = _surface(properties)
        unmarked += kind is None
        valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
        (water if kind == "water" else land).append(valid)
    west, south, east, north = box
    frame = shapely.box(west, south, east, north)
    dry = _turn_to_box(shapely.union_all(land), box) if land else (frame if water else MultiPolygon())
    if water:
        dry = shapely.difference(dry, _turn_to_box(shapely.union_all(water), box))
    name = path.name
    notes = [f"Coast: the pack's own {name}"]
    if unmarked:
        notes.append(
            f"Coast: {unmarked} polygons of {name} do not say what they are (property `surface`); taken as land"
        )
    if dry.is_empty:
        notes.append(f"Coast: {name} has no land within the site's area")
    return UserCoast(dry, tuple(notes))


def _surface(properties: dict[str, Any]) -> str | None:
    for key in ("surface", "kind", "natural", "featurecla"):
        word = str(properties.get(key, "")).strip().lower()
        if word in LAND_WORDS:
            return "land"
        if word in WATER_WORDS:
            return "water"
    return None


def _turn_to_box(geometry: BaseGeometry, box: Box) -> BaseGeometry:
    """The parts inside the box, whichever turn their longitudes are on."""
    frame = shapely.box(*box)
    turned = [shapely.transform(geometry, partial(_turn, by=turn)) for turn in (-360.0, 0.0, 360.0)]
    return shapely.union_all([shapely.intersection(part, frame) for part in turned])
