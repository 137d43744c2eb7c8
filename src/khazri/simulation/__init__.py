"""The `World` of an exercise and its step.

world = open_world((site_inputs,), places)
world, happenings = advance(world, Orders())
summarise(world)                                # WorldSummary
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khazri.simulation.happenings import Happening
from khazri.simulation.orders import Orders
from khazri.simulation.place import Place

if TYPE_CHECKING:
    from khazri.simulation.oiling import Oiling
    from khazri.simulation.summary import WorldSummary, summarise
    from khazri.simulation.world import World, advance, open_world

_LATER = {
    "Oiling": "oiling", "World": "world", "WorldSummary": "summary", "advance": "world", "open_world": "world",
    "summarise": "summary",
}  # fmt: skip

__all__ = ["Happening", "Oiling", "Orders", "Place", "World", "WorldSummary", "advance", "open_world", "summarise"]


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.simulation.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.simulation' has no attribute {name!r}")
