"""How fast droplets rise, from microns to centimetres."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import sqrt

_GRAVITY = np.float32(9.81)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_STOKES = np.float32(18.0)
_FORM = np.float32(0.75 * 0.6)
_CAP = np.float32(0.505)
_TENSION = np.float32(2.14 * 0.025)  # [N m-1] a middling oil in water


@njit(**FORMULA)
def rise_velocity(diameter, density_oil, density_water, viscosity_water):
    """Terminal velocity of a droplet, positive upwards [m s-1].

    Spheres: w1 = R g d^2 / (18 nu + (0.75 * 0.6 R g d^3)^0.5), with R = |rho_w - rho_o| / rho_w, which is Stokes' law
    for small droplets and a drag of 0.6 for large ones. Deformed drops: w2 = (2.14 sigma / (rho_w d) + 0.505 R g d)^0.5
    with sigma = 0.025 N/m, which ends in the 0.711 (R g d)^0.5 of a cap. They join as (w1^-8 + w2^-8)^(-1/8).

    diameter         d, of the sphere of the same volume [m]
    density_oil      rho_o [kg m-3]
    density_water    rho_w [kg m-3]
    viscosity_water  dynamic [Pa s]

    Source: ferguson2004 (spheres; 0.4 there, 1.0 for grains); clift1978 (deformed drops, chapter 7), davies1950 (caps).
    Valid: 1 micron to 2 cm, within 15 % of the book (20 mm: 21 %). Tension counts between 2 and 10 mm only, as its root at most;
    clean and dirty surfaces are not told apart.
    Checked by: test_small_droplets_obey_stokes, test_terminal_velocities_of_clift.
    """
    difference = density_water - density_oil
    reduced = _GRAVITY * abs(difference) / density_water
    pull = reduced * diameter * diameter
    kinematic = viscosity_water / density_water
    sphere = pull / (_STOKES * kinematic + sqrt(_FORM * pull * diameter))
    squared = sphere * sphere * diameter / (_TENSION / density_water + _CAP * pull)  # (w1 / w2)^2
    fourth = squared * squared
    speed = sphere / sqrt(sqrt(sqrt(_ONE + fourth * fourth)))
    return speed if difference >= _ZERO else -speed
