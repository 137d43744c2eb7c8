"""Oil among ice: who carries it, and how much the ice shelters it."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)


@njit(**FORMULA)
def blend(concentration):
    """Share k with which oil moves with the ice [1]: (A - 0.3) / 0.5 between 0 and 1.

    concentration  A, of the ice [1]

    Source: nordam2019; below 30 % oil drifts as in open water (venkatesh1990).
    Valid: pack and drift ice.
    Checked by: test_oil_joins_the_ice_between_thirty_and_eighty_per_cent.
    """
    return min(max((concentration - np.float32(0.3)) * np.float32(2.0), _ZERO), _ONE)


@njit(**FORMULA)
def oil_velocity_component(open_water, ice, k):
    """One component of the oil's velocity [m s-1]: (1 - k) u_open + k u_ice.

    open_water  drift as without ice [m s-1]
    ice         drift of the ice [m s-1]
    k           `blend` [1]

    Source: nordam2019.
    Valid: as `blend`.
    Checked by: test_oil_joins_the_ice_between_thirty_and_eighty_per_cent.
    """
    return (_ONE - k) * open_water + k * ice


@njit(**FORMULA)
def open_share(concentration):
    """Share of open water [1], by which spreading, evaporation, waves and entrainment are reduced.

    concentration  A [1]

    Source: venkatesh1990 for spreading; for the others a first estimate of ours, not validated.
    Valid: 0 to 1.
    Checked by: test_closed_ice_shelters_all.
    """
    return min(max(_ONE - concentration, _ZERO), _ONE)
