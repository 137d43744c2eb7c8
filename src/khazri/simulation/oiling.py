"""How much oil is in a place, and how far the nearest is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from khazri.engine.kernels.nearby import scan_place
from khazri.engine.owners import Status
from khazri.engine.site import SiteState
from khazri.simulation.place import Place

# oil that a place can meet: afloat, boomed, overwashed, submerged, on the bed, ashore, in ice
_LAST_MET = int(Status.IN_ICE)


@dataclass(frozen=True)
class Oiling:
    """Oil within a place now [kg], the distance of the nearest oil to it [m] (infinite: none), and the particles within."""

    oil: float
    distance: float
    particles: int


def oiling_of(place: Place, state: SiteState) -> Oiling:
    """Oil in `place` as the particles stand."""
    pool = state.pool
    ring: npt.NDArray[np.float64] = np.ascontiguousarray(place.vertices, np.float64)
    oil, nearest, count = scan_place(
        pool.x, pool.y, pool.mass, pool.status, state.living, ring, place.radius, _LAST_MET
    )
    return Oiling(float(oil), float(nearest), int(count))
