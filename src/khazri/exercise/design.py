"""What the fold needs to know of the scenario: who takes part, with what, and what control has prepared.

Frozen by its hash when the exercise is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from khazri.exercise.commands import Position
from khazri.exercise.triggers import Predicate

Translations = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """A group of players of one party."""

    ident: str
    party: str
    name: Translations


@dataclass(frozen=True)
class Unit:
    """A resource of a party, and where it starts."""

    ident: str
    party: str
    kind: str  # of `response.catalogue`
    name: Translations
    site: str
    position: Position | None = None  # where it lies at the start
    figures: dict[str, float] = field(default_factory=dict)  # of the pack, in SI; the catalogue's where not given


@dataclass(frozen=True)
class Inject:
    """A delivery that control has prepared: due at a step, or when a condition holds; neither: only by hand."""

    ident: str
    sender: str
    to: str
    precedence: Literal["routine", "priority", "urgent"]
    subject: Translations
    text: Translations
    at_step: int | None = None
    when: Predicate | None = None


@dataclass(frozen=True)
class Objective:
    """What the exercise is to show, and where it comes from (a lesson, the plan, a law)."""

    ident: str
    text: Translations
    source: str
    evidence: tuple[str, ...] = ()  # what will show it: messages, polwarn, orders, oil, notes


@dataclass(frozen=True)
class Design:
    """The exercise as approved."""

    exercise: str
    title: Translations
    parties: tuple[str, ...]
    sites: tuple[str, ...]
    cells: tuple[Cell, ...]
    units: tuple[Unit, ...]
    injects: tuple[Inject, ...]
    objectives: tuple[Objective, ...]
    last_step: int
    observers_may_see: frozenset[str] = frozenset()  # parties whose picture the host shows observers from the start
    shown_to: dict[str, frozenset[str]] = field(default_factory=dict)  # the same for observers of one party
