"""The waterline where the level of the sea moves: what is wet now, and what the shore is then.

A cell is dry where less than a film stands over its bed. What floats over a cell that falls dry strands where it lies; it
floats again only once water stands there, with the half-life of the nearest stretch of shore, ten times that above the
ordinary line. The capacity of a stretch is that of the ordinary line: off it the oil is what limits the oil.

Depth and ground are functions of the level at a moment that is a whole number of `RENEWED`, so that a state restored from
a snapshot finds the ground that it left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for

from khazri.engine.fields import Field
from khazri.engine.kernels.waterline import FILM, renew
from khazri.geo.terrain import LAND, WATER, Terrain

Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
RENEWED: Final = 300.0  # [s] between looks at the level
ROUNDING: Final = 1e-4  # [m] by which depths under the lowest and the highest level may be beyond those in between


@dataclass
class Waterline:
    """Where the level's cells lie in the terrain's, and which of these it may wet or dry."""

    level: Field
    bed: Singles  # see `bed_of`
    changing: npt.NDArray[np.bool_]
    rows: Indices
    row_shares: Singles
    columns: Indices
    column_shares: Singles
    shown: float | None = None  # the moment that ground and depth are of


def bed_of(terrain: Terrain) -> Singles:
    """Depth of the bed below the site's level [m], negative where a flat stands above it; NaN: never wet."""
    bed = terrain.bed
    return np.where(terrain.surface == WATER, terrain.depth, np.nan).astype(np.float32) if bed is None else bed


def open_waterline(terrain: Terrain, level: Field | None) -> Waterline | None:
    """What follows from terrain and level for good; None where the level does not move."""
    if level is None:
        return None
    line = _laid_out(terrain, level)
    heights = np.nan_to_num(level.values[..., 0])
    lowest, _ = _stand(line, heights.min(axis=0), line.bed)
    highest, _ = _stand(line, heights.max(axis=0), line.bed)
    water = terrain.surface == WATER
    may_dry, may_flood = lowest <= FILM + ROUNDING, highest > FILM - ROUNDING
    line.changing[:] = np.isfinite(line.bed) & (may_dry | ~water) & (may_flood | water)
    return line


def follow(line: Waterline, ground: npt.NDArray[np.uint8], depth: Singles, time: float) -> None:
    """Bring ground and depth to a moment [s], where they are not there yet."""
    moment = RENEWED * np.floor(time / RENEWED)
    if line.shown is not None and (line.shown == moment or line.level.times.size == 1):
        return
    level = level_at(line.level, moment)
    renew(level, line.rows, line.row_shares, line.columns, line.column_shares, line.bed, line.changing, ground, depth)
    line.shown = moment


def level_at(level: Field, time: float) -> Singles:
    """Values (ny, nx) at a moment: linear between the field's times, held beyond them."""
    times, values = level.times, level.values[..., 0]
    after = int(np.clip(np.searchsorted(times, time, side="right"), 0, times.size - 1))
    before = max(after - 1, 0)
    span = float(times[after] - times[before])
    share = np.float32(np.clip((time - float(times[before])) / span, 0.0, 1.0) if span > 0.0 else 0.0)
    if share == 0.0:
        return np.ascontiguousarray(values[before], np.float32)
    return np.asarray((np.float32(1.0) - share) * values[before] + share * values[after], np.float32)


def terrain_at(terrain: Terrain, level: Field, time: float) -> Terrain:
    """The terrain as it stands at a moment: surface and depth now; segments, fetch and bed stay those of the ordinary line."""
    line = _laid_out(terrain, level)
    depth, wet = _stand(line, level_at(level, time), np.ascontiguousarray(terrain.depth, np.float32))
    surface = np.where(np.isfinite(line.bed), np.where(wet, WATER, LAND), terrain.surface).astype(np.uint8)
    return replace(
        terrain, surface=surface, depth=np.where(surface == WATER, depth, np.float32(0.0)).astype(np.float32)
    )


def _laid_out(terrain: Terrain, level: Field) -> Waterline:
    grid = level.grid
    rows, row_shares = _between(terrain.grid.y, grid.y0, grid.spacing, grid.ny)
    columns, column_shares = _between(terrain.grid.x, grid.x0, grid.spacing, grid.nx)
    bed = np.ascontiguousarray(bed_of(terrain), np.float32)
    return Waterline(level, bed, np.zeros(bed.shape, np.bool_), rows, row_shares, columns, column_shares)


def _stand(line: Waterline, level: Singles, before: Singles) -> tuple[Singles, npt.NDArray[np.bool_]]:
    """Depth, and what is wet, under a level; `before` is the depth where no bed is known."""
    depth, ground = before.copy(), np.zeros(before.shape, np.uint8)
    every = np.ones(before.shape, np.bool_)
    renew(
        np.ascontiguousarray(level, np.float32), line.rows, line.row_shares, line.columns, line.column_shares, line.bed, every,
        ground, depth,
    )  # fmt: skip
    return depth, ground > 0


def _between(places: npt.NDArray[np.float64], first: float, spacing: float, count: int) -> tuple[Indices, Singles]:
    """The cell before each place and the share of the way to the next; held at the edges."""
    index = np.clip((places - first) / spacing, 0.0, max(count - 1, 0))
    cell = np.minimum(np.floor(index), max(count - 2, 0)).astype(np.int64)
    return cell, (index - cell).astype(np.float32)


def stretches(terrain: Terrain) -> npt.NDArray[np.int32]:
    """The segment of shore that is nearest to every cell; -1: the site has none."""
    known = terrain.segment >= 0
    if not known.any():
        return np.full(terrain.segment.shape, -1, np.int32)
    where = scipy.ndimage.distance_transform_edt(~known, return_distances=False, return_indices=True)
    return np.ascontiguousarray(terrain.segment[tuple(where)], np.int32)
