"""Weather that is written in the pack, as fields: one place stands for the whole site, several are interpolated."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.scenario.environment import FIELD_READERS, Scripted, Series

Doubles = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]  # x min, y min, x max, y max [m]

CELLS: Final = 32  # along the longer side, where a quantity differs by place
TURNING: Final = np.radians(1.0)  # true north may turn by this over the site before bearings are laid out by place
INVERSE_DISTANCE: Final = "inverse squared distance between stations"


def scripted_field(scripted: Scripted, name: str, plane: SitePlane, bounds: Bounds) -> Field | None:
    """The field `name` over the plane's box `bounds`, or None where the pack says nothing of it.

    Bearings are true ones: wind from 130 degrees is so everywhere, and its components turn with true north. Vectors
    are interpolated by components, between moments linearly and between stations by inverse squared distance
    (Shepard 1968, power 2); times are the union of the stations' moments.
    """
    if name not in FIELD_READERS:
        return None
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
    grid = _coarse(bounds)
    x, y = np.meshgrid(grid.x, grid.y)
    longitude, latitude = plane.to_geographic(x, y)
    bearing = plane.north_bearing(longitude, latitude)
    if len(stations) == 1 and not (vector and float(np.abs(bearing).max()) > TURNING):
        one = Grid(0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3]), _longer_side(bounds), 1, 1)
        return Field(name, one, times, series[0][:, None, None, :].astype(np.float32), source)
    weights = _weigh(x, y, np.array([plane.to_plane(lon, lat) for lon, lat, _ in stations]), 0.25 * grid.spacing)
    values = np.einsum("sji,stc->tjic", weights, series)
    if vector:
        values = np.stack(_turn(values[..., 0], values[..., 1], bearing), axis=-1)
    return Field(name, grid, times, values.astype(np.float32), source)


def sample_times(field: Field, moments: Doubles) -> npt.NDArray[np.float32]:
    """Values (moments, ny, nx, components) of a field at other moments: linear between its times, held beyond."""
    after = np.clip(np.searchsorted(field.times, moments, side="right"), 1, max(field.times.size - 1, 1))
    after = np.minimum(after, field.times.size - 1)
    before = np.maximum(after - 1, 0)
    span = field.times[after] - field.times[before]
    share = np.divide(moments - field.times[before], span, out=np.zeros_like(moments), where=span > 0.0)
    share = np.clip(share, 0.0, 1.0).astype(np.float32)[:, None, None, None]
    return np.asarray((1.0 - share) * field.values[before] + share * field.values[after], np.float32)


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


def _coarse(bounds: Bounds) -> Grid:
    spacing = _longer_side(bounds) / CELLS
    nx, ny = (int(np.ceil((bounds[2 + axis] - bounds[axis]) / spacing - 1e-9)) + 1 for axis in (0, 1))
    return Grid(bounds[0], bounds[1], spacing, nx, ny)


def _weigh(x: Doubles, y: Doubles, places: Doubles, nearest: float) -> Doubles:
    """Weights (stations, ny, nx) that sum to 1; a station within `nearest` of a point is as near as it can be."""
    squared = np.square(x - places[:, 0, None, None]) + np.square(y - places[:, 1, None, None])
    weights = 1.0 / np.maximum(squared, nearest**2)
    return np.asarray(weights / weights.sum(axis=0), np.float64)


def _turn(east: Doubles, north: Doubles, bearing: Doubles) -> tuple[Doubles, Doubles]:
    cos, sin = np.cos(bearing), np.sin(bearing)
    return east * cos - north * sin, east * sin + north * cos
