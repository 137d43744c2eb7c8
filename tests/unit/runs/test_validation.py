"""Drifters against the model: cases whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import small_sea

from khazri.inputs.tracks import ObservedTrack
from khazri.report.validation import rows_by_lead, write_validation
from khazri.report.values import LANGUAGES
from khazri.runs.refusal import RunRefused
from khazri.runs.validation import HALF, inside_half_ellipse, least_squares, skill_of, starts_of, validate

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

BEGIN = 1_000_000.0
HOURS = np.arange(0.0, 40.0 * 3600.0, 1800.0)


def inputs(*, wind: float = 8.0, current: float = 0.2):
    return small_sea.site(
        small_sea.constant("wind", wind, 0.0), small_sea.constant("current", 0.0, current), dt=900.0,
        processes=frozenset({"wind_drift", "diffusion"}),
    )  # fmt: skip


def track(x, y, ident: str = "a") -> ObservedTrack:
    lon, lat = small_sea.sea().plane.to_geographic(np.broadcast_to(x, HOURS.shape), np.broadcast_to(y, HOURS.shape))
    return ObservedTrack(ident, BEGIN + HOURS, np.asarray(lon), np.asarray(lat))


def test_a_perfect_drift_has_skill_one_and_one_that_stays_has_none() -> None:
    way = np.column_stack([np.linspace(0.0, 10_000.0, 25), np.zeros(25)])
    assert skill_of(way, way) == 1.0
    assert skill_of(np.zeros((25, 2)), way) == 0.0
    assert skill_of(way, np.zeros((25, 2))) == 0.0


def test_the_skill_of_a_steady_error_of_speed_is_one_less_its_share() -> None:
    # separation at i is e i, the length covered l i: the sums stand as e to l
    way = np.column_stack([np.arange(25) * 1_000.0, np.zeros(25)])
    assert skill_of(0.8 * way, way) == pytest.approx(0.8)
    assert skill_of(1.3 * way, way) == pytest.approx(0.7)


def test_half_of_a_normal_ensemble_lies_within_its_half_ellipse() -> None:
    rng = np.random.default_rng(3)
    cloud = rng.normal(size=(20_000, 2)) @ np.array([[3.0, 0.0], [1.0, 0.5]])
    inside = np.mean([inside_half_ellipse(cloud, place) for place in cloud[:2_000]])
    assert inside == pytest.approx(0.5, abs=0.03)
    assert pytest.approx(1.3863, abs=1e-4) == HALF


def test_the_wind_factor_that_moved_the_drifters_is_found() -> None:
    speed, turn = 0.02 * 8.0, -math.radians(25.0) * math.exp(-1e-8 * 8.0**3 / (1.0e-6 * 9.81))
    moved = [track(-20_000.0 + speed * math.cos(turn) * HOURS, -15_000.0 + (0.2 + speed * math.sin(turn)) * HOURS)]
    found = validate(
        moved, inputs(), begin=BEGIN, duration=36 * 3600.0, every=4 * 3600.0, horizon=12 * 3600.0, members=20
    )
    assert found.best_factor == pytest.approx(0.02)
    assert found.skill.mean() > 0.95
    assert found.given_factor == 0.03
    assert found.by_factor[0] > found.by_factor[4] < found.by_factor[-1]
    assert found.least_squares_factor == pytest.approx(0.02, abs=3e-4)
    assert found.given_skill.mean() < found.skill.mean()
    assert (found.given_separation[:, -1] > found.separation[:, -1]).all()
    assert any("fitted to these very tracks" in note for note in found.notes)
    assert found.separation[:, 0] == pytest.approx(0.0, abs=1e-6)


def test_a_model_without_wind_and_current_stays_where_it_was_and_says_how_far_off_it_is() -> None:
    moved = [track(0.1 * HOURS, 0.0)]
    still = inputs(wind=0.0, current=0.0)
    found = validate(moved, still, begin=BEGIN, duration=36 * 3600.0, every=12 * 3600.0, horizon=6 * 3600.0, members=20)
    assert found.separation[:, -1] == pytest.approx(0.1 * 6 * 3600.0, rel=2e-3)
    assert found.skill.max() == 0.0


def test_starts_lie_within_the_site_the_time_and_the_fixes() -> None:
    sea = inputs()
    inside = track(np.linspace(0.0, 5_000.0, HOURS.size), 0.0)
    beyond = track(np.linspace(0.0, 500_000.0, HOURS.size), 0.0, "b")
    holes = ObservedTrack("c", inside.times[[0, -1]], inside.longitude[[0, -1]], inside.latitude[[0, -1]])
    starts, passed = starts_of(
        (inside, beyond, holes), sea, begin=BEGIN, duration=36 * 3600.0, every=6 * 3600.0, horizon=6 * 3600.0
    )
    assert {start.track for start in starts} == {"a"}
    assert [start.time for start in starts] == [0.0, 21_600.0, 43_200.0, 64_800.0, 86_400.0, 108_000.0]
    assert passed == {"track b: leaves the site": 6, "track c: fixes more than 3 h apart": 6}


def test_tracks_that_never_meet_the_pack_are_refused() -> None:
    with pytest.raises(RunRefused, match="tracks and a pack that meet"):
        validate([track(0.0, 0.0)], inputs(), begin=BEGIN + 1e9, duration=3600.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_says_exercise_and_has_every_lead(tmp_path, language) -> None:
    found = validate(
        [track(0.1 * HOURS, 0.05 * HOURS)], inputs(), begin=BEGIN, duration=36 * 3600.0, every=12 * 3600.0, horizon=6 * 3600.0,
        members=10,
    )  # fmt: skip
    paths = write_validation(tmp_path, found, ["a note"], language=language)
    assert [path.suffix for path in paths] == [".json", ".csv", ".png", ".html"]
    assert "EXERCISE" in paths[3].read_text("utf-8")
    assert "a note" in paths[0].read_text("utf-8")
    assert [row["lead_h"] for row in rows_by_lead(found)] == [1, 3, 6]


def test_least_squares_finds_the_factor_between_those_tried_and_holds_at_the_ends() -> None:
    factors = np.array([0.0, 0.01, 0.02])
    places = np.array([[0.0, 0.0], [100.0, 10.0], [260.0, 30.0]])[:, None]
    assert least_squares(factors, places, np.array([[40.0, 4.0]])) == pytest.approx(0.004)
    assert least_squares(factors, places, np.array([[180.0, 20.0]])) == pytest.approx(0.015)
    assert least_squares(factors, places, np.array([[900.0, 90.0]])) == pytest.approx(0.02)
    assert least_squares(factors, places, np.array([[-50.0, -5.0]])) == 0.0


def test_drifts_that_the_model_takes_out_of_the_site_are_passed_over_and_said() -> None:
    still = np.zeros(HOURS.size)
    near, far = track(27_000.0 + still, 0.0, "near"), track(-20_000.0 + still, 0.0, "far")
    blown = inputs(wind=20.0, current=0.0)
    found = validate(
        [near, far], blown, begin=BEGIN, duration=36 * 3600.0, every=12 * 3600.0, horizon=6 * 3600.0, members=12
    )
    assert {start.track for start in found.starts} == {"far"}
    assert "3 drifts passed over: the model takes them out of the site before the end" in found.notes
    assert np.isfinite(found.by_factor).all()
    with pytest.raises(RunRefused, match="a wider site or fewer hours"):
        validate([near], blown, begin=BEGIN, duration=36 * 3600.0, every=12 * 3600.0, horizon=6 * 3600.0, members=12)
