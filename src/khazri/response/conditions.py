"""Wind, current, waves and visibility where a unit is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from khazri.engine.fields import Field
from khazri.engine.site import SiteInputs
from khazri.geo.terrain import FETCH_SECTORS
from khazri.physics.ice import open_share
from khazri.physics.waves import significant_height
from khazri.response.waters import Point


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
    wind = _vector(inputs.fields.get("wind"), point, time)
    current = _vector(inputs.fields.get("current"), point, time)
    share = inputs.numerics.wind_factor if "wind_drift" in inputs.numerics.processes else 0.0
    visibility, ice = inputs.fields.get("visibility"), inputs.fields.get("ice_concentration")
    air = inputs.fields.get("air_temperature")
    return Conditions(
        wind=wind,
        current=current,
        drift=(current[0] + share * wind[0], current[1] + share * wind[1]),
        wave_height=_wave_height(inputs, depth, point, time, wind),
        visibility=sample(visibility, point, time)[0] if visibility is not None else math.inf,
        ice=sample(ice, point, time)[0] if ice is not None else 0.0,
        air_temperature=sample(air, point, time)[0] if air is not None else math.nan,
    )


def _wave_height(inputs: SiteInputs, depth: float, point: Point, time: float, wind: Point) -> float:
    """Given, or grown over the open water upwind as for the oil; ice lessens it."""
    given = inputs.fields.get("wave_height")
    if given is not None:
        height = sample(given, point, time)[0]
    else:
        height = float(significant_height(math.hypot(*wind), _fetch(inputs, point, wind), depth))
    ice = inputs.fields.get("ice_concentration")
    return height * (float(open_share(np.float64(sample(ice, point, time)[0]))) if ice is not None else 1.0)


def _fetch(inputs: SiteInputs, point: Point, wind: Point) -> float:
    """Open water upwind [m]."""
    terrain = inputs.terrain
    grid = terrain.fetch_grid
    column = min(max(round((point[0] - grid.x0) / grid.spacing), 0), grid.nx - 1)
    row = min(max(round((point[1] - grid.y0) / grid.spacing), 0), grid.ny - 1)
    turn = math.atan2(-wind[0], -wind[1]) / (2.0 * math.pi) * FETCH_SECTORS
    return float(terrain.fetch[round(turn) % FETCH_SECTORS, row, column])


def _vector(field: Field | None, point: Point, time: float) -> Point:
    if field is None:
        return 0.0, 0.0
    x, y = sample(field, point, time)
    return x, y


def sample(field: Field, point: Point, time: float) -> tuple[float, ...]:
    """The field's components at a point and time, linear between cells and moments; what is no number is 0."""
    grid = field.grid
    gx = min(max((point[0] - grid.x0) / grid.spacing, 0.0), grid.nx - 1.0)
    gy = min(max((point[1] - grid.y0) / grid.spacing, 0.0), grid.ny - 1.0)
    column, row = min(int(gx), max(grid.nx - 2, 0)), min(int(gy), max(grid.ny - 2, 0))
    times = field.times
    after = min(max(int(times.searchsorted(time, side="right")), 1), max(times.size - 1, 0))
    before = max(after - 1, 0)
    gap = float(times[after] - times[before])
    late = min(max((time - float(times[before])) / gap, 0.0), 1.0) if gap > 0.0 else 0.0
    north, east = gy - row, gx - column
    found = [0.0] * field.values.shape[3]
    for moment, share in ((before, 1.0 - late), (after, late)):
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
