"""One site's terrain, from its area, water level, coast and depths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for
from shapely.geometry.base import BaseGeometry

from khazri.geo.bathymetry import REACH, DepthError, Depths, Soundings, find_depth
from khazri.geo.fetch import LONGEST_FETCH, coarsen, measure_fetch
from khazri.geo.geodesy import geographic_bounds
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import (
    LandRaster,
    Mask,
    find_ponds,
    grid_around,
    measure_shore_distance,
    pad_grid,
    project_geometry,
    rasterise,
    rasterise_land,
)
from khazri.geo.shoreline import SEGMENT_LENGTH, ShoreKind, divide_shore
from khazri.geo.terrain import LAND, OUTSIDE, WATER, ShoreType, Terrain

FINEST = 50.0  # m
LARGEST = 40_000_000  # cells, with the margin that depths need
BYTES_PER_CELL = 60  # at the peak; measured: 45
FETCH_CELLS = 150  # along the longer side, about
FETCH_COARSEST = 4_000.0  # m
FAR_SPACING = 5_000.0  # m, of the open water around the site


class TerrainError(ValueError):
    """A terrain that cannot be built; the message says what, the value and what would be right."""


@dataclass(frozen=True)
class ShoreSetting:
    """Kinds of shore of a site and how finely the shore is divided."""

    default: ShoreType = ShoreType.SAND
    kinds: Sequence[ShoreKind] = ()
    segment_length: float = SEGMENT_LENGTH  # m


def plane_about(area: BaseGeometry) -> SitePlane:
    """The plane about the middle of an area's box (polygon in degrees, longitudes running on)."""
    west, south, east, north = area.bounds
    longitude = (0.5 * (west + east) + 180.0) % 360.0 - 180.0
    return SitePlane(longitude, 0.5 * (south + north))


def site_grid(plane: SitePlane, area: BaseGeometry, resolution: float) -> Grid:
    """The grid that covers an area, with one cell beyond it all around."""
    return pad_grid(grid_around(project_geometry(area, plane).bounds, resolution), 1)


def land_boxes(
    plane: SitePlane, area: BaseGeometry
) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
    """Boxes [degrees] that land is needed in: around the site, and as far as waves come from."""
    x_min, y_min, x_max, y_max = project_geometry(area, plane).bounds
    near, far = (
        geographic_bounds(plane, (x_min - reach, y_min - reach, x_max + reach, y_max + reach))
        for reach in (1.2 * REACH, LONGEST_FETCH)
    )
    return near, far


def build_terrain(
    plane: SitePlane,
    area: BaseGeometry,
    *,
    resolution: float,
    level: float,
    land: BaseGeometry | LandRaster,
    depths: Depths,
    far_land: BaseGeometry | None = None,
    shore: ShoreSetting = ShoreSetting(),
    notes: Sequence[str] = (),
    attributions: Sequence[str] = (),
) -> Terrain:
    """The terrain of `area` (polygon in degrees) at `level` [m, Baltic datum] on square cells of `resolution` [m].

    land      as drawn, in degrees: it must reach `land_boxes(...)[0]`; where it is land, it stays so at any level
    depths    what the bed is; a cell of drawn water is water where the bed lies below the level, else land
    far_land  land around the site as far as waves come from (`land_boxes(...)[1]`); without it all is open there
    """
    grid = _checked_grid(plane, area, resolution)
    margin = int(np.ceil(REACH / resolution)) if isinstance(depths, Soundings) else 1
    drawn = rasterise_land(land, plane, pad_grid(grid, margin))
    coast_distance = measure_shore_distance(drawn, resolution)
    inner = (slice(margin, -margin), slice(margin, -margin))
    drawn_land = drawn[inner]
    depth = find_depth(depths, plane, grid, level=level, shore_distance=coast_distance[inner])
    inside = rasterise(project_geometry(area, plane), grid)
    found = list(notes)
    surface, ponds = _find_surface(drawn_land, depth, inside)
    found.extend(_say_surface(surface, drawn_land, depth, ponds, resolution, level))
    segments, segment = divide_shore(
        surface, plane, grid, default=shore.default, kinds=shore.kinds, length=shore.segment_length
    )
    open_water = np.where(inside, surface == WATER, ~drawn_land)
    fetch_grid, fetch = _find_fetch(open_water, grid, plane, far_land)
    if far_land is None:
        found.append("Fetch: the sea beyond the site's area is taken as open, as no coast is known there")
    return Terrain(
        plane=plane,
        grid=grid,
        level=level,
        surface=surface,
        depth=np.where(surface == WATER, depth, np.float32(0.0)).astype(np.float32),
        shore_distance=_distance_inside(surface, resolution),
        segment=segment,
        segments=segments,
        fetch_grid=fetch_grid,
        fetch=fetch,
        notes=tuple(found),
        attributions=tuple(attributions),
        bed=np.where((surface == WATER) | (inside & ~drawn_land & ~ponds & (depth <= 0.0)), depth, np.nan).astype(
            np.float32
        ),
    )


