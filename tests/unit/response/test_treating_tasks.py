"""Spraying, burning, towing a boom, cleaning the shore: what units do with the engine's acts, and why they stop."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import small_sea
from small_fleet import box, degrees, fleet, play, told, world

from khazri.engine import Owner, Status, budget
from khazri.response import Cannot, unit_of
from khazri.response.formations import attitude, capacity_of, formation_of, sag_of, shape_of, towed_line
from khazri.simulation import Orders, World, advance, open_world, preview_task, restore_world, save_world
from khazri.simulation.orders import UnitTask

AREA = box(-900.0, -900.0, 900.0, 900.0)
NEAR = (-3_000.0, 0.0)
LIGHT = small_sea.constant("wind", 5.0, 0.0)
STILL = small_sea.constant("current", 0.0, 0.0)
CALM = small_sea.constant("wind", 0.0, 0.0)


def a(kind: str, ident: str, at: tuple[float, float] = NEAR, **figures: float):
    return unit_of(ident, kind, "test", degrees(at)[0], {"mobilisation": 60.0, **figures})


def orders(*tasks: tuple[str, UnitTask]) -> Orders:
    return Orders(tasks=dict(tasks))


def task(kind, geometry=(), *, target: str = "", step: int = 0, version: int = 1) -> UnitTask:
    return UnitTask(kind, tuple(geometry), step, version, target)


def vessel(on: World, ident: str):
    return next(each for each in on.vessels if each.ident == ident)


def closed(on: World) -> float:
    state = on.states[0]
    return abs(budget(state).sum() - state.released.sum()) / state.released.sum()


ANYWHERE = {"least_shore": 0.0, "least_depth": 5.0}


def test_an_aircraft_sprays_until_it_is_empty_fetches_more_and_comes_again() -> None:
    on = world(a("dispersant_aircraft", "alfa-air", payload=0.4, **ANYWHERE), LIGHT, STILL)
    seen, order = [], orders(("alfa-air", task("spray", AREA)))
    phases = set()
    for _ in range(150):
        seen += [h.kind for h in advance(on, order)[1]]
        phases.add((vessel(on, "alfa-air").phase, vessel(on, "alfa-air").reason))
        assert vessel(on, "alfa-air").spent <= 0.4
        if vessel(on, "alfa-air").phase == "refuelling":
            assert vessel(on, "alfa-air").spent > 0.39  # it is full when it has taken on more, not before
        assert closed(on) < 1e-12
    assert ("to_berth", "reload") in phases
    assert ("refuelling", "reload") in phases
    assert ("to_task", "resuming") in phases
    treated = vessel(on, "alfa-air").treated
    assert treated > 1.0
    # no more than each load of 0.4 m3 at one to twenty is enough for, times what the wind and the salt leave
    assert treated <= 3 * 0.4 * 20.0 * 900.0


@pytest.mark.parametrize("kind", ["dispersant_vessel", "dispersant_aircraft"])
def test_in_a_wide_area_it_sprays_where_its_crew_makes_out_the_oil(kind: str) -> None:
    wide = box(-2_800.0, -2_800.0, 2_800.0, 2_800.0)  # a hundred times as wide as the slick
    on = world(a(kind, "alfa-one", (-2_500.0, 0.0), **ANYWHERE), LIGHT, STILL)
    order = orders(("alfa-one", task("spray", wide)))
    over_oil = working = 0
    for _ in range(150):
        advance(on, order)
        one = vessel(on, "alfa-one")
        if one.phase == "working":
            working += 1
            over_oil += math.hypot(one.x, one.y) < 1_200.0
    assert vessel(on, "alfa-one").treated > 5_000.0
    assert over_oil > 0.6 * working


def test_where_no_oil_is_in_its_area_it_goes_over_all_of_it_once_and_is_done() -> None:
    on = world(a("dispersant_aircraft", "alfa-air", **ANYWHERE), LIGHT, STILL)
    order = orders(("alfa-air", task("spray", box(-2_900.0, -2_900.0, -2_600.0, -2_600.0))))
    for _ in range(120):
        advance(on, order)
    assert vessel(on, "alfa-air").reason == "done"
    assert vessel(on, "alfa-air").spent == 0.0


def test_one_load_treats_what_the_dose_says() -> None:
    """0.4 m3 at 1:20 reaches 8 m3, 7.2 t of oil; 5 m/s is 9.7 kn (0.84), 8 g/kg 0.43, and the oil's own share."""
    on = world(a("dispersant_aircraft", "alfa-air", payload=0.4, **ANYWHERE), LIGHT, STILL, processes=frozenset())
    order = orders(("alfa-air", task("spray", box(-250.0, -250.0, 250.0, 250.0))))
    on.states[0].pool.viscosity[:] = 2e-3  # 0.91
    for _ in range(90):
        advance(on, order)
        if vessel(on, "alfa-air").reason == "reload":
            break
    assert vessel(on, "alfa-air").reason == "reload"
    assert vessel(on, "alfa-air").spent == pytest.approx(0.4, rel=5e-3)
    expected = 0.84 * (0.3 + 0.3 * 3.0 / 7.0) * 0.91
    lots = 4.0 * math.sqrt(expected * (1.0 - expected) / (7_200.0 / 25.0))  # particles of 25 kg
    assert vessel(on, "alfa-air").treated / 7_200.0 == pytest.approx(expected, abs=lots)


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"least_shore": 0.0, "least_depth": 10.0}, "too_shallow_to_spray"),
        ({"least_shore": 0.0, "least_depth": 5.0, "least_salinity": 20.0}, "too_fresh"),
        ({"least_depth": 5.0}, "too_near_shore"),
    ],
)
def test_where_dispersant_is_not_allowed_the_order_is_refused_with_figures(
    figures: dict[str, float], code: str
) -> None:
    on = world(a("dispersant_vessel", "alfa-spray", **figures), LIGHT, STILL)
    found = preview_task(on, "alfa-spray", "spray", AREA)
    assert isinstance(found, Cannot)
    assert found.code == code
    assert "least" in found.params


