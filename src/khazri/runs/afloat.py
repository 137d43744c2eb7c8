"""The one place where a replay reads what units and booms have done in the world."""

from __future__ import annotations

from khazri.evaluation.trace import BoomTrace, UnitTrace
from khazri.simulation.world import World


class Afloat:
    """Counts units and booms over every step and keeps samples of them. The world has none yet."""

    def __init__(self, world: World, dt: float) -> None:
        self._dt = dt

    def count(self, world: World) -> None:
        """After a step: add what was done in it."""

    def keep(self, world: World) -> None:
        """One sample."""

    def mixture_of(self, site: str) -> float:
        """Oil and water taken from the sea of a site so far [m3]."""
        return 0.0

    def traces(self) -> tuple[tuple[UnitTrace, ...], tuple[BoomTrace, ...]]:
        """All samples as arrays."""
        return (), ()
