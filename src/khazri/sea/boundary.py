"""Open boundaries: what the level is where the sea goes on beyond the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

G: Final = 9.81
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

    Astronomical arguments and nodal corrections belong into amplitude and phase: they are the caller's.
    """
    level = np.array(mean, np.float64)
    for each in constituents:
        speed = np.radians(CONSTITUENTS[each.name]) / 3600.0
        level += each.amplitude * np.cos(speed * time - np.asarray(each.phase))
    return level


@dataclass(frozen=True)
class Faces:
    """Through which face each held cell is open to the sea inside: index into u or v, and the outward sign."""

    in_u: Mask  # (n,) else in v
    face: Indices  # flat index
    sign: Doubles  # +1 where the outward flow is towards +x or +y; 0: no face to the inside


def faces_of(held: Mask, wall: Mask) -> Faces:
    """The first open side of every held cell, in the order west, east, south, north."""
    inside = np.pad(~held & ~wall, 1)
    rows, columns = np.nonzero(held)
    nx = held.shape[1]
    in_u, face, sign = np.zeros(rows.size, bool), np.zeros(rows.size, np.int64), np.zeros(rows.size)
    r, c = rows + 1, columns + 1
    sides = (
        (inside[r, c - 1], True, rows * (nx + 1) + columns, 1.0),
        (inside[r, c + 1], True, rows * (nx + 1) + columns + 1, -1.0),
        (inside[r - 1, c], False, rows * nx + columns, 1.0),
        (inside[r + 1, c], False, (rows + 1) * nx + columns, -1.0),
    )
    for is_open, along_x, index, outward in sides:
        new = is_open & (sign == 0.0)
        in_u[new], face[new], sign[new] = along_x, index[new], outward
    return Faces(in_u, face, sign)


def radiated(given: Doubles, depth: Doubles, u: Singles, v: Singles, faces: Faces) -> Doubles:
    """Level of the held cells that lets waves out (n,) [m]: given + outward speed sqrt(h / g).

    given  level of the sea outside, whose own current counts as nought [m]

    Source: Flather (1976).
    """
    through = np.where(faces.in_u, u.reshape(-1)[np.where(faces.in_u, faces.face, 0)], 0.0)
    through = np.where(faces.in_u, through, v.reshape(-1)[np.where(faces.in_u, 0, faces.face)])
    return np.asarray(given + faces.sign * through * np.sqrt(np.maximum(depth, 0.0) / G), np.float64)
