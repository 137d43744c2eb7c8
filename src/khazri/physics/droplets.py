"""Sizes of the droplets that breaking waves make."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.entrainment import droplet_scale, ohnesorge, weber
from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, power, sqrt

_GRAVITY = np.float32(9.81)
_ONE = np.float32(1.0)
_SPREAD = np.float32(0.4 * 2.302585092994046)  # natural logarithm of the standard deviation of 0.4 decades


@njit(**FORMULA)
def median_li2017(height, viscosity, density_oil, density_water, tension):
    """Median diameter by volume [m]: 1.791 d_o (1 + 10 Oh)^0.460 We^-0.518.

    height         Hs [m]
    viscosity      of the oil or emulsion, dynamic [Pa s]
    density_oil    [kg m-3]
    density_water  [kg m-3]
    tension        oil-water [N m-1]

    Source: li2017b.
    Valid: breaking waves; the density difference counts as at least 10 kg/m3 (ruling 6).
    Checked by: test_droplets_of_li_by_hand, test_rougher_seas_make_smaller_droplets.
    """
    scale = droplet_scale(density_oil, density_water, tension)
    we = weber(height, density_water, scale, tension)
    oh = ohnesorge(viscosity, density_oil, scale, tension)
    thick = power(_ONE + np.float32(10.0) * oh, np.float32(0.460))
    return np.float32(1.791) * scale * thick * power(we, np.float32(-0.518))


@njit(**FORMULA)
def median_johansen2015(height, film, density_oil, viscosity, tension):
    """Median diameter by volume [m], from that by number: 2.251 h (We^-0.6 + 0.027 Re^-0.6).

    We = rho g H h / sigma, Re = rho h (g H)^0.5 / mu; a log-normal of 0.4 decades: ln dV = ln dN + 3 (0.4 ln 10)^2.

    height       H, fall of the breaker, taken as Hs [m]
    film         h [m]
    density_oil  rho [kg m-3]
    viscosity    mu, dynamic [Pa s]
    tension      sigma [N m-1]

    Source: johansen2015.
    Valid: films of 0.1 to 10 mm in breaking waves.
    Checked by: test_droplets_of_johansen_by_hand.
    """
    head = _GRAVITY * max(height, np.float32(0.01))
    we = density_oil * head * film / tension
    re = density_oil * film * sqrt(head) / viscosity
    number = np.float32(2.251) * film * (power(we, np.float32(-0.6)) + np.float32(0.027) * power(re, np.float32(-0.6)))
    return number * exp(np.float32(3.0) * _SPREAD * _SPREAD)


@njit(**FORMULA)
def lognormal_diameter(median, normal):
    """A diameter drawn from a log-normal spectrum [m]: median exp(0.4 ln 10 n).

    median  of the spectrum [m]
    normal  n, a standard normal number [1]

    Source: standard deviation of 0.4 decades, johansen2015.
    Valid: any median.
    Checked by: test_the_spectrum_is_log_normal.
    """
    return median * exp(_SPREAD * normal)
