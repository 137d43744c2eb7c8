"""Units and what they do to the oil: catalogue figures, movement over water, tasks, preview, sightings.

    fleet = fleet_of(pack.inventory)
    preview(sea, unit, vessel, "skim", ring)      # Preview, or Cannot(code, params)

`simulation` drives the units; nothing here reads a file, a clock or a random number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khazri.response.catalogue import FIGURES, Figure
from khazri.response.events import Event
from khazri.response.fleet import Fleet, Unit, fleet_of, unit_of
from khazri.response.refused import Cannot
from khazri.response.vessel import LaidBoom, Task, Vessel

if TYPE_CHECKING:
    from khazri.response.previewing import Marginal, Preview, preview
    from khazri.response.sea import Sea
    from khazri.response.waters import Waters

_LATER = {"Marginal": "previewing", "Preview": "previewing", "preview": "previewing", "Sea": "sea", "Waters": "waters"}

__all__ = [
    "FIGURES", "Cannot", "Event", "Figure", "Fleet", "LaidBoom", "Marginal", "Preview", "Sea", "Task", "Unit", "Vessel", "Waters",
    "fleet_of", "preview", "unit_of",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.response.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.response' has no attribute {name!r}")
