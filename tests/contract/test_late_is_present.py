"""Whoever followed from the beginning and whoever comes late have the same exercise before them: for every role, over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from follower import OF_THE_LOG, follow
from listeners import Listener, until
from service import Table, table

from khazri.exercise.view import Shown

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

EXTRA = {
    "controller": {"role": "controller"},
    "safety": {"role": "safety"},
    "liaison": {"role": "liaison", "party": "bravo", "cell": "bravo-ops"},
    "stranger": {"role": "observer", "party": "bravo"},
}
NAMES = (
    "director", "evaluator", "alfa-ops", "bravo-ops", "observer-charlie", "controller", "safety", "liaison", "stranger",
)  # fmt: skip
AREA = [[49.1, 44.9], [49.2, 44.9], [49.2, 45.0]]
LINE = [[49.15, 44.90], [49.156, 44.90]]


class Page:
    """What a browser has before it: the view that it asked for when its socket was open, and every message since."""

    def __init__(self, laid: Table, name: str) -> None:
        self.listener = Listener(laid, name)
        self.view = self.listener.ask("GET", "").json()
        self.first = self.view["seq"]

    def now(self) -> dict[str, Any]:
        """The view and the facts that followed it; a view that was sent replaces what was before it."""
        page, seq = with_everything(self.view), self.first
        for message in list(self.listener.messages):
            read = json.loads(message) if isinstance(message, str) else {"type": "frame"}
            if read["type"] == "view":
                page, seq = with_everything(read["view"]), read["view"]["seq"]
            elif read["type"] == "fact" and read["seq"] > seq:
                follow(page, Shown(**read["entry"]))
        return of_the_log(page)

    def facts(self) -> list[dict[str, Any]]:
        """Those that came through the socket."""
        return [message["entry"] for message in self.listener.said("fact")]


def with_everything(view: dict[str, Any]) -> dict[str, Any]:
    """A view as JSON leaves out what is absent; a page has a place for it."""
    page: dict[str, Any] = json.loads(json.dumps(view))
    for name in OF_THE_LOG:
        page.setdefault(name, [] if name in ("injects", "ratings", "findings") else None)
    for unit in page["units"]:
        unit.setdefault("task", None)
    for inject in page["injects"]:
        inject.setdefault("fired", None)
    return page


def of_the_log(page: dict[str, Any]) -> dict[str, Any]:
    """What follows from facts alone; where units are now comes with the summaries."""
    found = {name: without_nothing(page[name]) for name in OF_THE_LOG}
    found["units"] = [{"ident": unit["ident"], "task": unit.get("task")} for unit in found["units"]]
    return found


def without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nothing(each) for name, each in value.items() if each is not None}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


def does(page: Page, kind: str, **about: object) -> int:
    answer = page.listener.order(kind, **about)
    assert answer.status_code == 200, f"{page.listener.name} {kind}: {answer.text}"
    return int(answer.json()["seq"])


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Table, dict[str, Page]]]:
    with table(tmp_path_factory.mktemp("late"), **EXTRA) as laid:  # type: ignore[arg-type]
        pages = {name: Page(laid, name) for name in NAMES}
        try:
            play(pages)
            yield laid, pages
        finally:
            for page in pages.values():
                page.listener.close()


def play(at: dict[str, Page]) -> None:
    """Orders, mail, notes and judgements; injects; and a grant of the truth that runs out."""
    director, alfa, bravo = at["director"], at["alfa-ops"], at["bravo-ops"]
    does(director, "set_pace", pace=0.1)
    does(director, "start")
    does(alfa, "task_skimmer", unit="alfa-skimmer", area=AREA)
    does(bravo, "deploy_boom", unit="bravo-boom", line=LINE)
    seq = does(alfa, "send_message", to="bravo-ops", subject="s", text="t")
    does(at["liaison"], "read_message", message=seq)
    does(bravo, "acknowledge_message", message=seq)
    does(director, "grant_view", party="charlie", scope="truth", until_step=30)
    does(director, "grant_view", party="bravo", scope="delegation", of_party="bravo", until_step=50)
    does(director, "jump", to_step=45)
    for number in range(12):  # while the steps run
        does(alfa, "send_message", to="control", subject="s", text=f"message {number}")
        does(at["evaluator"], "write_note", text=f"note {number}", shared=number % 2 == 0)
    until(lambda: director.listener.said("clock")[-1]["step"] >= 45, "step 45")
    does(alfa, "stand_by", unit="alfa-skimmer")
    does(alfa, "task_skimmer", unit="alfa-skimmer", area=AREA)
    does(at["evaluator"], "mark_objective", objective="warn-the-neighbour", rating="M", reason="late", evidence=[3])
    does(at["evaluator"], "record_finding", text="a finding")
    does(at["controller"], "hold_inject", inject="bank-in-danger")
    does(director, "fire_inject", inject="fishermen-ask")
    does(at["observer-charlie"], "write_note", text="seen", shared=True)
    does(director, "jump", to_step=60)
    until(lambda: director.listener.said("clock")[-1]["step"] >= 60, "step 60")
    does(at["safety"], "write_note", text="the last word", shared=True)


def agree(laid: Table, pages: dict[str, Page]) -> None:
    """Every page is, or soon becomes, what a new one would be."""
    for name, page in pages.items():
        with laid.client(name) as late:
            fresh = of_the_log(with_everything(late.get(f"api/exercises/{laid.run}").json()))
        until(lambda page=page, fresh=fresh: page.now() == fresh, f"{name} sees what a late {name} sees", 10.0)


def test_every_page_is_what_a_new_one_would_be(early: tuple[Table, dict[str, Page]]) -> None:
    agree(*early)


@pytest.mark.parametrize("name", [each for each in NAMES if not each.startswith("observer")])
def test_the_facts_of_the_socket_are_those_of_the_list(early: tuple[Table, dict[str, Page]], name: str) -> None:
    laid, pages = early
    with laid.client(name) as late:
        listed = late.get(f"api/exercises/{laid.run}/events").json()["events"]
    if name == "stranger":  # was shown Bravo's picture in the middle of the play: what was before it came as a view
        assert {fact["seq"] for fact in pages[name].facts()} <= {fact["seq"] for fact in listed}
        return
    assert pages[name].facts() == [fact for fact in listed if fact["seq"] > pages[name].first]


def test_after_endex_too(early: tuple[Table, dict[str, Page]]) -> None:
    laid, pages = early
    does(pages["director"], "end")
    until(lambda: all(page.listener.said("clock")[-1]["phase"] == "ended" for page in pages.values()), "EndEx")
    agree(laid, pages)
    does(pages["evaluator"], "record_finding", text="learnt afterwards")
    agree(laid, pages)
    assert pages["alfa-ops"].now()["findings"]
