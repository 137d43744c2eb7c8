"""How a skimming vessel goes over an area: back and forth across the wind, a swath apart, and never out of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import scipy  # its parts are loaded when they are first asked for
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.response.track import Point, Track
from khazri.response.waters import Waters

Leg = tuple[Point, Point]

MOST_LEGS: Final = 200  # laid out at once; the rest follows when they are done
BESIDE: Final = 1.0  # [m] that a way may be outside of an area
CALM: Final = 0.1  # [m s-1]; below it the wind has no direction to speak of


def sweep_track(
    waters: Waters, draft: float, ring: tuple[Point, ...], *, swath: float, wind: Point, near: Point
) -> Track | None:
    """Legs over the water inside `ring`, from the one nearest to `near` upwind, then the others; None: nothing to sweep."""
    area = shapely.Polygon(ring)
    inner, beside, apart = area.buffer(-0.5 * swath), near, swath
    if inner.is_empty:  # narrower than the swath: one leg through its middle
        inner, beside, apart = area, (float(area.centroid.x), float(area.centroid.y)), 2.0 * area.length
    legs = _legs(inner, _across(wind, area), apart, beside)
    west, south, east, north = area.bounds
    room = (west - BESIDE, south - BESIDE, east + BESIDE, north + BESIDE)
    clear = waters.open_throughout(draft, room)
    pieces = [piece for leg in legs for piece in ([leg] if clear else _afloat(waters, draft, leg))]
    ways = Ways(waters, draft, area, clear=clear)
    points: list[Point] = []
    put_off = [piece for piece in pieces if not _go_on(points, piece, near, ways, straight=True)]
    for piece in put_off:  # behind a corner of the area
        _go_on(points, piece, near, ways, straight=False)
    return Track(tuple(points)) if len(points) > 1 else None


def _go_on(points: list[Point], piece: Leg, near: Point, ways: Ways, *, straight: bool) -> bool:
    """Sweep one more piece from its nearer end; False: there is no way to it."""
    at = points[-1] if points else near
    start, stop = piece if math.dist(at, piece[0]) <= math.dist(at, piece[1]) else (piece[1], piece[0])
    way: tuple[Point, ...] | None = (start,)
    if points and not ways.open(at, start):
        way = None if straight else ways.around(at, start)
    if way is None:
        return False
    points += [*way, stop]
    return True


def _across(wind: Point, area: BaseGeometry) -> Point:
    """Unit vector of the legs: across the wind; in a calm, along the longer side of the area's box."""
    speed = math.hypot(*wind)
    if speed > CALM:
        return -wind[1] / speed, wind[0] / speed
    west, south, east, north = area.bounds
    return (1.0, 0.0) if east - west >= north - south else (0.0, 1.0)


def _legs(inner: BaseGeometry, across: Point, apart: float, near: Point) -> Iterator[Leg]:
    """Pieces of parallel lines within `inner`: from the one nearest to `near` against the wind, then downwind of it."""
    ax, ay = across
    ux, uy = -ay, ax  # against the wind where `across` is the wind turned to the left
    corners = shapely.get_coordinates(inner)
    along, offset = corners @ np.array([ax, ay]), corners @ np.array([ux, uy])
    low, high = float(offset.min()), float(offset.max())
    reach = (float(along.min()) - 1.0, float(along.max()) + 1.0)
    first = min(max(near[0] * ux + near[1] * uy, low), high)
    up = np.arange(first, high + 0.5 * apart, apart)
    down = np.arange(first - apart, low - 0.5 * apart, -apart)
    s = np.concatenate([up, down])[:MOST_LEGS].clip(low + 1e-6 * (high - low), high - 1e-6 * (high - low))
    ends = np.stack([np.column_stack([t * ax + s * ux, t * ay + s * uy]) for t in reach], axis=1)
    pieces = np.asarray(shapely.get_parts(np.asarray(shapely.intersection(shapely.linestrings(ends), inner))))
    pieces = pieces[(shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING) & (shapely.length(pieces) > 0.0)]
    points, which = shapely.get_coordinates(pieces, return_index=True)
    starts = np.searchsorted(which, np.arange(len(pieces)))
    stops = np.append(starts[1:], len(points)) - 1
    for (x0, y0), (x1, y1) in zip(points[starts].tolist(), points[stops].tolist(), strict=True):
        yield (float(x0), float(y0)), (float(x1), float(y1))


def _afloat(waters: Waters, draft: float, leg: Leg) -> Iterator[Leg]:
    """The parts of a leg on water deep enough."""
    (x0, y0), (x1, y1) = leg
    rows, columns, lengths = waters.cells_under(*leg)
    fine = (rows >= 0) & (columns >= 0) & (rows < waters.grid.ny) & (columns < waters.grid.nx)
    fine[fine] = np.isfinite(waters.cost(draft)[rows[fine], columns[fine]])
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


class Ways:
    """Straight ways between points of an area that stay in it and on water deep enough; round its corners where need be."""

    def __init__(self, waters: Waters, draft: float, area: shapely.Polygon, *, clear: bool) -> None:
        self._waters, self._draft, self._clear = waters, draft, clear  # clear: all of the area and about it is open
        self._plain = clear and area.convex_hull.area <= (1.0 + 1e-9) * area.area  # no straight way within leaves it
        self._room = area if self._plain else area.buffer(BESIDE)  # a way along the edge is in it
        shapely.prepare(self._room)
        self._corners = [(float(x), float(y)) for x, y in area.exterior.coords[:-1]]
        self._between: scipy.sparse.csr_array | None = None

    def open(self, start: Point, stop: Point) -> bool:
        """Whether the straight way is."""
        if self._plain or math.dist(start, stop) < 1e-9:
            return True
        within = bool(self._room.contains(shapely.LineString([start, stop])))
        return within and (self._clear or math.isfinite(self._waters.cost_between(self._draft, start, stop)))

    def around(self, start: Point, stop: Point) -> tuple[Point, ...] | None:
        """The points after `start` of the shortest way by the corners; None: there is none."""
        points = [*self._corners, start, stop]
        count = len(points)
        if self._between is None:
            self._between = self._lengths([(i, j) for i in range(count - 2) for j in range(i)], points)
        pairs = [(end, corner) for end in (count - 2, count - 1) for corner in range(count - 2)]
        lengths = self._between + self._lengths(pairs, points)
        reached, before = scipy.sparse.csgraph.dijkstra(
            lengths, directed=False, indices=np.array(count - 2), return_predecessors=True
        )
        if not math.isfinite(float(reached[count - 1])):
            return None
        nodes = [count - 1]
        while nodes[-1] != count - 2:
            nodes.append(int(before[nodes[-1]]))
        return tuple(points[node] for node in reversed(nodes[:-1]))

    def _lengths(self, pairs: list[tuple[int, int]], points: list[Point]) -> scipy.sparse.csr_array:
        fine = [(i, j) for i, j in pairs if self.open(points[i], points[j])]
        weights = [max(math.dist(points[i], points[j]), 1e-6) for i, j in fine]
        rows, columns = [i for i, _ in fine], [j for _, j in fine]
        return scipy.sparse.csr_array((weights, (rows, columns)), shape=(len(points), len(points)))
