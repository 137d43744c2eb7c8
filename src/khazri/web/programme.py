"""Plans: read by the parties that sign and those who are invited, changed by their programme officers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from khazri.conduct.plans import Plans
from khazri.exercise.refusal import Refusal
from khazri.programme import Officer, PlanLine, PlanView
from khazri.programme.commands import PlanCommand
from khazri.store.access import Seat
from khazri.web.door import SeatHere, service_of
from khazri.web.exercises import REFUSALS
from khazri.web.models import AcceptedBody
from khazri.web.refused import Refused, refused

router = APIRouter(prefix="/seat/{seat}/api", responses=REFUSALS)


class PlanLines(BaseModel):
    """The plans that a seat may read."""

    plans: tuple[PlanLine, ...]


class PlanOrdered(BaseModel):
    """A command in its envelope."""

    command: PlanCommand


def _plans(request: Request) -> Plans:
    found = service_of(request).plans
    if found is None:
        raise refused("not_allowed")
    return found


def _officer(seat: Seat) -> Officer:
    return Officer(seat.person, seat.role, seat.party)


@router.get("/plans")
async def plans(request: Request, here: SeatHere) -> PlanLines:
    """The plans of this seat's party."""
    return PlanLines(plans=await _plans(request).lines(here.party))


@router.get("/plans/{plan}")
async def plan_view(request: Request, here: SeatHere, plan: str) -> PlanView:
    """One plan, whole."""
    found = await _plans(request).view(plan, _officer(here))
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


@router.post("/plans/{plan}/commands")
async def plan_command(request: Request, here: SeatHere, plan: str, ordered: PlanOrdered) -> AcceptedBody:
    """Ask for something to be done; what binds several parties takes the word of each."""
    outcome = await _plans(request).submit(plan, _officer(here), ordered.command)
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return AcceptedBody(seq=outcome)
