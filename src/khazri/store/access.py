"""Who may come in: one link is one seat, and a browser that entered by it has a session. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, insert, select, update

from khazri.store.folder import StoreError
from khazri.store.tables import SEATS, SESSIONS

SESSION_LASTS: Final = timedelta(days=14)
SECRET_BYTES: Final = 32
NO_PERSON: Final = frozenset({"", "clock", "conductor", "inject", "world"})


@dataclass(frozen=True)
class Seat:
    """One person in one role. `run` is the exercise it belongs to; none: the programme's pages only."""

    seat: str
    run: str | None
    person: str
    role: str
    party: str = ""
    cell: str = ""


class Access:
    """Seats, links and sessions in one database. Times are given as UTC in ISO 8601, as the log has them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make_seat(
        self, *, run: str | None, person: str, role: str, party: str = "", cell: str = "", wall: str
    ) -> tuple[Seat, str]:
        """A new seat and the secret of its link, which cannot be read again.

        The log knows people by their names, and private notes are their writers': at one exercise no two may share one.
        """
        if person in NO_PERSON:
            raise StoreError(f"a person cannot be called {person!r}: the log names its own doings so")
        seat = Seat(secrets.token_hex(8), run, person, role, party, cell)
        token = secrets.token_urlsafe(SECRET_BYTES)
        with self._engine.begin() as connection:
            same = select(SEATS.c.seat).where(SEATS.c.run == run, SEATS.c.person == person, SEATS.c.revoked.is_(False))
            if run is not None and connection.execute(same).first() is not None:
                raise StoreError(f"run {run}: {person!r} has a seat there; expected another name")
            values = {**seat.__dict__, "token_hash": _hash(token), "made": wall, "revoked": False}
            connection.execute(insert(SEATS), values)
        return seat, token

    def renew_link(self, seat: str) -> str:
        """A new link for a seat; the old one no longer opens."""
        token = secrets.token_urlsafe(SECRET_BYTES)
        with self._engine.begin() as connection:
            connection.execute(update(SEATS).where(SEATS.c.seat == seat).values(token_hash=_hash(token)))
        return token

    def revoke(self, seat: str) -> None:
        """Close a seat: its link opens no more, and whoever is in is out."""
        with self._engine.begin() as connection:
            connection.execute(update(SEATS).where(SEATS.c.seat == seat).values(revoked=True))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.seat == seat))

    def enter(self, token: str, wall: str) -> tuple[Seat, str] | None:
        """The seat that a link opens, and the secret of a new session; None: no such link."""
        with self._engine.begin() as connection:
            query = select(SEATS).where(SEATS.c.token_hash == _hash(token), SEATS.c.revoked.is_(False))
            row = connection.execute(query).first()
            if row is None:
                return None
            secret = secrets.token_urlsafe(SECRET_BYTES)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < wall))
            values = {"secret_hash": _hash(secret), "seat": row.seat, "made": wall, "expires": _later(wall)}
            connection.execute(insert(SESSIONS), values)
            return _seat_of(row), secret

    def seat_of(self, seat: str, secret: str, wall: str) -> Seat | None:
        """The seat, where the session is one of its own and still lasts."""
        query = (
            select(SEATS)
            .join(SESSIONS, SESSIONS.c.seat == SEATS.c.seat)
            .where(
                SESSIONS.c.secret_hash == _hash(secret),
                SESSIONS.c.expires > wall,
                SEATS.c.seat == seat,
                SEATS.c.revoked.is_(False),
            )
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _seat_of(row)

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.secret_hash == _hash(secret)))

    def seats(self, run: str | None = None) -> tuple[Seat, ...]:
        """The open seats of a run, or all."""
        query = select(SEATS).where(SEATS.c.revoked.is_(False)).order_by(SEATS.c.made, SEATS.c.seat)
        if run is not None:
            query = query.where(SEATS.c.run == run)
        with self._engine.connect() as connection:
            return tuple(_seat_of(row) for row in connection.execute(query))


def _seat_of(row: object) -> Seat:
    names = ("seat", "run", "person", "role", "party", "cell")
    return Seat(**{name: getattr(row, name) for name in names})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _later(wall: str) -> str:
    moment = datetime.fromisoformat(wall) + SESSION_LASTS
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
