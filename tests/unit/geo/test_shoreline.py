"""Shore segments: every waterline cell has one, lengths are true, kinds follow the areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from scipy import ndimage

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.shoreline import BAND_WIDTH, ShoreKind, divide_shore
from khazri.geo.terrain import LAND, OUTSIDE, WATER, ShoreType

PLANE = SitePlane(50.0, 45.0)
GRID = Grid(-50_000.0, -50_000.0, 500.0, 201, 201)
X, Y = np.meshgrid(GRID.x, GRID.y)


@pytest.mark.parametrize("radius", [5_000.0, 20_000.0, 40_000.0])
def test_the_length_of_a_round_island_is_its_circumference(radius: float) -> None:
    surface = np.where(np.hypot(X, Y) < radius, LAND, WATER).astype(np.uint8)
    segments, _ = divide_shore(surface, PLANE, GRID)
    assert float(segments.length.sum()) == pytest.approx(
        2.0 * np.pi * radius, rel=0.03
    )  # the plain staircase: 27 % too long


@pytest.mark.parametrize("degrees", [0, 10, 22.5, 30, 45, 63, 90])
def test_a_straight_shore_is_as_long_whichever_way_it_runs(degrees: float) -> None:
    along = np.radians(degrees)
    band = np.abs(X * np.cos(along) + Y * np.sin(along)) < 40_000.0
    side = np.where(Y * np.cos(along) - X * np.sin(along) < 120.0, LAND, WATER)
    surface = np.where(band & (np.hypot(X, Y) < 49_000.0), side, OUTSIDE).astype(np.uint8)
    segments, _ = divide_shore(surface, PLANE, GRID)
    assert float(segments.length.sum()) == pytest.approx(
        80_000.0, rel=0.04
    )  # ends: up to two cells each; smoothing: 2 %


def test_segments_are_of_nearly_one_length() -> None:
    surface = np.where(np.hypot(X, Y) < 30_000.0, LAND, WATER).astype(np.uint8)
    segments, _ = divide_shore(surface, PLANE, GRID, length=1_500.0)
    assert segments.length.min() > 1_300.0
    assert segments.length.max() < 1_700.0


def test_every_cell_at_the_waterline_belongs_to_a_segment_and_no_other_does() -> None:
    rng = np.random.default_rng(3)
    blobs = ndimage.gaussian_filter(rng.normal(size=GRID.shape), 3.0) > 0.02
    surface = np.where(blobs, LAND, WATER).astype(np.uint8)
    surface[:10] = OUTSIDE
    segments, segment = divide_shore(surface, PLANE, GRID)
    around = np.ones((3, 3), np.bool_)
    wanted = (surface == LAND) & ndimage.binary_dilation(surface == WATER, around)
    wanted |= (surface == WATER) & ndimage.binary_dilation(surface == LAND, around)
    assert np.array_equal(segment >= 0, wanted)
    assert segment.max() < len(segments)
    assert set(np.unique(segment[segment >= 0])) == set(range(len(segments)))


def test_a_cell_lies_beside_its_own_segment() -> None:
    surface = np.where(np.hypot(X, Y) < 30_000.0, LAND, WATER).astype(np.uint8)
    segments, segment = divide_shore(surface, PLANE, GRID)
    rows, columns = np.nonzero(segment >= 0)
    owner = segment[rows, columns]
    assert np.hypot(GRID.x[columns] - segments.x[owner], GRID.y[rows] - segments.y[owner]).max() < 1_800.0


def test_kinds_follow_the_areas_and_a_later_one_stands() -> None:
    surface = np.where(np.hypot(X, Y) < 30_000.0, LAND, WATER).astype(np.uint8)
    kinds = [
        ShoreKind(ShoreType.REEDS_MARSH, shapely.box(50.0, 44.0, 52.0, 46.0)),
        ShoreKind(ShoreType.ROCK, shapely.box(50.0, 45.0, 52.0, 46.0)),
    ]
    segments, _ = divide_shore(surface, PLANE, GRID, default=ShoreType.SAND, kinds=kinds)
    expected = np.where(
        segments.x < 0.0, ShoreType.SAND, np.where(segments.y > 0.0, ShoreType.ROCK, ShoreType.REEDS_MARSH)
    )
    clear = (np.abs(segments.x) > 100.0) & (np.abs(segments.y) > 100.0)
    assert np.array_equal(segments.kind[clear], expected[clear])
    assert np.allclose(segments.width, [BAND_WIDTH[ShoreType(kind)] for kind in segments.kind])


def test_a_single_cell_of_land_has_a_shore_too() -> None:
    surface = np.full(GRID.shape, WATER, np.uint8)
    surface[100, 100] = LAND
    segments, segment = divide_shore(surface, PLANE, GRID)
    assert len(segments) == 1
    assert segment[100, 100] == 0
    assert 1_000.0 < float(segments.length[0]) < 2_000.0


def test_the_open_sea_has_no_shore() -> None:
    segments, segment = divide_shore(np.full((20, 20), WATER, np.uint8), PLANE, Grid(0.0, 0.0, 500.0, 20, 20))
    assert len(segments) == 0
    assert np.all(segment == -1)
