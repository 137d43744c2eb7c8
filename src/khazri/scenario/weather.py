"""What a pack says of the weather: each quantity constant, or in time by moments, steps and ramps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Final, NamedTuple

from pydantic import BaseModel, Field

from khazri.engine.fields import FIELDS
from khazri.scenario.kinds import (
    AirPressure,
    AirTemperature,
    Bearing,
    CurrentSpeed,
    IceThickness,
    Loose,
    Measure,
    Moment,
    OneOrMany,
    Salinity,
    Section,
    Sediment,
    Share,
    Visibility,
    WaterTemperature,
    WaveHeight,
    WavePeriod,
    WindSpeed,
)
from khazri.units import components_from, components_towards

STEP: Final = 1.0  # s, in which a step from one value to the next is made


class Series(NamedTuple):
    """One quantity in time: seconds from the start, and the components at each (SI; vectors east, north, towards)."""

    times: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]


class Timed(Section):
    """A value in time: reached linearly `at` a moment, or `persisting_from` one on, after the value before it.

    over   how long the change from the value before takes, from the moment `persisting_from`; a step where not said
    """

    at: Moment = 0.0
    persisting_from: Moment | None = None
    over: Annotated[float, Measure("time", low=0.0)] | None = None

    @property
    def begins(self) -> float:
        """The moment that is said [s]."""
        return self.at if self.persisting_from is None else self.persisting_from

    @property
    def stands(self) -> float:
        """The moment from which the value stands [s]."""
        return self.at if self.persisting_from is None else self.persisting_from + max(self.over or 0.0, STEP)


class WindPoint(Timed):
    """Wind at 10 m, at one moment, named by the bearing it comes from."""

    speed: WindSpeed
    from_: Bearing = Field(alias="from")


class CurrentPoint(Timed):
    """Surface current at one moment, named by the bearing it goes to."""

    speed: CurrentSpeed
    towards: Bearing


class WavePoint(Timed):
    """Significant height and peak period of the waves at one moment."""

    height: WaveHeight
    period: WavePeriod


class IceDrift(Section):
    """How ice moves."""

    speed: CurrentSpeed
    towards: Bearing


class IcePoint(Timed):
    """Sea ice at one moment: share of the water covered, thickness, drift."""

    concentration: Share
    thickness: IceThickness | None = None
    drift: IceDrift | None = None


class WaterTemperaturePoint(Timed):
    """Temperature of the surface water at one moment."""

    value: WaterTemperature


class AirTemperaturePoint(Timed):
    """Temperature of the air at one moment."""

    value: AirTemperature


class SalinityPoint(Timed):
    """Salinity of the surface water at one moment."""

    value: Salinity


class SedimentPoint(Timed):
    """Suspended sediment at one moment."""

    value: Sediment


class VisibilityPoint(Timed):
    """Visibility at one moment."""

    value: Visibility


class AirPressurePoint(Timed):
    """Pressure of the air at sea level at one moment."""

    value: AirPressure


def _points(value: object) -> object:
    """21 degC as [{value: 21 degC}]."""
    if isinstance(value, list | tuple | dict):
        return value
    return [{"value": value}]


def _scalar(dimension: str) -> Loose:
    """A series of one dimension, which a single quantity may stand for."""
    return Loose(_points, (Measure(dimension).schema_of_value(),))


def series_of(points: Sequence[tuple[Timed, tuple[float, ...]]]) -> Series:
    """Moments and values; what persists from a moment is preceded by the value before it, held until then."""
    times: list[float] = []
    values: list[tuple[float, ...]] = []
    for point, value in points:
        if point.persisting_from is not None and times and times[-1] < point.begins:
            times.append(point.begins)
            values.append(values[-1])
        times.append(point.stands if times else point.begins)
        values.append(value)
    return Series(tuple(times), tuple(values))


class Weather(BaseModel):
    """Any of the quantities, each constant or a series: linear between its moments, held before and after them."""

    model_config = Section.model_config

    wind: Annotated[tuple[WindPoint, ...], OneOrMany()] | None = None
    current: Annotated[tuple[CurrentPoint, ...], OneOrMany()] | None = None
    waves: Annotated[tuple[WavePoint, ...], OneOrMany()] | None = None
    ice: Annotated[tuple[IcePoint, ...], OneOrMany()] | None = None
    water_temperature: Annotated[tuple[WaterTemperaturePoint, ...], OneOrMany(), _scalar("temperature")] | None = None
    air_temperature: Annotated[tuple[AirTemperaturePoint, ...], OneOrMany(), _scalar("temperature")] | None = None
    salinity: Annotated[tuple[SalinityPoint, ...], OneOrMany(), _scalar("salinity")] | None = None
    sediment: Annotated[tuple[SedimentPoint, ...], OneOrMany(), _scalar("concentration")] | None = None
    visibility: Annotated[tuple[VisibilityPoint, ...], OneOrMany(), _scalar("length")] | None = None
    air_pressure: Annotated[tuple[AirPressurePoint, ...], OneOrMany(), _scalar("pressure")] | None = None

    def series(self, name: str) -> Series | None:
        """The series of a field (names of engine.fields.FIELDS), or None where nothing is said of it."""
        key, read = FIELD_READERS[name]
        points = getattr(self, key) or ()
        found = [(point, value) for point in points if (value := read(point)) is not None]
        return series_of(found) if found else None

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields of which something is said."""
        return tuple(name for name in FIELD_READERS if self.series(name) is not None)


def _wind(point: WindPoint) -> tuple[float, ...]:
    return components_from(point.speed, point.from_)


def _current(point: CurrentPoint) -> tuple[float, ...]:
    return components_towards(point.speed, point.towards)


def _ice_drift(point: IcePoint) -> tuple[float, ...] | None:
    return None if point.drift is None else components_towards(point.drift.speed, point.drift.towards)


def _ice_thickness(point: IcePoint) -> tuple[float, ...] | None:
    return None if point.thickness is None else (point.thickness,)


def _value(point: WaterTemperaturePoint) -> tuple[float, ...]:
    return (point.value,)


# field of the engine -> (setting of the pack, how to read it from a point)
FIELD_READERS: Final[dict[str, tuple[str, Callable[..., tuple[float, ...] | None]]]] = {
    "wind": ("wind", _wind),
    "current": ("current", _current),
    "wave_height": ("waves", lambda point: (point.height,)),
    "wave_period": ("waves", lambda point: (point.period,)),
    "ice_concentration": ("ice", lambda point: (point.concentration,)),
    "ice_thickness": ("ice", _ice_thickness),
    "ice_drift": ("ice", _ice_drift),
    "water_temperature": ("water_temperature", _value),
    "air_temperature": ("air_temperature", _value),
    "salinity": ("salinity", _value),
    "sediment": ("sediment", _value),
    "visibility": ("visibility", _value),
    "air_pressure": ("air_pressure", _value),
}
QUANTITIES: Final[tuple[str, ...]] = tuple(dict.fromkeys(key for key, _ in FIELD_READERS.values()))
GRIDDED: Final[dict[str, int]] = {name: components for name, (components, _) in FIELDS.items()}  # what files may hold
