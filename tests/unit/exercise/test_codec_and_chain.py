"""The log is readable for ever, and every tampering shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khazri.exercise import commands as c
from khazri.exercise.codec import (
    UPGRADES,
    VERSIONS,
    UnreadableLog,
    fact_of,
    first_fault,
    payload_of,
    read_line,
    version_of,
    write_line,
)
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


def test_lines_are_read_as_they_were_written(played: Recorder) -> None:
    lines = [write_line(entry) for entry in played.entries]
    again = [read_line(line) for line in lines]
    assert again == played.entries
    assert [write_line(entry) for entry in again] == lines
    assert first_fault(again) is None


def test_a_log_of_an_older_build_is_brought_up_to_date_and_still_verifies(
    played: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [write_line(entry) for entry in played.entries]
    monkeypatch.setitem(VERSIONS, "wind_changed", 2)
    monkeypatch.setitem(UPGRADES, ("wind_changed", 1), lambda payload: {**payload, "speed": payload["speed"] * 2.0})
    again = [read_line(line) for line in lines]
    assert [entry.fact.speed for entry in again if entry.kind == "wind_changed"] == [25.0]
    assert first_fault(again) is None
    assert [write_line(entry) for entry in again] == lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"run": "r"}', "has no version"),
        ('{"seq": 1, "kind": "started", "version": "1", "payload": {}}', "are no text, number and object"),
        ('{"seq": 1, "kind": "started", "version": 0, "payload": {}}', "which no build has written"),
        ('{"seq": 1, "kind": "danced", "version": 1, "payload": {}}', "fact danced version 1"),
        ('{"seq": 1, "kind": "paused", "version": 1, "payload": {"why": 1}}', "Extra inputs are not permitted"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_words(line: str, words: str) -> None:
    with pytest.raises(UnreadableLog, match=words):
        read_line(line)
