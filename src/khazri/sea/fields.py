"""The computed sea as the engine takes it: currents on a grid around a site, and the level beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.sea.nested import Course

Bounds = tuple[float, float, float, float]  # x min, y min, x max, y max [m]
Singles = npt.NDArray[np.float32]

KARMAN: Final = 0.4


@dataclass(frozen=True)
class SeaPicture:
    """The sea of a site in time, on the grid of `current`."""

    current: Field  # mean over the depth
    level: Singles  # (nt, ny, nx) above the sea at rest [m]; NaN where it is dry
    depth: Singles  # (ny, nx) of the sea at rest [m]; 0 on land, negative on flats that stand above it

    def level_at(self, x: float, y: float) -> Singles | None:
        """Level in time [m] in the cell nearest to a point that is ever wet; None beyond the grid."""
        grid = self.current.grid
        west, south, east, north = grid.bounds
        wet = np.isfinite(self.level).any(axis=0)
        if not (west <= x <= east and south <= y <= north and wet.any()):
            return None
        rows, columns = np.nonzero(wet)
        near = int(np.argmin((grid.x[columns] - x) ** 2 + (grid.y[rows] - y) ** 2))
        return np.asarray(self.level[:, rows[near], columns[near]], np.float32)


def level_field(picture: SeaPicture) -> Field:
    """The level as the engine takes it: a number everywhere.

    It goes on over land as that of the nearest water, and over what is dry as far as that does not stand above the bed:
    where the sea has not come, it is not thought to be.
    """
    filled = picture.level.copy()
    flat = (picture.depth != 0.0) | np.isfinite(picture.level).any(axis=0)
    for level in filled:
        dry = ~np.isfinite(level)
        if dry.all():
            level[:] = 0.0
        elif dry.any():
            into = ndimage.distance_transform_edt(dry, return_distances=False, return_indices=True)
            nearest = level[tuple(into)]
            level[dry] = np.where(flat, np.minimum(nearest, -picture.depth), nearest)[dry]
    source = picture.current.source.replace("depth-mean current", "level")
    return Field("level", picture.current.grid, picture.current.times, filled[..., None].astype(np.float32), source)


def picture_of(whole: Course, fine: Course | None, *, bounds: Bounds, source: str) -> SeaPicture:
    """Both grids as one around `bounds`: the fine one where it computes, the whole sea elsewhere.

    Currents go on over land as those of the nearest water, so that what drifts along a coast finds them there; dry
    flats have none.
    """
    finest = fine or whole
    grid = _around(finest.basin.grid, bounds)
    level, u, v, depth = _sample(whole, grid, whole.basin.active)
    if fine is not None:
        active = fine.basin.active
        inside = _nearest(fine.basin.grid, grid, active)
        for into, of in zip((level, u, v), _sample(fine, grid, active)[:3], strict=True):
            into[:, inside] = of[:, inside]
        depth[inside] = _nearest(fine.basin.grid, grid, fine.basin.level - fine.basin.bed.height)[inside]
    values = np.stack([u, v], axis=-1).astype(np.float32)
    return SeaPicture(Field("current", grid, whole.times, values, source), level.astype(np.float32), depth)


def _around(grid: Grid, bounds: Bounds) -> Grid:
    """Cells of `grid`'s raster, which may go on beyond it, that cover the bounds and one cell more."""
    first = [int(np.floor((bounds[axis] - (grid.x0, grid.y0)[axis]) / grid.spacing)) - 1 for axis in (0, 1)]
    last = [int(np.ceil((bounds[2 + axis] - (grid.x0, grid.y0)[axis]) / grid.spacing)) + 1 for axis in (0, 1)]
    x0, y0 = grid.x0 + first[0] * grid.spacing, grid.y0 + first[1] * grid.spacing
    return Grid(x0, y0, grid.spacing, last[0] - first[0] + 1, last[1] - first[1] + 1)


def _nearest(own: Grid, grid: Grid, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Of the nearest cell; zero beyond the grid."""
    columns, rows = (
        np.rint((grid.x - own.x0) / own.spacing).astype(int),
        np.rint((grid.y - own.y0) / own.spacing).astype(int),
    )
    found: npt.NDArray[Any] = values[
        np.clip(rows, 0, own.ny - 1)[:, None], np.clip(columns, 0, own.nx - 1)[None, :]
    ].copy()
    found[(rows < 0) | (rows >= own.ny), :] = 0
    found[:, (columns < 0) | (columns >= own.nx)] = 0
    return found


def _sample(course: Course, grid: Grid, active: npt.NDArray[np.bool_]) -> tuple[Singles, Singles, Singles, Singles]:
    """Level, u, v in time (nt, ny, nx) and depth (ny, nx): bilinear, with walls filled by the nearest water first."""
    own = course.basin.grid
    into = ndimage.distance_transform_edt(~active, return_distances=False, return_indices=True)
    rows, columns = np.meshgrid((grid.y - own.y0) / own.spacing, (grid.x - own.x0) / own.spacing, indexing="ij")
    at = np.stack([rows, columns])

    def spread(values: Singles) -> Singles:
        filled = values[:, into[0], into[1]]
        shape = (values.shape[0], *grid.shape)
        out = np.empty(shape, np.float32)
        for moment in range(shape[0]):
            ndimage.map_coordinates(filled[moment], at, output=out[moment], order=1, mode="nearest")
        return out

    wet = _nearest(own, grid, active)
    level = _nearest_in_time(course.level, own, grid)
    level[:, ~wet] = np.nan
    depth = np.where(active, course.basin.level - course.basin.bed.height, 0.0).astype(np.float32)
    return level, spread(course.u), spread(course.v), np.asarray(_nearest(own, grid, depth), np.float32)


def _nearest_in_time(values: Singles, own: Grid, grid: Grid) -> Singles:
    return np.stack([np.asarray(_nearest(own, grid, each), np.float32) for each in values])


def surface_shear(stress: float, depth: float, *, density: float = 1005.0, rough: float = 0.01) -> float:
    """How much faster than the depth mean the surface is driven by a wind stress [m s-1].

    u*/k (ln(H/z0) - 1), with u* = sqrt(stress/density): the logarithmic layer beneath the surface, no flow at the bed
    taken into account. For 10 m/s of wind over 5 m of water 0.17 m/s: with Stokes drift of about 0.12 m/s that is the
    3 % of the wind which drift at the surface amounts to (ruling 2). The engine's 3 % holds both, so the current handed
    to it holds neither.

    stress [Pa]; depth H [m]; rough: z0 of the surface from below [m]

    Source: logarithmic profile beneath the surface, as in Csanady (1984). Valid: H above 1 m. Not validated.
    """
    friction = np.sqrt(stress / density)
    return float(friction / KARMAN * max(np.log(depth / rough) - 1.0, 0.0))
