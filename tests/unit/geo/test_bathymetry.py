"""Depths under the cells: between the soundings, zero at the shore, never invented."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from khazri.geo.bathymetry import (
    ConstantDepth,
    DepthError,
    ElevationGrid,
    Soundings,
    find_depth,
    interpolate_soundings,
    measure_point_shore_distance,
)
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane

PLANE = SitePlane(50.0, 45.0)
GRID = Grid(-60_000.0, -60_000.0, 1_000.0, 121, 121)
FAR = np.full(GRID.shape, 1e6, np.float32)


def soundings(depths: list[float], x: list[float], y: list[float], distance: float = 1e6) -> Soundings:
    lon, lat = PLANE.to_geographic(x, y)
    return Soundings(lon, lat, np.array(depths), np.full(len(depths), distance), -28.0, "test")


CORNERS = ([-80e3, 80e3, 80e3, -80e3, 0.0], [-80e3, -80e3, 80e3, 80e3, 0.0])


def test_equal_soundings_give_a_flat_bed() -> None:
    found = interpolate_soundings(soundings([12.0] * 5, *CORNERS), PLANE, GRID, FAR)
    assert found == pytest.approx(np.full(GRID.shape, 12.0))


def test_there_is_no_overshoot_between_soundings() -> None:
    found = interpolate_soundings(soundings([5.0, 800.0, 3.0, 900.0, 40.0], *CORNERS), PLANE, GRID, FAR)
    assert found.min() >= 3.0
    assert found.max() <= 900.0
    assert found[60, 60] == pytest.approx(40.0, rel=0.3)  # smoothing over a few kilometres


def test_the_bed_rises_to_the_drawn_shore() -> None:
    distance = np.tile(np.maximum(GRID.x, 0.0).astype(np.float32), (GRID.ny, 1))  # shore along x = 0
    found = interpolate_soundings(soundings([20.0] * 5, *CORNERS), PLANE, GRID, distance)
    assert np.all(found[:, GRID.x <= 0.0] == 0.0)
    assert np.all(np.diff(found[60, GRID.x >= 0.0]) > 0.0)
    assert found[60, -1] == pytest.approx(20.0, rel=1e-3)


def test_a_sounding_near_the_shore_holds_where_it_was_taken() -> None:
    near = soundings([8.0] * 5, *CORNERS, distance=4_000.0)
    found = interpolate_soundings(near, PLANE, GRID, np.full(GRID.shape, 4_000.0, np.float32))
    assert found == pytest.approx(np.full(GRID.shape, 8.0))


def test_depth_now_follows_the_level() -> None:
    deep = soundings([12.0] * 5, *CORNERS)
    assert find_depth(deep, PLANE, GRID, level=-29.5, shore_distance=FAR) == pytest.approx(
        np.full(GRID.shape, 10.5), abs=1e-4
    )
    constant = ConstantDepth(30.0, 0.0, "declared")
    assert np.all(find_depth(constant, PLANE, GRID, level=1.0, shore_distance=FAR) == 31.0)


def test_a_grid_is_sampled_between_its_points_and_unknown_beyond_them() -> None:
    lon, lat = np.arange(49.5, 51.01, 0.25), np.arange(44.7, 45.31, 0.1)
    grid = ElevationGrid(lon, lat, -100.0 - 10.0 * (lon - 50.0) + 0.0 * lat[:, None], "test")
    depth = find_depth(grid, PLANE, GRID, level=-28.0, shore_distance=FAR)
    x, y = np.meshgrid(GRID.x, GRID.y)
    at, north = PLANE.to_geographic(x, y)
    inside = (at > 49.5) & (at < 51.0) & (north > 44.7) & (north < 45.3)
    assert np.allclose(depth[inside], -28.0 + 100.0 + 10.0 * (at[inside] - 50.0), atol=1e-3)
    assert np.all(np.isnan(depth[~inside]))


def test_unknown_points_are_not_taken_for_depths() -> None:
    lon, lat = np.arange(48.0, 52.1, 0.5), np.arange(43.0, 47.1, 0.5)
    values = np.full((lat.size, lon.size), -50.0)
    values[:, lon > 50.2] = np.nan
    depth = find_depth(ElevationGrid(lon, lat, values, "test"), PLANE, GRID, level=0.0, shore_distance=FAR)
    known = depth[np.isfinite(depth)]
    assert known == pytest.approx(np.full(known.size, 50.0))
    assert np.isnan(depth[60, -1])


def test_two_soundings_are_no_bathymetry() -> None:
    with pytest.raises(DepthError, match="expected at least 3"):
        interpolate_soundings(soundings([1.0, 2.0], [0.0, 9.0], [0.0, 9.0]), PLANE, GRID, FAR)


def test_the_distance_of_points_from_a_coast_is_in_metres_on_either_side() -> None:
    land = shapely.box(49.0, 44.0, 50.0, 46.0)
    distance = measure_point_shore_distance(np.array([50.5, 49.5]), np.array([45.0, 45.0]), land, PLANE)
    assert distance == pytest.approx(np.full(2, 39_400.0), rel=0.01)
