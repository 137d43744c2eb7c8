"""Plans: double confirmation, and the loop from a finding to a lesson that a later exercise has shown to be learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from khazri.exercise.refusal import Refusal
from khazri.inputs.examples import example_plan
from khazri.inputs.plans import read_plan
from khazri.programme import Officer, Plan, decide, evolve, opening, view
from khazri.programme import commands as c
from khazri.programme.codec import chained, entry_of, first_fault, record_of
from khazri.programme.decide import Finding, Shown
from khazri.programme.kinds import Activity, Period
from khazri.programme.refusal import PLAN_CODES, refuse

ALFA, BRAVO = Officer("anna", "programme_officer", "alfa"), Officer("boris", "programme_officer", "bravo")
OBSERVER = Officer("chloe", "reader", "charlie")
ENDED = Shown("run-1", "north-wind", True, (Finding(40, "Booms came late", "protect-the-bank"),), {})


def opened() -> Plan:
    (fact,) = opening(read_plan(example_plan("joint-plan")))
    return evolve(Plan(), fact)


def after(plan: Plan, *steps: tuple[Officer, c.PlanCommand, Shown | None]) -> Plan:
    for officer, command, shown in steps:
        facts = decide(plan, officer, command, shown)
        assert not isinstance(facts, Refusal), facts
        for fact in facts:
            plan = evolve(plan, fact)
    return plan


def code(plan: Plan, officer: Officer, command: c.PlanCommand, shown: Shown | None = None) -> str:
    outcome = decide(plan, officer, command, shown)
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def test_a_step_takes_the_word_of_every_party() -> None:
    confirm = c.ConfirmActivity(activity="north-wind-2026")
    one = after(opened(), (ALFA, confirm, None))
    assert one.activities["north-wind-2026"].status == "proposed"
    assert view(one, BRAVO).activities[3].missing == ("bravo",)
    assert code(one, ALFA, confirm) == "plan_confirmed_already"
    both = after(one, (BRAVO, confirm, None))
    assert both.activities["north-wind-2026"].status == "agreed"
    assert both.activities["north-wind-2026"].confirmed == frozenset()


def test_the_plan_itself_is_signed_by_both() -> None:
    plan = opened()
    for status in ("agreed", "signed", "active", "closed"):
        plan = after(plan, (ALFA, c.ConfirmPlan(), None), (BRAVO, c.ConfirmPlan(), None))
        assert plan.status == status
    assert code(plan, ALFA, c.ConfirmPlan()) == "plan_no_further_step"


def test_whoever_does_not_sign_changes_nothing() -> None:
    assert code(opened(), OBSERVER, c.ConfirmPlan()) == "plan_role_may_not"
    assert code(opened(), replace(OBSERVER, role="programme_officer"), c.ConfirmPlan()) == "plan_other_party"
    assert not view(opened(), OBSERVER).may_command


def test_findings_of_the_linked_exercise_become_lessons_once() -> None:
    link, take = c.LinkExercise(activity="north-wind-2026", run="run-1"), c.TakeFindings(activity="north-wind-2026")
    assert code(opened(), ALFA, take, ENDED) == "plan_no_exercise"
    linked = after(opened(), (ALFA, link, ENDED))
    assert code(linked, ALFA, take, replace(ENDED, ended=False)) == "plan_exercise_not_ended"
    taken = after(linked, (ALFA, take, ENDED))
    lesson = taken.lessons["north-wind-2026-40"].lesson
    assert (lesson.text, lesson.run, lesson.seq) == ({"und": "Booms came late"}, "run-1", 40)
    assert code(taken, BRAVO, take, ENDED) == "plan_nothing_to_take"


def test_a_lesson_is_learned_only_where_a_later_exercise_has_shown_it() -> None:
    ident = "north-wind-2026-40"
    taken = after(
        opened(),
        (ALFA, c.LinkExercise(activity="north-wind-2026", run="run-1"), ENDED),
        (ALFA, c.TakeFindings(activity="north-wind-2026"), ENDED),
    )
    same = c.VerifyAction(lesson=ident, activity="north-wind-2026", objective="protect-the-bank")
    assert code(taken, ALFA, same, ENDED) == "plan_action_missing"
    assigned = after(
        taken,
        (ALFA, c.AssignAction(lesson=ident, text={"en": "Booms at two more berths"}, owner="bravo", due=date(2027, 3, 1),
                              test={"en": "A boom is set within three hours"}), None),
        (BRAVO, c.MoveAction(lesson=ident, to="in_progress"), None),
        (BRAVO, c.MoveAction(lesson=ident, to="implemented"), None),
    )  # fmt: skip
    assert assigned.lessons[ident].status == "implemented"
    assert code(assigned, BRAVO, c.MoveAction(lesson=ident, to="in_progress")) == "plan_action_backwards"
    assert code(assigned, ALFA, same, ENDED) == "plan_not_later"
    next_year = Activity(
        ident="south-wind-2027", title={"en": "South Wind"}, kind="joint_exercise", host="bravo", lessons=(ident,),
        period=Period(start=date(2027, 9, 1), end=date(2027, 9, 3)),
    )  # fmt: skip
    second = Shown("run-2", "south-wind", True, (), {"booms": ("M", 7)})
    planned = after(
        assigned, (BRAVO, c.ProposeActivity(activity=next_year), None),
        (BRAVO, c.LinkExercise(activity="south-wind-2027", run="run-2"), second),
    )  # fmt: skip
    assert view(planned, ALFA).lessons[-1].answered_by == ("south-wind-2027",)
    verify = c.VerifyAction(lesson=ident, activity="south-wind-2027", objective="booms")
    assert code(planned, ALFA, verify, second) == "plan_not_shown"
    learned = after(planned, (ALFA, verify, replace(second, ratings={"booms": ("S", 9)})))
    assert learned.lessons[ident].status == "learned"
    assert code(learned, ALFA, c.MoveAction(lesson=ident, to="implemented")) == "plan_lesson_learned"


def test_postponed_and_cancelled_name_their_reason() -> None:
    later = Period(start=date(2027, 1, 11), end=date(2027, 1, 12))
    put_off = c.PostponeActivity(activity="seminar-2026", period=later, reason="The hall is closed")
    plan = after(opened(), (BRAVO, put_off, None))
    assert (plan.activities["seminar-2026"].status, plan.activities["seminar-2026"].reason) == (
        "postponed",
        "The hall is closed",
    )
    again = after(plan, *((officer, c.ConfirmActivity(activity="seminar-2026"), None) for officer in (ALFA, BRAVO)))
    assert again.activities["seminar-2026"].status == "scheduled"
    gone = after(again, (ALFA, c.CancelActivity(activity="seminar-2026", reason="Merged"), None))
    assert code(gone, ALFA, put_off) == "plan_activity_over"
    beyond = put_off.model_copy(update={"period": Period(start=date(2028, 1, 1), end=date(2028, 1, 2))})
    assert code(opened(), ALFA, beyond) == "plan_outside_period"


def test_the_chain_of_a_plan_shows_every_edit() -> None:
    chain = []
    for fact in opening(read_plan(example_plan("joint-plan"))):
        chain.append(chained(None, plan="p", fact=fact, actor="a", party="alfa", wall="2026-11-23T00:00:00.000Z"))
    said = decide(opened(), ALFA, c.ConfirmPlan())
    assert not isinstance(said, Refusal)
    chain.append(chained(chain[-1], plan="p", fact=said[0], actor="a", party="alfa", wall="2026-11-23T00:00:01.000Z"))
    read = [entry_of(record_of(entry)) for entry in chain]
    assert read == chain
    assert first_fault(read) is None
    assert "was edited" in str(first_fault([read[0], replace(read[1], party="bravo")]))
    assert "is expected" in str(first_fault(read[1:]))


@pytest.mark.parametrize("name", PLAN_CODES)
def test_refusals_have_exactly_their_parameters(name: str) -> None:
    with pytest.raises(TypeError, match="expected"):
        refuse(name, nonsense=1)
