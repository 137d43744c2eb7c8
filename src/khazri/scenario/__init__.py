"""What a scenario pack may say, and what is wrong where it says something else (pure)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khazri.scenario.canonical import hash_canonical, write_canonical
    from khazri.scenario.crew import Cell, Observers, Unit
    from khazri.scenario.environment import Environment, GriddedFiles, Scripted, Series, Station, Weather
    from khazri.scenario.faults import Fault, PackFaults
    from khazri.scenario.kinds import Area, Position, Text
    from khazri.scenario.numerics import NumericsSettings
    from khazri.scenario.oil import OwnOil
    from khazri.scenario.pack import Attachment, Pack, Party
    from khazri.scenario.reading import Origin, build, examine
    from khazri.scenario.release import OilRelease
    from khazri.scenario.site import Bathymetry, Coast, Place, Shoreline, Site, WaterLevel
    from khazri.scenario.story import Condition, Inject, Objective

_HOMES = {
    "reading": ("Origin", "build", "examine"),
    "canonical": ("hash_canonical", "write_canonical"),
    "crew": ("Cell", "Observers", "Unit"),
    "environment": ("Environment", "GriddedFiles", "Scripted", "Series", "Station", "Weather"),
    "faults": ("Fault", "PackFaults"),
    "kinds": ("Area", "Position", "Text"),
    "numerics": ("NumericsSettings",),
    "oil": ("OwnOil",),
    "pack": ("Attachment", "Pack", "Party"),
    "release": ("OilRelease",),
    "site": ("Bathymetry", "Coast", "Place", "Shoreline", "Site", "WaterLevel"),
    "story": ("Condition", "Inject", "Objective"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Area",
    "Attachment",
    "Bathymetry",
    "Cell",
    "Coast",
    "Condition",
    "Environment",
    "Fault",
    "GriddedFiles",
    "Inject",
    "NumericsSettings",
    "Objective",
    "Observers",
    "OilRelease",
    "Origin",
    "OwnOil",
    "Pack",
    "PackFaults",
    "Party",
    "Place",
    "Position",
    "Scripted",
    "Series",
    "Shoreline",
    "Site",
    "Station",
    "Text",
    "Unit",
    "WaterLevel",
    "Weather",
    "build",
    "examine",
    "hash_canonical",
    "write_canonical",
]


def __getattr__(name: str) -> object:
    if name in _HOME_OF:
        return getattr(import_module(f"khazri.scenario.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module 'khazri.scenario' has no attribute {name!r}")
