"""What looks like oil and is none: calm water, algae, current fronts. It deceives radar always, eyes and infrared now and then.

Per square of 20 km and six hours there is one with a chance of 4 %, at a place that hangs on seed and square only: whoever looks
there meets the same. Crews on the water are not deceived, so that a vessel can tell.

Source: EMSA CleanSeaNet finds that about half of the possible spills checked on the spot are none; rate and size are training
values of ours, not validated.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from khazri.physics.noise import member_key, philox4x32, uniform
from khazri.response.fleet import Unit
from khazri.response.sea import Sea
from khazri.response.sensors import Gaze, Sensor
from khazri.response.track import Point

SQUARE: Final = 20_000.0  # [m]
LASTS: Final = 21_600.0  # [s]
CHANCE: Final = 0.04  # in a square
DECEIVED: Final[dict[Sensor, float]] = {"radar": 1.0, "eye": 1.0 / 3.0, "infrared": 0.25}
TOLD_APART_BELOW: Final = 50.0  # [m] of height
SIZES: Final = (300.0, 1_500.0)  # long half axis [m]
NARROW: Final = 0.3  # of the long axis
STREAM: Final = 0x4C  # what these lots are keyed by, apart from those of `physics.noise`


def lookalikes(
    unit: Unit, sea: Sea, *, way: tuple[Point, ...], gaze: Gaze, site: int, seed: int
) -> tuple[tuple[Point, ...], ...]:
    """Rings on the plane of what the unit takes for oil and is none."""
    if unit.height < TOLD_APART_BELOW:
        return ()
    line = shapely.LineString(way) if len(way) > 1 else shapely.Point(way[0])
    found = []
    for place, ring, lot in _within(line.bounds, gaze.far, sea.time, site, seed):
        away = float(line.distance(shapely.Point(place)))
        believed = _heard(unit, lot) < DECEIVED[gaze.sensor]
        if gaze.near <= away <= gaze.far and believed and sea.waters.is_water(*sea.waters.cell(place)):
            found.append(ring)
    return tuple(found)


def _within(
    box: tuple[float, float, float, float], reach: float, time: float, site: int, seed: int
) -> Iterator[tuple[Point, tuple[Point, ...], np.uint32]]:
    """Those of the squares about a box: place, outline, and a word for who believes them."""
    west, south, east, north = (math.floor(edge / SQUARE) for edge in _widened(box, reach))
    key = (np.uint32(seed & 0xFFFFFFFF), member_key(np.uint32(site), np.uint32(0)))
    slot = np.uint32(int(time // LASTS) & 0xFFFFFFFF)
    for row in range(south, north + 1):
        for column in range(west, east + 1):
            square = np.uint32(column & 0xFFFFFFFF), np.uint32(row & 0xFFFFFFFF)
            first = philox4x32(*square, np.uint32(STREAM << 8), slot, *key)
            if float(uniform(first[0])) >= CHANCE:
                continue
            second = philox4x32(*square, np.uint32(STREAM << 8 | 1), slot, *key)
            place = ((column + float(uniform(first[1]))) * SQUARE, (row + float(uniform(first[2]))) * SQUARE)
            size = SIZES[0] + float(uniform(second[0])) * (SIZES[1] - SIZES[0])
            yield place, _ellipse(place, size, math.pi * float(uniform(second[1]))), second[2]


def _widened(box: tuple[float, float, float, float], by: float) -> tuple[float, float, float, float]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _ellipse(centre: Point, long_half: float, turn: float) -> tuple[Point, ...]:
    c, s = math.cos(turn), math.sin(turn)
    corners = []
    for k in range(17):
        a, b = long_half * math.cos(math.tau * k / 16), NARROW * long_half * math.sin(math.tau * k / 16)
        corners.append((centre[0] + c * a - s * b, centre[1] + s * a + c * b))
    return tuple(corners)


def _heard(unit: Unit, lot: np.uint32) -> float:
    """A number from 0 to 1 for this unit and this look-alike."""
    return float(zlib.crc32(unit.ident.encode() + int(lot).to_bytes(4, "little")) / 2.0**32)
