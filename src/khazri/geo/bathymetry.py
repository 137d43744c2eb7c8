"""Depth under every cell, from soundings, from a grid of the user's, or a declared constant.

Soundings are interpolated as follows. Close to the shore the depth falls to zero over a fixed length (`SHOREFACE`), so
each sounding z at a distance d from the shore stands for the coefficient c = z / (1 - exp(-d / SHOREFACE)). The
cube root of c is interpolated linearly over the Delaunay triangles of the soundings (the nearest sounding's beyond
them), smoothed with a Gaussian of a few kilometres, and the depth is c (1 - exp(-d / SHOREFACE)) with the cell's own
distance. Each of these steps is an average, so coefficients do not overshoot: depths are never negative, zero exactly
at the coast, without dry triangles in bays, and deeper than the soundings around only offshore of ones close in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.grid import Grid
from khazri.geo.plane import Doubles, SitePlane
from khazri.geo.raster import geographic_centres, project_geometry

SHOREFACE = 6_000.0  # m, over which the depth rises from the shore to the soundings' own
REACH = 8.0 * SHOREFACE  # m; a shore further away changes the depth by less than 0.1 %
NEAREST_SHORE = 500.0  # m; a sounding nearer to the shore counts as this far (the coast is no better)
COARSE = 2_000.0  # m, spacing at which coefficients are interpolated
SMOOTHING = 3_000.0  # m, standard deviation of the Gaussian
SHALLOWEST = 0.1  # m


class DepthError(ValueError):
    """The depths that were given do not say how deep the water is at the site."""


@dataclass(frozen=True)
class Soundings:
    """Depths at points: arrays (n,); `shore_distance` from the coast that belongs to the soundings."""

    longitude: Doubles  # [degrees]
    latitude: Doubles
    depth: Doubles  # below `reference_level` [m]
    shore_distance: Doubles  # [m]
    reference_level: float  # [m, Baltic datum]
    source: str


@dataclass(frozen=True)
class ElevationGrid:
    """Height of the bed on a rectilinear grid, both axes increasing; NaN where unknown."""

    longitude: Doubles  # (nx,) [degrees]
    latitude: Doubles  # (ny,)
    elevation: npt.NDArray[np.floating]  # (ny, nx) [m above the datum of the level, positive up]
    source: str


@dataclass(frozen=True)
class ConstantDepth:
    """One depth for all water, declared by the pack."""

    depth: float  # below `reference_level` [m]
    reference_level: float  # [m, Baltic datum]
    source: str


Depths = Soundings | ElevationGrid | ConstantDepth


def find_depth(
    depths: Depths, plane: SitePlane, grid: Grid, *, level: float, shore_distance: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Depth [m, positive down] of the bed below `level` at each cell (ny, nx); negative where the bed stands above.

    level           water level [m, Baltic datum]
    shore_distance  of each cell from the coast as it is drawn [m], negative on land
    """
    match depths:
        case Soundings():
            below = interpolate_soundings(depths, plane, grid, shore_distance) + (level - depths.reference_level)
        case ElevationGrid():
            below = level - _sample_elevation(depths, plane, grid)
        case ConstantDepth():
            below = np.full(grid.shape, depths.depth + (level - depths.reference_level))
    return np.asarray(below, np.float32)


