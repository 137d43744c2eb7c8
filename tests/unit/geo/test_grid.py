"""The grid: where its cells lie."""

from __future__ import annotations

import pytest

from khazri.geo.grid import Grid
from khazri.geo.raster import grid_around, pad_grid


def test_the_bounds_are_half_a_cell_beyond_the_outer_centres() -> None:
    grid = Grid(100.0, -50.0, 10.0, 3, 2)
    assert grid.shape == (2, 3)
    assert list(grid.x) == [100.0, 110.0, 120.0]
    assert grid.bounds == (95.0, -55.0, 125.0, -35.0)


def test_a_grid_around_a_box_covers_it_and_padding_keeps_the_centres() -> None:
    grid = grid_around((-1234.0, 10.0, 999.0, 501.0), 500.0)
    left, bottom, right, top = grid.bounds
    assert left <= -1234.0
    assert bottom <= 10.0
    assert right >= 999.0
    assert top >= 501.0
    padded = pad_grid(grid, 2)
    assert list(padded.x[2:-2]) == list(grid.x)
    assert padded.ny == grid.ny + 4


def test_a_grid_without_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 x 1"):
        Grid(0.0, 0.0, 10.0, 0, 5)
