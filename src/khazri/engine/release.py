"""Where, when and how much oil enters the water, already on the site plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Release:
    """One source. Positions are drawn along `vertices` by hashed noise: a point (1, 2), a line (n, 2) or a polygon's ring."""

    ident: str
    oil: int  # index into the site's oils
    mass: float  # in all [kg]
    start: float  # [s] from the start of the run
    end: float  # [s]; equal to start: instantaneous
    shape: Literal["point", "line", "polygon"]
    vertices: npt.NDArray[np.float64]  # (n, 2) on the plane [m]
    depth: float = 0.0  # [m] below the surface, positive down
    radius: float = 0.0  # [m] of the disc about a point
    # cumulative share of the mass released (monotone 0..1) at times [s]; None: constant rate
    rate_times: npt.NDArray[np.float64] | None = None
    rate_shares: npt.NDArray[np.float64] | None = None
