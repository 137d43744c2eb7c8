"""Facts to bytes and back, for ever; and the hash chain.

The hash of an entry is SHA-256 over the previous hash and the canonical JSON (RFC 8785) of everything else in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import rfc8785
from pydantic import TypeAdapter, ValidationError

from khazri.exercise.entry import FIRST_PREV, Entry
from khazri.exercise.facts import Fact

FACTS: Final[TypeAdapter[Fact]] = TypeAdapter(Fact)
Payload = dict[str, object]

# (kind, version) -> how its payload becomes that of the next version. Old logs stay readable: never remove a line.
UPGRADES: Final[dict[tuple[str, int], Callable[[Payload], Payload]]] = {}
VERSIONS: Final[dict[str, int]] = {}  # kind -> version written now, where it is not 1


_COLUMNS: Final = ("run", "seq", "step", "kind", "version", "payload", "actor", "cause", "wall", "prev", "hash")


class UnreadableLog(Exception):  # noqa: N818
    """An entry that this build cannot read. The message says which, and why."""


def payload_of(fact: Fact) -> Payload:
    """The fact as plain values, without its kind."""
    plain: Payload = fact.model_dump(mode="json")
    del plain["kind"]
    return plain


def version_of(kind: str) -> int:
    """The version in which facts of this kind are written now."""
    return VERSIONS.get(kind, 1)


def fact_of(kind: str, version: int, payload: Payload) -> Fact:
    """The fact that stands in a log, brought up to today's version."""
    while version < version_of(kind):
        if (kind, version) not in UPGRADES:
            raise UnreadableLog(f"fact {kind} has version {version}, which no build has written")
        payload = UPGRADES[kind, version](payload)
        version += 1
    if version > version_of(kind):
        newest = version_of(kind)
        raise UnreadableLog(f"fact {kind} has version {version}; this build reads up to {newest}: update Khazri")
    try:
        return FACTS.validate_python({**payload, "kind": kind})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableLog(f"fact {kind} version {version}: {first['msg']} at {where}") from None


def record_of(entry: Entry) -> dict[str, Any]:
    """The entry as plain values, as it stands in a log: columns of a table, or one line of JSON."""
    version, payload = entry.as_written or (version_of(entry.kind), payload_of(entry.fact))
    return {
        "run": entry.run,
        "seq": entry.seq,
        "step": entry.step,
        "kind": entry.kind,
        "version": version,
        "payload": payload,
        "actor": entry.actor,
        "cause": entry.cause,
        "wall": entry.wall,
        "prev": entry.prev,
        "hash": entry.hash,
    }


def entry_of(record: Mapping[str, Any]) -> Entry:
    """The entry that stands in a log, whichever build wrote it."""
    try:
        version, payload = record["version"], record["payload"]
        if not isinstance(version, int) or not isinstance(payload, dict) or not isinstance(record["kind"], str):
            raise UnreadableLog(f"entry {record['seq']}: kind, version and payload are no text, number and object")
        fact = fact_of(record["kind"], version, payload)
        rest = {name: record[name] for name in ("run", "seq", "step", "actor", "cause", "wall", "prev", "hash")}
    except KeyError as error:
        raise UnreadableLog(f"an entry of the log has no {error.args[0]}; expected {', '.join(_COLUMNS)}") from None
    return Entry(fact=fact, as_written=(version, payload), **rest)


def digest(entry: Entry) -> str:
    """What the hash of an entry must be."""
    rest = record_of(entry)
    del rest["prev"], rest["hash"]
    return hashlib.sha256(entry.prev.encode() + rfc8785.dumps(rest)).hexdigest()


def write_line(entry: Entry) -> str:
    """The entry as one line of canonical JSON, for files."""
    return rfc8785.dumps(record_of(entry)).decode()


def read_line(line: str) -> Entry:
    """The entry of a line."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableLog(f"a line of the log is no JSON: {error}") from None
    if not isinstance(record, dict):
        raise UnreadableLog("a line of the log is no JSON object; expected one entry per line")
    return entry_of(record)


def chained(previous: Entry | None, *, run: str, step: int, fact: Fact, actor: str, cause: str, wall: str) -> Entry:
    """The next entry of a run after `previous` (None: the first)."""
    seq, prev = (1, FIRST_PREV) if previous is None else (previous.seq + 1, previous.hash)
    entry = Entry(run=run, seq=seq, step=step, fact=fact, actor=actor, cause=cause, wall=wall, prev=prev, hash="")
    return Entry(**{**entry.__dict__, "hash": digest(entry)})


def first_fault(entries: Iterable[Entry]) -> str | None:
    """What is wrong with a chain, in words, or None: edits, deletions, reordering and insertions all show."""
    previous: Entry | None = None
    for entry in entries:
        expected = (1, FIRST_PREV) if previous is None else (previous.seq + 1, previous.hash)
        if entry.seq != expected[0]:
            return f"entry {entry.seq} stands where {expected[0]} is expected"
        if entry.prev != expected[1]:
            return f"entry {entry.seq} names {entry.prev[:12]} as the hash before it; expected {expected[1][:12]}"
        if entry.hash != digest(entry):
            return f"entry {entry.seq} ({entry.kind}) does not match its hash: it was edited"
        previous = entry
    return None
