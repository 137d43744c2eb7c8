"""Weather written in a pack: over the whole site, at stations, in zones, with fronts that cross it and gusts."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from khazri.scenario.kinds import (
    AirTemperature,
    Area,
    Bearing,
    LocalText,
    Measure,
    Moment,
    OneOrMany,
    Point,
    Section,
    Visibility,
    WindSpeed,
    whole,
)
from khazri.scenario.weather import FIELD_READERS, Series, Weather
from khazri.units import components_from

AFTER_FRONT: Final[dict[str, str]] = {
    "wind": "wind", "air_temperature": "air_temperature", "visibility": "visibility",
}  # fmt: skip


class Station(Weather):
    """Series at one place. Between stations each quantity is interpolated; one station stands for the whole site."""

    position: Point
    name: LocalText | None = None


class Zone(Weather):
    """Weather of an area of its own, over that of the site; it passes into the weather around over `edge` beyond it."""

    area: Area
    edge: Annotated[float, Measure("length", low=0.0, high=500_000.0)] = 10_000.0
    name: LocalText | None = None


class SteadyWind(Section):
    """A wind that does not change, named by the bearing it comes from."""

    speed: WindSpeed
    from_: Bearing = Field(alias="from")


class Front(Section):
    """A straight front that crosses the site: what is behind it takes the place of what the script says.

    at         the moment at which it passes `through`
    towards    the bearing it moves along, across its line, at `speed`
    over       how long the change takes at one place
    lasting    how long the weather behind it stands there; to the end where not said
    """

    at: Moment
    through: Point
    towards: Bearing
    speed: Annotated[float, Measure("speed", low=0.5, high=40.0)]
    over: Annotated[float, Measure("time", low=60.0, high=86_400.0)] = 1_200.0
    lasting: Annotated[float, Measure("time", above=0.0)] | None = None
    wind: SteadyWind | None = None
    air_temperature: AirTemperature | None = None
    visibility: Visibility | None = None
    name: LocalText | None = None

    def behind(self, name: str) -> tuple[float, ...] | None:
        """The field's value behind the front (vectors east, north), or None where the front does not change it."""
        if name not in AFTER_FRONT:
            return None
        found = getattr(self, AFTER_FRONT[name])
        if found is None:
            return None
        return components_from(found.speed, found.from_) if isinstance(found, SteadyWind) else (float(found),)


class Gusts(Section):
    """Swings of the scripted wind about what is written, the same over the whole site, seeded.

    intensity   standard deviation of the speed over its mean
    swing       standard deviation of the bearing
    lasting     time over which a swing is forgotten
    """

    intensity: Annotated[float, Measure("fraction", low=0.0, high=0.5)] = 0.12
    swing: Annotated[float, Measure("angle", low=0.0, high=1.0, unit="deg", unit_needed=True)] = 0.0
    lasting: Annotated[float, Measure("time", low=60.0, high=86_400.0)] = 1_200.0
    number: Annotated[int, whole(0, 2**31 - 1)] = 0  # another number: other gusts of the same kind


class Scripted(Weather):
    """Weather written in the pack: quantities for the whole site, and stations and zones for those that differ by place."""

    stations: tuple[Station, ...] = ()
    zones: tuple[Zone, ...] = ()
    fronts: Annotated[tuple[Front, ...], OneOrMany()] = ()
    gusts: Gusts | None = None

    def at_stations(self, name: str) -> tuple[tuple[float, float, Series], ...]:
        """(longitude, latitude, series) of a field at each station that says something of it; empty: see `series`."""
        said = ((station, station.series(name)) for station in self.stations)
        return tuple(
            (station.position.lon, station.position.lat, series) for station, series in said if series is not None
        )

    def in_zones(self, name: str) -> tuple[tuple[Zone, Series], ...]:
        """The zones that say something of a field, and what."""
        said = ((zone, zone.series(name)) for zone in self.zones)
        return tuple((zone, series) for zone, series in said if series is not None)

    def with_fronts(self, name: str) -> tuple[tuple[Front, tuple[float, ...]], ...]:
        """The fronts that change a field, and the value behind each."""
        said = ((front, front.behind(name)) for front in self.fronts)
        return tuple((front, value) for front, value in said if value is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """Fields said for the whole site or at any station, in the order of FIELD_READERS."""
        return tuple(name for name in FIELD_READERS if self.series(name) is not None or self.at_stations(name))
