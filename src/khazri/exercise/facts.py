"""What has happened. Past tense, versioned, readable for ever (`exercise.codec`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from khazri.exercise.commands import Ident, Model, Polwarn, Position, Seq, Step, UnitTaskName


class Opened(Model):
    """The first fact: pins what determines every bit of the run."""

    kind: Literal["opened"] = "opened"
    exercise: Ident
    scenario_hash: str
    input_hashes: dict[str, str]
    build: str
    seed: int
    dt: float  # [s]
    start: str  # UTC, ISO 8601
    last_step: Step
    parent: tuple[str, int] | None = None  # (run, step) that a rewind or what-if branched from


class Started(Model):
    """StartEx."""

    kind: Literal["started"] = "started"


class Paused(Model):
    """Play stopped for a while."""

    kind: Literal["paused"] = "paused"


class Resumed(Model):
    """Play went on."""

    kind: Literal["resumed"] = "resumed"


class PaceSet(Model):
    """Exercise seconds per second on the wall."""

    kind: Literal["pace_set"] = "pace_set"
    pace: float


class Jumped(Model):
    """Running ahead to a step."""

    kind: Literal["jumped"] = "jumped"
    to_step: Step


class Ended(Model):
    """EndEx."""

    kind: Literal["ended"] = "ended"


class WindChanged(Model):
    """The wind over a site from this step on."""

    kind: Literal["wind_changed"] = "wind_changed"
    site: Ident
    speed: float
    from_bearing: float


class InjectFired(Model):
    """An inject was delivered; its message follows as a fact of its own."""

    kind: Literal["inject_fired"] = "inject_fired"
    inject: Ident


class InjectHeld(Model):
    """An inject will wait for a controller."""

    kind: Literal["inject_held"] = "inject_held"
    inject: Ident


class ViewGranted(Model):
    """Observers of a party may see more until a step."""

    kind: Literal["view_granted"] = "view_granted"
    party: Ident
    scope: Literal["truth", "delegation"]
    of_party: Ident | None = None
    until_step: Step


class SkimmerTasked(Model):
    """A skimming vessel was ordered to an area."""

    kind: Literal["skimmer_tasked"] = "skimmer_tasked"
    unit: Ident
    area: tuple[Position, ...]


class BoomOrdered(Model):
    """A boom vessel was ordered to lay its boom along a line."""

    kind: Literal["boom_ordered"] = "boom_ordered"
    unit: Ident
    line: tuple[Position, ...]


class StoodBy(Model):
    """A unit was told to break off."""

    kind: Literal["stood_by"] = "stood_by"
    unit: Ident


class UnitTasked(Model):
    """A unit was given a task of any kind."""

    kind: Literal["unit_tasked"] = "unit_tasked"
    unit: Ident
    task: UnitTaskName
    geometry: tuple[Position, ...] = ()
    target: str = ""
    parameters: dict[str, float] = Field(default_factory=dict)


class UnitFailed(Model):
    """Control let a unit's engine or gear fail."""

    kind: Literal["unit_failed"] = "unit_failed"
    unit: Ident
    failure: Literal["engine", "gear"]
    until_step: Step | None = None


class MessageSent(Model):
    """A message left its sender; its number is the seq of this fact."""

    kind: Literal["message_sent"] = "message_sent"
    sender: Ident  # cell, or "control"
    to: Ident
    precedence: Literal["routine", "priority", "urgent"]
    subject: dict[str, str]  # by language; a player's own words stand under "und"
    text: dict[str, str]
    reply_to: Seq | None = None
    inject: Ident | None = None
    form: Polwarn | None = None


class MessageRead(Model):
    """A cell opened a message."""

    kind: Literal["message_read"] = "message_read"
    message: Seq
    cell: Ident


class MessageAcknowledged(Model):
    """A cell acknowledged a message."""

    kind: Literal["message_acknowledged"] = "message_acknowledged"
    message: Seq
    cell: Ident


class NoteWritten(Model):
    """A note of somebody who watches."""

    kind: Literal["note_written"] = "note_written"
    text: str
    shared: bool


class ObjectiveMarked(Model):
    """An evaluator rated an objective."""

    kind: Literal["objective_marked"] = "objective_marked"
    objective: Ident
    rating: Literal["P", "S", "M", "U"]
    reason: str
    evidence: tuple[Seq, ...]


class FindingRecorded(Model):
    """What the exercise showed."""

    kind: Literal["finding_recorded"] = "finding_recorded"
    text: str
    objective: Ident | None
    evidence: tuple[Seq, ...]


class Happened(Model):
    """The world did something that people or triggers can notice; cause is world@step."""

    kind: Literal["happened"] = "happened"
    what: str  # simulation.happenings
    site: Ident
    subject: str
    values: dict[str, float | str]


Fact = Annotated[
    Opened
    | Started
    | Paused
    | Resumed
    | PaceSet
    | Jumped
    | Ended
    | WindChanged
    | InjectFired
    | InjectHeld
    | ViewGranted
    | SkimmerTasked
    | BoomOrdered
    | StoodBy
    | UnitTasked
    | UnitFailed
    | MessageSent
    | MessageRead
    | MessageAcknowledged
    | NoteWritten
    | ObjectiveMarked
    | FindingRecorded
    | Happened,
    Field(discriminator="kind"),
]
