"""How far open water reaches upwind of each place, for waves: 16 sectors on a grid coarser than the terrain's."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for

from khazri.geo.grid import Grid
from khazri.geo.plane import Doubles
from khazri.geo.raster import Mask
from khazri.geo.terrain import FETCH_SECTORS

LONGEST_FETCH = 500_000.0  # m; waves at 15 m/s are within a few per cent of full growth there
RAYS = (-0.3, 0.0, 0.3)  # of a sector's width, on either side of its middle; their mean is the sector's fetch


def measure_fetch(water: Mask, grid: Grid) -> npt.NDArray[np.float32]:
    """Open water upwind [m] as (FETCH_SECTORS, ny, nx); sector 0 = wind from +y, sectors clockwise.

    water  cells (ny, nx) of open water on `grid`; beyond the grid is open as far as `LONGEST_FETCH`

    Each ray is measured by doubling: the clear run over 2n steps is the run over n steps, and where that is whole, the
    run over n steps from there. Land cells take the values of the nearest water, as particles near a coarse shore are
    in the water all the same. A ray is good to about one cell.
    """
    nearest = None
    if water.any() and not water.all():
        nearest = scipy.ndimage.distance_transform_edt(~water, return_distances=False, return_indices=True)
    fetch = np.empty((FETCH_SECTORS, *grid.shape), np.float32)
    width = 2.0 * np.pi / FETCH_SECTORS
    for sector in range(FETCH_SECTORS):
        rays = [_run_upwind(water, grid, (sector + part) * width) for part in RAYS]
        mean = np.mean(rays, axis=0)
        fetch[sector] = mean if nearest is None else mean[nearest[0], nearest[1]]
    return fetch


def _run_upwind(water: Mask, grid: Grid, bearing: float) -> Doubles:
    """Clear run [m] from each cell towards `bearing` [rad, clockwise from +y], at most `LONGEST_FETCH`."""
    ahead_x, ahead_y = np.sin(bearing), np.cos(bearing)
    reach = max(1, round(LONGEST_FETCH / grid.spacing))
    run = water.astype(np.int32)  # in cells; a whole run of `steps` cells goes on
    steps = 1
    while steps < reach:
        dx, dy = round(ahead_x * steps), round(ahead_y * steps)
        run = run + np.where(run == steps, _shift(run, dx, dy, beyond=steps), 0)
        steps *= 2
    return np.asarray(np.minimum(run * grid.spacing, LONGEST_FETCH), np.float64)


def _shift(values: npt.NDArray[np.int32], dx: int, dy: int, *, beyond: int) -> npt.NDArray[np.int32]:
    """values[row + dy, column + dx], `beyond` where that leaves the grid."""
    ny, nx = values.shape
    moved = np.full_like(values, beyond)
    rows = slice(max(0, -dy), min(ny, ny - dy))
    columns = slice(max(0, -dx), min(nx, nx - dx))
    if rows.start < rows.stop and columns.start < columns.stop:
        moved[rows, columns] = values[rows.start + dy : rows.stop + dy, columns.start + dx : columns.stop + dx]
    return moved


def coarsen(mask: Mask, factor: int) -> Mask:
    """True where at least half of each `factor` by `factor` block is; the shape must divide."""
    ny, nx = mask.shape
    if ny % factor or nx % factor:
        raise ValueError(f"coarsen: shape is {mask.shape}; expected multiples of {factor}")
    return np.asarray(mask.reshape(ny // factor, factor, nx // factor, factor).mean(axis=(1, 3)) >= 0.5, np.bool_)
