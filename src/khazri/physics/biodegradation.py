"""Biodegradation of submerged oil: by a time scale of the temperature, or by the surface of the droplets."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp

LN2: Final = np.float32(0.6931471805599453)
DAY: Final = np.float32(86400.0)
SURFACE_LOSS_TEMPERATE: Final = np.float32(9.41e-4 / 86400.0)  # saturates below C30 [kg m-2 s-1]
SURFACE_LOSS_ARCTIC: Final = np.float32(1.29e-4 / 86400.0)
_LN3 = np.float32(1.0986122886681098)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)


@njit(**FORMULA)
def rate_adcroft(temperature):
    """First-order rate 1 / tau with tau = 12 d * 3^((20 - T) / 10), T in Celsius [s-1].

    tau is an e-folding time: no ln 2 belongs to it.

    temperature  of the water [K]

    Source: adcroft2010. Valid: dispersed and dissolved oil, 4 to 30 C (Gulf of Mexico); extrapolated below.
    Checked by: test_adcroft_times.
    """
    celsius = temperature - np.float32(273.15)
    return exp(-_LN3 * (np.float32(20.0) - celsius) * np.float32(0.1)) / (np.float32(12.0) * DAY)


@njit(**FORMULA)
def rate_half_time(half_time):
    """First-order rate of a half-time, ln 2 / half_time [s-1].

    half_time  [s]; 0 or less: no degradation

    Source: definition. Checked by: test_half_is_left_after_a_half_time.
    """
    if half_time <= _ZERO:
        return _ZERO * half_time
    return LN2 / half_time


@njit(**FORMULA)
def half_time_at(half_time, temperature, reference):
    """A half-time known at `reference` carried to another temperature: three times slower for 10 K colder [s].

    Source: adcroft2010 (the factor). Checked by: test_adcroft_times.
    """
    return half_time * exp(_LN3 * (reference - temperature) * np.float32(0.1))


@njit(**FORMULA)
def remaining(mass, rate, dt):
    """Mass left after `dt` at a first-order rate, m exp(-rate dt), exact [kg].

    Checked by: test_half_is_left_after_a_half_time, test_two_half_steps_equal_one.
    """
    return mass * exp(-max(rate, _ZERO) * dt)


@njit(**FORMULA)
def droplet_diameter_after(diameter, loss, density, dt):
    """Diameter of a droplet eaten from its surface: d - 2 q dt / rho, exact, not below 0 [m].

    A flux q through the surface takes dm/dt = -q pi d^2, hence dd/dt = -2 q / rho: the mass goes with the cube of d.

    diameter  d [m]
    loss      q, SURFACE_LOSS_TEMPERATE or SURFACE_LOSS_ARCTIC times the share of what can be eaten [kg m-2 s-1]
    density   rho of the oil [kg m-3]
    dt        [s]

    Source: rates of NOAA's public-domain GNOME (saturates below C30). Not validated.
    Checked by: test_surface_loss_takes_the_mass_of_the_flux, test_two_half_steps_equal_one.
    """
    return max(diameter - np.float32(2.0) * loss * dt / density, _ZERO)
