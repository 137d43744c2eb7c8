"""How a skimming vessel goes over an area: back and forth across the wind, a swath apart, and never out of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.response.track import Point, Track
from khazri.response.waters import Waters

MOST_LEGS: Final = 200  # laid out at once; the rest follows when they are done
CALM: Final = 0.1  # [m s-1]; below it the wind has no direction to speak of


def sweep_track(
    waters: Waters, draft: float, ring: tuple[Point, ...], *, swath: float, wind: Point, near: Point
) -> Track | None:
    """Legs over the water inside `ring`, from the one nearest to `near` upwind, then the others; None: nothing to sweep."""
    area = shapely.Polygon(ring)
    inner = area.buffer(-0.5 * swath)
    if inner.is_empty:
        inner = area
    across = _across(wind, area)
    points: list[Point] = []
    at = near
    for leg in _legs(inner, across, swath, near):
        for a, b in _afloat(waters, draft, leg):
            start, stop = (a, b) if math.dist(at, a) <= math.dist(at, b) else (b, a)
            if points and not _open_way(waters, draft, area, at, start):
                continue
            points += [start, stop]
            at = stop
    return Track(tuple(points)) if len(points) > 1 else None


def _across(wind: Point, area: BaseGeometry) -> Point:
    """Unit vector of the legs: across the wind; in a calm, along the longer side of the area's box."""
    speed = math.hypot(*wind)
    if speed > CALM:
        return -wind[1] / speed, wind[0] / speed
    west, south, east, north = area.bounds
    return (1.0, 0.0) if east - west >= north - south else (0.0, 1.0)


def _legs(inner: BaseGeometry, across: Point, swath: float, near: Point) -> Iterator[tuple[Point, Point]]:
    """Pieces of parallel lines within `inner`: from the one nearest to `near` against the wind, then downwind of it."""
    ax, ay = across
    ux, uy = -ay, ax  # against the wind where `across` is the wind turned to the left
    corners = shapely.get_coordinates(inner)
    along, offset = corners @ np.array([ax, ay]), corners @ np.array([ux, uy])
    low, high = float(offset.min()), float(offset.max())
    reach = (float(along.min()) - 1.0, float(along.max()) + 1.0)
    first = min(max(near[0] * ux + near[1] * uy, low), high)
    up = np.arange(first, high + 0.5 * swath, swath)
    down = np.arange(first - swath, low - 0.5 * swath, -swath)
    for each in np.concatenate([up, down])[:MOST_LEGS]:
        s = min(max(float(each), low + 1e-6 * (high - low)), high - 1e-6 * (high - low))
        line = shapely.LineString([(t * ax + s * ux, t * ay + s * uy) for t in reach])
        cut = line.intersection(inner)
        for piece in getattr(cut, "geoms", [cut]):
            if isinstance(piece, shapely.LineString) and piece.length > 0.0:
                (x0, y0), (x1, y1) = piece.coords[0], piece.coords[-1]
                yield (float(x0), float(y0)), (float(x1), float(y1))


def _afloat(waters: Waters, draft: float, leg: tuple[Point, Point]) -> Iterator[tuple[Point, Point]]:
    """The parts of a leg on water deep enough."""
    (x0, y0), (x1, y1) = leg
    rows, columns, lengths = waters.cells_under(*leg)
    inside = (rows >= 0) & (columns >= 0) & (rows < waters.grid.ny) & (columns < waters.grid.nx)
    cost = waters.cost(draft)
    fine = np.array(
        [bool(ok) and bool(np.isfinite(cost[r, c])) for ok, r, c in zip(inside, rows, columns, strict=True)]
    )
    if fine.all():
        yield leg
        return
    ends = np.concatenate([[0.0], np.cumsum(lengths, dtype=np.float64)])
    total = float(ends[-1])
    edges = np.flatnonzero(np.diff(np.concatenate([[0], fine.astype(np.int8), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        low, high = float(ends[first]) / total, float(ends[last]) / total
        shrink = 1e-6
        low, high = low + shrink * (high - low), high - shrink * (high - low)
        yield (x0 + low * (x1 - x0), y0 + low * (y1 - y0)), (x0 + high * (x1 - x0), y0 + high * (y1 - y0))


def _open_way(waters: Waters, draft: float, area: BaseGeometry, start: Point, stop: Point) -> bool:
    """Whether the straight way between two legs stays in the area and on water deep enough."""
    if math.dist(start, stop) < 1e-9:
        return True
    within = area.buffer(1.0).contains(shapely.LineString([start, stop]))
    return bool(within) and math.isfinite(waters.cost_between(draft, start, stop))
