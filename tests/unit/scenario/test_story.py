"""Cells, vessels, injects and objectives: what must fit together, and what is told where it does not."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from khazri.inputs.yaml_lines import read_yaml
from khazri.scenario import Origin, build, examine

FILE = Path(__file__).resolve().parents[3] / "examples" / "north-wind" / "scenario.yaml"
TREE, LINES = read_yaml(FILE.read_bytes(), "scenario.yaml")
OILS = frozenset({"azeri-light"})


def changed(path: str, value: object) -> Any:
    tree: Any = copy.deepcopy(TREE)
    node = tree
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        node = node[part]
    if isinstance(last, int) and last == len(node):
        node.append(value)
    else:
        node[last] = value
    return tree


def faults_of(tree: object) -> list[str]:
    return [str(fault) for fault in examine(tree, origin=Origin("p.yaml", LINES), known_oils=OILS)[1]]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("cells.0.party", "alpha", "cells[0].party is \"alpha\"; expected a party; the nearest is alfa"),
        ("cells.2", {"ident": "control", "party": "alfa", "name": "x"}, "control is exercise control"),
        ("inventory.0.kind", "skimmer", "expected a kind of unit; the nearest is weir_skimmer"),
        ("inventory.0.party", "delta", "expected a party: alfa, bravo, charlie"),
        ("inventory.1.ident", "alfa-skimmer", "expected an ident of its own; inventory[0] has this one"),
        ("inventory.0.ident", "spawning-bank", "expected an ident of its own; sites[0].places[0] has this one"),
        ("inventory.0.position", [55.0, 45.0], "expected a point inside the area of site north-caspian"),
        ("inventory.0.speed", "12 m", "inventory[0].speed"),
        ("inventory.0.boom_length", "300 m", "expected no boom_length: kind is skimming_vessel"),
        ("inventory.0.drafft", "1 m", "the nearest is draft"),
        ("injects.0.to", "alfa-opps", "expected a cell or control; the nearest is alfa-ops"),
        ("injects.0.when", {"after": "T+01:00"}, "expected either at or when, not both"),
        ("injects.0.at", "T+13:00", "expected a moment within the run, T+00:00 to T+12:00"),
        ("injects.2.when.oil_within.place", "spawning-bnk", "expected a place; the nearest is spawning-bank"),
        ("injects.2.when", {}, "expected at least one of after"),
        ("injects.1.when.not", {"message_sent": {"to": "brav-ops"}}, "the nearest is bravo-ops"),
        ("objectives.0.evidence", ["rumour"], "expected messages, polwarn, orders, oil or notes"),
        ("observers.0.may_see", ["alfa", "bravoo"], "observers[0].may_see[1]"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_what_would(path: str, value: object, told: str) -> None:
    faults = faults_of(changed(path, value))
    assert len(faults) == 1
    assert told in faults[0]
    assert faults[0].startswith("p.yaml:")  # with its line


def test_all_faults_are_told_together() -> None:
    tree = changed("cells.0.party", "alpha")
    tree["injects"][0]["to"] = "nobody"
    tree["inventory"][2]["storage"] = "lots"
    assert [fault.split()[1] for fault in faults_of(tree)] == [
        "cells[0].party",
        "inventory[2].storage",
        "injects[0].to",
    ]


def test_figures_are_si() -> None:
    pack = build(TREE, known_oils=OILS)
    assert pack.inventory[0].figures == {"draft": 1.6, "speed": pytest.approx(12 * 1852 / 3600), "storage": 60.0}
    assert build(changed("inventory.0.pump", "36 m3/h"), known_oils=OILS).inventory[0].pump == pytest.approx(0.01)


def test_what_comes_later_is_still_refused() -> None:
    tree = copy.deepcopy(TREE)
    assert isinstance(tree, dict)
    tree["casualties"] = []
    assert "it is not part of a pack yet" in faults_of(tree)[0]
