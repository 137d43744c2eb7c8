"""What `decide` asks of the world about a task: answered by `response`, handed in by whoever holds the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from khazri.exercise.commands import Position
from khazri.exercise.refusal import Refusal
from khazri.simulation.orders import TaskKind


class Feasibility(Protocol):
    """Whether a unit could carry out a task as the world stands."""

    def __call__(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Refusal | None:
        """None, or why it cannot be done."""
