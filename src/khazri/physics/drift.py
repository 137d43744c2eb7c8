"""What the wind adds to the current at the surface, its turn to the right, and how both fade below."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, sin, sqrt

_ZERO = np.float32(0.0)
_PI = np.float32(3.141592653589793)
_LEAST_WIND = np.float32(0.01)


@njit(**FORMULA)
def wind_remainder_factor(wind_factor, wind_speed, stokes_speed, shear_speed):
    """Share of the wind that is left to add, once what is counted elsewhere is taken off [1] (ruling 2).

    max(0, a U - Stokes(0) - shear(0)) / U: the 3 % of the wind are a total.

    wind_factor   a, total drift as a share of the wind [1]
    wind_speed    U at 10 m [m s-1]
    stokes_speed  Stokes drift at the surface, counted on its own [m s-1]
    shear_speed   wind-driven shear that the given current holds already [m s-1]

    Source: 3 % of the wind, reed1994 and fingas2011; that it contains Stokes drift and shear, ruling 2 of the physics
    reference.
    Valid: oil at the surface of open water.
    Checked by: test_wind_drift_is_a_total.
    """
    speed = max(wind_speed, _LEAST_WIND)
    return max(wind_factor * speed - stokes_speed - shear_speed, _ZERO) / speed


@njit(**FORMULA)
def deflection(wind_speed):
    """Angle by which wind drift turns from the wind [rad]: 25 deg exp(-1e-8 U^3 / (nu g)).

    To the right in the northern hemisphere, to the left in the southern: the caller gives the sign.

    wind_speed  U at 10 m [m s-1]

    Source: samuels1982, with nu = 1.19e-6 m2 s-1.
    Valid: open water outside the tropics.
    Checked by: test_deflection_falls_with_the_wind.
    """
    cube = wind_speed * wind_speed * wind_speed
    return np.float32(0.4363323) * exp(-cube * np.float32(1e-8 / (1.19e-6 * 9.81)))


@njit(**FORMULA)
def ekman_depth(wind_speed, latitude):
    """Depth over which wind drift fades [m]: 4.3 U / sin(|latitude|)^0.5.

    wind_speed  U at 10 m [m s-1]
    latitude    [rad]; below 5 degrees it counts as 5

    Source: pond1983, from ekman1905.
    Valid: outside the tropics, deep water.
    Checked by: test_ekman_depth_at_forty_five_degrees.
    """
    turn = max(sin(abs(latitude)), np.float32(0.0871557))
    return np.float32(4.3) * max(wind_speed, _LEAST_WIND) / sqrt(turn)


@njit(**FORMULA)
def fade(z, ekman):
    """Share of the surface drift that is left at a depth [1]: exp(pi z / D).

    z      height above the surface, negative below [m]
    ekman  D [m]

    Source: ekman1905.
    Valid: deep water; its turning with depth is not modelled.
    Checked by: test_wind_drift_fades_with_depth.
    """
    return exp(_PI * min(z, _ZERO) / max(ekman, np.float32(0.1)))
