"""Which ways are open to a unit: through ice, over land, in heavy seas; and what keeps one from setting out at all."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
import small_sea
from small_fleet import BERTH, box, calm, degrees, fleet, ordered, play, skimmer, world

from khazri.engine import Field
from khazri.geo.terrain import LAND
from khazri.response import Cannot, Preview, Unit, Vessel, preview, unit_of
from khazri.response.acting import Acting, must_return
from khazri.response.planning import plan_route
from khazri.response.routes import Route
from khazri.response.sea import Sea
from khazri.response.stepping import share_of_speed
from khazri.response.waters import Waters
from khazri.simulation import open_world, preview_task

EAST = (9_000.0, -3_000.0)
MIDNIGHT = datetime(2026, 6, 1, 20, 30, tzinfo=UTC)


def ice_belt(concentration: float, *, gap: bool = True, times=(0.0,)) -> Field:
    """Ice between x = -1 and 1 km, but for a gap north of y = 6 km; it is gone at the second of `times`."""

    def at(x, y, t):
        belt = (np.abs(x) < 1_000.0) & ((y < 6_000.0) | (not gap))
        return (np.where(belt & (t == 0.0), concentration, 0.0),)

    return small_sea.gridded("ice_concentration", at, times=times)


def icy(field: Field, time: float = 0.0) -> Sea:
    inputs = small_sea.site(field, dt=60.0)
    return Sea(Waters(inputs.terrain, 2.0), inputs, time)


def a(kind: str, at=BERTH, **figures: float) -> Unit:
    return unit_of("alfa-unit", kind, "test", degrees(at)[0], {"mobilisation": 60.0, **figures})


def vessel(unit: Unit, at=BERTH) -> Vessel:
    return Vessel(unit.ident, *at, berth=at, home_from=at)


def test_a_way_goes_round_ice_that_the_unit_does_not_go_through() -> None:
    around = plan_route(icy(ice_belt(0.8)), skimmer(), BERTH, EAST)
    assert isinstance(around, Route)
    assert max(y for _, y in around.track.points) >= 5_500.0  # to within a cell
    through = plan_route(icy(ice_belt(0.8)), a("arctic_bucket", ice_limit=0.9), BERTH, EAST)
    assert isinstance(through, Route)
    assert through.cost > through.track.length  # slower where there is ice


def test_thin_ice_slows_and_closes_nothing() -> None:
    route = plan_route(icy(ice_belt(0.2)), skimmer(), BERTH, EAST)
    assert isinstance(route, Route)
    assert math.dist(BERTH, EAST) < route.cost < 1.1 * math.dist(BERTH, EAST)


def test_where_ice_closes_every_way_the_refusal_says_how_much_and_where() -> None:
    found = plan_route(icy(ice_belt(0.8, gap=False)), skimmer(), BERTH, EAST)
    assert isinstance(found, Cannot)
    assert found.code == "too_much_ice"
    assert found.params["ice"] == pytest.approx(0.8, abs=0.01)
    assert found.params["limit"] == 0.3
    x, _ = icy(ice_belt(0.8)).to_plane(found.params["longitude"], found.params["latitude"])  # type: ignore[arg-type]
    assert abs(x) <= 1_000.0


def test_ice_is_looked_at_anew_every_hour() -> None:
    field = ice_belt(0.8, gap=False, times=(0.0, 7_200.0))
    waters = Waters(small_sea.sea(), 2.0)
    assert not math.isfinite(waters.under_ice(field, 0.0, 0.3).cost_between(1.0, BERTH, EAST))
    assert waters.under_ice(field, 1_800.0, 0.3) is waters.under_ice(field, 3_500.0, 0.3)
    assert math.isfinite(waters.under_ice(field, 7_200.0, 0.3).cost_between(1.0, BERTH, EAST))
    assert len(waters.others) == 1  # what lay there before is let go


def test_an_area_under_ice_is_refused_to_a_skimmer_of_open_water() -> None:
    found = preview(icy(ice_belt(0.8)), skimmer(), vessel(skimmer()), "skim", box(-500.0, -500.0, 500.0, 500.0))
    assert isinstance(found, Cannot)
    assert found.code == "too_much_ice"


def bay() -> np.ndarray:
    """Land in the west, with a bay cut into it from the east at rows 50 to 70."""
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[:, :60] = True
    dry[50:70, 20:60] = False
    return dry


def test_a_lorry_goes_round_the_bay_and_never_into_the_water() -> None:
    waters = Waters(small_sea.sea(bay()), 2.0)
    start, stop = (-4_000.0, -10_000.0), (-4_000.0, 10_000.0)
    route = plan_route(calm(over=waters), a("truck", start), start, stop)
    assert isinstance(route, Route)
    assert route.track.length > 1.5 * math.dist(start, stop)
    for piece in pairwise(route.track.points):
        assert math.isfinite(waters.on_land().cost_between(0.0, *piece))


def test_a_lorry_is_refused_a_place_in_the_water_and_an_amphibian_is_not() -> None:
    sea, at = calm(over=Waters(small_sea.sea(bay()), 2.0)), (-4_000.0, -10_000.0)
    found = plan_route(sea, a("truck", at), at, (20_000.0, 0.0))
    assert isinstance(found, Cannot)
    assert found.code == "not_on_land"
    assert isinstance(plan_route(sea, a("hovercraft", at), at, (20_000.0, 0.0)), Route)
    shore = waters_edge(sea)
    assert isinstance(plan_route(sea, a("truck", at), at, shore), Route)


def waters_edge(sea: Sea) -> tuple[float, float]:
    """The centre of a water cell beside land."""
    surface = sea.waters.terrain.surface
    row, column = 10, int(np.flatnonzero(surface[10] != LAND)[0])
    return float(sea.waters.grid.x[column]), float(sea.waters.grid.y[row])


@pytest.mark.parametrize(("height", "share"), [(0.5, 1.0), (1.5, 1.0), (2.25, 0.75), (6.0, 0.5)])
def test_seas_beyond_its_limit_slow_a_vessel_to_half_its_speed(height: float, share: float) -> None:
    unit = skimmer(wave_limit=1.5)
    conditions = replace(calm().conditions(BERTH), wave_height=height)
    assert share_of_speed(Acting(unit, vessel(unit), calm(), conditions)) == pytest.approx(share)
    plane = a("surveillance_aircraft")
    assert share_of_speed(Acting(plane, vessel(plane), calm(), conditions)) == 1.0


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (small_sea.constant("wind", 18.0, 0.0), "too_windy"),
        (small_sea.constant("visibility", 300.0), "poor_visibility"),
    ],
)
def test_what_flies_is_refused_what_it_would_turn_back_from_and_what_floats_is_told(field: Field, code: str) -> None:
    units = a("surveillance_uav"), skimmer(wind_limit=15.0, visibility_limit=500.0, wave_limit=9.0)
    on = world(*units, field)
    found = preview_task(on, "alfa-unit", "survey", box(-500.0, -500.0, 500.0, 500.0))
    assert isinstance(found, Cannot)
    assert found.code == code
    waits = preview_task(on, "alfa-skimmer", "skim", box(-500.0, -500.0, 500.0, 500.0))
    assert isinstance(waits, Preview)
    assert waits.hindrance == {"too_windy": "wind", "poor_visibility": "visibility"}[code]


def test_aircraft_that_fly_by_day_are_refused_at_night() -> None:
    on = open_world(world().inputs, fleet=fleet(a("surveillance_helicopter", works_at_night=0.0)), start=MIDNIGHT)
    found = preview_task(on, "alfa-unit", "survey", box(-500.0, -500.0, 500.0, 500.0))
    assert isinstance(found, Cannot)
    assert (found.code, found.params) == ("too_dark", {"unit": "alfa-unit"})


def test_a_unit_without_an_engine_is_refused_everything() -> None:
    unit = skimmer()
    found = preview(calm(), unit, replace(vessel(unit), failed="engine"), "stand_by", ())
    assert isinstance(found, Cannot)
    assert (found.code, found.params) == ("disabled", {"unit": "alfa-skimmer"})


def test_a_skimmer_works_its_way_round_the_ice_in_a_run() -> None:
    on = world(skimmer(), ice_belt(0.8), particles=200)
    happened = play(on, ordered(alfa_skimmer=("skim", box(3_000.0, -2_000.0, 5_000.0, 0.0))), steps=110)
    assert "unit arrived" in [each.kind for each in happened]
    assert on.vessels[0].state == "on_task"


@pytest.mark.parametrize(("height", "turns"), [(0.5, False), (3.0, True)])
def test_in_heavy_seas_a_boat_turns_for_home_the_sooner(height: float, turns: bool) -> None:
    unit = skimmer(wave_limit=1.5, endurance=10_000.0)
    there = replace(vessel(unit), phase="working", away=8_000.0, home=1_500.0, home_from=BERTH)
    now = Acting(unit, there, calm(), replace(calm().conditions(BERTH), wave_height=height))
    assert must_return(now) is turns
