"""Weather that is written in the pack, as fields: one place stands for the whole site, several are interpolated."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs.overlays import blow_gusts, lay_fronts, lay_zones, sample_times, turned
from khazri.scenario.environment import FIELD_READERS, Scripted, Series

__all__ = ["Bounds", "sample_places", "sample_times", "scripted_field"]

Doubles = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]  # x min, y min, x max, y max [m]

CELLS: Final = 32  # along the longer side, where a quantity differs by place
FINER_CELLS: Final = 48  # where zones have edges, or fronts
TURNING: Final = np.radians(1.0)  # true north may turn by this over the site before bearings are laid out by place
INVERSE_DISTANCE: Final = "inverse squared distance between stations"


def scripted_field(
    scripted: Scripted,
    name: str,
    plane: SitePlane,
    bounds: Bounds,
    *,
    seed: int = 0,
    site: str = "",
    duration: float = 0.0,
) -> Field | None:
    """The field `name` over the plane's box `bounds`, or None where the pack says nothing of it.

    Bearings are true ones: wind from 130 degrees is so everywhere, and its components turn with true north. Vectors
    are interpolated by components, between moments linearly and between stations by inverse squared distance
    (Shepard 1968, power 2); times are the union of the stations' moments. Zones lie over that, then fronts, then gusts,
    which are drawn for `seed` and `site` as far as `duration` [s].
    """
    if name not in FIELD_READERS:
        return None
    found = _ground(scripted, name, plane, bounds)
    if found is None:
        return None
    zones, fronts = scripted.in_zones(name), scripted.with_fronts(name)
    if zones or fronts:
        grid = _coarse(bounds, FINER_CELLS)
        found = sample_places(_ground(scripted, name, plane, bounds, cells=FINER_CELLS) or found, grid)
        bearing = _bearings(grid, plane) if FIELDS[name][0] == 2 else None
        if zones:
            found = lay_zones(found, zones, plane, bearing=bearing)
        if fronts:
            found = lay_fronts(found, fronts, plane, bearing=bearing)
    if name == "wind" and scripted.gusts is not None:
        found = blow_gusts(found, scripted.gusts, seed=seed, site=site, duration=duration)
    return found


def _ground(scripted: Scripted, name: str, plane: SitePlane, bounds: Bounds, *, cells: int = CELLS) -> Field | None:
    """What is said for the whole site or at stations."""
    whole = scripted.series(name)
    stations = scripted.at_stations(name)
    if whole is not None:
        stations = ((plane.longitude, plane.latitude, whole),)
        source = "scripted for the whole site"
    elif len(stations) == 1:
        source = "scripted at one station, for the whole site"
    else:
        source = f"scripted at {len(stations)} stations, {INVERSE_DISTANCE}"
    if not stations:
        return None
    times = np.unique(np.concatenate([np.asarray(series.times, np.float64) for _, _, series in stations]))
    series = np.stack([_at(each, times) for _, _, each in stations])  # (stations, nt, components)
    vector = FIELDS[name][0] == 2
    grid = _coarse(bounds, cells)
    bearing = _bearings(grid, plane)
    if len(stations) == 1 and not (vector and float(np.abs(bearing).max()) > TURNING):
        one = Grid(0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3]), _longer_side(bounds), 1, 1)
        return Field(name, one, times, series[0][:, None, None, :].astype(np.float32), source)
    x, y = np.meshgrid(grid.x, grid.y)
    weights = _weigh(x, y, np.array([plane.to_plane(lon, lat) for lon, lat, _ in stations]), 0.25 * grid.spacing)
    values = np.einsum("sji,stc->tjic", weights, series)
    if vector:
        values = turned(values, bearing)
    return Field(name, grid, times, values.astype(np.float32), source)


def sample_places(field: Field, grid: Grid) -> Field:
    """The field on another grid of the same plane: bilinear, held beyond its edge."""
    if field.grid.shape == (1, 1):
        shape = (field.times.size, *grid.shape, field.values.shape[3])
        return Field(field.name, grid, field.times, np.broadcast_to(field.values, shape).copy(), field.source)
    own = field.grid
    column, right = _split((grid.x - own.x0) / own.spacing, own.nx)
    row, up = _split((grid.y - own.y0) / own.spacing, own.ny)
    next_column, next_row = np.minimum(column + 1, own.nx - 1), np.minimum(row + 1, own.ny - 1)
    values = field.values
    wide = values[:, :, column] * (1.0 - right)[:, None] + values[:, :, next_column] * right[:, None]
    tall = wide[:, row] * (1.0 - up)[:, None, None] + wide[:, next_row] * up[:, None, None]
    return Field(field.name, grid, field.times, tall.astype(np.float32), field.source)


def _split(index: Doubles, count: int) -> tuple[npt.NDArray[np.int64], Doubles]:
    held = np.clip(index, 0.0, count - 1.0)
    whole = np.floor(held).astype(np.int64)
    return whole, held - whole


def _at(series: Series, times: Doubles) -> Doubles:
    values = np.asarray(series.values, np.float64)
    columns = [np.interp(times, series.times, values[:, component]) for component in range(values.shape[1])]
    return np.column_stack(columns)


def _longer_side(bounds: Bounds) -> float:
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1], 1.0)


def _bearings(grid: Grid, plane: SitePlane) -> Doubles:
    """Of true north on the plane, at each cell [rad, anticlockwise]."""
    return plane.north_bearing(*plane.to_geographic(*np.meshgrid(grid.x, grid.y)))


def _coarse(bounds: Bounds, cells: int) -> Grid:
    spacing = _longer_side(bounds) / cells
    nx, ny = (int(np.ceil((bounds[2 + axis] - bounds[axis]) / spacing - 1e-9)) + 1 for axis in (0, 1))
    return Grid(bounds[0], bounds[1], spacing, nx, ny)


def _weigh(x: Doubles, y: Doubles, places: Doubles, nearest: float) -> Doubles:
    """Weights (stations, ny, nx) that sum to 1; a station within `nearest` of a point is as near as it can be."""
    squared = np.square(x - places[:, 0, None, None]) + np.square(y - places[:, 1, None, None])
    weights = 1.0 / np.maximum(squared, nearest**2)
    return np.asarray(weights / weights.sum(axis=0), np.float64)
