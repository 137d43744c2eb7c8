"""Facts of a plan to bytes and back, for ever; and the hash chain that binds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785
from pydantic import TypeAdapter, ValidationError

from khazri.exercise.codec import UnreadableLog
from khazri.exercise.entry import FIRST_PREV
from khazri.programme.facts import PlanFact

FACTS: Final[TypeAdapter[PlanFact]] = TypeAdapter(PlanFact)
VERSION: Final = 1  # of every kind, until one changes


@dataclass(frozen=True)
class PlanEntry:
    """A fact in its place."""

    plan: str
    seq: int
    fact: PlanFact
    actor: str
    party: str
    wall: str  # UTC, ISO 8601; recorded, never read by the fold
    prev: str
    hash: str
    as_written: tuple[int, dict[str, Any]] | None = field(default=None, compare=False, repr=False)


def record_of(entry: PlanEntry) -> dict[str, Any]:
    """The entry as plain values: the columns of a table."""
    payload: dict[str, Any] = entry.fact.model_dump(mode="json", by_alias=True)
    del payload["kind"]
    version, payload = entry.as_written or (VERSION, payload)
    return {
        "plan": entry.plan,
        "seq": entry.seq,
        "kind": entry.fact.kind,
        "version": version,
        "payload": payload,
        "actor": entry.actor,
        "party": entry.party,
        "wall": entry.wall,
        "prev": entry.prev,
        "hash": entry.hash,
    }


def entry_of(record: Mapping[str, Any]) -> PlanEntry:
    """The entry that stands in a log."""
    version, payload = record["version"], record["payload"]
    if version > VERSION:
        raise UnreadableLog(
            f"fact {record['kind']} has version {version}; this build reads up to {VERSION}: update Khazri"
        )
    try:
        fact = FACTS.validate_python({**payload, "kind": record["kind"]})
    except (ValidationError, TypeError) as error:
        raise UnreadableLog(f"plan {record['plan']}, entry {record['seq']}: cannot be read: {error}") from None
    rest = {name: record[name] for name in ("plan", "seq", "actor", "party", "wall", "prev", "hash")}
    return PlanEntry(fact=fact, as_written=(version, payload), **rest)


def digest(entry: PlanEntry) -> str:
    """What the hash of an entry must be."""
    rest = record_of(entry)
    del rest["prev"], rest["hash"]
    return hashlib.sha256(entry.prev.encode() + rfc8785.dumps(rest)).hexdigest()


def chained(previous: PlanEntry | None, *, plan: str, fact: PlanFact, actor: str, party: str, wall: str) -> PlanEntry:
    """The next entry of a plan after `previous` (None: the first)."""
    seq, prev = (1, FIRST_PREV) if previous is None else (previous.seq + 1, previous.hash)
    entry = PlanEntry(plan, seq, fact, actor, party, wall, prev, "")
    return PlanEntry(plan, seq, fact, actor, party, wall, prev, digest(entry))


def first_fault(entries: Iterable[PlanEntry]) -> str | None:
    """What is wrong with a chain, in words, or None."""
    previous: PlanEntry | None = None
    for entry in entries:
        seq, prev = (1, FIRST_PREV) if previous is None else (previous.seq + 1, previous.hash)
        if entry.seq != seq:
            return f"entry {entry.seq} stands where {seq} is expected"
        if entry.prev != prev:
            return f"entry {entry.seq} names {entry.prev[:12]} as the hash before it; expected {prev[:12]}"
        if entry.hash != digest(entry):
            return f"entry {entry.seq} ({entry.fact.kind}) does not match its hash: it was edited"
        previous = entry
    return None