def interpolate_soundings(
    soundings: Soundings, plane: SitePlane, grid: Grid, shore_distance: npt.NDArray[np.float32]
) -> Doubles:
    """Depth [m] below the soundings' reference level at each cell (ny, nx); zero on land. See the module's words."""
    if soundings.depth.size < 3:
        raise DepthError(f"{soundings.source}: {soundings.depth.size} soundings; expected at least 3")
    x, y = plane.to_plane(soundings.longitude, soundings.latitude)
    rise = _rise(np.maximum(soundings.shore_distance, NEAREST_SHORE))
    values = np.cbrt(np.maximum(soundings.depth, SHALLOWEST) / rise)
    points = np.stack([x, y], axis=-1)
    step = max(grid.spacing, COARSE)
    margin = 2.0 * SMOOTHING + 2.0 * step
    x_min, y_min, x_max, y_max = grid.bounds
    cx = np.arange(x_min - margin, x_max + margin + step, step)
    cy = np.arange(y_min - margin, y_max + margin + step, step)
    targets = np.meshgrid(cx, cy)
    root = _interpolate_linearly(points, values, np.stack(targets, axis=-1))
    root = scipy.ndimage.gaussian_filter(root, SMOOTHING / step, mode="nearest")
    rows, columns = (grid.y - cy[0]) / step, (grid.x - cx[0]) / step
    fine = scipy.ndimage.map_coordinates(root, np.meshgrid(rows, columns, indexing="ij"), order=1, mode="nearest")
    return np.asarray(fine**3 * _rise(np.maximum(shore_distance.astype(np.float64), 0.0)), np.float64)


def _interpolate_linearly(points: Doubles, values: Doubles, targets: Doubles) -> Doubles:
    """Values (...) at `targets` (..., 2): linear over the Delaunay triangles of `points`, the nearest's beyond them."""
    nearest = values[scipy.spatial.cKDTree(points).query(targets)[1]]
    try:
        triangles = scipy.spatial.Delaunay(points)
    except scipy.spatial.QhullError:  # all on one line
        return np.asarray(nearest, np.float64)
    found = triangles.find_simplex(targets)
    transform = triangles.transform[found]
    first = np.einsum("...ij,...j->...i", transform[..., :2, :], targets - transform[..., 2, :])
    weights = np.concatenate([first, 1.0 - first.sum(axis=-1, keepdims=True)], axis=-1)
    inside = (weights * values[triangles.simplices[found]]).sum(axis=-1)
    return np.asarray(np.where((found >= 0) & np.isfinite(inside), inside, nearest), np.float64)


def _rise(distance: Doubles) -> Doubles:
    return np.asarray(-np.expm1(-distance / SHOREFACE), np.float64)


def _sample_elevation(depths: ElevationGrid, plane: SitePlane, grid: Grid) -> Doubles:
    """Bilinear; a cell next to unknown values takes the known ones; NaN beyond the grid or where nothing is known."""
    lon, lat = geographic_centres(plane, grid)
    west = float(depths.longitude[0])
    lon = west + np.mod(lon - west + 1e-9, 360.0) - 1e-9
    column = np.interp(lon, depths.longitude, np.arange(depths.longitude.size), left=np.nan, right=np.nan)
    row = np.interp(lat, depths.latitude, np.arange(depths.latitude.size), left=np.nan, right=np.nan)
    at = np.stack([np.nan_to_num(row, nan=-9.0), np.nan_to_num(column, nan=-9.0)])
    known = np.isfinite(depths.elevation)
    weight = scipy.ndimage.map_coordinates(known.astype(np.float64), at, order=1, mode="constant", cval=0.0)
    heights = np.where(known, depths.elevation, 0.0).astype(np.float64)
    total = scipy.ndimage.map_coordinates(heights, at, order=1, mode="constant", cval=0.0)
    inside = np.isfinite(row) & np.isfinite(column) & (weight > 0.25)
    return np.asarray(np.where(inside, total / np.maximum(weight, 1e-9), np.nan), np.float64)


def measure_point_shore_distance(
    longitude: Doubles, latitude: Doubles, land: BaseGeometry, plane: SitePlane
) -> Doubles:
    """Distance [m] on the plane from points in degrees to the edge of `land`, whichever side they are on."""
    edge = shapely.boundary(project_geometry(land, plane))
    if edge.is_empty:
        return np.full(np.shape(longitude), np.inf)
    shapely.prepare(edge)
    x, y = plane.to_plane(longitude, latitude)
    return np.asarray(shapely.distance(shapely.points(x, y), edge), np.float64)
