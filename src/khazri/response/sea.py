"""What the units of one site act in during a step."""

from __future__ import annotations

from dataclasses import dataclass

from khazri.engine.site import SiteInputs
from khazri.response.conditions import Conditions, conditions_at
from khazri.response.track import Point
from khazri.response.waters import Waters


@dataclass(frozen=True)
class Sea:
    """A site at a moment: its waters, and what blows and flows over them."""

    waters: Waters
    inputs: SiteInputs
    time: float  # [s] from the start of the run
    booms: tuple[tuple[Point, ...], ...] = ()  # what is in the water of each

    def conditions(self, point: Point) -> Conditions:
        """Where a unit is."""
        return conditions_at(self.inputs, self.waters.depth(point), point, self.time)

    def to_plane(self, longitude: float, latitude: float) -> Point:
        """[m]"""
        x, y = self.waters.terrain.plane.to_plane(longitude, latitude)
        return float(x), float(y)

    def to_geographic(self, point: Point) -> Point:
        """(longitude, latitude) [degrees]."""
        longitude, latitude = self.waters.terrain.plane.to_geographic(point[0], point[1])
        return float(longitude), float(latitude)
