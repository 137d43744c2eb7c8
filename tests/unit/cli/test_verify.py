"""`khazri verify`: whole logs are said to be whole, and what was done to others is said."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from service import small_north_wind

from khazri.cli.app import app
from khazri.cli.serve import build_service, set_up_plan
from khazri.exercise import commands as c
from khazri.exercise.roles import Actor, Role
from khazri.store.database import open_database, sqlite_url


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A database with a played exercise and its plan."""
    folder = tmp_path / "data"
    service = build_service(folder, None)
    run = service.house.create(small_north_wind(tmp_path)).run
    set_up_plan(service, run)

    async def play() -> None:
        await service.house.open_all()
        (exercise,) = service.house.exercises.values()
        await exercise.ready.wait()
        assert exercise.conductor is not None, exercise.fault
        await exercise.conductor.submit(Actor("dora", Role.DIRECTOR), c.Start())
        await exercise.conductor.submit(Actor("dora", Role.DIRECTOR), c.SetPace(pace=0.1))
        await exercise.conductor.submit(Actor("anna", Role.PLAYER, "alfa", "alfa-ops"), c.StandBy(unit="alfa-boom"))
        await service.house.close()

    asyncio.run(play())
    return folder


def verify(data: Path, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", "--data", str(data), *more])
    return done.exit_code, done.output


def test_whole_logs_are_said_to_be_whole(data: Path) -> None:
    code, said = verify(data)
    assert code == 0, said
    assert "4 entries" in said
    assert "1 signed checkpoints: whole" in said
    assert "plan joint-plan-2025-2027" in said


def edit(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE facts SET actor = 'somebody else' WHERE seq = 2"))


def delete(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM facts WHERE seq = 3"))


def cut(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM facts WHERE seq = 4"))


def swap(engine: Engine) -> None:
    with engine.begin() as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(text(f"UPDATE facts SET seq = {new} WHERE seq = {old}"))


def edit_plan(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE plan_facts SET party = 'bravo' WHERE seq = 2"))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (edit, "entry 2 (started) does not match its hash: it was edited"),
        (delete, "entry 4 stands where 3 is expected"),
        (cut, "some were taken away"),
        (swap, "entry 2"),
        (edit_plan, "entry 2 (plan_confirmed) does not match its hash: it was edited"),
    ],
)
def test_what_was_done_to_a_log_is_said(data: Path, damage: Callable[[Engine], None], words: str) -> None:
    engine = open_database(sqlite_url(data / "khazri.sqlite"))
    damage(engine)
    engine.dispose()
    code, said = verify(data)
    assert code == 1
    assert words in said


def test_a_key_that_is_not_trusted_is_said(data: Path) -> None:
    code, said = verify(data, "--key", "0" * 64)
    assert code == 1
    assert "not a trusted key" in said


def test_a_folder_without_a_database_is_refused(tmp_path: Path) -> None:
    code, said = verify(tmp_path)
    assert code == 2
    assert "not there" in said


def test_a_database_of_a_later_version_is_refused(data: Path) -> None:
    engine = open_database(sqlite_url(data / "khazri.sqlite"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    code, said = verify(data)
    assert code == 2
    assert "update Khazri" in said
