"""A pack's plan of response: every fault of it is told at once, before anything is run."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from khazri.inputs.examples import example
from khazri.scenario import PackFaults, build

PACK = yaml.safe_load((example("north-caspian-response") / "scenario.yaml").read_text("utf-8"))


def faults_of(change) -> list[str]:
    raw: dict[str, Any] = copy.deepcopy(PACK)
    change(raw["response"])
    with pytest.raises(PackFaults) as caught:
        build(raw)
    return [str(fault) for fault in caught.value.faults]


def test_the_shipped_plan_has_no_fault() -> None:
    pack = build(copy.deepcopy(PACK))
    assert len(pack.response) >= 8
    assert {order.unit for order in pack.response} <= {unit.ident for unit in pack.inventory}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda plan: plan[0].update(unit="alfa-skimer"), "the nearest is alfa-skimmer"),
        (lambda plan: plan[0].update(task="skimm"), "the nearest is skim"),
        (lambda plan: plan[0].update(task="tow", area=None), "what a brush_skimmer can be told"),
        (lambda plan: plan[0].update(at="T+30:00"), "a moment within the run"),
        (lambda plan: plan[1].update(line=[[49.1, 44.9], [49.2, 44.9], [49.2, 44.95], [49.15, 44.85]]), "does not cross itself"),
        (lambda plan: plan[0].update(area=[[49.1, 44.9], [49.2, 44.95], [49.2, 44.9], [49.1, 44.95]]), "does not cross itself"),
        (lambda plan: plan[0].update(area=[[49.1, 44.9], [49.2, 44.9]]), "needs 3 or more"),
        (lambda plan: plan[0].update(line=[[49.1, 44.9], [49.2, 44.9]]), "one of area, line and point"),
        (lambda plan: plan[0].update(area=[[10.0, 44.9], [10.2, 44.9], [10.2, 45.0]]), "inside the area of site"),
        (lambda plan: plan[5].update(target="spawning-bnk"), "the nearest is spawning-bank"),
        (lambda plan: plan[5].pop("target"), "needs a place"),
        (lambda plan: plan[6].update(target="bravo-boom"), "another unit of its party"),
        (lambda plan: plan[0].update(target="alfa-boom"), "no target"),
        (lambda plan: plan.append(dict(plan[0], task="release", area=None)), "response[0] gives alfa-skimmer an order at this one"),
        (lambda plan: plan[0].update(colour="red"), "colour"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_what_would(change, told: str) -> None:
    assert any(told in fault for fault in faults_of(change)), faults_of(change)


def test_all_faults_are_told_together() -> None:
    def spoil(plan: list[dict[str, Any]]) -> None:
        plan[0]["unit"] = "nobody"
        plan[1]["task"] = "fly"
        plan[5].pop("target")

    found = faults_of(spoil)
    assert len(found) == 3
    assert [any(f"response[{index}]" in fault for fault in found) for index in (0, 1, 5)] == [True] * 3
