"""What lies over the scripted weather of a site: zones of their own weather, fronts that cross it, gusts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import project_geometry
from khazri.scenario.script import Front, Gusts, Zone
from khazri.scenario.weather import Series
from khazri.sea.swings import swings

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

MOST_MOMENTS: Final = 720  # that fronts may add to a field in time


def sample_times(field: Field, moments: Doubles) -> Singles:
    """Values (moments, ny, nx, components) of a field at other moments: linear between its times, held beyond."""
    after = np.clip(np.searchsorted(field.times, moments, side="right"), 1, max(field.times.size - 1, 1))
    after = np.minimum(after, field.times.size - 1)
    before = np.maximum(after - 1, 0)
    span = field.times[after] - field.times[before]
    share = np.divide(moments - field.times[before], span, out=np.zeros_like(moments), where=span > 0.0)
    share = np.clip(share, 0.0, 1.0).astype(np.float32)[:, None, None, None]
    return np.asarray((1.0 - share) * field.values[before] + share * field.values[after], np.float32)


def lay_zones(
    field: Field, zones: Sequence[tuple[Zone, Series]], plane: SitePlane, *, bearing: Doubles | None
) -> Field:
    """The field with the weather of each zone within it, fading out over its edge; a later zone stands over an earlier one.

    bearing   of true north on the field's grid, where the field is a vector
    """
    times = np.unique(np.concatenate([field.times, *(np.asarray(series.times) for _, series in zones)]))
    values = sample_times(field, times).astype(np.float64)
    x, y = np.meshgrid(field.grid.x, field.grid.y)
    for zone, series in zones:
        area = project_geometry(shapely.Polygon(zone.area.ring).segmentize(0.05), plane)
        distance = shapely.distance(shapely.points(x, y), area)
        edge = max(zone.edge, 0.5 * field.grid.spacing)
        share = np.clip(1.0 - distance / edge, 0.0, 1.0)[None, :, :, None]
        own = _in_time(series, times)[:, None, None, :]
        if bearing is not None:
            own = turned(np.broadcast_to(own, values.shape), bearing)
        values = (1.0 - share) * values + share * own
    source = f"{field.source}; {len(zones)} zone{'s' if len(zones) > 1 else ''} of its own"
    return Field(field.name, field.grid, times, values.astype(np.float32), source)


def lay_fronts(
    field: Field, fronts: Sequence[tuple[Front, tuple[float, ...]]], plane: SitePlane, *, bearing: Doubles | None
) -> Field:
    """The field with the weather behind each front once it has passed."""
    passages = [_passage(front, field.grid, plane) for front, _ in fronts]
    moments = [field.times]
    for (front, _), passage in zip(fronts, passages, strict=True):
        moments += _moments(front, passage, field.grid.spacing)
    times = np.unique(np.concatenate(moments))
    values = sample_times(field, times).astype(np.float64)
    for (front, value), passage in zip(fronts, passages, strict=True):
        since = times[:, None, None] - passage[None]
        share = np.clip(since / front.over, 0.0, 1.0)
        if front.lasting is not None:
            share = np.minimum(share, np.clip(1.0 - (since - front.lasting) / front.over, 0.0, 1.0))
        own = np.broadcast_to(np.asarray(value, np.float64), values.shape)
        if bearing is not None:
            own = turned(own, bearing)
        values += share[..., None] * (own - values)
    source = f"{field.source}; {len(fronts)} front{'s' if len(fronts) > 1 else ''} crossing"
    return Field(field.name, field.grid, times, values.astype(np.float32), source)


def _passage(front: Front, grid: Grid, plane: SitePlane) -> Doubles:
    """When the line of the front passes each cell (ny, nx) [s from the start]."""
    x0, y0 = (float(each) for each in plane.to_plane(front.through.lon, front.through.lat))
    turn = float(plane.north_bearing(front.through.lon, front.through.lat))
    along = front.towards - turn  # clockwise from y, as true north stands `turn` anticlockwise of it
    x, y = np.meshgrid(grid.x, grid.y)
    ahead = (x - x0) * np.sin(along) + (y - y0) * np.cos(along)
    return np.asarray(front.at + ahead / front.speed, np.float64)


def _moments(front: Front, passage: Doubles, spacing: float) -> list[Doubles]:
    """Moments at which a front's passage is to be told, so that no cell's change is missed between two of them."""
    first, last = float(passage.min()), float(passage.max()) + front.over
    step = max(0.5 * front.over, 0.5 * spacing / front.speed, (last - first) / MOST_MOMENTS)
    told = np.arange(first, last + step, step)
    found = [told[told >= 0.0], np.array([0.0])]
    if front.lasting is not None:
        found.append(found[0] + front.lasting)
    return found


def blow_gusts(field: Field, gusts: Gusts, *, seed: int, site: str, duration: float) -> Field:
    """The wind with swings of speed and bearing about it: a first-order autoregressive process (Uhlenbeck and Ornstein 1930).

    The speed is multiplied by exp(I g - I^2 / 2), whose mean is 1, g standard normal with a correlation of
    exp(-t / lasting), cut off at three standard deviations; the bearing swings as another such process. What is drawn
    for a moment depends on the seed and the moment's number only, not on how long the run is.
    """
    spacing = 0.5 * gusts.lasting
    count = int(np.ceil(duration / spacing)) + 1
    own = np.arange(count) * spacing
    speed = swings(count, 0.5, seed=seed, stream=f"gusts {site} {gusts.number} speed")
    turn = swings(count, 0.5, seed=seed, stream=f"gusts {site} {gusts.number} bearing")
    times = np.unique(np.concatenate([field.times, own]))
    values = sample_times(field, times).astype(np.float64)
    factor = np.exp(gusts.intensity * np.interp(times, own, speed) - 0.5 * gusts.intensity**2)
    angle = gusts.swing * np.interp(times, own, turn)
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    east, north = values[..., 0], values[..., 1]
    swung = np.stack([east * cos + north * sin, north * cos - east * sin], axis=-1) * factor[:, None, None, None]
    words = f"{field.source}; gusts of {100.0 * gusts.intensity:.0f} % lasting {gusts.lasting / 60.0:.0f} min"
    return replace(field, times=times, values=swung.astype(np.float32), source=words)


def turned(values: npt.NDArray[np.float64], bearing: Doubles) -> Doubles:
    """Vectors east and north as vectors along the plane's axes, `bearing` being that of true north on the plane."""
    cos, sin = np.cos(bearing), np.sin(bearing)
    east, north = values[..., 0], values[..., 1]
    return np.stack([east * cos - north * sin, east * sin + north * cos], axis=-1)


def _in_time(series: Series, times: Doubles) -> Doubles:
    values = np.asarray(series.values, np.float64)
    return np.column_stack([np.interp(times, series.times, values[:, each]) for each in range(values.shape[1])])
