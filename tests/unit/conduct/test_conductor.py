"""The conductor: live = replay, commands at step boundaries, nothing acknowledged lost, late = present."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from khazri.conduct import Accepted, Conductor, ManualClock
from khazri.conduct.conductor import TamperedLog
from khazri.conduct.world import Look
from khazri.exercise import commands as c
from khazri.exercise.codec import first_fault
from khazri.exercise.design import Cell, Design, Inject, Unit
from khazri.exercise.entry import Entry
from khazri.exercise.facts import Opened
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State
from khazri.exercise.view import Shown
from khazri.simulation.happenings import Happening
from khazri.store.folder import StoreError

DESIGN = Design(
    exercise="north-wind",
    title={"en": "North Wind"},
    parties=("alfa", "bravo"),
    sites=("sea",),
    cells=(Cell("alfa-ops", "alfa", {}), Cell("bravo-ops", "bravo", {})),
    units=(Unit("skimmer", "alfa", "skimming_vessel", {}, "sea"),),
    injects=(Inject("first", "control", "alfa-ops", "urgent", {"en": "s"}, {"en": "t"}, at_step=4),),
    objectives=(),
    last_step=200,
)
OPENED = Opened(
    exercise="north-wind",
    scenario_hash="0" * 64,
    input_hashes={},
    build="test",
    seed=1,
    dt=60.0,
    start="2026-09-14T04:00:00Z",
    last_step=200,
)
DIRECTOR = Actor("dora", Role.DIRECTOR)
ALFA = Actor("anna", Role.PLAYER, "alfa", "alfa-ops")
AREA = ((49.0, 45.0), (49.1, 45.0), (49.1, 45.1))


class HashWorld:
    """A world whose state is a hash of every order that it was stepped under: one fact a step late, and it differs."""

    def __init__(self) -> None:
        self.step = 0
        self.digest = b""
        self.history: dict[int, str] = {}

    def advance(self, state: State) -> list[Happening]:
        text = repr((self.digest, sorted(state.tasks.items()), state.winds))
        self.digest = hashlib.sha256(text.encode()).digest()
        self.step += 1
        self.history[self.step] = self.digest.hex()
        return [Happening("sighted", self.step, "sea", "skimmer", {})] if self.step % 7 == 0 else []

    def summary(self) -> SimpleNamespace:
        return SimpleNamespace(oil_distance={})

    def look(self, state: State) -> Look:
        return Look(self.step)

    def feasibility(self, unit: str, task: str, geometry: object, **about: object) -> None:
        return None

    def save(self) -> bytes:
        return self.step.to_bytes(4, "little") + self.digest

    def restore(self, snapshot: bytes) -> None:
        self.step, self.digest = int.from_bytes(snapshot[:4], "little"), snapshot[4:]


class MemoryLog:
    """A log that survives the conductor."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.refusals: list[str] = []
        self.snapshots: dict[int, bytes] = {}

    def append(self, entries: list[Entry]) -> None:
        self.entries += entries

    def read(self) -> list[Entry]:
        return list(self.entries)

    def refuse(self, refusal: object, **about: object) -> None:
        self.refusals.append(refusal.code)  # type: ignore[attr-defined]

    def keep_snapshot(self, step: int, snapshot: bytes) -> None:
        self.snapshots[step] = snapshot

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        return max(self.snapshots.items()) if self.snapshots else None


def playing(script: Callable[[Conductor, ManualClock], Awaitable[None]], log: MemoryLog | None = None) -> Conductor:
    async def run() -> Conductor:
        clock = ManualClock()
        conductor = Conductor("r1", State(DESIGN), world=HashWorld(), log=log or MemoryLog(), clock=clock)
        await conductor.open(OPENED)
        loop = asyncio.create_task(conductor.play())
        await script(conductor, clock)
        loop.cancel()
        return conductor

    return asyncio.run(run())


async def a_play(conductor: Conductor, clock: ManualClock) -> None:
    await conductor.submit(DIRECTOR, c.Start())
    await conductor.submit(DIRECTOR, c.SetPace(pace=60.0))
    await clock.turn(3.5)
    await conductor.submit(ALFA, c.TaskSkimmer(unit="skimmer", area=AREA))
    await clock.turn(4)
    await conductor.submit(DIRECTOR, c.ChangeWind(site="sea", speed=12.0, from_bearing=1.0))
    await clock.turn(6)


def test_a_step_is_due_every_dt_over_pace() -> None:
    async def script(conductor: Conductor, clock: ManualClock) -> None:
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(DIRECTOR, c.SetPace(pace=60.0))
        await clock.turn(10.2)
        assert conductor.world.step == 10

    playing(script)


def test_the_timed_inject_fires_once_at_its_step() -> None:
    conductor = playing(a_play)
    fired = [entry for entry in conductor.entries if entry.kind == "inject_fired"]
    assert [(entry.step, entry.cause) for entry in fired] == [(4, "inject:first")]


def test_replay_of_the_log_gives_the_live_worlds_bits() -> None:
    log = MemoryLog()
    live = playing(a_play, log)
    world, state, pending = HashWorld(), State(DESIGN), list(log.entries)
    from khazri.exercise.evolve import evolve

    while world.step < live.world.step:
        while pending and pending[0].step <= world.step:
            state = evolve(state, pending.pop(0))
        world.advance(state)
    assert world.history == live.world.history  # type: ignore[attr-defined]


