"""Waves of a whole site at one moment: height, period and surface drift where none are given, as the oil meets them.

The law is that of the engine (Young and Verhagen 1996, limited by fetch and depth; `physics.waves`), over the open water upwind of
each place as the terrain measures it in sixteen directions, in the depth of the place. Ice lessens height by its cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.geo.grid import Grid
from khazri.geo.terrain import FETCH_SECTORS, WATER, Terrain
from khazri.sea.kernels.growth import carry, grow

Singles = npt.NDArray[np.float32]

SHALLOWEST: Final = 0.1  # m, of water in which waves are told; the engine's own
LEAST_PERIOD: Final = np.float32(0.1)  # s; the engine's own


@dataclass(frozen=True)
class WaveField:
    """Waves on a grid of the site's plane; arrays (ny, nx), NaN where there is no water."""

    grid: Grid
    height: Singles  # significant [m]
    period: Singles  # of the spectral peak [s]
    stokes: Singles  # (ny, nx, 2) drift at the surface along the axes of the plane [m s-1]
    source: str = "waves from wind, fetch and depth (Young and Verhagen 1996)"


def wave_field(
    terrain: Terrain,
    wind: npt.NDArray[np.floating],
    *,
    grid: Grid | None = None,
    level: npt.NDArray[np.floating] | float = 0.0,
    ice: npt.NDArray[np.floating] | float = 0.0,
) -> WaveField:
    """Waves that stand under a wind.

    wind    at 10 m, towards, along the axes of the plane: (2,) over all, or (ny, nx, 2) on the grid [m s-1]
    grid    where waves are told; the terrain's grid of fetch where not said
    level   of the sea above the terrain's [m]; ice: cover [1]; numbers or (ny, nx) on the grid

    Valid: wind that has lasted until the sea is limited by fetch or depth. Swell from beyond the site is not in it.
    Checked by: test_waves_of_a_site_are_those_that_oil_meets.
    """
    where = grid or terrain.fetch_grid
    blowing = np.ascontiguousarray(np.broadcast_to(np.asarray(wind, np.float32), (*where.shape, 2)))
    surface, depth = (_nearest(each, terrain.grid, where) for each in (terrain.surface, terrain.depth))
    deep = np.maximum(depth + np.asarray(level, np.float32), SHALLOWEST).astype(np.float32)
    speed = np.hypot(blowing[..., 0], blowing[..., 1]).astype(np.float32)
    sector = np.rint(np.arctan2(-blowing[..., 0], -blowing[..., 1]) / (2.0 * np.pi) * FETCH_SECTORS).astype(np.int64)
    rows, columns = _cells(terrain.fetch_grid, where)
    fetch = terrain.fetch[sector % FETCH_SECTORS, rows[:, None], columns[None, :]].astype(np.float32)
    height, period, drift = (np.empty(where.nx * where.ny, np.float32) for _ in range(3))
    grow(speed.ravel(), fetch.ravel(), deep.ravel(), height, period)
    tall = (height.reshape(where.shape) * np.clip(1.0 - np.asarray(ice, np.float32), 0.0, 1.0)).astype(np.float32)
    period = np.maximum(period.reshape(where.shape), LEAST_PERIOD)
    carry(tall.ravel(), period.ravel(), drift)
    along = (drift.reshape(where.shape) / np.maximum(speed, np.float32(0.01)))[..., None] * blowing
    water = surface == WATER
    return WaveField(
        where,
        np.where(water, tall, np.nan).astype(np.float32),
        np.where(water, period, np.nan).astype(np.float32),
        np.where(water[..., None], along, np.nan).astype(np.float32),
    )


def _cells(own: Grid, where: Grid) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows and columns of `own` nearest to the cells of another grid."""
    rows = np.clip(np.rint((where.y - own.y0) / own.spacing), 0, own.ny - 1).astype(np.int64)
    columns = np.clip(np.rint((where.x - own.x0) / own.spacing), 0, own.nx - 1).astype(np.int64)
    return rows, columns


def _nearest(values: npt.NDArray[Any], own: Grid, where: Grid) -> npt.NDArray[Any]:
    rows, columns = _cells(own, where)
    return np.asarray(values[rows[:, None], columns[None, :]])
