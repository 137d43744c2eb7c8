"""What was signed of a log cannot be rewritten unseen, even by who makes every hash anew."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine

from khazri.exercise.codec import chained, first_fault
from khazri.exercise.entry import Entry
from khazri.exercise.facts import Ended, Fact, Paused, Started
from khazri.store.checkpoints import Checkpoints, checkpoints_of, first_breach, signing_key
from khazri.store.folder import StoreError
from khazri.store.log import ExerciseLog, RunRecord

WALL = "2026-11-23T00:00:00.000Z"


def chain(*facts: Fact) -> list[Entry]:
    entries: list[Entry] = []
    for step, fact in enumerate(facts):
        last = entries[-1] if entries else None
        entries.append(chained(last, run="r1", step=step, fact=fact, actor="dora", cause="", wall=WALL))
    return entries


@pytest.fixture
def signer(database: Engine, tmp_path: Path) -> Checkpoints:
    ExerciseLog(database).open_run(RunRecord("r1", "north-wind", "pack", "0" * 64, WALL))
    return Checkpoints(database, signing_key(tmp_path))


def test_a_log_that_grew_since_agrees(signer: Checkpoints) -> None:
    entries = chain(Started(), Paused(), Ended())
    signer.keep(entries[1], WALL)
    signer.keep(entries[1], WALL)  # nothing new: nothing more is kept
    assert len(signer.of("r1")) == 1
    assert first_breach(entries, signer.of("r1")) is None
    assert first_breach(entries, signer.of("r1"), frozenset({signer.public})) is None


def test_a_log_rewritten_whole_with_a_good_chain_is_found_out(signer: Checkpoints) -> None:
    signer.keep(chain(Started(), Paused())[1], WALL)
    forged = chain(Started(), Ended())
    assert first_fault(forged) is None
    assert "was rewritten" in str(first_breach(forged, signer.of("r1")))
    assert "were taken away" in str(first_breach(forged[:1], signer.of("r1")))


def test_a_forged_checkpoint_does_not_match_its_signature(signer: Checkpoints, database: Engine) -> None:
    entries = chain(Started(), Paused())
    signer.keep(entries[1], WALL)
    (kept,) = checkpoints_of(database, "r1")
    forged = type(kept)(**{**kept.__dict__, "head": "f" * 64})
    assert "does not match its signature" in str(first_breach(entries, [forged]))
    assert "not a trusted key" in str(first_breach(entries, [kept], frozenset({"0" * 64})))


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = signing_key(tmp_path), signing_key(tmp_path)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert stat.S_IMODE((tmp_path / "checkpoint.key").stat().st_mode) == 0o600
    (tmp_path / "checkpoint.key").write_text("nonsense")
    with pytest.raises(StoreError, match="holds no key"):
        signing_key(tmp_path)
