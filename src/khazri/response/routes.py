"""The quickest way over water between two points: shortest paths over the raster's cells, then pulled straight.

Source: Dijkstra (1959) by `scipy.sparse.csgraph`, over eight neighbours; a diagonal step needs both cells beside it, so that
no way cuts a corner of land. On a large raster a coarse one is searched first, whose cells are as bad as their worst.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for

from khazri.response.track import Point, Track
from khazri.response.waters import Waters

MOST_CELLS: Final = 60_000  # of the raster that is searched first
NEITHER: Final = -9999  # csgraph: no predecessor


@dataclass(frozen=True)
class Route:
    """A track, and the metres at full speed that it is worth (more than its length where the water is marginal)."""

    track: Track
    cost: float


@dataclass(frozen=True)
class _Lattice:
    """Cells of `factor` by `factor` of the raster's, and the cost of going between neighbours [m at full speed]."""

    factor: int
    ny: int
    nx: int
    graph: scipy.sparse.csr_array


def find_route(waters: Waters, draft: float, start: Point, stop: Point) -> Route | None:
    """The route, or None: there is no way by water deep enough."""
    straight = waters.cost_between(draft, start, stop)
    if straight <= math.dist(start, stop) * 1.000001:
        return Route(Track((start, stop)), straight)
    for point in (start, stop):
        if not math.isfinite(waters.cost_at(draft, point)):
            return None
    cells = waters.grid.nx * waters.grid.ny
    coarse = math.ceil(math.sqrt(cells / MOST_CELLS))
    for factor in dict.fromkeys((coarse, 1)):
        found = _pull(waters, draft, _search(waters, draft, factor, start, stop))
        if found is not None:
            return found
    return None


def _search(waters: Waters, draft: float, factor: int, start: Point, stop: Point) -> tuple[Point, ...] | None:
    """Centres of the cells of the quickest way, between the two points themselves."""
    lattice = _lattice(waters, draft, factor)
    first, last = (_node(waters, lattice, point) for point in (start, stop))
    reached, before = scipy.sparse.csgraph.dijkstra(lattice.graph, indices=np.array(first), return_predecessors=True)
    if not math.isfinite(float(reached[last])):
        return None
    nodes = [last]
    while nodes[-1] != first:
        nodes.append(int(before[nodes[-1]]))
    grid, centre = waters.grid, 0.5 * (lattice.factor - 1)
    middle = tuple(
        (
            grid.x0 + (node % lattice.nx * lattice.factor + centre) * grid.spacing,
            grid.y0 + (node // lattice.nx * lattice.factor + centre) * grid.spacing,
        )
        for node in reversed(nodes)
    )
    return (start, *middle, stop)


def _node(waters: Waters, lattice: _Lattice, point: Point) -> int:
    row, column = waters.cell(point)
    return min(row // lattice.factor, lattice.ny - 1) * lattice.nx + min(column // lattice.factor, lattice.nx - 1)


def _lattice(waters: Waters, draft: float, factor: int) -> _Lattice:
    """Made once for a draft."""
    found = waters.lattices.get((draft, factor))
    if not isinstance(found, _Lattice):
        found = _make_lattice(waters, draft, factor)
        waters.lattices[draft, factor] = found
    return found


def _make_lattice(waters: Waters, draft: float, factor: int) -> _Lattice:
    cost = waters.cost(draft).astype(np.float64)
    ny, nx = -(-cost.shape[0] // factor), -(-cost.shape[1] // factor)
    padded = np.full((ny * factor, nx * factor), np.inf)
    padded[: cost.shape[0], : cost.shape[1]] = cost
    cost = padded.reshape(ny, factor, nx, factor).max(axis=(1, 3))
    spacing = waters.grid.spacing * factor
    node = np.arange(ny * nx).reshape(ny, nx)
    rows, columns, weights = [], [], []

    def join(a: tuple[slice, slice], b: tuple[slice, slice], beside: npt.NDArray[np.bool_], length: float) -> None:
        weight = 0.5 * (cost[a] + cost[b]) * length
        open_ = np.isfinite(weight) & beside
        for source, target in ((a, b), (b, a)):
            rows.append(node[source][open_])
            columns.append(node[target][open_])
            weights.append(weight[open_])

    low, high, every = slice(None, -1), slice(1, None), slice(None)
    free = np.isfinite(cost)
    join((every, low), (every, high), np.ones((ny, nx - 1), np.bool_), spacing)
    join((low, every), (high, every), np.ones((ny - 1, nx), np.bool_), spacing)
    join((low, low), (high, high), free[low, high] & free[high, low], spacing * math.sqrt(2.0))
    join((low, high), (high, low), free[low, low] & free[high, high], spacing * math.sqrt(2.0))
    data = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    return _Lattice(factor, ny, nx, scipy.sparse.csr_array(data, shape=(ny * nx, ny * nx)))


def _pull(waters: Waters, draft: float, points: tuple[Point, ...] | None) -> Route | None:
    """Straight pieces in the place of steps wherever they cost no more; None: a step is not open after all."""
    if points is None:
        return None
    steps = [waters.cost_between(draft, a, b) for a, b in pairwise(points)]
    if not all(math.isfinite(step) for step in steps):
        return None
    worth = np.concatenate([[0.0], np.cumsum(steps)])
    kept, cost, at = [points[0]], 0.0, 0
    while at < len(points) - 1:
        ahead, best = at + 1, steps[at]
        span = 1
        while span > 0:  # reach twice as far while it serves, then half as far
            there = at + span * 2 if ahead == at + span else ahead + span
            there = min(there, len(points) - 1)
            straight = waters.cost_between(draft, points[at], points[there]) if there > ahead else math.inf
            if straight <= (worth[there] - worth[at]) * 1.000001:
                ahead, best = there, straight
                span = max(there - at, 1)
            else:
                span //= 2
        kept.append(points[ahead])
        cost, at = cost + best, ahead
    return Route(Track(tuple(kept)), float(cost))
