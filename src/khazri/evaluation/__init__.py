"""From the log and the replayed world to measures, each with its evidence.

    evaluate(entries, state, played=trace, nothing=trace, refusals=refusals) -> Evaluation

Two runs stand against each other: as played, and *do nothing* (same seed, same weather, no unit moves). A measure that has
no evidence is absent, and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khazri.evaluation.trace import BoomTrace, PlaceTrace, SiteTrace, Trace, UnitTrace

if TYPE_CHECKING:
    from khazri.evaluation.assessment import evaluate
    from khazri.evaluation.outcome import Evaluation

_LATER = {"Evaluation": "outcome", "evaluate": "assessment"}

__all__ = ["BoomTrace", "Evaluation", "PlaceTrace", "SiteTrace", "Trace", "UnitTrace", "evaluate"]


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.evaluation.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.evaluation' has no attribute {name!r}")
