"""Fetch: open water upwind."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.geo.fetch import LONGEST_FETCH, coarsen, measure_fetch
from khazri.geo.grid import Grid

GRID = Grid(0.0, 0.0, 1_000.0, 101, 101)


def test_beside_a_straight_shore_the_fetch_grows_with_the_distance() -> None:
    water = np.ones(GRID.shape, np.bool_)
    water[:, :20] = False  # land to the west
    fetch = measure_fetch(water, GRID)
    west = 12  # sectors run clockwise from +y: 0 north, 4 east, 8 south, 12 west
    assert fetch[west, 50, 60] == pytest.approx(41_000.0, abs=1_500.0)
    assert np.all(fetch[4, :, 20:] == LONGEST_FETCH)


def test_the_sector_is_where_the_wind_comes_from() -> None:
    water = np.ones(GRID.shape, np.bool_)
    water[90:, :] = False  # land at +y
    fetch = measure_fetch(water, GRID)
    assert fetch[0, 50, 50] == pytest.approx(40_000.0, abs=1_500.0)
    assert fetch[8, 50, 50] == LONGEST_FETCH


def test_in_a_round_basin_every_sector_is_a_radius() -> None:
    x, y = np.meshgrid(GRID.x, GRID.y)
    water = np.hypot(x - 50_000.0, y - 50_000.0) < 40_000.0
    assert measure_fetch(water, GRID)[:, 50, 50] == pytest.approx(
        40_000.0, abs=2_000.0
    )  # rays are good to a cell or two


def test_an_obstacle_counts_from_its_near_side() -> None:
    water = np.ones(GRID.shape, np.bool_)
    water[:, 70:72] = False
    fetch = measure_fetch(water, GRID)
    assert fetch[4, 50, 40] == pytest.approx(30_000.0, abs=1_500.0)
    assert fetch[4, 50, 80] == LONGEST_FETCH


def test_land_takes_the_values_of_the_nearest_water() -> None:
    water = np.ones(GRID.shape, np.bool_)
    water[:, :20] = False
    fetch = measure_fetch(water, GRID)
    assert np.array_equal(fetch[:, 50, 5], fetch[:, 50, 20])


def test_a_coarse_cell_is_water_where_half_of_it_is() -> None:
    mask = np.array([[1, 1, 0, 0], [0, 0, 0, 1]], np.bool_)
    assert coarsen(mask, 2).tolist() == [[True, False]]
