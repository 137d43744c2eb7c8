"""What those who are there to look see: by day and by night, through fog, along their way, and what is not oil at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import shapely
import small_sea
from small_fleet import BERTH, box, calm, degrees, ordered, play, skimmer, world

from khazri.engine import start
from khazri.response import Unit, Vessel, unit_of
from khazri.response.lookalikes import SQUARE, lookalikes
from khazri.response.looking import look_around, report_echoes
from khazri.response.sensors import EYE_REACHES, LEAST_INFRARED, Gaze, gazes_of
from khazri.response.watching import Seen
from khazri.simulation import observe_units, restore_world, save_world
from khazri.simulation.units import latest

CLEAR = replace(calm().conditions((0.0, 0.0)), wind=(5.0, 0.0), visibility=20_000.0)
AREA = box(-8_000.0, -8_000.0, 8_000.0, 8_000.0)
NOON, MIDNIGHT = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 20, 30, tzinfo=UTC)


def looker(kind: str, ident: str = "alfa-eye", **figures: float) -> Unit:
    return unit_of(ident, kind, "test", degrees(BERTH)[0], {"mobilisation": 60.0, **figures})


def seen_by(kind: str, *, dark: bool = False, **changes: float) -> dict[str, tuple[float, float]]:
    return {g.sensor: (g.near, g.far) for g in gazes_of(looker(kind), replace(CLEAR, **changes), dark=dark)}


def test_an_aircraft_looks_near_by_and_has_radar_beyond() -> None:
    assert seen_by("surveillance_aircraft") == {"eye": (0.0, EYE_REACHES), "radar": (EYE_REACHES, 20_000.0)}


def test_fog_shortens_the_eyes_reach_and_not_the_radars() -> None:
    assert seen_by("surveillance_aircraft", visibility=2_000.0) == {"eye": (0.0, 2_000.0), "radar": (2_000.0, 20_000.0)}
    assert seen_by("surveillance_uav", visibility=100.0) == {"eye": (0.0, 100.0)}


def test_by_night_infrared_shows_what_is_thick_and_a_crew_a_quarter_of_its_sight() -> None:
    assert seen_by("surveillance_helicopter", dark=True) == {"infrared": (0.0, 1_852.0)}
    gaze = gazes_of(looker("surveillance_helicopter"), CLEAR, dark=True)[0]
    assert gaze.least_film == LEAST_INFRARED
    assert gazes_of(skimmer(), CLEAR, dark=True)[0].far == 0.25 * gazes_of(skimmer(), CLEAR, dark=False)[0].far
    assert seen_by("hovercraft", dark=True) == {"eye": (0.0, 250.0)}


@pytest.mark.parametrize(("wind", "shown"), [(1.0, False), (5.0, True), (15.0, False)])
def test_radar_shows_films_where_the_wind_roughens_the_water(wind: float, shown: bool) -> None:
    found = gazes_of(looker("satellite"), replace(CLEAR, wind=(wind, 0.0)), dark=True)
    assert [gaze.sensor for gaze in found] == (["radar"] if shown else [])


def test_radar_tells_where_oil_is_and_nothing_of_how_thick() -> None:
    state = start(small_sea.site(release=small_sea.at_once(radius=300.0), particles=2_000, dt=60.0), 0)
    unit, vessel = looker("surveillance_aircraft"), Vessel("alfa-eye", 9_000.0, 0.0, phase="working")
    look = look_around(unit, vessel, state, gaze=Gaze("radar", 3_704.0, 20_000.0, 1e-6), seed=1)
    patches = report_echoes(look, unit, vessel, state, seed=1, code=2)
    assert {(patch.code, patch.sensor) for patch in patches} == {(2, "radar")}
    near = look_around(unit, vessel, state, gaze=Gaze("radar", 12_000.0, 20_000.0, 1e-6), seed=1)
    assert not near.sees_oil  # too near for it


def test_a_fast_aircraft_sees_all_along_its_way_between_two_looks() -> None:
    at = world(looker("surveillance_helicopter"), particles=500)
    at.start = NOON
    orders = ordered(alfa_eye=("survey", degrees((-8_000.0, 0.0), (8_000.0, 0.0))))
    happened = play(at, orders, steps=14)  # 16 km at 49 m/s are done between two looks ten minutes apart
    assert "oil sighted" in [each.kind for each in happened]
    assert {each.sensor for each in observe_units(at).sightings} == {"eye"}


def test_what_was_seen_outside_of_what_is_covered_since_stays_and_what_is_gone_inside_goes() -> None:
    at = world(looker("surveillance_helicopter"), particles=500)
    at.start = NOON
    play(at, ordered(alfa_eye=("survey", degrees((-8_000.0, 0.0), (8_000.0, 0.0)))), steps=14)
    known, sea = observe_units(at).sightings, at.sea("test")
    assert known
    elsewhere = Seen((), ((20e3, 20e3), (25e3, 20e3), (25e3, 25e3), (20e3, 20e3)))
    here = Seen((), ((-9e3, -9e3), (9e3, -9e3), (9e3, 9e3), (-9e3, 9e3), (-9e3, -9e3)))
    assert latest(known, at.fleet, sea, {0: elsewhere}, step=20, dt=60.0) == known
    assert latest(known, at.fleet, sea, {0: here}, step=20, dt=60.0) == ()
    assert latest(known, at.fleet, sea, {0: elsewhere}, step=400, dt=60.0) == ()  # too old to stand beside


def test_a_uav_by_night_finds_thick_oil_and_the_path_survives_a_snapshot() -> None:
    def flown(stop: int) -> bytes:
        at = world(looker("surveillance_uav"), particles=500)
        at.start = MIDNIGHT
        orders = ordered(alfa_eye=("patrol", degrees((-2_000.0, 0.0), (2_000.0, 0.0))))
        play(at, orders, steps=stop)
        again = world(looker("surveillance_uav"), particles=500)
        again.start = MIDNIGHT
        restore_world(again, save_world(at))
        play(again, orders, steps=30 - stop)
        assert {each.sensor for each in observe_units(again).sightings} == {"infrared"}
        return save_world(again)

    assert flown(7) == flown(13)


def test_look_alikes_deceive_radar_and_not_a_vessel_that_comes_close() -> None:
    sea, way = calm(), ((-20e3, 0.0), (20e3, 0.0))
    radar, eye = Gaze("radar", 0.0, 20e3, 1e-6), Gaze("eye", 0.0, 20e3, 1e-6)
    plane, boat = looker("surveillance_aircraft"), looker("surveillance_vessel")
    found = {seed: lookalikes(plane, sea, way=way, gaze=radar, site=0, seed=seed) for seed in range(60)}
    per_square = np.mean([len(rings) for rings in found.values()]) / (60e3 * 40e3 / SQUARE**2)
    assert 0.01 < per_square < 0.08
    assert found[3] == lookalikes(plane, sea, way=way, gaze=radar, site=0, seed=3)
    believed = sum(len(lookalikes(plane, sea, way=way, gaze=eye, site=0, seed=seed)) for seed in range(60))
    assert believed < sum(map(len, found.values()))
    assert not any(lookalikes(boat, sea, way=way, gaze=radar, site=0, seed=seed) for seed in range(60))
    assert all(shapely.Polygon(ring).is_valid for rings in found.values() for ring in rings)


def test_look_alikes_come_and_go_with_the_hours() -> None:
    way, gaze, plane = ((-20e3, 0.0), (20e3, 0.0)), Gaze("radar", 0.0, 20e3, 1e-6), looker("surveillance_aircraft")
    rings = [
        lookalikes(plane, replace(calm(), time=hours * 3_600.0), way=way, gaze=gaze, site=0, seed=5)
        for hours in range(0, 240, 6)
    ]
    assert len(set(rings)) > 3
