"""Routes stay on water that is deep enough, and are as short as it allows."""

from __future__ import annotations

import math

import numpy as np
import pytest
import small_sea
from small_fleet import waters

from khazri.geo.grid import Grid
from khazri.geo.terrain import LAND, WATER
from khazri.response.routes import find_route
from khazri.response.track import Track
from khazri.response.waters import Waters


def wall() -> np.ndarray:
    """Land from south to north through the middle, open at the ends."""
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[20:100, 60] = True
    return dry


def cells_of(over: Waters, track: Track) -> tuple[np.ndarray, np.ndarray]:
    at = np.array([track.at(d) for d in np.arange(0.0, track.length, 10.0)])
    grid = over.grid
    rows = np.floor((at[:, 1] - grid.y0) / grid.spacing + 0.5).astype(int)
    return rows, np.floor((at[:, 0] - grid.x0) / grid.spacing + 0.5).astype(int)


def test_over_open_water_the_route_is_straight() -> None:
    route = find_route(waters(), 1.5, (-9_000.0, 0.0), (7_000.0, 3_000.0))
    assert route is not None
    assert route.track.points == ((-9_000.0, 0.0), (7_000.0, 3_000.0))
    assert route.cost == pytest.approx(route.track.length)


def test_a_route_goes_round_land() -> None:
    over = waters(wall())
    route = find_route(over, 1.5, (-9_000.0, 0.0), (9_000.0, 0.0))
    assert route is not None
    assert (over.terrain.surface[cells_of(over, route.track)] == WATER).all()
    round_the_end = 2.0 * math.hypot(9_000.0, 20_000.0)
    assert round_the_end < route.track.length < 1.25 * round_the_end


def test_a_route_goes_round_shallows() -> None:
    over = waters()
    over.terrain.depth[20:100, 60] = 0.5
    route = find_route(over, 1.5, (-9_000.0, 0.0), (9_000.0, 0.0))
    assert route is not None
    assert (over.terrain.depth[cells_of(over, route.track)] > 1.5).all()
    assert find_route(over, 0.4, (-9_000.0, 0.0), (9_000.0, 0.0)).track.length == pytest.approx(18_000.0)


def test_marginal_water_is_crossed_only_where_that_is_quicker() -> None:
    over = waters()
    over.terrain.depth[:, 60] = 1.0  # a bar that may be 2 m deep
    over.terrain.depth[70, 60] = 8.0  # with a gap 5 km to the north
    near = find_route(over, 1.5, (-2_000.0, 0.0), (2_000.0, 0.0))
    through = find_route(over, 1.5, (-2_000.0, 5_000.0), (2_000.0, 5_600.0))
    assert near is not None
    assert through is not None
    assert near.cost == pytest.approx(near.track.length + 500.0, rel=0.02)  # half speed over one cell of 500 m
    assert through.cost == pytest.approx(through.track.length, rel=1e-6)


def test_land_that_encloses_lets_nobody_through() -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    dry[50:70, 50], dry[50:70, 70], dry[50, 50:71], dry[69, 50:71] = True, True, True, True
    assert find_route(waters(dry), 1.5, (-20_000.0, 0.0), (0.0, 0.0)) is None


def test_no_route_cuts_the_corner_between_two_land_cells() -> None:
    dry = np.zeros((small_sea.CELLS, small_sea.CELLS), bool)
    for k in range(small_sea.CELLS):
        dry[k, k] = True  # a diagonal wall: cells touch at corners only
    assert find_route(waters(dry), 1.5, (-5_000.0, 5_000.0), (5_000.0, -5_000.0)) is None


def test_a_large_raster_is_searched_coarsely_first_and_a_narrow_way_found_after() -> None:
    dry = wall()
    dry[:20, 60], dry[100:, 60], dry[37, 60] = True, True, False  # closed but for one cell
    terrain = small_sea.sea(dry)
    fine = np.repeat(np.repeat(terrain.surface, 4, axis=0), 4, axis=1)
    big = Waters(
        type(terrain)(**{
            **terrain.__dict__, "surface": fine, "depth": np.where(fine == LAND, 0.0, 8.0).astype(np.float32),
            "grid": Grid(terrain.grid.x0 - 187.5, terrain.grid.y0 - 187.5, 125.0, 480, 480),
        }),
        2.0,
    )  # fmt: skip
    route = find_route(big, 1.5, (-9_000.0, 0.0), (9_000.0, 0.0))
    assert route is not None
    assert (big.terrain.surface[cells_of(big, route.track)] == WATER).all()
