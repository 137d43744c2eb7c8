"""The exercise's own routes: its view, its facts, commands, previews, and any minute again."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from khazri.conduct.world import Look
from khazri.exercise.commands import Ident
from khazri.exercise.decide import unit_of_another
from khazri.exercise.refusal import Refusal
from khazri.exercise.roles import SEES_TRUTH, Actor, Role, may_ask
from khazri.exercise.view import View
from khazri.web.door import PROGRAMME_ROLES, Entered, SeatHere, enter, service_of
from khazri.web.models import (
    AcceptedBody,
    Events,
    ExerciseEntry,
    Exercises,
    Me,
    Ordered,
    PreviewQuestion,
    Replayed,
    RouteBody,
    SeaBody,
)
from khazri.web.refused import Refused, RefusedBody, refused

OBSERVER_EYES = "observer-"
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": RefusedBody} for status in (401, 403, 404, 409, 413, 422, 503, 507)
}
router = APIRouter(prefix="/seat/{seat}/api", responses=REFUSALS)

MayView = Annotated[Entered, Depends(enter("view"))]
MayPreview = Annotated[Entered, Depends(enter("preview"))]
MaySeeSea = Annotated[Entered, Depends(enter("sea"))]
MayReplay = Annotated[Entered, Depends(enter("replay"))]


@router.get("/me")
async def me(here: SeatHere) -> Me:
    """Whose seat this is."""
    return Me(person=here.person, role=here.role, party=here.party, cell=here.cell, run=here.run)


@router.get("/exercises")
async def exercises(request: Request, here: SeatHere) -> Exercises:
    """The exercises that this seat may open."""
    if here.run is None or here.role in PROGRAMME_ROLES or not may_ask(Role(here.role), "exercise"):
        return Exercises(exercises=())
    found = service_of(request).house.find(here.run)
    if found is None:
        return Exercises(exercises=())
    said = found.pack.title.model_dump() if found.pack else {}
    title = {language: words for language, words in said.items() if words}
    phase = found.conductor.state.phase if found.conductor else "not_opened" if found.fault else "opening"
    entry = ExerciseEntry(
        run=found.record.run,
        exercise=found.record.exercise,
        title=title,
        phase=phase,
        role=here.role,
        party=here.party,
        cell=here.cell,
    )
    return Exercises(exercises=(entry,))


@router.get("/exercises/{run}", response_model_exclude_none=True)
async def view(entered: MayView) -> View:
    """The exercise as this seat may see it now."""
    return entered.conductor.view(entered.actor)


@router.get("/exercises/{run}/events")
async def events(entered: MayView) -> Events:
    """Every fact so far that this seat may see."""
    return Events(events=entered.conductor.seen(entered.actor))


@router.post("/exercises/{run}/commands")
async def command(ordered: Ordered, entered: MayView) -> AcceptedBody:
    """Ask for something to be done."""
    outcome = await entered.conductor.submit(entered.actor, ordered.command)
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return AcceptedBody(seq=outcome.seq)


@router.post("/exercises/{run}/preview", response_model_exclude_none=True)
async def preview(question: PreviewQuestion, entered: MayPreview) -> RouteBody:
    """How a unit would go about a task, or why it cannot. Changes nothing."""
    conductor, actor = entered.conductor, entered.actor
    units = {unit.ident: unit for unit in conductor.state.design.units}
    own = tuple(sorted(u.ident for u in units.values() if actor.role in SEES_TRUTH or u.party == actor.party))
    unit = units.get(question.unit)
    if unit is None:
        raise refused("unknown_unit", unit=question.unit, known=own)
    if unit.ident not in own:
        raise refused("unit_of_other_party", unit=unit.ident, party=unit.party)
    foreign = unit_of_another(conductor.state, unit.party, question.target)
    if foreign is not None:
        raise refused("unit_of_other_party", unit=question.target, party=foreign)
    found = await conductor.preview(
        question.unit, question.task, question.geometry, target=question.target, parameters=question.parameters
    )
    if isinstance(found, Refusal):
        raise Refused(found)
    opened = conductor.state.opened
    arrival = conductor.next_step + -(-found.seconds // (opened.dt if opened else 60.0))
    return RouteBody(
        route=found.route, length=found.length, arrival_step=int(arrival), hindrance=found.hindrance,
        marginal=found.marginal, cautions=found.cautions,
    )  # fmt: skip


Step = Annotated[int, Query(ge=0, le=10_000_000)]
Eyes = Annotated[Ident | None, Query(alias="as")]


@router.get("/exercises/{run}/replay", response_model_exclude_none=True)
async def replay(entered: MayReplay, step: Step, eyes: Eyes = None) -> Replayed:
    """A minute again, from one's own eyes or (for those who may) another's."""
    seen, _ = await _again(entered, step, eyes)
    address = ""
    if seen.sees_truth:
        address = f"api/exercises/{entered.exercise.record.run}/frames/{step}.bin" + (f"?as={eyes}" if eyes else "")
    return Replayed(view=seen, frame=address)


@router.get("/exercises/{run}/frames/{step}.bin", response_class=Response)
async def frame(entered: MayReplay, step: int, eyes: Eyes = None, site: Ident | None = None) -> Response:
    """The oil as it was at a step, as points; only where the truth was open to the eyes that look."""
    seen, look = await _again(entered, step, eyes)
    if not seen.sees_truth:
        raise refused("not_allowed")
    wanted = site or seen.sites[0].ident
    if wanted not in look.frames:
        raise refused("unknown_site", site=wanted, known=tuple(look.frames))
    return Response(look.frames[wanted], media_type="application/octet-stream")


@router.get("/exercises/{run}/sea/{site}")
async def sea(
    entered: MaySeeSea, site: Ident, step: Annotated[int | None, Query(ge=0, le=10_000_000)] = None
) -> SeaBody:
    """Level, current, waves and waterline of a site: now, or (for those who may look back) at an earlier step."""
    conductor = entered.conductor
    if not conductor.open_to(entered.actor).truth:
        raise refused("not_allowed")
    look = conductor.look
    if step is not None and step != look.step:
        if not may_ask(entered.actor.role, "replay"):
            raise refused("not_allowed")
        _, look = await _again(entered, step, None)
    if site not in look.seas:
        raise refused("unknown_site", site=site, known=tuple(look.seas))
    from khazri.web.seas import body_of

    return await asyncio.to_thread(lambda: body_of(look.seas[site](), look.step))


async def _again(entered: Entered, step: int, eyes: str | None) -> tuple[View, Look]:
    conductor, replayer = entered.conductor, entered.exercise.replayer
    if not 0 <= step <= conductor.step or replayer is None:
        raise refused("unknown_step", step=step, last_step=conductor.step)
    actor = entered.actor if eyes is None else _other_eyes(entered, eyes)
    return await asyncio.to_thread(replayer.view, conductor.entries, step, actor)


def _other_eyes(entered: Entered, eyes: str) -> Actor:
    """Whose eyes: a cell, or the observers of a party ("observer-charlie")."""
    if not may_ask(entered.actor.role, "replay_as"):
        raise refused("not_allowed")
    design = entered.conductor.state.design
    for cell in design.cells:
        if cell.ident == eyes:
            return Actor("", Role.PLAYER, cell.party, cell.ident)
    for party in design.parties:
        if eyes == OBSERVER_EYES + party:
            return Actor("", Role.OBSERVER, party)
    known = (*(cell.ident for cell in design.cells), *(OBSERVER_EYES + party for party in design.parties))
    raise refused("unknown_recipient", to=eyes, known=known)


@router.get("/coast/{site}", response_class=Response)
async def coast(request: Request, here: SeatHere, site: Ident) -> Response:
    """The land of a site as the physics has it, as GeoJSON."""
    found = None if here.run is None else service_of(request).house.find(here.run)
    if found is None:
        raise refused("unknown_exercise", exercise=here.run or "")
    if found.prepared is None:
        raise refused("opening")
    sites = {each.site.ident: each for each in found.prepared.sites}
    if site not in sites:
        raise refused("unknown_site", site=site, known=tuple(sites))
    from khazri.web.coast import coast_of

    body = await asyncio.to_thread(coast_of, sites[site].terrain)
    return Response(body, media_type="application/geo+json", headers={"Cache-Control": "private, max-age=3600"})
