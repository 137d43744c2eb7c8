"""Burning oil where it floats: what can be lit, how fast it goes, when it goes out, what is left."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_REGRESSION = np.float32(5.8e-5)  # [m s-1]
_ICE_SLOWS = np.float32(0.5)
_ICY = np.float32(0.3)  # concentration from which it does
_CRUDE, _WEATHERED, _EMULSION = np.float32(1e-3), np.float32(2.5e-3), np.float32(5e-3)  # [m]
_FRESH, _WET = np.float32(0.05), np.float32(0.05)
_OUT = np.float32(2e-3)  # [m]
_WATER_MOST = np.float32(0.25)
_PER_WIND = np.float32(0.07)
_LEFT = np.float32(0.05)
_TINY = np.float32(1e-12)


@njit(**FORMULA)
def ignition_thickness(evaporated, water):
    """Least film that can be lit [m]: fresh crude 1 mm, weathered 2.5 mm, emulsion 5 mm.

    evaporated  share of the oil [1]; from 0.05 on it counts as weathered
    water       fraction of the emulsion [1]; from 0.05 on it counts as one

    Source: ITOPF TIP 8 (2014) for 2 to 3 mm; fresh and emulsified after ASTM F1788.
    Valid: with an igniter meant for it.
    Checked by: test_what_can_be_lit.
    """
    dry = _WEATHERED if evaporated >= _FRESH else _CRUDE
    return _EMULSION if water >= _WET else dry


@njit(**FORMULA)
def burns(water):
    """Whether an emulsion feeds a fire: no more than a quarter of it is water.

    water  fraction of the emulsion [1]

    Source: ITOPF TIP 8 (2014), ASTM F1788: 25 %, some oils 50 %.
    Valid: most crudes.
    Checked by: test_what_can_be_lit.
    """
    return water <= _WATER_MOST


@njit(**FORMULA)
def wind_efficiency(wind_speed):
    """Share of the calm's pace at which oil burns in the wind [1]: 1 - 0.07 U, 0 above 14.3 m/s.

    wind_speed  U at 10 m [m s-1]

    Source: PyGNOME (NOAA, public domain), cleanup.
    Valid: 0 to 14.3 m/s; teams stop at 10.
    Checked by: test_wind_slows_a_burn.
    """
    return max(_ONE - _PER_WIND * wind_speed, _ZERO)


@njit(**FORMULA)
def regression(ice):
    """Pace at which the film of oil without water sinks [m s-1]: 5.8e-5 (3.48 mm a minute); half of it among ice.

    ice  concentration [1]; from three tenths on it counts

    Source: PyGNOME (NOAA); ROC (Genwest 2011) 3.56 mm a minute, the literature 1 to 4. Half in ice: SINTEF JIP (2010), rounded.
    Valid: fires of 10 m2 and more.
    Checked by: test_burn_of_the_worked_example.
    """
    return _REGRESSION * (_ICE_SLOWS if ice >= _ICY else _ONE)


@njit(**FORMULA)
def film_after(film, water, pace, dt):
    """Film after `dt` of burning [m]; it goes out at 2 mm and a thinner film does not burn.

    film   h of the emulsion [m]
    water  W, fraction of the emulsion [1]: the film sinks at k (1 - W), since the water must boil off first
    pace   k, `regression` times `wind_efficiency` [m s-1]
    dt     [s]

    Source: PyGNOME (NOAA), cleanup: d = (h - 0.002) / (k (1 - W)). Exact over the step.
    Valid: steady burning.
    Checked by: test_burn_of_the_worked_example, test_two_half_burns_equal_one.
    """
    return max(film - pace * (_ONE - water) * dt, min(film, _OUT))


@njit(**FORMULA)
def burnt_share(film, water, pace, dt):
    """Share of a film that burns within `dt` [1]; see `film_after`.

    film, water, pace, dt   SI

    Source: as `film_after`. Valid: as there.
    Checked by: test_burn_of_the_worked_example.
    """
    return _ONE - film_after(film, water, pace, dt) / max(film, _TINY)


@njit(**FORMULA)
def residue_share():
    """Share of the oil taken by the fire that is left as tarry residue [1]: 0.05.

    What is still liquid where the fire goes out (2 mm) floats on and is not counted here.

    Source: 1 to 10 % (ASTM F1788, ITOPF TIP 8). Valid: order of magnitude; not validated.
    Checked by: test_burn_of_the_worked_example.
    """
    return _LEFT
