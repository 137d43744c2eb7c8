"""The sea of a site at one moment, as control sees it: level, current, waves, and what is wet and dry. Derived, never the truth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.engine.site import SiteInputs
from khazri.engine.waterline import level_at, terrain_at
from khazri.geo.grid import Grid
from khazri.geo.terrain import WATER, Terrain
from khazri.sea.waves import wave_field
from khazri.simulation.place import Place

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MOST_CELLS: Final = 4000
LAND_HERE, WATER_HERE, DRY_HERE = 0, 1, 2


@dataclass(frozen=True)
class Seascape:
    """Arrays (ny, nx) on cells of `grid`, NaN where there is no water; masks on the cells of the terrain."""

    site: str
    time: float  # [s] from the start of the run
    moves: bool  # there is a level
    sources: dict[str, str]  # field -> in words
    grid: Grid
    longitude: Doubles  # of the middles of cells [degrees]
    latitude: Doubles
    water: npt.NDArray[np.uint8]  # LAND_HERE, WATER_HERE, DRY_HERE
    level: Doubles  # [m] above the site's water level
    east: Doubles  # current [m s-1]
    north: Doubles
    wave_height: Doubles  # significant [m]
    terrain: Terrain  # as it stands now
    dried: Mask  # water at the ordinary level
    flooded: Mask  # dry at the ordinary level
    gauges: dict[str, float | None]  # place -> level [m]; None: it lies dry


def seascape_of(inputs: SiteInputs, places: Sequence[Place], time: float) -> Seascape:
    """The sea under `inputs` at a moment."""
    ordinary, field = inputs.terrain, inputs.fields.get("level")
    terrain = ordinary if field is None else terrain_at(ordinary, field, time)
    grid = _lattice(ordinary.grid, field or inputs.fields.get("current"))
    x, y = np.meshgrid(grid.x, grid.y)
    longitude, latitude = ordinary.plane.to_geographic(x, y)
    wet, dried = terrain.surface == WATER, (ordinary.surface == WATER) & (terrain.surface != WATER)
    some_wet, some_dry = _any_within(wet, ordinary.grid, grid), _any_within(dried, ordinary.grid, grid)
    water = np.where(some_wet, WATER_HERE, np.where(some_dry, DRY_HERE, LAND_HERE)).astype(np.uint8)
    u, v = _vectors(inputs.fields.get("current"), x, y, time)
    turn = np.asarray(ordinary.plane.north_bearing(longitude, latitude))
    east, north = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
    level = np.zeros(x.shape) if field is None else sampled(field, x, y, time)[..., 0]
    waves = _wave_heights(inputs, terrain, grid, time)
    for values in (level, east, north, waves):
        values[~some_wet] = np.nan
    return Seascape(
        site=inputs.ident, time=time, moves=field is not None, sources=_sources(inputs), grid=grid, longitude=np.asarray(longitude),
        latitude=np.asarray(latitude), water=water, level=level, east=east, north=north, wave_height=waves, terrain=terrain, dried=dried,
        flooded=wet & (ordinary.surface != WATER), gauges=gauges_of(inputs, places, time, terrain),
    )  # fmt: skip


def gauges_of(
    inputs: SiteInputs, places: Sequence[Place], time: float, terrain: Terrain | None = None
) -> dict[str, float | None]:
    """Level at every place of the site [m], at its middle; None: it lies dry now. Empty where the level does not move."""
    field = inputs.fields.get("level")
    if field is None:
        return {}
    now = terrain or terrain_at(inputs.terrain, field, time)
    found: dict[str, float | None] = {}
    for place in places:
        if place.site != inputs.ident:
            continue
        x, y = (np.array([float(each)]) for each in place.vertices.mean(axis=0))
        row, column = _cells(now.grid, x, y)
        left = inputs.terrain.surface[row, column] == WATER and now.surface[row, column] != WATER
        found[place.ident] = None if bool(left.any()) else float(sampled(field, x, y, time)[0, 0])
    return found


def station_of(inputs: SiteInputs) -> tuple[float, float]:
    """Where the weather of a site is told [m]: at its first release or in its middle, as its wind is (`weather.wind_over`)."""
    if inputs.releases:
        x, y = inputs.releases[0].vertices.mean(axis=0)
        return float(x), float(y)
    west, south, east, north = inputs.terrain.grid.bounds
    return 0.5 * (west + east), 0.5 * (south + north)


def sampled(field: Field, x: Doubles, y: Doubles, time: float) -> Doubles:
    """Values (..., components): linear between cells and moments, held beyond them; what is no number is 0."""
    values = np.nan_to_num(_moment(field, time).astype(np.float64))
    grid = field.grid
    gx, gy = (
        np.clip((x - grid.x0) / grid.spacing, 0, grid.nx - 1),
        np.clip((y - grid.y0) / grid.spacing, 0, grid.ny - 1),
    )
    i, j = np.minimum(gx.astype(int), max(grid.nx - 2, 0)), np.minimum(gy.astype(int), max(grid.ny - 2, 0))
    a, b = (gx - i)[..., None], (gy - j)[..., None]
    right, up = np.minimum(i + 1, grid.nx - 1), np.minimum(j + 1, grid.ny - 1)
    low = values[j, i] * (1 - a) + values[j, right] * a
    high = values[up, i] * (1 - a) + values[up, right] * a
    return np.asarray(low * (1 - b) + high * b, np.float64)


def _wave_heights(inputs: SiteInputs, terrain: Terrain, grid: Grid, time: float) -> Doubles:
    """Significant wave height (ny, nx) [m]: given, or grown over the open water upwind in the depth now; less under ice."""
    x, y = np.meshgrid(grid.x, grid.y)
    given, cover = inputs.fields.get("wave_height"), inputs.fields.get("ice_concentration")
    ice = np.zeros(x.shape) if cover is None else sampled(cover, x, y, time)[..., 0]
    if given is not None:
        return np.asarray(sampled(given, x, y, time)[..., 0] * (1.0 - np.clip(ice, 0.0, 1.0)), np.float64)
    wind = np.stack(_vectors(inputs.fields.get("wind"), x, y, time), axis=-1)
    return np.asarray(wave_field(terrain, wind, grid=grid, ice=ice).height, np.float64)


def _moment(field: Field, time: float) -> npt.NDArray[np.float32]:
    """Values (ny, nx, components) at a moment."""
    if field.values.shape[-1] == 1:
        return level_at(field, time)[..., None]
    parts = [
        level_at(Field("level", field.grid, field.times, field.values[..., k : k + 1], ""), time) for k in range(2)
    ]
    return np.stack(parts, axis=-1)


def _vectors(field: Field | None, x: Doubles, y: Doubles, time: float) -> tuple[Doubles, Doubles]:
    if field is None:
        return np.zeros(x.shape), np.zeros(x.shape)
    found = sampled(field, x, y, time)
    return found[..., 0].copy(), found[..., 1].copy()


def _lattice(terrain: Grid, field: Field | None) -> Grid:
    """Cells over the terrain as fine as the field's own, and no more than `MOST_CELLS`."""
    west, south, east, north = terrain.bounds
    least = math.sqrt((east - west) * (north - south) / MOST_CELLS)
    spacing = max(field.grid.spacing if field is not None and field.grid.nx > 1 else 0.0, least * 1.02, terrain.spacing)
    nx, ny = max(1, round((east - west) / spacing)), max(1, round((north - south) / spacing))
    return Grid(west + 0.5 * spacing, south + 0.5 * spacing, spacing, nx, ny)


def _cells(grid: Grid, x: Doubles, y: Doubles) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows and columns of the nearest cells."""
    row = np.clip(np.rint((y - grid.y0) / grid.spacing), 0, grid.ny - 1).astype(np.int64)
    column = np.clip(np.rint((x - grid.x0) / grid.spacing), 0, grid.nx - 1).astype(np.int64)
    return row, column


def _any_within(mask: Mask, fine: Grid, coarse: Grid) -> Mask:
    """Cells of `coarse` in which any cell of `fine` is true."""
    rows, columns = np.nonzero(mask)
    found = np.zeros(coarse.shape, np.bool_)
    found[_cells(coarse, fine.x[columns], fine.y[rows])] = True
    return found


def _sources(inputs: SiteInputs) -> dict[str, str]:
    """Where what is shown comes from, in words."""
    known: dict[str, str] = {
        name: inputs.fields[name].source for name in ("level", "current", "wave_height") if name in inputs.fields
    }
    if "wave_height" not in known:
        known["wave_height"] = "from wind, fetch and depth (Young and Verhagen 1996)"
    return known
