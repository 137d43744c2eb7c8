"""Open boundaries: what the level is where the sea goes on beyond the grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# Speeds of the chief constituents [degrees per hour]: Schureman (1958).
CONSTITUENTS: Final[dict[str, float]] = {
    "M2": 28.9841042,
    "S2": 30.0,
    "N2": 28.4397295,
    "K2": 30.0821373,
    "K1": 15.0410686,
    "O1": 13.9430356,
    "P1": 14.9589314,
    "Q1": 13.3986609,
    "M4": 57.9682084,
    "MS4": 58.9841042,
}


@dataclass(frozen=True)
class Constituent:
    """One harmonic of the tide at each held cell: arrays (n,), or one number for all."""

    name: str
    amplitude: Doubles | float  # [m]
    phase: Doubles | float  # lag behind time 0 [rad]

    def __post_init__(self) -> None:
        if self.name not in CONSTITUENTS:
            raise ValueError(f"tide: constituent is {self.name}; expected one of {', '.join(CONSTITUENTS)}")


def tide_level(time: float, constituents: tuple[Constituent, ...], mean: Doubles) -> Doubles:
    """Level of the held cells (n,) [m] at a time [s]: sum of a cos(w t - phase) over the mean.

    Astronomical arguments and nodal corrections belong into amplitude and phase: `khazri.sea.tide.at_moment` puts them there.
    """
    level = np.array(mean, np.float64)
    for each in constituents:
        speed = np.radians(CONSTITUENTS[each.name]) / 3600.0
        level += each.amplitude * np.cos(speed * time - np.asarray(each.phase))
    return level


@dataclass(frozen=True)
class Edge:
    """What stands at the held cells of a basin, in their order (row by row)."""

    level: Callable[
        [float], Doubles
    ]  # (n,) at seconds from the start of the run [m above the water level of the basin]
    stiff: Mask  # (n,) cells whose level is prescribed; the others let waves out


def rim_of(held: Mask | None, wall: Mask) -> Indices:
    """The held cells row by row (n, 5), and the face through which each is open to the sea inside.

    Row, column, 1 where the face is a western or eastern one, its index along the row (or the column), and the outward
    sign: +1 where water that leaves flows towards +x or +y; 0 where no side is open. The first open side counts, in the
    order west, east, south, north.
    """
    if held is None:
        return np.zeros((0, 5), np.int64)
    inside = np.pad(~held & ~wall, 1)
    rows, columns = np.nonzero(held)
    rim = np.zeros((rows.size, 5), np.int64)
    rim[:, 0], rim[:, 1] = rows, columns
    r, c = rows + 1, columns + 1
    sides = (
        (inside[r, c - 1], 1, columns, 1),
        (inside[r, c + 1], 1, columns + 1, -1),
        (inside[r - 1, c], 0, rows, 1),
        (inside[r + 1, c], 0, rows + 1, -1),
    )
    for is_open, along_x, index, outward in sides:
        new = is_open & (rim[:, 4] == 0)
        rim[new, 2], rim[new, 3], rim[new, 4] = along_x, index[new], outward
    return rim
