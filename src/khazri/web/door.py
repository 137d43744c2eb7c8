"""The door: which seat a request sits in, and what that role may ask here. Every route passes it; deny by default."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import HTTPConnection

from khazri.conduct.conductor import Conductor
from khazri.conduct.house import Exercise, House
from khazri.conduct.plans import Plans
from khazri.exercise.roles import Actor, Role, may_ask, may_ask_now
from khazri.store.access import Access, Seat
from khazri.web.refused import refused

COOKIE: Final = "khazri"
PROGRAMME_ROLES: Final = frozenset({"programme_officer", "secretary", "reader"})


@dataclass(frozen=True)
class Service:
    """What the application is made of; the composition root (`cli`) builds it."""

    house: House
    access: Access
    plans: Plans | None = None


@dataclass(frozen=True)
class Entered:
    """A seat at an exercise that is ready."""

    seat: Seat
    actor: Actor
    exercise: Exercise
    conductor: Conductor


def service_of(connection: HTTPConnection) -> Service:
    """The service that this application serves."""
    found: Service = connection.app.state.service
    return found


async def seat_here(connection: HTTPConnection, seat: str) -> Seat:
    """The seat of the address, where the browser's session is one of its own."""
    service = service_of(connection)
    secret = connection.cookies.get(COOKIE)
    if not secret or len(secret) > 128:
        raise refused("signed_out")
    found = await asyncio.to_thread(service.access.seat_of, seat, secret, service.house.clock.wall())
    if found is None:
        raise refused("signed_out")
    return found


SeatHere = Annotated[Seat, Depends(seat_here)]


def actor_of(seat: Seat) -> Actor:
    """Whom the exercise takes the seat for."""
    return Actor(seat.person, Role(seat.role), seat.party, seat.cell)


def exercise_of(service: Service, seat: Seat, run: str) -> Exercise:
    """The exercise of a seat; any other is unknown to it."""
    exercise = service.house.find(run)
    if seat.run != run or exercise is None or seat.role in PROGRAMME_ROLES:
        raise refused("unknown_exercise", exercise=run)
    return exercise


def enter(question: str) -> Callable[[HTTPConnection, Seat, str], Awaitable[Entered]]:
    """The dependency of a route: the seat may ask `question` of this exercise as it stands, else a refusal."""

    async def check(connection: HTTPConnection, here: SeatHere, run: str) -> Entered:
        exercise = exercise_of(service_of(connection), here, run)
        if not may_ask(Role(here.role), question):
            raise refused("not_allowed")
        if exercise.conductor is None:
            if exercise.fault:
                raise refused("not_opened", reason=exercise.fault)
            raise refused("compiling" if exercise.compiling else "opening")
        ended = exercise.conductor.state.phase == "ended"
        if not may_ask_now(Role(here.role), question, ended=ended):
            raise refused("view_after_end_only")
        return Entered(here, actor_of(here), exercise, exercise.conductor)

    check.__name__ = f"may_ask_{question}"
    return check
