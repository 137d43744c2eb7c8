"""What people judged, noted and concluded, and the entries of the log that all measures lean on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from khazri.evaluation.outcome import Cited, Lesson, ObjectiveOutcome, Replay, SharedNote
from khazri.evaluation.trace import Trace
from khazri.exercise.codec import payload_of
from khazri.exercise.entry import Entry
from khazri.exercise.facts import BoomOrdered, Fact, Happened, MessageSent, NoteWritten, SkimmerTasked, UnitTasked
from khazri.exercise.state import State

# what an entry is about, by the field of its payload: the first there is
_SUBJECT = ("unit", "inject", "objective", "cell", "to", "site", "to_step", "pace", "exercise")


def shows(kind: str, fact: Fact) -> bool:
    """Whether a fact is evidence of a kind that a design may ask for."""
    match kind:
        case "messages":
            return isinstance(fact, MessageSent)
        case "polwarn":
            return isinstance(fact, MessageSent) and fact.form is not None
        case "orders":
            return isinstance(fact, SkimmerTasked | BoomOrdered | UnitTasked)
        case "oil":
            return isinstance(fact, Happened)
        case "notes":
            return isinstance(fact, NoteWritten) and fact.shared
        case _:
            return False


def objectives_of(entries: Iterable[Entry], state: State) -> tuple[ObjectiveOutcome, ...]:
    """Every objective of the design, rated or not."""
    facts = [entry.fact for entry in entries]
    there = {kind for each in state.design.objectives for kind in each.evidence if any(shows(kind, f) for f in facts)}
    found = []
    for objective in state.design.objectives:
        rating = state.ratings.get(objective.ident)
        found.append(
            ObjectiveOutcome(
                ident=objective.ident,
                text=objective.text,
                source=objective.source,
                rating=None if rating is None else rating.rating,
                reason="" if rating is None else rating.reason,
                by="" if rating is None else rating.actor,
                evidence=() if rating is None else (*rating.evidence, rating.seq),
                wanted=objective.evidence,
                missing=tuple(kind for kind in objective.evidence if kind not in there),
            )
        )
    return tuple(found)


def notes_of(state: State) -> tuple[SharedNote, ...]:
    """Notes that their writers shared; a private one never stands in a report."""
    return tuple(
        SharedNote(seq=note.seq, step=note.step, by=note.actor, text=note.text) for note in state.notes if note.shared
    )


def lessons_of(state: State) -> tuple[Lesson, ...]:
    """Findings, in the order in which they were recorded."""
    return tuple(
        Lesson(
            seq=each.seq,
            step=each.step,
            by=each.actor,
            text=each.text,
            objective=each.objective or "",
            evidence=each.evidence,
        )
        for each in state.findings
    )


def cited(entries: Iterable[Entry], seqs: Iterable[int]) -> tuple[Cited, ...]:
    """The entries behind some sequence numbers. A private note that somebody named as evidence keeps its words."""
    wanted = set(seqs)
    return tuple(
        Cited(seq=entry.seq, step=entry.step, kind=_kind(entry), subject=_subject(entry), hash=entry.hash[:12])
        for entry in entries
        if entry.seq in wanted
    )


def _kind(entry: Entry) -> str:
    return entry.fact.what if isinstance(entry.fact, Happened) else entry.kind


def _subject(entry: Entry) -> str:
    if isinstance(entry.fact, Happened):
        return entry.fact.subject
    payload = payload_of(entry.fact)
    return next((str(payload[name]) for name in _SUBJECT if payload.get(name) is not None), "")


def compare_replay(entries: Iterable[Entry], played: Trace) -> Replay:
    """What the log says of the world against what the replay saw, by kind, site, subject and step."""
    logged = Counter(
        (entry.fact.what, entry.fact.site, entry.fact.subject, entry.step)
        for entry in entries
        if isinstance(entry.fact, Happened) and entry.step <= played.last_step
    )
    replayed = Counter((each.kind, each.site, each.subject, each.step) for each in played.happenings)
    found = (logged & replayed).total()
    return Replay(logged=logged.total(), found=found, more=replayed.total() - found)
