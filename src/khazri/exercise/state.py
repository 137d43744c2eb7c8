"""The state of an exercise: the fold of its log. Values only; never edited, only evolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from khazri.exercise.commands import Polwarn, Position
from khazri.exercise.design import Design, Translations
from khazri.exercise.facts import Opened
from khazri.simulation.orders import FailureKind, TaskKind

Phase = Literal["ready", "running", "paused", "ended"]


@dataclass(frozen=True)
class Task:
    """What a unit was last told to do; `version` counts its orders."""

    kind: TaskKind
    geometry: tuple[Position, ...]
    step: int
    version: int
    target: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """What control let fail on a unit, from a step on."""

    unit: str
    kind: FailureKind
    step: int
    until_step: int | None


@dataclass(frozen=True)
class OrderGivenTo:
    """An order of the past, for triggers and measures."""

    kind: str
    unit: str
    party: str
    step: int
    seq: int


@dataclass(frozen=True)
class Message:
    """A message and who has read and acknowledged it."""

    seq: int
    step: int
    sender: str
    to: str
    precedence: Literal["routine", "priority", "urgent"]
    subject: Translations
    text: Translations
    reply_to: int | None
    form: Polwarn | None
    read_by: frozenset[str] = frozenset()
    acknowledged_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wind:
    """A wind ordered by control, from a step on."""

    site: str
    step: int
    speed: float
    from_bearing: float


@dataclass(frozen=True)
class Grant:
    """What observers of a party may see until a step."""

    scope: Literal["truth", "delegation"]
    of_party: str | None
    until_step: int


@dataclass(frozen=True)
class Rating:
    """An evaluator's word on an objective."""

    objective: str
    rating: Literal["P", "S", "M", "U"]
    reason: str
    evidence: tuple[int, ...]
    actor: str
    seq: int


@dataclass(frozen=True)
class Note:
    """A note, and whose it is."""

    seq: int
    step: int
    actor: str
    text: str
    shared: bool


@dataclass(frozen=True)
class Finding:
    """What the exercise showed, and who says so."""

    seq: int
    step: int
    actor: str
    text: str
    objective: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class State:
    """Everything that the log says so far."""

    design: Design
    seq: int = 0
    step: int = 0  # of the last entry
    opened: Opened | None = None
    phase: Phase = "ready"
    pace: float = 1.0
    jump_to: int | None = None
    tasks: dict[str, Task] = field(default_factory=dict)
    orders_given: tuple[OrderGivenTo, ...] = ()
    winds: tuple[Wind, ...] = ()
    failures: tuple[Failure, ...] = ()
    messages: dict[int, Message] = field(default_factory=dict)
    injects_fired: dict[str, int] = field(default_factory=dict)  # ident -> seq
    injects_held: frozenset[str] = frozenset()
    grants: dict[str, tuple[Grant, ...]] = field(default_factory=dict)  # party -> grants
    ratings: dict[str, Rating] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()
    run: str = ""  # of the log that this is the fold of
