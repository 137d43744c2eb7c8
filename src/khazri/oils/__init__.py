"""Oil records, estimation of what they leave out, weathering tables."""

from __future__ import annotations

from khazri.oils.record import Oil
from khazri.oils.tables import WeatheringTable, weathering_table

__all__ = ["Oil", "WeatheringTable", "weathering_table"]
