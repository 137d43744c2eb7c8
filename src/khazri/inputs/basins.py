"""Basins of the embedded sea: the Caspian from the training coast and soundings, and a site's own area from its files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.bathymetry import DepthError
from khazri.geo.build import land_boxes
from khazri.geo.geodesy import geographic_bounds
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import grid_around, pad_grid, project_geometry, rasterise
from khazri.inputs import InputError
from khazri.inputs.bathymetry import CASPIAN, training_soundings
from khazri.inputs.coast import cut_training_land
from khazri.inputs.places import coast_and_depths, polygon_of
from khazri.scenario.site import Site
from khazri.sea.basin import Basin, BasinError, lay_out, nest, open_up

Beds = tuple[tuple[BaseGeometry, float], ...]

WHOLE_SPACING: Final = 8_000.0  # m
NEST_SPACING: Final = 4_000.0  # m
NORTH: Final = shapely.box(46.4, 43.2, 54.95, 47.4)  # what the nest covers, where it is shallow
KARA_BOGAZ: Final = shapely.box(52.93, 40.6, 54.9, 42.4)  # a bay behind a bar, with a level of its own
FEWEST: Final = 8  # cells along the shorter side of a basin
MOST: Final = 1_000_000  # cells
MARGIN: Final = 60_000.0  # m, of coast beyond a grid


@lru_cache(maxsize=4)
def caspian(plane: SitePlane, *, level: float, spacing: float = WHOLE_SPACING) -> Basin:
    """The whole Caspian on a plane, closed."""
    return _lay_out(plane, shapely.box(*CASPIAN), spacing, level=level)


@lru_cache(maxsize=4)
def northern_caspian(
    plane: SitePlane,
    *,
    level: float,
    spacing: float = NEST_SPACING,
    reeds: BaseGeometry | None = None,
    beds: Beds = (),
) -> Basin:
    """Its shallow north, to be run inside the whole."""
    return nest(_lay_out(plane, NORTH, spacing, level=level, reeds=reeds, beds=beds))


def own_basin(
    site: Site,
    plane: SitePlane,
    *,
    spacing: float,
    folders: Sequence[Path],
    closed: bool,
    reeds: BaseGeometry | None = None,
    beds: Beds = (),
) -> tuple[Basin, tuple[str, ...]]:
    """The area of a site as a basin, from its own coast and depths, open where its water goes on unless `closed`.

    Raises InputError with all that is wrong with it; the notes say how coast and depths were read.
    """
    where = f"site {site.ident}: environment.sea"
    area = polygon_of(site.area.ring)
    shape = project_geometry(area, plane)
    grid: Grid = pad_grid(grid_around(shape.bounds, spacing), 1)
    cells = grid.nx * grid.ny
    if min(grid.nx, grid.ny) < FEWEST + 2 or cells > MOST:
        sides = shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1]
        low, high = (sides[0] * sides[1] / MOST) ** 0.5, min(sides) / FEWEST
        raise InputError(
            f"{where}: cells of {spacing:g} m are {grid.nx} x {grid.ny} over the area; expected a spacing of "
            f"{max(200.0, 100.0 * np.ceil(low / 100.0)):,.0f} to {high:,.0f} m"
        )
    near, _ = land_boxes(plane, area)
    notes: list[str] = []
    land, depths = coast_and_depths(site, plane, near, folders=folders, notes=notes, attributions=[])
    level = site.water_level.value
    try:
        inside = rasterise(shape, grid)
        basin = lay_out(plane, grid, land=land, depths=depths, level=level, reeds=reeds, beds=beds, inside=inside)
        return (basin if closed else open_up(basin, inside)), tuple(notes)
    except (BasinError, DepthError) as error:
        raise InputError("\n".join(f"{where}: {line}" for line in str(error).splitlines())) from error


def _lay_out(
    plane: SitePlane,
    box: BaseGeometry,
    spacing: float,
    *,
    level: float,
    reeds: BaseGeometry | None = None,
    beds: Beds = (),
) -> Basin:
    grid: Grid = pad_grid(grid_around(project_geometry(box, plane).bounds, spacing), 1)
    west, south, east, north = geographic_bounds(plane, tuple(np.add(grid.bounds, (-MARGIN, -MARGIN, MARGIN, MARGIN))))
    land = cut_training_land((west, south, east, north))
    # other seas within the rectangle are no part of this one
    outside = shapely.difference(shapely.box(west - 1.0, south - 1.0, east + 1.0, north + 1.0), shapely.box(*CASPIAN))
    closed = shapely.union(outside, KARA_BOGAZ)
    return lay_out(
        plane, grid, land=land, depths=training_soundings(), level=level, closed=closed, reeds=reeds, beds=beds
    )
