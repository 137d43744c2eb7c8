"""The weather that a pack writes, as fields on the plane: one value for the site, or interpolated between stations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.scenario.environment import Scripted, Series

Doubles = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]

STATION_CELLS: Final = (
    24  # along the longer side: weather that is written by hand has no finer detail
)
NEAR: Final = 100.0  # [m]: within it a station's own value holds


def scripted_field(scripted: Scripted, name: str, *, plane: SitePlane, bounds: Bounds) -> tuple[Field, str] | None:
    """The field that a pack's script gives for `name` over `bounds` (plane metres), and how it was made in words."""
    stations = scripted.at_stations(name)
    if stations:
        return _between_stations(stations, name, plane=plane, bounds=bounds)
    series = scripted.series(name)
    if series is None:
        return None
    x, y = 0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])
    lon, lat = plane.to_geographic(x, y)
    times = np.asarray(series.times, np.float64)
    values = _on_plane(_at(series, times), plane, float(lon), float(lat))
    return _uniform(name, times, values, "scripted for the whole site"), "scripted for the whole site"


def _between_stations(
    stations: Sequence[tuple[float, float, Series]], name: str, *, plane: SitePlane, bounds: Bounds
) -> tuple[Field, str]:
    """Inverse squared distance between stations, by component, at the union of their times."""
    times = np.unique(np.concatenate([np.asarray(series.times, np.float64) for _, _, series in stations]))
    values = np.stack([_on_plane(_at(series, times), plane, lon, lat) for lon, lat, series in stations])
    if len(stations) == 1:
        return _uniform(
            name, times, values[0], "scripted at one station"
        ), "scripted at one station, taken for the site"
    x, y = plane.to_plane([lon for lon, _, _ in stations], [lat for _, lat, _ in stations])
    spacing = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / STATION_CELLS
    nx, ny = (max(2, round(span / spacing) + 1) for span in (bounds[2] - bounds[0], bounds[3] - bounds[1]))
    grid = Grid(bounds[0], bounds[1], spacing, nx, ny)
    xx, yy = np.meshgrid(grid.x, grid.y)
    distance = np.hypot(xx[None] - x[:, None, None], yy[None] - y[:, None, None])
    weight = 1.0 / np.square(np.maximum(distance, NEAR))
    weight /= weight.sum(axis=0)
    filled = np.einsum("syx,stc->tyxc", weight, values)
    how = f"scripted at {len(stations)} stations, between them by inverse squared distance"
    return Field(name, grid, times, filled.astype(np.float32), how), how


def _uniform(name: str, times: Doubles, values: Doubles, source: str) -> Field:
    shaped = values.astype(np.float32).reshape(times.size, 1, 1, FIELDS[name][0])
    return Field(name, Grid(0.0, 0.0, 1e7, 1, 1), times, shaped, source)


def _at(series: Series, times: Doubles) -> Doubles:
    """(times, components) of a series: linear between its moments, held outside them."""
    own = np.asarray(series.times, np.float64)
    columns = np.asarray(series.values, np.float64).T
    return np.stack([np.interp(times, own, column) for column in columns], axis=-1)


def _on_plane(values: Doubles, plane: SitePlane, lon: float, lat: float) -> Doubles:
    """East and north components turned to the plane's axes; scalars as they are."""
    if values.shape[-1] != 2:
        return values
    x, y = plane.rotate_from_geographic(values[:, 0], values[:, 1], longitude=lon, latitude=lat)
    return np.stack([x, y], axis=-1)
