"""Rasters: polygons to cells, distances, ponds."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import LandRaster, find_ponds, measure_shore_distance, project_geometry, rasterise

GRID = Grid(-50.0, -40.0, 1.0, 101, 81)


def test_a_cell_is_inside_where_its_centre_is() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        angle = np.sort(rng.uniform(0.0, 2.0 * np.pi, 30))
        radius = rng.uniform(5.0, 70.0, 30)  # reaches beyond the grid
        outer = shapely.Polygon(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1))
        shape = shapely.difference(outer, shapely.box(-3.2, -2.1, 4.4, 1.3))
        x, y = np.meshgrid(GRID.x, GRID.y)
        assert np.array_equal(rasterise(shape, GRID), shapely.contains_xy(shape, x, y))


def test_polygons_that_share_an_edge_leave_no_gap_and_no_overlap() -> None:
    left, right = shapely.box(-60.0, -60.0, 0.3, 60.0), shapely.box(0.3, -60.0, 60.0, 60.0)
    both = rasterise(left, GRID).astype(int) + rasterise(right, GRID)
    assert np.all(both == 1)


def test_nothing_to_rasterise_is_no_cell() -> None:
    assert not rasterise(shapely.MultiPolygon(), GRID).any()
    assert not rasterise(shapely.box(500.0, 0.0, 600.0, 10.0), GRID).any()


def test_a_large_coast_takes_well_under_a_second() -> None:
    angle = np.linspace(0.0, 2.0 * np.pi, 50_000, endpoint=False)
    radius = 2e5 * (1.0 + 0.1 * np.sin(400.0 * angle))
    shape = shapely.Polygon(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1))
    grid = Grid(-2.5e5, -2.5e5, 500.0, 1000, 1000)
    start = time.perf_counter()
    inside = rasterise(shape, grid)
    assert time.perf_counter() - start < 1.0
    assert inside.sum() * 500.0**2 == pytest.approx(shape.area, rel=1e-3)


def test_long_edges_are_bent_as_parallels_are() -> None:
    plane = SitePlane(50.0, 60.0)
    shape = project_geometry(shapely.box(45.0, 58.0, 55.0, 62.0), plane)
    _, middle = plane.to_plane(50.0, 62.0)
    assert shape.bounds[3] > float(middle) + 1000.0  # the corners lie further up than the middle of the edge
    assert shape.intersects(shapely.Point(0.0, float(middle) - 10.0))
    assert not shape.intersects(shapely.Point(0.0, float(middle) + 10.0))


def test_the_distance_to_a_straight_shore_is_that_to_the_edge() -> None:
    land = np.zeros((5, 9), np.bool_)
    land[:, :4] = True
    distance = measure_shore_distance(land, 100.0)
    assert list(distance[2]) == [-350.0, -250.0, -150.0, -50.0, 50.0, 150.0, 250.0, 350.0, 450.0]


def test_without_a_shore_it_is_endlessly_far() -> None:
    assert np.all(measure_shore_distance(np.zeros((3, 3), np.bool_), 10.0) == np.inf)
    assert np.all(measure_shore_distance(np.ones((3, 3), np.bool_), 10.0) == -np.inf)


def test_a_pond_is_cut_off_and_a_bay_at_the_rim_is_not() -> None:
    water = np.zeros((12, 12), np.bool_)
    water[1:8, 1:8] = True  # the sea
    water[10, 10] = True  # touches nothing: a pond
    water[10, 0:3] = True  # runs out of the area
    water[8, 8] = True  # touches the sea by a corner only
    ponds = find_ponds(water, np.zeros_like(water))
    assert list(zip(*np.nonzero(ponds), strict=True)) == [(8, 8), (10, 10)]


def test_a_fine_raster_is_sampled_by_its_nearest_cell_on_any_turn() -> None:
    land = np.array([[True, False], [False, True]])
    raster = LandRaster(179.9, 70.0, 0.2, 0.1, land)
    longitude = np.array([179.95, -179.95, 180.06, 179.9])
    latitude = np.array([70.0, 70.0, 70.1, 70.09])
    assert list(raster.sample(longitude, latitude)) == [True, False, True, False]
