"""The particles: a structure of arrays, one flat pool for all releases and ensemble members, in order of birth."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from khazri.engine.owners import OWNERS, STATUSES

BLOCK: Final = 512  # particles whose scratch stays in the cache, and whose masses are summed together
ARRIVING: Final = 0x80  # flag on a status: reached the shore in this step, not yet taken by it

# bits of `marks`, and their names in a frame
MARK_NAMES: Final = ("no_forcing", "not_finite", "no_segment", "blocked")

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


class Pool(NamedTuple):
    """Arrays (capacity,), rows in use first: 62 bytes a particle. The row is the particle's ident.

    The kernels see the same memory as a few two-dimensional arrays; see `Columns`.
    """

    x: Doubles  # on the plane [m]
    y: Doubles
    z: Singles  # [m], negative below the surface
    mass: Singles  # oil left [kg]
    evaporated: Singles  # how far the oil's composition has evaporated [1]
    water: Singles  # fraction of the emulsion [1]
    dissolved: Singles  # of the mass released [1]
    area: Singles  # of the patch it was released with [m2]; 0: not spread yet
    diameter: Singles  # of the droplet [m], 0 at the surface
    density: Singles  # of the emulsion [kg m-3]
    viscosity: Singles  # kinematic, of the emulsion [m2 s-1]
    thickness: Singles  # of the thick film [m], 0 where not at the surface
    number: npt.NDArray[np.uint32]  # within its release and member: what its noise is keyed by
    release: npt.NDArray[np.uint16]
    member: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint8]


class Columns(NamedTuple):
    """The memory of a pool as the kernels take it."""

    place: Doubles  # (2, n): x, y
    real: Singles  # (10, n): z to thickness
    number: npt.NDArray[np.uint32]  # (n,)
    origin: npt.NDArray[np.uint16]  # (2, n): release, member
    flag: npt.NDArray[np.uint8]  # (2, n): status, marks


class Tallies(NamedTuple):
    """Sums per block of `BLOCK` particles, added in block order afterwards."""

    held: Doubles  # (blocks, OWNERS) mass by status
    moved: Doubles  # (blocks, OWNERS) mass handed over in this step to owners that no particle holds
    counts: npt.NDArray[np.int64]  # (blocks, STATUSES + marks)
    box: Doubles  # (blocks, 4)


def empty_columns(capacity: int) -> Columns:
    """Unused rows, a whole number of blocks."""
    n = -(-max(capacity, 1) // BLOCK) * BLOCK
    return Columns(
        np.zeros((2, n)), np.zeros((10, n), np.float32), np.zeros(n, np.uint32), np.zeros((2, n), np.uint16),
        np.zeros((2, n), np.uint8),
    )  # fmt: skip


def pool_of(columns: Columns) -> Pool:
    """The same memory, by name."""
    return Pool._make((*columns.place, *columns.real, columns.number, *columns.origin, *columns.flag))


def empty_tallies(size: int) -> Tallies:
    """Tallies for a pool of `size` rows."""
    blocks = size // BLOCK
    counts = np.zeros((blocks, STATUSES + len(MARK_NAMES)), np.int64)
    return Tallies(np.zeros((blocks, OWNERS)), np.zeros((blocks, OWNERS)), counts, np.zeros((blocks, 4)))
