"""Dissolution of aromatics: what oil loses to the water without a film in between.

Only aromatics count (alkanes of the same size dissolve ten to a hundred times less). An aromatic of concentration C in
the oil stands against C / K_ow in the water at the interface, so an amount m in a film of thickness h, or in droplets
of diameter d, decays exponentially: dm/dt = -k_w m / (K_ow h), or -6 k_w m / (K_ow d).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, sqrt
from khazri.physics.roots import cube_root

LN10: Final = np.float32(2.302585093)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)


@njit(**FORMULA)
def partition(molar_mass):
    """Oil-water partition coefficient of an aromatic, log10 K_ow = 0.6 + 23 M [1].

    molar_mass  M [kg mol-1]

    Source: own line through the octanol-water figures of benzene (2.13) to methylphenanthrene (5.0); octanol stands for
    oil. Valid: 0.078 to 0.2 kg mol-1, within 0.3 of the logarithm.
    Checked by: test_partition_of_published_aromatics.
    """
    return exp(LN10 * (np.float32(0.6) + np.float32(23.0) * molar_mass))


@njit(**FORMULA)
def slick_transfer(wind_speed):
    """Transfer velocity in the water under a slick, 0.01 m/h per m/s of wind [m s-1].

    Source: cohen1980 (0.01 m/h), with the wind as in NOAA's public-domain GNOME. Not validated.
    Checked by: test_slick_rate_by_hand.
    """
    return np.float32(0.01 / 3600.0) * max(wind_speed, _ONE)


@njit(**FORMULA)
def slick_rate(wind_speed, thickness, partition_coefficient):
    """Rate at which an aromatic leaves a film, k_w / (K_ow h) [s-1].

    wind_speed  [m s-1];  thickness  h of the thick film [m];  partition_coefficient  K_ow [1]

    Source: cohen1980 (flux), as used in NOAA's public-domain GNOME. Valid: films fresh enough to be mixed.
    Checked by: test_slick_rate_by_hand.
    """
    return slick_transfer(wind_speed) / (partition_coefficient * thickness)


@njit(**FORMULA)
def diffusivity(temperature):
    """Molecular diffusivity of a one-ring aromatic in water, 1e-9 m2/s at 25 C, growing 2.5 % a kelvin [m2 s-1].

    Source: order of hayduk1974 for benzene to naphthalene (0.75e-9 to 1.1e-9). Valid: 0 to 35 C, +-25 %.
    Checked by: test_cold_water_dissolves_more_slowly.
    """
    return np.float32(1.0e-9) * exp(np.float32(0.025) * (temperature - np.float32(298.15)))


@njit(**FORMULA)
def droplet_rate(diameter, rise_speed, temperature, viscosity_water, partition_coefficient):
    """Rate at which an aromatic leaves a droplet, 6 k_w / (K_ow d), k_w = Sh D / d [s-1].

    Sh = 2 + 0.6 Re^(1/2) Sc^(1/3), Re = w d / nu, Sc = nu / D.

    diameter               d [m]
    rise_speed             w, against the water, sign ignored [m s-1]
    temperature            of the water [K]
    viscosity_water        nu, kinematic [m2 s-1]
    partition_coefficient  K_ow [1]

    Source: ranz1952. How long droplets stay down is the vertical walk's matter (ding1994 take it from breaking waves).
    Valid: Re below about 1000, clean interfaces (dispersant slows them). Not validated at sea.
    Checked by: test_still_droplet_has_sherwood_two, test_small_droplets_dissolve_faster.
    """
    d_w = diffusivity(temperature)
    reynolds = abs(rise_speed) * diameter / viscosity_water
    sherwood = _TWO + np.float32(0.6) * sqrt(reynolds) * cube_root(viscosity_water / d_w)
    return np.float32(6.0) * sherwood * d_w / (partition_coefficient * diameter * diameter)


@njit(**FORMULA)
def remaining(mass, rate, dt):
    """Mass of the aromatic after `dt`, m exp(-rate dt), exact [kg]. Checked by: test_two_half_steps_equal_one."""
    return mass * exp(-max(rate, _ZERO) * dt)
