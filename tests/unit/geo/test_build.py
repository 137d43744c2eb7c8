"""The terrain of a made-up bay: everything that `engine` reads is there and agrees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from khazri.geo.bathymetry import ConstantDepth, DepthError, ElevationGrid
from khazri.geo.build import ShoreSetting, TerrainError, build_terrain, land_boxes, plane_about
from khazri.geo.shoreline import ShoreKind
from khazri.geo.terrain import LAND, OUTSIDE, WATER, ShoreType, Terrain

AREA = shapely.box(49.5, 44.8, 50.5, 45.2)
COAST = shapely.box(48.0, 44.0, 49.8, 46.0)  # land in the west
PLANE = plane_about(AREA)


def build(**changes: Any) -> Terrain:
    settings: dict[str, Any] = {
        "resolution": 500.0,
        "level": 0.0,
        "land": COAST,
        "depths": ConstantDepth(10.0, 0.0, "declared"),
        **changes,
    }
    return build_terrain(settings.pop("plane", PLANE), settings.pop("area", AREA), **settings)


def test_land_water_and_outside_are_where_they_were_drawn() -> None:
    terrain = build()
    x, y = np.meshgrid(terrain.grid.x, terrain.grid.y)
    lon, lat = terrain.plane.to_geographic(x, y)
    clear = np.abs(lon - 49.8) > 0.01
    inside = (lon > 49.51) & (lon < 50.49) & (lat > 44.81) & (lat < 45.19)
    assert np.all(terrain.surface[inside & clear & (lon < 49.8)] == LAND)
    assert np.all(terrain.surface[inside & clear & (lon > 49.8)] == WATER)
    assert np.all(terrain.surface[(lon < 49.49) | (lon > 50.51) | (lat < 44.79) | (lat > 45.21)] == OUTSIDE)
    assert terrain.surface[0].min() == OUTSIDE
    assert terrain.surface[:, -1].min() == OUTSIDE


def test_the_rasters_agree_with_one_another() -> None:
    terrain = build()
    assert terrain.depth.shape == terrain.segment.shape == terrain.shore_distance.shape == terrain.grid.shape
    assert np.all((terrain.depth > 0.0) == (terrain.surface == WATER))
    assert np.all((terrain.shore_distance < 0.0) == (terrain.surface == LAND))
    assert terrain.fetch.shape == (16, *terrain.fetch_grid.shape)
    x_min, y_min, x_max, y_max = terrain.grid.bounds
    left, bottom, right, top = terrain.fetch_grid.bounds
    assert left <= x_min
    assert bottom <= y_min
    assert right >= x_max
    assert top >= y_max
    assert float(terrain.segments.length.sum()) == pytest.approx(44_450.0, rel=0.03)  # 0.4 degrees of a meridian


def test_a_polygon_area_leaves_the_rest_outside() -> None:
    terrain = build(area=shapely.Polygon([(49.5, 44.8), (50.5, 44.8), (50.5, 45.2)]))
    x, y = terrain.plane.to_plane([50.4, 49.6], [44.9, 45.15])
    grid = terrain.grid
    rows, columns = np.rint((y - grid.y0) / grid.spacing).astype(int), np.rint((x - grid.x0) / grid.spacing).astype(int)
    assert terrain.surface[rows, columns].tolist() == [WATER, OUTSIDE]


def test_a_falling_level_dries_the_shallows_and_a_note_says_how_much() -> None:
    lon, lat = np.array([49.0, 49.8, 51.0]), np.array([44.0, 46.0])
    slope = ElevationGrid(lon, lat, np.tile([0.0, 0.0, -12.0], (2, 1)), "slope")
    high, low = build(depths=slope, level=0.0), build(depths=slope, level=-3.0)
    # The bed falls 10 m a degree from the shore at 49.8 E: at -3 m it is dry to 50.1, which leaves 0.4 of 0.7 degrees.
    assert (low.surface == WATER).sum() == pytest.approx(0.57 * (high.surface == WATER).sum(), rel=0.02)
    assert any("lie dry at this level" in note for note in low.notes)
    assert not any("lie dry" in note for note in high.notes)


def test_a_pond_is_land_and_a_note_says_so() -> None:
    ring = shapely.box(50.0, 44.9, 50.2, 45.1).difference(shapely.box(50.05, 44.95, 50.15, 45.05))
    terrain = build(land=shapely.union_all([COAST, ring]))
    x, y = terrain.plane.to_plane(50.1, 45.0)
    grid = terrain.grid
    assert terrain.surface[round((float(y) - grid.y0) / 500.0), round((float(x) - grid.x0) / 500.0)] == LAND
    assert any("cut off from the sea" in note for note in terrain.notes)


def test_the_shore_setting_reaches_the_segments() -> None:
    reeds = ShoreKind(ShoreType.REEDS_MARSH, shapely.box(49.0, 45.0, 51.0, 46.0))
    terrain = build(shore=ShoreSetting(ShoreType.ROCK, (reeds,), segment_length=1_000.0))
    assert set(terrain.segments.kind.tolist()) == {ShoreType.ROCK, ShoreType.REEDS_MARSH}
    assert float(terrain.segments.length.mean()) == pytest.approx(1_000.0, rel=0.1)


def test_far_land_ends_the_fetch_that_leaves_the_site() -> None:
    island = shapely.box(51.5, 44.0, 52.0, 46.0)  # 1 degree beyond the eastern edge
    terrain = build(far_land=shapely.union_all([COAST, island]))
    x, y = terrain.plane.to_plane(50.4, 45.0)
    grid = terrain.fetch_grid
    row, column = round((float(y) - grid.y0) / grid.spacing), round((float(x) - grid.x0) / grid.spacing)
    assert terrain.fetch[4, row, column] == pytest.approx(86_700.0, abs=6_000.0)  # one coarse cell
    assert terrain.fetch[12, row, column] == pytest.approx(47_300.0, abs=2_000.0)


def test_without_far_land_a_note_says_that_the_sea_is_taken_as_open() -> None:
    assert any("taken as open" in note for note in build().notes)


def test_a_cell_without_a_depth_is_never_filled_silently() -> None:
    west = ElevationGrid(np.array([49.0, 50.0]), np.array([44.0, 46.0]), np.full((2, 2), -9.0), "west half")
    with pytest.raises(DepthError, match="have no depth"):
        build(depths=west)


def test_a_raster_that_is_too_fine_is_refused_with_what_would_fit() -> None:
    wide = shapely.box(46.0, 43.0, 54.0, 47.0)
    with pytest.raises(TerrainError, match=r"million cells .* GiB of memory; expected .* m or coarser"):
        build(plane=plane_about(wide), area=wide, resolution=50.0)
    with pytest.raises(TerrainError, match="expected at least 50 m"):
        build(resolution=20.0)


def test_an_area_without_water_is_refused() -> None:
    with pytest.raises(TerrainError, match="no water"):
        build(land=shapely.box(40.0, 40.0, 60.0, 50.0))


def test_a_site_at_the_pole_and_one_across_the_antimeridian_are_built_alike() -> None:
    for area in (shapely.box(-180.0, 89.0, 180.0, 90.0), shapely.box(179.0, 71.0, 181.0, 71.6)):
        terrain = build(plane=plane_about(area), area=area, land=shapely.MultiPolygon(), resolution=1_000.0)
        share = float((terrain.surface == WATER).mean())
        assert 0.7 < share < 1.0
        assert np.all(np.isinf(terrain.shore_distance))
        assert len(terrain.segments) == 0
    near, far = land_boxes(PLANE, AREA)
    assert far[0] < near[0] < 49.5 < 50.5 < near[2] < far[2]
