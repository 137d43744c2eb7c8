"""The JSON of questions and answers that are no view, fact or command of the exercise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from khazri.exercise.commands import Command, Ident, Model, Position
from khazri.exercise.design import Translations
from khazri.exercise.view import Shown, View


class Me(Model):
    """Whose seat it is."""

    person: str
    role: str
    party: str
    cell: str
    run: str | None = None


class ExerciseEntry(Model):
    """A line of the list of exercises."""

    run: str
    exercise: str
    title: Translations
    phase: Literal["opening", "not_opened", "ready", "running", "paused", "ended"]
    role: str
    party: str
    cell: str


class Exercises(Model):
    """The exercises of a seat."""

    exercises: tuple[ExerciseEntry, ...]


class Events(Model):
    """Facts in their order."""

    events: tuple[Shown, ...]


class Ordered(Model):
    """A command in its envelope."""

    command: Command


class AcceptedBody(Model):
    """A command that became facts."""

    accepted: Literal[True] = True
    seq: int


class PreviewQuestion(Model):
    """How would this unit do that?"""

    unit: Ident
    task: Literal["skim", "boom"]
    geometry: Annotated[tuple[Position, ...], Field(min_length=2, max_length=64)]

    @model_validator(mode="after")
    def _an_area_has_corners(self) -> PreviewQuestion:
        if self.task == "skim" and len(self.geometry) < 3:
            raise ValueError(f"geometry has {len(self.geometry)} points; expected 3 or more for an area to skim")
        return self


class RouteBody(Model):
    """Like this."""

    route: tuple[Position, ...]
    length: float  # [m]
    arrival_step: int
    marginal: dict[str, float] | None = None  # depth, uncertainty [m], longitude, latitude: there it may touch the bed


class Replayed(Model):
    """A minute again: the view, and where its frame is (empty: the reader sees none)."""

    view: View
    frame: str
