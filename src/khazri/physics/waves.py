"""Waves where none are given: height and period from wind, fetch and depth; breaking, dissipation, surface drift."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, log, power, tanh

_GRAVITY = np.float32(9.81)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_FOUR = np.float32(4.0)
_LEAST_WIND = np.float32(0.5)  # [m s-1]; below it the scaled fetch and depth lose their meaning
_LEAST_DEPTH = np.float32(0.05)  # [m]
_LEAST_FETCH = np.float32(10.0)  # [m]
_HEIGHT = np.float32(4.0 * 3.64e-3**0.5)
_BREAKER = np.float32(0.6)  # Hs over depth where waves break by depth


@njit(**FORMULA)
def depth_term(wind_speed, depth):
    """d^0.375, with d = g h / U^2 [1]; its square is the d^0.75 of the height.

    wind_speed, depth  as `significant_height`

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    speed = max(wind_speed, _LEAST_WIND)
    return exp(np.float32(0.375) * log(_GRAVITY * max(depth, _LEAST_DEPTH) / (speed * speed)))


@njit(**FORMULA)
def fetch_term(wind_speed, fetch):
    """ln x, with x = g X / U^2 [1].

    wind_speed, fetch  as `significant_height`

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    speed = max(wind_speed, _LEAST_WIND)
    return log(_GRAVITY * max(fetch, _LEAST_FETCH) / (speed * speed))


@njit(**FORMULA)
def growth_of_height(depth_part, fetch_part):
    """tanh A tanh(B / tanh A) of `significant_height`, from `depth_term` and `fetch_term` [1].

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    a = tanh(np.float32(0.493) * depth_part * depth_part)
    return a * tanh(np.float32(3.13e-3) * exp(np.float32(0.57) * fetch_part) / a)


@njit(**FORMULA)
def growth_of_period(depth_part, fetch_part):
    """tanh A tanh(B / tanh A) of `peak_period`, from `depth_term` and `fetch_term` [1].

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    a = tanh(np.float32(1.505) * depth_part)
    return a * tanh(np.float32(5.215e-4) * exp(np.float32(0.73) * fetch_part) / a)


@njit(**FORMULA)
def height_after(growth, wind_speed, depth):
    """Hs of `significant_height` from `growth_of_height` [m].

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    height = _HEIGHT * power(growth, np.float32(0.87)) * wind_speed * wind_speed / _GRAVITY
    height = min(height, _BREAKER * max(depth, _LEAST_DEPTH))
    return height if wind_speed > _LEAST_WIND else _ZERO * wind_speed  # no early return: loops over it become SIMD


@njit(**FORMULA)
def period_after(growth, wind_speed):
    """Tp of `peak_period` from `growth_of_period` [s].

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: as `significant_height` and `peak_period`.
    """
    period = wind_speed / (_GRAVITY * np.float32(0.133)) * power(growth, np.float32(0.37))
    return period if wind_speed > _LEAST_WIND else _ZERO * wind_speed


@njit(**FORMULA)
def significant_height(wind_speed, fetch, depth):
    """Significant wave height of a sea limited by fetch and depth [m].

    g^2 E / U^4 = 3.64e-3 (tanh A tanh(B / tanh A))^1.74, A = 0.493 d^0.75, B = 3.13e-3 x^0.57, Hs = 4 E^0.5,
    d = g h / U^2, x = g X / U^2; never above 0.6 h, where waves break by depth. The kernels run its parts one by one, in
    short loops: `depth_term`, `fetch_term`, `growth_of_height`, `height_after`.

    wind_speed  U at 10 m [m s-1]
    fetch       X, open water upwind [m]
    depth       h [m]

    Source: young1996; thornton1983 (breaking: Hrms = 0.42 h).
    Valid: wind that has lasted until the sea is limited by fetch or depth; U from 0.5 m/s (less: none), h from 5 cm.
    Checked by: test_waves_of_twelve_metres_a_second_over_four_metres, test_waves_grow_with_wind_fetch_and_depth,
    test_waves_break_by_depth.
    """
    growth = growth_of_height(depth_term(wind_speed, depth), fetch_term(wind_speed, fetch))
    return height_after(growth, wind_speed, depth)


