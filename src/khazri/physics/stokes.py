"""How Stokes drift falls off below the surface: three profiles that carry the same volume."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import erfc, exp, sqrt

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_EIGHT = np.float32(8.0)
_THIRD = np.float32(1.0 / 3.0)
_PI = np.float32(3.141592653589793)
_TWO_PI = np.float32(6.283185307179586)
_SIXTEENTH = np.float32(1.0 / 16.0)
_TINY = np.float32(1e-9)
_MEAN = np.float32(0.7718)  # Tm01 / Tp of a Pierson-Moskowitz spectrum: (4/5)^(1/4) / Gamma(3/4)


@njit(**FORMULA)
def transport(height, period):
    """Volume that the drift carries per unit of width [m2 s-1]: V = (2 pi / Tm01) Hs^2 / 16, with Tm01 = 0.7718 Tp.

    height  Hs [m]
    period  Tp, of the peak [s]

    Source: breivik2014; ratio of the mean to the peak period, pierson1964.
    Valid: deep water.
    Checked by: test_every_profile_carries_the_transport.
    """
    return _TWO_PI / (_MEAN * max(period, np.float32(0.1))) * height * height * _SIXTEENTH


@njit(**FORMULA)
def stokes_profile(surface_speed, height, period, z):
    """Stokes drift at depth under a Phillips spectrum [m s-1].

    u_s (exp(2 k z) - (2 pi k |z|)^0.5 erfc((2 k |z|)^0.5)), k = u_s (1 - 2/3) / (2 V).

    surface_speed  u_s [m s-1]
    height         Hs [m]
    period         Tp, of the peak [s]
    z              height above the surface, negative below [m]

    Source: breivik2016.
    Valid: deep water, wind sea.
    Checked by: test_every_profile_carries_the_transport.
    """
    k = surface_speed * _THIRD / max(_TWO * transport(height, period), _TINY)
    x = _TWO * k * max(-z, _ZERO)
    return surface_speed * max(exp(-x) - sqrt(_PI * x) * erfc(sqrt(x)), _ZERO)


@njit(**FORMULA)
def stokes_monochromatic(surface_speed, height, period, z):
    """Stokes drift at depth under one wave train [m s-1]: u_s exp(2 k z), k = u_s / (2 V).

    surface_speed, height, period, z   as `stokes_profile`

    Source: stokes1847, with the wave number that keeps the transport (breivik2014).
    Valid: swell.
    Checked by: test_every_profile_carries_the_transport.
    """
    k = surface_speed / max(_TWO * transport(height, period), _TINY)
    return surface_speed * exp(_TWO * k * min(z, _ZERO))


@njit(**FORMULA)
def stokes_exponential_integral(surface_speed, height, period, z):
    """Stokes drift at depth, near that of a broad spectrum [m s-1]: u_s exp(2 k z) / (1 - 8 k z), k = u_s / (6 V).

    surface_speed, height, period, z   as `stokes_profile`

    Source: breivik2014; a third of the monochromatic wave number keeps the transport within 0.6 %.
    Valid: deep water.
    Checked by: test_every_profile_carries_the_transport.
    """
    k = surface_speed * _THIRD / max(_TWO * transport(height, period), _TINY)
    below = min(z, _ZERO)
    return surface_speed * exp(_TWO * k * below) / (_ONE - _EIGHT * k * below)
