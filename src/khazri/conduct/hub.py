"""Fan-out: facts in order and never dropped, frames latest-wins. A slow client is closed and joins again."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from khazri.exercise.roles import Actor
from khazri.exercise.view import Shown
from khazri.exercise.visibility import Scope

MOST_WAITING: Final = 2_000  # facts that a client may be behind: about 1 MB


class TooSlow(Exception):  # noqa: N818
    """The client fell too far behind; it should join again."""


@dataclass(frozen=True)
class Tick:
    """Where the clock stands; the latest replaces the one before."""

    step: int
    pace: float
    phase: str
    lag: float  # [s] of wall time behind the asked pace
    fault: str = ""  # why the exercise cannot go on just now: the code of a refusal


@dataclass(eq=False)
class Subscription:
    """What one client has still to be sent."""

    actor: Actor
    scope: Scope
    _facts: deque[Shown] = field(default_factory=deque)
    _latest: dict[str, object] = field(default_factory=dict)
    _ready: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False
    _slow: bool = False

    def offer_fact(self, fact: Shown) -> None:
        """Queue a fact; a client that is too far behind is closed rather than given a gap."""
        if self._closed:
            return
        if len(self._facts) >= MOST_WAITING:
            self._slow = True
            self._facts.clear()
            self.close()
            return
        self._facts.append(fact)
        self._ready.set()

    def offer_latest(self, kind: str, value: object) -> None:
        """Replace what of this kind was not yet sent."""
        if not self._closed:
            self._latest[kind] = value
            self._ready.set()

    def close(self) -> None:
        """No more is sent."""
        self._closed = True
        self._ready.set()

    async def __aiter__(self) -> AsyncIterator[Shown | tuple[str, object]]:
        """Facts first, in order; then the latest of each other kind."""
        while True:
            await self._ready.wait()
            if self._slow:
                raise TooSlow
            self._ready.clear()
            while self._facts:
                yield self._facts.popleft()
            latest, self._latest = self._latest, {}
            for kind, value in latest.items():
                yield kind, value
            if self._closed and not self._facts:
                return


class Hub:
    """All who watch one exercise."""

    def __init__(self) -> None:
        self._clients: set[Subscription] = set()

    def join(self, actor: Actor, scope: Scope) -> Subscription:
        """A new client, from now on."""
        subscription = Subscription(actor, scope)
        self._clients.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """A client that went."""
        self._clients.discard(subscription)
        subscription.close()

    def clients(self) -> tuple[Subscription, ...]:
        """Everybody now."""
        return tuple(self._clients)

    def close(self) -> None:
        """Nobody is sent anything more."""
        for client in self.clients():
            self.leave(client)
