"""A fine sea inside a coarse one, and the picture of both."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import shapely

from khazri.geo.bathymetry import ElevationGrid
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.sea.basin import Basin, lay_out, nest
from khazri.sea.fields import picture_of, surface_shear
from khazri.sea.nested import run_sea

PLANE = SitePlane(50.0, 45.0)
LAND = shapely.difference(shapely.box(40.0, 40.0, 60.0, 50.0), shapely.box(48.9, 44.0, 51.1, 45.5))
TIMES = np.array([0.0, 43_200.0, 86_400.0])


def slope() -> ElevationGrid:
    latitude = np.linspace(43.0, 46.5, 71)
    elevation = np.repeat(np.interp(latitude, [44.0, 45.0, 45.5], [-60.0, -8.0, -2.0])[:, None], 21, axis=1)
    return ElevationGrid(np.linspace(46.0, 54.0, 21), latitude, elevation, "a slope")


def basin(spacing: float) -> Basin:
    nx, ny = int(220e3 / spacing), int(220e3 / spacing)
    return lay_out(PLANE, Grid(-110e3, -130e3, spacing, nx, ny), land=LAND, depths=slope(), level=0.0)


def southerly(now: float, grid: Grid) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    return np.zeros((1, 1), np.float32), np.full((1, 1), 15.0, np.float32)


def test_the_nest_follows_the_coarse_sea() -> None:
    whole, fine = basin(8e3), nest(basin(4e3))
    coarse, nested = run_sea(whole, fine, southerly, TIMES, spin_up=0.0)
    assert nested is not None
    x, y = (float(each) for each in PLANE.to_plane(50.0, 45.4))
    assert float(nested.at(x, y)[-1]) > 0.1  # piled up on the northern shore
    assert float(nested.at(x, y)[-1]) == pytest.approx(float(coarse.at(x, y)[-1]), rel=0.25)  # another coast


def test_spin_up_is_before_the_start() -> None:
    whole = basin(8e3)
    rested, _ = run_sea(whole, None, southerly, TIMES, spin_up=0.0)
    blown, _ = run_sea(whole, None, southerly, TIMES, spin_up=86_400.0)
    assert not np.nan_to_num(rested.level[0]).any()
    assert np.array_equal(blown.times, TIMES)
    assert float(np.nanmax(blown.level[0])) > 0.1


def test_the_picture_joins_both_and_goes_on_over_land() -> None:
    whole, fine = basin(8e3), nest(basin(4e3))
    coarse, nested = run_sea(whole, fine, southerly, TIMES, spin_up=0.0)
    picture = picture_of(coarse, nested, bounds=(-60e3, -100e3, 60e3, 70e3), source="a test")
    field = picture.current
    assert field.grid.spacing == 4e3
    assert field.grid.bounds[0] <= -60e3
    assert field.grid.bounds[3] >= 70e3
    land = ~np.isfinite(picture.level).any(axis=0)
    assert land.any()
    assert np.hypot(*field.values[-1][land].T).max() > 0.0
    level = picture.level_at(*(float(each) for each in PLANE.to_plane(50.0, 45.4)))
    assert level is not None
    assert float(level[-1]) > 0.1
    assert picture.level_at(1e6, 0.0) is None


def test_shear_and_stokes_are_about_three_per_cent_of_the_wind() -> None:
    """Ten metres a second over five of water: 0.17 m/s of shear, and some 0.12 of Stokes drift."""
    assert surface_shear(0.1776, 5.0) == pytest.approx(0.173, rel=0.02)
    assert 0.025 * 10.0 < surface_shear(0.1776, 5.0) + 0.12 < 0.035 * 10.0
