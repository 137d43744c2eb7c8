"""What a crew makes of the oil within its sight: outlines and appearance, misjudged; never the truth.

The film of a patch is the volume of emulsion in its cells over their area, as it would look from above. Crews misjudge its
thickness and its area by a factor of about two (area is the main error), and its place by a few per cent of the distance;
the errors are hashes of (seed, unit, step). Night is not modelled: units see as by day.

Source: Bonn Agreement Oil Appearance Code (2004, code limits in micrometres); observer error: RESPONSE notes, not validated.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from khazri.engine.owners import Status
from khazri.engine.site import SiteState
from khazri.physics.noise import OBSERVATION, member_key, normal_pair, philox4x32
from khazri.response.fleet import Unit
from khazri.response.track import Point
from khazri.response.vessel import Vessel

Code = Literal[1, 2, 3, 4, 5]
Doubles = npt.NDArray[np.float64]

EVERY: Final = 600.0  # [s] between two looks of a unit
CELL: Final = 150.0  # [m] below which a crew does not tell patches apart
LIMITS: Final = (0.04e-6, 0.3e-6, 5e-6, 50e-6, 200e-6)  # least film of each code [m]
THICK: Final = 4  # codes from here on are worth skimming
MOST_PATCHES: Final = 6  # that a crew reports of thin and of thick oil
WORST: Final = 1.5  # errors beyond so many standard deviations are not made
PLACE_ERROR: Final = 0.03  # of the distance


@dataclass(frozen=True)
class Patch:
    """Oil as it was seen: a closed ring on the plane [m]."""

    ring: tuple[Point, ...]
    code: Code


@dataclass(frozen=True)
class Look:
    """One look around: patches, thin ones first; and the films made out, for who seeks oil."""

    patches: tuple[Patch, ...]
    places: Doubles  # (n, 2) centres of cells with oil [m]
    films: Doubles  # (n,) as judged [m]


def is_due(vessel: Vessel, time: float) -> bool:
    """Whether a unit looks around at `time`: under way, and not more often than every ten minutes."""
    at_sea = vessel.phase not in ("berthed", "mobilising", "offloading")
    return at_sea and (vessel.looked < 0.0 or time - vessel.looked >= EVERY)


def code_of(film: float) -> int:
    """Bonn Agreement code of a film [m]; 0: nothing to be seen."""
    return int(np.searchsorted(LIMITS, film, side="right"))


def look_around(unit: Unit, vessel: Vessel, state: SiteState, *, visibility: float, seed: int) -> Look:
    """What the unit sees now; of an ensemble, the first member."""
    reach = min(unit.sight, visibility)
    found = _cells(vessel.point, reach, state)
    if found is None:
        return Look((), np.zeros((0, 2)), np.zeros(0))
    corner, films = found
    errors = _errors(unit, state, seed)
    judged = films * 2.0 ** next(errors)
    seen = judged >= LIMITS[0]
    rows, columns = np.nonzero(seen)
    places = np.column_stack([corner[0] + (columns + 0.5) * CELL, corner[1] + (rows + 0.5) * CELL])
    thick = judged >= LIMITS[THICK - 1]
    thin = np.where(thick, 0.0, judged)
    patches = [
        *_patches(seen, thin, corner, eye=vessel.point, errors=errors, codes=range(1, THICK)),
        *_patches(thick, judged, corner, eye=vessel.point, errors=errors, codes=range(THICK, 6)),
    ]
    return Look(tuple(patches), places, judged[seen])


def _cells(point: Point, reach: float, state: SiteState) -> tuple[Point, Doubles] | None:
    """South-west corner of a raster about `point`, and the film in its cells [m]; None: no oil within reach."""
    pool, n = state.pool, state.living
    x, y, status = pool.x[:n], pool.y[:n], pool.status[:n]
    near = (np.abs(x - point[0]) <= reach) & (np.abs(y - point[1]) <= reach) & (pool.member[:n] == 0)
    index = np.flatnonzero(near & ((status == Status.AFLOAT) | (status == Status.BOOMED)))
    index = index[np.hypot(x[index] - point[0], y[index] - point[1]) <= reach]
    if not index.size:
        return None
    columns, rows = np.floor(x[index] / CELL).astype(np.int64), np.floor(y[index] / CELL).astype(np.int64)
    west, south = int(columns.min()), int(rows.min())
    shape = (int(rows.max()) - south + 1, int(columns.max()) - west + 1)
    mass, water = pool.mass[index].astype(np.float64), pool.water[index].astype(np.float64)
    volume = mass / np.maximum(1.0 - water, 0.05) / np.maximum(pool.density[index].astype(np.float64), 500.0)
    cell = (rows - south) * shape[1] + columns - west
    films = np.bincount(cell, volume, shape[0] * shape[1]).reshape(shape) / CELL**2
    return (west * CELL, south * CELL), films


def _errors(unit: Unit, state: SiteState, seed: int) -> Iterator[float]:
    """Standard normals, held within bounds: a hash of seed, site, unit and step."""
    key = (np.uint32(seed & 0xFFFFFFFF), member_key(np.uint32(state.site), np.uint32(0)))
    name, step = np.uint32(zlib.crc32(unit.ident.encode())), np.uint32(state.step)
    for count in range(256):
        words = philox4x32(name, step, np.uint32(OBSERVATION << 8 | count), np.uint32(0), *key)
        yield float(np.clip(float(normal_pair(words[0], words[1])[0]), -WORST, WORST))


def _patches(
    mask: npt.NDArray[np.bool_], films: Doubles, corner: Point, *, eye: Point, errors: Iterator[float], codes: range
) -> Iterator[Patch]:
    """The largest patches of `mask` as the crew draws them."""
    labels, count = ndimage.label(mask, np.ones((3, 3), np.int64))
    if not count:
        return
    each = np.arange(1, count + 1)
    volumes = ndimage.sum_labels(films, labels, each)
    for label in each[np.argsort(-volumes, kind="stable")][:MOST_PATCHES]:
        rows, columns = np.nonzero(labels == label)
        film = films[rows, columns]
        code = code_of(float(film[film > 0.0].mean())) if (film > 0.0).any() else codes[-1]
        west, south = corner[0] + columns * CELL, corner[1] + rows * CELL
        shape = shapely.union_all(shapely.box(west, south, west + CELL, south + CELL))
        yield Patch(_drawn(shape, eye, errors), cast("Code", min(max(code, codes[0]), codes[-1])))


def _drawn(shape: BaseGeometry, eye: Point, errors: Iterator[float]) -> tuple[Point, ...]:
    """The outline, its corners rounded, its area and place misjudged."""
    smooth = shape.buffer(CELL).buffer(-0.75 * CELL).simplify(0.35 * CELL)
    outline = smooth if isinstance(smooth, shapely.Polygon) else smooth.convex_hull
    ring = shapely.get_coordinates(shapely.get_exterior_ring(outline))
    centre = ring[:-1].mean(axis=0)
    stretch = 2.0 ** (0.5 * next(errors))  # of lengths: the square root of the area's factor
    away = PLACE_ERROR * math.dist(eye, (float(centre[0]), float(centre[1])))
    shift = np.array([next(errors), next(errors)]) * away
    drawn = centre + shift + stretch * (ring - centre)
    return tuple((float(x), float(y)) for x, y in drawn)
