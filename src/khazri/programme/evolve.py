"""State after a fact. May not refuse: what stands in the log has happened."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from khazri.programme import facts as f
from khazri.programme.state import Action, Held, Learned, Plan


def evolve(plan: Plan, fact: f.PlanFact) -> Plan:
    """The plan after `fact`."""
    return replace(_after(plan, fact), seq=plan.seq + 1)


def _after(plan: Plan, fact: f.PlanFact) -> Plan:
    match fact:
        case f.PlanOpened():
            document = fact.document
            return replace(
                plan,
                document=document,
                activities={each.ident: Held(each) for each in document.activities},
                lessons={each.ident: Learned(each) for each in document.lessons},
            )
        case f.ActivityProposed():
            return _with(plan, Held(fact.activity))
        case f.ActivityConfirmed():
            held = plan.activities[fact.activity]
            return _with(plan, replace(held, confirmed=held.confirmed | {fact.party}))
        case f.ActivityMoved():
            return _with(
                plan, replace(plan.activities[fact.activity], status=fact.to, confirmed=frozenset(), reason="")
            )
        case f.ActivityPostponed():
            held = plan.activities[fact.activity]
            moved = held.activity.model_copy(update={"period": fact.period})
            return _with(
                plan, replace(held, activity=moved, status="postponed", confirmed=frozenset(), reason=fact.reason)
            )
        case f.ActivityCancelled():
            held = plan.activities[fact.activity]
            return _with(plan, replace(held, status="cancelled", confirmed=frozenset(), reason=fact.reason))
        case f.PlanConfirmed():
            return replace(plan, confirmed=plan.confirmed | {fact.party})
        case f.PlanMoved():
            return replace(plan, status=fact.to, confirmed=frozenset())
        case f.ExerciseLinked():
            return _with(plan, replace(plan.activities[fact.activity], run=fact.run))
        case f.LessonIdentified():
            return _learned(plan, Learned(fact.lesson))
        case f.ActionAssigned():
            action = Action(fact.text, fact.owner, fact.due, fact.test)
            return _learned(plan, replace(plan.lessons[fact.lesson], action=action))
        case f.ActionMoved() | f.ActionVerified():
            learned = plan.lessons[fact.lesson]
            assert learned.action is not None, "an action is moved after it was assigned"
            if isinstance(fact, f.ActionMoved):
                action = replace(learned.action, status=fact.to)
            else:
                by = (fact.activity, fact.run, fact.objective, fact.seq)
                action = replace(learned.action, status="verified", verified_by=by)
            return _learned(plan, replace(learned, action=action))
        case _:
            assert_never(fact)


def _with(plan: Plan, held: Held) -> Plan:
    return replace(plan, activities={**plan.activities, held.activity.ident: held})


def _learned(plan: Plan, learned: Learned) -> Plan:
    return replace(plan, lessons={**plan.lessons, learned.lesson.ident: learned})
