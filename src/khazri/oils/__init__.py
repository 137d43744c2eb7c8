"""Oils: records, the catalogue, estimation of what a record leaves out, and the tables by which an oil weathers.

Names are imported when first used: a command that only checks an ident does not wait for numba.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khazri.oils import adios
    from khazri.oils.adios import from_adios
    from khazri.oils.estimation import OilError, resolve
    from khazri.oils.figures import OilFigures
    from khazri.oils.own import from_properties
    from khazri.oils.published import catalogue_idents
    from khazri.oils.record import Oil
    from khazri.oils.shelf import Row, UnknownOilError, catalogue, describe, find, listing
    from khazri.oils.tables import WeatheringTable, weathering_table

_HOMES = {
    "Oil": "record",
    "OilError": "estimation",
    "OilFigures": "figures",
    "Row": "shelf",
    "UnknownOilError": "shelf",
    "WeatheringTable": "tables",
    "catalogue": "shelf",
    "catalogue_idents": "published",
    "describe": "shelf",
    "find": "shelf",
    "from_adios": "adios",
    "from_properties": "own",
    "listing": "shelf",
    "resolve": "estimation",
    "weathering_table": "tables",
}

__all__ = [
    "Oil",
    "OilError",
    "OilFigures",
    "Row",
    "UnknownOilError",
    "WeatheringTable",
    "adios",
    "catalogue",
    "catalogue_idents",
    "describe",
    "find",
    "from_adios",
    "from_properties",
    "listing",
    "resolve",
    "weathering_table",
]


def __getattr__(name: str) -> object:
    if name == "adios":
        return import_module("khazri.oils.adios")
    if name not in _HOMES:
        raise AttributeError(f"khazri.oils has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"khazri.oils.{_HOMES[name]}"), name)
