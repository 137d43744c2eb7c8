"""What would come of an order, or the refusal with its figures; codes and parameters are those that have sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from small_fleet import BERTH, boomer, box, calm, degrees, skimmer, waters

from khazri.exercise.refusal import CODES
from khazri.response import Cannot, Preview, Vessel, preview
from khazri.response.vessel import LaidBoom

AREA = box(-1_000.0, -1_000.0, 1_000.0, 1_000.0)
LINE = degrees((-400.0, 0.0), (400.0, 0.0))


def at_berth(ident: str, **changes) -> Vessel:
    return replace(Vessel(ident, *BERTH, berth=BERTH, home_from=BERTH), **changes)


def asked(unit, kind, geometry, *, over=None, **changes) -> Preview | Cannot:
    return preview(calm(over=over), unit, at_berth(unit.ident, **changes), kind, geometry)


def refused(found: Preview | Cannot) -> Cannot:
    assert isinstance(found, Cannot)
    assert set(found.params) == set(CODES[found.code])
    return found


def test_a_preview_has_the_route_and_when_the_unit_acts() -> None:
    unit = boomer(speed=7.0)
    found = asked(unit, "boom", LINE)
    assert isinstance(found, Preview)
    assert found.route[0] == pytest.approx(degrees(BERTH)[0])
    assert found.route[-1] == pytest.approx(LINE[0])
    assert found.seconds == pytest.approx(600.0 + found.length / 7.0)
    assert found.marginal is None


def test_on_land_is_refused_with_the_place() -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[55:65, 60] = True
    found = refused(asked(boomer(), "boom", LINE, over=waters(dry)))
    assert found.code == "on_land"
    dry[:, 55:] = True
    assert refused(asked(skimmer(), "skim", AREA, over=waters(dry))).code == "on_land"


def test_too_shallow_names_draft_depth_uncertainty_and_place() -> None:
    over = waters()
    over.terrain.depth[58:62, 58:62] = 0.7
    found = refused(asked(boomer(draft=1.5), "boom", LINE, over=over))
    assert found.code == "too_shallow"
    assert (found.params["draft"], found.params["depth"], found.params["uncertainty"]) == (1.5, 0.7, 0.7)
    assert found.params["longitude"] == pytest.approx(50.0, abs=0.02)


def test_the_draft_is_refused_only_beyond_the_uncertainty_and_what_is_marginal_is_said() -> None:
    over = waters(depth=2.1)
    deep = asked(boomer(draft=4.0), "boom", LINE, over=over)
    assert isinstance(deep, Preview)  # 2.1 m give or take 2 m
    assert deep.marginal is not None
    assert (deep.marginal.depth, deep.marginal.uncertainty) == (2.1, 2.0)
    assert deep.seconds > asked(boomer(draft=1.0), "boom", LINE, over=over).seconds
    assert refused(asked(boomer(draft=4.2), "boom", LINE, over=over)).code == "too_shallow"


def test_shallows_on_the_only_way_are_named() -> None:
    over = waters()
    over.terrain.depth[:, 50] = 0.3
    found = refused(asked(boomer(), "boom", LINE, over=over))
    assert found.code == "too_shallow"
    assert found.params["depth"] == 0.3


def test_water_that_is_cut_off_is_unreachable() -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[:, 50] = True
    assert refused(asked(boomer(), "boom", LINE, over=waters(dry))).code == "unreachable"


def test_outside_the_site_is_refused() -> None:
    assert refused(asked(boomer(), "boom", degrees((0.0, 0.0), (40_000.0, 0.0)))).code == "outside_site"
    assert refused(asked(skimmer(), "skim", box(29_000.0, 0.0, 33_000.0, 900.0))).code == "outside_site"


def test_an_area_that_crosses_itself_is_refused() -> None:
    bow = degrees((-900.0, -900.0), (900.0, 900.0), (900.0, -900.0), (-900.0, 900.0))
    assert refused(asked(skimmer(), "skim", bow)).code == "area_crosses_itself"
    assert refused(asked(skimmer(), "skim", (AREA[0], AREA[0], AREA[0]))).code == "area_crosses_itself"


def test_a_line_longer_than_the_boom_is_refused() -> None:
    found = refused(asked(boomer(boom_length=500.0), "boom", LINE))
    assert found.code == "boom_too_long"
    assert found.params["length"] == pytest.approx(800.0, rel=1e-3)


def test_a_task_beyond_endurance_is_refused() -> None:
    found = refused(asked(boomer(endurance=3_000.0), "boom", LINE))
    assert found.code == "beyond_endurance"
    assert found.params["needed"] > 3_000.0 == found.params["endurance"]
    under_way = asked(boomer(endurance=40_000.0), "boom", LINE, phase="waiting", away=39_000.0)
    assert refused(under_way).params["endurance"] == pytest.approx(1_000.0)


def test_a_boom_in_the_water_is_recovered_first_and_the_preview_counts_it() -> None:
    unit = boomer(working_speed=0.1)
    out = LaidBoom((BERTH, (BERTH[0] + 300.0, BERTH[1])), 300.0, "set")
    found = asked(unit, "boom", LINE, phase="holding", boom=out)
    assert isinstance(found, Preview)
    assert found.seconds == pytest.approx(300.0 / unit.speed + 300.0 / 0.05 + found.length / unit.speed)


def test_each_kind_of_unit_does_its_own_task() -> None:
    assert refused(asked(boomer(), "skim", AREA)).code == "unit_cannot"
    assert refused(asked(skimmer(), "boom", LINE)).code == "unit_cannot"


def test_asking_twice_gives_the_same_and_changes_nothing() -> None:
    sea, unit, vessel = calm(), skimmer(), at_berth("alfa-skimmer")
    assert preview(sea, unit, vessel, "skim", AREA) == preview(sea, unit, vessel, "skim", AREA)
    assert vessel == at_berth("alfa-skimmer")
