"""What a crew makes of the oil within its sight: outlines and appearance, misjudged; never the truth.

The film of a patch is the volume of emulsion in its cells over their area (before a boom: over a strip along it). Crews misjudge its
thickness and its area by a factor of about two (area is the main error), and its place by a few per cent of the distance;
the errors are hashes of (seed, unit, step). Whoever is there to look sees all along the way since the last look, by every sensor
(`sensors`); radar outlines films without telling how thick, and look-alikes are among what is reported (`lookalikes`).

Source: Bonn Agreement Oil Appearance Code (2004, code limits in micrometres); observer error: RESPONSE notes, not validated.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.kernels import sighting
from khazri.engine.site import SiteState
from khazri.response.fleet import Unit
from khazri.response.outlines import outlines_of
from khazri.response.sensors import Gaze, Sensor
from khazri.response.slick import CELL, Slick, slick_of
from khazri.response.track import Point
from khazri.response.vessel import Vessel

Code = Literal[1, 2, 3, 4, 5]
Doubles = npt.NDArray[np.float64]

EVERY: Final = 600.0  # [s] between two looks of a unit
LIMITS: Final = (0.04e-6, 0.3e-6, 5e-6, 50e-6, 200e-6)  # least film of each code [m]
THICK: Final = 4  # codes from here on are worth skimming
MOST_PATCHES: Final = 6  # that a crew reports of thin and of thick oil
LEAST_CELLS: Final = 3  # of a patch that is reported, where there are larger ones
WORST: Final = 1.5  # errors beyond so many standard deviations are not made
PLACE_ERROR: Final = 0.03  # of the distance
ERRORS: Final = 192  # of the errors of a look; the rest is for radar
MADE_OUT: Final = 1e-12  # [m]; a look holds no thinner film that is not 0
ROUGH: Final = 0.35  # of a cell that an outline may be off the edge of its cells


@dataclass(frozen=True)
class Patch:
    """Oil as it was seen: a closed ring on the plane [m]."""

    ring: tuple[Point, ...]
    code: Code
    sensor: Sensor = "eye"


@dataclass(frozen=True)
class Look:
    """The films that a crew makes out: a raster with its south-west corner at `corner`; 0 where it sees none."""

    corner: Point  # on the plane [m]
    films: Doubles  # (rows, columns) as judged [m]

    @property
    def places(self) -> Doubles:
        """Centres of the cells with oil (n, 2) [m]."""
        rows, columns = np.nonzero(self.films)
        return np.column_stack([self.corner[0] + (columns + 0.5) * CELL, self.corner[1] + (rows + 0.5) * CELL])

    def at(self, point: Point) -> float:
        """The film at a place [m]."""
        row, column = (math.floor((point[axis] - self.corner[axis]) / CELL) for axis in (1, 0))
        within = 0 <= row < self.films.shape[0] and 0 <= column < self.films.shape[1]
        return float(self.films[row, column]) if within else 0.0

    @property
    def sees_oil(self) -> bool:
        """Whether there is any."""
        return bool(self.films.any())


def is_due(vessel: Vessel, time: float) -> bool:
    """Whether a unit looks around at `time`: under way, and not more often than every ten minutes."""
    at_sea = vessel.phase not in ("berthed", "mobilising", "offloading", "refuelling", "resting")
    if vessel.path and not at_sea:  # it came home since its last look
        return True
    return at_sea and (vessel.looked < 0.0 or time - vessel.looked >= EVERY)


def code_of(film: float) -> int:
    """Bonn Agreement code of a film [m]; 0: nothing to be seen."""
    return int(np.searchsorted(LIMITS, film, side="right"))


def look_around(
    unit: Unit,
    vessel: Vessel,
    state: SiteState,
    *,
    gaze: Gaze,
    seed: int,
    way: tuple[Point, ...] = (),
    slick: Slick | None = None,
) -> Look:
    """What the unit sees now by one sensor, from where it is or along its `way`; `slick`: that of `state`, where it is made."""
    corner, films = _cells(way or (vessel.point,), gaze, slick_of(state) if slick is None else slick)
    judged = films * 2.0 ** float(_errors(unit, state, seed, first=0, count=1)[0])
    return Look(corner, np.where(judged >= gaze.least_film, judged, 0.0))


def report(look: Look, unit: Unit, vessel: Vessel, state: SiteState, *, seed: int) -> tuple[Patch, ...]:
    """The patches that a crew draws of what it makes out, thin ones first."""
    thick = LIMITS[THICK - 1]
    thin = outlines_of(look.films, least=MADE_OUT, most=thick, patches=MOST_PATCHES, cells=LEAST_CELLS)
    heavy = outlines_of(look.films, least=thick, most=math.inf, patches=MOST_PATCHES, cells=LEAST_CELLS)
    errors = _errors(unit, state, seed, first=1, count=3 * (len(thin) + len(heavy)))
    rings = _drawn([patch.ring for patch in (*thin, *heavy)], look.corner, vessel.point, errors)
    codes = [*(_held(patch.film, 1, THICK - 1) for patch in thin), *(_held(patch.film, THICK, 5) for patch in heavy)]
    return tuple(Patch(ring, code) for ring, code in zip(rings, codes, strict=True))


def report_echoes(
    look: Look, unit: Unit, vessel: Vessel, state: SiteState, *, seed: int, code: Code
) -> tuple[Patch, ...]:
    """The patches that radar shows: where, and nothing of how thick; `code` is that of the thinnest film that it shows."""
    found = outlines_of(look.films, least=MADE_OUT, most=math.inf, patches=MOST_PATCHES, cells=LEAST_CELLS)
    errors = _errors(unit, state, seed, first=ERRORS, count=3 * len(found))
    rings = _drawn([patch.ring for patch in found], look.corner, vessel.point, errors)
    return tuple(Patch(ring, code, "radar") for ring in rings)


def _held(film: float, low: int, high: int) -> Code:
    """The code of a patch's mean film, within those of its class; where none of it counts, the thickest of them."""
    return cast("Code", min(max(code_of(film) if film > 0.0 else high, low), high))


