"""What crews see of the oil: near enough to act on, never the truth, the same whenever it is asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
import small_sea
from small_fleet import skimmer

from khazri.engine import start
from khazri.response import Vessel
from khazri.response.looking import CELL, EVERY, Look, code_of, is_due, look_around, report
from khazri.response.sensors import LEAST_SHEEN, Gaze
from khazri.response.vessel import Phase

UNIT = skimmer(sight=3_000.0)


def spill(radius: float = 300.0, particles: int = 4_000, tonnes: float = 100.0):
    release = small_sea.at_once(radius=radius, mass=tonnes * 1e3)
    return start(small_sea.site(release=release, particles=particles, dt=60.0), 0)


def look(state, x: float = 1_000.0, *, visibility: float = 1e9, seed: int = 7, unit=UNIT) -> Look:
    gaze = Gaze("eye", 0.0, min(unit.sight, visibility), LEAST_SHEEN)
    return look_around(unit, Vessel(unit.ident, x, 0.0, phase="working"), state, gaze=gaze, seed=seed)


def seen(state, x: float = 1_000.0, *, visibility: float = 1e9, seed: int = 7, unit=UNIT):
    made_out = look(state, x, visibility=visibility, seed=seed, unit=unit)
    return report(made_out, unit, Vessel(unit.ident, x, 0.0, phase="working"), state, seed=seed)


def test_codes_are_the_bonn_agreements() -> None:
    films = [0.03e-6, 0.1e-6, 1e-6, 20e-6, 100e-6, 1e-3]
    assert [code_of(film) for film in films] == [0, 1, 2, 3, 4, 5]


def test_a_crew_outlines_the_slick_that_it_sees_but_not_exactly() -> None:
    state = spill()
    patch = seen(state)[-1]
    truth = shapely.Point(0.0, 0.0).buffer(300.0)
    drawn = shapely.Polygon(patch.ring)
    assert drawn.intersects(truth)
    assert 0.3 < drawn.area / truth.area < 4.0
    assert drawn.area != pytest.approx(truth.area, rel=1e-3)
    assert patch.code in (4, 5)  # 100 t over 0.28 km2 are 400 micrometres, give or take a factor of two


def test_errors_differ_between_units_steps_and_seeds_and_are_the_same_again() -> None:
    state = spill()
    first = seen(state)
    assert seen(state) == first
    assert seen(state, seed=8) != first
    assert seen(state, unit=skimmer("bravo-skimmer")) != first
    state.step += 10
    assert seen(state) != first


def test_areas_are_misjudged_by_a_factor_of_about_two() -> None:
    state = spill()
    areas = []
    for step in range(60):
        state.step = step
        areas.append(shapely.Polygon(seen(state)[0].ring).area)
    assert 1.4 < np.exp(np.log(areas).std()) < 2.2
    assert max(areas) / min(areas) < 8.1


def test_poor_visibility_shortens_sight_and_clear_weather_does_not_lengthen_it() -> None:
    state = spill()
    assert seen(state, x=2_500.0)
    assert not seen(state, x=2_500.0, visibility=1_000.0)
    assert not seen(state, x=3_500.0, visibility=50_000.0)


def test_the_judgement_does_not_hang_on_the_number_of_particles() -> None:
    few, many = spill(particles=2_000), spill(particles=20_000)
    assert float(look(few).films.sum()) == pytest.approx(float(look(many).films.sum()), rel=0.01)
    assert seen(few)[-1].code == seen(many)[-1].code


def test_what_is_not_at_the_surface_is_not_seen() -> None:
    state = spill()
    state.pool.status[: state.living] = 3  # submerged
    assert seen(state) == ()


def test_two_slicks_are_two_patches() -> None:
    state = spill(radius=200.0)
    state.pool.x[: state.living : 2] += 1_500.0
    assert len([patch for patch in seen(state) if patch.code >= 4]) == 2


@pytest.mark.parametrize(
    ("phase", "looked", "due"),
    [
        ("berthed", -1.0, False),
        ("mobilising", -1.0, False),
        ("to_task", -1.0, True),
        ("working", 3_500.0, False),
        ("working", 3_000.0, True),
    ],
)
def test_units_under_way_look_every_ten_minutes(phase: Phase, looked: float, due: bool) -> None:
    vessel = replace(Vessel("a", 0.0, 0.0), phase=phase, looked=looked)
    assert is_due(vessel, 3_000.0 + EVERY) is due
    assert UNIT.sight > CELL
