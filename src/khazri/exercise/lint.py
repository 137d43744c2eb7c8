"""What in a pack is no fault but will not work as an exercise: told before StartEx, not found out after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from khazri.exercise import triggers as t
from khazri.exercise.decide import CONTROL
from khazri.exercise.design import Design
from khazri.exercise.opening import design_of, words_of
from khazri.response.catalogue import tasks_of
from khazri.response.vessel import TaskKind
from khazri.scenario.kinds import Text
from khazri.scenario.pack import Pack

_ORDERED: dict[str, TaskKind] = {"skimmer_tasked": "skim", "boom_ordered": "boom"}


def remarks(pack: Pack) -> tuple[str, ...]:
    """A sentence on each thing that should be looked at."""
    design = design_of(pack)
    return (
        *_of_injects(design, pack),
        *_of_recipients(design),
        *_of_units(design, pack),
        *_of_objectives(design, pack),
        *_of_languages(pack),
    )


def _of_injects(design: Design, pack: Pack) -> Iterator[str]:
    for index, inject in enumerate(design.injects):
        if inject.at_step is not None and inject.at_step >= design.last_step:
            yield f"injects[{index}] ({inject.ident}) is due when the exercise is over: it will never be sent"
        elif inject.when is not None and not can_hold(inject.when, design, pack):
            yield f"injects[{index}] ({inject.ident}) waits for what cannot come about: it will never be sent"


def can_hold(predicate: t.Predicate, design: Design, pack: Pack) -> bool:
    """Whether a predicate can ever be true in this exercise; in doubt, it can."""
    match predicate:
        case t.AtStep():
            return predicate.step < design.last_step
        case t.OilWithin():
            return any(
                site.releases and any(place.ident == predicate.place for place in site.places) for site in pack.sites
            )
        case t.OrderGiven():
            return any(
                _ORDERED[predicate.order] in tasks_of(unit.kind)
                and predicate.party in (None, unit.party)
                and any(cell.party == unit.party for cell in design.cells)
                for unit in design.units
            )
        case t.MessageWasSent():
            return _can_be_sent(predicate, design)
        case t.AllOf():
            return all(can_hold(part, design, pack) for part in predicate.parts)
        case t.Not():
            always = isinstance(predicate.part, t.AtStep) and predicate.part.step == 0
            return not always
        case _:
            assert_never(predicate)


def _can_be_sent(predicate: t.MessageWasSent, design: Design) -> bool:
    party_of = {cell.ident: cell.party for cell in design.cells}
    senders = (*party_of, CONTROL) if predicate.sender is None else (predicate.sender,)
    recipients = (*party_of, CONTROL) if predicate.to is None else (predicate.to,)
    pairs = [(sender, to) for sender in senders for to in recipients if sender != to]
    if predicate.polwarn:  # from a cell, to another party or to control
        return any(party_of.get(sender) not in (None, party_of.get(to)) for sender, to in pairs)
    return bool(pairs)


def _of_recipients(design: Design) -> Iterator[str]:
    known = {CONTROL, *(cell.ident for cell in design.cells)}
    for index, inject in enumerate(design.injects):
        if inject.to not in known:
            yield f"injects[{index}] ({inject.ident}) goes to {inject.to}, which is no cell: nobody will read it"


def _of_units(design: Design, pack: Pack) -> Iterator[str]:
    if pack.response and not design.cells:
        return  # nobody plays: the plan commands them
    playing = {cell.party for cell in design.cells}
    for index, unit in enumerate(design.units):
        if unit.party not in playing:
            yield f"inventory[{index}] ({unit.ident}) belongs to {unit.party}, which has no cell to command it"


def _of_objectives(design: Design, pack: Pack) -> Iterator[str]:
    possible = {"notes", "messages"} if design.cells else {"notes"}
    if len({cell.party for cell in design.cells}) > 1:
        possible.add("polwarn")
    if design.units:
        possible.add("orders")
    if any(site.releases for site in pack.sites):
        possible.add("oil")
    for index, objective in enumerate(design.objectives):
        where = f"objectives[{index}] ({objective.ident})"
        if not objective.evidence:
            yield f"{where} names no evidence: nothing will show whether it was met"
        for kind in objective.evidence:
            if kind not in possible:
                yield f"{where} rests on {kind}, of which this exercise can have none"


def _of_languages(pack: Pack) -> Iterator[str]:
    texts: list[tuple[str, Text]] = [
        *((f"injects[{i}].subject", each.subject) for i, each in enumerate(pack.injects)),
        *((f"injects[{i}].text", each.text) for i, each in enumerate(pack.injects)),
        *((f"objectives[{i}].text", each.text) for i, each in enumerate(pack.objectives)),
    ]
    for where, text in texts:
        missing = [language for language in pack.languages if language not in words_of(text)]
        if missing:
            yield f"{where} is not said in {', '.join(missing)}, of the languages of this exercise"
