"""Submerged oil that sticks to suspended sediment and sinks with it; it matters in the turbid northern Caspian."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, sqrt

STICKING: Final = np.float32(1e-4)  # ka [m3 kg-1]
_ZERO = np.float32(0.0)


@njit(**FORMULA)
def shear_rate(height_rms, dissipation, breaking, density_water, viscosity_water):
    """Shear of the turbulence under breaking waves, sqrt(D_e f / (rho_w nu H)) [s-1].

    D_e f / (rho_w H) is the dissipation per kilogram over a layer as deep as the waves are high.

    height_rms       H, root-mean-square wave height [m]
    dissipation      D_e, energy lost per breaker and area, 0.0034 rho_w g H^2 [J m-2]
    breaking         f, share of the surface that breaks per second [s-1]
    density_water    [kg m-3];  viscosity_water  kinematic [m2 s-1]

    Source: payne1987. Checked by: test_flux_of_the_source_over_the_layer.
    """
    if height_rms <= _ZERO or breaking <= _ZERO:
        return _ZERO * height_rms
    return sqrt(dissipation * breaking / (density_water * viscosity_water * height_rms))


@njit(**FORMULA)
def rate(height_rms, dissipation, breaking, sediment, density_water, viscosity_water):
    """Rate at which submerged oil is taken down by sediment, 1.6 ka C_sed sqrt(D_e f / (rho_w nu H)) [s-1].

    The published flux per area, Q = 1.6 ka sqrt(H D_e f / (rho_w nu)) C_oil C_sed, over the depth H in which the oil of
    concentration C_oil is: then each submerged kilogram decays at this rate, whatever the depth it is spread over.

    sediment  C_sed, suspended [kg m-3]; the rest as for `shear_rate`

    Source: payne1987, ka = 1e-4 m3 kg-1 as in NOAA's public-domain GNOME. Only oil above the depth H meets it.
    Valid: sediment up to about 1 kg m-3; order of magnitude, not validated.
    Checked by: test_flux_of_the_source_over_the_layer.
    """
    shear = shear_rate(height_rms, dissipation, breaking, density_water, viscosity_water)
    return np.float32(1.6) * STICKING * max(sediment, _ZERO) * shear


@njit(**FORMULA)
def remaining(mass, rate_of_loss, dt):
    """Mass still in the water after `dt`, m exp(-rate dt), exact [kg]. Checked by: test_two_half_steps_equal_one."""
    return mass * exp(-max(rate_of_loss, _ZERO) * dt)
