"""Viscosity of oil as it cools, weathers and takes up water, and of water itself.

Kinematic [m2 s-1] for oils, as in `khazri.oils.record.Oil`; dynamic [Pa s] for water, as it is published.
Emulsions and waxy oils below their pour point thin under shear: the numbers here stand for about 10 s-1 (pumping and
slow stirring); at rest they can be ten times higher, in a pump several times lower.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, log, sqrt

VISCOSITY_MOST: Final = np.float32(1.0)  # [m2 s-1], a million centistokes
_PACKING = np.float32(0.84)
_SINGULAR = np.float32(1.187)
_WATER_MOST = np.float32(0.97)  # x would reach its pole at Y = 0.997
_ONE = np.float32(1.0)
_ZERO = np.float32(0.0)


@njit(**FORMULA)
def at_temperature(viscosity, slope, temperature, reference):
    """Viscosity at another temperature, nu0 exp(B (1/T - 1/T0)), Andrade's law [m2 s-1].

    viscosity    nu0 at `reference` [m2 s-1];  slope  B [K];  temperature, reference  T, T0 [K]

    Source: andrade1930 (two points of the oil's record give B).
    Valid: between and some 15 K around the points measured; below the pour point it is too low (wax).
    Checked by: test_temperature_law_meets_its_reference.
    """
    return viscosity * exp(slope * (_ONE / temperature - _ONE / reference))


@njit(**FORMULA)
def evaporation_coefficient(viscosity):
    """kv = 1500 sqrt(nu0), held within 1 to 10, for an oil without weathered samples [1].

    Source: as used in NOAA's public-domain GNOME. Checked by: test_thin_oils_stiffen_less.
    """
    return min(max(np.float32(1500.0) * sqrt(viscosity), _ONE), np.float32(10.0))


@njit(**FORMULA)
def with_evaporation(viscosity, coefficient, fraction):
    """Viscosity after a fraction F has evaporated, nu exp(kv F) [m2 s-1].

    viscosity  [m2 s-1];  coefficient  kv [1];  fraction  F, of the mass released [1]

    Source: mackay1980. Valid: F below about 0.4. Checked by: laboratory rows (accuracy table).
    """
    return viscosity * exp(coefficient * fraction)


@njit(**FORMULA)
def with_water(viscosity, water):
    """Viscosity of an emulsion, nu (1 + x / (1.187 - x))^2.49 with x = Y / 0.84 [m2 s-1].

    viscosity  of the oil without water [m2 s-1];  water  Y [1]

    Source: pal1989. Valid: Y up to 0.9; at about 10 s-1 (emulsions thin under shear). Cap the outcome: `capped`.
    Checked by: test_emulsion_stiffens, test_two_emulsion_laws_agree_within_a_factor.
    """
    x = min(max(water, _ZERO), _WATER_MOST) / _PACKING
    return viscosity * exp(np.float32(2.49) * log(_ONE + x / (_SINGULAR - x)))


@njit(**FORMULA)
def with_water_mooney(viscosity, water):
    """Viscosity of an emulsion by Mooney's law, nu exp(2.5 Y / (1 - 0.65 Y)), the alternative [m2 s-1].

    Source: mooney1951, constant after mackay1980. Checked by: test_two_emulsion_laws_agree_within_a_factor.
    """
    y = min(max(water, _ZERO), _WATER_MOST)
    return viscosity * exp(np.float32(2.5) * y / (_ONE - np.float32(0.65) * y))


@njit(**FORMULA)
def capped(viscosity, parent):
    """Viscosity held at a million centistokes, or at the parent oil's own where that is more [m2 s-1].

    viscosity  of the emulsion;  parent  of the oil without water at the same temperature [m2 s-1]

    The laws of emulsion grow without bound while the stiffest emulsions measured reach about 1e6 mPa s.

    Source: own bound, order of magnitude of the stiffest emulsions in Environment Canada's records.
    Checked by: test_cap_holds_and_spares_stiff_oils.
    """
    return min(viscosity, max(parent, VISCOSITY_MOST))


@njit(**FORMULA)
def of_water(temperature, salinity):
    """Dynamic viscosity of sea water at one atmosphere [Pa s].

    temperature  [K];  salinity  [1e-3]

    Source: sharqawy2010, eqs 22 and 23. Valid: 0 to 180 C, 0 to 150 g/kg; +-1.5 %. Held at 0 C below freezing point.
    Checked by: test_published_viscosities_of_water.
    """
    t = max(temperature - np.float32(273.15), _ZERO)
    s = max(salinity, _ZERO) * np.float32(1e-3)
    u = t + np.float32(64.993)
    fresh = np.float32(4.2844e-5) + _ONE / (np.float32(0.157) * u * u - np.float32(91.296))
    a = np.float32(1.541) + t * (np.float32(1.998e-2) - np.float32(9.52e-5) * t)
    b = np.float32(7.974) + t * (np.float32(-7.561e-2) + np.float32(4.724e-4) * t)
    return fresh * (_ONE + s * (a + b * s))