def test_after_a_crash_the_log_resumes_to_the_same_bits() -> None:
    log = MemoryLog()
    before = playing(a_play, log)
    steps = log.entries[-1].step

    async def look(conductor: Conductor, clock: ManualClock) -> None:
        assert conductor.world.digest.hex() == before.world.history[steps]  # type: ignore[attr-defined]
        assert conductor.entries == tuple(log.entries)

    playing(look, log)


@pytest.mark.parametrize("running", [False, True])
def test_a_wind_that_is_ordered_is_looked_at_at_once_and_not_a_step_later(running: bool) -> None:
    """The sea answers it on everybody's chart within the moment that its computation takes."""

    async def script(conductor: Conductor, clock: ManualClock) -> None:
        if running:
            await conductor.submit(DIRECTOR, c.Start())
        await clock.turn(0.1)
        looked: list[int] = []
        before = conductor.world.look
        conductor.world.look = lambda state: looked.append(len(state.winds)) or before(state)  # type: ignore[method-assign, assignment]
        await conductor.submit(DIRECTOR, c.ChangeWind(site="sea", speed=12.0, from_bearing=1.0))
        await clock.turn(0.1)  # a step takes sixty seconds
        assert looked == [1]
        await conductor.submit(DIRECTOR, c.WriteNote(text="n", shared=False))
        await clock.turn(0.1)
        assert looked == [1]

    playing(script)


def test_a_pause_breaks_no_time() -> None:
    async def script(conductor: Conductor, clock: ManualClock) -> None:
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(DIRECTOR, c.SetPace(pace=60.0))
        await clock.turn(2.5)
        await conductor.submit(DIRECTOR, c.Pause())
        stood = conductor.world.step
        await clock.turn(100)
        assert conductor.world.step == stood
        await conductor.submit(DIRECTOR, c.Resume())
        await clock.turn(1.2)
        assert stood < conductor.world.step <= stood + 2, "overdue steps were made up for"

    playing(script)


def test_a_jump_runs_ahead_at_once() -> None:
    async def script(conductor: Conductor, clock: ManualClock) -> None:
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(DIRECTOR, c.Jump(to_step=50))
        for _ in range(400):
            await asyncio.sleep(0.002)
        assert conductor.world.step == 50

    playing(script)


def test_refused_commands_are_kept_and_change_nothing() -> None:
    log = MemoryLog()

    async def script(conductor: Conductor, clock: ManualClock) -> None:
        before = conductor.state
        refusal = await conductor.submit(ALFA, c.End())
        assert not isinstance(refusal, Accepted)
        assert conductor.state == before

    playing(script, log)
    assert log.refusals == ["role_may_not"]


def test_joining_late_is_having_been_there() -> None:
    async def script(conductor: Conductor, clock: ManualClock) -> None:
        seen, early = conductor.join(ALFA)
        received = list(seen)
        await a_play(conductor, clock)
        late, _ = conductor.join(ALFA)
        early.close()
        async for item in early:
            if isinstance(item, Shown):
                received.append(item)
        assert tuple(received) == late

    playing(script)


def test_a_client_that_falls_behind_is_closed_not_given_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    from khazri.conduct import TooSlow, hub

    monkeypatch.setattr(hub, "MOST_WAITING", 3)

    async def script(conductor: Conductor, clock: ManualClock) -> None:
        _, slow = conductor.join(DIRECTOR)
        await a_play(conductor, clock)
        with pytest.raises(TooSlow):
            async for _ in slow:
                pass

    playing(script)


def test_a_tampered_log_is_not_resumed() -> None:
    log = MemoryLog()
    playing(a_play, log)
    del log.entries[2]
    with pytest.raises(TamperedLog):
        playing(a_play, log)


def test_the_chain_of_a_played_log_holds() -> None:
    log = MemoryLog()
    playing(a_play, log)
    assert first_fault(log.entries) is None


class FullLog(MemoryLog):
    """A log on a disk that is full until room is made."""

    def __init__(self) -> None:
        super().__init__()
        self.full = False

    def append(self, entries: list[Entry]) -> None:
        if self.full:
            raise StoreError("database or disk is full")
        super().append(entries)


def test_a_command_that_cannot_be_kept_is_refused_and_changes_nothing() -> None:
    log = FullLog()

    async def script(conductor: Conductor, clock: ManualClock) -> None:
        await conductor.submit(DIRECTOR, c.Start())
        before = conductor.state
        log.full = True
        refusal = await conductor.submit(ALFA, c.TaskSkimmer(unit="skimmer", area=AREA))
        assert not isinstance(refusal, Accepted)
        assert refusal.code == "not_kept"
        assert conductor.state == before
        log.full = False
        assert isinstance(await conductor.submit(ALFA, c.TaskSkimmer(unit="skimmer", area=AREA)), Accepted)

    playing(script, log)
    assert first_fault(log.entries) is None


def test_an_exercise_whose_facts_cannot_be_kept_stands_still_and_loses_none() -> None:
    log = FullLog()

    async def script(conductor: Conductor, clock: ManualClock) -> None:
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(DIRECTOR, c.SetPace(pace=60.0))
        await clock.turn(2.5)
        log.full = True
        await clock.turn(30)
        stood = conductor.step
        assert stood <= 7, "it went on past a step whose happenings were not kept"
        assert conductor.fault == "not_kept"
        log.full = False
        await clock.turn(20)
        assert conductor.fault == ""
        assert conductor.step > stood

    conductor = playing(script, log)
    assert first_fault(log.entries) is None
    sighted = [entry.step for entry in log.entries if entry.kind == "happened"]
    assert sighted == list(range(7, conductor.step + 1, 7)), "a happening was lost or told twice"
