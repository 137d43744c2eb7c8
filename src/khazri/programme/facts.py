"""What has happened to a plan. Past tense, versioned, readable for ever."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from khazri.programme.document import PlanDocument
from khazri.programme.kinds import Activity, Ident, Lesson, Model, Period, Translations


class PlanOpened(Model):
    """The first fact: the plan as it was written down."""

    kind: Literal["plan_opened"] = "plan_opened"
    document: PlanDocument


class ActivityProposed(Model):
    """A new activity."""

    kind: Literal["activity_proposed"] = "activity_proposed"
    activity: Activity


class ActivityConfirmed(Model):
    """A party's word for a step of an activity."""

    kind: Literal["activity_confirmed"] = "activity_confirmed"
    activity: Ident
    to: str
    party: Ident


class ActivityMoved(Model):
    """All parties have given their word."""

    kind: Literal["activity_moved"] = "activity_moved"
    activity: Ident
    to: str


class ActivityPostponed(Model):
    """Another time."""

    kind: Literal["activity_postponed"] = "activity_postponed"
    activity: Ident
    period: Period
    reason: str
    party: Ident


class ActivityCancelled(Model):
    """It will not be."""

    kind: Literal["activity_cancelled"] = "activity_cancelled"
    activity: Ident
    reason: str
    party: Ident


class PlanConfirmed(Model):
    """A party's word for a step of the plan."""

    kind: Literal["plan_confirmed"] = "plan_confirmed"
    to: str
    party: Ident


class PlanMoved(Model):
    """All parties have given their word."""

    kind: Literal["plan_moved"] = "plan_moved"
    to: str


class ExerciseLinked(Model):
    """The exercise that an activity is."""

    kind: Literal["exercise_linked"] = "exercise_linked"
    activity: Ident
    run: str


class LessonIdentified(Model):
    """What was learned, from a finding of an exercise or recorded by hand."""

    kind: Literal["lesson_identified"] = "lesson_identified"
    lesson: Lesson


class ActionAssigned(Model):
    """What is done about a lesson."""

    kind: Literal["action_assigned"] = "action_assigned"
    lesson: Ident
    text: Translations
    owner: Ident
    due: date
    test: Translations


class ActionMoved(Model):
    """How far it is."""

    kind: Literal["action_moved"] = "action_moved"
    lesson: Ident
    to: Literal["in_progress", "implemented"]


class ActionVerified(Model):
    """A later exercise has shown it; the lesson is learned."""

    kind: Literal["action_verified"] = "action_verified"
    lesson: Ident
    activity: Ident
    run: str
    objective: str
    rating: Literal["P", "S"]
    seq: int


PlanFact = Annotated[
    PlanOpened | ActivityProposed | ActivityConfirmed | ActivityMoved | ActivityPostponed | ActivityCancelled | PlanConfirmed
    | PlanMoved | ExerciseLinked | LessonIdentified | ActionAssigned | ActionMoved | ActionVerified,
    Field(discriminator="kind"),
]  # fmt: skip
