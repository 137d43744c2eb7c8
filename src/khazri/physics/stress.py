# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""What the air does to the sea: drag of the wind by three published laws, its stress, what ice leaves of it, pressure."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA

AIR_DENSITY = np.float32(1.225)  # [kg m-3], ICAO standard atmosphere at sea level
MOST_DRAG = np.float32(2.8e-3)  # the drag of winds beyond about 30 m/s
STANDARD_PRESSURE = np.float32(101_325.0)  # [Pa]
_GRAVITY = np.float32(9.81)
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_BREAK = np.float32(11.0)  # [m s-1]


@njit(**FORMULA)
def drag_large_pond(wind_speed):
    """Drag coefficient of the wind at 10 m [1]: 1.2e-3 below 11 m/s, (0.49 + 0.065 U) 1e-3 above, capped.

    wind_speed  U at 10 m [m s-1]

    Source: large1981; the cap: powell2003.
    Valid: 4 to 25 m/s, neutral air, open sea; in shallow water short waves are rougher, by up to a third.
    Checked by: test_large_and_pond_is_constant_below_eleven, test_drag_is_capped.
    """
    law = np.float32(1.2e-3) if wind_speed < _BREAK else np.float32(0.49e-3) + np.float32(0.065e-3) * wind_speed
    return min(law, MOST_DRAG)


@njit(**FORMULA)
def drag_wu(wind_speed):
    """Drag coefficient of the wind at 10 m [1]: (0.8 + 0.065 U) 1e-3, capped.

    wind_speed  U at 10 m [m s-1]

    Source: wu1982; the cap: powell2003.
    Valid: 1 m/s to hurricanes, as its author says; capped beyond 31 m/s.
    Checked by: test_wus_stress_has_the_reference_figures, test_drag_is_capped.
    """
    return min(np.float32(0.8e-3) + np.float32(0.065e-3) * wind_speed, MOST_DRAG)


@njit(**FORMULA)
def drag_garratt(wind_speed):
    """Drag coefficient of the wind at 10 m [1]: (0.75 + 0.067 U) 1e-3, capped.

    wind_speed  U at 10 m [m s-1]

    Source: garratt1977; the cap: powell2003.
    Valid: 4 to 21 m/s, neutral air, open sea.
    Checked by: test_garratt_at_ten_metres_a_second, test_drag_is_capped.
    """
    return min(np.float32(0.75e-3) + np.float32(0.067e-3) * wind_speed, MOST_DRAG)


@njit(**FORMULA)
def stress(drag, wind_speed, wind_component):
    """Stress on open water along one axis [Pa]: rho Cd U u.

    drag  Cd [1]; wind_speed U, wind_component u at 10 m [m s-1]

    Source: the definition of the drag coefficient.
    Valid: everywhere.
    Checked by: test_wus_stress_has_the_reference_figures.
    """
    return AIR_DENSITY * drag * wind_speed * wind_component


@njit(**FORMULA)
def share_under_ice(concentration):
    """Share of the wind's stress that comes through to the water [1]: 1 - A.

    concentration  A of the ice [1]

    Source: ours. Ice keeps the wind off the water that it covers; right for fast ice, which stands on the shore and the
    bed. Drifting ice drags the water along: that is left out, so that surges under loose ice come out too small.
    Valid: 0 to 1; beyond it is cut off.
    Checked by: test_ice_takes_its_share.
    """
    return _ONE - min(max(concentration, _ZERO), _ONE)


@njit(**FORMULA)
def barometer(pressure, density):
    """Level of a sea that has adjusted to the pressure of the air [m]: (p0 - p) / (rho g), 1 cm for a hectopascal.

    pressure  p [Pa], p0 is 101,325 Pa; density rho of the water [kg m-3]

    Source: hydrostatics (the inverse barometer).
    Valid: where the pressure changes slowly beside the waves of the basin, at the rim of an open one.
    Checked by: test_a_hectopascal_is_a_centimetre.
    """
    return (STANDARD_PRESSURE - pressure) / (density * _GRAVITY)
