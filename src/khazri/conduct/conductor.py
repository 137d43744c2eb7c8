"""One conductor per exercise, and the only writer of its log: decide, append (durable), evolve, publish.

Commands are decided the moment they arrive, also while the engine works in its thread, and take effect at the next step boundary. An
overrun slips and shows its lag; it never skips or stretches a step.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final, Protocol

from khazri.conduct.clock import Clock
from khazri.conduct.hub import Hub, Subscription, Tick
from khazri.conduct.world import LiveWorld
from khazri.exercise.codec import chained, first_fault
from khazri.exercise.commands import Command
from khazri.exercise.decide import decide, fire
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Ended, Fact, Happened, Opened
from khazri.exercise.refusal import Refusal
from khazri.exercise.roles import Actor
from khazri.exercise.state import State
from khazri.exercise.triggers import due
from khazri.exercise.visibility import may_see
from khazri.simulation.happenings import Happening

SNAPSHOT_EVERY: Final = 60  # steps


class Log(Protocol):
    """The durable log of one run (`store.log` gives it)."""

    def append(self, entries: list[Entry]) -> None:
        """Durable when it returns."""
        ...

    def read(self) -> list[Entry]:
        """All entries."""
        ...

    def refuse(
        self, refusal: Refusal, *, after_seq: int, step: int, actor: str, command: dict[str, object], wall: str
    ) -> None:
        """Keep a refusal."""
        ...

    def keep_snapshot(self, step: int, snapshot: bytes) -> None:
        """Keep a snapshot; derived, so it may be lost."""
        ...

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        """The newest kept snapshot."""
        ...


class TamperedLog(Exception):  # noqa: N818
    """A log whose chain does not hold is not resumed."""


@dataclass(frozen=True)
class Accepted:
    """A command that became facts; `seq` is the last of them."""

    seq: int


class Conductor:
    """Runs one exercise."""

    def __init__(self, run: str, state: State, *, world: LiveWorld, log: Log, clock: Clock) -> None:
        self.run = run
        self.state = state
        self.world = world
        self.hub = Hub()
        self.lag = 0.0
        self._log = log
        self._clock = clock
        self._last: Entry | None = None
        self._entries: list[Entry] = []
        self._writing = asyncio.Lock()
        self._changed = asyncio.Event()
        self._stepping = False
        self._done = world.step  # the world's own count changes in the worker thread

    @property
    def next_step(self) -> int:
        """The boundary at which what is decided now takes effect."""
        return self._done + (1 if self._stepping else 0)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The log so far."""
        return tuple(self._entries)

    async def open(self, opened: Opened) -> None:
        """Begin a new log, or resume the one that stands: fold it and bring the world to where it was."""
        entries = await asyncio.to_thread(self._log.read)
        if not entries:
            await self._write((opened,), actor="conductor", cause="")
            return
        fault = first_fault(entries)
        if fault is not None:
            raise TamperedLog(f"run {self.run}: {fault}")
        await asyncio.to_thread(self._replay, entries)
        self._done = self.world.step

    def _replay(self, entries: list[Entry]) -> None:
        """Apply the entries whose step is at most k, then advance to k + 1; from the newest snapshot where there is one."""
        kept = self._log.latest_snapshot()
        target = max(entries[-1].step, kept[0] if kept else 0)
        if kept is not None:
            self.world.restore(kept[1])
        for entry in entries:
            while self.world.step < entry.step:
                self.world.advance(self.state)
            self.state = evolve(self.state, entry)
            self._entries.append(entry)
        self._last = entries[-1]
        while self.world.step < target:
            self.world.advance(self.state)

    async def submit(self, actor: Actor, command: Command) -> Accepted | Refusal:
        """Decide, make durable, evolve, publish; or refuse, and keep the refusal as evidence."""
        async with self._writing:
            step = self.next_step
            decision = decide(self.state, self.world.feasibility, actor, step, command)
            if isinstance(decision, Refusal):
                await asyncio.to_thread(
                    self._log.refuse,
                    decision,
                    after_seq=self.state.seq,
                    step=step,
                    actor=actor.person,
                    command=command.model_dump(mode="json"),
                    wall=self._clock.wall(),
                )
                return decision
            await self._append(decision, actor=actor.person, cause="")
            return Accepted(self.state.seq)

    def join(self, actor: Actor) -> tuple[tuple[Entry, ...], Subscription]:
        """Everything the actor may see so far, and all of it from now on: no gap, nothing twice."""
        seen = tuple(entry for entry in self._entries if may_see(self.state, actor, entry))
        return seen, self.hub.join(actor)

    async def play(self) -> None:
        """The loop, until EndEx."""
        began, done = self._clock.seconds(), self._done
        pace = self.state.pace
        while self.state.phase != "ended":
            if self.state.phase != "running":
                self._changed.clear()
                await self._changed.wait()
                began, done = self._clock.seconds(), self._done
                continue
            if self.state.pace != pace:
                began, done, pace = self._clock.seconds(), self._done, self.state.pace
            if self.state.jump_to is not None and self._done < self.state.jump_to:
                began, done = self._clock.seconds(), self._done
            else:
                ahead = self._due(began, done, pace) - self._clock.seconds()
                self.lag = max(-ahead, 0.0)
                if ahead > 0.0:
                    await self._wait(ahead)
                    continue
            await self._one_step()

    def _due(self, began: float, done: int, pace: float) -> float:
        dt = self.state.opened.dt if self.state.opened else 60.0
        return began + (self._done + 1 - done) * dt / pace

    async def _wait(self, seconds: float) -> None:
        """Sleep, but wake when a command changes something."""
        self._changed.clear()
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        change = asyncio.ensure_future(self._changed.wait())
        _, pending = await asyncio.wait({sleep, change}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()

    async def _one_step(self) -> None:
        """Fire what is due, advance in a thread, log what happened, show where the clock stands."""
        for inject in due(self.state, self.world.summary(), self._done):
            await self._write(fire(self.state, inject), actor="clock", cause=f"inject:{inject}")
        async with self._writing:  # an entry that is being written belongs before this step, or wholly after it
            state = self.state
            self._stepping = True
        try:
            happenings = await asyncio.to_thread(self.world.advance, state)
        finally:
            self._stepping = False
        self._done += 1
        if happenings:
            facts = tuple(_fact_of(each) for each in happenings)
            await self._write(facts, actor="world", cause=f"world@{self._done}")
        if self._done % SNAPSHOT_EVERY == 0:
            await asyncio.to_thread(self._log.keep_snapshot, self._done, self.world.save())
        if self._done >= self.state.design.last_step:
            await self._write((Ended(),), actor="clock", cause="")
        self._show()

    def _show(self) -> None:
        frames = self.world.frames()
        tick = Tick(self._done, self.state.pace, self.state.phase, self.lag)
        for client in self.hub.clients():
            client.offer_latest("tick", tick)
            client.offer_latest("frames", frames)

    async def _write(self, facts: tuple[Fact, ...], *, actor: str, cause: str) -> None:
        async with self._writing:
            await self._append(facts, actor=actor, cause=cause)

    async def _append(self, facts: tuple[Fact, ...], *, actor: str, cause: str) -> None:
        """All facts of one decision, or none."""
        chain: list[Entry] = []
        wall, step = self._clock.wall(), self.next_step
        for fact in facts:
            previous = chain[-1] if chain else self._last
            chain.append(chained(previous, run=self.run, step=step, fact=fact, actor=actor, cause=cause, wall=wall))
        if not chain:
            return
        await asyncio.to_thread(self._log.append, chain)
        for entry in chain:
            self.state = evolve(self.state, entry)
            self._entries.append(entry)
            self._last = entry
            for client in self.hub.clients():
                if may_see(self.state, client.actor, entry):
                    client.offer_fact(entry)
        self._changed.set()


def _fact_of(happening: Happening) -> Happened:
    return Happened(what=happening.kind, site=happening.site, subject=happening.subject, values=dict(happening.values))
