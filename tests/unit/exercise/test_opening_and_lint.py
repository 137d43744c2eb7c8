"""A pack becomes a design; what will not work as an exercise is told before StartEx."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from khazri.exercise import triggers as t
from khazri.exercise.codec import chained
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Opened
from khazri.exercise.lint import remarks
from khazri.exercise.opening import chart_of, design_of, step_at
from khazri.exercise.picture import Observation, view
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State
from khazri.inputs.yaml_lines import read_yaml
from khazri.scenario import build

FILE = Path(__file__).resolve().parents[3] / "examples" / "north-wind" / "scenario.yaml"
TREE: Any = read_yaml(FILE.read_bytes(), "scenario.yaml")[0]


def remarks_after(path: str, value: object) -> tuple[str, ...]:
    tree = copy.deepcopy(TREE)
    node = tree
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return remarks(build(tree))


def test_north_wind_is_an_exercise_without_remarks() -> None:
    pack = build(TREE)
    design = design_of(pack)
    assert remarks(pack) == ()
    assert design.last_step == 720
    assert [inject.at_step for inject in design.injects] == [35, None, None]
    assert design.injects[2].when == t.OilWithin(place="spawning-bank", distance=4000.0)
    assert {"en", "ru", "az"} == set(design.injects[0].text)
    assert design.shown_to == {"charlie": frozenset({"alfa"})}
    assert design.units[0].position == (48.72, 45.02)
    assert [place.ident for place in chart_of(pack).places] == ["spawning-bank", "reeds", "seal-islands"]


def test_a_moment_takes_effect_at_the_first_step_that_begins_then_or_later() -> None:
    assert [step_at(moment, 60.0) for moment in (0.0, 1.0, 60.0, 61.0, 2100.0)] == [0, 1, 1, 2, 35]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("injects.0.at", "T+12:00", "due when the exercise is over"),
        ("injects.1.when", {"not": {"after": "T+00:00"}}, "waits for what cannot come about"),
        ("injects.1.when", {"order_given": {"order": "boom", "party": "charlie"}}, "waits for what cannot come about"),
        ("sites.0.releases", [], "waits for what cannot come about"),
        ("injects.1.when", {"message_sent": {"from": "control", "polwarn": True}}, "waits for what cannot come about"),
        ("inventory.0.party", "charlie", "has no cell to command it"),
        ("objectives.1.evidence", ..., "names no evidence"),
        ("cells.1.party", "alfa", "rests on polwarn, of which this exercise can have none"),
        ("injects.0.text", {"en": "x", "ru": "y"}, "injects[0].text is not said in az"),
    ],
)
def test_what_will_not_work_is_told(path: str, value: object, told: str) -> None:
    assert any(told in remark for remark in remarks_after(path, value))


def test_a_party_sees_its_own_bases_with_what_lies_there() -> None:
    tree = copy.deepcopy(TREE)
    tree["bases"] = [
        {
            "ident": f"{party}-port",
            "party": party,
            "name": f"Port of {party}",
            "site": "north-caspian",
            "position": [48.72, 45.0],
        }
        for party in ("alfa", "bravo")
    ]
    pack = build(tree)
    first = chained(
        None, run="r1", step=0, fact=Opened(
            exercise="north-wind", scenario_hash="0" * 64, input_hashes={}, build="test", seed=1, dt=60.0,
            start="2026-09-14T04:00:00Z", last_step=720,
        ),
        actor="", cause="", wall="2026-11-23T00:00:00Z",
    )  # fmt: skip
    entered = evolve(State(design_of(pack)), first)
    seen = Observation(chart=chart_of(pack), landed={"alfa-port": (12.0, 100.0), "bravo-port": (3.0, None)})
    player = view(entered, Actor("a", Role.PLAYER, "alfa", "alfa-ops"), 0, seen)
    assert [(base.ident, base.stored, base.capacity) for base in player.bases] == [("alfa-port", 12.0, 100.0)]
    director = view(entered, Actor("d", Role.DIRECTOR), 0, seen)
    assert [base.ident for base in director.bases] == ["alfa-port", "bravo-port"]
    assert "bases" in player.plain()
