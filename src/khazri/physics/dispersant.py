"""What dispersant sprayed from a vessel or an aircraft does to floating oil: dose, and the share of oil that it disperses."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import log

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_KNOT = np.float32(1852.0 / 3600.0)
_CENTISTOKE = np.float32(1e-6)
_TINY = np.float32(1e-12)
# ruling 7: by the wind in knots, 0 to 24
_BY_WIND = np.array(
    [15, 30, 45, 60, 70, 78, 80, 82, 83, 84, 84, 84, 84, 84, 83, 83, 82, 80, 79, 78, 77, 75, 73, 71, 69], np.float32
) * np.float32(0.01)  # fmt: skip
_LOG_VISCOSITY = np.log(np.array([10, 100, 1e3, 2e3, 3e3, 5e3, 7e3, 1e4, 2e4, 5e4, 1e6], np.float64)).astype(np.float32)
_BY_VISCOSITY = np.array([78, 87, 92, 91, 83, 52, 32, 17, 11, 6.5, 0], np.float32) * np.float32(0.01)
_SALT = np.array([0, 5, 12, 30], np.float32)
_BY_SALT = np.array([0.05, 0.3, 0.6, 1.0], np.float32)


@njit(**FORMULA)
def wind_share(wind_speed):
    """Share of treated oil that the wind's mixing lets disperse [1].

    wind_speed  at 10 m [m s-1]

    Source: table of ROC (Genwest 2011), read as by knots (ruling 7): its own index says m/s, which would put the best mixing
    at 9 to 13 m/s and a share of 0.8 in a near calm.
    Valid: 0 to 24 kn; held at its end beyond. Not validated.
    Checked by: test_the_wind_table_is_by_knots.
    """
    place = min(max(wind_speed / _KNOT, _ZERO), np.float32(24.0))
    low = min(np.int32(place), np.int32(23))
    return _BY_WIND[low] + (place - np.float32(low)) * (_BY_WIND[low + 1] - _BY_WIND[low])


@njit(**FORMULA)
def viscosity_share(viscosity):
    """Share of treated oil that its viscosity lets disperse [1], linear in the logarithm between the points of the table.

    viscosity  kinematic, of the oil or emulsion [m2 s-1]

    Source: table of ROC (Genwest 2011); sea trials put the limit between 2,075 cP (works) and 7,100 cP (does not) at 7 to
    14 kn (IOSC 2005).
    Valid: 10 to 1e6 mm2/s; held at the ends beyond.
    Checked by: test_thick_oil_does_not_disperse, test_the_viscosity_table_by_hand.
    """
    place = log(max(viscosity / _CENTISTOKE, _ONE))
    share = _BY_VISCOSITY[0]
    for k in range(10):
        wide = _LOG_VISCOSITY[k + 1] - _LOG_VISCOSITY[k]
        part = min(max((place - _LOG_VISCOSITY[k]) / wide, _ZERO), _ONE)
        share += part * (_BY_VISCOSITY[k + 1] - _BY_VISCOSITY[k])
    return share


@njit(**FORMULA)
def salinity_share(salinity):
    """Share of what marine dispersant does in the ocean that it does in water of this salinity [1].

    salinity  [g kg-1]

    Source: one product 58 % at 33, 1 % in fresh water (IOSC proceedings); straight lines through 0.05 at 0, 0.3 at 5, 0.6 at 12
    and 1 at 30 are ours.
    Valid: marine products. Order of magnitude; not validated.
    Checked by: test_fresh_water_spoils_dispersant.
    """
    share = _BY_SALT[0]
    for k in range(3):
        part = min(max((salinity - _SALT[k]) / (_SALT[k + 1] - _SALT[k]), _ZERO), _ONE)
        share += part * (_BY_SALT[k + 1] - _BY_SALT[k])
    return share


@njit(**FORMULA)
def dose_share(ratio, needed):
    """Share of the oil met that a thinner dose than needed reaches [1]: needed / ratio, 1 at most.

    ratio   oil to dispersant as sprayed [1]
    needed  oil to dispersant that treats it all: 20, weathered oil 10, light fresh oil 50 [1]

    Source: IPIECA-IOGP (2014) for the doses; in proportion below them is ours.
    Valid: sprayed evenly.
    Checked by: test_half_a_dose_treats_half.
    """
    return min(needed / max(ratio, _TINY), _ONE)


@njit(**FORMULA)
def dose_thickness(film, ratio):
    """Layer of dispersant that a film needs [m]: h / DOR.

    film   h [m];  ratio  oil to dispersant [1]

    Source: ROC (Genwest 2011). Valid: any film.
    Checked by: test_pump_rate_by_hand.
    """
    return film / ratio


@njit(**FORMULA)
def spray_rate(dose, swath, speed):
    """Dispersant pumped [m3 s-1]: dose w v.

    dose  layer laid down [m];  swath  w [m];  speed  v [m s-1]

    Source: ROC (Genwest 2011). Valid: even spraying.
    Checked by: test_pump_rate_by_hand.
    """
    return dose * swath * speed


@njit(**FORMULA)
def effect(wind_speed, salinity):
    """Share of treated oil that disperses whatever its viscosity [1]: `wind_share` times `salinity_share`.

    wind_speed  [m s-1];  salinity  [g kg-1]

    Source: product, as ROC (Genwest 2011) multiplies wind and viscosity.
    Valid: as its parts; not validated.
    Checked by: test_shares_multiply.
    """
    return wind_share(wind_speed) * salinity_share(salinity)
