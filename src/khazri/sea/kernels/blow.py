# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""The stress of the wind over a grid, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.stress import drag_garratt, drag_large_pond, drag_wu, share_under_ice, stress
from khazri.sea.kernels.step import KERNEL

LARGE_POND, WU, GARRATT = 0, 1, 2


@njit(**KERNEL)
def blow(u, v, ice, law, stress_x, stress_y):
    """Stress on the water of each cell [Pa] into `stress_x`, `stress_y`; all flat arrays of one length, float32.

    u, v   wind at 10 m [m s-1]; ice: share covered [1]; law: LARGE_POND, WU or GARRATT
    """
    for i in range(u.size):
        speed = np.sqrt(u[i] * u[i] + v[i] * v[i])
        if law == LARGE_POND:
            drag = drag_large_pond(speed)
        elif law == WU:
            drag = drag_wu(speed)
        else:
            drag = drag_garratt(speed)
        open_water = share_under_ice(ice[i])
        stress_x[i] = open_water * stress(drag, speed, u[i])
        stress_y[i] = open_water * stress(drag, speed, v[i])
