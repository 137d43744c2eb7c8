"""What lies under and around the water of one site, as rasters on its plane. Built by `geo`, read by `engine`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane

WATER, LAND, OUTSIDE = 0, 1, 2
FETCH_SECTORS = 16


class ShoreType(IntEnum):
    """Kinds of shore that hold and release oil differently (holding and half-lives: `physics.shore`)."""

    ROCK = 0
    MAN_MADE = 1
    GRAVEL = 2
    SAND_GRAVEL = 3
    SAND = 4
    EXPOSED_FLAT = 5
    SHELTERED_FLAT = 6
    REEDS_MARSH = 7


@dataclass(frozen=True)
class ShoreSegments:
    """Stretches of shore, one row each (n,)."""

    kind: npt.NDArray[np.uint8]  # ShoreType
    length: npt.NDArray[np.float32]  # along the shore [m]
    width: npt.NDArray[np.float32]  # of the band that takes oil [m]
    x: npt.NDArray[np.float64]  # middle of the segment on the plane [m]
    y: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return int(self.kind.size)


@dataclass(frozen=True)
class Terrain:
    """Rasters of one site at its water level; arrays are (ny, nx) on `grid` unless said otherwise."""

    plane: SitePlane
    grid: Grid
    level: float  # water level [m, Baltic datum]
    surface: npt.NDArray[
        np.uint8
    ]  # WATER, LAND or OUTSIDE (beyond the site's area: particles there have left the domain)
    depth: npt.NDArray[np.float32]  # of the water now [m], positive down; 0 on land
    shore_distance: npt.NDArray[np.float32]  # to the nearest water-land edge [m], negative on land
    segment: npt.NDArray[
        np.int32
    ]  # shore segment that a land cell at the waterline (or a water cell next to it) belongs to; -1 none
    segments: ShoreSegments
    fetch_grid: Grid  # coarser than `grid`
    fetch: npt.NDArray[
        np.float32
    ]  # (FETCH_SECTORS, ny, nx) on fetch_grid: open water upwind [m], sector 0 = wind from +y, clockwise
    notes: tuple[str, ...]  # what was assumed, in words for the report
    attributions: tuple[str, ...]  # sources that every output must name
    bed: npt.NDArray[np.float32] | None = (
        None  # depth of the bed below `level` [m], negative where a flat stands above it; NaN: never wet, at no level
    )
