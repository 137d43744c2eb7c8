# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""What is kept of the sea at a moment, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.sea.kernels.step import KERNEL


@njit(**KERNEL)
def observe(level, height, wall, u, v, rest, wet, film, seen_level, seen_u, seen_v):
    """Level above `rest` [m], NaN where less than `wet` stands; currents at the middle of cells [m s-1], 0 where less than `film` does.

    level, height  (ny, nx) of the surface and of the bed [m];  wall  (ny, nx)
    u, v           (ny, nx + 1), (ny + 1, nx) through the faces [m s-1];  seen_*  (ny, nx) float32, written
    """
    ny, nx = level.shape
    half, nought = np.float32(0.5), np.float32(0.0)
    for j in range(ny):
        for i in range(nx):
            depth = -1.0 if wall[j, i] else level[j, i] - height[j, i]
            seen_level[j, i] = np.float32(level[j, i] - rest) if depth > wet else np.float32(np.nan)
            flows = depth > film
            seen_u[j, i] = half * (u[j, i + 1] + u[j, i]) if flows else nought
            seen_v[j, i] = half * (v[j + 1, i] + v[j, i]) if flows else nought
