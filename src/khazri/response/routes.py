"""The quickest way over water between two points."""

from __future__ import annotations

from dataclasses import dataclass

from khazri.response.track import Point, Track
from khazri.response.waters import Waters


@dataclass(frozen=True)
class Route:
    """A track, and the metres at full speed that it is worth (more than its length where the water is marginal)."""

    track: Track
    cost: float


def find_route(waters: Waters, draft: float, start: Point, stop: Point) -> Route | None:
    """The route, or None: there is no way by water deep enough."""
    cost = waters.cost_between(draft, start, stop)
    if cost != float("inf"):
        return Route(Track((start, stop)), cost)
    return None
