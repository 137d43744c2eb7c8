"""Seats, links and sessions, on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from khazri.store.access import Access
from khazri.store.folder import StoreError
from khazri.store.log import ExerciseLog, RunRecord

NOW, IN_A_MONTH = "2026-11-23T00:00:00.000Z", "2026-12-23T00:00:00.000Z"


@pytest.fixture
def access(database: Engine) -> Access:
    ExerciseLog(database).open_run(RunRecord("r1", "north-wind", "pack", "0" * 64, NOW))
    return Access(database)


def test_a_link_opens_its_seat_and_a_session_only_that(access: Access) -> None:
    seat, token = access.make_seat(run="r1", person="anna", role="player", party="alfa", cell="alfa-ops", wall=NOW)
    other, _ = access.make_seat(run="r1", person="dora", role="director", wall=NOW)
    entered = access.enter(token, NOW)
    assert entered is not None
    assert entered[0] == seat
    assert access.seat_of(seat.seat, entered[1], NOW) == seat
    assert access.seat_of(other.seat, entered[1], NOW) is None


def test_what_was_never_given_out_opens_nothing(access: Access) -> None:
    seat, _ = access.make_seat(run="r1", person="anna", role="player", wall=NOW)
    assert access.enter("guess", NOW) is None
    assert access.seat_of(seat.seat, "guess", NOW) is None


def test_sessions_end(access: Access) -> None:
    seat, token = access.make_seat(run=None, person="anna", role="reader", wall=NOW)
    first = access.enter(token, NOW)
    second = access.enter(token, NOW)
    assert first is not None
    assert second is not None
    assert access.seat_of(seat.seat, first[1], IN_A_MONTH) is None, "a session lasts two weeks"
    access.leave(first[1])
    assert access.seat_of(seat.seat, first[1], NOW) is None
    assert access.seat_of(seat.seat, second[1], NOW) == seat
    access.revoke(seat.seat)
    assert access.seat_of(seat.seat, second[1], NOW) is None
    assert access.enter(token, NOW) is None


def test_a_renewed_link_takes_the_place_of_the_old(access: Access) -> None:
    seat, old = access.make_seat(run="r1", person="anna", role="player", wall=NOW)
    new = access.renew_link(seat.seat)
    assert access.enter(old, NOW) is None
    assert access.enter(new, NOW) is not None


def test_the_database_holds_no_secret(access: Access, database: Engine) -> None:
    _, token = access.make_seat(run="r1", person="anna", role="player", wall=NOW)
    entered = access.enter(token, NOW)
    assert entered is not None
    with database.connect() as connection:
        rows = [*connection.execute(text("SELECT * FROM seats")), *connection.execute(text("SELECT * FROM sessions"))]
    assert token not in str(rows)
    assert entered[1] not in str(rows)


def test_no_two_people_of_one_exercise_share_a_name_and_none_is_called_as_the_log_calls_itself(access: Access) -> None:
    seat, _ = access.make_seat(run="r1", person="evaluator", role="evaluator", wall=NOW)
    with pytest.raises(StoreError, match="another name"):
        access.make_seat(run="r1", person="evaluator", role="player", party="alfa", cell="evaluator", wall=NOW)
    for name in ("world", "clock", "inject", "conductor", ""):
        with pytest.raises(StoreError, match="cannot be called"):
            access.make_seat(run="r1", person=name, role="player", party="alfa", cell="alfa-ops", wall=NOW)
    access.revoke(seat.seat)
    access.make_seat(run="r1", person="evaluator", role="evaluator", wall=NOW)
