"""The particles: a structure of arrays, one flat pool for all releases and ensemble members, in order of birth."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

BLOCK: Final = 512  # particles whose scratch stays in the cache, and whose masses are summed together
ARRIVING: Final = 0x80  # flag on a status: reached the shore in this step, not yet taken by it

# bits of `marks`, and their names in a frame
NO_FORCING: Final = 1
NOT_FINITE: Final = 2
NO_SEGMENT: Final = 4
STOPPED: Final = 8
MARK_NAMES: Final = ("no_forcing", "not_finite", "no_segment", "stopped")

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


class Pool(NamedTuple):
    """Arrays (capacity,), rows in use first: 62 bytes a particle. The row is the particle's ident."""

    x: Doubles  # on the plane [m]
    y: Doubles
    z: Singles  # [m], negative below the surface
    mass: Singles  # oil left [kg]
    evaporated: Singles  # how far the oil's composition has evaporated [1]
    water: Singles  # fraction of the emulsion [1]
    dissolved: Singles  # of the mass released [1]
    area: Singles  # of the patch it was released with [m2]
    diameter: Singles  # of the droplet [m], 0 at the surface
    density: Singles  # of the emulsion [kg m-3]
    viscosity: Singles  # kinematic, of the emulsion [m2 s-1]
    thickness: Singles  # of the thick film [m], 0 where not at the surface
    number: npt.NDArray[np.uint32]  # within its release and member: what its noise is keyed by
    release: npt.NDArray[np.uint16]
    member: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint8]


class Tallies(NamedTuple):
    """Sums per block of `BLOCK` particles, added in block order afterwards."""

    held: Doubles  # (blocks, OWNERS) mass by status
    moved: Doubles  # (blocks, OWNERS) mass handed over in this step to owners that no particle holds
    counts: npt.NDArray[np.int64]  # (blocks, STATUSES)
    marks: npt.NDArray[np.int64]  # (blocks, MARK_NAMES)
    box: Doubles  # (blocks, 4)


KINDS: Final[dict[str, type[np.generic]]] = {
    "x": np.float64, "y": np.float64, "number": np.uint32, "release": np.uint16, "member": np.uint16, "status": np.uint8,
    "marks": np.uint8,
}  # fmt: skip


def empty_pool(capacity: int) -> Pool:
    """A pool of unused rows, a whole number of blocks."""
    size = -(-max(capacity, 1) // BLOCK) * BLOCK
    return Pool(*(np.zeros(size, KINDS.get(name, np.float32)) for name in Pool._fields))


def empty_tallies(size: int) -> Tallies:
    """Tallies for a pool of `size` rows."""
    blocks = size // BLOCK
    return Tallies(
        np.zeros((blocks, 16)), np.zeros((blocks, 16)), np.zeros((blocks, 10), np.int64),
        np.zeros((blocks, len(MARK_NAMES)), np.int64), np.zeros((blocks, 4)),
    )  # fmt: skip
