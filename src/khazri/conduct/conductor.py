"""One exercise: decide, append durably, evolve, publish; step the world on time, and say when it lags.

One conductor is the only writer of its run. Commands are taken while the world steps and take effect at the next step
boundary. What the world did is logged as facts with cause world@step; everything else can be rebuilt from the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from khazri.conduct.clock import Clock
from khazri.conduct.hub import Hub, Subscription, Tick
from khazri.conduct.world import LiveWorld, Look, Route
from khazri.exercise.codec import chained, first_fault
from khazri.exercise.commands import Command, Position
from khazri.exercise.decide import decide, fire
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Ended, Fact, Happened, Opened
from khazri.exercise.picture import view
from khazri.exercise.refusal import Refusal, refuse
from khazri.exercise.roles import Actor
from khazri.exercise.state import State
from khazri.exercise.triggers import due
from khazri.exercise.view import Shown, View
from khazri.exercise.visibility import Scope, scope, shown
from khazri.simulation.happenings import Happening
from khazri.simulation.orders import TaskKind
from khazri.store.folder import StoreError

SNAPSHOT_EVERY: Final = 60  # steps
LOOK_EVERY: Final = 0.2  # seconds on the wall, at least, between two looks while steps follow one another
RETRY: Final = 2.0  # seconds until a fact that could not be written is tried again


class Log(Protocol):
    """The durable log of one run (`conduct.records` gives it). Writing raises `StoreError` and keeps nothing."""

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
        self.fault = ""  # the code of what keeps the exercise from going on
        self._log = log
        self._clock = clock
        self._last: Entry | None = None
        self._entries: list[Entry] = []
        self._writing = asyncio.Lock()
        self._changed = asyncio.Event()
        self._stepping = False
        self._done = world.step  # the world's own count changes in the worker thread
        self._look = Look()
        self._looked = float("-inf")
        self._blowing = state.winds  # those that the look knows of
        self._keeping: set[asyncio.Task[None]] = set()

    @property
    def step(self) -> int:
        """Steps done."""
        return self._done

    @property
    def next_step(self) -> int:
        """The boundary at which what is decided now takes effect."""
        return self._done + (1 if self._stepping else 0)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The log so far."""
        return tuple(self._entries)

    @property
    def look(self) -> Look:
        """The world as it was last looked at."""
        return self._look

    async def open(self, opened: Opened) -> None:
        """Begin a new log, or resume the one that stands: fold it and bring the world to where it was."""
        entries = await asyncio.to_thread(self._log.read)
        if entries:
            fault = first_fault(entries)
            if fault is not None:
                raise TamperedLog(f"run {self.run}: {fault}")
            untold = await asyncio.to_thread(self._replay, entries)
            self._done = self.world.step
            if untold:
                async with self._writing:
                    await self._append(tuple(map(_fact_of, untold)), actor="world", cause=f"world@{self._done}")
        else:
            async with self._writing:
                await self._append((opened,), actor="conductor", cause="")
        self._blowing = self.state.winds
        self._look = await asyncio.to_thread(self.world.look, self.state)

    def _replay(self, entries: list[Entry]) -> tuple[Happening, ...]:
        """Apply the entries whose step is at most k, then advance to k + 1; from the newest snapshot where there is one.

        Gives what happened in the last step where the log does not tell it: a command that was accepted while the step
        ran stands before its happenings, and the service may have died between the two.
        """
        untold: tuple[Happening, ...] = ()
        kept = self._log.latest_snapshot()
        target = max(entries[-1].step, kept[0] if kept else 0)
        if kept is not None:
            self.world.restore(kept[1])
        for entry in entries:
            while self.world.step < entry.step:
                untold = tuple(self.world.advance(self.state))
            self.state = evolve(self.state, entry)
            self._entries.append(entry)
        self._last = entries[-1]
        while self.world.step < target:
            untold = tuple(self.world.advance(self.state))
        told = any(entry.cause == f"world@{target}" for entry in entries)
        return () if told else untold

    async def submit(self, actor: Actor, command: Command) -> Accepted | Refusal:
        """Decide, make durable, evolve, publish; or refuse, and keep the refusal as evidence."""
        async with self._writing:
            step = self.next_step
            # in a thread: to ask whether a unit can do its task may take a search for a route
            decision = await asyncio.to_thread(decide, self.state, self.world.feasibility, actor, step, command)
            try:
                if isinstance(decision, Refusal):
                    await self._keep_refusal(decision, actor, step, command)
                    return decision
                await self._append(decision, actor=actor.person, cause="")
            except StoreError:
                return refuse("not_kept")
            return Accepted(self.state.seq)

    async def _keep_refusal(self, refusal: Refusal, actor: Actor, step: int, command: Command) -> None:
        await asyncio.to_thread(
            self._log.refuse,
            refusal,
            after_seq=self.state.seq,
            step=step,
            actor=actor.person,
            command=command.model_dump(mode="json"),
            wall=self._clock.wall(),
        )

    async def preview(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Route | Refusal:
        """How a unit would go about a task; changes nothing."""
        return await asyncio.to_thread(self.world.preview, unit, task, geometry, target=target, parameters=parameters)

    def view(self, actor: Actor) -> View:
        """The exercise as an actor may see it now."""
        return view(self.state, actor, self._done, replace(self._look.observation, lag=self.lag))

    def open_to(self, actor: Actor) -> Scope:
        """What an actor may see now."""
        return scope(self.state, actor, self._done)

    def seen(self, actor: Actor) -> tuple[Shown, ...]:
        """Every fact so far that an actor may see."""
        found = (shown(self.state, actor, entry) for entry in self._entries)
        return tuple(fact for fact in found if fact is not None)

    def join(self, actor: Actor) -> tuple[tuple[Shown, ...], Subscription]:
        """Everything the actor may see so far, and all of it from now on: no gap, nothing twice."""
        return self.seen(actor), self.hub.join(actor, self.open_to(actor))

    async def play(self) -> None:
        """The loop, until EndEx."""
        began, done = self._clock.seconds(), self._done
        pace = self.state.pace
        while self.state.phase != "ended":
            self._changed.clear()  # before anything is read: a command that comes while the world is looked at counts
            if self._done >= self.state.design.last_step:
                await self._write((Ended(),), actor="clock", cause="")
                continue
            if self.state.phase != "running":
                await self._look_now()
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
                    await self._look_now()
                    await self._wait(ahead)
                    continue
            await self._one_step()
        await self._look_now()
        await self.settle()

    async def settle(self) -> None:
        """Wait until the snapshots that are being written are on disk."""
        while self._keeping:
            await asyncio.gather(*self._keeping, return_exceptions=True)

    def _due(self, began: float, done: int, pace: float) -> float:
        dt = self.state.opened.dt if self.state.opened else 60.0
        return began + (self._done + 1 - done) * dt / pace

    async def _wait(self, seconds: float) -> None:
        """Sleep, but wake when a command has changed something."""
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
        looking = self._clock.seconds() - self._looked >= LOOK_EVERY
        try:
            happenings, look = await asyncio.to_thread(self._advance, state, looking=looking)
        finally:
            self._stepping = False
        self._done += 1
        if look is not None:
            self._look, self._looked, self._blowing = look, self._clock.seconds(), state.winds
        if happenings:
            facts = tuple(_fact_of(each) for each in happenings)
            await self._write(facts, actor="world", cause=f"world@{self._done}")
        if self._done % SNAPSHOT_EVERY == 0:
            await self._snapshot()
        self._show(look)

    def _advance(self, state: State, *, looking: bool) -> tuple[tuple[Happening, ...], Look | None]:
        happenings = tuple(self.world.advance(state))
        return happenings, self.world.look(state) if looking else None

    async def _snapshot(self) -> None:
        """Saved between two steps, written behind the play's back."""
        step, saved = self._done, await asyncio.to_thread(self.world.save)
        task = asyncio.create_task(asyncio.to_thread(self._log.keep_snapshot, step, saved))
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)

    async def _look_now(self) -> None:
        """Whoever watches sees the step that the exercise stands at, not one before it, and the sea under a wind just ordered."""
        state = self.state
        if self._look.step != self._done or self._blowing != state.winds:
            self._blowing = state.winds
            self._look = await asyncio.to_thread(self.world.look, state)
            self._looked = self._clock.seconds()
            self._show(self._look)

    def _show(self, look: Look | None) -> None:
        tick = Tick(self._done, self.state.pace, self.state.phase, self.lag, self.fault)
        for client in self.hub.clients():
            self._rescope(client)
            client.offer_latest("tick", tick)
            if look is not None:
                client.offer_latest("look", look)

    def _rescope(self, client: Subscription) -> None:
        """What a client may see has changed (a grant, its end, EndEx): it needs a new view."""
        now = self.open_to(client.actor)
        if now != client.scope:
            client.scope = now
            client.offer_latest("view", None)

    async def _write(self, facts: tuple[Fact, ...], *, actor: str, cause: str) -> None:
        """What happened must be kept: where it cannot be, the exercise stands still and tries again."""
        while True:
            try:
                async with self._writing:
                    await self._append(facts, actor=actor, cause=cause)
            except StoreError:
                self.fault = "not_kept"
                self._show(None)
                await self._clock.sleep(RETRY)
            else:
                self.fault = ""
                return

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
                fact_shown = shown(self.state, client.actor, entry)
                if fact_shown is not None:
                    client.offer_fact(fact_shown)
        for client in self.hub.clients():
            self._rescope(client)
            client.offer_latest("tick", Tick(self._done, self.state.pace, self.state.phase, self.lag, self.fault))
        self._changed.set()


def _fact_of(happening: Happening) -> Happened:
    return Happened(what=happening.kind, site=happening.site, subject=happening.subject, values=dict(happening.values))
