"""Every route, every command and the socket, for every role, before StartEx, in play and after EndEx.

What is allowed comes from `exercise.roles`; a route or a command that nobody has thought about fails here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from websockets.sync.client import connect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from service import Table, routes_of, table

from khazri.exercise.commands import Command
from khazri.exercise.roles import AFTER_END_ONLY, MAY_ASK, MAY_COMMAND, SEES_TRUTH, Role
from khazri.web.app import create_app
from khazri.web.door import PROGRAMME_ROLES

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

EXERCISE = "/seat/{seat}/api/exercises/{run}"
# address -> the question of `roles.MAY_ASK` that it asks, and what to append to it
QUESTIONS: dict[str, tuple[str, str]] = {
    EXERCISE: ("view", ""),
    EXERCISE + "/events": ("view", ""),
    EXERCISE + "/replay": ("replay", "?step=0"),
    EXERCISE + "/sea/{site}": ("sea", ""),
    EXERCISE + "/frames/{step}.bin": ("replay", ""),
    EXERCISE + "/report.html": ("report", ""),
    EXERCISE + "/report.pdf": ("report", ""),
}
ASKED_ELSEWHERE = {EXERCISE + "/commands", EXERCISE + "/preview", EXERCISE + "/live"}
OF_ANY_SEAT = {
    "/seat/{seat}/api/me",
    "/seat/{seat}/api/exercises",
    "/seat/{seat}/api/leave",
    "/seat/{seat}/api/coast/{site}",
}
OF_NOBODY = {"/", "/health", "/enter/{token}", "/seat/{seat}/", "/seat/{seat}/{name:path}"}
OF_THE_PROGRAMME = "/seat/{seat}/api/plans"  # has tests of its own

PLACE = [49.1, 44.9]
BODIES: dict[str, dict[str, Any]] = {
    "start": {}, "pause": {}, "resume": {}, "end": {}, "set_pace": {"pace": 1.0}, "jump": {"to_step": 0},
    "change_wind": {"site": "nowhere", "speed": 5.0, "from_bearing": 1.0}, "fire_inject": {"inject": "none"},
    "hold_inject": {"inject": "none"}, "grant_view": {"party": "nobody", "scope": "truth", "until_step": 1},
    "task_skimmer": {"unit": "none", "area": [PLACE, [49.2, 44.9], [49.2, 45.0]]},
    "deploy_boom": {"unit": "none", "line": [PLACE, [49.2, 44.9]]}, "stand_by": {"unit": "none"},
    "task_unit": {"unit": "none", "task": "skim", "geometry": [PLACE, [49.2, 44.9], [49.2, 45.0]]},
    "fail_unit": {"unit": "none", "failure": "engine"},
    "send_message": {"to": "nobody", "subject": "s", "text": "t"},
    "file_polwarn": {"to": "nobody", "form": {"date_and_time": 1, "position": PLACE, "incident": "i", "outflow": "o"}},
    "read_message": {"message": 9999}, "acknowledge_message": {"message": 9999},
    "write_note": {"text": "n", "shared": False}, "record_finding": {"text": "f", "objective": "none"},
    "mark_objective": {"objective": "none", "rating": "P", "reason": "r"},
}  # fmt: skip
# A role that may give these would turn the exercise into another phase than the one that is tested.
TURNS = {"before": {"start"}, "in play": {"pause", "end"}, "after": set()}


@pytest.fixture(scope="module", params=["before", "in play", "after"])
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Table]]:
    extra = {
        "controller": {"role": "controller"}, "safety": {"role": "safety"}, "administrator": {"role": "administrator"},
        "designer": {"role": "designer"}, "liaison": {"role": "liaison", "party": "bravo", "cell": "bravo-ops"},
        "programme-officer": {"role": "programme_officer", "party": "alfa"}, "secretary": {"role": "secretary"},
        "reader": {"role": "reader"},
    }  # fmt: skip
    with table(tmp_path_factory.mktemp("roles"), **extra) as laid:
        for kind in {"before": (), "in play": ("start",), "after": ("start", "end")}[request.param]:
            assert order(laid, "director", kind) == (200, "")
        yield request.param, laid


def order(laid: Table, name: str, kind: str) -> tuple[int, str]:
    body = {"command": {"kind": kind, **BODIES[kind]}}
    answer = laid.browser(name).post(f"api/exercises/{laid.run}/commands", json=body)
    return answer.status_code, answer.json().get("refusal", {}).get("code", "")


def test_every_route_stands_in_one_of_these_tables(played: tuple[str, Table]) -> None:
    known = set(QUESTIONS) | ASKED_ELSEWHERE | OF_ANY_SEAT | OF_NOBODY
    found = {route.path for route in routes_of(create_app(played[1].service))}
    assert {path for path in found if not path.startswith(OF_THE_PROGRAMME)} == known


def test_every_command_stands_in_the_table_of_bodies() -> None:
    union = get_args(Command)[0]
    assert {model.model_fields["kind"].default for model in get_args(union)} == set(BODIES)


def may(role: str, question: str, phase: str) -> int:
    """The status that the matrix asks for."""
    if role in PROGRAMME_ROLES:
        return 404
    if question not in MAY_ASK[Role(role)]:
        return 403
    if question in AFTER_END_ONLY and Role(role) not in SEES_TRUTH and phase != "after":
        return 403
    return 200


def test_questions_are_answered_as_the_matrix_says(played: tuple[str, Table]) -> None:
    phase, laid = played
    wrong = []
    for name, (seat, _) in laid.seats.items():
        with laid.client(name) as client:
            for path, (question, tail) in QUESTIONS.items():
                address = path.removeprefix("/seat/{seat}/").format(run=laid.run, step=0, site="north-caspian") + tail
                expected = may(seat.role, question, phase)
                got = client.get(address).status_code
                if got != expected:
                    wrong.append(f"{phase}: {name} GET {address}: {got}; expected {expected}")
    assert not wrong, "\n".join(wrong)


def test_commands_are_taken_only_from_those_who_may_give_them(played: tuple[str, Table]) -> None:
    phase, laid = played
    wrong = []
    for name, (seat, _) in laid.seats.items():
        for kind in BODIES:
            programme = seat.role in PROGRAMME_ROLES
            allowed = not programme and kind in MAY_COMMAND[Role(seat.role)]
            if allowed and kind in TURNS[phase]:
                continue
            status, code = order(laid, name, kind)
            sees = not programme and "view" in MAY_ASK[Role(seat.role)]
            refused = (
                (404, "unknown_exercise") if programme else (403, "role_may_not") if sees else (403, "not_allowed")
            )
            if allowed == ((status, code) == refused):
                wrong.append(
                    f"{phase}: {name} {kind}: {status} {code}; {'allowed' if allowed else f'expected {refused}'}"
                )
    assert not wrong, "\n".join(wrong)


def test_previews_answer_the_units_own_party_and_control(played: tuple[str, Table]) -> None:
    _, laid = played
    for name, (seat, _) in laid.seats.items():
        body = {"unit": "alfa-skimmer", "task": "skim", "geometry": [PLACE, [49.2, 44.9], [49.2, 45.0]]}
        with laid.client(name) as client:
            answer = client.post(f"api/exercises/{laid.run}/preview", json=body)
        allowed = may(seat.role, "preview", "") == 200 and (Role(seat.role) in SEES_TRUTH or seat.party == "alfa")
        assert (answer.status_code == 200) == allowed, f"{name}: {answer.status_code} {answer.text}"
        if not allowed:
            assert "route" not in answer.text


def test_the_socket_opens_for_those_who_may_listen(played: tuple[str, Table]) -> None:
    phase, laid = played
    for name, (seat, _) in laid.seats.items():
        with laid.client(name) as client:
            address = str(client.base_url).replace("http", "ws", 1) + f"api/exercises/{laid.run}/live"
            with connect(address, additional_headers={"Cookie": client.headers["Cookie"]}) as socket:
                first = json.loads(socket.recv(timeout=10))
        assert (first["type"] == "clock") == (may(seat.role, "live", phase) == 200), f"{name}: {first}"


def test_whoever_has_no_session_hears_nothing(played: tuple[str, Table]) -> None:
    _, laid = played
    seat, _ = laid.seats["director"]
    address = f"{laid.address.replace('http', 'ws', 1)}/seat/{seat.seat}/api/exercises/{laid.run}/live"
    with connect(address) as socket:
        assert json.loads(socket.recv(timeout=10))["refusal"]["code"] == "signed_out"
        with pytest.raises(Exception, match="4401"):
            socket.recv(timeout=10)


def test_a_seat_knows_no_exercise_but_its_own(played: tuple[str, Table]) -> None:
    _, laid = played
    other = laid.service.house.create(Path(laid.service.house.folder) / next(iter(laid.service.house.log.runs())).pack)
    with laid.client("director") as client:
        assert client.get(f"api/exercises/{other.run}").status_code == 404
        assert [each["run"] for each in client.get("api/exercises").json()["exercises"]] == [laid.run]
