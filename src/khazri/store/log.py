"""The append-only log of exercises: durable before it returns, chained, and never edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from khazri.exercise.codec import entry_of, record_of
from khazri.exercise.entry import Entry
from khazri.exercise.refusal import Refusal
from khazri.store.folder import StoreError
from khazri.store.tables import FACTS, REFUSALS, RUNS


@dataclass(frozen=True)
class RunRecord:
    """One run of an exercise."""

    run: str
    exercise: str
    pack: str
    pack_hash: str
    opened: str
    parent: str | None = None


class ExerciseLog:
    """Facts, refusals and runs in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_run(self, record: RunRecord) -> None:
        """Enter a new run."""
        with self._writing(f"run {record.run}"), self._engine.begin() as connection:
            connection.execute(insert(RUNS), record.__dict__)

    def runs(self) -> tuple[RunRecord, ...]:
        """All runs, in the order in which they were opened."""
        with self._engine.connect() as connection:
            return tuple(
                RunRecord(**row._mapping)
                for row in connection.execute(select(RUNS).order_by(RUNS.c.opened, RUNS.c.run))
            )

    def append(self, entries: Sequence[Entry]) -> None:
        """Write entries; when this returns they survive a crash. All or none; a second writer is refused by the key."""
        if not entries:
            return
        first = entries[0]
        with self._writing(f"run {first.run}, entry {first.seq}"), self._engine.begin() as connection:
            connection.execute(insert(FACTS), [record_of(entry) for entry in entries])

    def read(self, run: str, after: int = 0) -> Iterator[Entry]:
        """The entries of a run after a seq, in order."""
        query = select(FACTS).where(FACTS.c.run == run, FACTS.c.seq > after).order_by(FACTS.c.seq)
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                yield entry_of(row._asdict())

    def head(self, run: str) -> Entry | None:
        """The last entry of a run."""
        query = select(FACTS).where(FACTS.c.run == run).order_by(FACTS.c.seq.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else entry_of(row._asdict())

    def refuse(
        self,
        run: str,
        refusal: Refusal,
        *,
        after_seq: int,
        step: int,
        actor: str,
        command: dict[str, object],
        wall: str,
    ) -> None:
        """Keep a refused command: it is evidence too."""
        values = {
            "run": run,
            "after_seq": after_seq,
            "step": step,
            "actor": actor,
            "code": refusal.code,
            "params": refusal.params,
            "command": command,
            "wall": wall,
        }
        with self._writing(f"run {run}, refusal"), self._engine.begin() as connection:
            connection.execute(insert(REFUSALS), values)

    def refusals(self, run: str) -> tuple[tuple[int, str, Refusal, dict[str, object]], ...]:
        """(step, actor, refusal, command) of a run, in order."""
        query = select(REFUSALS).where(REFUSALS.c.run == run).order_by(REFUSALS.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple((row.step, row.actor, Refusal(row.code, row.params), row.command) for row in rows)

    def _writing(self, what: str) -> _Writing:
        return _Writing(what)


class _Writing:
    """Turns the database's complaints into one sentence."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError):
            raise StoreError(
                f"{self._what}: stands in the log already; another writer is at work on this run"
            ) from error
        if isinstance(error, OperationalError):
            raise StoreError(f"{self._what}: could not be written ({error.orig}); nothing of it was kept") from error
