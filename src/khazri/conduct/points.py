"""The oil as points for a browser: quantised, thinned, one small binary record each (CONTRACTS: live frames).

Little endian: "KHZ1", uint32 step, float64 time, float32 west, south, east, north [degrees], uint32 n, then n times
(uint16 x, uint16 y, uint8 status, uint8 code): x and y span the box, the code is that of appearance (Bonn), 0 below it.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.owners import Status
from khazri.engine.site import SiteInputs, SiteState
from khazri.report.values import BAOAC_LIMITS

MAGIC: Final = b"KHZ1"
HEADER: Final = struct.Struct("<4sId4fI")
RECORD: Final = np.dtype([("x", "<u2"), ("y", "<u2"), ("status", "u1"), ("code", "u1")])
MOST_POINTS: Final = 10_000
CELL: Final = 100.0  # [m], over which a film is averaged for its code of appearance
_FULL: Final = 65_535
_MARGIN: Final = 1.02  # of the box's half width, so that points on its edge stay inside after rounding


def encode(state: SiteState, inputs: SiteInputs, *, most: int = MOST_POINTS) -> bytes:
    """All oil that can be met, or a sample of it by mass: each point drawn stands for as much oil as the others."""
    pool, living = state.pool, state.living
    status = pool.status[:living]
    chosen = np.flatnonzero(status <= Status.IN_ICE)
    if chosen.size > most:
        chosen = sample(chosen, pool.mass[chosen].astype(np.float64), most)
    x, y = pool.x[chosen], pool.y[chosen]
    longitude, latitude = inputs.terrain.plane.to_geographic(x, y)
    box = _box(longitude, latitude)
    records = np.empty(chosen.size, RECORD)
    records["x"] = _quantised(longitude, box[0], box[2])
    records["y"] = _quantised(latitude, box[1], box[3])
    records["status"] = status[chosen]
    records["code"] = np.searchsorted(np.asarray(BAOAC_LIMITS), film_about(state)[chosen], side="right")
    time = state.step * inputs.numerics.dt
    return HEADER.pack(MAGIC, state.step, time, *box, chosen.size) + records.tobytes()


def film_about(state: SiteState) -> npt.NDArray[np.float64]:
    """Mean film of the cell that each particle floats in [m], as a crew would see it from above; 0 below the surface.

    Emulsion of all floating particles over cells of `CELL`; the thick film of the particles themselves (ruling 3) is what
    units and weathering work with, and hardly ever thin enough to tell one place from another.
    """
    pool, living = state.pool, state.living
    film = np.zeros(living)
    floating = np.flatnonzero(np.isin(pool.status[:living], (Status.AFLOAT, Status.BOOMED)))
    if not floating.size:
        return film
    bulk = pool.mass[floating] / np.maximum(1.0 - pool.water[floating], 0.01)
    volume = bulk / np.maximum(pool.density[floating], 1.0)
    columns = np.floor(pool.x[floating] / CELL).astype(np.int64)
    rows = np.floor(pool.y[floating] / CELL).astype(np.int64)
    _, cell = np.unique(columns * (1 << 32) + rows, return_inverse=True)
    film[floating] = np.bincount(cell, weights=volume)[cell] / CELL**2
    return film


def sample(chosen: npt.NDArray[np.int64], mass: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.int64]:
    """`most` of the rows at most, evenly along their summed mass: heavy ones surely, light ones by their share."""
    along = np.cumsum(mass)
    if not along[-1] > 0.0:
        return chosen[:: -(-chosen.size // most)]
    marks = (np.arange(most) + 0.5) * (along[-1] / most)
    rows = np.unique(np.searchsorted(along, marks, side="right"))
    found: npt.NDArray[np.int64] = chosen[np.minimum(rows, chosen.size - 1)]
    return found


def _box(longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]) -> tuple[float, float, float, float]:
    """West, south, east, north as float32 holds them, a little wider than the points."""
    if not longitude.size:
        return (0.0, 0.0, 0.0, 0.0)
    edges = []
    for values in (longitude, latitude):
        middle = 0.5 * (float(values.min()) + float(values.max()))
        half = _MARGIN * max(float(values.max()) - middle, 1e-3)
        edges.append((float(np.float32(middle - half)), float(np.float32(middle + half))))
    (west, east), (south, north) = edges
    return (west, south, east, north)


def _quantised(values: npt.NDArray[np.float64], low: float, high: float) -> npt.NDArray[np.uint16]:
    if high <= low:
        return np.zeros(values.size, np.uint16)
    scaled = np.rint((values - low) / (high - low) * _FULL)
    return np.clip(scaled, 0, _FULL).astype(np.uint16)
