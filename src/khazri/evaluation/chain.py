"""The chain of times: from the event in the world to what people did about it, each point with its evidence.

Times of the chain and decision latency follow the practice of exercise evaluation: event, delivered, read, decided,
on scene, first effect (EXERCISE.md section 6). Only exercise time counts; wall time is never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from khazri.engine.owners import Owner
from khazri.evaluation.oil import budget_of
from khazri.evaluation.outcome import InjectOutcome, Moment
from khazri.evaluation.trace import Trace
from khazri.evaluation.work import recovers
from khazri.exercise.entry import Entry
from khazri.exercise.facts import (
    BoomOrdered,
    Happened,
    InjectFired,
    MessageAcknowledged,
    MessageRead,
    MessageSent,
    SkimmerTasked,
    UnitTasked,
)
from khazri.exercise.state import State
from khazri.response.catalogue import tasks_of
from khazri.simulation.happenings import BOOM_SET, RELEASE_STARTED, UNIT_ARRIVED

Found = tuple[int, tuple[int, ...], str]  # step, evidence, subject
ORDERS: Final = (SkimmerTasked, BoomOrdered, UnitTasked)


def chain_of(entries: tuple[Entry, ...], state: State, played: Trace) -> tuple[Moment, ...]:
    """The points of the chain: the event and its report, then each party's own."""
    dt = played.dt
    found: list[Moment] = []

    def add(name: str, at: Found | None, after: str, *, party: str = "", absent: str, replayed: bool = False) -> None:
        before = next((m for m in found if m.name == after and m.party in ("", party)), None)
        gap = None if at is None or before is None or before.step is None else (at[0] - before.step) * dt
        step, evidence, subject = at if at is not None else (None, (), "")
        found.append(
            Moment(name=name, party=party, step=step, subject=subject, gap=gap, after=after, evidence=evidence,
                   replayed=replayed and at is not None, absent=absent if at is None else "")
        )  # fmt: skip

    report = first_report(entries)
    add("release_started", _happened(entries, RELEASE_STARTED), "", absent="no_release")
    add("first_report", report, "release_started", absent="no_inject")
    read = None if report is None else _of_message(entries, report[1][-1], MessageRead)
    add("report_read", read, "first_report", absent="never_read")
    for party in playing(state):
        for name, at, after, absent, replayed in _of_party(entries, state, played, party):
            add(name, at, after, party=party, absent=absent, replayed=replayed)
    return tuple(found)


def playing(state: State) -> tuple[str, ...]:
    """Parties that have units or cells: the others watch."""
    active = {unit.party for unit in state.design.units} | {cell.party for cell in state.design.cells}
    return tuple(party for party in state.design.parties if party in active)


def first_report(entries: Iterable[Entry]) -> Found | None:
    """The first inject that was delivered once oil flowed (else the first of all): its step, the seqs of its firing and message."""
    fired: dict[str, int] = {}
    first: Found | None = None
    flowing = False
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, Happened) and fact.what == RELEASE_STARTED:
            flowing = True
        if isinstance(fact, InjectFired):
            fired[fact.inject] = entry.seq
        if isinstance(fact, MessageSent) and fact.inject is not None:
            before = fired.get(fact.inject)
            found = entry.step, (*(() if before is None else (before,)), entry.seq), fact.inject
            if flowing:
                return found
            first = first or found
    return first


