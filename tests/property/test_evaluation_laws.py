"""Laws of evaluations, whatever is played: private notes stay out, evidence is in the log, scores are what they are called."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from random_play import Play, moves, played

from khazri.engine.owners import OWNERS, Owner
from khazri.evaluation import Evaluation, SiteTrace, Trace, evaluate
from khazri.evaluation.oil import scored
from khazri.report.after_action import html


def quiet(steps: int) -> Trace:
    """A tonne afloat from the first step on."""
    samples = np.arange(steps + 1)
    budget = np.zeros((samples.size, OWNERS))
    budget[1:, Owner.AFLOAT] = 1000.0
    nought = np.zeros(samples.size)
    return Trace(60.0, samples, (SiteTrace("sea", budget, budget.sum(axis=1), nought, nought),))


def evaluated(play: Play) -> Evaluation:
    trace = quiet(play.step)
    return evaluate(play.entries, play.state, played=trace, nothing=trace)


@settings(max_examples=60)
@given(moves())
def test_private_notes_stay_out_and_shared_ones_are_in(made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    page = html(evaluated(play), "en")
    written = {entry.fact.text for entry in play.entries if entry.kind == "note_written"}
    for secret in play.secrets:
        if secret.kind == "note":
            assert (secret.token in page) == (secret.shared and secret.token in written)


@settings(max_examples=60)
@given(moves())
def test_every_evidence_is_an_entry_that_was_there(made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    evaluation = evaluated(play)
    numbers = {entry.seq for entry in play.entries}
    for each in (
        *evaluation.chain,
        *evaluation.injects,
        *evaluation.objectives,
        *evaluation.skimmers,
        *evaluation.booms,
    ):
        assert set(each.evidence) <= numbers
    assert {each.seq for each in evaluation.cited} <= numbers
    assert all(moment.absent or moment.step is not None for moment in evaluation.chain)


@settings(max_examples=60)
@given(moves())
def test_latencies_are_never_before_delivery(made: list[tuple[str, str, int]]) -> None:
    for inject in evaluated(played(made)).injects:
        times = (inject.read, inject.acknowledged, inject.answered, inject.ordered)
        assert all(time is None or time >= 0.0 for time in times)


@given(st.floats(1e-3, 1e9), st.floats(0.0, 1e9))
def test_the_score_is_one_when_all_is_averted_zero_when_nothing_is_and_falls_with_harm(
    nothing: float, played_: float
) -> None:
    def score(value: float) -> float:
        found = scored("ashore", "kg", nothing, value).score
        assert found is not None
        return found

    assert score(0.0) == 1.0
    assert score(nothing) == 0.0
    assert (score(played_) < 0.0) == (played_ > nothing)
    assert score(played_ + nothing) < score(played_)
