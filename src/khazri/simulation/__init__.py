"""The `World` of an exercise and its step.

world = open_world((site_inputs,), places, fleet=fleet_of(pack.inventory))
world, happenings = advance(world, Orders())
summarise(world)                                # WorldSummary
observe_units(world)                            # units, booms, sightings
preview_task(world, "alfa-skimmer", "skim", ring)
snapshot = save_world(world)                    # bytes; restore_world(world, snapshot) goes on bit for bit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khazri.simulation.happenings import Happening
from khazri.simulation.orders import Orders
from khazri.simulation.place import Place

if TYPE_CHECKING:
    from khazri.simulation.oiling import Oiling
    from khazri.simulation.seascape import Seascape, seascape_of
    from khazri.simulation.snapshot import restore_world, save_world
    from khazri.simulation.summary import WorldSummary, summarise
    from khazri.simulation.units import BoomNow, SightingNow, UnitNow, UnitsNow, observe_units, preview_task
    from khazri.simulation.world import World, advance, open_world

_LATER = {
    "BoomNow": "units", "Oiling": "oiling", "Seascape": "seascape", "SightingNow": "units", "UnitNow": "units", "UnitsNow": "units",
    "World": "world", "WorldSummary": "summary", "advance": "world", "observe_units": "units", "open_world": "world",
    "preview_task": "units", "restore_world": "snapshot", "save_world": "snapshot",
    "seascape_of": "seascape", "summarise": "summary",
}  # fmt: skip

__all__ = [
    "BoomNow", "Happening", "Oiling", "Orders", "Place", "Seascape", "SightingNow", "UnitNow", "UnitsNow", "World", "WorldSummary",
    "advance", "observe_units", "open_world", "preview_task", "restore_world", "save_world", "seascape_of", "summarise",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.simulation.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.simulation' has no attribute {name!r}")