def _of_party(
    entries: tuple[Entry, ...], state: State, played: Trace, party: str
) -> list[tuple[str, Found | None, str, str, bool]]:
    units = {unit.ident for unit in state.design.units if unit.party == party}
    able = {unit.ident: tasks_of(unit.kind) for unit in state.design.units if unit.party == party}
    booms = {ident for ident, tasks in able.items() if "boom" in tasks}
    skimmers = {unit.ident for unit in state.design.units if unit.party == party and recovers(unit.kind)}
    cells = {cell.ident for cell in state.design.cells if cell.party == party}
    filed = _first(
        entries,
        lambda e: e.fact.sender if isinstance(e.fact, MessageSent) and e.fact.form and e.fact.sender in cells else None,
    )
    answered = None if filed is None else _of_message(entries, filed[1][-1], MessageAcknowledged)
    rows: list[tuple[str, Found | None, str, str, bool]] = []
    if units:
        order = _first(entries, lambda e: e.fact.unit if isinstance(e.fact, ORDERS) and e.fact.unit in units else None)
        rows += [
            ("first_order", order, "first_report", "no_order", False),
            ("unit_on_task", _happened(entries, UNIT_ARRIVED, units), "first_order", "none_on_task", False),
        ]
    if booms:
        rows.append(("boom_set", _happened(entries, BOOM_SET, booms), "first_order", "no_boom", False))
    if skimmers:
        rows.append(("oil_recovered", _recovered(played, skimmers), "first_order", "no_oil_recovered", True))
    rows.append(("polwarn_filed", filed, "first_report", "no_polwarn", False))
    rows.append(
        ("polwarn_acknowledged", answered, "polwarn_filed", "not_acknowledged" if filed else "no_polwarn", False)
    )
    return rows


def _recovered(played: Trace, units: set[str]) -> Found | None:
    found = []
    for unit in played.units:
        taken = np.flatnonzero(unit.recovered > 0.0)
        if unit.ident in units and taken.size:
            found.append((int(played.steps[taken[0]]), (), unit.ident))
    return min(found, default=None)


def recovered_at_all(played: Trace) -> bool:
    """Whether any oil was taken from the sea."""
    return bool(budget_of(played)[-1, Owner.RECOVERED] > 0.0)


def _happened(entries: Iterable[Entry], what: str, subjects: set[str] | None = None) -> Found | None:
    def subject(entry: Entry) -> str | None:
        fact = entry.fact
        if isinstance(fact, Happened) and fact.what == what and (subjects is None or fact.subject in subjects):
            return fact.subject
        return None

    return _first(entries, subject)


def _of_message(
    entries: Iterable[Entry], message: int, kind: type[MessageRead] | type[MessageAcknowledged]
) -> Found | None:
    return _first(entries, lambda e: e.fact.cell if isinstance(e.fact, kind) and e.fact.message == message else None)


def _first(entries: Iterable[Entry], subject: Callable[[Entry], str | None]) -> Found | None:
    for entry in entries:
        whom = subject(entry)
        if whom is not None:
            return entry.step, (entry.seq,), whom
    return None


def injects_of(entries: tuple[Entry, ...], state: State, dt: float) -> tuple[InjectOutcome, ...]:
    """What followed each inject that was delivered, in the order of delivery."""
    return tuple(
        _followed(entry, entry.fact, entries, state, dt)
        for entry in entries
        if isinstance(entry.fact, MessageSent) and entry.fact.inject is not None
    )


def _followed(entry: Entry, sent: MessageSent, entries: tuple[Entry, ...], state: State, dt: float) -> InjectOutcome:
    party = next((cell.party for cell in state.design.cells if cell.ident == sent.to), sent.to)
    units = {unit.ident for unit in state.design.units if unit.party == party}
    later = [each for each in entries if each.seq > entry.seq]

    def reply(each: Entry) -> str | None:
        fact = each.fact
        return fact.sender if isinstance(fact, MessageSent) and fact.reply_to == entry.seq else None

    def order(each: Entry) -> str | None:
        return each.fact.unit if isinstance(each.fact, ORDERS) and each.fact.unit in units else None

    points = (
        _of_message(later, entry.seq, MessageRead),
        _of_message(later, entry.seq, MessageAcknowledged),
        _first(later, reply),
        _first(later, order),
    )
    read, acknowledged, answered, ordered = (
        None if point is None else (point[0] - entry.step) * dt for point in points
    )
    return InjectOutcome(
        ident=sent.inject or "",
        subject=sent.subject,
        to=sent.to,
        party=party,
        delivered=entry.step,
        read=read,
        acknowledged=acknowledged,
        answered=answered,
        ordered=ordered,
        evidence=tuple(sorted({entry.seq, *(seq for point in points if point is not None for seq in point[1])})),
    )
