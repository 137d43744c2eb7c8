"""State after an entry. May not refuse: what stands in the log has happened."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from khazri.exercise import facts
from khazri.exercise.entry import Entry
from khazri.exercise.state import Failure, Finding, Grant, Message, Note, OrderGivenTo, Rating, State, Task, Wind

# Under which name triggers and measures count an order, however it was given.
ORDER_OF: Final[dict[str, str]] = {
    "skim": "skimmer_tasked", "skim_thickest": "skimmer_tasked", "boom": "boom_ordered", "protect": "boom_ordered"
}  # fmt: skip


class LogGap(Exception):  # noqa: N818
    """An entry that does not follow the state."""


def evolve(state: State, entry: Entry) -> State:
    """The state after `entry`."""
    if entry.seq != state.seq + 1:
        raise LogGap(f"state is at {state.seq}, entry is {entry.seq}; expected {state.seq + 1}")
    return replace(_after(state, entry), run=entry.run, seq=entry.seq, step=entry.step)


def _after(state: State, entry: Entry) -> State:  # noqa: C901 - one flat case per fact
    match entry.fact:
        case facts.Opened():
            return replace(state, opened=entry.fact)
        case facts.Started() | facts.Resumed():
            return replace(state, phase="running")
        case facts.Paused():
            return replace(state, phase="paused", jump_to=None)
        case facts.Ended():
            return replace(state, phase="ended", jump_to=None)
        case facts.PaceSet(pace=pace):
            return replace(state, pace=pace)
        case facts.Jumped(to_step=step):
            return replace(state, jump_to=step)
        case facts.WindChanged():
            wind = Wind(entry.fact.site, entry.step, entry.fact.speed, entry.fact.from_bearing)
            return replace(state, winds=(*state.winds, wind))
        case facts.UnitFailed():
            failure = Failure(entry.fact.unit, entry.fact.failure, entry.step, entry.fact.until_step)
            return replace(state, failures=(*state.failures, failure))
        case facts.InjectFired(inject=ident):
            fired = {**state.injects_fired, ident: entry.seq}
            return replace(state, injects_fired=fired, injects_held=state.injects_held - {ident})
        case facts.InjectHeld(inject=ident):
            return replace(state, injects_held=state.injects_held | {ident})
        case facts.ViewGranted():
            grant = Grant(entry.fact.scope, entry.fact.of_party, entry.fact.until_step)
            kept = state.grants.get(entry.fact.party, ())
            return replace(state, grants={**state.grants, entry.fact.party: (*kept, grant)})
        case facts.SkimmerTasked() | facts.BoomOrdered() | facts.StoodBy() | facts.UnitTasked():
            return _ordered(state, entry, entry.fact)
        case facts.MessageSent() | facts.MessageRead() | facts.MessageAcknowledged():
            return _mailed(state, entry, entry.fact)
        case facts.ObjectiveMarked():
            rating = _rating(entry, entry.fact)
            return replace(state, ratings={**state.ratings, rating.objective: rating})
        case facts.NoteWritten():
            note = Note(entry.seq, entry.step, entry.actor, entry.fact.text, entry.fact.shared)
            return replace(state, notes=(*state.notes, note))
        case facts.FindingRecorded():
            return replace(state, findings=(*state.findings, _finding(entry, entry.fact)))
        case facts.Happened():
            return state
        case _:
            assert_never(entry.fact)


def _rating(entry: Entry, fact: facts.ObjectiveMarked) -> Rating:
    return Rating(fact.objective, fact.rating, fact.reason, fact.evidence, entry.actor, entry.seq)


def _finding(entry: Entry, fact: facts.FindingRecorded) -> Finding:
    return Finding(entry.seq, entry.step, entry.actor, fact.text, fact.objective, fact.evidence)


def _ordered(
    state: State, entry: Entry, fact: facts.SkimmerTasked | facts.BoomOrdered | facts.StoodBy | facts.UnitTasked
) -> State:
    before = state.tasks.get(fact.unit)
    version = 1 if before is None else before.version + 1
    match fact:
        case facts.SkimmerTasked():
            task = Task("skim", fact.area, entry.step, version)
        case facts.BoomOrdered():
            task = Task("boom", fact.line, entry.step, version)
        case facts.StoodBy():
            task = Task("stand_by", (), entry.step, version)
        case facts.UnitTasked():
            task = Task(fact.task, fact.geometry, entry.step, version, fact.target, fact.parameters)
    party = next((unit.party for unit in state.design.units if unit.ident == fact.unit), "")
    order = OrderGivenTo(ORDER_OF.get(task.kind, fact.kind), fact.unit, party, entry.step, entry.seq)
    return replace(state, tasks={**state.tasks, fact.unit: task}, orders_given=(*state.orders_given, order))


def _mailed(
    state: State, entry: Entry, fact: facts.MessageSent | facts.MessageRead | facts.MessageAcknowledged
) -> State:
    if isinstance(fact, facts.MessageSent):
        message = Message(
            seq=entry.seq,
            step=entry.step,
            sender=fact.sender,
            to=fact.to,
            precedence=fact.precedence,
            subject=fact.subject,
            text=fact.text,
            reply_to=fact.reply_to,
            form=fact.form,
        )
        return replace(state, messages={**state.messages, entry.seq: message})
    message = state.messages[fact.message]
    if isinstance(fact, facts.MessageRead):
        message = replace(message, read_by=message.read_by | {fact.cell})
    else:
        read, acknowledged = message.read_by | {fact.cell}, message.acknowledged_by | {fact.cell}
        message = replace(message, read_by=read, acknowledged_by=acknowledged)
    return replace(state, messages={**state.messages, fact.message: message})
