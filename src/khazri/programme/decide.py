"""From a command to facts, or to a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Final, assert_never

from khazri.exercise.refusal import Refusal
from khazri.programme import commands as c
from khazri.programme import facts as f
from khazri.programme.document import PlanDocument
from khazri.programme.kinds import NEXT_OF_ACTIVITY, NEXT_OF_PLAN, Activity, Lesson
from khazri.programme.refusal import refuse
from khazri.programme.state import Held, Plan

OFFICERS: Final = frozenset({"programme_officer", "secretary"})
OVER: Final = frozenset({"held", "reported", "closed", "cancelled"})
ORDER: Final = ("assigned", "in_progress", "implemented", "verified")

Decision = tuple[f.PlanFact, ...] | Refusal


@dataclass(frozen=True)
class Officer:
    """Who asks: a person in a role of the programme, for a party."""

    person: str
    role: str
    party: str


@dataclass(frozen=True)
class Finding:
    """What an exercise recorded, as its log has it."""

    seq: int
    text: str
    objective: str


@dataclass(frozen=True)
class Shown:
    """What the exercise of an activity shows of itself: handed in by whoever holds its log."""

    run: str
    title: str
    ended: bool
    findings: tuple[Finding, ...]
    ratings: dict[str, tuple[str, int]]  # objective -> rating, seq


def opening(document: PlanDocument) -> tuple[f.PlanFact, ...]:
    """The facts of a plan that is opened."""
    return (f.PlanOpened(document=document),)


def decide(plan: Plan, officer: Officer, command: c.PlanCommand, shown: Shown | None = None) -> Decision:
    """The facts that follow from `command`, or why it is refused. `shown`: of the exercise that the command is about."""
    if officer.role not in OFFICERS:
        return refuse("plan_role_may_not", role=officer.role)
    if officer.party not in plan.parties:
        return refuse("plan_other_party", parties=plan.parties)
    match command:
        case c.ProposeActivity():
            return _propose(plan, command.activity)
        case c.ConfirmPlan():
            return _confirm_plan(plan, officer.party)
        case c.RecordLesson():
            return _record(plan, command.lesson)
        case c.AssignAction() | c.MoveAction() | c.VerifyAction():
            return _act(plan, command, shown)
        case c.ConfirmActivity() | c.PostponeActivity() | c.CancelActivity() | c.LinkExercise() | c.TakeFindings():
            held = plan.activities.get(command.activity)
            if held is None:
                return refuse("plan_unknown_activity", activity=command.activity, known=tuple(plan.activities))
            return _change(plan, held, officer.party, command, shown)
        case _:
            assert_never(command)


def _propose(plan: Plan, activity: Activity) -> Decision:
    if activity.ident in plan.activities:
        return refuse("plan_stands_already", ident=activity.ident)
    if activity.host not in plan.parties:
        return refuse("plan_unknown_party", party=activity.host, known=plan.parties)
    for lesson in activity.lessons:
        if lesson not in plan.lessons:
            return refuse("plan_unknown_lesson", lesson=lesson, known=tuple(plan.lessons))
    assert plan.document is not None, "a plan is opened before anything is proposed"
    whole = plan.document.period
    if activity.period.start < whole.start or activity.period.end > whole.end:
        return refuse("plan_outside_period", start=whole.start.isoformat(), end=whole.end.isoformat())
    return (f.ActivityProposed(activity=activity),)


def _confirm_plan(plan: Plan, party: str) -> Decision:
    to = NEXT_OF_PLAN.get(plan.status)
    if to is None:
        return refuse("plan_no_further_step", status=plan.status)
    if party in plan.confirmed:
        return refuse("plan_confirmed_already", party=party)
    said = f.PlanConfirmed(to=to, party=party)
    return (said, f.PlanMoved(to=to)) if plan.confirmed | {party} >= set(plan.parties) else (said,)


def _change(
    plan: Plan,
    held: Held,
    party: str,
    command: c.ConfirmActivity | c.PostponeActivity | c.CancelActivity | c.LinkExercise | c.TakeFindings,
    shown: Shown | None,
) -> Decision:
    ident = held.activity.ident
    match command:
        case c.ConfirmActivity():
            to = NEXT_OF_ACTIVITY.get(held.status)
            if to is None:
                return refuse("plan_no_further_step", status=held.status)
            if party in held.confirmed:
                return refuse("plan_confirmed_already", party=party)
            said = f.ActivityConfirmed(activity=ident, to=to, party=party)
            whole = held.confirmed | {party} >= set(plan.parties)
            return (said, f.ActivityMoved(activity=ident, to=to)) if whole else (said,)
        case c.PostponeActivity() | c.CancelActivity():
            if held.status in OVER:
                return refuse("plan_activity_over", activity=ident, status=held.status)
            if isinstance(command, c.CancelActivity):
                return (f.ActivityCancelled(activity=ident, reason=command.reason, party=party),)
            assert plan.document is not None
            limits = plan.document.period
            if command.period.start < limits.start or command.period.end > limits.end:
                return refuse("plan_outside_period", start=limits.start.isoformat(), end=limits.end.isoformat())
            return (f.ActivityPostponed(activity=ident, period=command.period, reason=command.reason, party=party),)
        case c.LinkExercise():
            if shown is None or shown.run != command.run:
                return refuse("plan_no_exercise", activity=ident)
            return (f.ExerciseLinked(activity=ident, run=command.run),)
        case c.TakeFindings():
            return _take(plan, held, shown)
        case _:
            assert_never(command)


def _take(plan: Plan, held: Held, shown: Shown | None) -> Decision:
    if not held.run or shown is None or shown.run != held.run:
        return refuse("plan_no_exercise", activity=held.activity.ident)
    if not shown.ended:
        return refuse("plan_exercise_not_ended", run=held.run)
    taken = {(each.lesson.run, each.lesson.seq) for each in plan.lessons.values()}
    fresh = [finding for finding in shown.findings if (held.run, finding.seq) not in taken]
    if not fresh:
        return refuse("plan_nothing_to_take", activity=held.activity.ident)
    names = set(plan.lessons)
    return tuple(
        f.LessonIdentified(
            lesson=Lesson(
                ident=_name(f"{held.activity.ident[:40].rstrip('-_')}-{finding.seq}", names),
                text={"und": finding.text[:1000]},
                source=shown.title,
                activity=held.activity.ident,
                run=held.run,
                seq=finding.seq,
                objective=finding.objective,
            )
        )
        for finding in fresh
    )


def _name(wanted: str, names: set[str]) -> str:
    """`wanted`, or with a number behind it where that stands already (another exercise's finding of the same seq)."""
    name = next(each for k in count(1) if (each := wanted if k == 1 else f"{wanted}-{k}") not in names)
    names.add(name)
    return name


def _record(plan: Plan, lesson: Lesson) -> Decision:
    if lesson.ident in plan.lessons:
        return refuse("plan_stands_already", ident=lesson.ident)
    if lesson.activity is not None and lesson.activity not in plan.activities:
        return refuse("plan_unknown_activity", activity=lesson.activity, known=tuple(plan.activities))
    return (f.LessonIdentified(lesson=lesson.model_copy(update={"run": "", "seq": 0})),)


def _act(plan: Plan, command: c.AssignAction | c.MoveAction | c.VerifyAction, shown: Shown | None) -> Decision:
    learned = plan.lessons.get(command.lesson)
    if learned is None:
        return refuse("plan_unknown_lesson", lesson=command.lesson, known=tuple(plan.lessons))
    if learned.status == "learned":
        return refuse("plan_lesson_learned", lesson=command.lesson)
    if isinstance(command, c.AssignAction):
        if command.owner not in plan.parties:
            return refuse("plan_unknown_party", party=command.owner, known=plan.parties)
        return (f.ActionAssigned(**command.model_dump(exclude={"kind"})),)
    if learned.action is None:
        return refuse("plan_action_missing", lesson=command.lesson)
    if isinstance(command, c.MoveAction):
        if ORDER.index(command.to) <= ORDER.index(learned.action.status):
            return refuse("plan_action_backwards", lesson=command.lesson, status=learned.action.status)
        return (f.ActionMoved(lesson=command.lesson, to=command.to),)
    return _verify(plan, learned.lesson, command, shown)


def _verify(plan: Plan, lesson: Lesson, command: c.VerifyAction, shown: Shown | None) -> Decision:
    """Only a later exercise can show it: another than the one that taught the lesson, ended, the objective rated P or S."""
    held = plan.activities.get(command.activity)
    if held is None:
        return refuse("plan_unknown_activity", activity=command.activity, known=tuple(plan.activities))
    if not held.run or shown is None or shown.run != held.run:
        return refuse("plan_no_exercise", activity=command.activity)
    if held.run == lesson.run or held.activity.ident == lesson.activity:
        return refuse("plan_not_later", activity=command.activity)
    if not shown.ended:
        return refuse("plan_exercise_not_ended", run=held.run)
    rating, seq = shown.ratings.get(command.objective, ("-", 0))
    if rating != "P" and rating != "S":
        return refuse("plan_not_shown", objective=command.objective, rating=rating)
    return (
        f.ActionVerified(
            lesson=lesson.ident,
            activity=command.activity,
            run=held.run,
            objective=command.objective,
            rating=rating,  # type: ignore[arg-type]  # one of the two, by the line above
            seq=seq,
        ),
    )
