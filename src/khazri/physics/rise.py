"""How fast droplets rise, from microns to centimetres."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import sqrt

_GRAVITY = np.float32(9.81)
_ZERO = np.float32(0.0)
_STOKES = np.float32(18.0)
_FORM = np.float32(0.75 * 0.4)
_CAP = np.float32(0.711)


@njit(**FORMULA)
def rise_velocity(diameter, density_oil, density_water, viscosity_water):
    """Terminal velocity of a droplet, positive upwards [m s-1].

    Spheres: w = R g d^2 / (18 nu + (0.75 * 0.4 R g d^3)^0.5), with R = |rho_w - rho_o| / rho_w, which is Stokes' law for small
    droplets and a drag of 0.4 for large ones. Deformed caps: 0.711 (R g d)^0.5. The two join as (w1^-4 + w2^-4)^(-1/4).

    diameter         d, of the sphere of the same volume [m]
    density_oil      rho_o [kg m-3]
    density_water    rho_w [kg m-3]
    viscosity_water  dynamic [Pa s]

    Source: ferguson2004 (spheres, every Reynolds number); davies1950 and clift1978 (caps).
    Valid: 1 micron to 5 cm; clean or dirty surfaces are not told apart (up to 30 % between 0.5 and 5 mm).
    Checked by: test_small_droplets_obey_stokes, test_terminal_velocities_of_clift.
    """
    difference = density_water - density_oil
    reduced = _GRAVITY * abs(difference) / density_water
    sphere = reduced * diameter * diameter
    kinematic = viscosity_water / density_water
    sphere = sphere / (_STOKES * kinematic + sqrt(_FORM * reduced * diameter * diameter * diameter))
    cap = _CAP * sqrt(reduced * diameter)
    ratio = sphere / max(cap, np.float32(1e-12))
    squared = ratio * ratio
    speed = sphere / sqrt(sqrt(np.float32(1.0) + squared * squared))
    return speed if difference >= _ZERO else -speed
