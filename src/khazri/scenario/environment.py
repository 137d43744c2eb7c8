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
