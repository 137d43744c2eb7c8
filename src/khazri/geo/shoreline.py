"""The shore in segments of nearly one length: where water meets land on the raster, with kind, length and width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import contourpy
import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.grid import Grid
from khazri.geo.plane import Doubles, SitePlane
from khazri.geo.raster import Mask, project_geometry
from khazri.geo.terrain import LAND, WATER, ShoreSegments, ShoreType

SEGMENT_LENGTH = 1_500.0  # m
SMOOTHED = 5  # vertices that the line is averaged over before it is measured

# Width of the band that takes oil [m] (PHYSICS: sand 5-10, gravel 3, rock 2, flat 50, reeds 5-20; the kinds between are
# set beside their nearest relative).
BAND_WIDTH: dict[ShoreType, float] = {
    ShoreType.ROCK: 2.0,
    ShoreType.MAN_MADE: 2.0,
    ShoreType.GRAVEL: 3.0,
    ShoreType.SAND_GRAVEL: 5.0,
    ShoreType.SAND: 7.5,
    ShoreType.EXPOSED_FLAT: 50.0,
    ShoreType.SHELTERED_FLAT: 50.0,
    ShoreType.REEDS_MARSH: 12.0,
}


@dataclass(frozen=True)
class ShoreKind:
    """All shore inside `area` (polygons in degrees) is of `kind`; a later entry overrules an earlier one."""

    kind: ShoreType
    area: BaseGeometry


@dataclass(frozen=True)
class _Line:
    """A piece of waterline: vertices on the plane, each half-way between a water cell and a land cell."""

    points: Doubles  # (n, 2)
    along: Doubles  # (n,) length from the start, staircase smoothed away [m]
    closed: bool


def divide_shore(
    surface: npt.NDArray[np.uint8],
    plane: SitePlane,
    grid: Grid,
    *,
    default: ShoreType = ShoreType.SAND,
    kinds: Sequence[ShoreKind] = (),
    length: float = SEGMENT_LENGTH,
) -> tuple[ShoreSegments, npt.NDArray[np.int32]]:
    """Shore segments and, per cell (ny, nx), the segment of every land and water cell at the waterline (-1 elsewhere).

    The waterline is the contour between water and land cells; edges with cells outside the area are none. Each line
    is cut into equal segments of about `length`. Its own length is measured on the line averaged over a few vertices,
    which takes the staircase of the cells away, and is divided by the map factor. Cells beside the line take their
    segment from their own edge; those that touch it only by a corner from the nearest.
    """
    lines = _trace(surface, grid)
    segment = np.full(surface.shape, -1, np.int32)
    if not lines:
        empty = np.zeros(0)
        none = ShoreSegments(empty.astype(np.uint8), empty.astype(np.float32), empty.astype(np.float32), empty, empty)
        return none, segment
    points, owner, lengths = _cut(lines, length)
    middle = np.stack([np.bincount(owner, points[:, axis]) / np.bincount(owner) for axis in (0, 1)], axis=-1)
    tree = scipy.spatial.cKDTree(points)
    middle = points[tree.query(middle)[1]]  # on the waterline itself
    _mark_cells(segment, surface, grid, points, owner)
    kind = _find_kinds(middle, plane, default, kinds)
    width = np.array([BAND_WIDTH[ShoreType(value)] for value in range(len(ShoreType))], np.float32)[kind]
    true = lengths / plane.map_factor(middle[:, 0], middle[:, 1])
    segments = ShoreSegments(kind, true.astype(np.float32), width, middle[:, 0].copy(), middle[:, 1].copy())
    return segments, segment


def _trace(surface: npt.NDArray[np.uint8], grid: Grid) -> list[_Line]:
    land = np.ma.masked_array((surface == LAND).astype(np.float64), (surface != LAND) & (surface != WATER))
    if min(surface.shape) < 2:
        return []
    traced = contourpy.contour_generator(grid.x, grid.y, land, name="serial").lines(0.5)
    return [_measure(np.asarray(points, np.float64)) for points in traced if len(points) > 1]


def _measure(points: Doubles) -> _Line:
    closed = bool(np.all(points[0] == points[-1]))
    if closed:
        smooth = scipy.ndimage.uniform_filter1d(points[:-1], min(SMOOTHED, len(points) - 1), axis=0, mode="wrap")
        smooth = np.concatenate([smooth, smooth[:1]])
    else:
        smooth = scipy.ndimage.uniform_filter1d(points, min(SMOOTHED, len(points)), axis=0, mode="nearest")
    if closed and len(points) <= 2 * SMOOTHED:
        smooth = points  # a small island would shrink; its outline through the cells' edges is short already
    steps = np.hypot(*np.diff(smooth, axis=0).T)
    return _Line(points, np.concatenate([[0.0], np.cumsum(steps)]), closed)


def _cut(lines: list[_Line], length: float) -> tuple[Doubles, npt.NDArray[np.int64], Doubles]:
    """All vertices (n, 2), the segment of each (n,) and the length of each segment [m]."""
    points: list[Doubles] = []
    owners: list[npt.NDArray[np.int64]] = []
    lengths: list[Doubles] = []
    first = 0
    for line in lines:
        kept = line.points[:-1] if line.closed else line.points
        whole = float(line.along[-1])
        count = max(1, min(round(whole / length), len(kept)))
        place = line.along[: len(kept)] / max(whole, 1e-9) * count
        # Empty segments (vertices are half a cell apart at least) would own no cell: number those that are met.
        _, owner = np.unique(np.minimum(place.astype(np.int64), count - 1), return_inverse=True)
        met = int(owner.max()) + 1
        points.append(kept)
        owners.append(owner.astype(np.int64) + first)
        lengths.append(np.full(met, whole / met))
        first += met
    return np.concatenate(points), np.concatenate(owners), np.concatenate(lengths)


def _mark_cells(
    segment: npt.NDArray[np.int32],
    surface: npt.NDArray[np.uint8],
    grid: Grid,
    points: Doubles,
    owner: npt.NDArray[np.int64],
) -> None:
    u = (points[:, 0] - grid.x0) / grid.spacing
    v = (points[:, 1] - grid.y0) / grid.spacing
    for rounded in (np.floor, np.ceil):  # the two cells that the vertex lies between
        segment[rounded(v).astype(np.int64), rounded(u).astype(np.int64)] = owner
    around = np.ones((3, 3), np.bool_)
    beside: Mask = (surface == LAND) & scipy.ndimage.binary_dilation(surface == WATER, around)
    beside |= (surface == WATER) & scipy.ndimage.binary_dilation(surface == LAND, around)
    rows, columns = np.nonzero(beside & (segment < 0))
    if rows.size:
        cells = np.stack([grid.x[columns], grid.y[rows]], axis=-1)
        segment[rows, columns] = owner[scipy.spatial.cKDTree(points).query(cells)[1]]


def _find_kinds(
    middle: Doubles, plane: SitePlane, default: ShoreType, kinds: Sequence[ShoreKind]
) -> npt.NDArray[np.uint8]:
    kind = np.full(len(middle), int(default), np.uint8)
    for entry in kinds:
        inside = shapely.contains_xy(project_geometry(entry.area, plane), middle[:, 0], middle[:, 1])
        kind[inside] = int(entry.kind)
    return kind
