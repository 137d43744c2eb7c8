"""Laws of a plan's fold, under random commands by random officers, readers and strangers."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from khazri.exercise.refusal import Refusal
from khazri.programme import Officer, Plan, decide, evolve, line_of, opening, view
from khazri.programme import commands as c
from khazri.programme import facts as f
from khazri.programme.codec import PlanEntry, chained, entry_of, first_fault, record_of
from khazri.programme.decide import OVER, Finding, Shown
from khazri.programme.document import PlanDocument
from khazri.programme.kinds import NEXT_OF_ACTIVITY, NEXT_OF_PLAN, Activity, Lesson, Party, Period
from khazri.programme.refusal import PLAN_CODES
from khazri.programme.view import may_read

START = date(2025, 1, 1)
WHOLE = Period(start=START, end=date(2027, 12, 31))
LONG = "a" * 47 + "-b"  # cut after 48 letters it would end in a dash
ACTIVITIES = ("north-wind", "seminar", LONG, "unheard-of")
LESSONS = ("late-orders", "north-wind-3", "other")
PARTIES = ("alfa", "bravo", "charlie", "delta")
ALFA, BRAVO = (Officer("o", "programme_officer", party) for party in ("alfa", "bravo"))


def text(words: str) -> dict[str, str]:
    return {"en": words}


def activity(ident: str, host: str = "alfa", lessons: tuple[str, ...] = (), period: Period = WHOLE) -> Activity:
    return Activity(ident=ident, title=text(ident), kind="seminar", period=period, host=host, lessons=lessons)


def lesson(ident: str, of: str | None = None, run: str = "") -> Lesson:
    return Lesson(ident=ident, text=text(ident), source="hot wash", activity=of, run=run)


def document() -> PlanDocument:
    alfa, bravo, charlie = (Party(ident=party, name=text(party)) for party in PARTIES[:3])
    return PlanDocument(
        schema=1, ident="plan", title=text("Plan"), agreement=text("Agreement"), parties=(alfa, bravo), observers=(charlie,),
        period=WHOLE, activities=(activity("north-wind"),), lessons=(lesson("late-orders", "north-wind"),),
    )  # fmt: skip


def periods() -> st.SearchStrategy[Period]:
    day = st.integers(-30, 1200)
    return st.tuples(day, st.integers(0, 40)).map(
        lambda pair: Period(start=START + timedelta(pair[0]), end=START + timedelta(pair[0] + pair[1]))
    )


WHICH, ABOUT, WHO = st.sampled_from(ACTIVITIES), st.sampled_from(LESSONS), st.sampled_from(PARTIES)
RUNS = st.sampled_from(("run-a", "run-b"))
COMMANDS: st.SearchStrategy[c.PlanCommand] = st.one_of(
    st.builds(c.ProposeActivity, activity=st.builds(activity, WHICH, WHO, st.lists(ABOUT, max_size=2).map(tuple), periods())),
    st.builds(c.ConfirmActivity, activity=WHICH),
    st.builds(c.ConfirmActivity, activity=st.just("north-wind")),  # oftener, so that it comes as far as it can
    st.builds(c.PostponeActivity, activity=WHICH, period=periods(), reason=st.just("storm")),
    st.builds(c.CancelActivity, activity=WHICH, reason=st.just("no funds")),
    st.just(c.ConfirmPlan()),
    st.builds(c.LinkExercise, activity=WHICH, run=RUNS),
    st.builds(c.TakeFindings, activity=WHICH),
    st.builds(c.RecordLesson, lesson=st.builds(lesson, ABOUT, st.none() | WHICH, RUNS)),
    st.builds(c.AssignAction, lesson=ABOUT, text=st.just(text("do")), owner=WHO, due=st.just(START), test=st.just(text("seen"))),
    st.builds(c.MoveAction, lesson=ABOUT, to=st.sampled_from(("in_progress", "implemented"))),
    st.builds(c.VerifyAction, lesson=ABOUT, activity=WHICH, objective=st.sampled_from(("speed", "form", "none"))),
)  # fmt: skip
OFFICERS = st.sampled_from((ALFA, BRAVO)) | st.builds(
    Officer, st.just("p"), st.sampled_from(("programme_officer", "secretary", "player", "observer")), WHO
)
FINDINGS = st.lists(st.builds(Finding, st.integers(3, 5), st.just("late"), st.just("speed")), unique_by=lambda x: x.seq)
RATED = st.tuples(st.sampled_from("PSMU"), st.just(9))
RATINGS = st.fixed_dictionaries({}, optional={"speed": RATED, "form": RATED})
SHOWN = st.none() | st.builds(
    Shown, run=RUNS, title=st.just("North Wind"), ended=st.booleans(), findings=FINDINGS.map(tuple), ratings=RATINGS
)
PLAY = st.lists(st.tuples(OFFICERS, COMMANDS, SHOWN), min_size=1, max_size=60)
Play = list[tuple[Officer, c.PlanCommand, Shown | None]]


def played(play: Play) -> list[tuple[f.PlanFact, Plan, Officer]]:
    """The facts that stand after the play, each with the plan after it and who asked."""
    plan, out = Plan(), []
    for fact in opening(document()):
        plan = evolve(plan, fact)
    for officer, command, shown in play:
        decision = decide(plan, officer, command, shown)
        if isinstance(decision, Refusal):
            assert tuple(sorted(decision.params)) == tuple(sorted(PLAN_CODES[decision.code]))
            continue
        assert decision
        for fact in decision:
            plan = evolve(plan, fact)
            out.append((fact, plan, officer))
    return out


RELINKED: Play = [
    (officer, command, Shown(run, "North Wind", True, (Finding(3, "late", ""),), {}))
    for run in ("run-a", "run-b")
    for officer, command in (
        (ALFA, c.LinkExercise(activity="north-wind", run=run)),
        (ALFA, c.TakeFindings(activity="north-wind")),
    )
]
LONG_NAME: Play = [(ALFA, c.ProposeActivity(activity=activity(LONG)), None)] + [
    (officer, command.model_copy(update={"activity": LONG}), shown) for officer, command, shown in RELINKED[:2]
]


@settings(max_examples=150, deadline=None)
@given(PLAY)
@example(LONG_NAME)
def test_what_is_read_from_the_log_is_the_plan_that_was_decided(play: Play) -> None:
    entries: list[PlanEntry] = []
    steps = played(play)
    for fact in (*opening(document()), *(fact for fact, _, _ in steps)):
        last = entries[-1] if entries else None
        entries.append(chained(last, plan="plan", fact=fact, actor="o", party="alfa", wall="2026-01-01T00:00:00Z"))
    read = [entry_of(json.loads(json.dumps(record_of(entry)))) for entry in entries]
    again = Plan()
    for entry in read:
        again = evolve(again, entry.fact)
    assert first_fault(read) is None
    assert again.seq == len(read)
    if steps:
        assert again == steps[-1][1]


@settings(max_examples=150, deadline=None)
@given(PLAY)
def test_every_step_has_the_word_of_every_party_since_the_step_before(play: Play) -> None:
    given_word: dict[str, set[str]] = {}
    status: dict[str, str] = {"north-wind": "proposed", "": "draft"}
    for fact, plan, officer in played(play):
        match fact:
            case f.ActivityConfirmed(activity=ident) | f.ActivityMoved(activity=ident):
                key, following = ident, NEXT_OF_ACTIVITY
            case f.PlanConfirmed() | f.PlanMoved():
                key, following = "", NEXT_OF_PLAN
            case f.ActivityProposed():
                status[fact.activity.ident] = "proposed"
                continue
            case f.ActivityPostponed(activity=ident) | f.ActivityCancelled(activity=ident):
                assert status[ident] not in OVER
                status[ident] = plan.activities[ident].status
                given_word.pop(ident, None)
                continue
            case _:
                continue
        assert fact.to == following[status[key]]
        if isinstance(fact, f.ActivityConfirmed | f.PlanConfirmed):
            assert fact.party == officer.party
            given_word.setdefault(key, set()).add(fact.party)
        else:
            assert given_word.pop(key) == {"alfa", "bravo"}
            status[key] = fact.to


@settings(max_examples=150, deadline=None)
@given(PLAY)
@example(RELINKED)
def test_no_activity_and_no_lesson_is_ever_lost_or_rewritten(play: Play) -> None:
    activities, lessons = {"north-wind"}, {"late-orders": lesson("late-orders", "north-wind")}
    for fact, plan, _ in played(play):
        if isinstance(fact, f.LessonIdentified):
            assert fact.lesson.ident not in lessons
            lessons[fact.lesson.ident] = fact.lesson
        activities |= set(plan.activities)
        assert set(plan.activities) == activities
        assert {ident: learned.lesson for ident, learned in plan.lessons.items()} == lessons


@settings(max_examples=150, deadline=None)
@given(PLAY)
def test_a_lesson_is_learned_only_where_another_exercise_showed_it(play: Play) -> None:
    learned: set[str] = set()
    for fact, plan, _ in played(play):
        if isinstance(fact, f.ActionVerified):
            taught = plan.lessons[fact.lesson].lesson
            assert fact.rating in ("P", "S")
            assert fact.run == plan.activities[fact.activity].run != taught.run
            assert fact.activity != taught.activity
            learned.add(fact.lesson)
        assert {ident for ident, each in plan.lessons.items() if each.status == "learned"} == learned


@settings(max_examples=100, deadline=None)
@given(PLAY, OFFICERS, COMMANDS, SHOWN)
def test_only_officers_of_parties_that_sign_change_a_plan(
    play: Play, officer: Officer, command: c.PlanCommand, shown: Shown | None
) -> None:
    steps = played(play)
    assert all(who.role in ("programme_officer", "secretary") and who.party in ("alfa", "bravo") for *_, who in steps)
    plan = steps[-1][1] if steps else evolve(Plan(), *opening(document()))
    refused = isinstance(decide(plan, officer, command, shown), Refusal)
    assert refused or view(plan, officer).may_command


@settings(max_examples=100, deadline=None)
@given(PLAY)
def test_parties_and_observers_read_the_same_plan_and_strangers_none(play: Play) -> None:
    steps = played(play)
    plan = steps[-1][1] if steps else evolve(Plan(), *opening(document()))
    readers = [Officer("r", role, party) for role in ("programme_officer", "observer") for party in PARTIES[:3]]
    seen = [view(plan, reader).model_copy(update={"party": "", "may_command": False}) for reader in readers]
    assert all(each == seen[0] for each in seen)
    assert {each.ident for each in seen[0].activities} == set(plan.activities)
    assert line_of(plan).open_lessons == sum(each.status != "learned" for each in seen[0].lessons)
    assert [may_read(plan, party) for party in (*PARTIES, "")] == [True, True, True, False, False]


def test_the_play_comes_as_far_as_the_end_of_every_path() -> None:
    """The laws above are not about plans in which nothing happens."""
    shown = Shown("run-b", "North Wind", True, (), {"speed": ("P", 9)})
    both = [(who, c.ConfirmActivity(activity="north-wind"), None) for _ in range(6) for who in (ALFA, BRAVO)]
    rest: Play = [
        (ALFA, c.AssignAction(lesson="late-orders", text=text("do"), owner="bravo", due=START, test=text("seen")), None),
        (BRAVO, c.ProposeActivity(activity=activity("seminar", lessons=("late-orders",))), None),
        (BRAVO, c.LinkExercise(activity="seminar", run="run-b"), shown),
        (ALFA, c.VerifyAction(lesson="late-orders", activity="seminar", objective="speed"), shown),
    ]  # fmt: skip
    plan = played(both + rest)[-1][1]
    assert plan.activities["north-wind"].status == "closed"
    assert plan.lessons["late-orders"].status == "learned"
