"""The weather at a place and time, whole: what a station there would tell, and what follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from khazri.engine.site import SiteInputs
from khazri.geo.grid import Grid
from khazri.response.conditions import sample
from khazri.response.waters import Point
from khazri.sea.cold import gust, wind_chill
from khazri.sea.sunlight import Light, light
from khazri.sea.waves import wave_field
from khazri.units import bearing_from


@dataclass(frozen=True)
class WeatherNow:
    """At one place and moment, SI; None where nothing is known of it."""

    wind_speed: float | None = None  # at 10 m [m s-1]
    wind_from: float | None = None  # true bearing [rad]
    gust: float | None = None  # of three seconds, over open water [m s-1]
    air_temperature: float | None = None  # [K]
    wind_chill: float | None = None  # [K]
    visibility: float | None = None  # [m]
    light: Light | None = None
    wave_height: float | None = None  # significant [m]; None on land
    wave_period: float | None = None  # of the peak [s]
    water_temperature: float | None = None  # [K]
    salinity: float | None = None  # [1e-3]
    ice: float | None = None  # cover [1]
    ice_thickness: float | None = None  # [m]
    level: float | None = None  # of the sea above the site's [m]
    current: float | None = None  # speed at the surface [m s-1]
    current_towards: float | None = None  # true bearing [rad]


def weather_at(inputs: SiteInputs, point: Point, time: float, *, start: datetime | None = None) -> WeatherNow:
    """Weather at a point of the plane [m], `time` [s] from the start; `start` (UTC) gives the light."""
    known = {name: _sampled(inputs, name, point, time) for name in inputs.fields}

    def one(name: str) -> float | None:
        found = known.get(name)
        return None if found is None else found[0]

    longitude, latitude = (float(each) for each in inputs.terrain.plane.to_geographic(*point))
    turn = float(inputs.terrain.plane.north_bearing(longitude, latitude))
    wind, current = (_geographic(known.get(name), turn) for name in ("wind", "current"))
    speed = None if wind is None else math.hypot(*wind)
    air = one("air_temperature")
    height, period = _waves(inputs, point, known)
    return WeatherNow(
        wind_speed=speed,
        wind_from=None if wind is None else bearing_from(*wind),
        gust=None if speed is None else gust(speed),
        air_temperature=air,
        wind_chill=None if air is None or speed is None else wind_chill(air, speed),
        visibility=one("visibility"),
        light=None if start is None else light(start + timedelta(seconds=time), longitude, latitude),
        wave_height=height,
        wave_period=period,
        water_temperature=one("water_temperature"),
        salinity=one("salinity"),
        ice=one("ice_concentration"),
        ice_thickness=one("ice_thickness"),
        level=one("level"),
        current=None if current is None else math.hypot(*current),
        current_towards=None if current is None else math.atan2(*current) % (2.0 * math.pi),
    )


def _sampled(inputs: SiteInputs, name: str, point: Point, time: float) -> tuple[float, ...] | None:
    """A field's components; None where it is not known (a hole in a file counts as nought in `sample`)."""
    found = sample(inputs.fields[name], point, time)
    return found if all(math.isfinite(each) for each in found) else None


def _geographic(vector: tuple[float, ...] | None, turn: float) -> tuple[float, float] | None:
    """Along true east and north, of a vector along the axes of the plane."""
    if vector is None:
        return None
    u, v = vector
    return u * math.cos(turn) + v * math.sin(turn), v * math.cos(turn) - u * math.sin(turn)


def _waves(
    inputs: SiteInputs, point: Point, known: dict[str, tuple[float, ...] | None]
) -> tuple[float | None, float | None]:
    """Height and period, given or grown, lessened by ice."""
    ice = (known.get("ice_concentration") or (0.0,))[0]
    wind, level = known.get("wind"), known.get("level")
    height, period = (known.get(name) for name in ("wave_height", "wave_period"))
    if height is not None and period is not None:
        return height[0] * (1.0 - ice), period[0]
    if wind is None:
        return None, None
    here = Grid(point[0], point[1], 1.0, 1, 1)
    grown = wave_field(inputs.terrain, np.array(wind), grid=here, level=level[0] if level else 0.0, ice=ice)
    tall, long = float(grown.height[0, 0]), float(grown.period[0, 0])
    if not math.isfinite(tall):
        return None, None
    return tall if height is None else height[0] * (1.0 - ice), long if period is None else period[0]
