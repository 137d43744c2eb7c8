"""What a replay counts of units and booms, step by step and by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from khazri.evaluation import BoomTrace, UnitTrace
from khazri.response.fleet import Fleet, unit_of
from khazri.response.vessel import LaidBoom, Vessel
from khazri.runs.afloat import Afloat

FLEET = Fleet(
    (
        unit_of("boom", "boom_vessel", "sea", (49.0, 45.0)),
        unit_of("skimmer", "skimming_vessel", "sea", (49.0, 45.0), {"storage": 100.0}),
    )
)
LINE = ((0.0, 0.0), (1000.0, 0.0))
BOOM, SKIMMER = Vessel("boom", 0.0, 0.0), Vessel("skimmer", 0.0, 0.0)


def counted(*steps: tuple[Vessel, Vessel]) -> tuple[BoomTrace, UnitTrace, float]:
    worlds = [SimpleNamespace(fleet=FLEET, vessels=vessels) for vessels in ((BOOM, SKIMMER), *steps)]
    afloat = Afloat(worlds[0], 60.0)  # type: ignore[arg-type]
    afloat.keep(worlds[0])  # type: ignore[arg-type]
    for world in worlds[1:]:
        afloat.count(world)  # type: ignore[arg-type]
        afloat.keep(world)  # type: ignore[arg-type]
    units, booms = afloat.traces()
    return booms[0], units[1], afloat.mixture_of(worlds[-1], "sea")  # type: ignore[arg-type]


def test_a_skimmers_time_on_task_on_oil_and_full_is_summed() -> None:
    sweeping = replace(SKIMMER, phase="working")
    taking = replace(sweeping, recovered=500.0, fluid=2.0)
    full = replace(sweeping, recovered=900.0, fluid=99.9)
    ashore = replace(full, phase="offloading", fluid=40.0, landed=59.9)
    _, unit, mixture = counted(*((BOOM, each) for each in (sweeping, taking, taking, full, ashore)))
    assert unit.states == ("off", "on_task", "on_task", "on_task", "on_task", "offloading")
    assert unit.working.tolist() == [0.0, 60.0, 120.0, 180.0, 240.0, 240.0]
    assert unit.meeting.tolist() == [0.0, 0.0, 60.0, 60.0, 120.0, 120.0]
    assert unit.full.tolist() == [0.0, 0.0, 0.0, 0.0, 60.0, 60.0]
    assert unit.recovered.tolist() == [0.0, 0.0, 500.0, 500.0, 900.0, 900.0]
    assert unit.mixture[-1] == mixture == pytest.approx(99.9)  # what is on board and what was brought ashore
    assert unit.capacity == 100.0


def test_a_boom_counts_its_time_its_oil_and_what_went_past_over_all_the_booms_it_laid() -> None:
    def laid(held: float, leaked: float, length: float = 800.0) -> Vessel:
        return replace(BOOM, boom=LaidBoom(LINE, length, "set", held=held, leaked=leaked))

    steps = (laid(0.0, 0.0, 0.0), laid(0.0, 0.0), laid(300.0, 5.0), laid(200.0, 12.0), BOOM, laid(50.0, 4.0))
    boom, _, _ = counted(*((each, SKIMMER) for each in steps))
    assert boom.in_water.tolist() == [0.0, 0.0, 60.0, 120.0, 180.0, 180.0, 240.0]
    assert boom.touched[-1] == 180.0
    assert boom.held[-1] == 300.0
    assert boom.leaked.tolist() == [0.0, 0.0, 0.0, 5.0, 12.0, 12.0, 16.0]
    assert boom.line.tolist() == [[0.0, 0.0], [800.0, 0.0]]
