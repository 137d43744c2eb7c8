"""Logs of every version that was ever written stay readable, verify, and fold to what they folded to.

A golden log is never written anew: a new kind or version of a fact gets a new log beside the old ones.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any, get_args

import pytest
import rfc8785
from pydantic import BaseModel

from khazri.exercise.codec import first_fault, read_line, version_of, write_line
from khazri.exercise.design import Design
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Fact
from khazri.exercise.opening import design_of
from khazri.exercise.state import State
from khazri.inputs.yaml_lines import read_yaml
from khazri.scenario import build

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"
# log -> (SHA-256 of its bytes, hash of its last entry, SHA-256 of the state it folds to)
# The last changes, knowingly, when State gains a field; the first two never.
PINNED = {
    "north-wind-v1": (
        "a66dfa0ee37c21f14fa0e92063bd5b981442a59e37fc6c97df690090ea26d0e2",
        "dbaa15406044e38be5012c95c2fcfecf3a5e0dd6aad76bd0e22a2c3a3da6cb9c",
        "dbc2b2f96b5b86341a0c3ed589ec080ac4a4632a36c623582dda8edec51a906b",
    ),
    "north-wind-v2": (
        "b454f8af02b78639bd378e3b1b501ac7995b6d9686dc7a61ce2e137ac50da414",
        "d15a2d4b83d75efe394dc469b1eccdea20f1e75423379116a84069a276a27102",
        "9e4d6a29ff792efbd4f11393d529551af95c0fb44da5cc7f0a91ad757cad21e1",
    ),
}


def lines_of(name: str) -> list[str]:
    return (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


def design(name: str) -> Design:
    return design_of(build(read_yaml((GOLDEN / f"{name}.yaml").read_bytes(), name)[0]))


def folded(name: str) -> tuple[State, list[Entry]]:
    entries = [read_line(line) for line in lines_of(name)]
    state = State(design(name))
    for entry in entries:
        state = evolve(state, entry)
    return state, entries


def plain(value: object) -> Any:
    """The state as JSON values; sets in order; the design is the scenario's, not the log's."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (each.name for each in dataclasses.fields(value) if each.name != "design")
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_golden_log_is_readable_and_folds_to_what_it_did(name: str) -> None:
    state, entries = folded(name)
    assert first_fault(entries) is None
    digest = hashlib.sha256(rfc8785.dumps(plain(state))).hexdigest()
    assert (hashlib.sha256((GOLDEN / f"{name}.jsonl").read_bytes()).hexdigest(), entries[-1].hash, digest) == PINNED[
        name
    ]


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_golden_log_is_written_again_byte_for_byte(name: str) -> None:
    lines = lines_of(name)
    assert [write_line(read_line(line)) for line in lines] == lines


def test_every_kind_and_version_of_fact_stands_in_a_golden_log() -> None:
    written = {(entry.kind, entry.as_written[0]) for name in PINNED for entry in folded(name)[1] if entry.as_written}
    kinds = {model.model_fields["kind"].default for model in get_args(get_args(Fact)[0])}
    assert {(kind, version_of(kind)) for kind in kinds} <= written
