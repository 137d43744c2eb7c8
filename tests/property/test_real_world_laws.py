"""The laws of the fold on the world that is played: a real site, its oil, and units and booms at work."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from service import small_north_wind

from khazri.conduct import Accepted, Conductor, ManualClock
from khazri.conduct.incident import Incident
from khazri.conduct.points import encode
from khazri.conduct.replay import Replayer
from khazri.engine import Owner, budget
from khazri.exercise import commands as c
from khazri.exercise.codec import first_fault
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Opened
from khazri.exercise.opening import design_of
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State
from khazri.runs.preparation import Prepared, prepare
from khazri.simulation.happenings import BOOM_SET, UNIT_ARRIVED

LAST = 150
DIRECTOR = Actor("dora", Role.DIRECTOR)
ALFA = Actor("anna", Role.PLAYER, "alfa", "alfa-ops")
BRAVO = Actor("boris", Role.PLAYER, "bravo", "bravo-ops")
AREA = ((49.08, 44.90), (49.16, 44.90), (49.16, 44.95), (49.08, 44.95))
BESIDE = ((49.114, 44.919), (49.114, 44.921))
AHEAD = ((49.110, 44.9185), (49.111, 44.9215))
# after so many steps who asks for what: the booms lie down-wind of the spill, and control turns the wind upon it
SCRIPT: tuple[tuple[int, Actor, c.Command], ...] = (
    (0, ALFA, c.TaskSkimmer(unit="alfa-skimmer", area=AREA)),
    (0, BRAVO, c.TaskSkimmer(unit="bravo-skimmer", area=AREA)),
    (1, ALFA, c.DeployBoom(unit="alfa-boom", line=BESIDE)),
    (3, BRAVO, c.DeployBoom(unit="bravo-boom", line=AHEAD)),
    (40, DIRECTOR, c.ChangeWind(site="north-caspian", speed=6.0, from_bearing=4.4)),
    (70, ALFA, c.StandBy(unit="alfa-skimmer")),
    (80, ALFA, c.TaskSkimmer(unit="alfa-skimmer", area=AREA)),
    (95, DIRECTOR, c.ChangeWind(site="north-caspian", speed=9.0, from_bearing=2.0)),
    (110, BRAVO, c.StandBy(unit="bravo-boom")),
)


@dataclass
class Seen:
    """A world as it stood after each step: its bits, its frames, its masses."""

    bits: dict[int, str] = field(default_factory=dict)
    frames: dict[int, dict[str, bytes]] = field(default_factory=dict)
    saved: dict[int, bytes] = field(default_factory=dict)
    masses: dict[int, np.ndarray] = field(default_factory=dict)
    released: dict[int, float] = field(default_factory=dict)


class Watched(Incident):
    """The world of the service, that also keeps what it was after every step."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__(prepared)
        self.seen = Seen()

    def advance(self, state: State) -> Any:
        happenings = super().advance(state)
        saved = self.save()
        step, world = self.step, self.world
        self.seen.bits[step] = hashlib.sha256(saved).hexdigest()
        if step % 10 == 0:
            self.seen.saved[step] = saved
        self.seen.frames[step] = {
            inputs.ident: encode(at, inputs) for inputs, at in zip(world.inputs, world.states, strict=True)
        }
        self.seen.masses[step] = budget(world.states[0]).copy()
        self.seen.released[step] = float(world.states[0].released.sum())
        return happenings


@dataclass
class Memory:
    """A log, and the snapshots that the conductor kept."""

    entries: list[Entry] = field(default_factory=list)
    snapshots: dict[int, bytes] = field(default_factory=dict)

    def append(self, entries: list[Entry]) -> None:
        self.entries += entries

    def read(self) -> list[Entry]:
        return list(self.entries)

    def refuse(self, refusal: Any, **about: object) -> None:
        raise AssertionError(f"refused: {refusal} {about}")

    def keep_snapshot(self, step: int, snapshot: bytes) -> None:
        self.snapshots[step] = snapshot

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        return self.snapshot_before(None)

    def snapshot_before(self, step: int | None) -> tuple[int, bytes] | None:
        found = [each for each in self.snapshots if step is None or each <= step]
        return (max(found), self.snapshots[max(found)]) if found else None


@dataclass
class Lived:
    """An exercise that a conductor played."""

    prepared: Prepared
    log: Memory
    seen: Seen

    @property
    def first(self) -> State:
        return State(design_of(self.prepared.pack))

    def again(self, *, start: bytes | None = None, last: int = LAST, prepared: Prepared | None = None) -> Seen:
        """The world of the log alone, from its beginning or from a snapshot."""
        world, state = Watched(prepared or self.prepared), self.first
        if start is not None:
            world.restore(start)
        for entry in self.log.entries:
            while world.step < min(entry.step, last):
                world.advance(state)
            if entry.step > last:
                break
            state = evolve(state, entry)
        while world.step < last:
            world.advance(state)
        return world.seen


def opened(prepared: Prepared) -> Opened:
    return Opened(
        exercise="north-wind", scenario_hash=prepared.pack_hash, input_hashes={}, build="test",
        seed=prepared.numerics.seed, dt=prepared.numerics.dt, start="2026-09-14T04:00:00Z", last_step=prepared.pack.steps,
    )  # fmt: skip


