"""Wind, current, waves and visibility where a unit is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.engine.kernels import places
from khazri.engine.site import SiteInputs
from khazri.geo.terrain import FETCH_SECTORS
from khazri.physics.ice import open_share
from khazri.physics.waves import significant_height
from khazri.response.waters import Point

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Conditions:
    """At one place and time; vectors along the axes of the plane, towards."""

    wind: Point  # at 10 m [m s-1]
    current: Point  # at the surface [m s-1]
    drift: Point  # of oil: the current, and the wind's share [m s-1]
    wave_height: float  # significant [m]
    visibility: float  # [m]; infinite where nothing is said of it
    ice: float = 0.0  # concentration [1]
    air_temperature: float = math.nan  # [K]; NaN where nothing is said of it


def conditions_at(inputs: SiteInputs, depth: float, point: Point, time: float) -> Conditions:
    """As the oil at `point` meets them at `time` [s]."""
    return conditions_of(inputs, [depth], [point], time)[0]


def conditions_of(
    inputs: SiteInputs, depths: Sequence[float], points: Sequence[Point], time: float
) -> list[Conditions]:
    """As the oil at each of some points meets them at `time` [s]; `depths` of the water there [m]."""
    if not points:
        return []
    at = np.array(points, np.float64)
    nothing = np.zeros((len(points), 2))

    def found(name: str, otherwise: Doubles) -> Doubles:
        field = inputs.fields.get(name)
        return otherwise if field is None else sample_all(field, at, time)

    wind, current = found("wind", nothing), found("current", nothing)
    share = inputs.numerics.wind_factor if "wind_drift" in inputs.numerics.processes else 0.0
    drift = current[:, :2] + share * wind[:, :2]
    ice, waves = found("ice_concentration", nothing)[:, 0].tolist(), found("wave_height", nothing)[:, 0].tolist()
    sight = found("visibility", np.full((len(points), 1), math.inf))[:, 0].tolist()
    air = found("air_temperature", np.full((len(points), 1), math.nan))[:, 0].tolist()
    made = []
    for k, (point, depth) in enumerate(zip(points, depths, strict=True)):
        blows = float(wind[k, 0]), float(wind[k, 1])
        height = waves[k]
        if "wave_height" not in inputs.fields:  # grown over the open water upwind, as for the oil
            height = float(significant_height(math.hypot(*blows), _fetch(inputs, point, blows), depth))
        height *= float(open_share(np.float64(ice[k]))) if ice[k] > 0.0 else 1.0
        made.append(
            Conditions(
                blows, (float(current[k, 0]), float(current[k, 1])), (float(drift[k, 0]), float(drift[k, 1])), height,
                sight[k], ice[k], air[k],
            )
        )  # fmt: skip
    return made


def _fetch(inputs: SiteInputs, point: Point, wind: Point) -> float:
    """Open water upwind [m]."""
    terrain = inputs.terrain
    grid = terrain.fetch_grid
    column = min(max(round((point[0] - grid.x0) / grid.spacing), 0), grid.nx - 1)
    row = min(max(round((point[1] - grid.y0) / grid.spacing), 0), grid.ny - 1)
    turn = math.atan2(-wind[0], -wind[1]) / (2.0 * math.pi) * FETCH_SECTORS
    return float(terrain.fetch[round(turn) % FETCH_SECTORS, row, column])


def sample(field: Field, point: Point, time: float) -> tuple[float, ...]:
    """The field's components at a point and time, linear between cells and moments; what is no number is 0."""
    grid = field.grid
    gx = min(max((point[0] - grid.x0) / grid.spacing, 0.0), grid.nx - 1.0)
    gy = min(max((point[1] - grid.y0) / grid.spacing, 0.0), grid.ny - 1.0)
    column, row = min(int(gx), max(grid.nx - 2, 0)), min(int(gy), max(grid.ny - 2, 0))
    north, east = gy - row, gx - column
    found = [0.0] * field.values.shape[3]
    for moment, share in moments_about(field.times, time):
        if share == 0.0:
            continue
        corners = field.values[moment, row : row + 2, column : column + 2].tolist()
        for line, up in zip(corners, (1.0 - north, north), strict=False):
            for values, right in zip(line, (1.0 - east, east), strict=False):
                weight = share * up * right
                for k, value in enumerate(values):
                    if value == value:
                        found[k] += weight * value
    return tuple(found)


def sample_all(field: Field, at: Doubles, time: float) -> Doubles:
    """`sample` at many points (n, 2) at once: (n, components)."""
    grid, times = field.grid, field.times
    x = ((at[:, 0] - grid.x0) / grid.spacing).clip(0.0, grid.nx - 1.0)
    y = ((at[:, 1] - grid.y0) / grid.spacing).clip(0.0, grid.ny - 1.0)
    (before, _), (after, late) = moments_about(times, time)
    found = np.empty((len(at), field.values.shape[3]))
    places.sample_places(field.values, x, y, before, after, late, found)
    return found


def moments_about(times: Doubles, time: float) -> tuple[tuple[int, float], tuple[int, float]]:
    """The frames before and after a time, and the share of each."""
    after = min(max(int(times.searchsorted(time, side="right")), 1), max(times.size - 1, 0))
    before = max(after - 1, 0)
    gap = float(times[after] - times[before])
    late = min(max((time - float(times[before])) / gap, 0.0), 1.0) if gap > 0.0 else 0.0
    return (before, 1.0 - late), (after, late)
