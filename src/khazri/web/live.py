"""The live socket: facts in order, then the latest of the rest. What it sends was made for the seat that listens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Final, Literal

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import Field, TypeAdapter, ValidationError

from khazri.conduct.conductor import Conductor
from khazri.conduct.hub import Subscription, Tick, TooSlow
from khazri.conduct.world import Look
from khazri.exercise.commands import Model
from khazri.exercise.roles import Actor
from khazri.exercise.view import Shown
from khazri.exercise.visibility import Scope
from khazri.web.door import Entered, enter, seat_here
from khazri.web.refused import Refused

OF_THE_WORLD: Final = (
    "step", "units", "booms", "sightings", "treated", "wind", "weather", "forecast", "budget", "released",
)  # fmt: skip
CHECK_EVERY: Final = 20.0  # seconds between looks at whether the seat is still open
MOST_TEXT: Final = 4_096  # bytes of what a client may say
CLOSE_SIGNED_OUT: Final = 4401
CLOSE_REFUSED: Final = 4403
CLOSE_SLOW: Final = 4408
CLOSE_MALFORMED: Final = 1007

router = APIRouter()


class Ack(Model):
    """A client says how far it has read."""

    type: Literal["ack"]
    seq: int = Field(ge=0)


_SAID: Final[TypeAdapter[Ack]] = TypeAdapter(Ack)


class Summaries:
    """What the world shows, made once for all who may see the same."""

    def __init__(self) -> None:
        self._of: tuple[Look | None, int] = (None, 0)
        self._made: dict[Scope, dict[str, Any]] = {}

    def of(self, conductor: Conductor, actor: Actor, look: Look) -> dict[str, Any]:
        """The summary for what an actor may see now."""
        open_to = conductor.open_to(actor)
        if self._of != (look, conductor.state.seq):
            self._of, self._made = (look, conductor.state.seq), {}
        if open_to not in self._made:
            plain = conductor.view(actor).plain()
            self._made[open_to] = {name: plain[name] for name in OF_THE_WORLD if name in plain}
        return self._made[open_to]


_SUMMARIES: Final[dict[str, Summaries]] = {}


@router.websocket("/seat/{seat}/api/exercises/{run}/live")
async def live(socket: WebSocket, seat: str, run: str) -> None:
    """Facts, clock, summaries and frames for as long as the client listens."""
    try:
        here = await seat_here(socket, seat)
        entered = await enter("live")(socket, here, run)
    except Refused as refusal:
        await socket.accept()
        await _say(socket, {"type": "refusal", "refusal": _plain(refusal)})
        await socket.close(CLOSE_SIGNED_OUT if refusal.refusal.code == "signed_out" else CLOSE_REFUSED)
        return
    await socket.accept()
    _, subscription = entered.conductor.join(entered.actor)
    try:
        await _serve(socket, seat, entered, subscription)
    except (WebSocketDisconnect, RuntimeError):  # gone in the middle of a message
        pass
    finally:
        entered.conductor.hub.leave(subscription)


async def _serve(socket: WebSocket, seat: str, entered: Entered, subscription: Subscription) -> None:
    sending = asyncio.create_task(_send(socket, entered, subscription))
    hearing = asyncio.create_task(_hear(socket))
    watching = asyncio.create_task(_watch(socket, seat))
    tasks = {sending, hearing, watching}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    code = next((task.result() for task in done if task.exception() is None), None)
    if code is not None:
        with contextlib.suppress(RuntimeError):
            await socket.close(code)


async def _send(socket: WebSocket, entered: Entered, subscription: Subscription) -> int:
    conductor = entered.conductor
    try:
        async for message in _messages(conductor, subscription):
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await _say(socket, message)
    except TooSlow:
        return CLOSE_SLOW
    return 1001


async def _messages(conductor: Conductor, client: Subscription) -> AsyncIterator[dict[str, Any] | bytes]:
    """What a client is sent, in order."""
    yield _clock(conductor, Tick(conductor.step, conductor.state.pace, conductor.state.phase, conductor.lag))
    for message in _looked(conductor, client, conductor.look):
        yield message
    async for item in client:
        if isinstance(item, Shown):
            yield {"type": "fact", "seq": item.seq, "entry": item.model_dump(mode="json")}
            continue
        kind, value = item
        if isinstance(value, Tick):
            yield _clock(conductor, value)
        elif isinstance(value, Look):
            for message in _looked(conductor, client, value):
                yield message
        elif kind == "view":
            yield {"type": "view", "view": conductor.view(client.actor).plain()}
            for message in _looked(conductor, client, conductor.look):
                yield message


def _looked(conductor: Conductor, client: Subscription, look: Look) -> list[dict[str, Any] | bytes]:
    """The world's part: figures for the scope, and the points of the oil where it is the truth.

    The scope is that of this moment: what stands at the client is set right only once a step is over.
    """
    summaries = _SUMMARIES.setdefault(conductor.run, Summaries())
    messages: list[dict[str, Any] | bytes] = [{"type": "summary", **summaries.of(conductor, client.actor, look)}]
    if conductor.open_to(client.actor).truth:
        messages += look.frames.values()
    return messages


def _clock(conductor: Conductor, tick: Tick) -> dict[str, Any]:
    opened = conductor.state.opened
    return {
        "type": "clock",
        "step": tick.step,
        "pace": tick.pace,
        "phase": tick.phase,
        "running": tick.phase == "running",
        "lag": round(tick.lag, 3),
        "time": tick.step * (opened.dt if opened else 60.0),
        "fault": tick.fault,
    }


async def _hear(socket: WebSocket) -> int:
    """Clients only acknowledge. Anything else is told to be wrong, and ends the talk."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        text = message.get("text") or ""
        try:
            if not text or len(text) > MOST_TEXT:
                raise ValueError(f"expected a text of 1 to {MOST_TEXT} characters")
            _SAID.validate_json(text)
        except (ValidationError, ValueError) as error:
            problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            body = {"code": "malformed", "params": {"where": "socket", "problem": problem}}
            await _say(socket, {"type": "refusal", "refusal": body})
            return CLOSE_MALFORMED


async def _watch(socket: WebSocket, seat: str) -> int:
    """A seat that was closed hears no more."""
    while True:
        await asyncio.sleep(CHECK_EVERY)
        try:
            await seat_here(socket, seat)
        except Refused:
            return CLOSE_SIGNED_OUT


async def _say(socket: WebSocket, message: dict[str, Any]) -> None:
    await socket.send_json(message)


def _plain(refused: Refused) -> dict[str, Any]:
    return {"code": refused.refusal.code, "params": refused.refusal.params}
