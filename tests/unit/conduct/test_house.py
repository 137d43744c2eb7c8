"""The house: several exercises at once, taken up again after a stop, and what it will not take up."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from service import small_north_wind

from khazri.cli.serve import build_service
from khazri.conduct.house import Exercise, House
from khazri.exercise import commands as c
from khazri.exercise.roles import Actor, Role
from khazri.simulation import save_world
from khazri.store.frames import open_frames

DIRECTOR = Actor("dora", Role.DIRECTOR)
ALFA = Actor("anna", Role.PLAYER, "alfa", "alfa-ops")
AREA = ((49.1, 44.9), (49.2, 44.9), (49.2, 44.97), (49.1, 44.97))


def living(folder: Path, script: Callable[[House, list[Exercise]], Awaitable[None]], *, new: int = 0) -> None:
    """Open the house, make `new` exercises, wait until all are ready or refused, play the script, close."""

    async def run() -> None:
        house = build_service(folder / "data", None).house
        for number in range(new):
            house.create(small_north_wind(folder / f"pack-{number}"))
        await house.open_all()
        exercises = list(house.exercises.values())
        for exercise in exercises:
            await asyncio.wait_for(exercise.ready.wait(), 120)
        try:
            await script(house, exercises)
        finally:
            await house.close()

    asyncio.run(run())


async def play_to(exercise: Exercise, step: int) -> None:
    conductor = exercise.conductor
    assert conductor is not None, exercise.fault
    if conductor.state.phase == "ready":
        await conductor.submit(DIRECTOR, c.Start())
    elif conductor.state.phase == "paused":
        await conductor.submit(DIRECTOR, c.Resume())
    await conductor.submit(DIRECTOR, c.Jump(to_step=step))
    for _ in range(2_000):
        if conductor.step >= step:
            break
        await asyncio.sleep(0.02)
    assert conductor.step >= step
    await conductor.submit(DIRECTOR, c.Pause())


def test_two_exercises_run_at_once_and_share_nothing(tmp_path: Path) -> None:
    async def script(house: House, exercises: list[Exercise]) -> None:
        first, second = exercises
        await asyncio.gather(play_to(first, 30), play_to(second, 50))
        assert first.conductor is not None
        assert second.conductor is not None
        assert (first.conductor.step, second.conductor.step >= 50) == (first.conductor.step, True)
        assert {entry.run for entry in first.conductor.entries} == {first.record.run}
        assert first.record.run != second.record.run

    living(tmp_path, script, new=2)


def test_a_stopped_exercise_is_taken_up_where_it_stood(tmp_path: Path) -> None:
    kept: dict[int, bytes] = {}

    async def before(house: House, exercises: list[Exercise]) -> None:
        conductor = exercises[0].conductor
        assert conductor is not None
        await conductor.submit(DIRECTOR, c.Start())
        await conductor.submit(ALFA, c.TaskSkimmer(unit="alfa-skimmer", area=AREA))
        await play_to(exercises[0], 130)
        kept[conductor.step] = save_world(conductor.world.world)  # type: ignore[attr-defined]

    async def after(house: House, exercises: list[Exercise]) -> None:
        conductor = exercises[0].conductor
        assert conductor is not None
        assert conductor.state.phase == "paused"
        assert {conductor.step: save_world(conductor.world.world)} == kept  # type: ignore[attr-defined]

    living(tmp_path, before, new=1)
    living(tmp_path, after)


def test_snapshots_and_frames_lie_in_files(tmp_path: Path) -> None:
    async def script(house: House, exercises: list[Exercise]) -> None:
        await play_to(exercises[0], 70)

    living(tmp_path, script, new=1)
    run = next((tmp_path / "data" / "runs").iterdir())
    assert [path.name for path in run.glob("snapshots/*/*")] == ["0000060.snapshot"]
    frames = open_frames(run / "frames" / "from-0000000" / "north-caspian")
    assert [frames[index].step for index in range(len(frames))][:7] == [10, 20, 30, 40, 50, 60, 70]


def test_a_pack_that_was_changed_since_is_not_taken_up(tmp_path: Path) -> None:
    async def nothing(house: House, exercises: list[Exercise]) -> None:
        assert not exercises[0].fault

    async def refused(house: House, exercises: list[Exercise]) -> None:
        assert "was changed since it was opened" in exercises[0].fault
        assert exercises[0].conductor is None

    living(tmp_path, nothing, new=1)
    scenario = next((tmp_path / "data" / "packs").glob("*/scenario.yaml"))
    scenario.write_text(scenario.read_text(encoding="utf-8").replace("mass: 300 t", "mass: 400 t"), encoding="utf-8")
    living(tmp_path, refused)


@pytest.mark.parametrize("damage", ["cut", "nonsense"])
def test_a_damaged_snapshot_costs_time_not_the_exercise(tmp_path: Path, damage: str) -> None:
    kept: dict[int, bytes] = {}

    async def before(house: House, exercises: list[Exercise]) -> None:
        await play_to(exercises[0], 65)
        conductor = exercises[0].conductor
        assert conductor is not None
        kept[conductor.step] = save_world(conductor.world.world)  # type: ignore[attr-defined]

    async def after(house: House, exercises: list[Exercise]) -> None:
        conductor = exercises[0].conductor
        assert conductor is not None, exercises[0].fault
        assert {conductor.step: save_world(conductor.world.world)} == kept  # type: ignore[attr-defined]

    living(tmp_path, before, new=1)
    path = next((tmp_path / "data" / "runs").glob("*/snapshots/*/*.snapshot"))
    path.write_bytes(path.read_bytes()[:1000] if damage == "cut" else b"nonsense")
    living(tmp_path, after)


def test_a_pack_that_can_no_longer_be_read_keeps_nobody_else_from_playing(tmp_path: Path) -> None:
    house = build_service(tmp_path / "data", None).house
    for number in range(2):  # their packs differ, so each has a copy of its own
        house.create(small_north_wind(tmp_path / f"pack-{number}", ("seed: 1409", f"seed: {number}")))
    broken = min(record.pack for record in house.log.runs())
    (house.folder / broken / "scenario.yaml").unlink()

    async def script(_: House, exercises: list[Exercise]) -> None:
        faults = {exercise.record.pack == broken: exercise.fault for exercise in exercises}
        assert "scenario.yaml" in faults[True]
        assert not faults[False]

    living(tmp_path, script)
