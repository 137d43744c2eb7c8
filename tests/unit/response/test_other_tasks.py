"""Tasks beyond sweeping and laying: looking, protecting, handing over, towing, shutting; limits, rest and failures."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import small_sea
from small_fleet import BERTH, box, degrees, fleet, play, skimmer, told, world

from khazri.engine import Owner, budget
from khazri.response import Cannot, unit_of
from khazri.simulation import Orders, World, advance, open_world, preview_task, restore_world, save_world
from khazri.simulation.orders import Failure, UnitTask
from khazri.simulation.place import Place

AREA = box(-1_000.0, -1_000.0, 1_000.0, 1_000.0)
EAST = (9_000.0, 3_000.0)


def a(kind: str, ident: str, at: tuple[float, float] = BERTH, **figures: float):
    return unit_of(ident, kind, "test", degrees(at)[0], {"mobilisation": 60.0, **figures})


def orders(*tasks: tuple[str, UnitTask], failures: tuple[Failure, ...] = ()) -> Orders:
    return Orders(tasks=dict(tasks), failures=failures)


def task(kind, geometry=(), *, target: str = "", step: int = 0, version: int = 1) -> UnitTask:
    return UnitTask(kind, tuple(geometry), step, version, target)


def vessel(on: World, ident: str):
    return next(each for each in on.vessels if each.ident == ident)


def test_a_helicopter_surveys_sees_the_oil_and_goes_home() -> None:
    on = world(a("surveillance_helicopter", "bravo-heli"))
    seen = told(play(on, orders(("bravo-heli", task("survey", AREA))), steps=60), "bravo-heli")
    assert seen[0] == "unit started"
    assert "oil sighted" in seen
    assert vessel(on, "bravo-heli").state in ("off", "refuelling")
    assert vessel(on, "bravo-heli").reason == "done"
    assert math.dist(vessel(on, "bravo-heli").point, BERTH) < 1.0


def test_a_patrol_goes_to_and_fro_until_told_otherwise() -> None:
    on = world(a("surveillance_vessel", "alfa-boat"))
    play(on, orders(("alfa-boat", task("patrol", degrees((-8_000.0, -3_000.0), (-4_000.0, -3_000.0))))), steps=60)
    xs = []
    for _ in range(60):
        advance(on, orders(("alfa-boat", task("patrol", degrees((-8_000.0, -3_000.0), (-4_000.0, -3_000.0))))))
        xs.append(vessel(on, "alfa-boat").x)
    assert min(xs) < -7_500.0
    assert max(xs) > -4_500.0
    assert vessel(on, "alfa-boat").state == "on_task"


def test_a_place_is_protected_where_oil_would_come_from() -> None:
    place = Place("bank", "test", small_sea.np.array([[5_000.0, 0.0]]), radius=1_000.0)
    inputs = world().inputs
    on = open_world(inputs, (place,), fleet=fleet(a("boom_vessel", "alfa-boom", (0.0, 3_000.0), working_speed=2.0)))
    wind = on.sea("test").conditions((5_000.0, 0.0)).drift
    play(on, orders(("alfa-boom", task("protect", target="bank"))), steps=60)
    boom = vessel(on, "alfa-boom").boom
    assert boom is not None
    assert boom.state in ("set", "leaking")
    middle = (sum(x for x, _ in boom.line) / len(boom.line) - 5_000.0, sum(y for _, y in boom.line) / len(boom.line))
    assert middle[0] * wind[0] + middle[1] * wind[1] < 0.0  # up the drift
    assert {round(math.dist(point, (5_000.0, 0.0))) for point in boom.line} == {1_250}


def test_what_a_skimmer_recovered_goes_over_to_a_barge_and_nothing_is_lost() -> None:
    units = skimmer(swath=300.0, storage=10.0), a("storage_barge", "alfa-barge", (-1_500.0, 0.0))
    on = world(*units)
    skimming = orders(("alfa-skimmer", task("skim", AREA)))
    for _ in range(300):
        advance(on, skimming)
        if vessel(on, "alfa-skimmer").fluid > 5.0:
            break
    assert vessel(on, "alfa-skimmer").fluid > 5.0
    oil = vessel(on, "alfa-skimmer").oil
    play(on, orders(("alfa-skimmer", task("offload", target="alfa-barge", version=2))), steps=60)
    giver, taker = vessel(on, "alfa-skimmer"), vessel(on, "alfa-barge")
    assert giver.fluid == pytest.approx(0.0, abs=1e-9)
    assert giver.reason == "done"
    assert taker.oil == pytest.approx(giver.recovered, rel=1e-12)
    assert taker.oil >= oil * (1.0 - 1e-12)
    assert float(budget(on.states[0])[Owner.RECOVERED]) == pytest.approx(taker.oil, rel=1e-6)


def test_a_full_barge_takes_no_more_than_it_holds() -> None:
    units = skimmer(swath=300.0, storage=10.0), a("storage_barge", "alfa-barge", (-1_500.0, 0.0), storage=2.0)
    on = world(*units)
    for _ in range(300):
        advance(on, orders(("alfa-skimmer", task("skim", AREA))))
        if vessel(on, "alfa-skimmer").fluid > 5.0:
            break
    whole = vessel(on, "alfa-skimmer").recovered
    play(on, orders(("alfa-skimmer", task("offload", target="alfa-barge", version=2))), steps=60)
    giver, taker = vessel(on, "alfa-skimmer"), vessel(on, "alfa-barge")
    assert taker.fluid == pytest.approx(2.0)
    assert giver.reason == "nothing_to_pump"
    assert giver.oil + taker.oil == pytest.approx(max(giver.recovered, whole), rel=1e-9)


def test_a_tug_brings_in_a_vessel_whose_engine_failed() -> None:
    units = skimmer(berth=EAST), a("tug", "alfa-tug")
    on = world(*units)
    failed = Failure("alfa-skimmer", "engine", 5)
    going = ("alfa-skimmer", task("skim", AREA))
    before = play(on, orders(going, failures=(failed,)), steps=40)
    assert "unit disabled" in told(before, "alfa-skimmer")
    assert vessel(on, "alfa-skimmer").state == "disabled"
    lay = vessel(on, "alfa-skimmer").point
    there = (EAST[0] - 2_000.0, EAST[1])
    pulling = ("alfa-tug", task("tow", degrees(there), target="alfa-skimmer"))
    play(on, orders(going, pulling, failures=(failed,)), steps=120)
    assert vessel(on, "alfa-tug").reason == "done"
    assert math.dist(vessel(on, "alfa-skimmer").point, there) < 1.0
    assert lay != vessel(on, "alfa-skimmer").point


def test_only_a_disabled_unit_is_towed() -> None:
    on = world(skimmer(berth=EAST), a("tug", "alfa-tug"))
    found = preview_task(on, "alfa-tug", "tow", degrees(EAST), target="alfa-skimmer")
    assert isinstance(found, Cannot)
    assert found.code == "not_disabled"


def test_a_source_is_shut_after_the_time_it_takes_and_nothing_flows_then() -> None:
    release = small_sea.at_once(radius=100.0)
    lasting = replace(release, start=0.0, end=12 * 3600.0)
    on = world(a("source_control_vessel", "alfa-source", shut_time=600.0), release=lasting)
    happened = play(on, orders(("alfa-source", task("shut_source", degrees((200.0, 100.0))))), steps=60)
    assert "source shut" in told(happened, "alfa-source")
    released = float(on.states[0].released.sum())
    for _ in range(10):
        advance(on, orders(("alfa-source", task("shut_source", degrees((200.0, 100.0))))))
    assert float(on.states[0].released.sum()) == released < lasting.mass


def test_where_nothing_flows_there_is_nothing_to_shut() -> None:
    on = world(a("source_control_vessel", "alfa-source"))
    found = preview_task(on, "alfa-source", "shut_source", degrees((-20_000.0, 0.0)))
    assert isinstance(found, Cannot)
    assert found.code == "no_source"


def test_a_unit_that_works_by_daylight_waits_for_it() -> None:
    start = datetime(2026, 9, 14, 14, 0, tzinfo=UTC)  # the sun sets an hour later
    inputs = world().inputs
    on = open_world(inputs, fleet=fleet(skimmer(works_at_night=0.0)), start=start)
    play(on, orders(("alfa-skimmer", task("skim", AREA))), steps=150)
    assert (vessel(on, "alfa-skimmer").state, vessel(on, "alfa-skimmer").reason) == ("stopped", "dark")


def test_wind_beyond_its_limit_stops_work_and_sends_what_flies_home() -> None:
    gale = small_sea.constant("wind", 18.0, 0.0)
    on = world(skimmer(wave_limit=9.0, wind_limit=15.0), a("surveillance_uav", "alfa-drone", wind_limit=15.0), gale)
    given = orders(("alfa-skimmer", task("skim", AREA)), ("alfa-drone", task("survey", AREA)))
    play(on, given, steps=60)
    assert (vessel(on, "alfa-skimmer").state, vessel(on, "alfa-skimmer").reason) == ("stopped", "wind")
    assert math.dist(vessel(on, "alfa-drone").point, BERTH) < 1.0
    assert vessel(on, "alfa-drone").reason == "wind"


def test_a_crew_that_worked_its_shift_rests_and_goes_on() -> None:
    on = world(skimmer(shift=3_600.0, rest=1_800.0))
    given = orders(("alfa-skimmer", task("skim", AREA)))
    states = []
    for _ in range(240):
        advance(on, given)
        states.append((vessel(on, "alfa-skimmer").state, vessel(on, "alfa-skimmer").reason))
    assert ("transit", "crew") in states
    assert ("resting", "crew") in states
    assert states.index(("resting", "crew")) < max(i for i, each in enumerate(states) if each[0] == "on_task")


def test_gear_that_failed_stops_the_work_until_it_is_repaired() -> None:
    on = world(skimmer())
    broken = Failure("alfa-skimmer", "gear", 40, until_step=60)
    given = orders(("alfa-skimmer", task("skim", AREA)), failures=(broken,))
    play(on, given, steps=55)
    assert (vessel(on, "alfa-skimmer").state, vessel(on, "alfa-skimmer").reason) == ("stopped", "gear")
    happened = play(on, given, steps=15)
    assert "unit repaired" in told(happened, "alfa-skimmer")
    assert vessel(on, "alfa-skimmer").state in ("on_task", "transit")


def test_a_released_unit_goes_home_and_says_so() -> None:
    on = world(skimmer())
    play(on, orders(("alfa-skimmer", task("skim", AREA))), steps=40)
    play(on, orders(("alfa-skimmer", task("release", version=2))), steps=60)
    assert (vessel(on, "alfa-skimmer").state, vessel(on, "alfa-skimmer").reason) == ("released", "released")
    assert math.dist(vessel(on, "alfa-skimmer").point, BERTH) < 1.0


def test_a_skimmer_follows_the_oil_out_of_the_area_it_was_sent_to() -> None:
    wind = small_sea.constant("wind", 10.0, 0.0)
    on = world(skimmer(swath=20.0, throughput=0.1), wind)
    play(on, orders(("alfa-skimmer", task("skim_thickest", box(-500.0, -500.0, 500.0, 500.0)))), steps=240)
    assert vessel(on, "alfa-skimmer").x > 1_500.0
    assert vessel(on, "alfa-skimmer").recovered > 0.0


def test_units_at_new_tasks_come_back_from_a_snapshot_to_the_bit() -> None:
    units = skimmer(swath=300.0, storage=10.0), a("storage_barge", "alfa-barge", (-1_500.0, 0.0)), a("tug", "bravo-tug")
    given = orders(
        ("alfa-skimmer", task("skim_thickest", AREA)),
        ("alfa-barge", task("patrol", degrees((-2_000.0, 0.0), (-2_000.0, 2_000.0)))),
        ("bravo-tug", task("patrol", degrees((-8_000.0, 0.0), (-5_000.0, 2_000.0)))),
    )
    straight = world(*units)
    play(straight, given, steps=80)
    broken = world(*units)
    play(broken, given, steps=37)
    again = restore_world(world(*units), save_world(broken))
    play(again, given, steps=43)
    assert save_world(again) == save_world(straight)


@pytest.mark.parametrize(
    ("kind", "what", "geometry", "target", "code"),
    [
        ("tug", "skim", AREA, "", "unit_cannot"),
        ("tug", "tow", degrees((0.0, 0.0)), "nobody", "no_such_target"),
        ("boom_vessel", "protect", (), "nowhere", "no_such_target"),
        ("boom_vessel", "recover_boom", (), "", "nothing_to_recover"),
        ("storage_barge", "offload", (), "", "nothing_on_board"),
        ("surveillance_vessel", "patrol", degrees((0.0, 0.0), (900_000.0, 0.0)), "", "outside_site"),
    ],
)
def test_what_cannot_be_done_is_refused(kind, what, geometry, target, code) -> None:
    on = world(a(kind, "alfa-unit"))
    found = preview_task(on, "alfa-unit", what, tuple(geometry), target=target)
    assert isinstance(found, Cannot)
    assert found.code == code
