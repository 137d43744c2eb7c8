"""A plan as its readers see it: the JSON of the pages."""

from __future__ import annotations

from datetime import date

from khazri.programme.decide import OFFICERS, Officer
from khazri.programme.kinds import NEXT_OF_ACTIVITY, NEXT_OF_PLAN, ActivityKind, Model, Party, Period, Translations
from khazri.programme.state import Held, Learned, Plan


class PlanLine(Model):
    """A line of the list of plans."""

    ident: str
    title: Translations
    period: Period
    parties: tuple[Party, ...]
    status: str
    activities: int
    held: int
    open_lessons: int


class ActivityView(Model):
    """An activity and how far it is."""

    ident: str
    title: Translations
    kind: ActivityKind
    period: Period
    host: str
    output: Translations | None = None
    lessons: tuple[str, ...]
    status: str
    next: str | None = None  # the step that comes, where there is one
    confirmed: tuple[str, ...]  # parties that have given their word for it
    missing: tuple[str, ...]  # parties whose word is awaited
    reason: str = ""
    run: str = ""


class ActionView(Model):
    """What is done about a lesson."""

    text: Translations
    owner: str
    due: date
    test: Translations
    status: str
    verified_by: str = ""  # activity
    objective: str = ""


class LessonView(Model):
    """A lesson and what is done about it."""

    ident: str
    text: Translations
    source: str
    activity: str | None = None
    run: str = ""
    seq: int = 0
    status: str
    action: ActionView | None = None
    answered_by: tuple[str, ...]  # activities that come from it


class PlanView(Model):
    """The whole plan."""

    ident: str
    seq: int
    title: Translations
    agreement: Translations
    parties: tuple[Party, ...]
    observers: tuple[Party, ...]
    period: Period
    status: str
    next: str | None = None
    confirmed: tuple[str, ...]
    missing: tuple[str, ...]
    activities: tuple[ActivityView, ...]  # by their start
    lessons: tuple[LessonView, ...]
    party: str  # whose reader it is
    may_command: bool


def may_read(plan: Plan, party: str) -> bool:
    """The parties that sign, and those who are invited to observe."""
    assert plan.document is not None
    return party in {each.ident for each in (*plan.document.parties, *plan.document.observers)}


def view(plan: Plan, officer: Officer) -> PlanView:
    """The plan for one reader."""
    document = plan.document
    assert document is not None, "a plan is opened before it is read"
    to = NEXT_OF_PLAN.get(plan.status)
    held = sorted(plan.activities.values(), key=lambda each: (each.activity.period.start, each.activity.ident))
    return PlanView(
        ident=document.ident,
        seq=plan.seq,
        title=document.title,
        agreement=document.agreement,
        parties=document.parties,
        observers=document.observers,
        period=document.period,
        status=plan.status,
        next=to,
        confirmed=tuple(sorted(plan.confirmed)),
        missing=tuple(p for p in plan.parties if p not in plan.confirmed) if to else (),
        activities=tuple(_activity(plan, each) for each in held),
        lessons=tuple(_lesson(plan, each) for each in plan.lessons.values()),
        party=officer.party,
        may_command=officer.role in OFFICERS and officer.party in plan.parties,
    )


def line_of(plan: Plan) -> PlanLine:
    """The plan in one line."""
    document = plan.document
    assert document is not None, "a plan is opened before it is read"
    done = sum(each.status in ("held", "reported", "closed") for each in plan.activities.values())
    return PlanLine(
        ident=document.ident,
        title=document.title,
        period=document.period,
        parties=document.parties,
        status=plan.status,
        activities=len(plan.activities),
        held=done,
        open_lessons=sum(each.status != "learned" for each in plan.lessons.values()),
    )


def _activity(plan: Plan, held: Held) -> ActivityView:
    to = NEXT_OF_ACTIVITY.get(held.status)
    return ActivityView(
        **held.activity.model_dump(),
        status=held.status,
        next=to,
        confirmed=tuple(sorted(held.confirmed)),
        missing=tuple(p for p in plan.parties if p not in held.confirmed) if to else (),
        reason=held.reason,
        run=held.run,
    )


def _lesson(plan: Plan, learned: Learned) -> LessonView:
    lesson, action = learned.lesson, learned.action
    return LessonView(
        ident=lesson.ident,
        text=lesson.text,
        source=lesson.source,
        activity=lesson.activity,
        run=lesson.run,
        seq=lesson.seq,
        status=learned.status,
        action=None
        if action is None
        else ActionView(
            text=action.text,
            owner=action.owner,
            due=action.due,
            test=action.test,
            status=action.status,
            verified_by=action.verified_by[0] if action.verified_by else "",
            objective=action.verified_by[2] if action.verified_by else "",
        ),
        answered_by=tuple(a.activity.ident for a in plan.activities.values() if lesson.ident in a.activity.lessons),
    )
