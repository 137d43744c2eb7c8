"""Polygons to cells, distance to the shore, and water that is cut off from the sea."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.grid import Grid
from khazri.geo.plane import Doubles, SitePlane

Mask = npt.NDArray[np.bool_]
LONGEST_EDGE = 0.05  # degrees; a straight edge of this length bends by less than 5 m on the plane


@dataclass(frozen=True)
class LandRaster:
    """Land on a regular grid in degrees (a fine coast that was made and kept): land[row, column], rows northward."""

    west: float  # centre of column 0 [degrees]
    south: float  # centre of row 0 [degrees]
    spacing_longitude: float  # [degrees]
    spacing_latitude: float  # [degrees]
    land: Mask

    def sample(self, longitude: Doubles, latitude: Doubles) -> Mask:
        """Land at points in degrees: the nearest cell's; points beyond the raster take its edge."""
        rows, columns = self.land.shape
        turned = self.west + np.mod(longitude - self.west + 1.0, 360.0) - 1.0
        column = np.clip(np.rint((turned - self.west) / self.spacing_longitude), 0, columns - 1).astype(np.int64)
        row = np.clip(np.rint((latitude - self.south) / self.spacing_latitude), 0, rows - 1).astype(np.int64)
        return np.asarray(self.land[row, column], np.bool_)


def grid_around(bounds: tuple[float, float, float, float], spacing: float) -> Grid:
    """The grid of `spacing` whose cells cover the box, with a cell centre on the plane's origin."""
    x_min, y_min, x_max, y_max = bounds
    left, bottom = np.floor(x_min / spacing), np.floor(y_min / spacing)
    right, top = np.ceil(x_max / spacing), np.ceil(y_max / spacing)
    return Grid(float(left * spacing), float(bottom * spacing), spacing, int(right - left) + 1, int(top - bottom) + 1)


def pad_grid(grid: Grid, cells: int) -> Grid:
    """The grid with `cells` more on every side."""
    return Grid(
        grid.x0 - cells * grid.spacing,
        grid.y0 - cells * grid.spacing,
        grid.spacing,
        grid.nx + 2 * cells,
        grid.ny + 2 * cells,
    )


def geographic_centres(plane: SitePlane, grid: Grid) -> tuple[Doubles, Doubles]:
    """Longitudes and latitudes [degrees] of all cell centres, each (ny, nx)."""
    x, y = np.meshgrid(grid.x, grid.y)
    return plane.to_geographic(x, y)


def project_geometry(geometry: BaseGeometry, plane: SitePlane) -> BaseGeometry:
    """A geometry in degrees, on the plane; long edges are split first, as they bend there."""

    def to_plane(points: Doubles) -> Doubles:
        return np.stack(plane.to_plane(points[:, 0], points[:, 1]), axis=-1)

    return shapely.transform(shapely.segmentize(geometry, LONGEST_EDGE), to_plane)


def rasterise(geometry: BaseGeometry, grid: Grid) -> Mask:
    """Cells (ny, nx) whose centre lies inside the polygons of `geometry` (on the plane, not overlapping).

    Every edge marks, in each row of cell centres that it crosses, the first centre to its right; the running count of
    marks along a row is odd inside (even-odd rule). No loop over cells or polygons.
    """
    polygons = shapely.get_parts(shapely.get_parts(geometry))
    polygons = polygons[shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON]
    if polygons.size == 0:
        return np.zeros(grid.shape, np.bool_)
    points, ring = shapely.get_coordinates(shapely.get_rings(polygons), return_index=True)
    u = (points[:, 0] - grid.x0) / grid.spacing
    v = (points[:, 1] - grid.y0) / grid.spacing
    same = ring[1:] == ring[:-1]
    u0, v0, u1, v1 = u[:-1][same], v[:-1][same], u[1:][same], v[1:][same]
    first = np.clip(np.ceil(np.minimum(v0, v1)), 0, grid.ny).astype(np.int64)
    last = np.clip(np.ceil(np.maximum(v0, v1)), 0, grid.ny).astype(np.int64)  # half open: shared vertices count once
    count = last - first
    edge = np.repeat(np.arange(count.size), count)
    row = np.arange(edge.size) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    crossing = u0[edge] + (row - v0[edge]) * ((u1 - u0)[edge] / (v1 - v0)[edge])
    column = np.clip(np.ceil(crossing), 0, grid.nx).astype(np.int64)
    marks = np.bincount(row * (grid.nx + 1) + column, minlength=grid.ny * (grid.nx + 1))
    inside = (np.cumsum(marks.reshape(grid.ny, grid.nx + 1), axis=1) & 1)[:, : grid.nx]
    return np.asarray(inside, np.bool_)


def rasterise_land(land: BaseGeometry | LandRaster, plane: SitePlane, grid: Grid) -> Mask:
    """Land cells of polygons in degrees or of a fine raster."""
    if isinstance(land, LandRaster):
        return land.sample(*geographic_centres(plane, grid))
    return rasterise(project_geometry(land, plane), grid)


def measure_shore_distance(land: Mask, spacing: float) -> npt.NDArray[np.float32]:
    """Distance [m] of each cell centre to the water-land edge, negative on land (exact Euclidean transform).

    The edge stands half a cell before the nearest cell of the other kind. Infinite where there is no such cell.
    """
    if not land.any():
        return np.full(land.shape, np.inf, np.float32)
    if land.all():
        return np.full(land.shape, -np.inf, np.float32)
    water_side = np.asarray(scipy.ndimage.distance_transform_edt(~land), np.float64)
    land_side = np.asarray(scipy.ndimage.distance_transform_edt(land), np.float64)
    cells = np.where(land, -(land_side - 0.5), water_side - 0.5)
    return np.asarray(cells * spacing, np.float32)


def find_ponds(water: Mask, beyond: Mask) -> Mask:
    """Water cells that are cut off: neither part of the largest body of water nor touching the edge of the area.

    Cells are neighbours over their four sides. `beyond` are the cells outside the area; the raster's rim counts too.
    """
    labels, count = scipy.ndimage.label(water)
    if count == 0:
        return np.zeros(water.shape, np.bool_)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    open_water = np.zeros(count + 1, np.bool_)
    open_water[int(np.argmax(sizes))] = True
    rim = np.asarray(scipy.ndimage.binary_dilation(beyond), np.bool_)
    rim[[0, -1], :] = True
    rim[:, [0, -1]] = True
    open_water[np.unique(labels[rim])] = True
    open_water[0] = True  # what is not water is no pond
    return np.asarray(~open_water[labels], np.bool_)
