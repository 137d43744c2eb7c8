"""What units and booms did with their time."""

from __future__ import annotations

from collections.abc import Iterable

from khazri.evaluation.outcome import BoomUse, OtherUse, RefusedOrders, SkimmerUse
from khazri.evaluation.trace import Trace
from khazri.exercise.entry import Entry
from khazri.exercise.facts import BoomOrdered, Happened, MessageSent, SkimmerTasked, UnitTasked
from khazri.exercise.refusal import Refusal
from khazri.exercise.state import State
from khazri.response.catalogue import tasks_of
from khazri.simulation.happenings import (
    BOOM_LEAKING,
    BOOM_SET,
    FIRE_LIT,
    OIL_SIGHTED,
    RELEASE_STARTED,
    SOURCE_SHUT,
    STORAGE_EMPTIED,
    STORAGE_FULL,
)

Refused = tuple[int, str, Refusal, dict[str, object]]  # step, actor, refusal, command: as `store.log` gives them


def known_from(entries: Iterable[Entry], state: State, party: str) -> int:
    """The step at which a party had its first message once oil flowed; without any, the step at which it began to."""
    cells = {cell.ident for cell in state.design.cells if cell.party == party} | {party}
    began: int | None = None
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, Happened) and fact.what == RELEASE_STARTED and began is None:
            began = entry.step
        if isinstance(fact, MessageSent) and fact.to in cells and began is not None:
            return entry.step
    return began or 0


def skimmers_of(entries: tuple[Entry, ...], state: State, played: Trace) -> tuple[SkimmerUse, ...]:
    """Use of every skimming vessel of the design, also of those that nobody moved."""
    traces = {unit.ident: unit for unit in played.units}
    found = []
    for unit in state.design.units:
        if not recovers(unit.kind):
            continue
        orders = _orders(entries, unit.ident, ("skim", "skim_thickest", "tow_boom"))
        trace = traces.get(unit.ident)
        since = min(known_from(entries, state, unit.party), played.last_step)
        found.append(
            SkimmerUse(
                unit=unit.ident,
                name=unit.name,
                party=unit.party,
                available=(played.last_step - since) * played.dt,
                ordered=orders[0].step if orders else None,
                working=float(trace.working[-1]) if trace else 0.0,
                meeting=float(trace.meeting[-1]) if trace else 0.0,
                full=float(trace.full[-1]) if trace else 0.0,
                recovered=float(trace.recovered[-1]) if trace else 0.0,
                mixture=float(trace.mixture[-1]) if trace else 0.0,
                evidence=_evidence(entries, unit.ident, orders, (STORAGE_FULL, STORAGE_EMPTIED)),
            )
        )
    return tuple(found)


def recovers(kind: str) -> bool:
    """Whether a kind of unit takes oil into a tank from the sea: it skims, or tows a boom with a skimmer in its pocket."""
    tasks = tasks_of(kind)
    return "skim" in tasks or {"tow_boom", "offload"} <= set(tasks)


def others_of(entries: tuple[Entry, ...], state: State, played: Trace) -> tuple[OtherUse, ...]:
    """Use of every unit of the design that neither recovers oil nor lays boom."""
    traces = {unit.ident: unit for unit in played.units}
    found = []
    for unit in state.design.units:
        if recovers(unit.kind) or "boom" in tasks_of(unit.kind):
            continue
        orders = _orders(entries, unit.ident, tasks_of(unit.kind))
        trace = traces.get(unit.ident)
        found.append(
            OtherUse(
                unit=unit.ident,
                name=unit.name,
                party=unit.party,
                kind=unit.kind,
                ordered=orders[0].step if orders else None,
                working=float(trace.working[-1]) if trace else 0.0,
                treated=float(trace.treated[-1]) if trace else 0.0,
                waste=float(trace.waste[-1]) if trace else 0.0,
                sighted=sum(
                    isinstance(each.fact, Happened) and (each.fact.subject, each.fact.what) == (unit.ident, OIL_SIGHTED)
                    for each in entries
                ),
                evidence=_evidence(entries, unit.ident, orders, (OIL_SIGHTED, FIRE_LIT, SOURCE_SHUT)),
            )
        )
    return tuple(found)


def booms_of(entries: tuple[Entry, ...], state: State, played: Trace) -> tuple[BoomUse, ...]:
    """Use of the boom of every boom vessel of the design."""
    traces = {boom.unit: boom for boom in played.booms}
    found = []
    for unit in state.design.units:
        if "boom" not in tasks_of(unit.kind):
            continue
        orders = _orders(entries, unit.ident, ("boom", "protect"))
        trace = traces.get(unit.ident)
        found.append(
            BoomUse(
                unit=unit.ident,
                name=unit.name,
                party=unit.party,
                ordered=orders[0].step if orders else None,
                in_water=float(trace.in_water[-1]) if trace else 0.0,
                touched=float(trace.touched[-1]) if trace else 0.0,
                held=float(trace.held[-1]) if trace else 0.0,
                leaked=float(trace.leaked[-1]) if trace else 0.0,
                evidence=_evidence(entries, unit.ident, orders, (BOOM_SET, BOOM_LEAKING)),
            )
        )
    return tuple(found)


def _orders(entries: Iterable[Entry], unit: str, tasks: tuple[str, ...]) -> list[Entry]:
    """The orders of a unit to one of these tasks, however they were given."""
    old = {"skim": "skimmer_tasked", "boom": "boom_ordered"}
    kinds = {old[task] for task in tasks if task in old}
    found = []
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, SkimmerTasked | BoomOrdered):
            of_kind = fact.kind in kinds
        else:
            of_kind = isinstance(fact, UnitTasked) and fact.task in tasks
        if of_kind and isinstance(fact, SkimmerTasked | BoomOrdered | UnitTasked) and fact.unit == unit:
            found.append(entry)
    return found


def _evidence(entries: Iterable[Entry], unit: str, orders: Iterable[Entry], kinds: tuple[str, ...]) -> tuple[int, ...]:
    """The orders of a unit, and the first happening of each kind."""
    first: dict[str, int] = {}
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, Happened) and fact.subject == unit and fact.what in kinds:
            first.setdefault(fact.what, entry.seq)
    return tuple(sorted({*(order.seq for order in orders), *first.values()}))


def refused_of(refusals: Iterable[Refused]) -> tuple[RefusedOrders, ...]:
    """Refused commands by code, the most frequent first."""
    by_code: dict[str, list[tuple[int, str]]] = {}
    for step, _, refusal, command in refusals:
        by_code.setdefault(refusal.code, []).append((step, str(command.get("kind", ""))))
    found = [
        RefusedOrders(
            code=code,
            count=len(each),
            commands=tuple(sorted({kind for _, kind in each if kind})),
            steps=tuple(step for step, _ in each),
        )
        for code, each in by_code.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.code)))
