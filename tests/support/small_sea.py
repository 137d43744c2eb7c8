"""Small invented sites for the engine's tests: terrain, fields, one oil, releases."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from khazri.engine import Field, Numerics, Release, SiteInputs
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import FETCH_SECTORS, LAND, WATER, ShoreSegments, ShoreType, Terrain
from khazri.oils.record import Oil
from khazri.oils.tables import WeatheringTable, weathering_table

SPACING = 500.0
CELLS = 120


def sea(
    land: np.ndarray | None = None, *, depth: float = 8.0, kind: ShoreType = ShoreType.SAND, width: float = 10.0
) -> Terrain:
    """60 km by 60 km about the plane's centre; `land` (rows, columns) True where it is dry."""
    half = 0.5 * SPACING * (CELLS - 1)
    grid = Grid(x0=-half, y0=-half, spacing=SPACING, nx=CELLS, ny=CELLS)
    dry = np.zeros(grid.shape, bool) if land is None else land
    beside = np.zeros_like(dry)
    beside[:-1] |= dry[1:]
    beside[1:] |= dry[:-1]
    beside[:, :-1] |= dry[:, 1:]
    beside[:, 1:] |= dry[:, :-1]
    rows, columns = np.nonzero(beside & ~dry)
    segment = np.full(grid.shape, -1, np.int32)
    segment[rows, columns] = np.arange(rows.size)
    n = rows.size
    segments = ShoreSegments(
        np.full(n, kind, np.uint8),
        np.full(n, 500, np.float32),
        np.full(n, width, np.float32),
        grid.x[columns].copy(),
        grid.y[rows].copy(),
    )
    return Terrain(
        plane=SitePlane(50.0, 45.0), grid=grid, level=-29.3, surface=np.where(dry, LAND, WATER).astype(np.uint8),
        depth=np.where(dry, 0.0, depth).astype(np.float32), shore_distance=np.zeros(grid.shape, np.float32), segment=segment,
        segments=segments, fetch_grid=Grid(0.0, 0.0, 120_000.0, 1, 1), fetch=np.full((FETCH_SECTORS, 1, 1), 5e4, np.float32),
        notes=(), attributions=(),
    )  # fmt: skip


def constant(name: str, *values: float) -> Field:
    return Field(
        name, Grid(0.0, 0.0, 1e6, 1, 1), np.zeros(1), np.array(values, np.float32).reshape(1, 1, 1, -1), "test"
    )


def gridded(name: str, function, *, times=(0.0,), spacing: float = 500.0, cells: int = 121) -> Field:
    """A vector field of `function(x, y, t) -> (u, v)`."""
    half = 0.5 * spacing * (cells - 1)
    grid = Grid(-half, -half, spacing, cells, cells)
    xx, yy = np.meshgrid(grid.x, grid.y)
    values = np.stack([np.stack(np.broadcast_arrays(*function(xx, yy, t)), axis=-1) for t in times]).astype(np.float32)
    return Field(name, grid, np.array(times, np.float64), values, "test")


@cache
def oil(density: float = 870.0) -> Oil:
    k = 6
    return Oil(
        "test", "Test crude", "crude", density, 8e-4, 1e-5, 288.15, 4000.0, 5.0, 260.0, 0.02, np.full(k, 1 / k),
        np.linspace(340, 800, k), np.linspace(0.08, 0.5, k), np.linspace(700, 950, k), np.array([0.3, 0.3, 0.1, 0, 0, 0]),
        0.02, 0.08, 0.03, 0.7, 0.05, "mesostable",
    )  # fmt: skip


@cache
def table(density: float = 870.0) -> WeatheringTable:
    return weathering_table(oil(density))


WEATHER = (
    constant("wind", 5.0, 6.0), constant("current", 0.10, 0.15), constant("water_temperature", 290.0), constant("salinity", 8.0),
    constant("sediment", 0.02),
)  # fmt: skip


def site(
    *fields: Field, terrain: Terrain | None = None, release: Release | None = None, density: float = 870.0, **numerics
) -> SiteInputs:
    """One release of 100 t at the centre over an hour, in constant weather, unless told otherwise."""
    given = {field.name: field for field in (*WEATHER, *fields)}
    source = release or Release("spill", 0, 1e5, 0.0, 3600.0, "point", np.array([[0.0, 0.0]]), radius=100.0)
    return SiteInputs(
        "test",
        terrain or sea(),
        given,
        (source,),
        (oil(density),),
        (table(density),),
        Numerics(**{"particles": 2000, **numerics}),
    )


def at_once(**changes) -> Release:
    return replace(Release("spill", 0, 1e5, 0.0, 0.0, "point", np.array([[0.0, 0.0]])), **changes)


def shore_east(cells: int = 12) -> np.ndarray:
    """Land from `cells` cells east of the centre on."""
    dry = np.zeros((CELLS, CELLS), bool)
    dry[:, CELLS // 2 + cells :] = True
    return dry
