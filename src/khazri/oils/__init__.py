"""Oils: records, the catalogue, estimation of what a record leaves out, and the tables by which an oil weathers."""

from __future__ import annotations

from khazri.oils import adios
from khazri.oils.estimation import OilError, resolve
from khazri.oils.figures import OilFigures
from khazri.oils.own import from_properties
from khazri.oils.record import Oil
from khazri.oils.shelf import Row, UnknownOilError, catalogue, describe, find, listing
from khazri.oils.tables import WeatheringTable, weathering_table

__all__ = [
    "Oil",
    "OilError",
    "OilFigures",
    "Row",
    "UnknownOilError",
    "WeatheringTable",
    "adios",
    "catalogue",
    "describe",
    "find",
    "from_properties",
    "listing",
    "resolve",
    "weathering_table",
]
