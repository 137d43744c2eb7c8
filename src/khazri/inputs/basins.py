"""The Caspian as a basin of the embedded sea, from the training coast and soundings."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.geodesy import geographic_bounds
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import grid_around, pad_grid, project_geometry
from khazri.inputs.bathymetry import CASPIAN, training_soundings
from khazri.inputs.coast import cut_training_land
from khazri.sea.basin import Basin, lay_out, nest

WHOLE_SPACING: Final = 8_000.0  # m
NEST_SPACING: Final = 4_000.0  # m
NORTH: Final = shapely.box(46.4, 43.2, 54.95, 47.4)  # what the nest covers, where it is shallow
KARA_BOGAZ: Final = shapely.box(52.93, 40.6, 54.9, 42.4)  # a bay behind a bar, with a level of its own
MARGIN: Final = 60_000.0  # m, of coast beyond a grid


@lru_cache(maxsize=4)
def caspian(plane: SitePlane, *, level: float, spacing: float = WHOLE_SPACING) -> Basin:
    """The whole Caspian on a plane, closed."""
    return _lay_out(plane, shapely.box(*CASPIAN), spacing, level=level)


@lru_cache(maxsize=4)
def northern_caspian(
    plane: SitePlane, *, level: float, spacing: float = NEST_SPACING, reeds: BaseGeometry | None = None
) -> Basin:
    """Its shallow north, to be run inside the whole."""
    return nest(_lay_out(plane, NORTH, spacing, level=level, reeds=reeds))


def _lay_out(
    plane: SitePlane, box: BaseGeometry, spacing: float, *, level: float, reeds: BaseGeometry | None = None
) -> Basin:
    grid: Grid = pad_grid(grid_around(project_geometry(box, plane).bounds, spacing), 1)
    west, south, east, north = geographic_bounds(plane, tuple(np.add(grid.bounds, (-MARGIN, -MARGIN, MARGIN, MARGIN))))
    land = cut_training_land((west, south, east, north))
    # other seas within the rectangle are no part of this one
    outside = shapely.difference(shapely.box(west - 1.0, south - 1.0, east + 1.0, north + 1.0), shapely.box(*CASPIAN))
    closed = shapely.union(outside, KARA_BOGAZ)
    return lay_out(plane, grid, land=land, depths=training_soundings(), level=level, closed=closed, reeds=reeds)
