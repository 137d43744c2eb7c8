"""The values that plans are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["en", "ru", "az", "kk", "tk", "fa", "und"]
Line = Annotated[str, Field(min_length=1, max_length=1000)]
Translations = Annotated[dict[Language, Line], Field(min_length=1)]
Ident = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Seq = Annotated[int, Field(ge=1)]

ActivityKind = Literal[
    "visit", "seminar", "conference", "exhibition", "course", "observation", "joint_exercise", "tabletop", "consultation",
    "expert_exchange", "equipment_test", "working_group", "document",
]  # fmt: skip
ActivityStatus = Literal[
    "proposed", "agreed", "scheduled", "preparing", "held", "reported", "closed", "postponed", "cancelled"
]
PlanStatus = Literal["draft", "agreed", "signed", "active", "closed"]
ActionStatus = Literal["assigned", "in_progress", "implemented", "verified"]
LessonStatus = Literal["identified", "assigned", "in_progress", "implemented", "learned"]

# status -> the one that follows it; each step takes the word of every party
NEXT_OF_ACTIVITY: dict[str, str] = {
    "proposed": "agreed", "agreed": "scheduled", "scheduled": "preparing", "preparing": "held", "held": "reported",
    "reported": "closed", "postponed": "scheduled",
}  # fmt: skip
NEXT_OF_PLAN: dict[str, str] = {"draft": "agreed", "agreed": "signed", "signed": "active", "active": "closed"}


class Model(BaseModel):
    """Frozen, and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(Model):
    """One that signs, or observers that are invited."""

    ident: Ident
    name: Translations


class Period(Model):
    """From a day to a day, both within it."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(
                f"ends on {self.end}, before it starts on {self.start}; expected a day not before the start"
            )
        return self


class Activity(Model):
    """What is to be done together."""

    ident: Ident
    title: Translations
    kind: ActivityKind
    period: Period
    host: Ident
    output: Translations | None = None
    lessons: tuple[Ident, ...] = ()  # that it comes from


class Lesson(Model):
    """What an activity showed."""

    ident: Ident
    text: Translations
    source: Line  # in words
    activity: Ident | None = None
    run: str = ""  # of an exercise, and the fact of its finding
    seq: int = 0
    objective: str = ""
