"""What a conductor needs of the world that it advances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from khazri.exercise.commands import Position
from khazri.exercise.picture import Observation
from khazri.exercise.refusal import Refusal
from khazri.exercise.state import State
from khazri.simulation.orders import TaskKind

if TYPE_CHECKING:  # the engine takes a second to load, and the first page should not wait for it
    from khazri.simulation.happenings import Happening
    from khazri.simulation.seascape import Seascape
    from khazri.simulation.summary import WorldSummary


@dataclass(frozen=True)
class Look:
    """The world at one moment, made once for everybody: values only, safe to read while the world goes on."""

    step: int = 0
    observation: Observation = field(default_factory=Observation)
    frames: dict[str, bytes] = field(default_factory=dict)  # site -> points of the truth (`points.encode`)
    seas: Mapping[str, Callable[[], Seascape]] = field(
        default_factory=dict
    )  # site -> the sea, made when it is asked for


@dataclass(frozen=True)
class Route:
    """How a unit would go about a task."""

    route: tuple[Position, ...]
    length: float  # [m]
    seconds: float  # until it acts
    marginal: dict[str, float] | None = None  # where it floats only if the water is deeper than thought
    hindrance: str = ""  # what would keep the unit from working there as things are now
    cautions: tuple[str, ...] = ()  # what speaks against a boom there as things are now


class LiveWorld(Protocol):
    """One exercise's world.

    `advance`, `look`, `save` and `restore` run in a worker thread, one at a time; the rest is quick and may be called
    while the world is being advanced.
    """

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

    def look(self, state: State) -> Look:
        """What the world shows now, under the orders that stand in `state`."""
        ...

    def feasibility(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Refusal | None:
        """Whether a unit could carry out a task now."""
        ...

    def preview(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Route | Refusal:
        """How it would, or why it cannot."""
        ...

    def save(self) -> bytes:
        """A snapshot."""
        ...

    def restore(self, snapshot: bytes) -> None:
        """Stand where `save` stood."""
        ...
