"""Heavy oil that waves hold under the surface, and oil that no longer floats.

Where the density of oil and water nearly meet (heavy fuel in fresh cold water), patches are washed over and vanish from
sight, droplet scales that divide by the difference of density diverge, and a little sediment or cold makes oil sink.
Two rates, under and up, move oil between *afloat* and *overwashed*; `sinks` sends it to the bed. The criterion compares
how fast a lump rises with how fast the waves stir; it is our own and not validated.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, sqrt

GRAVITY: Final = np.float32(9.80665)
DIFFERENCE_OVERWASHED: Final = np.float32(0.03)  # above it oil is not held under
LUMP_LEAST: Final = np.float32(0.01)  # heavy oil gathers in mats and lumps, not in films [m]
_PI = np.float32(np.pi)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TINY = np.float32(1e-9)
_DRAG = np.float32(8.0 / 3.0)


@njit(**FORMULA)
def sinks(density_oil, density_water):
    """True where the oil (with its water) is no lighter than the water: it goes down to the bed.

    Source: definition. Checked by: test_bunker_sinks_in_cold_fresh_water_and_floats_in_the_sea.
    """
    return density_oil >= density_water


@njit(**FORMULA)
def lump_rise_speed(density_oil, density_water, thickness):
    """Speed at which a lump comes up, sqrt(8/3 D g h), form drag [m s-1]; 0 where it does not float.

    thickness  h of the mat, taken as 1 cm or more [m]

    Source: form-drag regime of clift1978, as for large drops. Checked by: test_heavier_oil_comes_up_more_slowly.
    """
    difference = max((density_water - density_oil) / density_water, _ZERO)
    return sqrt(_DRAG * GRAVITY * difference * max(thickness, LUMP_LEAST))


@njit(**FORMULA)
def under_rate(density_oil, density_water, thickness, wave_height, wave_period, breaking):
    """Rate at which floating heavy oil is washed under [s-1].

    f exp(-(w / u)^2) (1 - D / 0.03), with w the rise of a lump, u = pi H / T the stirring of the waves and f the share
    of the surface that breaks per second; 0 for D above 0.03.

    density_oil  of the emulsion [kg m-3];  density_water  [kg m-3];  thickness  h [m]
    wave_height  H, significant [m];  wave_period  T, of the peak [s];  breaking  f [s-1]

    Source: own, after the observations of clark1987 that oil within a few hundredths of the water's density is
    overwashed in breaking waves. Not validated.
    Checked by: test_light_oil_is_never_overwashed, test_calm_water_overwashes_nothing.
    """
    difference = max((density_water - density_oil) / density_water, _ZERO)
    stir = _PI * max(wave_height, _TINY) / max(wave_period, _TINY)
    slow = lump_rise_speed(density_oil, density_water, thickness) / stir
    rate = breaking * exp(-min(slow * slow, np.float32(80.0))) * (_ONE - difference / DIFFERENCE_OVERWASHED)
    none = (difference >= DIFFERENCE_OVERWASHED) | (wave_height <= _ZERO) | (wave_period <= _ZERO) | (breaking <= _ZERO)
    return _ZERO * density_oil if none else rate  # no early return: loops over it become SIMD


@njit(**FORMULA)
def up_rate(density_oil, density_water, thickness, wave_height):
    """Rate at which overwashed oil shows again, w / max(H, 0.1 m) [s-1]. Source: own. Not validated."""
    return lump_rise_speed(density_oil, density_water, thickness) / max(wave_height, np.float32(0.1))


@njit(**FORMULA)
def share_after(share, under, up, dt):
    """Share of the oil that is overwashed after `dt` at two constant rates, exact [1].

    share  overwashed now [1];  under, up  rates [s-1];  dt  [s]

    A driver of particles draws instead: down with 1 - exp(-under dt), up with 1 - exp(-up dt).
    Checked by: test_two_half_steps_equal_one.
    """
    total = under + up
    target = under / max(total, _TINY)
    return target + (share - target) * exp(-total * dt) if total * dt > _ZERO else share * _ONE
