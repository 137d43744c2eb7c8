"""Bases, readiness and figures of an inventory: what a pack may say of them, and what is told of what cannot be."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from khazri.inputs.yaml_lines import read_yaml
from khazri.response import fleet_of
from khazri.scenario import build, examine

FILE = Path(__file__).resolve().parents[3] / "examples" / "north-wind" / "scenario.yaml"
OILS = frozenset({"azeri-light"})
PORT = {
    "ident": "port", "party": "alfa", "name": "Port", "site": "north-caspian", "position": [48.75, 45.0], "offload": "120 m3/h",
    "storage": "500 m3",
}  # fmt: skip


def tree(*bases: dict[str, object], **unit: object) -> dict[str, object]:
    found = copy.deepcopy(read_yaml(FILE.read_bytes(), str(FILE))[0])
    assert isinstance(found, dict)
    found["bases"] = list(bases)
    found["inventory"][0] |= unit
    return found


def faults_of(values: object) -> list[str]:
    return [str(fault) for fault in examine(values, known_oils=OILS)[1]]


def test_a_unit_lands_what_it_recovers_at_its_base() -> None:
    pack = build(tree(PORT, base="port"), known_oils=OILS)
    fleet = fleet_of(pack.inventory, bases=pack.bases)
    assert [unit.base for unit in fleet.units] == ["", "port", "", ""]
    assert (fleet.bases[0].ident, fleet.bases[0].storage) == ("port", 500.0)
    assert fleet.bases[0].offload == pytest.approx(120.0 / 3600.0)


@pytest.mark.parametrize(("readiness", "hours"), [("duty", 0.75), ("stand_by", 3.0), ("other", 9.0)])
def test_mobilisation_follows_from_readiness(readiness: str, hours: float) -> None:
    unit = build(tree(readiness=readiness), known_oils=OILS).inventory[0]
    assert unit.figures["mobilisation"] == pytest.approx(hours * 3600.0)
    said = build(tree(readiness=readiness, mobilisation="20 min"), known_oils=OILS).inventory[0]
    assert said.figures["mobilisation"] == 1_200.0


def test_readiness_makes_nobody_quicker_than_its_kind() -> None:
    unit = build(tree(kind="shore_team_manual", readiness="duty", draft=0, storage="10 m3"), known_oils=OILS).inventory[
        0
    ]
    assert unit.figures["mobilisation"] == 4 * 3600.0


@pytest.mark.parametrize(
    ("base", "unit", "told"),
    [
        ({}, {"base": "prot"}, "expected a base; the nearest is port"),
        (
            {"party": "bravo"},
            {"base": "port"},
            "expected a base of alfa at north-caspian; port is bravo's at north-caspian",
        ),
        ({"party": "delta"}, {}, "bases[0].party"),
        ({"site": "nowhere"}, {}, "bases[0].site"),
        ({"position": [55.0, 45.0]}, {}, "expected a point inside the area of site north-caspian"),
        ({"storage": "-5 m3"}, {}, "bases[0].storage"),
        ({}, {"readiness": "asleep"}, "inventory[0].readiness"),
        ({}, {"storage": "-1 m3"}, "inventory[0].storage"),
        ({}, {"viscosity_low": "90000 cSt"}, "at most its viscosity_high"),
        ({}, {"working_speed": "20 kn"}, "at most its speed"),
        ({}, {"speed": "0.2 kn"}, "at least its working_speed"),
        ({}, {"efficiency": 0.5, "chop_efficiency": 0.7}, "at most its efficiency"),
    ],
)
def test_what_cannot_be_is_told_with_what_could(base: dict[str, object], unit: dict[str, object], told: str) -> None:
    found = faults_of(tree({**PORT, **base}, **unit))
    assert any(told in fault for fault in found), found


def test_all_that_is_wrong_with_an_inventory_is_told_at_once() -> None:
    values = tree({**PORT, "offload": "0 m3/h"}, storage="-1 m3", wave_limit="0 m", readiness="soon")
    values["inventory"][1]["kind"] = "boom_vesel"  # type: ignore[index]
    told = " ".join(faults_of(values))
    for path in (
        "bases[0].offload", "inventory[0].storage", "inventory[0].wave_limit", "inventory[0].readiness", "inventory[1].kind"
    ):  # fmt: skip
        assert path in told
    assert "the nearest is boom_vessel" in told
