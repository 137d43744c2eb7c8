"""Plans over the wire: who reads, who changes, and the loop from an ended exercise to next year's activity."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from service import Table, table

from khazri.cli.serve import set_up_plan

PLAN = "api/plans/joint-plan-2025-2027"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """An exercise that was played and ended with one finding, in the plan that it belongs to."""
    extra = {
        "officer-a": {"role": "programme_officer", "party": "alfa"}, "officer-b": {"role": "programme_officer", "party": "bravo"},
        "stranger": {"role": "reader", "party": "delta"},
    }  # fmt: skip
    with table(tmp_path_factory.mktemp("plans"), **extra) as laid:
        address = f"api/exercises/{laid.run}/commands"
        for name, command in (
            ("director", {"kind": "start"}),
            ("evaluator", {"kind": "record_finding", "text": "Booms came late", "objective": "protect-the-bank"}),
            ("director", {"kind": "end"}),
        ):
            assert laid.browser(name).post(address, json={"command": command}).status_code == 200
        set_up_plan(laid.service, laid.run)
        yield laid


def order(client: httpx.Client, **command: object) -> tuple[int, str]:
    answer = client.post(f"{PLAN}/commands", json={"command": command})
    return answer.status_code, answer.json().get("refusal", {}).get("code", "")


def test_everybody_of_a_party_reads_and_strangers_do_not(played: Table) -> None:
    for name in ("officer-a", "alfa-ops", "observer-charlie"):
        assert [each["ident"] for each in played.browser(name).get("api/plans").json()["plans"]] == [
            "joint-plan-2025-2027"
        ]
        assert played.browser(name).get(PLAN).status_code == 200
    assert played.browser("stranger").get("api/plans").json() == {"plans": []}
    assert played.browser("stranger").get(PLAN).status_code == 404


def test_only_officers_change_it(played: Table) -> None:
    assert order(played.browser("alfa-ops"), kind="confirm_plan") == (403, "plan_role_may_not")
    assert order(played.browser("director"), kind="confirm_plan")[0] in (403, 404)


def test_from_a_finding_to_next_years_activity(played: Table) -> None:
    alfa, bravo = played.browser("officer-a"), played.browser("officer-b")
    assert order(alfa, kind="take_findings", activity="north-wind-2026") == (200, "")
    plan = alfa.get(PLAN).json()
    lesson = next(each for each in plan["lessons"] if each["run"] == played.run)
    assert (lesson["text"], lesson["status"]) == ({"und": "Booms came late"}, "identified")
    action = {
        "text": {"en": "Two more berths"},
        "owner": "bravo",
        "due": "2027-03-01",
        "test": {"en": "Set within three hours"},
    }
    assert order(bravo, kind="assign_action", lesson=lesson["ident"], **action) == (200, "")
    activity = {
        "ident": "south-wind-2027", "title": {"en": "South Wind"}, "kind": "joint_exercise", "host": "bravo",
        "period": {"start": "2027-09-01", "end": "2027-09-03"}, "lessons": [lesson["ident"]],
    }  # fmt: skip
    assert order(bravo, kind="propose_activity", activity=activity) == (200, "")
    plan = alfa.get(PLAN).json()
    found = next(each for each in plan["activities"] if each["ident"] == "south-wind-2027")
    assert (found["status"], found["missing"]) == ("proposed", ["alfa", "bravo"])
    again = next(each for each in plan["lessons"] if each["ident"] == lesson["ident"])
    assert (again["status"], again["answered_by"]) == ("assigned", ["south-wind-2027"])


def test_what_cannot_be_read_is_told_with_its_place(played: Table) -> None:
    answer = played.browser("officer-a").post(f"{PLAN}/commands", json={"command": {"kind": "assign_action"}})
    assert answer.status_code == 422
    assert answer.json()["refusal"]["code"] == "malformed"
