"""The fields of a site for the length of a run, from the weather that its pack writes.

Gridded files come through `inputs`; a pack that names some is refused here until that reader is joined.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import Terrain
from khazri.runs.progress import Progress
from khazri.runs.refusal import RunRefused
from khazri.scenario.environment import Scripted, Series
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site

COARSE: Final = 24  # cells along the longer side, between stations
NEAREST: Final = 1_000.0  # [m] within which a station's own value stands
Stations = tuple[tuple[float, float, Series], ...]


def site_fields(
    pack: Pack, site: Site, terrain: Terrain, *, roots: tuple[Path, ...], progress: Progress
) -> tuple[dict[str, Field], tuple[str, ...]]:
    """Fields by name, and what was assumed."""
    if site.environment.files:
        names = ", ".join(name for files in site.environment.files for name in files.path)
        raise RunRefused(f"site {site.ident}: environment.files names {names}; expected scripted weather only, so far")
    scripted = site.environment.scripted
    if scripted is None:
        return {}, ("nothing is said of wind, water and air: the sea is at rest",)
    fields, words = {}, []
    for name in scripted.names:
        progress.phase("forcing", 0.0, name)
        fields[name], said = scripted_field(name, scripted, terrain)
        words.append(said)
    return fields, tuple(words)


def scripted_field(name: str, scripted: Scripted, terrain: Terrain) -> tuple[Field, str]:
    """One quantity: of the whole site, or between stations by inverse square distance."""
    stations: Stations = scripted.at_stations(name)
    label = name.replace("_", " ")
    if not stations:
        series = scripted.series(name)
        assert series is not None, "a name of `names` has a series"
        stations, source = (
            ((terrain.plane.longitude, terrain.plane.latitude, series),),
            f"{label}: scripted for the whole site",
        )
    elif len(stations) == 1:
        source = f"{label}: scripted at one station, taken for the whole site"
    else:
        source = (
            f"{label}: scripted at {len(stations)} stations, weighted by the inverse square of distance between them"
        )
    times = np.array(sorted({time for _, _, series in stations for time in series.times}), np.float64)
    at_station = [_on_plane(series, times, lon, lat, terrain.plane) for lon, lat, series in stations]
    grid = _grid(terrain, len(stations))
    weights = _weights(grid, stations, terrain.plane)
    values = np.einsum("syx,stc->tyxc", weights, np.stack(at_station)).astype(np.float32)
    return Field(name, grid, times, values, source), source


def _on_plane(
    series: Series, times: npt.NDArray[np.float64], lon: float, lat: float, plane: SitePlane
) -> npt.NDArray[np.float64]:
    """Values (times, components) linear in time; vectors turned from east and north to the plane's axes."""
    known = np.asarray(series.values, np.float64)
    values = np.column_stack([np.interp(times, series.times, known[:, c]) for c in range(known.shape[1])])
    if known.shape[1] == 2:
        x, y = plane.rotate_from_geographic(values[:, 0], values[:, 1], longitude=lon, latitude=lat)
        return np.column_stack((x, y))
    return values


def _grid(terrain: Terrain, stations: int) -> Grid:
    west, south, east, north = terrain.grid.bounds
    if stations == 1:
        size = max(east - west, north - south)
        return Grid((west + east) / 2, (south + north) / 2, size, 1, 1)
    spacing = max(east - west, north - south) / COARSE
    nx, ny = int(np.ceil((east - west) / spacing)), int(np.ceil((north - south) / spacing))
    return Grid(west + spacing / 2, south + spacing / 2, spacing, nx, ny)


def _weights(grid: Grid, stations: Stations, plane: SitePlane) -> npt.NDArray[np.float64]:
    """Weight (stations, ny, nx) of each station in each cell; they add up to one."""
    xx, yy = np.meshgrid(grid.x, grid.y)
    near = []
    for lon, lat, _ in stations:
        x, y = plane.to_plane(lon, lat)
        near.append(1.0 / np.maximum(np.hypot(xx - x, yy - y), NEAREST) ** 2)
    weights = np.stack(near)
    return np.asarray(weights / weights.sum(axis=0), np.float64)
