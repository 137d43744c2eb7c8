"""How fast breaking waves drive floating oil under, and how deep."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, power, sqrt
from khazri.physics.waves import dissipation_energy

_GRAVITY = np.float32(9.81)
_FOUR = np.float32(4.0)
# [kg m-3]: d_o diverges as the densities meet (ruling 6); overwashing takes over there
_LEAST_DIFFERENCE = np.float32(10.0)
_LEAST_FILM = np.float32(1e-7)


@njit(**FORMULA)
def droplet_scale(density_oil, density_water, tension):
    """Largest droplet that tension holds together against buoyancy [m]: d_o = 4 (sigma / ((rho_w - rho_o) g))^0.5.

    density_oil    [kg m-3]
    density_water  [kg m-3]
    tension        sigma [N m-1]

    Source: li2017 (Rayleigh-Taylor instability).
    Valid: the difference counts as at least 10 kg/m3.
    Checked by: test_the_droplet_scale_stays_finite.
    """
    difference = max(density_water - density_oil, _LEAST_DIFFERENCE)
    return _FOUR * sqrt(tension / (difference * _GRAVITY))


@njit(**FORMULA)
def weber(height, density_water, scale, tension):
    """Weber number of a breaking sea [1]: rho_w g Hs d_o / sigma.

    height, density_water, scale (d_o), tension   SI

    Source: li2017.
    Valid: breaking seas.
    Checked by: test_rate_of_li_by_hand.
    """
    return density_water * _GRAVITY * max(height, np.float32(0.001)) * scale / tension


@njit(**FORMULA)
def ohnesorge(viscosity, density_oil, scale, tension):
    """Ohnesorge number of the oil [1]: mu / (rho_o sigma d_o)^0.5.

    viscosity (dynamic), density_oil, scale (d_o), tension   SI

    Source: li2017.
    Valid: any oil.
    Checked by: test_rate_of_li_by_hand.
    """
    return viscosity / sqrt(density_oil * tension * scale)


@njit(**FORMULA)
def rate_li2017(height, breaking, viscosity, density_oil, density_water, tension):
    """Share of the floating oil that goes under in a second [s-1]: 4.604e-10 We^1.805 Oh^-1.023 Fbw.

    height         Hs [m]
    breaking       Fbw, share of the surface that breaks in a second [s-1]
    viscosity      of the oil or emulsion, dynamic [Pa s]
    density_oil    [kg m-3]
    density_water  [kg m-3]
    tension        oil-water [N m-1]

    Source: li2017.
    Valid: fitted to tank tests of crude and dispersed oil; film thickness does not enter. Emulsions are beyond the fit.
    Checked by: test_rate_of_li_by_hand, test_thicker_oil_is_entrained_more_slowly.
    """
    scale = droplet_scale(density_oil, density_water, tension)
    we = weber(height, density_water, scale, tension)
    oh = max(ohnesorge(viscosity, density_oil, scale, tension), np.float32(1e-4))
    return np.float32(4.604e-10) * power(we, np.float32(1.805)) * power(oh, np.float32(-1.023)) * breaking


@njit(**FORMULA)
def rate_delvigne1988(height, breaking, viscosity, density_oil, density_water, thickness):
    """Share of the floating oil that goes under in a second [s-1].

    Q = C De^0.57 Fbw V (1 - Y) [kg m-2 s-1], C = 2400 exp(-73.682 nu^0.5), V = 3.9e-8 (droplets up to 70 microns),
    divided by the oil in the film, rho_o h (1 - Y): the water Y cancels.

    height         Hs [m]
    breaking       Fbw [s-1]
    viscosity      nu, kinematic [m2 s-1]; it is used as such, not divided by density again
    density_oil    [kg m-3]
    density_water  [kg m-3]
    thickness      h, of the film [m]

    Source: delvigne1988, in the form of ADIOS2 (lehr2002).
    Valid: nu up to 1e-3 m2/s; beyond it next to nothing is dispersed.
    Checked by: test_rate_of_delvigne_by_hand.
    """
    constant = np.float32(2400.0) * exp(np.float32(-73.682) * sqrt(viscosity))
    energy = power(dissipation_energy(height, density_water), np.float32(0.57))
    flux = constant * energy * breaking * np.float32(3.9e-8)
    return flux / (density_oil * max(thickness, _LEAST_FILM))


@njit(**FORMULA)
def intrusion_depth(height, share):
    """Depth to which a breaker drives a droplet [m]: even between 0 and 1.5 Hs.

    height  Hs [m]; the caller clips the result at the bed
    share   s, a uniform number in (0, 1) [1]

    Source: delvigne1988 (1.5 +- 0.35 of the breaker's height; the mean is used); even over that depth as in li2017.
    Valid: water deeper than the result.
    Checked by: test_intrusion_stays_within_its_depth.
    """
    return np.float32(1.5) * share * height
