"""The JSON of questions and answers that are no view, fact or command of the exercise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from khazri.exercise.commands import Command, Figure, Ident, Model, Position, UnitTaskName
from khazri.exercise.design import Translations
from khazri.exercise.view import Shown, View
from khazri.response.wanted import wanting


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
    task: UnitTaskName
    geometry: Annotated[tuple[Position, ...], Field(max_length=64)] = ()
    target: Annotated[str, Field(max_length=64, pattern=r"^([a-z0-9][a-z0-9_-]*)?$")] = ""
    parameters: Annotated[dict[Ident, Figure], Field(max_length=8, default_factory=dict)]

    @model_validator(mode="after")
    def _whole(self) -> PreviewQuestion:
        if lacks := wanting(self.task, len(self.geometry), self.target, self.parameters):
            raise ValueError(lacks)
        return self


class RouteBody(Model):
    """Like this."""

    route: tuple[Position, ...]
    length: float  # [m]
    arrival_step: int
    hindrance: str = ""  # waves, wind, visibility, ice, dark: it would have to wait there as things are now
    cautions: tuple[
        str, ...
    ] = ()  # anchors_would_drag, skirt_grounds: what speaks against a boom there as things are now
    marginal: dict[str, float] | None = None  # depth, uncertainty [m], longitude, latitude: there it may touch the bed


Cells = tuple[float | None, ...]  # row by row, the southern row first; null where there is no water
Polygons = tuple[tuple[tuple[Position, ...], ...], ...]  # as the coordinates of a MultiPolygon of GeoJSON


class SeaBody(Model):
    """The sea of a site at one moment, on square cells of the site's plane."""

    site: str
    step: int
    time: float  # [s] from the start
    moves: bool  # whether the level moves; else it is 0 everywhere
    sources: dict[str, str]  # where level, current and wave_height come from
    nx: int
    ny: int
    spacing: float  # of the cells [m]
    longitude: tuple[float, ...]  # of the middles of cells [degrees]
    latitude: tuple[float, ...]
    water: tuple[Literal[0, 1, 2], ...]  # land, water, dry now
    level: Cells  # above the site's water level [m]
    u: Cells  # current to the east [m s-1]
    v: Cells  # to the north
    hs: Cells  # significant wave height [m]
    dried: Polygons  # water at the ordinary level that is dry now
    flooded: Polygons  # flats that are under water now
    gauges: dict[str, float | None]  # place -> level [m]; null: it lies dry


class Replayed(Model):
    """A minute again: the view, and where its frame is (empty: the reader sees none)."""

    view: View
    frame: str
