"""Oil among ice: who carries it, and how much the ice shelters it."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import sqrt

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


@njit(**FORMULA)
def frozen_thickness(degree_days):
    """Thickness of level ice after a frost [m]: 1.84 cm times the root of the degree-days.

    degree_days  sum over days of the air's degrees below the freezing point [K day]

    Source: root law of Stefan; the coefficient of the White Sea and the Caspian pack, 1.84.
    Valid: little snow, no current from below.
    Checked by: test_ice_and_oil_of_the_worked_example.
    """
    return np.float32(0.0184) * sqrt(max(degree_days, np.float32(0.0)))


@njit(**FORMULA)
def area_under_ice(volume, pool):
    """Area over which oil gathers under ice [m2].

    volume  of oil [m3];  pool  mean depth of what the ice's underside holds [m]

    Source: definition. Valid: level ice.
    Checked by: test_ice_and_oil_of_the_worked_example.
    """
    return volume / pool
