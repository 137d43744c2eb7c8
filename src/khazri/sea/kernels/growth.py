# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""The engine's formulas of waves over rows of cells, compiled."""

from __future__ import annotations

from typing import Any, Final

from numba import njit

from khazri.physics.target import TARGET
from khazri.physics.waves import peak_period, significant_height, stokes_surface

BUILT_FOR: Final = TARGET  # the processor, pinned before anything is compiled
KERNEL: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}, "cache": True}


@njit(**KERNEL)
def grow(speed, fetch, depth, height, period):
    """Height [m] and period [s] of each cell, float32 (n,), from wind [m s-1], open water upwind [m] and depth [m]."""
    for i in range(speed.size):
        height[i] = significant_height(speed[i], fetch[i], depth[i])
        period[i] = peak_period(speed[i], fetch[i], depth[i])


@njit(**KERNEL)
def carry(height, period, drift):
    """Stokes drift at the surface [m s-1] of each cell."""
    for i in range(height.size):
        drift[i] = stokes_surface(height[i], period[i])
