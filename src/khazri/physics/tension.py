"""Interfacial tension between oil and water [N m-1]."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA

TENSION_LEAST: Final = np.float32(1e-5)  # chemically dispersed oil, order of magnitude
_MILLI = np.float32(0.001)
_ONE = np.float32(1.0)


@njit(**FORMULA)
def oil_water(api):
    """Oil-water tension from API gravity, 0.001 (39 - 0.2571 API) [N m-1].

    api  degrees API, see `density.api_gravity`

    Source: baker1956 through NOAA's public-domain oil library. Valid: API 5 to 50; +-5e-3 N/m.
    Checked by: test_tension_by_hand.
    """
    return max(_MILLI * (np.float32(39.0) - np.float32(0.2571) * api), np.float32(0.01))


@njit(**FORMULA)
def treated(tension, efficiency):
    """Tension of oil of which a share was reached by dispersant: (1 - e) sigma + e TENSION_LEAST [N m-1].

    tension  untreated [N m-1];  efficiency  e, share treated [1]

    Source: own bound between untreated and fully treated oil. Not validated.
    Checked by: test_dispersant_lowers_tension.
    """
    return tension * (_ONE - efficiency) + TENSION_LEAST * efficiency
