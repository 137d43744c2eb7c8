"""Who comes in, and what everything that goes out carries."""

from __future__ import annotations

import httpx
import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from service import Table, routes_of

from khazri.web.app import create_app
from khazri.web.door import COOKIE

WITHOUT_A_SEAT = {
    "/",
    "/health",
    "/enter/{token}",
    "/seat/{seat}/",
    "/seat/{seat}/{name:path}",
}  # nothing but built pages


def test_every_other_route_asks_for_the_seat(laid: Table) -> None:
    def calls(dependant: object) -> set[str]:
        found = {dependant.call.__name__} if getattr(dependant, "call", None) else set()  # type: ignore[attr-defined]
        for each in dependant.dependencies:  # type: ignore[attr-defined]
            found |= calls(each)
        return found

    routes = list(routes_of(create_app(laid.service)))
    open_to_all = {
        route.path for route in routes if isinstance(route, APIRoute) and "seat_here" not in calls(route.dependant)
    }
    assert open_to_all == WITHOUT_A_SEAT
    sockets = [route.path for route in routes if isinstance(route, APIWebSocketRoute)]
    assert sockets == ["/seat/{seat}/api/exercises/{run}/live"], "a socket checks its seat itself: look at the new one"


def test_no_link_no_session(laid: Table) -> None:
    seat, _ = laid.seats["director"]
    with httpx.Client(base_url=laid.address) as stranger:
        assert stranger.get("/enter/nonsense").status_code == 404
        for path in ("me", "exercises", f"exercises/{laid.run}", f"exercises/{laid.run}/events"):
            answer = stranger.get(f"/seat/{seat.seat}/api/{path}")
            assert (answer.status_code, answer.json()["refusal"]["code"]) == (401, "signed_out")


def test_the_session_of_one_seat_opens_no_other(laid: Table) -> None:
    seat, _ = laid.seats["director"]
    with laid.client("alfa-ops") as alfa:
        answer = httpx.get(f"{laid.address}/seat/{seat.seat}/api/me", headers={"Cookie": alfa.headers["Cookie"]})
    assert answer.status_code == 401


def test_the_cookie_is_the_seats_own_and_no_script_reads_it(laid: Table) -> None:
    seat, token = laid.seats["evaluator"]
    answer = httpx.get(f"{laid.address}/enter/{token}")
    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"].startswith(f"/seat/{seat.seat}/#/exercises/")
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert f"path=/seat/{seat.seat}/" in cookie


def test_leaving_ends_the_session(laid: Table) -> None:
    with laid.client("evaluator") as client:
        assert client.get("api/me").status_code == 200
        assert client.post("api/leave").status_code == 204
        assert client.get("api/me").status_code == 401


def test_a_revoked_seat_is_out_at_once(laid: Table) -> None:
    service = laid.service
    seat, token = service.access.make_seat(run=laid.run, person="guest", role="safety", wall=service.house.clock.wall())
    laid.seats["guest"] = (seat, token)
    with laid.client("guest") as client:
        assert client.get("api/me").json()["person"] == "guest"
        service.access.revoke(seat.seat)
        assert client.get("api/me").status_code == 401
    assert httpx.get(f"{laid.address}/enter/{token}").status_code == 404


@pytest.mark.parametrize("headers", [{"X-Khazri": "0"}, {"Origin": "http://elsewhere.example"}])
def test_a_foreign_page_cannot_command(laid: Table, headers: dict[str, str]) -> None:
    with laid.client("director") as client:
        answer = client.post(f"api/exercises/{laid.run}/commands", json={"command": {"kind": "start"}}, headers=headers)
    assert answer.status_code == 403


def test_a_body_that_is_too_large_is_turned_away(laid: Table) -> None:
    with laid.client("director") as client:
        answer = client.post(f"api/exercises/{laid.run}/commands", content=b" " * 300_000)
    assert answer.status_code == 413


def test_pages_may_load_nothing_from_elsewhere(laid: Table) -> None:
    with laid.client("alfa-ops") as client:
        for path in ("", "api/me"):
            headers = client.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-content-type-options"] == "nosniff"
        assert client.get("api/me").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["../../pyproject.toml", "..%2f..%2fpyproject.toml", "assets/../../__init__.py"])
def test_no_file_outside_the_built_pages_is_served(laid: Table, name: str) -> None:
    with laid.client("director") as client:
        answer = httpx.get(str(client.base_url) + name)
    assert answer.status_code == 404 or "khazri" not in answer.text.lower()


def test_what_cannot_be_read_is_told_with_its_place(laid: Table) -> None:
    with laid.client("director") as client:
        answer = client.post(f"api/exercises/{laid.run}/commands", json={"command": {"kind": "set_pace", "pace": 1e9}})
    assert answer.status_code == 422
    refusal = answer.json()["refusal"]
    assert refusal["code"] == "malformed"
    assert refusal["params"]["where"].endswith("pace")
