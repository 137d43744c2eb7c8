"""Plans from files: every fault with its place, its value and what would be right, all of them together."""

from __future__ import annotations

from pathlib import Path

import pytest

from khazri.inputs.examples import example_plan
from khazri.inputs.plans import read_plan
from khazri.scenario.faults import PackFaults

GOOD = (example_plan("joint-plan") / "plan.yaml").read_text(encoding="utf-8")


def shown(tmp_path: Path, text: str) -> str:
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults) as caught:
        read_plan(tmp_path)
    return str(caught.value)


def test_a_plan_of_the_examples_has_no_fault() -> None:
    assert read_plan(example_plan("joint-plan")).ident == "joint-plan-2025-2027"


def test_a_host_that_is_no_party_is_named_with_those_who_are(tmp_path: Path) -> None:
    said = shown(tmp_path, GOOD.replace("host: bravo", "host: nobody", 1))
    assert said.endswith("activities.table-top-2025.host is nobody; expected one of alfa, bravo")


def test_rules_of_the_whole_plan_are_faults_of_their_own(tmp_path: Path) -> None:
    text = (
        GOOD.replace("host: bravo", "host: nobody", 1)
        .replace("lessons: [late-orders]", "lessons: [unheard-of]")
        .replace("activity: table-top-2025", "activity: other", 1)
        .replace("ident: seminar-2026", "ident: boom-course-2026")
        .replace("end: 2026-09-16", "end: 2029-09-16")
    )
    said = shown(tmp_path, text).splitlines()
    assert len(said) == 5
    assert any("activities.boom-course-2026 is there more than once; expected it once" in line for line in said)
    assert any("lessons.late-orders.activity is other; expected an activity of the plan: " in line for line in said)
    assert any("2026-09-14 to 2029-09-16; expected days from 2025-01-01 to 2027-12-31" in line for line in said)


def test_what_is_missing_and_what_is_unknown_are_told_together(tmp_path: Path) -> None:
    said = shown(tmp_path, GOOD.replace("ident: joint-plan-2025-2027", "colour: red"))
    assert "ident is missing; expected a value" in said
    assert "colour is" in said
