"""A service that died between two writes goes on as if it had not."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import pytest

from khazri.conduct import Conductor, ManualClock
from khazri.conduct.world import Look
from khazri.exercise import commands as c
from khazri.exercise.codec import chained, first_fault
from khazri.exercise.design import Design
from khazri.exercise.entry import Entry
from khazri.exercise.facts import NoteWritten, Opened
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State
from khazri.simulation.happenings import Happening

LAST = 12
DESIGN = Design("short", {}, ("alfa",), ("sea",), (), (), (), (), last_step=LAST)
OPENED = Opened(
    exercise="short", scenario_hash="0" * 64, input_hashes={}, build="test", seed=1, dt=60.0,
    start="2026-09-14T04:00:00Z", last_step=LAST,
)  # fmt: skip
DIRECTOR = Actor("dora", Role.DIRECTOR)


@dataclass
class Eventful:
    """A world in which something happens in every step."""

    step: int = 0
    slow: float = 0.0  # [s] that a look takes
    looks: int = 0

    def advance(self, state: State) -> list[Happening]:
        self.step += 1
        return [Happening("place oiled", self.step, "sea", f"place-{self.step}")]

    def look(self, state: State) -> Look:
        self.looks += 1
        time.sleep(self.slow)
        return Look(self.step)

    def summary(self) -> None:
        return None

    def feasibility(self, *about: object, **more: object) -> None:
        return None

    def save(self) -> bytes:
        return str(self.step).encode()

    def restore(self, snapshot: bytes) -> None:
        self.step = int(snapshot)


@dataclass
class Memory:
    """A log that can be read as it stood after any write; no snapshots, or those it was given."""

    entries: list[Entry] = field(default_factory=list)
    snapshot: tuple[int, bytes] | None = None

    def append(self, entries: list[Entry]) -> None:
        self.entries += entries

    def read(self) -> list[Entry]:
        return list(self.entries)

    def refuse(self, *about: object, **more: object) -> None:
        pass

    def keep_snapshot(self, step: int, snapshot: bytes) -> None:
        pass

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        return self.snapshot


async def resumed(log: Memory, *, play: bool = False) -> Conductor:
    conductor = Conductor("r1", State(DESIGN), world=Eventful(), log=log, clock=ManualClock())  # type: ignore[arg-type]
    await conductor.open(OPENED)
    if play:
        await asyncio.wait_for(conductor.play(), 10.0)
    return conductor


def log_of_a_play() -> list[Entry]:
    """A jump to the end, with a note written while the world is in the middle of steps."""

    async def go() -> list[Entry]:
        log = Memory()
        conductor = await resumed(log)
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(DIRECTOR, c.Jump(to_step=LAST))
        playing = asyncio.create_task(conductor.play())
        for number in range(5):
            await conductor.submit(DIRECTOR, c.WriteNote(text=f"note {number}"))
        await asyncio.wait_for(playing, 10.0)
        return log.entries

    return asyncio.run(go())


@pytest.mark.parametrize("died_after", range(3, 20))
def test_wherever_it_died_each_step_is_told_once_and_the_end_is_at_the_last(died_after: int) -> None:
    entries = log_of_a_play()[:died_after]
    log = Memory(list(entries))
    asyncio.run(resumed(log, play=True))
    assert log.entries[: len(entries)] == entries
    assert first_fault(log.entries) is None
    told = [entry.fact.subject for entry in log.entries if entry.kind == "happened"]  # type: ignore[union-attr]
    assert told == [f"place-{step}" for step in range(1, LAST + 1)]
    assert (log.entries[-1].kind, log.entries[-1].step) == ("ended", LAST)


def test_what_happened_in_the_step_of_a_command_is_told_though_the_service_died_before() -> None:
    whole = log_of_a_play()[:3]
    note = NoteWritten(text="while the first step ran", shared=False)
    whole.append(chained(whole[-1], run="r1", step=1, fact=note, actor="dora", cause="", wall="2026-11-23T00:00:00Z"))
    log = Memory(whole)
    asyncio.run(resumed(log))
    assert [(entry.kind, entry.step, entry.cause) for entry in log.entries[4:]] == [("happened", 1, "world@1")]


def test_a_service_that_died_at_the_last_step_ends_there() -> None:
    log = Memory(log_of_a_play()[:3], (LAST, str(LAST).encode()))
    conductor = asyncio.run(resumed(log, play=True))
    assert (log.entries[-1].kind, log.entries[-1].step, conductor.step) == ("ended", LAST, LAST)


def test_a_command_that_comes_while_the_world_is_looked_at_is_obeyed_at_once() -> None:
    async def go() -> int:
        world = Eventful(slow=0.1)
        conductor = Conductor("r1", State(DESIGN), world=world, log=Memory(), clock=ManualClock())  # type: ignore[arg-type]
        await conductor.open(OPENED)
        await conductor.submit(DIRECTOR, c.Start())
        playing = asyncio.create_task(conductor.play())
        for step in range(1, LAST):  # after each jump the play looks at the world before it waits for the next minute
            looks, until = world.looks, time.monotonic() + 2.0
            await conductor.submit(DIRECTOR, c.Jump(to_step=step))
            while (conductor.step < step or world.looks == looks) and time.monotonic() < until:
                await asyncio.sleep(0.001)
        reached = conductor.step
        playing.cancel()
        return reached

    assert asyncio.run(go()) == LAST - 1