def _checked_grid(plane: SitePlane, area: BaseGeometry, resolution: float) -> Grid:
    if not resolution >= FINEST:
        raise TerrainError(f"resolution is {resolution:g} m; expected at least {FINEST:g} m")
    x_min, y_min, x_max, y_max = project_geometry(area, plane).bounds
    if not (x_max - x_min > 2.0 * resolution and y_max - y_min > 2.0 * resolution):
        raise TerrainError(
            f"area is {x_max - x_min:.0f} x {y_max - y_min:.0f} m; expected more than two cells of {resolution:g} m"
        )
    wide, high = x_max - x_min + 2.0 * REACH, y_max - y_min + 2.0 * REACH
    cells = wide * high / resolution**2
    if cells > LARGEST:
        right = 10.0 * np.ceil(np.sqrt(wide * high / LARGEST) / 10.0)
        raise TerrainError(
            f"resolution is {resolution:g} m: {cells / 1e6:.0f} million cells with their margin, about "
            f"{cells * BYTES_PER_CELL / 2**30:.0f} GiB of memory; expected at most {LARGEST / 1e6:.0f} million: "
            f"{right:g} m or coarser for this area, or a smaller area"
        )
    return site_grid(plane, area, resolution)


def _find_surface(drawn_land: Mask, depth: npt.NDArray[np.float32], inside: Mask) -> tuple[npt.NDArray[np.uint8], Mask]:
    """The surface raster and the ponds in it that were made land."""
    unknown = inside & ~drawn_land & ~np.isfinite(depth)
    if unknown.any():
        raise DepthError(
            f"{int(unknown.sum())} of {int((inside & ~drawn_land).sum())} water cells of the site have no depth; "
            "expected depths for the whole area: bring a file that covers it, or declare one depth"
        )
    water = inside & ~drawn_land & (depth > 0.0)
    if not water.any():
        raise TerrainError("there is no water in the site's area at this level; expected an area with some sea in it")
    ponds = find_ponds(water, ~inside) & water
    surface = np.where(inside, np.where(water & ~ponds, WATER, LAND), OUTSIDE).astype(np.uint8)
    return surface, ponds


def _say_surface(
    surface: npt.NDArray[np.uint8],
    drawn_land: Mask,
    depth: npt.NDArray[np.float32],
    ponds: Mask,
    resolution: float,
    level: float,
) -> list[str]:
    cell = (resolution / 1000.0) ** 2
    dried = int(np.sum((surface == LAND) & ~drawn_land & (depth <= 0.0)))
    water = int(np.sum(surface == WATER))
    said = [
        f"Land and water at {level:g} m (Baltic datum) on cells of {resolution:g} m: {water * cell:,.0f} km2 of water"
    ]
    if dried:
        said.append(f"Land: {dried * cell:,.0f} km2 that the coast draws as water lie dry at this level")
    if ponds.any():
        said.append(f"Land: {int(ponds.sum()) * cell:,.1f} km2 of water cut off from the sea are taken as land")
    said.append("Land: drawn land stays land at any level, as no height of it is known")
    return said


def _distance_inside(surface: npt.NDArray[np.uint8], resolution: float) -> npt.NDArray[np.float32]:
    """Distance to the water-land edge, the unknown beyond the area taken as neither."""
    land, water = surface == LAND, surface == WATER
    if not land.any():
        return np.full(surface.shape, np.inf, np.float32)
    to_land = np.asarray(scipy.ndimage.distance_transform_edt(~land), np.float64) - 0.5
    to_water = np.asarray(scipy.ndimage.distance_transform_edt(~water), np.float64) - 0.5
    return np.asarray(np.where(land, -to_water, to_land) * resolution, np.float32)


def _find_fetch(
    open_water: Mask, grid: Grid, plane: SitePlane, far_land: BaseGeometry | None
) -> tuple[Grid, npt.NDArray[np.float32]]:
    """Fetch on a coarser grid; a run that leaves the site's grid goes on over the coarse sea around it."""
    longer = max(grid.nx, grid.ny) * grid.spacing
    factor = max(1, round(min(longer / FETCH_CELLS, FETCH_COARSEST) / grid.spacing))
    ny, nx = -(-grid.ny // factor), -(-grid.nx // factor)
    even = np.pad(open_water, ((0, ny * factor - grid.ny), (0, nx * factor - grid.nx)), mode="edge")
    middle = 0.5 * (factor - 1) * grid.spacing
    coarse = Grid(grid.x0 + middle, grid.y0 + middle, grid.spacing * factor, nx, ny)
    near = measure_fetch(coarsen(even, factor), coarse)
    if far_land is None:
        return coarse, near
    x_min, y_min, x_max, y_max = coarse.bounds
    around = (x_min - LONGEST_FETCH, y_min - LONGEST_FETCH, x_max + LONGEST_FETCH, y_max + LONGEST_FETCH)
    wide = grid_around(around, FAR_SPACING)
    far = measure_fetch(~rasterise(project_geometry(far_land, plane), wide), wide)
    rows = np.clip(np.rint((coarse.y - wide.y0) / FAR_SPACING), 0, wide.ny - 1).astype(np.int64)
    columns = np.clip(np.rint((coarse.x - wide.x0) / FAR_SPACING), 0, wide.nx - 1).astype(np.int64)
    there = far[:, rows[:, None], columns[None, :]]
    return coarse, np.where(near >= LONGEST_FETCH, there, near).astype(np.float32)
