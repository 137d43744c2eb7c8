"""Beds of real basins: a coarse one of the whole sea, and a finer one of its shallow part, on one plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from khazri.geo.bathymetry import REACH, Depths, Soundings, find_depth
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import LandRaster, measure_shore_distance, pad_grid, project_geometry, rasterise, rasterise_land
from khazri.sea.circulation import Bed
from khazri.sea.rivers import River

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

PLAIN: Final = 0.031  # Manning's n of open bed [s m-1/3]: the value of published northern Caspian models
REEDS: Final = 0.10  # of reed beds [s m-1/3]; 0.06-0.15 in the literature of marshes
DEEP_DRAG: Final = 0.0025  # least quadratic drag coefficient [1], which deep water has
REED_DEPTH: Final = 1.5  # m; reeds do not stand deeper
NEST_ENDS: Final = 20.0  # m; a finer grid ends where the water is deeper, so that its step stays long
MOUTH: Final = 15_000.0  # m, over which a river's water enters
LEAST_MOUTH: Final = 0.3  # m, of water that it enters
LEAST_SEA: Final = (
    0.2  # share of the drawn sea that is water at the level of the basin, else something is wrong with it
)
DEEPEST: Final = 11_000.0  # m
RIM: Final = 2  # cells of given level around a nest
EARTH_TURN: Final = 7.292115e-5  # rad/s


class BasinError(ValueError):
    """A basin that cannot be laid out; the message says what and what would be right."""


@dataclass(frozen=True)
class Basin:
    """One grid of the sea."""

    plane: SitePlane
    grid: Grid
    bed: Bed
    level: float  # of the sea at rest [m, Baltic datum]

    @property
    def active(self) -> Mask:
        """Cells whose water this grid computes: neither wall nor given from outside."""
        return ~self.bed.wall if self.bed.held is None else ~self.bed.wall & ~self.bed.held


def lay_out(
    plane: SitePlane,
    grid: Grid,
    *,
    land: BaseGeometry | LandRaster,
    depths: Depths,
    level: float,
    closed: BaseGeometry | None = None,
    reeds: BaseGeometry | None = None,
    beds: tuple[tuple[BaseGeometry, float], ...] = (),
    inside: Mask | None = None,
) -> Basin:
    """The whole sea on one grid: a closed basin; raises BasinError with all faults found.

    land    as drawn, in degrees, reaching a margin beyond the grid; it stays dry at any level, as no height is known
    closed  waters that are cut off (degrees): behind a bar, in a bay of their own
    reeds   where they stand (degrees), in water of up to 1.5 m
    beds    areas (degrees) of another Manning's n [s m-1/3], the later over the earlier
    inside  (ny, nx) cells that belong to it; all where not said

    Drawn water whose bed lies above the level is a flat: dry until a surge reaches it. Only the largest connected body
    of drawn water is kept.
    """
    margin = int(np.ceil(REACH / grid.spacing)) + 1 if isinstance(depths, Soundings) else 1
    wide = pad_grid(grid, margin)
    drawn = rasterise_land(land, plane, wide)
    inner = (slice(margin, -margin), slice(margin, -margin))
    distance = measure_shore_distance(drawn, grid.spacing)[inner]
    depth = np.asarray(find_depth(depths, plane, grid, level=level, shore_distance=distance), np.float64)
    wall = drawn[inner].copy()
    if closed is not None:
        wall |= rasterise(project_geometry(closed, plane), grid)
    if inside is not None:
        wall |= ~inside
    labels, count = ndimage.label(~wall)
    if count == 0:
        raise BasinError("basin: there is no water on the grid; expected an area with some sea in it")
    wall |= labels != int(np.bincount(labels.ravel())[1:].argmax()) + 1
    faults = _depth_faults(depth, wall, level)
    if faults:
        raise BasinError("\n".join(faults))
    height = np.where(wall, 0.0, level - depth)
    stands = rasterise(project_geometry(reeds, plane), grid) if reeds is not None else np.zeros(grid.shape, np.bool_)
    rough = roughness(depth, stands)
    for area, manning in beds:
        rough[rasterise(project_geometry(area, plane), grid)] = manning
    return Basin(plane, grid, Bed(grid.spacing, height, rough, turns(plane, grid), wall), level)


def _depth_faults(depth: Doubles, wall: Mask, level: float) -> list[str]:
    """What is wrong with the depths of a basin (ny, nx), in words."""
    water = ~wall
    unknown = water & ~np.isfinite(depth)
    found = []
    if unknown.any():
        rows, columns = np.nonzero(unknown)
        at_edge = int((unknown & _edge(unknown.shape)).sum())
        found.append(
            f"basin: {int(unknown.sum())} cells of water have no depth, {at_edge} of them at the edge of the basin (rows "
            f"{rows.min()} to {rows.max()}, columns {columns.min()} to {columns.max()}); expected depths for the whole basin"
        )
    known = depth[water & np.isfinite(depth)]
    if known.size == 0:
        return found
    if float(known.max()) <= 0.0:
        found.append(
            f"basin: no cell lies below the level of {level:g} m; expected depths positive down, on the datum of the level"
        )
    elif float(np.mean(known > 0.0)) < LEAST_SEA:
        found.append(
            f"basin: only {100.0 * float(np.mean(known > 0.0)):.0f} % of the drawn sea lies below the level of {level:g} m; "
            "expected depths positive down (elevations positive up), on the datum of the level"
        )
    if float(known.max()) > DEEPEST:
        found.append(
            f"basin: the deepest water is {float(known.max()):,.0f} m; expected at most {DEEPEST:,.0f} m, else the unit of "
            "the depths is wrong"
        )
    return found


def open_up(basin: Basin, inside: Mask) -> Basin:
    """A basin whose water goes on beyond `inside` (ny, nx): the cells at that edge are held."""
    bed = basin.bed
    beyond = np.asarray(ndimage.binary_dilation(~inside)) | _edge(inside.shape)
    opened = Bed(bed.spacing, bed.height, bed.manning, bed.turn, bed.wall, ~bed.wall & beyond)
    return Basin(basin.plane, basin.grid, opened, basin.level)


def nest(basin: Basin, *, deepest: float = NEST_ENDS) -> Basin:
    """The shallow part of a basin: it ends where the water is deeper, at a rim whose level the coarse sea gives."""
    bed = basin.bed
    depth = basin.level - bed.height
    shallow = ~bed.wall & (depth <= deepest)
    labels, count = ndimage.label(shallow)
    if count == 0:
        raise BasinError(f"nest: no water is shallower than {deepest:g} m; expected some")
    shallow = labels == int(np.bincount(labels.ravel())[1:].argmax()) + 1
    beyond = np.asarray(ndimage.binary_dilation(shallow, iterations=RIM)) & ~bed.wall & ~shallow
    beyond |= shallow & _edge(shallow.shape) & ~bed.wall
    height = np.where(beyond, np.maximum(bed.height, basin.level - deepest), bed.height)
    nested = Bed(bed.spacing, height, bed.manning, bed.turn, ~(shallow | beyond), beyond)
    return Basin(basin.plane, basin.grid, nested, basin.level)


def _edge(shape: tuple[int, ...]) -> Mask:
    """The outermost cells."""
    edge = np.zeros(shape, np.bool_)
    edge[[0, -1], :] = edge[:, [0, -1]] = True
    return edge


def roughness(depth: Doubles, reeds: Mask) -> Singles:
    """Manning's n [s m-1/3] of beds: plain, reeds where they stand, and enough for the least drag of deep water."""
    least = np.sqrt(DEEP_DRAG * np.cbrt(np.maximum(np.nan_to_num(depth), 0.1)) / 9.81)
    plain = np.maximum(PLAIN, least)
    return np.where(reeds & (depth < REED_DEPTH), REEDS, plain).astype(np.float32)


