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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.engine.site import SiteState
from khazri.physics.noise import OBSERVATION, member_key, normal_pair, philox4x32
from khazri.response.fleet import Unit
from khazri.response.outlines import edge_of
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
    judged = films * 2.0 ** _error(unit, state, seed, 0)
    return Look(corner, np.where(judged >= gaze.least_film, judged, 0.0))


def report(look: Look, unit: Unit, vessel: Vessel, state: SiteState, *, seed: int) -> tuple[Patch, ...]:
    """The patches that a crew draws of what it makes out, thin ones first."""
    thick = look.films >= LIMITS[THICK - 1]
    thin = np.where(thick, 0.0, look.films)
    errors = (_error(unit, state, seed, count) for count in range(1, ERRORS))
    return (
        *_patches(look.films > 0.0, thin, look.corner, eye=vessel.point, errors=errors, codes=range(1, THICK)),
        *_patches(thick, look.films, look.corner, eye=vessel.point, errors=errors, codes=range(THICK, 6)),
    )


def report_echoes(
    look: Look, unit: Unit, vessel: Vessel, state: SiteState, *, seed: int, code: Code
) -> tuple[Patch, ...]:
    """The patches that radar shows: where, and nothing of how thick; `code` is that of the thinnest film that it shows."""
    errors = (_error(unit, state, seed, count) for count in range(ERRORS, 256))
    found = _patches(
        look.films > 0.0, look.films, look.corner, eye=vessel.point, errors=errors, codes=range(code, code + 1)
    )
    return tuple(Patch(patch.ring, code, "radar") for patch in found)


def _cells(way: tuple[Point, ...], gaze: Gaze, slick: Slick) -> tuple[Point, Doubles]:
    """South-west corner of a raster about the oil within reach, and the film in its cells [m]."""
    x, y = slick.x, slick.y
    far = gaze.far + 0.5 * CELL  # to the middle of a cell whose near side is seen
    (west, south), (east, north) = np.min(way, axis=0) - far, np.max(way, axis=0) + far
    index = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    away = _distance(x[index], y[index], way)
    index = index[(away <= far) & (away >= gaze.near)]
    if not index.size:
        return way[-1], np.zeros((1, 1))
    columns, rows = slick.columns[index], slick.rows[index]
    first, low = int(columns.min()), int(rows.min())
    films = np.zeros((int(rows.max()) - low + 1, int(columns.max()) - first + 1))
    films[rows - low, columns - first] = slick.films[index]
    return (first * CELL, low * CELL), films


def _distance(x: Doubles, y: Doubles, way: tuple[Point, ...]) -> Doubles:
    """Of places from a way [m]."""
    least = np.hypot(x - way[-1][0], y - way[-1][1])
    for (x0, y0), (x1, y1) in pairwise(way):
        dx, dy = x1 - x0, y1 - y0
        square = max(dx * dx + dy * dy, 1e-12)
        share = np.clip(((x - x0) * dx + (y - y0) * dy) / square, 0.0, 1.0)
        least = np.minimum(least, np.hypot(x - x0 - share * dx, y - y0 - share * dy))
    return least


def _error(unit: Unit, state: SiteState, seed: int, count: int) -> float:
    """A standard normal, held within bounds: a hash of seed, site, unit and step."""
    key = (np.uint32(seed & 0xFFFFFFFF), member_key(np.uint32(state.site), np.uint32(0)))
    name, step = np.uint32(zlib.crc32(unit.ident.encode())), np.uint32(state.step)
    words = philox4x32(name, step, np.uint32(OBSERVATION << 8 | count), np.uint32(0), *key)
    return float(np.clip(float(normal_pair(words[0], words[1])[0]), -WORST, WORST))


def _patches(
    mask: npt.NDArray[np.bool_], films: Doubles, corner: Point, *, eye: Point, errors: Iterator[float], codes: range
) -> Iterator[Patch]:
    """The largest patches of `mask` as the crew draws them."""
    labels, count = scipy.ndimage.label(mask, np.ones((3, 3), np.int64))
    if not count:
        return
    each = np.arange(1, count + 1)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    each = each[sizes >= min(LEAST_CELLS, int(sizes.max()))]
    volumes, boxes = scipy.ndimage.sum_labels(films, labels, each), scipy.ndimage.find_objects(labels)
    for label in each[np.argsort(-volumes, kind="stable")][:MOST_PATCHES]:
        box = boxes[int(label) - 1]
        mask = labels[box] == label
        film = films[box][mask]
        code = code_of(float(film[film > 0.0].mean())) if (film > 0.0).any() else codes[-1]
        west, south = corner[0] + box[1].start * CELL, corner[1] + box[0].start * CELL
        edge = np.array(edge_of(mask), np.float64) * CELL + (west, south)
        yield Patch(_drawn(shapely.Polygon(edge), eye, errors), cast("Code", min(max(code, codes[0]), codes[-1])))


def _drawn(shape: BaseGeometry, eye: Point, errors: Iterator[float]) -> tuple[Point, ...]:
    """The outline, its corners rounded, its area and place misjudged."""
    grown = shape.buffer(CELL, quad_segs=3).buffer(-0.75 * CELL, quad_segs=3)
    outline: BaseGeometry = shapely.polygons(
        shapely.get_exterior_ring(grown.convex_hull if _in_parts(grown) else grown)
    )
    drawn = outline.simplify(
        0.35 * CELL, preserve_topology=False
    )  # ten times faster than with, and as good but for a few
    if _in_parts(drawn) or drawn.is_empty or not drawn.is_valid:
        drawn = outline.simplify(0.35 * CELL)
    ring = shapely.get_coordinates(shapely.get_exterior_ring(drawn))
    centre = ring[:-1].mean(axis=0)
    stretch = 2.0 ** (0.5 * next(errors))  # of lengths: the square root of the area's factor
    away = PLACE_ERROR * math.dist(eye, (float(centre[0]), float(centre[1])))
    shift = np.array([next(errors), next(errors)]) * away
    return tuple((x, y) for x, y in (centre + shift + stretch * (ring - centre)).tolist())


def _in_parts(shape: BaseGeometry) -> bool:
    return shape.geom_type != "Polygon"
