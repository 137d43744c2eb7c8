"""The log is readable for ever, and every tampering shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khazri.exercise import commands as c
from khazri.exercise.codec import UnreadableLog, fact_of, first_fault, payload_of, version_of
from khazri.exercise.evolve import LogGap, evolve
from khazri.exercise.state import State

from .conftest import ALFA, DESIGN, DIRECTOR, Recorder


@pytest.fixture
def played(live: Recorder) -> Recorder:
    live.command(DIRECTOR, c.Start())
    live.step = 3
    live.command(ALFA, c.SendMessage(to="bravo-ops", subject="s", text="Разлив нефти; neft dağılması"))
    live.step = 9
    live.command(DIRECTOR, c.ChangeWind(site="north-caspian", speed=12.5, from_bearing=0.1))
    live.command(DIRECTOR, c.End())
    return live


def test_facts_survive_the_codec(played: Recorder) -> None:
    for entry in played.entries:
        assert fact_of(entry.kind, version_of(entry.kind), payload_of(entry.fact)) == entry.fact


def test_the_fold_of_the_log_is_the_live_state(played: Recorder) -> None:
    state = State(DESIGN)
    for entry in played.entries:
        state = evolve(state, entry)
    assert state == played.state


def test_a_whole_chain_verifies(played: Recorder) -> None:
    assert first_fault(played.entries) is None


def test_an_edit_shows(played: Recorder) -> None:
    entries = list(played.entries)
    entries[3] = replace(entries[3], step=entries[3].step + 1)
    assert "edited" in str(first_fault(entries))


@pytest.mark.parametrize("tamper", ["delete", "reorder", "insert"])
def test_other_tampering_shows(played: Recorder, tamper: str) -> None:
    entries = list(played.entries)
    if tamper == "delete":
        del entries[2]
    elif tamper == "reorder":
        entries[1], entries[2] = entries[2], entries[1]
    else:
        entries.insert(2, entries[1])
    assert first_fault(entries) is not None


def test_a_gap_is_not_folded(played: Recorder) -> None:
    with pytest.raises(LogGap):
        evolve(State(DESIGN), played.entries[1])


def test_a_fact_of_a_newer_build_is_refused_with_words() -> None:
    with pytest.raises(UnreadableLog, match="update Khazri"):
        fact_of("started", 2, {})
