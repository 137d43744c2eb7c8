"""Every measure, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_play as play

from khazri.evaluation import Evaluation, UnitTrace, evaluate
from khazri.evaluation.outcome import Comparison, Moment
from khazri.evaluation.work import others_of, recovers
from khazri.exercise import facts as f
from khazri.exercise.design import Unit


def evaluated(steps: tuple = play.PLAY, **traces: object) -> Evaluation:
    entries = play.log_of(steps)
    given = {"played": play.trace_of(played=True), "nothing": play.trace_of(played=False), **traces}
    return evaluate(entries, play.state_of(entries), refusals=play.REFUSALS, chart=play.CHART, **given)  # type: ignore[arg-type]


def compared(name: str, evaluation: Evaluation) -> Comparison:
    return next(each for each in evaluation.comparisons if each.name == name)


def moment(name: str, party: str = "", evaluation: Evaluation | None = None) -> Moment:
    return next(m for m in (evaluation or evaluated()).chain if (m.name, m.party) == (name, party))


@pytest.mark.parametrize(
    ("name", "nothing", "played", "score"),
    [
        ("ashore", 20_000.0, 12_000.0, 0.4),
        ("shoreline", 4000.0, 1500.0, 0.625),
        ("remaining", 50_000.0, 35_000.0, 0.3),
        # 9 x 2 t from step 80 to 240, and 9 x 1 t from step 120 on; a sample stands for the step that ends with it
        ("exposure", 9 * 2000.0 * 161 * 60, 9 * 1000.0 * 121 * 60, 1 - 121 / 322),
    ],
)
def test_the_benefit_score_is_the_share_of_harm_averted(name: str, nothing: float, played: float, score: float) -> None:
    one = compared(name, evaluated())
    assert (one.nothing, one.played) == pytest.approx((nothing, played), rel=1e-12)
    assert one.score == pytest.approx(score, rel=1e-12)


def test_what_was_made_worse_scores_below_nothing_and_is_not_clipped() -> None:
    turned = evaluated(played=play.trace_of(played=False), nothing=play.trace_of(played=True))
    assert compared("ashore", turned).score == pytest.approx(-8 / 12)


def test_where_there_was_nothing_to_avert_there_is_no_score_but_a_reason() -> None:
    trace = play.trace_of(played=False)
    clean = replace(trace, places=tuple(replace(p, oil=0.0 * p.oil) for p in trace.places))
    one = compared("exposure", evaluated(nothing=clean, played=clean))
    assert (one.score, one.absent) == (None, "nothing_to_avert")
    assert compared("exposure", evaluated(nothing=clean)).absent == "only_as_played"


def test_recovered_oil_is_told_and_not_scored() -> None:
    one = compared("recovered", evaluated())
    assert (one.nothing, one.played, one.score, one.absent) == (0.0, 15_000.0, None, "not_scored")
    assert evaluated().mixture == pytest.approx(50.0)


def test_both_budgets_close_and_an_open_one_shows() -> None:
    account = evaluated().budget
    assert max(account.closure_nothing, account.closure_played) < 1e-15
    assert sum(row.played for row in account.rows) == pytest.approx(account.released_played)
    leaky = play.trace_of(played=True)
    leaky.sites[0].budget[150, 0] -= 1000.0
    assert evaluated(played=leaky).budget.closure_played == pytest.approx(0.01)


def test_places_have_their_exposure_and_their_first_oil_in_both_runs() -> None:
    bank, reeds = evaluated().places
    assert (bank.nothing.first, bank.played.first, bank.evidence) == (80, 120, (13,))
    assert (bank.nothing.most, bank.played.most) == (2000.0, 1000.0)
    assert (reeds.nothing.first, reeds.played.first, reeds.played.exposure) == (None, None, 0.0)


@pytest.mark.parametrize(
    ("name", "party", "step", "gap", "evidence"),
    [
        ("release_started", "", 21, None, (3,)),
        ("first_report", "", 30, 9 * 60.0, (4, 5)),
        ("report_read", "", 34, 4 * 60.0, (6,)),
        ("first_order", "alfa", 40, 10 * 60.0, (7,)),
        ("unit_on_task", "alfa", 90, 50 * 60.0, (11,)),
        ("boom_set", "alfa", 110, 70 * 60.0, (12,)),
        ("oil_recovered", "alfa", 101, 61 * 60.0, ()),
        ("polwarn_filed", "alfa", 50, 20 * 60.0, (9,)),
        ("polwarn_acknowledged", "alfa", 52, 2 * 60.0, (10,)),
    ],
)
def test_the_chain_of_times(name: str, party: str, step: int, gap: float | None, evidence: tuple[int, ...]) -> None:
    at = moment(name, party)
    assert (at.step, at.gap, at.evidence, at.absent) == (step, gap, evidence, "")


def test_what_comes_out_of_the_replay_and_not_out_of_the_log_says_so() -> None:
    assert moment("oil_recovered", "alfa").replayed
    assert not moment("first_order", "alfa").replayed


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("first_order", "no_order"),
        ("unit_on_task", "none_on_task"),
        ("oil_recovered", "no_oil_recovered"),
        ("polwarn_filed", "no_polwarn"),
        ("polwarn_acknowledged", "no_polwarn"),
    ],
)
def test_what_a_party_did_not_do_is_said_to_be_absent(name: str, why: str) -> None:
    at = moment(name, "bravo")
    assert (at.step, at.absent) == (None, why)


def test_a_party_without_units_is_not_blamed_for_having_no_boom() -> None:
    names = {(each.name, each.party) for each in evaluated().chain}
    assert ("boom_set", "bravo") not in names  # bravo has a skimmer only
    assert not any(party == "charlie" for _, party in names)


def test_a_warning_that_nobody_acknowledged_is_absent_for_that_reason() -> None:
    silent = tuple(line for line in play.PLAY if not isinstance(line[2], f.MessageAcknowledged))
    assert moment("polwarn_acknowledged", "alfa", evaluated(silent)).absent == "not_acknowledged"


def test_decision_latency_is_from_delivery_to_the_first_order_of_that_party() -> None:
    first, bank = evaluated().injects
    assert (first.party, first.read, first.ordered, first.answered) == ("alfa", 240.0, 600.0, None)
    assert first.evidence == (5, 6, 7)
    assert (bank.party, bank.delivered, bank.ordered) == ("bravo", 121, None)


def test_refused_commands_are_counted_by_reason() -> None:
    refused = evaluated().refused
    assert [(each.code, each.count, each.commands, each.steps) for each in refused] == [
        ("on_land", 2, ("deploy_boom",), (44, 47)),
        ("not_running", 1, ("task_skimmer",), (36,)),
    ]


def test_use_of_skimmers_counts_from_when_their_party_knew() -> None:
    pelikan, karabatak = evaluated().skimmers
    assert pelikan.available == (240 - 30) * 60.0
    assert (pelikan.working, pelikan.meeting, pelikan.full) == (150 * 60.0, 51 * 60.0, 90 * 60.0)
    assert (pelikan.recovered, pelikan.ordered) == (15_000.0, 40)
    assert karabatak.available == (240 - 50) * 60.0  # the warning was its first word
    assert (karabatak.ordered, karabatak.meeting) == (None, 0.0)


def test_a_greeting_before_the_oil_flows_is_no_report_of_it() -> None:
    greeting = (
        (0, "clock", f.InjectFired(inject="bank")),
        (0, "clock", play.message("control", "alfa-ops", inject="bank")),
    )
    early = (*play.PLAY[:2], *greeting, *play.PLAY[2:5])
    evaluation = evaluated(early)
    assert moment("first_report", evaluation=evaluation).step == 30
    assert evaluation.skimmers[0].available == (240 - 30) * 60.0
    assert moment("first_report", evaluation=evaluated((*play.PLAY[:2], *greeting))).step == 0


def test_a_boom_says_whether_oil_came_to_it() -> None:
    (boom,) = evaluated().booms
    assert (boom.in_water, boom.touched, boom.held, boom.leaked) == (130 * 60.0, 126 * 60.0, 3000.0, 250.0)
    assert boom.evidence == (8, 12)  # its order, and that it was set


def test_objectives_carry_the_rating_its_evidence_and_what_is_missing() -> None:
    warn, recover = evaluated().objectives
    assert (warn.rating, warn.reason, warn.by, warn.evidence) == ("S", "in time, no position", "eva", (9, 10, 19))
    assert (recover.rating, recover.missing) == (None, ())
    unnoted = tuple(line for line in play.PLAY if not isinstance(line[2], f.NoteWritten))
    assert evaluated(unnoted).objectives[0].missing == ("notes",)


def test_a_private_note_never_stands_in_an_evaluation() -> None:
    evaluation = evaluated()
    assert [note.text for note in evaluation.notes] == ["Alfa drew the boom late"]
    assert "TOP-SECRET" not in evaluation.model_dump_json()


def test_a_finding_becomes_a_lesson_with_its_evidence() -> None:
    (lesson,) = evaluated().lessons
    assert (lesson.text, lesson.objective, lesson.evidence) == ("Booms start late", "recover", (8, 12))


def test_every_cited_number_is_an_entry_of_the_log_and_every_number_is_cited() -> None:
    evaluation, entries = evaluated(), play.log_of()
    assert {each.seq: each.hash for each in evaluation.cited}.items() <= {e.seq: e.hash[:12] for e in entries}.items()
    named = {seq for each in (*evaluation.chain, *evaluation.injects, *evaluation.objectives) for seq in each.evidence}
    assert named <= {each.seq for each in evaluation.cited}


def test_the_replay_is_checked_against_the_log() -> None:
    assert evaluated().replay.model_dump() == {"logged": 4, "found": 4, "more": 0}
    other = replace(play.trace_of(played=True), happenings=(play.HAPPENINGS[0], replace(play.HAPPENINGS[1], step=91)))
    assert evaluated(played=other).replay.model_dump() == {"logged": 4, "found": 1, "more": 1}


def test_what_is_not_computed_is_named() -> None:
    assert evaluated().absent == ("best_found", "uncertainty")
    bare = (play.PLAY[0], play.PLAY[1])
    empty = evaluated(bare)
    assert {"injects", "notes", "lessons"} <= set(empty.absent)
    assert moment("release_started", evaluation=empty).absent == "no_release"
    assert moment("first_report", evaluation=empty).absent == "no_inject"
    assert not empty.ended


def test_two_runs_of_different_length_are_not_compared() -> None:
    short = replace(play.trace_of(played=False), steps=np.arange(10))
    with pytest.raises(ValueError, match="expected the same"):
        evaluated(nothing=short)


def test_an_evaluation_survives_its_json() -> None:
    evaluation = evaluated()
    assert Evaluation.model_validate_json(evaluation.model_dump_json()) == evaluation


def test_units_that_treat_look_or_carry_have_a_line_of_their_own() -> None:
    assert evaluated().others == ()  # this play has skimming and boom vessels only
    entries, steps = play.log_of(), np.arange(3)
    state = play.state_of(entries)
    design = replace(
        state.design, units=(*state.design.units, Unit("alfa-fire", "alfa", "burn_team", {"en": "Fire"}, "sea"))
    )
    nought = np.zeros(3)
    burned = UnitTrace(
        "alfa-fire",
        ("on_task",) * 3,
        ("",) * 3,
        nought,
        0.0,
        nought,
        nought,
        60.0 * steps,
        nought,
        nought,
        500.0 * steps,
        nought,
    )
    played = replace(play.trace_of(played=True), units=(burned,))
    (fire,) = others_of(entries, replace(state, design=design), played)
    assert (fire.unit, fire.kind, fire.working, fire.treated, fire.waste) == (
        "alfa-fire",
        "burn_team",
        120.0,
        1000.0,
        0.0,
    )
    assert fire.ordered is None
    kinds = ("skimming_vessel", "j_boom_vessel", "towed_boom_vessel", "burn_team")
    assert [recovers(kind) for kind in kinds] == [True, True, False, False]
