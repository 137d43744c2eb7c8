"""Beds of basins, nests and their rims."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from khazri.geo.bathymetry import ConstantDepth, ElevationGrid
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.sea.basin import DEEP_DRAG, PLAIN, REEDS, BasinError, lay_out, nest, river_source, roughness
from khazri.sea.rivers import River

PLANE = SitePlane(50.0, 45.0)
GRID = Grid(-100e3, -60e3, 5e3, 41, 25)
NORTHERN_LAND = shapely.box(40.0, 45.3, 60.0, 50.0)


def sloping(level: float = 0.0, sign: float = 1.0) -> ElevationGrid:
    """Dry at 45.5 N, 50 m deep at 44 N."""
    latitude = np.linspace(43.5, 46.5, 61)
    elevation = np.repeat((level + sign * (latitude - 45.2) * 40.0)[:, None], 21, axis=1)
    return ElevationGrid(np.linspace(46.0, 54.0, 21), latitude, elevation, "a slope")


def test_drawn_land_is_a_wall_and_high_beds_are_flats() -> None:
    basin = lay_out(PLANE, GRID, land=NORTHERN_LAND, depths=sloping(), level=0.0)
    assert basin.bed.wall[-1].all()
    assert not basin.bed.wall[0].any()
    flats = basin.active & (basin.bed.height > basin.level)
    assert flats.any()
    assert float(basin.bed.height[basin.active].min()) == pytest.approx((44.46 - 45.2) * 40.0, abs=0.5)


def test_depths_of_the_wrong_sign_are_said() -> None:
    with pytest.raises(BasinError, match="no cell lies below the level of 0 m; expected depths positive down"):
        lay_out(
            PLANE, GRID, land=shapely.box(40, 45.1, 60, 50), depths=ConstantDepth(-5.0, 0.0, "upside down"), level=0.0
        )


def test_cells_without_depth_are_counted() -> None:
    hole = sloping()
    hole.elevation[10:30, 5:15] = np.nan
    with pytest.raises(
        BasinError, match=r"\d+ cells of water have no depth, \d+ of them at the edge of the basin .*; expected depths"
    ):
        lay_out(PLANE, GRID, land=NORTHERN_LAND, depths=hole, level=0.0)


def test_only_the_largest_water_is_kept() -> None:
    across = shapely.union(NORTHERN_LAND, shapely.box(50.9, 40.0, 51.0, 50.0))
    basin = lay_out(PLANE, GRID, land=across, depths=ConstantDepth(5.0, 0.0, "flat"), level=0.0)
    assert basin.bed.wall[:, -3:].all()
    assert not basin.bed.wall[0, :10].any()


def test_a_nest_ends_at_its_depth_behind_a_rim_of_given_level() -> None:
    basin = lay_out(PLANE, GRID, land=NORTHERN_LAND, depths=sloping(), level=0.0)
    fine = nest(basin, deepest=20.0)
    held = fine.bed.held
    assert held is not None
    depth = basin.level - basin.bed.height
    assert (depth[fine.active] <= 20.0).all()
    assert held[:, 20].sum() == 2
    assert float((fine.level - fine.bed.height)[held].max()) <= 20.0  # so that its step stays long


def test_reeds_and_deep_water_are_rough() -> None:
    found = roughness(np.array([[1.0, 1.0, 5.0, 700.0]]), np.array([[True, False, True, False]]))[0]
    assert found[:3].tolist() == pytest.approx([REEDS, PLAIN, PLAIN])
    assert 9.81 * float(found[3]) ** 2 / 700.0 ** (1.0 / 3.0) == pytest.approx(DEEP_DRAG, rel=1e-5)


def test_rivers_bring_all_their_water() -> None:
    basin = lay_out(PLANE, GRID, land=NORTHERN_LAND, depths=sloping(), level=0.0)
    river = River("Kigach", ((50.0, 45.3, 0.5), (49.8, 45.3, 0.5)), (100.0,) * 12)
    source = river_source(basin, (river,), 3.0)
    assert float(source.sum(dtype=float)) * GRID.spacing**2 == pytest.approx(100.0, rel=1e-5)
    assert not source[~basin.active].any()
