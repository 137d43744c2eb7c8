"""Laws of the fold, whatever is played: live is replay, prefix and tail are the whole, joining late is being there."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from follower import follow, of_the_log, page_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_play import CAST, DESIGN, NAMES, Play, moves, played, started

from khazri.exercise.codec import digest, fact_of, first_fault, payload_of, version_of
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import InjectFired
from khazri.exercise.orders import orders
from khazri.exercise.picture import view
from khazri.exercise.state import State
from khazri.exercise.visibility import scope, shown


def folded(play: Play, start: State, first: int, last: int) -> State:
    for entry in play.entries[first:last]:
        start = evolve(start, entry)
    return start


@given(made=moves(names=(*NAMES, "end")))
@settings(max_examples=150)
def test_live_is_replay(made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    assert folded(play, State(DESIGN), 0, len(play.entries)) == play.state
    assert first_fault(play.entries) is None


@given(made=moves(names=(*NAMES, "end")), share=st.floats(0.0, 1.0))
@settings(max_examples=100)
def test_the_state_of_any_prefix_and_the_tail_are_the_whole(made: list[tuple[str, str, int]], share: float) -> None:
    play = played(made)
    cut = int(share * len(play.entries))
    kept = folded(play, State(DESIGN), 0, cut)
    assert folded(play, kept, cut, len(play.entries)) == play.state
    assert orders(folded(play, kept, cut, len(play.entries))) == orders(play.state)


@given(made=moves(names=(*NAMES, "end")))
@settings(max_examples=100)
def test_every_fact_survives_the_codec_through_text(made: list[tuple[str, str, int]]) -> None:
    for entry in played(made).entries:
        text = json.dumps(payload_of(entry.fact), ensure_ascii=False)
        assert fact_of(entry.kind, version_of(entry.kind), json.loads(text)) == entry.fact
        assert entry.hash == digest(entry)


@given(made=moves(most=60, names=("steps", "oil", "clock", "inject", "boom")))
@settings(max_examples=150)
def test_an_inject_fires_once_at_most(made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    fired = Counter(entry.fact.inject for entry in play.entries if isinstance(entry.fact, InjectFired))
    assert not fired or max(fired.values()) == 1
    assert set(fired) == set(play.state.injects_fired)


def test_every_inject_of_the_design_is_fired_by_some_play() -> None:
    play = started()
    for move in (("oil", "director", 1), ("inject", "director", 2), *[("steps", "director", 11)] * 6):
        play.move(*move)
    assert set(play.state.injects_fired) == {inject.ident for inject in DESIGN.injects}


@pytest.mark.parametrize("who", sorted(CAST))
@given(made=moves(names=(*NAMES, "end")), share=st.floats(0.0, 1.0))
@settings(max_examples=40)
def test_joining_late_is_having_been_there(who: str, made: list[tuple[str, str, int]], share: float) -> None:
    """A page that took its view at any moment and followed the facts since is the page of who joins now."""
    actor, play = CAST[who], started()
    joins = int(share * len(made))
    page, seen = None, None
    for number, move in enumerate([*made, ("steps", "director", 0)]):
        before = len(play.entries)
        if page is None and number >= joins:
            seen, page = (
                scope(play.state, actor, play.step),
                page_of(view(play.state, actor, play.step, play.observation)),
            )
        play.move(*move)
        if page is None:
            continue
        now = scope(play.state, actor, play.step)
        if now != seen:  # as the conductor: a new view when what one may see changes
            seen, page = now, page_of(view(play.state, actor, play.step, play.observation))
            continue
        state = folded(play, State(DESIGN), 0, before)
        for entry in play.entries[before:]:
            state = evolve(state, entry)
            fact = shown(state, actor, entry)
            if fact is not None:
                follow(page, fact)
    assert page is not None
    assert of_the_log(page) == of_the_log(page_of(view(play.state, actor, play.step, play.observation)))
