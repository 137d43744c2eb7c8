"""Constants of nature and of seafaring, in SI."""

from __future__ import annotations

from typing import Final

NAUTICAL_MILE: Final = (
    1852.0  # [m], exact by definition (First International Extraordinary Hydrographic Conference, 1929)
)
KNOT: Final = NAUTICAL_MILE / 3600.0  # [m s-1]
GRAVITY: Final = 9.80665  # [m s-2], standard (CGPM 1901)
ZERO_CELSIUS: Final = 273.15  # [K], exact
GAS_CONSTANT: Final = 8.314462618  # [J mol-1 K-1], CODATA 2018
BARREL: Final = 0.158987294928  # [m3], 42 US gallons, exact
MINUTE: Final = 60.0  # [s]
HOUR: Final = 3600.0
DAY: Final = 86400.0
REFERENCE_TEMPERATURE: Final = 288.15  # [K], 15 degC, at which densities of oil are stated
