"""Places whose oiling is watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Place:
    """A polygon (its ring, (n, 2)) or a point (1, 2) with a radius, on the plane of its site [m]."""

    ident: str
    site: str
    vertices: npt.NDArray[np.float64]
    radius: float = 0.0  # [m] about a point
    weight: float = 1.0
