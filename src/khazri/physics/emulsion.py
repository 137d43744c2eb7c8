"""Uptake of water into oil: Eley's interfacial area (default) and Mackay's rate; how much, how stable, how long.

The water fraction Y stands for the interfacial area S of droplets of one size d: Y = S d / (6 + S d), so the most water
an oil can hold gives S_max = (6 / d) Y_max / (1 - Y_max): 6e5 Y_max / (1 - Y_max) for d = 1e-5 m. (The 6e6 that is
sometimes printed would let an oil of Y_max = 0.8 hold 0.976.)
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, log, power

UNSTABLE: Final = 0
ENTRAINED: Final = 1
MESOSTABLE: Final = 2
STABLE: Final = 3
STABILITY_NAMES: Final = ("unstable", "entrained", "mesostable", "stable")

DROPLET: Final = np.float32(1e-5)  # d, of water in the emulsion [m]
MACKAY_UPTAKE: Final = np.float32(1.6e-6)  # [s m-2]
WATER_MOST: Final = np.float32(0.95)
_UPTAKE = np.float32(6.0 * 2.02e-6 / 1e-5)  # Eley's k over U^2
_SIX_OVER_D = np.float32(6.0 / 1e-5)
# water of a mesostable emulsion falls from 0.64 to 0.38 in a week of standing: 1.07 e-foldings of S
_BREAK_UP = np.float32(1.064 / (7.0 * 86400.0))
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TINY = np.float32(1e-30)


@njit(**FORMULA)
def smax(y_max):
    """Interfacial area at the most water, 6e5 Y_max / (1 - Y_max) [m-1]. Y_max is held below 0.95.

    Source: eley1988 with d = 1e-5 m (ruling 5). Checked by: test_most_area_gives_back_the_most_water.
    """
    y = min(max(y_max, _ZERO), WATER_MOST)
    return _SIX_OVER_D * y / (_ONE - y)


@njit(**FORMULA)
def interfacial_area(water):
    """S = (6/d) Y / (1 - Y) [m-1]; the inverse of `water_of_area`."""
    return _SIX_OVER_D * water / (_ONE - water)


@njit(**FORMULA)
def water_of_area(area):
    """Y = S / (6/d + S) [1]. Source: eley1988. Checked by: test_most_area_gives_back_the_most_water."""
    return area / (_SIX_OVER_D + area)


@njit(**FORMULA)
def break_up_rate(stability):
    """How fast standing water leaves an emulsion of a class, as a rate on S [s-1].

    Mesostable emulsions fall from 0.64 to 0.38 water in a week (means over laboratory oils); stable and entrained ones
    keep it; an unstable mixture loses it within the hour.

    stability  UNSTABLE, ENTRAINED, MESOSTABLE or STABLE

    Source: fingas2004emulsion.
    Valid: standing emulsion, 15 C. The rate of the unstable class is our own (1 h). Not validated at sea.
    Checked by: test_mesostable_emulsion_after_a_week.
    """
    if stability == 2:
        return _BREAK_UP
    if stability == 0:
        return np.float32(1.0 / 3600.0)
    return _ZERO


@njit(**FORMULA)
def eley_uptake(water, wind_speed, dt, y_max, break_up):
    """`eley_water` of an emulsion that holds no more than the most water: the half of it that is nearly always asked for.

    water, wind_speed, dt, y_max, break_up  as for `eley_water`

    Source: eley1988. Checked by: test_rate_equation, test_uptake_is_the_half_of_the_law_below_the_most_water.
    """
    most = smax(y_max)
    uptake = _UPTAKE * wind_speed * wind_speed
    rate = uptake / max(most, _TINY) + break_up
    target = uptake / max(rate, _TINY)
    after = water_of_area(target + (interfacial_area(water) - target) * exp(-rate * dt))
    return water * _ONE if (most <= _ZERO) & (uptake > _ZERO) else after


@njit(**FORMULA)
def eley_water(water, wind_speed, dt, y_max, break_up):
    """Water fraction of an emulsion after `dt` of constant wind [1].

    dS/dt = k (1 - S / S_max) - b S, k = 6 * 2.02e-6 U^2 / d, solved exactly. With b = 0 this is Eley's
    S += k dt exp(-(k / S_max) (t - t0)) without its clock, so it goes on from any S in any wind.

    water       Y now [1]
    wind_speed  U at 10 m [m s-1]
    dt          [s]; the caller starts it once the onset is passed
    y_max       most water the oil takes [1]; 0: forms none
    break_up    b, see `break_up_rate` [s-1]

    Water above y_max is not squeezed out by mixing; only b takes it away.

    Source: eley1988; constants as in NOAA's public-domain GNOME.
    Valid: open sea, droplets of 10 micrometres. Time scale S_max / k: 5.5 h at 10 m/s for Y_max = 0.8.
    Checked by: test_two_half_steps_equal_one, test_water_never_passes_the_most, test_rate_equation.
    """
    # all ways are computed and one is selected: with early returns the loops over it would not become SIMD
    most = smax(y_max)
    area = interfacial_area(water)
    # no uptake above the most water: S falls by break-up alone, until it meets S_max inside the step
    above = area > most
    fallen = area * exp(-break_up * dt)
    waited = log(area / max(most, _TINY)) / max(break_up, _TINY)
    left = max(dt - waited, _ZERO) if above else dt
    uptake = _UPTAKE * wind_speed * wind_speed
    rate = uptake / max(most, _TINY) + break_up
    target = uptake / max(rate, _TINY)
    mixed = water_of_area(target + (min(area, most) - target) * exp(-rate * left))
    after = water_of_area(fallen) if above & (fallen >= most) else mixed
    still = (above & (break_up <= _ZERO)) | ((most <= _ZERO) & (uptake > _ZERO))
    return water * _ONE if still else after


@njit(**FORMULA)
def mackay_water(water, wind_speed, dt, y_max, uptake):
    """Water fraction after `dt` of constant wind: dY/dt = K (U + 1)^2 (1 - Y / Y_max), exact [1].

    water, wind_speed, dt, y_max  as for `eley_water`
    uptake                        K, 1.6e-6 s m-2 for most crudes (MACKAY_UPTAKE)

    Source: mackay1980.
    Checked by: test_two_half_steps_equal_one, test_rate_equation.
    """
    if y_max <= _ZERO or water >= y_max:
        return water * _ONE
    wind = wind_speed + _ONE
    return y_max - (y_max - water) * exp(-uptake * wind * wind * dt / y_max)


@njit(**FORMULA)
def lehr_water(water, wave_height, dt, y_max, break_up):
    """Water fraction after `dt` by Lehr's revision: dY/dt = k (Y_max - Y) - b Y, exact [1].

    k = 2.3 / (1630 + 450 / Hs^1.5): nine tenths of the way in the time that laboratory emulsions took to form.

    water        Y now [1];  wave_height  Hs, significant [m];  dt  [s];  y_max  [1]
    break_up     b, a rate on Y [s-1]

    Source: lehr2017 with the formation time of fingas2004emulsion. Valid: oils that form an emulsion at all.
    Checked by: test_two_half_steps_equal_one, test_nine_tenths_after_the_formation_time.
    """
    now = water * _ONE
    left = dt * _ONE
    if water > y_max:
        if break_up <= _ZERO:
            return now
        fallen = water * exp(-break_up * dt)
        if fallen >= y_max:
            return fallen
        left = dt - log(water / y_max) / break_up
        now = y_max * _ONE
    if wave_height <= np.float32(0.01) or y_max <= _ZERO:
        return now * exp(-break_up * left)
    pace = np.float32(2.3) / (np.float32(1630.0) + np.float32(450.0) * power(wave_height, np.float32(-1.5)))
    rate = pace + break_up
    target = pace * y_max / rate
    return target + (now - target) * exp(-rate * left)


@njit(**FORMULA)
def broken_water(water, dt, break_up):
    """Water fraction after standing for `dt`: S falls exponentially, exact [1]. See `break_up_rate`."""
    return water_of_area(interfacial_area(water) * exp(-break_up * dt))


@njit(**FORMULA)
def maximum_water_by_viscosity(viscosity):
    """Most water an oil takes, from its viscosity: 0.9 - 0.0952 ln(mu / 0.05) above 0.05 Pa s, 0.9 below [1].

    viscosity  dynamic, of the fresh oil at the water's temperature [Pa s]

    Source: as used in NOAA's public-domain GNOME (refined products and crudes without SARA figures). Not validated.
    Checked by: test_thick_oils_hold_less_water.
    """
    if viscosity <= np.float32(0.05):
        return np.float32(0.9) + _ZERO * viscosity
    return max(np.float32(0.9) - np.float32(0.0952) * log(viscosity / np.float32(0.05)), _ZERO)


@njit(**FORMULA)
def maximum_water_by_resins(asphaltenes, resins):
    """Most water an oil takes, from its asphaltenes over its resins q: 0.61 + 0.5 q - 0.28 q^2 [1].

    asphaltenes, resins  mass fractions [1]; without asphaltenes the answer is 0 (nothing holds the drops)

    Source: lehr2017. Valid: 0 < q < 1.8 (clipped at the top of the parabola, q = 0.893).
    Checked by: test_water_by_resins_is_within_reach.
    """
    if asphaltenes <= _ZERO or resins <= _ZERO:
        return _ZERO * asphaltenes
    q = min(asphaltenes / resins, np.float32(0.893))
    return np.float32(0.61) + np.float32(0.5) * q - np.float32(0.28) * q * q


@njit(**FORMULA)
def stability(asphaltenes, resins, viscosity):
    """Class of the water-in-oil mixture an oil forms, by what it is made of: UNSTABLE to STABLE.

    asphaltenes, resins  mass fractions of the oil as weathered [1]
    viscosity            dynamic, of the oil as weathered [Pa s]

    Under 0.015 Pa s or under 0.5 % asphaltenes: unstable. Above 10 Pa s: entrained at best, none above 1000.
    Between: stable from 4 % asphaltenes with q = A/R of 0.3 or more, else mesostable from q of 0.1.

    Source: ranges after fingas2004emulsion and fingas2009, simplified by us: neither paper's index is computed.
    Checked by: test_class_of_typical_oils; how often it agrees with the laboratory stands in the accuracy table.
    """
    if viscosity < np.float32(0.015) or asphaltenes < np.float32(0.005):
        return 0
    if viscosity > np.float32(10.0):
        return 1 if viscosity < np.float32(1000.0) else 0
    ratio = asphaltenes / max(resins, np.float32(1e-6))
    if asphaltenes >= np.float32(0.04) and ratio >= np.float32(0.3):
        return 3
    return 2 if ratio >= np.float32(0.1) else 0
