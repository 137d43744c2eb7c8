"""Where the fields over a site come from: weather written in the pack, gridded files, the sea's own answer, climatology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from khazri.scenario.forecast import Forecast
from khazri.scenario.ice import IceCover, widen_ice
from khazri.scenario.kinds import Distance, FileName, Ident, Loose, Measure, OneOrMany, Section, Utc, Words
from khazri.scenario.script import Front, Gusts, Scripted, Station, Zone
from khazri.scenario.sea import EmbeddedSea, widen_sea
from khazri.scenario.weather import FIELD_READERS, GRIDDED, QUANTITIES, Series, Weather

__all__ = [
    "CLIMATIC", "FIELD_READERS", "GRIDDED", "QUANTITIES", "EmbeddedSea", "Environment", "Front", "GriddedFiles", "Gusts", "Scripted",
    "Series", "Station", "Weather", "Zone",
]  # fmt: skip

CLIMATIC: Final = ("water_temperature", "salinity", "air_temperature")  # what a climatology by month and sea is kept of


def _names(value: object) -> object:
    return [value] if isinstance(value, str) else value


_ONE_NAME = ({"type": "string"},)
VariableNames = Annotated[tuple[Words, ...], Loose(_names, _ONE_NAME)]
Paths = Annotated[tuple[FileName, ...], Loose(_names, _ONE_NAME)]


class Blend(Section):
    """How gently files go over into what stands beyond them: within their edge, and at their first and last moment.

    Where not said: over four cells of the files' grid, and over three hours. 0: a hard edge.
    """

    distance: Distance | None = None
    time: Annotated[float, Measure("time", low=0.0, high=7.0 * 86_400.0)] | None = None


def _blend(value: object) -> object:
    """A distance; 0 is a hard edge in time too."""
    if isinstance(value, dict) or value is None:
        return value
    hard = not isinstance(value, bool) and (value == 0 or str(value).strip() in {"0", "none"})
    return {"distance": 0.0, "time": 0.0} if hard else {"distance": value}


def _label(value: object) -> object:
    """A number of a member, as its name."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class GriddedFiles(Section):
    """One set of CF-like files that belong together: several paths are joined in time.

    fallback   outside their coverage in space or time: none (a fault), scripted (the script, or the embedded sea where it
               gives the field), sea (the same, and there must be one), constant (the nearest value)
    cycle      yearly: their dates come back every year; none: they do not, whatever the files say. Not said: as they say
    member     the one that is used, where they hold an ensemble: a value of its axis, or its place from 0
    """

    ident: Ident | None = None
    path: Paths  # names or patterns (*, ?, **) in the pack's folder; addresses (http://, https://)
    variables: dict[str, VariableNames] = Field(default_factory=dict)  # field -> variable, or [x, y] of a vector
    fallback: Literal["none", "scripted", "sea", "constant"] = "none"
    blend: Annotated[Blend, Loose(_blend, (Measure("length", low=0.0).schema_of_value(), {"const": "none"}))] = Blend()
    epoch: Utc | None = None  # what the times count from, where the files give seconds, hours or days without a date
    cycle: Literal["yearly", "none"] | None = None
    member: Annotated[Words | None, Loose(_label, ({"type": "integer"},))] = None
    source: Words | None = None  # whose they are, for the report

    @property
    def local(self) -> tuple[str, ...]:
        """Names and patterns of files."""
        return tuple(name for name in self.path if name not in self.addresses)

    @property
    def addresses(self) -> tuple[str, ...]:
        """What lies on a server."""
        return tuple(name for name in self.path if name.lower().startswith(("http://", "https://")))


Kind = Literal["files", "scripted"]


class Environment(Section):
    """Where the fields come from; the first of `precedence` that covers the place and the time is used."""

    precedence: tuple[Kind, ...] = ("files", "scripted")
    scripted: Scripted | None = None
    files: Annotated[tuple[GriddedFiles, ...], OneOrMany()] = ()
    sea: Annotated[EmbeddedSea | None, Loose(widen_sea, ({"enum": ["embedded", "none"]},))] = None  # over the script
    ice: Annotated[IceCover | None, Loose(widen_ice, ({"enum": ["climatology", "none"]},))] = None
    # by month and sea, where neither a file nor the script says it
    water_temperature: Literal["climatology"] | None = None
    salinity: Literal["climatology"] | None = None
    air_temperature: Literal["climatology"] | None = None
    forecast: Forecast | None = None  # what players are shown; the rest of the environment is what acts

    def weathers(self) -> Iterator[tuple[tuple[str | int, ...], Weather]]:
        """Every scripted weather with its path below the environment."""
        for where, scripted in self.scripts():
            yield where, scripted
            for index, station in enumerate(scripted.stations):
                yield (*where, "stations", index), station
            for index, zone in enumerate(scripted.zones):
                yield (*where, "zones", index), zone

    def scripts(self) -> Iterator[tuple[tuple[str | int, ...], Scripted]]:
        """The script, and those of the forecasts, with their paths below the environment."""
        if self.scripted is not None:
            yield ("scripted",), self.scripted
        for index, issue in enumerate(self.forecast.issues if self.forecast is not None else ()):
            yield ("forecast", "issues", index), issue
