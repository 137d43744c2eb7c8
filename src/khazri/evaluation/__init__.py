"""From the log and the replayed world to measures, each with its evidence.

    evaluate(entries, state, played=trace, nothing=trace, refusals=refusals) -> Evaluation

Two runs stand against each other: as played, and *do nothing* (same seed, same weather, no unit moves). A measure that has
no evidence is absent, and says why.
"""

from __future__ import annotations

from khazri.evaluation.trace import BoomTrace, PlaceTrace, SiteTrace, Trace, UnitTrace

__all__ = ["BoomTrace", "PlaceTrace", "SiteTrace", "Trace", "UnitTrace"]
