"""Units of many kinds, ordered over the wire as a cell does: preview, order, and the unit does it; control lets one fail."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from service import Table, small_north_wind, table

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

MORE = """  - { ident: alfa-heli, party: alfa, kind: surveillance_helicopter, name: Heli, site: north-caspian, position: [48.75, 45.05] }
  - { ident: alfa-barge, party: alfa, kind: storage_barge, name: Barge, site: north-caspian, position: [48.90, 45.00] }
  - { ident: alfa-tug, party: alfa, kind: tug, name: Tug, site: north-caspian, position: [48.95, 44.90], draft: 1.5 m }
  - ident: alfa-source
    party: alfa
    kind: source_control_vessel
    name: Source
    site: north-caspian
    position: [49.00, 44.90]
    draft: 1.5 m
    shut_time: 30 min
objectives:
"""
AROUND = [[49.05, 44.88], [49.2, 44.88], [49.2, 44.98], [49.05, 44.98]]


@pytest.fixture(scope="module")
def laid(tmp_path_factory) -> Table:
    pack: Path = small_north_wind(tmp_path_factory.mktemp("tasks"), ("objectives:\n", MORE))
    with table(tmp_path_factory.mktemp("data"), pack=pack) as found:
        director = found.browser("director")
        post(found, "director", {"kind": "start"})
        post(found, "director", {"kind": "set_pace", "pace": 3600.0})
        post(found, "director", {"kind": "jump", "to_step": 30})
        wait(found, 30)
        assert director.get(f"api/exercises/{found.run}").json()["phase"] == "running"
        yield found


def post(laid: Table, name: str, command: dict, *, path: str = "commands") -> dict:
    body = {"command": command} if path == "commands" else command
    answer = laid.browser(name).post(f"api/exercises/{laid.run}/{path}", json=body)
    return answer.json() | {"status": answer.status_code}


def view(laid: Table, name: str = "alfa-ops") -> dict:
    return laid.browser(name).get(f"api/exercises/{laid.run}").json()


def unit(laid: Table, ident: str) -> dict:
    return next(each for each in view(laid)["units"] if each["ident"] == ident)


def wait(laid: Table, step: int) -> None:
    until = time.monotonic() + 60.0
    while view(laid, "director")["step"] < step:
        assert time.monotonic() < until
        time.sleep(0.1)


def becomes(laid: Table, ident: str, *states: str) -> None:
    until = time.monotonic() + 60.0
    while unit(laid, ident)["state"] not in states:
        assert time.monotonic() < until, unit(laid, ident)
        time.sleep(0.1)


def test_a_cell_is_told_what_each_of_its_units_can_do(laid) -> None:
    assert unit(laid, "alfa-heli")["tasks"] == ["survey", "patrol", "release"]
    assert "skim_thickest" in unit(laid, "alfa-skimmer")["tasks"]
    assert unit(laid, "alfa-source")["tasks"][0] == "shut_source"


@pytest.mark.parametrize(
    ("ident", "task", "geometry", "target", "state"),
    [
        ("alfa-heli", "survey", AROUND, "", "on_task"),
        ("alfa-source", "shut_source", [[49.1, 44.92]], "", "on_task"),
        ("alfa-boom", "protect", [], "spawning-bank", "on_task"),
        ("alfa-skimmer", "skim_thickest", AROUND, "", "on_task"),
    ],
)
def test_an_order_is_previewed_given_and_carried_out(laid, ident, task, geometry, target, state) -> None:
    order = {"unit": ident, "task": task, "geometry": geometry, "target": target}
    shown = post(laid, "alfa-ops", order, path="preview")
    assert shown["status"] == 200, shown
    assert shown["arrival_step"] > 0
    assert post(laid, "alfa-ops", {"kind": "task_unit", **order})["status"] == 200
    assert unit(laid, ident)["task"]["kind"] == task
    becomes(laid, ident, state, "transit")


@pytest.mark.parametrize(
    ("who", "order", "code"),
    [
        ("bravo-ops", {"unit": "alfa-heli", "task": "survey", "geometry": AROUND}, "unit_of_other_party"),
        ("alfa-ops", {"unit": "alfa-skimmer", "task": "offload", "target": "bravo-skimmer"}, "unit_of_other_party"),
        (
            "alfa-ops",
            {"unit": "alfa-tug", "task": "tow", "geometry": [[48.9, 44.9]], "target": "alfa-barge"},
            "not_disabled",
        ),
        ("alfa-ops", {"unit": "alfa-tug", "task": "skim", "geometry": AROUND}, "unit_cannot"),
        ("alfa-ops", {"unit": "alfa-boom", "task": "protect", "target": "no-such-place"}, "no_such_target"),
        ("alfa-ops", {"unit": "alfa-barge", "task": "offload"}, "nothing_on_board"),
    ],
)
def test_what_cannot_be_is_refused_alike_by_preview_and_order(laid, who, order, code) -> None:
    for answer in (post(laid, who, order, path="preview"), post(laid, who, {"kind": "task_unit", **order})):
        assert answer["status"] == 409, answer
        assert answer["refusal"]["code"] == code


def test_an_order_that_lacks_something_is_malformed_and_says_what(laid) -> None:
    answer = post(laid, "alfa-ops", {"kind": "task_unit", "unit": "alfa-heli", "task": "survey", "geometry": []})
    assert answer["status"] == 422
    assert "2 or more" in str(answer)


def test_control_lets_a_unit_fail_and_its_owner_sees_it_lie_still(laid) -> None:
    assert post(laid, "alfa-ops", {"kind": "fail_unit", "unit": "alfa-tug", "failure": "engine"})["status"] in (
        403,
        409,
    )
    assert post(laid, "director", {"kind": "fail_unit", "unit": "alfa-tug", "failure": "engine"})["status"] == 200
    becomes(laid, "alfa-tug", "disabled")
    events = laid.browser("alfa-ops").get(f"api/exercises/{laid.run}/events").json()["events"]
    assert not any(each["kind"] == "unit_failed" for each in events)  # that control did it is not told
    assert any(each["payload"].get("what") == "unit disabled" for each in events if each["kind"] == "happened")
