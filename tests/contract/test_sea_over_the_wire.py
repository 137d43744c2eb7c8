"""The sea of North Wind answers the director on everybody's chart, within seconds; players are told what gauges tell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from listeners import until
from service import Table, table

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

SITE = "north-caspian"
SECONDS = (
    20.0  # for the sea to answer: a step takes sixty at this pace, its computation under one; a test machine is busy
)


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with table(tmp_path_factory.mktemp("sea")) as found:
        yield found


def sea(laid: Table, name: str = "director", **asked: int) -> dict[str, Any]:
    answer = laid.browser(name).get(f"api/exercises/{laid.run}/sea/{SITE}", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def view(laid: Table, name: str) -> dict[str, Any]:
    return dict(laid.browser(name).get(f"api/exercises/{laid.run}").json())


def order(laid: Table, kind: str, **about: object) -> None:
    answer = laid.browser("director").post(
        f"api/exercises/{laid.run}/commands", json={"command": {"kind": kind, **about}}
    )
    assert answer.status_code == 200, answer.text


def test_the_sea_is_a_grid_of_figures_and_polygons(laid: Table) -> None:
    found = sea(laid)
    cells = found["nx"] * found["ny"]
    assert 100 < cells <= 4_000
    for name in ("longitude", "latitude", "water", "level", "u", "v", "hs"):
        assert len(found[name]) == cells, name
    assert found["moves"]
    assert set(found["gauges"]) == {"spawning-bank", "reeds", "seal-islands"}
    assert found["sources"]["level"].startswith("embedded sea")
    for value, level in zip(found["water"], found["level"], strict=True):
        assert (level is not None) == (value == 1)
    for polygon in (*found["dried"], *found["flooded"]):
        for ring in polygon:
            assert ring[0] == ring[-1]


@dataclass(frozen=True)
class Answer:
    """What the sea was before the director ordered a gale, at once after it, and four hours later."""

    before: dict[str, Any]
    soon: dict[str, Any]
    later: dict[str, Any]
    seconds: float


@pytest.fixture(scope="module")
def answer(laid: Table) -> Answer:
    """The exercise under a south-easter of 18 m/s that the director orders; each test may run alone or in any order."""
    order(laid, "start")
    before = sea(laid)
    began = time.monotonic()
    order(laid, "change_wind", site=SITE, speed=18.0, from_bearing=2.3)
    until(lambda: highest(sea(laid)) > 1.2 * highest(before), "higher waves")
    soon, seconds = sea(laid), time.monotonic() - began
    order(laid, "jump", to_step=240)
    until(lambda: sea(laid)["step"] >= 240, "the sea at step 240", 120.0)  # it is looked at five times a second at most
    return Answer(before, soon, sea(laid), seconds)


def highest(found: dict[str, Any]) -> float:
    return max(height or 0.0 for height in found["hs"])


def test_the_sea_answers_the_wind_that_the_director_orders_within_seconds(answer: Answer) -> None:
    assert answer.seconds < SECONDS
    assert answer.soon["step"] <= answer.before["step"] + 1  # not a minute of the exercise had to go by
    assert answer.later["gauges"]["reeds"] > answer.before["gauges"]["reeds"] + 0.1  # it raises the north-west
    assert answer.later["flooded"] != answer.before["flooded"]


def test_a_player_is_told_the_level_of_gauges_and_the_weather_of_a_station(laid: Table, answer: Answer) -> None:
    seen = view(laid, "alfa-ops")["weather"][SITE]
    told = {name: level for name, level in sea(laid)["gauges"].items() if level is not None}
    assert seen["levels"] == pytest.approx(told, abs=0.03)
    assert seen["wind"]["speed"] == pytest.approx(18.0, abs=0.1)
    assert {"wave_height", "air_temperature", "visibility"} <= set(seen)
    assert laid.browser("alfa-ops").get(f"api/exercises/{laid.run}/sea/{SITE}").status_code == 403


def test_an_earlier_sea_is_shown_to_those_who_may_look_back(laid: Table, answer: Answer) -> None:
    early = sea(laid, step=0)
    assert early["step"] == 0
    assert early["gauges"]["reeds"] < answer.later["gauges"]["reeds"]
    for path, code in ((f"sea/{SITE}?step=9999", 404), ("sea/elsewhere", 404), (f"sea/{SITE}?step=-1", 422)):
        assert laid.browser("director").get(f"api/exercises/{laid.run}/{path}").status_code == code, path
