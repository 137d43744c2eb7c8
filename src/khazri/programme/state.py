"""The state of a plan: the fold of its log. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from khazri.programme.document import PlanDocument
from khazri.programme.kinds import Activity, Lesson, Translations


@dataclass(frozen=True)
class Held:
    """An activity and how far it is."""

    activity: Activity
    status: str = "proposed"
    confirmed: frozenset[str] = frozenset()  # parties that have given their word for the next step
    reason: str = ""  # why postponed or cancelled
    run: str = ""


@dataclass(frozen=True)
class Action:
    """What is done about a lesson."""

    text: Translations
    owner: str
    due: date
    test: Translations
    status: str = "assigned"
    verified_by: tuple[str, str, str, int] | None = None  # activity, run, objective, seq of the rating


@dataclass(frozen=True)
class Learned:
    """A lesson and what is done about it."""

    lesson: Lesson
    action: Action | None = None

    @property
    def status(self) -> str:
        """Identified, then as far as the action is; learned once it was verified."""
        if self.action is None:
            return "identified"
        return "learned" if self.action.status == "verified" else self.action.status


@dataclass(frozen=True)
class Plan:
    """Everything that the log says so far."""

    document: PlanDocument | None = None
    seq: int = 0
    status: str = "draft"
    confirmed: frozenset[str] = frozenset()
    activities: dict[str, Held] = field(default_factory=dict)
    lessons: dict[str, Learned] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """That sign."""
        return () if self.document is None else tuple(party.ident for party in self.document.parties)
