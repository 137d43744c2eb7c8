"""How much oil a shore holds, and how soon it gives it back."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp

_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_SIXTH = np.float32(1.0 / 6.0)
_SMALL = np.float32(0.01)
_LN2 = np.float32(0.6931471805599453)
_LIGHT, _HEAVY = np.float32(30e-6), np.float32(2000e-6)  # [m2 s-1]

# Order of the kinds; test_shore_kinds_are_those_of_the_terrain holds it against geo.terrain.ShoreType.
KINDS: Final = (
    "rock", "man_made", "gravel", "sand_gravel", "sand", "exposed_flat", "sheltered_flat", "reeds_marsh",
)  # fmt: skip
_HOUR = 3600.0
_HALF_LIFE = np.array([1, 1, 8760, 24, 24, 1, 8760, 8760], np.float32) * np.float32(_HOUR)
_LAYER = np.array(
    [[1, 5, 10], [1, 2, 2], [2, 9, 15], [3, 13, 20], [4, 17, 25], [3, 6, 10], [3, 6, 10], [6, 30, 40]], np.float32
) * np.float32(1e-3)


@njit(**FORMULA)
def half_life(kind):
    """Time in which a shore gives back half of what it holds, when the water reaches it [s].

    kind  0 to 7, in the order of `KINDS`

    Source: torgrimson1984, as tabled by shen1987; man-made as exposed rock, gravel as cobble.
    Valid: order of magnitude; not validated.
    Checked by: test_half_lives_of_the_table.
    """
    return _HALF_LIFE[kind]


@njit(**FORMULA)
def refloat_probability(half, dt):
    """Chance of leaving the shore within a step [1]: 1 - 0.5^(dt / T).

    half  T, half-life [s]
    dt    [s]

    Source: torgrimson1984.
    Valid: water at the shore's line.
    Checked by: test_refloating_chances_of_the_reference, test_short_steps_keep_their_digits.
    """
    x = _LN2 * dt / half
    # the series where 1 - exp(-x) would lose its digits: a short step on a shore that holds for years
    return x * (_ONE - x * (_HALF - x * _SIXTH)) if x < _SMALL else _ONE - exp(-x)


@njit(**FORMULA)
def holding_thickness(kind, viscosity):
    """Thickest layer that a shore holds [m], for light (under 30 mm2/s), medium and heavy oil (over 2000).

    kind       0 to 7, in the order of `KINDS`
    viscosity  kinematic, of the oil or emulsion [m2 s-1]

    Source: gundlach1987, as used in COZOIL (reed1989); sand-gravel halfway between sand and gravel.
    Valid: order of magnitude; not validated.
    Checked by: test_heavy_oil_lies_thicker.
    """
    group = 0 if viscosity < _LIGHT else (1 if viscosity < _HEAVY else 2)
    return _LAYER[kind, group]


@njit(**FORMULA)
def capacity(length, width, thickness, density):
    """Mass that a stretch of shore holds [kg]: L w h rho.

    length     along the shore [m]
    width      of the band that takes oil [m]
    thickness  `holding_thickness` [m]
    density    of the oil or emulsion [kg m-3]

    Source: gundlach1987.
    Valid: as `holding_thickness`.
    Checked by: test_capacity_is_a_volume_of_oil.
    """
    return length * width * thickness * density
