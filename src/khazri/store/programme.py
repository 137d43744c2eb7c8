"""The append-only log of plans: durable before it returns, chained, never edited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from khazri.programme.codec import PlanEntry, entry_of, record_of
from khazri.store.folder import StoreError
from khazri.store.tables import PLAN_FACTS


class PlanLog:
    """All plans of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def plans(self) -> tuple[str, ...]:
        """Idents of all plans."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(PLAN_FACTS.c.plan).where(PLAN_FACTS.c.seq == 1).order_by(PLAN_FACTS.c.plan)
            )
            return tuple(found.scalars())

    def read(self, plan: str) -> list[PlanEntry]:
        """The entries of a plan, in order."""
        query = select(PLAN_FACTS).where(PLAN_FACTS.c.plan == plan).order_by(PLAN_FACTS.c.seq)
        with self._engine.connect() as connection:
            return [entry_of(row._asdict()) for row in connection.execute(query)]

    def append(self, entries: Sequence[PlanEntry]) -> None:
        """All or none; a second writer is refused by the key."""
        if not entries:
            return
        what = f"plan {entries[0].plan}, entry {entries[0].seq}"
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(PLAN_FACTS), [record_of(entry) for entry in entries])
        except IntegrityError as error:
            raise StoreError(f"{what}: stands in the log already; another writer is at work on this plan") from error
        except OperationalError as error:
            raise StoreError(f"{what}: could not be written ({error.orig}); nothing of it was kept") from error