def _cells(way: tuple[Point, ...], gaze: Gaze, slick: Slick) -> tuple[Point, Doubles]:
    """South-west corner of a raster about the oil within reach, and the film in its cells [m]."""
    far = gaze.far + 0.5 * CELL  # to the middle of a cell whose near side is seen
    seen = np.empty(slick.films.size, np.int64)
    count = sighting.list_in_sight(slick.x, slick.y, np.array(way, np.float64), gaze.near, far, seen)
    if not count:
        return way[-1], np.zeros((1, 1))
    seen = seen[:count]
    columns, rows = slick.columns[seen], slick.rows[seen]
    first, low = int(columns.min()), int(rows.min())
    films = np.zeros((int(rows.max()) - low + 1, int(columns.max()) - first + 1))
    films[rows - low, columns - first] = slick.films[seen]
    return (first * CELL, low * CELL), films


def _errors(unit: Unit, state: SiteState, seed: int, *, first: int, count: int) -> Doubles:
    """Standard normals, held within bounds: hashes of seed, site, unit and step."""
    errors = np.empty(count)
    sighting.misjudge(_name(unit.ident), state.step, state.site, seed & 0xFFFFFFFF, first, WORST, errors)
    return errors


@lru_cache(maxsize=4096)
def _name(ident: str) -> int:
    return zlib.crc32(ident.encode())


def _drawn(rings: list[Doubles], corner: Point, eye: Point, errors: Doubles) -> list[tuple[Point, ...]]:
    """Outlines in cells as the crew draws them: without small corners, their areas and places misjudged (three errors each)."""
    if not rings:
        return []
    which = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    outlines = np.asarray(shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=which)))
    simple = np.asarray(shapely.simplify(outlines, ROUGH, preserve_topology=False))  # ten times faster than with
    poor = ~shapely.is_valid(simple) | shapely.is_empty(simple)
    if poor.any():
        simple[poor] = shapely.simplify(outlines[poor], ROUGH)
    drawn, which = shapely.get_coordinates(shapely.get_exterior_ring(simple), return_index=True)
    drawn = drawn * CELL + np.array(corner)
    found = []
    for k, (first, last) in enumerate(pairwise(np.searchsorted(which, np.arange(len(rings) + 1)).tolist())):
        ring = drawn[first:last]
        centre = ring[:-1].mean(axis=0)
        stretch = 2.0 ** (0.5 * float(errors[3 * k]))  # of lengths: the square root of the area's factor
        away = PLACE_ERROR * math.dist(eye, (float(centre[0]), float(centre[1])))
        placed = centre + errors[3 * k + 1 : 3 * k + 3] * away + stretch * (ring - centre)
        found.append(tuple((x, y) for x, y in placed.tolist()))
    return found
