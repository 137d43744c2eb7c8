"""Density of water, of oil and of the emulsion they make [kg m-3]."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import sqrt

REFERENCE: Final = np.float32(288.15)  # temperature of the records' densities [K]
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)


@njit(**FORMULA)
def of_water(temperature, salinity):
    """Density of sea water at one atmosphere [kg m-3].

    temperature  [K];  salinity  practical [1e-3]

    Source: millero1981 (the one-atmosphere equation of state EOS-80).
    Valid: -2 to 40 C, 0.5 to 43; +-0.0036 kg/m3 for ocean salt. Caspian salt is richer in sulphate, calcium and
    magnesium: real Caspian water is about 1 kg/m3 denser at the same salinity; not corrected, not validated.
    Checked by: test_unesco_check_values.
    """
    t = temperature - np.float32(273.15)
    s = max(salinity, _ZERO)
    # what is added to 999.842594, so that float32 keeps its digits
    fresh = t * (
        np.float32(6.793952e-2)
        + t
        * (
            np.float32(-9.095290e-3)
            + t * (np.float32(1.001685e-4) + t * (np.float32(-1.120083e-6) + t * np.float32(6.536332e-9)))
        )
    )
    a = np.float32(8.24493e-1) + t * (
        np.float32(-4.0899e-3) + t * (np.float32(7.6438e-5) + t * (np.float32(-8.2467e-7) + t * np.float32(5.3875e-9)))
    )
    b = np.float32(-5.72466e-3) + t * (np.float32(1.0227e-4) - t * np.float32(1.6546e-6))
    return np.float32(999.842594) + (fresh + s * (a + b * sqrt(s) + np.float32(4.8314e-4) * s))


@njit(**FORMULA)
def of_oil(density, expansion, temperature):
    """Density of an oil at another temperature, rho (1 - e (T - 288.15)) [kg m-3].

    density  at 288.15 K;  expansion  e, magnitude of d(rho)/dT / rho [K-1];  temperature  [K]

    Source: definition; e is 0.0008 for most crudes (light ones) to 0.0006 (heavy). Valid: 260 to 320 K.
    Checked by: test_cold_oil_is_denser.
    """
    return density * (_ONE - expansion * (temperature - REFERENCE))


@njit(**FORMULA)
def with_evaporation(density, coefficient, fraction):
    """Density of what is left after a fraction F has gone, rho (1 + c F) [kg m-3], for an oil without components.

    density  of the fresh oil;  coefficient  c, about 0.18 for crudes [1];  fraction  F [1]

    Source: buchanan1988. Valid: crudes. Oils with components use the volumes of those that are left.
    Checked by: laboratory rows (accuracy table).
    """
    return density * (_ONE + coefficient * fraction)


@njit(**FORMULA)
def of_emulsion(density_oil, density_water, water):
    """Density of an emulsion, Y rho_w + (1 - Y) rho_o [kg m-3]; Y is a fraction of volume.

    Source: definition. Checked by: test_emulsion_density_lies_between.
    """
    return density_oil + water * (density_water - density_oil)


@njit(**FORMULA)
def api_gravity(density):
    """API gravity from the density at 288.15 K (60 F is 15.6 C: a difference of 0.05 % is neglected) [degrees].

    API = 141.5 / (rho / 999.016) - 131.5. Source: definition. Checked by: test_water_is_ten_degrees.
    """
    return np.float32(141.5 * 999.016) / density - np.float32(131.5)


@njit(**FORMULA)
def of_api(api):
    """Density from API gravity, the inverse of `api_gravity` [kg m-3]."""
    return np.float32(141.5 * 999.016) / (api + np.float32(131.5))
