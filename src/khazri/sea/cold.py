"""How cold it feels, and how soon bare skin freezes: limits of work outside in winter."""

from __future__ import annotations

import math
from typing import Final

ZERO_CELSIUS: Final = 273.15
KILOMETRES_AN_HOUR: Final = 3.6
WARMEST: Final = 10.0  # degC above which there is no wind chill: validity of the index
CALMEST: Final = 4.8  # km/h below which there is none


def wind_chill(air: float, wind: float) -> float:
    """Wind chill temperature [K]: 13.12 + 0.6215 T - 11.37 V^0.16 + 0.3965 T V^0.16, T in degC, V in km/h at 10 m.

    air    temperature of the air [K]; above 10 degC it is the answer itself
    wind   speed at 10 m [m s-1]; below 4.8 km/h the air's temperature is the answer

    Source: Osczevski and Bluestein (2005). Valid: a face walking into the wind at 1.3 m/s, without sun.
    Checked by: test_wind_chill_is_as_the_charts_print_it.
    """
    celsius, speed = air - ZERO_CELSIUS, wind * KILOMETRES_AN_HOUR
    if celsius > WARMEST or speed < CALMEST:
        return air
    power = math.pow(speed, 0.16)
    return 13.12 + 0.6215 * celsius - 11.37 * power + 0.3965 * celsius * power + ZERO_CELSIUS


def frostbite_minutes(air: float, wind: float) -> float | None:
    """Minutes until the bare skin of one in twenty people freezes: ((-24.5 (0.667 V + 4.8)) + 2111) (-4.8 - T)^-1.668.

    None where the formula does not hold: wind below 25 km/h or above 80, air not below -15 degC, or half an hour and more.

    Source: Environment Canada's operational form of Tikuisis and Osczevski (2003), recalled: not re-checked against the paper.
    Checked by: test_skin_freezes_within_minutes_in_a_strong_wind_at_thirty_below.
    """
    celsius, speed = air - ZERO_CELSIUS, wind * KILOMETRES_AN_HOUR
    if not 25.0 <= speed <= 80.0 or celsius > -15.0:
        return None
    minutes = (-24.5 * (0.667 * speed + 4.8) + 2111.0) * math.pow(-4.8 - celsius, -1.668)
    return minutes if 0.0 < minutes <= 30.0 else None


def gust(wind: float) -> float:
    """The strongest gust of three seconds in ten minutes of a mean wind over open water [m s-1]: 1.23 U.

    Source: Harper, Kepert and Ginger (2010), WMO guidelines for converting between averaging periods, "at sea".
    Valid: neutral air, strong winds.
    Checked by: test_a_gust_at_sea_is_a_quarter_above_the_mean.
    """
    return 1.23 * wind
