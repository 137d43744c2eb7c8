"""A skimming vessel's legs cover its area, stay in it, and lie across the wind."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
import small_sea
from small_fleet import swept, waters

from khazri.response.sweep import sweep_track
from khazri.response.sweeping import over_ground

SQUARE = ((0.0, 0.0), (2_000.0, 0.0), (2_000.0, 1_500.0), (0.0, 1_500.0))
BAY = (
    (0.0, 0.0), (2_000.0, 0.0), (2_000.0, 2_000.0), (1_500.0, 2_000.0),
    (1_500.0, 500.0), (500.0, 500.0), (500.0, 2_000.0), (0.0, 2_000.0),
)  # fmt: skip


@pytest.mark.parametrize("ring", [SQUARE, BAY])
@pytest.mark.parametrize("wind", [(6.0, 0.0), (0.0, 6.0), (3.0, 3.0), (-4.0, 2.0), (0.0, 0.0)])
@pytest.mark.parametrize("near", [(-3_000.0, 0.0), (1_800.0, 1_700.0)])
def test_the_legs_cover_the_area_and_keep_within_it(ring, wind, near) -> None:
    track = sweep_track(waters(), 1.5, ring, swath=30.0, wind=wind, near=near)
    area = shapely.Polygon(ring)
    assert track is not None
    assert swept(track.points, 30.0).intersection(area).area > 0.97 * area.area
    assert shapely.LineString(track.points).difference(area.buffer(1.0)).length == 0.0


def test_the_legs_lie_across_the_wind_and_advance_against_it() -> None:
    wind = (5.0, 2.0)
    track = sweep_track(waters(), 1.5, SQUARE, swath=30.0, wind=wind, near=(2_000.0, 1_500.0))
    assert track is not None
    steps = np.diff(np.array(track.points), axis=0)
    legs = steps[np.hypot(*steps.T) > 100.0]
    assert np.abs(legs @ np.array(wind) / np.hypot(*legs.T)).max() < 1e-6
    upwind = np.array(track.points) @ -np.array(wind)
    assert (np.diff(upwind[::2]) > 0.0).mean() > 0.9


def test_what_is_too_shallow_or_land_is_left_out() -> None:
    over = waters()
    over.terrain.depth[:, 62:] = 0.5
    track = sweep_track(over, 1.5, SQUARE, swath=30.0, wind=(0.0, 5.0), near=(0.0, 0.0))
    assert track is not None
    assert max(x for x, _ in track.points) <= over.grid.x[62] - 0.5 * small_sea.SPACING
    shoal = ((2_000.0, 0.0), (3_000.0, 0.0), (3_000.0, 900.0))
    assert sweep_track(over, 1.5, shoal, swath=30.0, wind=(0.0, 5.0), near=(0.0, 0.0)) is None


def test_an_area_narrower_than_the_swath_is_one_leg() -> None:
    track = sweep_track(
        waters(),
        1.5,
        ((0.0, 0.0), (900.0, 0.0), (900.0, 20.0), (0.0, 20.0)),
        swath=30.0,
        wind=(0.0, 5.0),
        near=(0.0, 0.0),
    )
    assert track is not None
    assert track.length == pytest.approx(900.0, rel=0.05)


def test_speed_is_made_through_the_water() -> None:
    assert over_ground(0.36, (1.0, 0.0), (0.2, 0.0)) == pytest.approx(0.56)
    assert over_ground(0.36, (1.0, 0.0), (-0.2, 0.0)) == pytest.approx(0.16)
    assert over_ground(0.5, (1.0, 0.0), (0.0, 0.3)) == pytest.approx(0.4)
    assert over_ground(0.36, (1.0, 0.0), (-2.0, 0.0)) == pytest.approx(0.036)  # never quite stopped
    assert math.isfinite(over_ground(0.36, (0.0, 1.0), (3.0, 0.0)))
