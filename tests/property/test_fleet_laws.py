"""Laws of every kind of unit under any orders: where they may be, how long, what they hold, and that nothing else decides."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import small_sea
from hypothesis import given, settings
from hypothesis import strategies as st
from small_fleet import box, degrees, fleet, skimmer

from khazri.engine import Numerics, Owner, budget
from khazri.response import Unit, unit_of
from khazri.response.acting import AT_BERTH
from khazri.response.catalogue import KINDS, WORKING
from khazri.response.fleet import HomePort
from khazri.simulation import Orders, World, advance, open_world, restore_world, save_world
from khazri.simulation.orders import Failure, UnitTask
from khazri.simulation.place import Place

SHORE = 6_000.0  # [m] west of the plane's centre; land is beyond it
WEST, EAST = (-9_000.0, -3_000.0), (9_000.0, 3_000.0)
BEACH = (-6_250.0, 500.0)
STEPS = 90
START = datetime(2026, 9, 14, 4, tzinfo=UTC)


def a(kind: str, ident: str, at: tuple[float, float], **figures: float) -> Unit:
    return unit_of(ident, kind, "test", degrees(at)[0], {"mobilisation": 60.0, **figures}, base="port")


UNITS = (
    a("brush_skimmer", "alfa-brush", (-4_000.0, -3_000.0), swath=200.0, storage=3.0, endurance=3_000.0),
    replace(skimmer("alfa-skimmer", (-4_000.0, -2_000.0), swath=200.0, storage=8.0), base="port"),
    a("boom_vessel", "alfa-boom", (-4_000.0, 0.0), working_speed=2.0),
    a("storage_barge", "alfa-barge", (-3_000.0, 1_000.0), storage=2.0),
    a("surveillance_helicopter", "alfa-heli", (-8_000.0, 0.0), endurance=1_800.0),
    a("truck", "alfa-truck", (-8_000.0, 2_000.0)),
    a("hovercraft", "alfa-hover", (-7_000.0, -2_000.0), endurance=2_400.0),
    a("shore_team_manual", "alfa-shore", BEACH, storage=4.0),
    a("dispersant_aircraft", "bravo-plane", EAST, least_depth=1.0, least_shore=10.0, endurance=2_400.0),
    a("burn_team", "bravo-burn", (1_000.0, 0.0)),
    a("towed_boom_vessel", "bravo-one", (1_500.0, -1_000.0)),
    a("towed_boom_vessel", "bravo-two", (1_500.0, -1_200.0)),
    a("tug", "bravo-tug", EAST),
    a("source_control_vessel", "bravo-source", EAST, shut_time=600.0),
    a("surveillance_uav", "bravo-uav", EAST, endurance=1_200.0),
)
AREAS = (box(-2_000.0, -2_000.0, 2_000.0, 2_000.0), box(3_000.0, -4_000.0, 6_000.0, -1_000.0))
LINES = (degrees((1_000.0, 1_500.0), (1_800.0, 1_000.0)), degrees((-3_500.0, -1_000.0), (-3_500.0, 500.0)))
ORDERS = {  # geometry and target by task, two of each
    "skim": [(AREAS[0], ""), (AREAS[1], "")],
    "skim_thickest": [(AREAS[0], ""), (AREAS[1], "")],
    "boom": [(LINES[0], ""), (LINES[1], "")],
    "recover_boom": [((), "")] * 2,
    "protect": [((), "bank"), ((), "nowhere")],
    "survey": [(AREAS[0], ""), (LINES[1], "")],
    "patrol": [(LINES[0], ""), (LINES[1], "")],
    "offload": [((), "alfa-barge"), ((), "")],
    "tow": [(degrees(EAST), "alfa-brush"), (degrees((-3_000.0, 0.0)), "alfa-skimmer")],
    "shut_source": [(degrees((100.0, 0.0)), ""), (degrees(EAST), "")],
    "tow_boom": [(AREAS[0], "bravo-two"), (AREAS[0], "bravo-one")],
    "spray": [(AREAS[0], ""), (AREAS[1], "")],
    "burn": [(AREAS[0], ""), (AREAS[1], "")],
    "clean_shore": [(box(-6_400.0, 0.0, -5_600.0, 1_000.0), ""), (AREAS[1], "")],
    "stand_by": [((), "")] * 2,
    "release": [((), "")] * 2,
}
assert set(ORDERS) <= set(WORKING)


def land() -> np.ndarray:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[:, : int(small_sea.CELLS // 2 - SHORE / small_sea.SPACING)] = True
    return dry


def opened(particles: int = 400) -> World:
    release = replace(small_sea.at_once(radius=300.0), end=1_800.0)
    inputs = small_sea.site(release=release, dt=60.0, particles=particles, terrain=small_sea.sea(land()))
    place = Place("bank", "test", np.array([[4_000.0, 4_000.0]]), radius=800.0)
    port = replace(fleet(*UNITS), bases=(HomePort("port", 0.02, 5.0),))
    return open_world((inputs,), (place,), fleet=port, start=START)


Chosen = tuple[int, int, str, int]  # step, unit, task, which of two
PAIRS = [
    (number, task)
    for number, unit in enumerate(sorted(UNITS, key=lambda unit: unit.ident))
    for task in (*KINDS[unit.kind].tasks, "stand_by")
    if task in ORDERS
]
choices = st.lists(st.tuples(st.integers(0, 50), st.sampled_from(PAIRS), st.integers(0, 1)), max_size=16).map(
    lambda drawn: [(step, number, task, which) for step, (number, task), which in drawn]
)
failures = st.lists(
    st.tuples(st.integers(0, len(UNITS) - 1), st.integers(5, 50), st.sampled_from(["engine", "gear"])), max_size=2
)


def orders_at(step: int, chosen: list[Chosen], failed: list[tuple[int, int, str]]) -> Orders:
    tasks = {}
    for version, (when, number, kind, which) in enumerate(sorted(chosen), start=1):
        if when <= step:
            geometry, target = ORDERS[kind][which]
            ident = sorted(unit.ident for unit in UNITS)[number]
            tasks[ident] = UnitTask(kind, tuple(geometry), when, version, target)  # type: ignore[arg-type]
    found = tuple(
        Failure(UNITS[number].ident, kind, begins, begins + 20)  # type: ignore[arg-type]
        for number, begins, kind in failed
    )
    return Orders(tasks=tasks, failures=found)


@settings(max_examples=14, deadline=None)
@given(chosen=choices, failed=failures)
def test_whatever_is_ordered_and_fails_units_keep_to_their_element_their_tanks_and_their_endurance(
    chosen: list[Chosen], failed: list[tuple[int, int, str]]
) -> None:
    on = opened()
    waters = on.waters["test"]
    broken = {UNITS[number].ident for number, _, kind in failed if kind == "engine"}
    towed = {target for _, _, kind, which in chosen if kind == "tow" for target in [ORDERS["tow"][which][1]]}
    for step in range(STEPS):
        advance(on, orders_at(step, chosen, failed))
        for unit, vessel in zip(on.fleet.units, on.vessels, strict=True):
            where = waters.cell(vessel.point)
            if unit.medium == "water":
                assert waters.state_for(unit.draft, *where) != 2, (unit.ident, vessel.phase, vessel.reason)
            if unit.medium == "land":
                assert math.isfinite(waters.on_land().cost_at(0.0, vessel.point)), unit.ident
            assert -1e-9 <= vessel.emulsion <= vessel.fluid + 1e-9 <= unit.storage + 2e-9, unit.ident
            if unit.ident not in broken | towed and vessel.reason != "no_way_home":
                assert vessel.phase in AT_BERTH or vessel.away <= unit.endurance + 60.0, (unit.ident, vessel)
        assert sum(vessel.landed for vessel in on.vessels) <= 5.0 + 1e-9  # the port's storage
        released = float(on.states[0].released.sum())
        masses = budget(on.states[0])
        assert float(masses.sum()) == pytest.approx(released, rel=1e-12)
        assert float(masses[Owner.RECOVERED]) == pytest.approx(
            sum(vessel.recovered for vessel in on.vessels), abs=1e-6 * max(released, 1.0)
        )


@settings(max_examples=4, deadline=None)
@given(chosen=choices, failed=failures, stop=st.integers(1, STEPS - 1))
def test_a_snapshot_of_any_unit_at_any_task_goes_on_to_the_same_bits(
    chosen: list[Chosen], failed: list[tuple[int, int, str]], stop: int
) -> None:
    whole, broken = opened(), opened()
    for step in range(STEPS):
        advance(whole, orders_at(step, chosen, failed))
        if step == stop:
            broken = restore_world(opened(), save_world(broken))
        advance(broken, orders_at(step, chosen, failed))
    assert save_world(broken) == save_world(whole)


def test_threads_change_no_bit_of_any_task() -> None:
    every: list[Chosen] = [
        (0, number, task, 0)
        for number, ident in enumerate(sorted(unit.ident for unit in UNITS))
        for task in KINDS[next(unit.kind for unit in UNITS if unit.ident == ident)].tasks[:1]
        if task in ORDERS
    ]
    worlds = [opened(20_000) for _ in (1, 2)]
    for threads, on in enumerate(worlds, start=1):
        for step in range(60):
            advance(on, orders_at(step, every, []), Numerics(threads=threads))
    assert save_world(worlds[0]) == save_world(worlds[1])
    assert worlds[0].sightings  # the helicopter has seen it
