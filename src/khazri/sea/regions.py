"""Seas in parts: where a figure by month holds, passing smoothly from one part into the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

Doubles = npt.NDArray[np.float64]

KILOMETRE: Final = 1.0 / 111.2  # [degrees of latitude]
REACH: Final = 150.0  # km beyond its parts that a climatology is still used


@dataclass(frozen=True)
class Region:
    """A part of a sea: its outline in degrees, and the distance over which it passes into its neighbours [km]."""

    name: str
    outline: tuple[tuple[float, float], ...]
    edge: float = 40.0


def weigh_regions(regions: Sequence[Region], longitude: Doubles, latitude: Doubles) -> Doubles:
    """Weights (regions, ...) that sum to 1 at each point: 1 within a region, falling to 0 over the edges about it.

    Outside all, the nearest one counts. Distances are taken on a local equirectangular plane: good to a few per cent,
    far below the edges' width.
    """
    distances = np.stack([_distance(region, longitude, latitude) for region in regions])
    edges = np.array([region.edge for region in regions]).reshape(-1, *[1] * longitude.ndim)
    near = np.clip(1.0 - distances / edges, 0.0, 1.0)
    weights = near * near * (3.0 - 2.0 * near)
    lost = weights.sum(axis=0) <= 0.0
    weights[:, lost] = distances[:, lost] == distances[:, lost].min(axis=0)
    return np.asarray(weights / weights.sum(axis=0), np.float64)


def covers(regions: Sequence[Region], longitude: Doubles, latitude: Doubles) -> bool:
    """Whether every point lies within or near a region."""
    nearest = np.min([_distance(region, longitude, latitude) for region in regions], axis=0)
    return bool((nearest <= REACH).all())


def _distance(region: Region, longitude: Doubles, latitude: Doubles) -> Doubles:
    """To the region [km], 0 within it."""
    middle = np.cos(np.radians(np.mean([lat for _, lat in region.outline])))
    outline = shapely.Polygon([(lon * middle, lat) for lon, lat in region.outline])
    points = shapely.points(np.asarray(longitude) * middle, np.asarray(latitude))
    return np.asarray(shapely.distance(points, outline) / KILOMETRE, np.float64)


def at_month(monthly: Doubles, when: datetime) -> Doubles:
    """Values (..., 12) at mid-months, at a moment: linear between the middles of two months."""
    position = month_of(when) - 0.5
    before = int(np.floor(position))
    share = position - before
    return np.asarray((1.0 - share) * monthly[..., before % 12] + share * monthly[..., (before + 1) % 12], np.float64)


def month_of(when: datetime) -> float:
    """The month of the year, 0 the first of January, 12 the next."""
    following = datetime(when.year + when.month // 12, when.month % 12 + 1, 1, tzinfo=when.tzinfo)
    first = datetime(when.year, when.month, 1, tzinfo=when.tzinfo)
    return when.month - 1 + (when - first) / (following - first)
