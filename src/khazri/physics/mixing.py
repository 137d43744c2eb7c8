"""Vertical turbulence and the random walk in it that keeps an even water column even."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import sqrt

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_FOUR = np.float32(4.0)
_LEAST_DEPTH = np.float32(0.05)
_BACKGROUND = np.float32(1e-5)  # [m2 s-1]
_BED_SHARE = np.float32(0.25)
# von Karman's constant, friction velocity in water per wind speed, peak of the parabola s (1 - s)
_KARMAN_FRICTION = np.float32(0.4 * 1.23e-3 / 4.0)


@njit(**FORMULA)
def surface_diffusivity(wind_speed, layer):
    """Largest vertical diffusivity of the wind-mixed layer [m2 s-1].

    min(76.1e-4 + 2.26e-4 U^2, kappa u* H / 4), u* = 1.23e-3 U: the second is the peak of kappa u* z (1 - z/H),
    the eddies that a shallow layer has room for.

    wind_speed  U at 10 m [m s-1]
    layer       H, of the mixed layer or the water [m]

    Source: sundby1983; the parabola, fischer1979.
    Valid: U up to 20 m/s.
    Checked by: test_shallow_water_mixes_less.
    """
    deep = np.float32(76.1e-4) + np.float32(2.26e-4) * wind_speed * wind_speed
    return max(min(deep, _KARMAN_FRICTION * wind_speed * layer), _BACKGROUND)


@njit(**FORMULA)
def column(wind_speed, depth, mixed_layer):
    """What a column's profile needs, once for all its sub-steps: (1 / H [m-1], K_b, K_s - K_b [m2 s-1]).

    wind_speed, depth, mixed_layer  as `diffusivity_and_gradient`

    Source: as `diffusivity_and_gradient`.
    Valid: as `diffusivity_and_gradient`.
    Checked by: test_the_gradient_is_the_derivative.
    """
    layer = max(min(depth, mixed_layer), _LEAST_DEPTH)
    top = surface_diffusivity(wind_speed, layer)
    low = max(_BED_SHARE * top, _BACKGROUND) if depth <= mixed_layer else _BACKGROUND
    return _ONE / layer, low, top - low


@njit(**FORMULA)
def profile(z, inverse, low, most):
    """(K, dK/dz) at a height of a column that `column` described [m2 s-1, m s-1]; above the surface, of the mirror image.

    z                   height above the surface, negative below [m]
    inverse, low, most  of `column`

    Source: as `diffusivity_and_gradient`.
    Valid: as `diffusivity_and_gradient`.
    Checked by: test_the_gradient_is_the_derivative, test_the_profile_is_level_at_its_ends.
    """
    share = min(abs(z) * inverse, _ONE)
    bump = _ONE - share * share
    return low + most * (bump * bump), (bump * share) * (_FOUR * most * inverse)  # brackets shorten the chain


@njit(**FORMULA)
def diffusivity_and_gradient(z, wind_speed, depth, mixed_layer):
    """(K, dK/dz) at a depth [m2 s-1, m s-1].

    K = K_b + (K_s - K_b) (1 - (z/H)^2)^2 with H the lesser of depth and mixed layer: largest and level at the surface,
    level again at the bottom of the layer. K_b is 1e-5 under a mixed layer, and K_s / 4 where the layer reaches the bed:
    were it small there, the walk of a 60 s step would gather at the bed (1.7 times the even share in 4 m).

    z            height above the surface, negative below [m]
    wind_speed   U [m s-1]
    depth        of the water [m]
    mixed_layer  [m]

    Source: surface value, sundby1983; the shape (after large1994, smoothed at its ends) is ours, not validated.
    Valid: unstratified or two-layer water.
    Checked by: test_the_gradient_is_the_derivative, test_the_profile_is_level_at_its_ends.
    """
    inverse, low, most = column(wind_speed, depth, mixed_layer)
    return profile(z, inverse, low, most)


@njit(**FORMULA)
def visser_step(z, gradient, shifted, dt, noise):
    """Height after one step of the walk [m]: z + K' dt + n (2 K(z + K' dt / 2) dt)^0.5.

    z         height above the surface [m]
    gradient  K' at z, upwards [m s-1]
    shifted   K at z + K' dt / 2 [m2 s-1]: K at z itself leaves the variance of a step short by K'^2 dt^2
    dt        [s], much less than 1 / |K''|
    noise     n, of variance 1 [1]

    Source: visser1997.
    Valid: dt as stated; an even column stays even within 5 % (4 s) and 20 % (60 s) in 2 m of water under 15 m/s.
    Checked by: test_an_even_column_stays_even, test_without_the_gradient_a_column_gathers_at_the_bed,
    test_a_step_has_the_exact_variance_of_a_linear_profile.
    """
    return z + gradient * dt + noise * sqrt(_TWO * shifted * dt)


@njit(**FORMULA)
def reflect(z, depth):
    """The height mirrored at surface and bed, and held between them [m].

    z      height above the surface [m]
    depth  of the water [m]

    Source: mirror images; once at each end, then clamped.
    Valid: steps shorter than the depth.
    Checked by: test_reflection_keeps_the_water_column.
    """
    below = abs(z)
    return min(max(-below, below - _TWO * depth), _ZERO)  # the image in the bed is the higher one where it is crossed