@njit(**FORMULA)
def peak_period(wind_speed, fetch, depth):
    """Period of the spectral peak of a sea limited by fetch and depth [s].

    U / (g Tp) = 0.133 (tanh A tanh(B / tanh A))^-0.37, A = 1.505 d^0.375, B = 5.215e-4 x^0.73.

    wind_speed  U at 10 m [m s-1]
    fetch       X [m]
    depth       h [m]

    Source: young1996.
    Valid: as `significant_height`.
    Checked by: test_the_period_of_a_full_sea, test_waves_grow_with_wind_fetch_and_depth.
    """
    return period_after(growth_of_period(depth_term(wind_speed, depth), fetch_term(wind_speed, fetch)), wind_speed)


@njit(**FORMULA)
def breaking_fraction(wind_speed, period):
    """Share of the surface that breaks in a second [s-1]: 0.032 (U - 5) / Tp, none below 5 m/s, Tp at least 1 s.

    wind_speed  U at 10 m [m s-1]
    period      Tp, of the peak [s]

    Source: holthuijsen1986, as used by delvigne1988.
    Valid: 5 to 20 m/s, deep water.
    Checked by: test_breaking_begins_at_five_metres_a_second.
    """
    return np.float32(0.032) * max(wind_speed - np.float32(5.0), _ZERO) / max(period, _ONE)


@njit(**FORMULA)
def breaking_fraction_lehr(wind_speed, salinity):
    """Share of the surface that breaks in a second, with the wave period that foam of this salinity lasts [s-1].

    0.5 (0.01 U + 0.01) / Tm from 4 m/s, 0.5 * 0.0125 U / Tm below; Tm = 0.03742857 S + 2.54 s.

    wind_speed  U at 10 m [m s-1]
    salinity    S [1e-3]

    Source: lehr2000 (whitecaps); monahan1986 (duration of foam, fresh 2.54 s, sea 3.85 s).
    Valid: S 0 to 35; U up to 25 m/s. An alternative to `breaking_fraction`, not validated by us.
    Checked by: test_foam_lasts_longer_in_salt_water.
    """
    duration = np.float32(0.03742857) * salinity + np.float32(2.54)
    high = np.float32(0.01) * wind_speed + np.float32(0.01)
    low = np.float32(0.0125) * wind_speed
    cover = high if wind_speed > _FOUR else low
    return np.float32(0.5) * cover / duration


@njit(**FORMULA)
def dissipation_energy(height, density_water):
    """Energy that breaking waves lose, per unit of area [J m-2]: 0.0034 rho g Hrms^2, with Hrms^2 = Hs^2 / 2.

    height         Hs, significant [m]
    density_water  rho [kg m-3]

    Source: delvigne1988. The height in it is the root mean square one: Hs in its place doubles the energy.
    Valid: breaking seas.
    Checked by: test_dissipation_uses_the_root_mean_square_height.
    """
    return np.float32(0.0034 * 0.5) * density_water * _GRAVITY * height * height


@njit(**FORMULA)
def stokes_surface(height, period):
    """Stokes drift at the surface of a wind sea [m s-1]: pi^3 Hs^2 / (g Tm^3), with Tm = 0.71 Tp.

    height  Hs [m]
    period  Tp, of the peak [s]

    Source: myrhaug2014 (from the spectral moments); ratio of the mean to the peak period, pierson1964.
    Valid: deep water for the peak (depth above a quarter of the wave length). The third moment of a pierson1964
    spectrum without a cut-off gives 1.53 times as much; the cut-off and the spread of direction lower
    that. Not validated.
    Checked by: test_stokes_drift_is_about_one_per_cent_of_the_wind.
    """
    mean = np.float32(0.71) * max(period, np.float32(0.1))
    return np.float32(31.006277) * height * height / (_GRAVITY * mean * mean * mean)
