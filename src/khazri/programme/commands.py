"""What programme officers may ask for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from khazri.programme.kinds import Activity, Ident, Lesson, Model, Period, Seq, Translations, Words


class ProposeActivity(Model):
    """A new activity; it names the open lessons that it comes from."""

    kind: Literal["propose_activity"] = "propose_activity"
    activity: Activity


class ConfirmActivity(Model):
    """My party's word for the next step of an activity; when all have given theirs it is taken."""

    kind: Literal["confirm_activity"] = "confirm_activity"
    activity: Ident


class PostponeActivity(Model):
    """Another time, and why."""

    kind: Literal["postpone_activity"] = "postpone_activity"
    activity: Ident
    period: Period
    reason: Words


class CancelActivity(Model):
    """It will not be, and why."""

    kind: Literal["cancel_activity"] = "cancel_activity"
    activity: Ident
    reason: Words


class ConfirmPlan(Model):
    """My party's word for the next step of the plan."""

    kind: Literal["confirm_plan"] = "confirm_plan"


class LinkExercise(Model):
    """The exercise that an activity is."""

    kind: Literal["link_exercise"] = "link_exercise"
    activity: Ident
    run: Annotated[str, Field(min_length=1, max_length=64)]


class TakeFindings(Model):
    """The findings of the exercise of an activity become lessons of the plan."""

    kind: Literal["take_findings"] = "take_findings"
    activity: Ident


class RecordLesson(Model):
    """A lesson of an activity that is no exercise here."""

    kind: Literal["record_lesson"] = "record_lesson"
    lesson: Lesson


class AssignAction(Model):
    """What is done about a lesson: by whom, by when, and how one will know."""

    kind: Literal["assign_action"] = "assign_action"
    lesson: Ident
    text: Translations
    owner: Ident
    due: date
    test: Translations


class MoveAction(Model):
    """How far the corrective action is."""

    kind: Literal["move_action"] = "move_action"
    lesson: Ident
    to: Literal["in_progress", "implemented"]


class VerifyAction(Model):
    """A later exercise has shown it: an objective that an evaluator rated P or S. A lesson is learned only so."""

    kind: Literal["verify_action"] = "verify_action"
    lesson: Ident
    activity: Ident
    objective: Ident


PlanCommand = Annotated[
    ProposeActivity | ConfirmActivity | PostponeActivity | CancelActivity | ConfirmPlan | LinkExercise | TakeFindings
    | RecordLesson | AssignAction | MoveAction | VerifyAction,
    Field(discriminator="kind"),
]  # fmt: skip
__all__ = ["PlanCommand", "Seq"]
