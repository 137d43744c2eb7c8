"""What people may ask for. Imperative; a command is refused or becomes facts (`exercise.decide`).

These models are the JSON that the service accepts, so the browser has its types from them. Geometry is longitude and
latitude in degrees, as at every edge; everything else is SI, bearings in radians.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from khazri.response.wanted import wanting

Ident = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Longitude = Annotated[float, Field(ge=-180.0, le=180.0, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90.0, le=90.0, allow_inf_nan=False)]
Position = tuple[Longitude, Latitude]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Seq = Annotated[int, Field(ge=1)]
Step = Annotated[int, Field(ge=0, le=10_000_000)]


class Model(BaseModel):
    """Frozen, and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# The clock: director and controllers.


class Start(Model):
    """StartEx."""

    kind: Literal["start"] = "start"


class Pause(Model):
    """No play until resumed."""

    kind: Literal["pause"] = "pause"


class Resume(Model):
    """Play on."""

    kind: Literal["resume"] = "resume"


class SetPace(Model):
    """Exercise seconds per second on the wall."""

    kind: Literal["set_pace"] = "set_pace"
    pace: Annotated[float, Field(ge=0.1, le=3600.0, allow_inf_nan=False)]


class Jump(Model):
    """Run ahead, as fast as the engine can, to a later step."""

    kind: Literal["jump"] = "jump"
    to_step: Step


class End(Model):
    """EndEx."""

    kind: Literal["end"] = "end"


# Control of the story.


class ChangeWind(Model):
    """The wind over a site from the next step on."""

    kind: Literal["change_wind"] = "change_wind"
    site: Ident
    speed: Annotated[float, Field(ge=0.0, le=60.0, allow_inf_nan=False)]  # [m s-1]
    from_bearing: Annotated[float, Field(ge=0.0, lt=6.2831854, allow_inf_nan=False)]  # [rad]


class FireInject(Model):
    """Send an inject now, whatever its time or condition."""

    kind: Literal["fire_inject"] = "fire_inject"
    inject: Ident


class HoldInject(Model):
    """Keep an inject back until it is fired by hand."""

    kind: Literal["hold_inject"] = "hold_inject"
    inject: Ident


class GrantView(Model):
    """Let the observers of a party see more before EndEx, until a step."""

    kind: Literal["grant_view"] = "grant_view"
    party: Ident
    scope: Literal["truth", "delegation"]
    of_party: Ident | None = None  # whose picture, where the scope is a delegation
    until_step: Step


# Units: players of the party that owns them.


class TaskSkimmer(Model):
    """Send a skimming vessel to recover oil inside an area."""

    kind: Literal["task_skimmer"] = "task_skimmer"
    unit: Ident
    area: Annotated[tuple[Position, ...], Field(min_length=3, max_length=64)]


class DeployBoom(Model):
    """Send a boom vessel to lay its static boom along a line."""

    kind: Literal["deploy_boom"] = "deploy_boom"
    unit: Ident
    line: Annotated[tuple[Position, ...], Field(min_length=2, max_length=32)]


class StandBy(Model):
    """Break off the task and wait where one is."""

    kind: Literal["stand_by"] = "stand_by"
    unit: Ident


UnitTaskName = Literal[
    "skim", "skim_thickest", "boom", "recover_boom", "protect", "tow_boom", "spray", "burn", "survey", "patrol", "clean_shore",
    "offload", "tow", "shut_source", "release",
]  # fmt: skip
Figure = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class TaskUnit(Model):
    """Give a unit a task of any kind that it can do (`khazri units show` lists them)."""

    kind: Literal["task_unit"] = "task_unit"
    unit: Ident
    task: UnitTaskName
    geometry: Annotated[tuple[Position, ...], Field(max_length=64)] = ()  # a ring, a line, a point, or nothing
    target: Annotated[str, Field(max_length=64, pattern=r"^([a-z0-9][a-z0-9_-]*)?$")] = ""  # a place, unit or release
    parameters: Annotated[
        dict[Ident, Figure], Field(max_length=8, default_factory=dict)
    ]  # in SI, by the names that the task knows

    @model_validator(mode="after")
    def _whole(self) -> TaskUnit:
        if lacks := wanting(self.task, len(self.geometry), self.target, self.parameters):
            raise ValueError(lacks)
        return self


class FailUnit(Model):
    """Let a unit's engine or gear fail (control)."""

    kind: Literal["fail_unit"] = "fail_unit"
    unit: Ident
    failure: Literal["engine", "gear"]
    until_step: Step | None = None  # None: for the rest of the exercise


# Messages.


class Polwarn(Model):
    """Pollution warning (POLREP part I): what a neighbour is told first. Group numbers as in the POLREP system."""

    date_and_time: Step  # 1, as the step of the exercise clock
    position: Position  # 2
    incident: Words  # 3
    outflow: Words  # 4
    acknowledge: bool = True  # 5


class SendMessage(Model):
    """A message to a cell, to control, or to all cells of a party."""

    kind: Literal["send_message"] = "send_message"
    to: Ident
    precedence: Literal["routine", "priority", "urgent"] = "routine"
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    text: Words
    reply_to: Seq | None = None


class FilePolwarn(Model):
    """A POLWARN to the other delegation."""

    kind: Literal["file_polwarn"] = "file_polwarn"
    to: Ident
    form: Polwarn


class ReadMessage(Model):
    """A message was opened."""

    kind: Literal["read_message"] = "read_message"
    message: Seq


class AcknowledgeMessage(Model):
    """A message was understood and taken on."""

    kind: Literal["acknowledge_message"] = "acknowledge_message"
    message: Seq


# Watching and judging.


class WriteNote(Model):
    """A note of an observer, an evaluator or a controller; `shared` notes go into the report."""

    kind: Literal["write_note"] = "write_note"
    text: Words
    shared: bool = True


class MarkObjective(Model):
    """An evaluator's rating: performed, with some challenges, with major challenges, unable (HSEEP)."""

    kind: Literal["mark_objective"] = "mark_objective"
    objective: Ident
    rating: Literal["P", "S", "M", "U"]
    reason: Words
    evidence: Annotated[tuple[Seq, ...], Field(max_length=100)] = ()


class RecordFinding(Model):
    """What the exercise showed, to become a lesson of the programme."""

    kind: Literal["record_finding"] = "record_finding"
    text: Words
    objective: Ident | None = None
    evidence: Annotated[tuple[Seq, ...], Field(max_length=100)] = ()


Command = Annotated[
    Start
    | Pause
    | Resume
    | SetPace
    | Jump
    | End
    | ChangeWind
    | FireInject
    | HoldInject
    | GrantView
    | TaskSkimmer
    | DeployBoom
    | StandBy
    | TaskUnit
    | FailUnit
    | SendMessage
    | FilePolwarn
    | ReadMessage
    | AcknowledgeMessage
    | WriteNote
    | MarkObjective
    | RecordFinding,
    Field(discriminator="kind"),
]