def test_a_u_is_as_long_as_its_boom() -> None:
    line = np.array(towed_line("u", (0.0, 0.0), (1.0, 0.0), 300.0))
    assert np.hypot(*np.diff(line, axis=0).T).sum() == pytest.approx(300.0, rel=0.02)
    assert math.dist(line[0], line[-1]) == pytest.approx(90.0)
    assert attitude("u", tuple(map(tuple, line.tolist())), 300.0)[1] == (pytest.approx(1.0), pytest.approx(0.0))
    assert line[len(line) // 2][0] == pytest.approx(-sag_of(300.0))


def test_a_pair_tows_its_boom_through_oil_and_keeps_it() -> None:
    pair = a("towed_boom_vessel", "alfa-one"), a("surveillance_vessel", "alfa-two", (-2_900.0, 50.0))
    on = world(*pair, STILL, CALM)
    order = orders(("alfa-one", task("tow_boom", box(-700.0, -200.0, 700.0, 200.0), target="alfa-two")))
    # its partner comes along to where the tow begins
    there = ("alfa-two", task("patrol", degrees((-700.0, -160.0), (-700.0, -161.0))))
    order = Orders(tasks={**order.tasks, there[0]: there[1]})
    most, places = 0.0, []
    for _ in range(240):
        advance(on, order)
        one = vessel(on, "alfa-one")
        assert closed(on) < 1e-12
        if one.boom is not None:
            most = max(most, one.boom.held)
            if one.boom.held > 0.0:
                places.append(attitude("u", one.boom.line, 300.0)[0])
            assert one.boom.held / 800.0 <= 495.0
    assert len(places) > 60
    assert most > 500.0
    steps = [math.dist(p, q) for p, q in pairwise(places)]
    assert max(steps) < 0.75 * 0.7 * 1852 / 3600 * 60.0 + 1.0, "faster than a boom holds"
    two = vessel(on, "alfa-two")
    assert math.dist(two.point, vessel(on, "alfa-one").boom.line[-1]) < 1.0


def test_without_its_partner_a_boom_stays_aboard() -> None:
    pair = a("towed_boom_vessel", "alfa-one"), a("surveillance_vessel", "alfa-two", (9_000.0, 50.0))
    on = world(*pair, STILL, CALM)
    play(on, orders(("alfa-one", task("tow_boom", AREA, target="alfa-two")), ("alfa-two", task("stand_by"))), steps=40)
    assert vessel(on, "alfa-one").boom is None
    assert vessel(on, "alfa-one").reason == "no_partner"
    found = preview_task(on, "alfa-one", "tow_boom", AREA, target="nobody")
    assert isinstance(found, Cannot)
    assert found.code == "no_partner"


def test_a_team_gathers_lights_burns_and_lets_its_boom_cool() -> None:
    on = world(a("burn_team", "alfa-fire"), STILL, CALM, processes=frozenset({"spreading"}))
    order = orders(("alfa-fire", task("burn", box(-600.0, -100.0, 600.0, 100.0))))
    seen = []
    for _ in range(400):
        seen += [h.kind for h in advance(on, order)[1] if h.subject == "alfa-fire"]
        assert closed(on) < 1e-12
        if "fire out" in seen:
            break
    assert seen.index("boom set") < seen.index("fire lit") < seen.index("fire out")
    masses = budget(on.states[0])
    assert masses[Owner.BURNED] == pytest.approx(vessel(on, "alfa-fire").treated, rel=1e-9)
    assert masses[Owner.BURNED] > 1_000.0
    assert masses[Owner.BURN_RESIDUE] == pytest.approx(masses[Owner.BURNED] * 0.05 / 0.95, rel=1e-6)
    assert vessel(on, "alfa-fire").spent == 1.0
    assert vessel(on, "alfa-fire").timer > 3_500.0
    fires = sum(h.kind == "fire lit" for _ in range(30) for h in advance(on, order)[1])
    assert fires == 0, "it cools for an hour"


def oiled_shore(*units) -> World:
    on = open_world(
        (small_sea.site(STILL, CALM, terrain=small_sea.sea(small_sea.shore_east(4)), release=small_sea.at_once(radius=50.0), dt=60.0,
                        particles=2_000, processes=frozenset({"stranding"})),),
        fleet=fleet(*units),
    )  # fmt: skip
    advance(on, Orders())
    state = on.states[0]
    terrain = on.inputs[0].terrain
    k = terrain.segments.x.size // 2
    state.pool.x[:], state.pool.y[:] = terrain.segments.x[k], terrain.segments.y[k]
    state.pool.status[:] = Status.ASHORE
    state.workshop = None
    return on


def test_a_team_cleans_the_shore_until_its_store_is_full() -> None:
    terrain = small_sea.sea(small_sea.shore_east(4))
    k = terrain.segments.x.size // 2
    x, y = float(terrain.segments.x[k]), float(terrain.segments.y[k])
    team = a("shore_team_flushing", "alfa-team", (x - 300.0, y), storage=2.0)
    on = oiled_shore(team)
    ring = box(x - 200.0, y - 200.0, x + 200.0, y + 200.0)
    seen = told(play(on, orders(("alfa-team", task("clean_shore", ring))), steps=400), "alfa-team")
    done = vessel(on, "alfa-team")
    assert "storage full" in seen
    assert done.reason == "storage_full"
    assert 0.995 * 2.0 <= done.fluid <= 2.0
    assert done.waste == pytest.approx(done.fluid)
    assert budget(on.states[0])[Owner.SHORE_CLEANED] == pytest.approx(done.treated, rel=1e-9)
    assert done.treated == pytest.approx(done.fluid / 3.0 * 870.0, rel=0.02)  # three times its volume is waste
    assert closed(on) < 1e-12


def test_no_shore_no_cleaning() -> None:
    on = world(a("shore_team_flushing", "alfa-team"), STILL, CALM)
    found = preview_task(on, "alfa-team", "clean_shore", AREA)
    assert isinstance(found, Cannot)
    assert found.code == "no_shore"


def test_a_snapshot_goes_on_alike_whatever_is_treated() -> None:
    units = (
        a("burn_team", "alfa-fire"),
        a("dispersant_aircraft", "alfa-air", (-2_000.0, 500.0), payload=0.4, **ANYWHERE),
    )
    whole = world(*units, STILL, LIGHT, processes=frozenset({"spreading"}))
    order = orders(
        ("alfa-fire", task("burn", box(-600.0, -100.0, 600.0, 100.0))), ("alfa-air", task("spray", box(-300.0, 200.0, 300.0, 600.0))),
    )  # fmt: skip
    play(whole, order, steps=60)
    copy = restore_world(world(*units, STILL, LIGHT, processes=frozenset({"spreading"})), save_world(whole))
    play(whole, order, steps=60)
    play(copy, order, steps=60)
    assert copy.vessels == whole.vessels
    assert np.array_equal(copy.states[0].pool.x, whole.states[0].pool.x)


def test_a_j_is_as_long_as_its_boom_and_its_pocket_lies_at_the_skimmer() -> None:
    line = np.array(towed_line("j", (0.0, 0.0), (1.0, 0.0), 200.0))
    assert np.hypot(*np.diff(line, axis=0).T).sum() == pytest.approx(200.0, rel=0.02)
    assert line[0][1] > 0.0 > line[-1][1], "the skimmer to port, its partner to starboard"
    assert line[-1][0] > line[0][0] > line[:, 0].min(), "its partner is ahead, the pocket astern"
    shape = shape_of("j", 200.0)
    assert line[0][1] - line[-1][1] == pytest.approx(shape.mouth)
    assert 0.25 * 200.0 < shape.mouth < 0.4 * 200.0  # of the order of ROC's three tenths
    mouth, heading = attitude("j", tuple(map(tuple, line.tolist())), 200.0)
    assert mouth == (pytest.approx(0.0, abs=1e-6), pytest.approx(0.0, abs=1e-6))
    assert heading == (pytest.approx(1.0), pytest.approx(0.0))
    pair = a("j_boom_vessel", "alfa-j"), a("towed_boom_vessel", "alfa-u")
    assert [formation_of(unit) for unit in pair] == ["j", "u"]
    assert capacity_of(pair[0]) < 0.3 * capacity_of(pair[1])


def towed_j(speed: float | None = None, storage: float = 8.0) -> tuple[World, Orders]:
    on = world(a("j_boom_vessel", "alfa-one", storage=storage), a("tug", "alfa-two", (-2_900.0, 50.0)), STILL, CALM)
    parameters = {} if speed is None else {"speed": speed}
    area = box(-700.0, -200.0, 700.0, 200.0)
    there = task("patrol", degrees((-700.0, -160.0), (-700.0, -161.0)))
    return on, orders(("alfa-one", UnitTask("tow_boom", area, 0, 1, "alfa-two", parameters)), ("alfa-two", there))


def test_a_pair_with_a_skimmer_takes_what_gathers_in_its_j_and_comes_again_when_its_tank_was_full() -> None:
    on, order = towed_j()
    reasons, phases = set(), []
    for _ in range(700):
        advance(on, order)
        one = vessel(on, "alfa-one")
        reasons.add(one.reason)
        phases.append(one.phase)
        assert one.fluid <= 8.0 + 1e-9
        assert closed(on) < 1e-12
        if one.landed > 0.0 and one.phase == "working":
            break
    assert "storage_full" in reasons
    assert "offloading" in phases
    assert phases[-1] == "working"
    assert vessel(on, "alfa-one").recovered > 1_000.0
    assert budget(on.states[0])[Owner.RECOVERED] == pytest.approx(vessel(on, "alfa-one").recovered, rel=1e-9)


def test_a_boom_towed_faster_than_it_bears_loses_its_oil() -> None:
    lost = []
    for speed in (0.25, 0.75):  # below the onset of 0.36 m/s, and beyond the 0.62 m/s at which all goes
        on, order = towed_j(speed, storage=2_000.0)
        play(on, order, steps=150)
        lost.append(vessel(on, "alfa-one").boom.leaked)
    assert lost[1] > 1_000.0
    assert lost[0] < 0.1 * lost[1]  # a little, where an end swings out


def test_a_partner_without_an_order_comes_by_itself_and_goes_home_after() -> None:
    on = world(a("j_boom_vessel", "alfa-one"), a("tug", "alfa-two", (-2_000.0, 900.0)), STILL, CALM)
    area = box(-700.0, -200.0, 700.0, 200.0)
    berth = vessel(on, "alfa-two").point
    play(on, orders(("alfa-one", task("tow_boom", area, target="alfa-two"))), steps=4)
    assert vessel(on, "alfa-two").reason == "called"
    play(on, orders(("alfa-one", task("tow_boom", area, target="alfa-two"))), steps=120)
    assert vessel(on, "alfa-one").boom is not None
    assert math.dist(vessel(on, "alfa-two").point, vessel(on, "alfa-one").boom.line[-1]) < 1.0
    pair = a("j_boom_vessel", "alfa-one"), a("tug", "alfa-two", (-2_000.0, 900.0))
    again = restore_world(world(*pair, STILL, CALM), save_world(on))
    assert vessel(again, "alfa-two") == vessel(on, "alfa-two")
    elsewhere = box(1_000.0, 600.0, 1_800.0, 900.0)
    play(on, orders(("alfa-one", task("tow_boom", elsewhere, target="alfa-two", version=2))), steps=200)
    assert vessel(on, "alfa-one").boom is not None, "it comes along to the next legs too"
    assert vessel(on, "alfa-one").point[0] > 500.0
    assert math.dist(vessel(on, "alfa-two").point, vessel(on, "alfa-one").boom.line[-1]) < 1.0
    play(on, orders(("alfa-one", task("release", version=3))), steps=180)
    two = vessel(on, "alfa-two")
    assert (two.phase, two.reason) == ("berthed", "released")
    assert math.dist(two.point, berth) < 1.0


def test_a_partner_with_an_order_of_its_own_keeps_to_it() -> None:
    on = world(a("j_boom_vessel", "alfa-one"), a("tug", "alfa-two", (-2_000.0, 900.0)), STILL, CALM)
    away = task("patrol", degrees((-4_000.0, 2_000.0), (-4_000.0, 2_500.0)))
    area = box(-700.0, -200.0, 700.0, 200.0)
    play(on, orders(("alfa-one", task("tow_boom", area, target="alfa-two")), ("alfa-two", away)), steps=120)
    assert vessel(on, "alfa-one").reason == "no_partner"
    assert vessel(on, "alfa-two").point[0] < -3_900.0


def test_who_tows_a_boom_steers_for_the_oil_in_a_wide_area() -> None:
    """A slick of 600 m in an area of 6 x 4 km: lane by lane it would take a day."""
    wide = box(-3_000.0, -2_000.0, 3_000.0, 2_000.0)
    on = world(a("j_boom_vessel", "alfa-one", pump=0.001), a("tug", "alfa-two", (-2_900.0, 50.0)), STILL, CALM)
    play(on, orders(("alfa-one", task("tow_boom", wide, target="alfa-two"))), steps=150)
    assert vessel(on, "alfa-one").boom.held > 300.0
    fire = world(a("burn_team", "alfa-fire"), STILL, CALM, processes=frozenset({"spreading"}))
    seen = [h.kind for h in play(fire, orders(("alfa-fire", task("burn", wide))), steps=400)]
    assert "fire lit" in seen
    assert budget(fire.states[0])[Owner.BURNED] > 1_000.0
