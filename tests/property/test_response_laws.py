"""Laws of units in the world: mass closes, storage holds, and nothing but the orders decides what they do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from hypothesis import given, settings
from hypothesis import strategies as st
from small_fleet import boomer, box, degrees, fleet, ordered, play, skimmer, world

from khazri.engine import Numerics, Owner, budget
from khazri.response import Fleet, fleet_of
from khazri.response.track import Track
from khazri.simulation import Orders, World, advance, observe_units, open_world, restore_world, save_world
from khazri.simulation.orders import UnitTask

AREA = box(-2_000.0, -2_000.0, 3_000.0, 3_000.0)
UNITS = (
    skimmer("alfa-skimmer", swath=200.0, storage=8.0),
    skimmer("bravo-skimmer", (9_000.0, 3_000.0), swath=150.0, storage=300.0),
    boomer("alfa-boom", working_speed=2.0),
    boomer("bravo-boom", (9_000.0, 3_000.0), working_speed=2.0),
)
TASKS = ordered(
    alfa_skimmer=("skim", AREA),
    bravo_skimmer=("skim", AREA),
    alfa_boom=("boom", degrees((1_000.0, 1_500.0), (1_800.0, 1_000.0))),
    bravo_boom=("boom", degrees((2_000.0, 2_500.0), (2_800.0, 2_000.0))),
)
STEPS = 100


def played(*, steps: int = STEPS, threads: int = 1, tasks: Orders = TASKS, on: World | None = None) -> World:
    at = on or world(*UNITS, particles=60_000 if threads > 1 else 3_000)
    for _ in range(steps):
        advance(at, tasks, Numerics(threads=threads))
    return at


def test_mass_closes_with_two_skimmers_and_two_booms_at_every_step() -> None:
    at = world(*UNITS, particles=3_000)
    taken = 0.0
    for _ in range(160):
        advance(at, TASKS)
        state = at.states[0]
        released = float(state.released.sum())
        masses = budget(state)
        assert float(masses.sum()) == pytest.approx(released, rel=1e-12)
        on_board = sum(vessel.recovered for vessel in at.vessels)
        assert float(masses[Owner.RECOVERED]) == pytest.approx(on_board, abs=1e-6 * released)
        assert float(masses[Owner.RECOVERED]) >= taken
        taken = float(masses[Owner.RECOVERED])
        for unit, vessel in zip(at.fleet.units, at.vessels, strict=True):
            assert 0.0 <= vessel.emulsion <= vessel.fluid <= unit.storage
    assert taken > 1_000.0  # kg: the two did skim


def test_what_booms_say_they_hold_is_what_is_boomed() -> None:
    at = world(*UNITS, particles=3_000)
    idle = ordered(
        alfa_boom=("boom", degrees((1_000.0, 1_500.0), (1_800.0, 1_000.0))),
        bravo_boom=("boom", degrees((2_000.0, 2_500.0), (2_800.0, 2_000.0))),
    )
    most = 0.0
    for _ in range(130):
        advance(at, idle)
        held = sum(vessel.boom.held for vessel in at.vessels if vessel.boom is not None)
        assert held == pytest.approx(float(budget(at.states[0])[Owner.BOOMED]), rel=1e-6, abs=1e-3)
        most = max(most, held)
    assert most > 100.0  # kg


def test_the_order_of_units_in_the_pack_changes_no_bit() -> None:
    def tracks(order: tuple[int, ...]) -> bytes:
        given = Fleet(tuple(sorted((UNITS[index] for index in order), key=lambda unit: unit.ident)))
        release = small_sea.at_once(radius=300.0)
        at = open_world((small_sea.site(release=release, dt=60.0, particles=1_000),), fleet=given)
        shuffled = Orders(tasks=dict(reversed(list(TASKS.tasks.items())))) if order[0] else TASKS
        return save_world(played(steps=70, tasks=shuffled, on=at))

    assert tracks((0, 1, 2, 3)) == tracks((3, 1, 0, 2))
    assert fleet_of(()) == fleet()


def test_threads_change_no_bit() -> None:
    one, two = (played(steps=70, threads=threads, on=world(*UNITS, particles=60_000)) for threads in (1, 2))
    assert save_world(one) == save_world(two)


@settings(max_examples=6)
@given(stops=st.lists(st.integers(1, STEPS - 1), min_size=1, max_size=3, unique=True))
def test_any_snapshots_on_the_way_equal_never_having_stopped(stops: list[int]) -> None:
    whole = played()
    at, done = world(*UNITS, particles=3_000), 0
    for stop in (*sorted(stops), STEPS):
        played(steps=stop - done, on=at)
        again = world(*UNITS, particles=3_000)
        at, done = restore_world(again, save_world(at)), stop
    assert save_world(at) == save_world(whole)


@settings(max_examples=8)
@given(
    orders=st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from(["alfa-skimmer", "alfa-boom"]), st.integers(0, 3)), max_size=6
    )
)
def test_whatever_is_ordered_units_keep_to_the_water_and_to_their_states(orders: list[tuple[int, str, int]]) -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[40:60, 52] = True  # between the berths and the oil
    at = world(*UNITS, particles=300, terrain=small_sea.sea(dry))
    waters = at.waters["test"]
    tasks: dict[str, UnitTask] = {}
    for step in range(80):
        for version, (when, unit, choice) in enumerate(sorted(orders), start=1):
            if when == step:
                tasks[unit] = _order(unit, choice, step, version)
        advance(at, Orders(tasks=dict(tasks)))
        for unit, vessel in zip(at.fleet.units, at.vessels, strict=True):
            assert waters.state_for(unit.draft, *waters.cell(vessel.point)) != 2, (vessel.ident, vessel.phase)
            if vessel.boom is not None:
                assert 0.0 <= vessel.boom.laid <= Track(vessel.boom.line).length + 1e-9
    assert len(observe_units(at).units) == 4


def _order(unit: str, choice: int, step: int, version: int) -> UnitTask:
    if choice == 0:
        return UnitTask("stand_by", (), step, version)
    if unit == "alfa-skimmer":
        return UnitTask("skim", box(-2_000.0 * choice, -1_000.0, 1_000.0, 1_000.0 * choice), step, version)
    return UnitTask("boom", degrees((500.0 * choice, 0.0), (500.0 * choice, 300.0)), step, version)


def test_a_hotter_seed_sees_other_outlines_of_the_same_oil() -> None:
    def seen(seed: int) -> object:
        release = small_sea.at_once(radius=300.0)
        inputs = small_sea.site(release=release, dt=60.0, particles=500)
        inputs = replace(inputs, numerics=replace(inputs.numerics, seed=seed))
        at = open_world((inputs,), fleet=fleet(*UNITS))
        play(at, TASKS, steps=60)
        return observe_units(at).sightings

    assert seen(1) == seen(1)
    assert seen(1) != seen(2)