def turns(plane: SitePlane, grid: Grid) -> Singles:
    """Coriolis parameter of each row, at the middle of the grid [s-1]."""
    middle = np.full(grid.ny, 0.5 * (grid.bounds[0] + grid.bounds[2]))
    _, latitude = plane.to_geographic(middle, grid.y)
    return np.asarray(2.0 * EARTH_TURN * np.sin(np.radians(latitude)), np.float32)


def river_source(basin: Basin, rivers: tuple[River, ...], month: float) -> Singles:
    """What rivers add to each cell [m s-1]: every mouth to the water around it, so that no cell of a shallow heaps up."""
    grid, source = basin.grid, np.zeros(basin.grid.shape, np.float32)
    wet = basin.active & (basin.bed.height < basin.level - LEAST_MOUTH)
    rows, columns = np.nonzero(wet)
    x, y = grid.x[columns], grid.y[rows]
    west, south, east, north = grid.bounds
    for river in rivers:
        for longitude, latitude, share in river.mouths:
            at_x, at_y = (float(each) for each in basin.plane.to_plane(longitude, latitude))
            if rows.size == 0 or not (west <= at_x <= east and south <= at_y <= north):
                continue
            distance = np.hypot(x - at_x, y - at_y)
            near = distance <= float(distance.min()) + MOUTH
            added = share * river.at(month) / (int(near.sum()) * grid.spacing**2)
            source[rows[near], columns[near]] += np.float32(added)
    return source
