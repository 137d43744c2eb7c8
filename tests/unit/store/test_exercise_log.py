"""The log on SQLite and on PostgreSQL: the same promises on both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from khazri.exercise.codec import chained, first_fault
from khazri.exercise.facts import Fact, InjectFired, MessageSent, Started
from khazri.exercise.refusal import refuse
from khazri.store.database import open_database, sqlite_url
from khazri.store.folder import StoreError
from khazri.store.log import ExerciseLog, RunRecord

RUN = RunRecord("r1", "north-wind", "examples/north-wind", "0" * 64, "2026-11-23T00:00:00Z")


@pytest.fixture
def log(database: Engine) -> ExerciseLog:
    opened = ExerciseLog(database)
    opened.open_run(RUN)
    return opened


def entries_of(*facts: Fact) -> list:
    chain: list = []
    for step, fact in enumerate(facts):
        previous = chain[-1] if chain else None
        chain.append(
            chained(previous, run="r1", step=step, fact=fact, actor="dora", cause="", wall="2026-11-23T00:00:00Z")
        )
    return chain


MESSAGE = MessageSent(
    sender="control", to="alfa-ops", precedence="urgent", subject={"az": "Neft"}, text={"ru": "Разлив"}
)


def test_what_is_appended_is_read_back_whole(log: ExerciseLog) -> None:
    written = entries_of(Started(), MESSAGE, InjectFired(inject="first"))
    log.append(written[:1])
    log.append(written[1:])
    assert list(log.read("r1")) == written
    assert first_fault(log.read("r1")) is None
    assert log.head("r1") == written[-1]
    assert list(log.read("r1", after=2)) == written[2:]


def test_a_second_writer_is_refused_and_nothing_of_it_is_kept(log: ExerciseLog) -> None:
    written = entries_of(Started(), MESSAGE)
    log.append(written)
    rival = replace(written[1], hash="f" * 64)
    with pytest.raises(StoreError, match="another writer"):
        log.append([replace(rival, seq=3), rival])
    assert list(log.read("r1")) == written


def test_refusals_are_kept_beside_the_log(log: ExerciseLog) -> None:
    refusal = refuse("unknown_unit", unit="x", known=("a", "b"))
    log.refuse(
        "r1",
        refusal,
        after_seq=0,
        step=4,
        actor="anna",
        command={"kind": "stand_by", "unit": "x"},
        wall="2026-11-23T00:00:00Z",
    )
    ((step, actor, kept, command),) = log.refusals("r1")
    assert (step, actor, kept.code, command["unit"]) == (4, "anna", "unknown_unit", "x")


def test_tampering_in_the_database_shows(log: ExerciseLog) -> None:
    log.append(entries_of(Started(), MESSAGE, InjectFired(inject="first")))
    with log._engine.begin() as connection:
        connection.execute(text("UPDATE facts SET step = 9 WHERE seq = 2"))
    assert "edited" in str(first_fault(log.read("r1")))


def test_a_database_of_a_newer_build_is_refused_with_words(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "khazri.db")
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="9999"):
        open_database(url)


def test_a_file_that_is_no_database_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "khazri.db").write_text("not a database, but long enough to be taken for one " * 40)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database(sqlite_url(tmp_path / "khazri.db"))


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from khazri.store.tables import METADATA

    engine = open_database(sqlite_url(tmp_path / "khazri.db"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_a_full_disk_is_said_and_nothing_half_is_kept(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path / "full.db"))
    log = ExerciseLog(engine)
    log.open_run(RUN)
    written = entries_of(Started(), *[MESSAGE] * 200)
    log.append(written[:1])
    with engine.connect() as connection:
        used = int(connection.execute(text("PRAGMA page_count")).scalar_one())
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={used + 2}"))
    engine.dispose()  # new connections have the limit
    with pytest.raises(StoreError, match="full"):
        log.append(written[1:])
    assert list(log.read("r1")) == written[:1]