async def conduct(prepared: Prepared) -> Lived:
    """The script, given to a conductor whose world steps in a thread meanwhile; it jumps from one command to the next."""
    log, world = Memory(), Watched(prepared)
    conductor = Conductor("r1", State(design_of(prepared.pack)), world=world, log=log, clock=ManualClock())  # type: ignore[arg-type]
    await conductor.open(opened(prepared))

    async def ask(actor: Actor, command: c.Command) -> None:
        outcome = await conductor.submit(actor, command)
        assert isinstance(outcome, Accepted), (actor, command, outcome)

    await ask(DIRECTOR, c.Start())
    playing = asyncio.create_task(conductor.play())
    for step, actor, command in SCRIPT:
        if step > conductor.next_step:
            await ask(DIRECTOR, c.Jump(to_step=step))
            await reached(conductor, step, playing)
        await ask(actor, command)
    await ask(DIRECTOR, c.Jump(to_step=LAST))
    for number in range(6):  # words while it runs: they stand in the log between its steps, and turn nothing
        await ask(ALFA, c.SendMessage(to="bravo-ops", subject="s", text=f"message {number}"))
        await asyncio.sleep(0.01)
    await reached(conductor, LAST, playing)
    await ask(DIRECTOR, c.End())
    await asyncio.wait_for(playing, 20.0)
    return Lived(prepared, log, world.seen)


async def reached(conductor: Conductor, step: int, playing: asyncio.Task[None]) -> None:
    """Wait until the play stands at a step."""
    until = time.monotonic() + 60.0
    while conductor.step < step:
        assert not playing.done(), f"the play ended at step {conductor.step}: {playing.exception()}"
        assert time.monotonic() < until, f"step {conductor.step} after a minute; expected {step}"
        await asyncio.sleep(0.002)


def pack_at_work(folder: Path) -> Path:
    """North Wind where the oil comes at once and the units lie beside it."""
    pack = small_north_wind(
        folder,
        ('from: "T+00:20"', 'from: "T+00:02"'),
        ("position: [48.72, 45.02]", "mobilisation: 1 min\n    position: [49.06, 44.93]"),
        ("position: [48.74, 45.01]", "mobilisation: 1 min\n    position: [49.07, 44.93]"),
        ("position: [49.70, 44.80]", "mobilisation: 2 min\n    position: [49.16, 44.90]"),
        ("position: [49.68, 44.79]", "mobilisation: 2 min\n    position: [49.15, 44.90]"),
    )
    return pack


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    prepared = prepare(pack_at_work(tmp_path_factory.mktemp("real")), threads=1)
    return asyncio.run(conduct(prepared))


def test_the_play_has_oil_units_and_booms_at_work_in_it(lived: Lived) -> None:
    kinds = [entry.fact.what for entry in lived.log.entries if entry.kind == "happened"]  # type: ignore[union-attr]
    assert kinds.count(UNIT_ARRIVED) >= 3
    assert kinds.count(BOOM_SET) >= 2
    masses = lived.seen.masses[LAST]
    assert masses[Owner.RECOVERED] > 0.0
    assert max(each[Owner.BOOMED] for each in lived.seen.masses.values()) > 0.0
    assert first_fault(lived.log.entries) is None


def test_what_was_lived_is_what_the_log_gives_again_bit_for_bit_and_frame_for_frame(lived: Lived) -> None:
    again = lived.again()
    assert [step for step in range(1, LAST + 1) if again.bits[step] != lived.seen.bits[step]] == []
    assert again.frames == {step: lived.seen.frames[step] for step in again.frames}


@pytest.mark.parametrize("step", range(10, LAST, 30))
def test_a_snapshot_and_the_rest_of_the_log_are_the_whole(lived: Lived, step: int) -> None:
    again = lived.again(start=lived.seen.saved[step])
    assert again.bits == {at: bits for at, bits in lived.seen.bits.items() if step < at <= LAST}


def test_any_minute_is_shown_again_as_it_was_whichever_is_asked_for_first(lived: Lived) -> None:
    replayer = Replayer(lived.first, lived.log, lambda: Incident(lived.prepared))
    for step in (LAST, 7, 61, 60, 59, 100, 99, 3, LAST):
        _, look = replayer.at(lived.log.entries, step)
        assert look.frames == lived.seen.frames[step], f"step {step}"


def test_mass_closes_in_every_step_with_what_was_recovered(lived: Lived) -> None:
    taken = 0.0
    for step, masses in lived.seen.masses.items():
        assert float(masses.sum()) == pytest.approx(lived.seen.released[step], rel=1e-9, abs=1e-9)
        assert masses.min() >= 0.0
        assert masses[Owner.RECOVERED] >= taken - 1e-9
        taken = float(masses[Owner.RECOVERED])


def test_threads_change_no_bit_of_a_world_in_which_all_units_are_at_work(lived: Lived, tmp_path: Path) -> None:
    pack, last = pack_at_work(tmp_path), 60
    one, two = (prepare(pack, particles=20_000, threads=threads) for threads in (1, 2))
    assert (one.numerics.threads, two.numerics.threads) == (1, 2)
    assert lived.again(prepared=one, last=last).bits == lived.again(prepared=two, last=last).bits
