"""Wind, water, ice and light over a site: scripted for the whole site or at stations, or from gridded files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import BaseModel, Field

from khazri.engine.fields import FIELDS
from khazri.scenario.kinds import (
    AirTemperature,
    Bearing,
    CurrentSpeed,
    FileName,
    IceThickness,
    Ident,
    LocalText,
    Loose,
    Measure,
    Moment,
    OneOrMany,
    Point,
    Salinity,
    Section,
    Sediment,
    Share,
    Visibility,
    WaterTemperature,
    WaveHeight,
    WavePeriod,
    WindSpeed,
    Words,
)
from khazri.units import components_from, components_towards


class Series(NamedTuple):
    """One quantity in time: seconds from the start, and the components at each (SI; vectors east, north, towards)."""

    times: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]


class WindPoint(Section):
    """Wind at 10 m, at one moment, named by the bearing it comes from."""

    at: Moment = 0.0
    speed: WindSpeed
    from_: Bearing = Field(alias="from")


class CurrentPoint(Section):
    """Surface current at one moment, named by the bearing it goes to."""

    at: Moment = 0.0
    speed: CurrentSpeed
    towards: Bearing


class WavePoint(Section):
    """Significant height and peak period of the waves at one moment."""

    at: Moment = 0.0
    height: WaveHeight
    period: WavePeriod


class IceDrift(Section):
    """How ice moves."""

    speed: CurrentSpeed
    towards: Bearing


class IcePoint(Section):
    """Sea ice at one moment: share of the water covered, thickness, drift."""

    at: Moment = 0.0
    concentration: Share
    thickness: IceThickness | None = None
    drift: IceDrift | None = None


class WaterTemperaturePoint(Section):
    """Temperature of the surface water at one moment."""

    at: Moment = 0.0
    value: WaterTemperature


class AirTemperaturePoint(Section):
    """Temperature of the air at one moment."""

    at: Moment = 0.0
    value: AirTemperature


class SalinityPoint(Section):
    """Salinity of the surface water at one moment."""

    at: Moment = 0.0
    value: Salinity


class SedimentPoint(Section):
    """Suspended sediment at one moment."""

    at: Moment = 0.0
    value: Sediment


class VisibilityPoint(Section):
    """Visibility at one moment."""

    at: Moment = 0.0
    value: Visibility


def _points(value: object) -> object:
    """21 degC as [{value: 21 degC}]."""
    if isinstance(value, list | tuple | dict):
        return value
    return [{"value": value}]


def _scalar(dimension: str) -> Loose:
    """A series of one dimension, which a single quantity may stand for."""
    return Loose(_points, (Measure(dimension).schema_of_value(),))


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

    def series(self, name: str) -> Series | None:
        """The series of a field (names of engine.fields.FIELDS), or None where nothing is said of it."""
        key, read = FIELD_READERS[name]
        points = getattr(self, key) or ()
        found = [(point.at, value) for point in points if (value := read(point)) is not None]
        if not found:
            return None
        return Series(tuple(at for at, _ in found), tuple(value for _, value in found))

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
}
QUANTITIES: Final[tuple[str, ...]] = tuple(dict.fromkeys(key for key, _ in FIELD_READERS.values()))
GRIDDED: Final[dict[str, int]] = {name: components for name, (components, _) in FIELDS.items()}  # what files may hold


class Station(Weather):
    """Series at one place. Between stations each quantity is interpolated; one station stands for the whole site."""

    position: Point
    name: LocalText | None = None


class Scripted(Weather):
    """Weather written in the pack: quantities for the whole site, and stations for those that differ by place."""

    stations: tuple[Station, ...] = ()

    def at_stations(self, name: str) -> tuple[tuple[float, float, Series], ...]:
        """(longitude, latitude, series) of a field at each station that says something of it; empty: see `series`."""
        said = ((station, station.series(name)) for station in self.stations)
        return tuple(
            (station.position.lon, station.position.lat, series) for station, series in said if series is not None
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Fields said for the whole site or at any station, in the order of FIELD_READERS."""
        return tuple(name for name in FIELD_READERS if self.series(name) is not None or self.at_stations(name))


def _names(value: object) -> object:
    return [value] if isinstance(value, str) else value


_ONE_NAME = ({"type": "string"},)
VariableNames = Annotated[tuple[Words, ...], Loose(_names, _ONE_NAME)]
Paths = Annotated[tuple[FileName, ...], Loose(_names, _ONE_NAME)]


class GriddedFiles(Section):
    """One set of CF-like files that belong together: several paths are joined in time."""

    ident: Ident | None = None
    path: Paths  # names or patterns (*, ?, **) in the pack's folder
    variables: dict[str, VariableNames] = Field(default_factory=dict)  # field -> variable, or [x, y] of a vector
    fallback: Literal["none", "scripted", "constant"] = "none"  # outside the files' coverage in space or time
    source: Words | None = None  # whose they are, for the report


def _sea(value: object) -> object:
    return {"embedded": {}, "none": None}.get(value, value) if isinstance(value, str) else value


class EmbeddedSea(Section):
    """The sea that answers the wind: currents by the shallow-water equations (Caspian)."""

    spacing: Annotated[float, Measure("length", low=1_000.0, high=8_000.0)] = 4_000.0  # of the shallow north [m]
    drag: Literal["wu", "large_pond", "garratt"] = "wu"
    spin_up: Annotated[float, Measure("time", low=0.0, high=10.0 * 86_400.0)] = 86_400.0  # of the first wind [s]
    rivers: bool = True


Kind = Literal["files", "scripted"]


class Environment(Section):
    """Where the fields come from; the first of `precedence` that covers the place and the time is used."""

    precedence: tuple[Kind, ...] = ("files", "scripted")
    scripted: Scripted | None = None
    files: Annotated[tuple[GriddedFiles, ...], OneOrMany()] = ()
    sea: Annotated[EmbeddedSea | None, Loose(_sea, ({"enum": ["embedded", "none"]},))] = None  # over the script

    def weathers(self) -> Iterator[tuple[tuple[str | int, ...], Weather]]:
        """Every scripted weather with its path below the environment."""
        if self.scripted is not None:
            yield ("scripted",), self.scripted
            for index, station in enumerate(self.scripted.stations):
                yield ("scripted", "stations", index), station
