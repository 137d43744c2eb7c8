"""What a conductor needs of the world that it advances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from khazri.engine.frame import Frame
from khazri.exercise.commands import Position
from khazri.exercise.refusal import Refusal
from khazri.exercise.state import State
from khazri.simulation.happenings import Happening
from khazri.simulation.summary import WorldSummary


class LiveWorld(Protocol):
    """One exercise's world. Everything but `advance` is quick; `advance` runs in a worker thread and is never entered twice."""

    @property
    def step(self) -> int:
        """Steps done."""
        ...

    def advance(self, state: State) -> Sequence[Happening]:
        """One step under the orders that stand in `state`."""
        ...

    def summary(self) -> WorldSummary:
        """What triggers and decisions read."""
        ...

    def frames(self) -> dict[str, Frame]:
        """The present frame of each site."""
        ...

    def feasibility(self, unit: str, task: str, geometry: tuple[Position, ...]) -> Refusal | None:
        """Whether a unit could carry out a task now."""
        ...

    def save(self) -> bytes:
        """A snapshot."""
        ...

    def restore(self, snapshot: bytes) -> None:
        """Stand where `save` stood."""
        ...
