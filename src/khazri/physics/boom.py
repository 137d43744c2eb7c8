"""What a boom lets through: entrainment under the skirt by the current across it, and splash-over by waves."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.maths import KERNEL, exp, log

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_ONSET = np.float32(0.36)
_FULL = np.float32(0.62)
_ONSET_VISCOUS = np.float32(0.28)
_VISCOUS = np.float32(3.0e-3)
_SHORTEST = np.float32(0.05)  # a share lost within a minute is never quite 1, so that the rate stays finite
_MINUTE = np.float32(60.0)


@njit(**KERNEL)
def loss_share(normal_speed, viscosity):
    """Share of the contained oil that passes under the skirt in a minute [1].

    0 up to the onset, linear to 1 at 0.62 m/s (1.2 kn). Onset 0.36 m/s (0.7 kn); 0.28 m/s for oil above 3,000 mm2/s, which
    fails earlier by critical accumulation.

    normal_speed  of the water relative to the boom, across it, without wind drift (ruling 8) [m s-1]
    viscosity     kinematic, of the oil or emulsion [m2 s-1]

    Source: onset, US Navy Salvage Manual vol. 6 (1991); full loss, ROC's warning limit (Genwest 2011). Straight line between: ours.
    Valid: calm to moderate sea; not validated against tank tests.
    Checked by: test_nothing_leaks_below_the_onset, test_viscous_oil_fails_earlier.
    """
    onset = _ONSET_VISCOUS if viscosity > _VISCOUS else _ONSET
    return min(max((normal_speed - onset) / (_FULL - onset), _ZERO), _ONE)


@njit(**KERNEL)
def splash_share(wave_height, limit):
    """Share of the contained oil that passes over the boom in a minute [1]: 0 up to half the limit, 1 at the limit.

    wave_height  significant [m]
    limit        the boom's own, of the maker or the catalogue [m]

    Source: our straight line through the two states of the catalogue; not validated.
    Checked by: test_waves_beyond_the_limit_empty_the_boom.
    """
    return min(max((wave_height - _HALF * limit) / (_HALF * limit), _ZERO), _ONE)


@njit(**KERNEL)
def leaked_fraction(share, dt):
    """Fraction that has leaked after `dt` at a constant share a minute: 1 - exp(-lambda dt), whatever the step (ruling 8).

    share  lost in a minute [1]
    dt     time [s]

    Source: first-order rate; lambda = -ln(1 - share) / 60 s, the share held below 0.95.
    Checked by: test_two_half_steps_leak_as_one, test_a_minute_leaks_its_share.
    """
    kept = max(_ONE - share, _SHORTEST)
    decay = log(kept)
    return _ONE - exp(decay * (dt / _MINUTE))
