"""What control sees of the sea, and what a station tells everybody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea

from khazri.engine import Field
from khazri.geo.grid import Grid
from khazri.geo.terrain import WATER
from khazri.simulation.place import Place
from khazri.simulation.seascape import DRY_HERE, MOST_CELLS, WATER_HERE, gauges_of, sampled, seascape_of, station_of

CELLS, SPACING = small_sea.CELLS, small_sea.SPACING


def bar(depth: float = 0.5):
    """Eight metres of water with a shoal of 4 x 4 km about (10 km, 0)."""
    terrain = small_sea.sea()
    bed = terrain.depth.copy()
    middle = CELLS // 2
    bed[middle - 4 : middle + 4, middle + 16 : middle + 24] = depth
    return replace(terrain, depth=np.maximum(bed, 0.0), surface=np.where(bed > 0.0, WATER, 1).astype(np.uint8), bed=bed)


def level(value: float) -> Field:
    return Field(
        "level", Grid(0.0, 0.0, 1e6, 1, 1), np.zeros(1), np.full((1, 1, 1, 1), value, np.float32), "test level"
    )


def test_a_low_sea_lays_the_shoal_dry_and_a_high_one_floods_a_flat() -> None:
    low = seascape_of(small_sea.site(level(-1.0), terrain=bar()), (), 0.0)
    assert int(low.dried.sum()) == 64
    assert not low.flooded.any()
    assert (low.water == DRY_HERE).sum() > 0
    assert np.isnan(low.level[low.water == DRY_HERE]).all()
    high = seascape_of(small_sea.site(level(1.0), terrain=bar(-0.5)), (), 0.0)
    assert int(high.flooded.sum()) == 64
    assert (high.water == WATER_HERE).all()
    np.testing.assert_allclose(high.level, 1.0)


def test_the_picture_has_a_bounded_number_of_cells() -> None:
    sea = seascape_of(small_sea.site(), (), 0.0)
    assert 0.6 * MOST_CELLS < sea.water.size <= MOST_CELLS
    assert not sea.moves


def test_currents_point_to_true_east_and_north() -> None:
    sea = seascape_of(small_sea.site(small_sea.constant("current", 0.3, 0.0)), (), 0.0)
    np.testing.assert_allclose(np.hypot(sea.east, sea.north), 0.3, rtol=1e-5)
    middle = tuple(n // 2 for n in sea.grid.shape)
    assert sea.east[middle] == pytest.approx(0.3, rel=1e-4)  # the plane's axes are true ones at its centre


def test_a_gauge_that_lies_dry_tells_nothing() -> None:
    places = (
        Place("shoal", "test", np.array([[10_000.0, 0.0]]), 100.0), Place("deep", "test", np.array([[0.0, 0.0]]), 100.0),
        Place("elsewhere", "other", np.array([[0.0, 0.0]]), 100.0),
    )  # fmt: skip
    inputs = small_sea.site(level(-1.0), terrain=bar())
    assert gauges_of(inputs, places, 0.0) == {"shoal": None, "deep": pytest.approx(-1.0)}
    assert gauges_of(small_sea.site(terrain=bar()), places, 0.0) == {}


def test_the_station_of_a_site_is_where_its_oil_comes_from() -> None:
    inputs = small_sea.site(release=small_sea.at_once(vertices=np.array([[1_500.0, -500.0]])))
    assert station_of(inputs) == (1_500.0, -500.0)
    west, south, east, north = inputs.terrain.grid.bounds
    assert station_of(replace(inputs, releases=())) == (0.5 * (west + east), 0.5 * (south + north))


def test_waves_are_lower_where_the_sea_is_low() -> None:
    gale = small_sea.constant("wind", 15.0, 0.0)
    high, low = (seascape_of(small_sea.site(gale, level(each), terrain=bar()), (), 0.0) for each in (0.0, -6.0))
    assert np.nanmax(low.wave_height) < 0.7 * np.nanmax(high.wave_height)
    assert np.isnan(low.wave_height[low.water != WATER_HERE]).all()


def test_fields_are_read_between_their_cells_and_moments() -> None:
    values = np.array([[[0.0, 2.0]], [[4.0, 6.0]]], np.float32).reshape(2, 1, 2, 1)
    field = Field("level", Grid(0.0, 0.0, 10.0, 2, 1), np.array([0.0, 100.0]), values, "")
    found = sampled(field, np.array([5.0, -99.0]), np.array([0.0, 7.0]), 50.0)[:, 0]
    assert found.tolist() == pytest.approx([3.0, 2.0])
