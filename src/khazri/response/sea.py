"""What the units of one site act in during a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from khazri.engine.site import SiteInputs
from khazri.response.conditions import Conditions, conditions_at, conditions_of
from khazri.response.fleet import Unit
from khazri.response.track import Point
from khazri.response.vessel import ENGINE, Vessel
from khazri.response.waters import Waters
from khazri.sea.sunlight import Light, light


@lru_cache(maxsize=4096)
def _light(when: datetime, longitude: float, latitude: float) -> Light:
    return light(when, longitude, latitude)


@dataclass(frozen=True)
class Spot:
    """A place of value as units know it: a circle about it on the plane [m]."""

    centre: Point
    radius: float


@dataclass(frozen=True)
class Fellow:
    """Another unit of the site, as others meet it at the start of a step."""

    ident: str
    kind: str
    point: Point
    storage: float  # [m3]
    fluid: float  # [m3]
    disabled: bool


class Company(Protocol):
    """The other units of a site."""

    def get(self, ident: str, /) -> Fellow | None:
        """One of them; None: there is none of that ident."""


@dataclass(frozen=True)
class Fellows:
    """All units of a site by their idents, each met when it is asked for: most are not in a step."""

    units: Mapping[str, tuple[Unit, Vessel]]

    def get(self, ident: str, /) -> Fellow | None:
        """As it is at the start of the step."""
        found = self.units.get(ident)
        if found is None:
            return None
        unit, vessel = found
        return Fellow(ident, unit.kind, vessel.point, unit.storage, vessel.fluid, vessel.failed == ENGINE)


@dataclass(frozen=True)
class Sea:
    """A site at a moment: its waters, and what blows and flows over them."""

    waters: Waters
    inputs: SiteInputs
    time: float  # [s] from the start of the run
    booms: tuple[tuple[Point, ...], ...] = ()  # what is in the water of each
    places: Mapping[str, Spot] = field(default_factory=dict)
    fellows: Company = field(default_factory=lambda: Fellows({}))
    shut: frozenset[str] = frozenset()  # releases that units have shut
    start: datetime | None = None  # UTC of time 0; None: day and night are not known, and it counts as day

    def conditions(self, point: Point) -> Conditions:
        """Where a unit is."""
        return conditions_at(self.inputs, self.waters.depth(point), point, self.time)

    def conditions_of(self, points: Sequence[Point]) -> list[Conditions]:
        """Where many are."""
        return conditions_of(self.inputs, [self.waters.depth(point) for point in points], points, self.time)

    def waters_for(self, unit: Unit) -> Waters:
        """The ways of a unit: over water deep enough, through no more ice than it works in; or over land."""
        if unit.medium == "land":
            return self.waters.on_land()
        ice = self.inputs.fields.get("ice_concentration")
        return self.waters if ice is None else self.waters.under_ice(ice, self.time, unit.ice_limit)

    def light(self, point: Point) -> Light | None:
        """Daylight where a unit is; None: not known."""
        if self.start is None:
            return None
        longitude, latitude = self.to_geographic(point)
        when = self.start + timedelta(seconds=self.time)
        return _light(when, round(longitude, 1), round(latitude, 1))  # 0.1 degrees are less than half a minute of sun

    def to_plane(self, longitude: float, latitude: float) -> Point:
        """[m]"""
        x, y = self.waters.terrain.plane.to_plane(longitude, latitude)
        return float(x), float(y)

    def ring_to_geographic(self, ring: Sequence[Point]) -> tuple[Point, ...]:
        """(longitude, latitude) of many points at once [degrees]."""
        longitudes, latitudes = self.waters.terrain.plane.to_geographic([x for x, _ in ring], [y for _, y in ring])
        return tuple(zip(map(float, longitudes), map(float, latitudes), strict=True))

    def to_geographic(self, point: Point) -> Point:
        """(longitude, latitude) [degrees]."""
        longitude, latitude = self.waters.terrain.plane.to_geographic(point[0], point[1])
        return float(longitude), float(latitude)
