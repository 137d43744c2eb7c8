"""What only the terrain can tell about a pack: releases on land or too deep, places of value with no water near."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from khazri.geo.terrain import OUTSIDE, WATER, Terrain
from khazri.inputs.packs import SCENARIO
from khazri.inputs.yaml_lines import YamlFaults, read_yaml
from khazri.response.kinds import KINDS
from khazri.response.waters import Waters
from khazri.scenario.crew import Unit
from khazri.scenario.faults import Fault, Verbatim, Where, write_path
from khazri.scenario.pack import Pack
from khazri.scenario.reading import Origin
from khazri.scenario.release import OilRelease
from khazri.scenario.site import Place

Finding = tuple[Where, str, str]


def terrain_faults(pack: Pack, terrains: tuple[Terrain, ...]) -> tuple[Fault, ...]:
    """Every fault of releases and places against the terrain, in the pack's order."""
    findings: list[Finding] = []
    for index, (site, terrain) in enumerate(zip(pack.sites, terrains, strict=True)):
        for number, release in enumerate(site.releases):
            findings += _of_release(("sites", index, "releases", number), release, terrain)
        for number, place in enumerate(site.places):
            findings += _of_place(("sites", index, "places", number), place, terrain)
        for number, unit in enumerate(pack.inventory):
            if unit.site == site.ident:
                findings += _of_unit(("inventory", number, "position"), unit, terrain)
    if not findings:
        return ()
    origin = origin_of(pack)
    return tuple(
        Fault(origin.file, origin.line_of(where), write_path(where), Verbatim(said), expected)
        for where, said, expected in findings
    )


def origin_of(pack: Pack) -> Origin:
    """Where the parts of a pack stand in its file, if it was read from one."""
    if pack.folder is None:
        return Origin()
    file = Path(pack.folder) / SCENARIO
    try:
        return Origin(str(file), read_yaml(file.read_bytes(), str(file))[1])
    except (OSError, YamlFaults):
        return Origin(str(file))


def cell_of(
    terrain: Terrain, x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of the cells that hold points, held to the raster's edge."""
    grid = terrain.grid
    column = np.floor((np.asarray(x, np.float64) - grid.x0) / grid.spacing + 0.5).astype(np.int64)
    row = np.floor((np.asarray(y, np.float64) - grid.y0) / grid.spacing + 0.5).astype(np.int64)
    return np.clip(row, 0, grid.ny - 1), np.clip(column, 0, grid.nx - 1)


def _of_release(where: Where, release: OilRelease, terrain: Terrain) -> Iterator[Finding]:
    ring = np.asarray(release.vertices, np.float64)
    x, y = terrain.plane.to_plane(ring[:, 0], ring[:, 1])
    west, south, east, north = terrain.grid.bounds
    key = {"point": "at", "line": "line", "polygon": "polygon"}[release.shape]
    row, column = cell_of(terrain, x, y)
    surface = terrain.surface[row, column]
    beyond = (x < west) | (x > east) | (y < south) | (y > north) | (surface == OUTSIDE)
    words = ", ".join(f"{lon:g}E {lat:g}N" for lon, lat in ring[:3])
    if beyond.all():
        yield (*where, key), f"{words}, outside the site's area", "a position within it"
        return
    wet = surface == WATER
    if not wet.any() or (release.shape != "polygon" and not (wet | beyond).all()):
        away = f"{-float(terrain.shore_distance[row, column].min()) / 1000.0:.1f} km from the water"
        level = f"at a water level of {terrain.level:g} m"
        yield (*where, key), f"{words}, on land ({away} {level})", "a position on water"
        return
    deepest = float(terrain.depth[row, column][wet].max())
    if release.depth > deepest:
        yield (*where, "depth"), f"{release.depth:g} m", f"at most {deepest:.1f} m, the depth of the water there"


def place_shape(place: Place, terrain: Terrain) -> shapely.Polygon:
    """The place on the plane of its site."""
    if place.ring is not None:
        ring = np.asarray(place.ring, np.float64)
        return shapely.Polygon(np.column_stack(terrain.plane.to_plane(ring[:, 0], ring[:, 1])))
    assert place.point is not None, "a place is a polygon or a point"
    x, y = terrain.plane.to_plane(place.point.lon, place.point.lat)
    return shapely.Point(float(x), float(y)).buffer(place.radius)


def _of_unit(where: Where, unit: Unit, terrain: Terrain) -> Iterator[Finding]:
    lon, lat = unit.position.lon, unit.position.lat
    x, y = terrain.plane.to_plane(lon, lat)
    row, column = cell_of(terrain, x, y)
    medium = KINDS[unit.kind].medium
    if medium == "land" and not math.isfinite(Waters(terrain, 0.0).on_land().cost(0.0)[row, column]):
        yield where, f"{lon:g}E {lat:g}N, in the water", "a position on land or at its edge: it goes by land"
    if medium != "water":
        return
    if terrain.surface[row, column] != WATER:
        yield where, f"{lon:g}E {lat:g}N, on land at a water level of {terrain.level:g} m", "a position on water"
        return
    depth = float(terrain.depth[row, column])
    if unit.draft is not None and depth < unit.draft:
        yield (
            where,
            f"{lon:g}E {lat:g}N, where the water is {depth:.1f} m deep",
            f"water for its draft, {unit.draft:g} m",
        )


def _of_place(where: Where, place: Place, terrain: Terrain) -> Iterator[Finding]:
    grid = terrain.grid
    shape = place_shape(place, terrain).buffer(1.5 * grid.spacing)
    key = "polygon" if place.ring is not None else "point"
    west, south, east, north = shape.bounds
    bounds = grid.bounds
    if west > bounds[2] or east < bounds[0] or south > bounds[3] or north < bounds[1]:
        yield (*where, key), "outside the site's area", "a place within it"
        return
    (row0, row1), (column0, column1) = cell_of(terrain, [west, east], [south, north])
    xx, yy = np.meshgrid(grid.x[column0 : column1 + 1], grid.y[row0 : row1 + 1])
    wet = terrain.surface[row0 : row1 + 1, column0 : column1 + 1] == WATER
    if not (wet & shapely.contains_xy(shape, xx, yy)).any():
        yield (*where, key), "on land, with no water in it or at its edge", "a place that oil can reach"
