"""Units in the world: their happenings, their looks from outside, and snapshots in the middle of their tasks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from small_fleet import boomer, box, degrees, fleet, ordered, play, skimmer, told, world

from khazri.response import Cannot, Preview
from khazri.simulation import Orders, observe_units, open_world, preview_task, restore_world, save_world, summarise
from khazri.simulation.happenings import KINDS
from khazri.simulation.orders import UnitTask

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

AREA = box(-2_000.0, -2_000.0, 4_000.0, 4_000.0)
LINE = degrees((1_500.0, 1_000.0), (1_500.0, 1_300.0))
TASKS = ordered(alfa_skimmer=("skim", AREA), alfa_boom=("boom", LINE))


def test_units_start_arrive_see_oil_and_set_their_boom() -> None:
    on = world(skimmer(), boomer())
    happenings = play(on, TASKS, steps=120)
    assert told(happenings, "alfa-boom")[:4] == ["unit started", "oil sighted", "unit arrived", "boom set"]
    assert set(told(happenings, "alfa-skimmer")) >= {"unit started", "unit arrived", "oil sighted"}
    assert {each.kind for each in happenings} <= set(KINDS)
    assert all(each.site == "test" for each in happenings)


def test_the_summary_and_the_observation_agree_on_the_units_state() -> None:
    on = world(skimmer(), boomer())
    assert summarise(on).units == {"alfa-boom": "off", "alfa-skimmer": "off"}
    play(on, TASKS, steps=5)
    now = observe_units(on)
    assert {unit.ident: unit.state for unit in now.units} == summarise(on).units
    assert [unit.state for unit in now.units] == ["mobilising", "mobilising"]
    assert [unit.capacity for unit in now.units] == [None, 60.0]  # a boom vessel has no tank
    play(on, TASKS, steps=115)
    now = observe_units(on)
    assert [boom.state for boom in now.booms] in (["set"], ["leaking"])
    assert now.booms[0].line[0] == pytest.approx(LINE[0])
    assert {sighting.unit for sighting in now.sightings} == {"alfa-boom", "alfa-skimmer"}
    assert all(sighting.polygon[0] == sighting.polygon[-1] for sighting in now.sightings)


@pytest.mark.parametrize("unit", ["alfa-skimmer", "alfa-boom"])
def test_a_preview_agrees_with_what_happens(unit: str) -> None:
    on = world(skimmer(), boomer())
    task = TASKS.tasks[unit]
    found = preview_task(on, unit, task.kind, task.geometry)
    assert isinstance(found, Preview)
    arrived = next(each for each in play(on, TASKS, steps=120) if each.kind == "unit arrived" and each.subject == unit)
    assert arrived.step * 60.0 == pytest.approx(found.seconds, abs=90.0)


def test_a_preview_round_land_and_over_a_bar_agrees_with_what_happens() -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[40:70, 50] = True
    terrain = small_sea.sea(dry)
    terrain.depth[:, 56] = 1.0  # a bar right across the way
    on = world(boomer(draft=1.5), terrain=terrain)
    found = preview_task(on, "alfa-boom", "boom", LINE)
    assert isinstance(found, Preview)
    assert len(found.route) > 2
    assert found.marginal is not None
    assert found.marginal.depth == 1.0
    arrived = next(each for each in play(on, TASKS, steps=240) if each.kind == "unit arrived")
    assert arrived.step * 60.0 == pytest.approx(found.seconds, abs=120.0)


def test_an_unknown_unit_cannot() -> None:
    assert preview_task(world(skimmer()), "bravo-skimmer", "skim", AREA) == Cannot(
        "unknown_unit", {"unit": "bravo-skimmer"}
    )


def test_an_order_for_later_waits_for_its_step() -> None:
    on = world(skimmer())
    later = Orders(tasks={"alfa-skimmer": UnitTask("skim", AREA, 5, 1)})
    play(on, later, steps=5)
    assert summarise(on).units == {"alfa-skimmer": "off"}
    play(on, later, steps=1)
    assert summarise(on).units == {"alfa-skimmer": "mobilising"}


@pytest.mark.parametrize("stop", [0, 7, 35, 60, 100])
def test_a_snapshot_in_the_middle_of_tasks_goes_on_to_the_same_bits(stop: int) -> None:
    units = (skimmer(storage=1.0), boomer(working_speed=0.05))
    whole, half, again = (world(*units, particles=1_000) for _ in range(3))
    play(whole, TASKS, steps=130)
    play(half, TASKS, steps=stop)
    restore_world(again, save_world(half))
    assert save_world(again) == save_world(half)
    play(again, TASKS, steps=130 - stop)
    assert save_world(again) == save_world(whole)
    assert observe_units(again) == observe_units(whole)


def test_a_snapshot_of_another_world_is_refused() -> None:
    snapshot = save_world(world(skimmer()))
    with pytest.raises(ValueError, match=r"units is .*expected"):
        restore_world(world(boomer()), snapshot)
    with pytest.raises(ValueError, match="cut off"):
        restore_world(world(skimmer()), snapshot[:-100])
    with pytest.raises(ValueError, match="expected bytes"):
        restore_world(world(skimmer()), b"nothing of the kind")


def test_a_unit_of_an_unknown_site_is_refused() -> None:
    stray = skimmer()
    stray = type(stray)(**{**stray.__dict__, "site": "elsewhere"})
    with pytest.raises(ValueError, match="expected one of test"):
        world(stray)


def test_units_of_two_sites_act_each_in_its_own_and_at_the_same_step() -> None:
    one = small_sea.site(release=small_sea.at_once(radius=300.0), dt=60.0, particles=500)
    two = replace(one, ident="other")
    here, there = skimmer(), replace(skimmer("bravo-skimmer"), site="other")
    on = open_world((one, two), fleet=fleet(here, there))
    orders = ordered(alfa_skimmer=("skim", AREA), bravo_skimmer=("skim", AREA))
    happenings = play(on, orders, steps=100)
    assert {each.site for each in happenings if each.subject == "bravo-skimmer"} == {"other"}
    arrived = {each.subject: each.step for each in happenings if each.kind == "unit arrived"}
    assert arrived["alfa-skimmer"] == arrived["bravo-skimmer"]
    assert all(vessel.recovered > 0.0 for vessel in on.vessels)


def test_a_world_without_units_has_none_of_their_parts() -> None:
    on = world()
    play(on, Orders(), steps=2)
    assert observe_units(on).units == observe_units(on).booms == ()
    assert on.fleet == fleet()
