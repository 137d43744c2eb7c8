"""Horizontal spreading by turbulence, as a random walk."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import power, sqrt

_TWO = np.float32(2.0)
_HUNDRED = np.float32(100.0)


@njit(**FORMULA)
def walk_scale(diffusivity, dt):
    """Standard deviation of a step along one axis [m]: (2 D dt)^0.5.

    diffusivity  D, constant over the step [m2 s-1]
    dt           [s]

    Source: einstein1905.
    Valid: D even in space; where it varies, its gradient adds a drift that is left out.
    Checked by: test_variance_of_a_walk_grows_by_two_d_t.
    """
    return sqrt(_TWO * diffusivity * dt)


@njit(**FORMULA)
def okubo(length):
    """Diffusivity that belongs to a patch of this size [m2 s-1]: K = 0.0103 L^1.15 in cm2 s-1 and cm.

    length  L, three standard deviations across the patch [m]

    Source: okubo1971.
    Valid: 30 m to 100 km.
    Checked by: test_okubo_of_a_kilometre.
    """
    return np.float32(0.0103e-4) * power(_HUNDRED * length, np.float32(1.15))
