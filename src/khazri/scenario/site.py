"""One site: its area and water, what is over it, what is released in it and what must not be reached."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from khazri.scenario.environment import Environment
from khazri.scenario.kinds import (
    Area,
    Depth,
    FileName,
    Ident,
    IsoDate,
    Length,
    Level,
    LocalText,
    Loose,
    Measure,
    Point,
    Section,
    Weight,
    Words,
    ring_of,
)
from khazri.scenario.release import OilRelease

ShoreKind = Literal[
    "rock", "man_made", "gravel", "sand_gravel", "sand", "exposed_flat", "sheltered_flat", "reeds_marsh"
]  # geo.terrain.ShoreType in lower case
SHORE_KINDS: tuple[str, ...] = get_args(ShoreKind)


class WaterLevel(Section):
    """Where the water stands [m, Baltic datum], since when and who says so; also written as the number alone."""

    value: Level
    datum: Literal["baltic"] = "baltic"
    date: IsoDate | None = None
    source: Words | None = None


def _level(value: object) -> object:
    return value if isinstance(value, dict) else {"value": value}


class Coast(Section):
    """Where land is: the training coast, a fine one built by `khazri coast build`, or a GeoJSON file of the pack."""

    kind: Literal["training", "fine", "file"] = "training"
    file: FileName | None = None


class Bathymetry(Section):
    """How deep the water is: training depths, a NetCDF or GeoJSON file of the pack, or one depth everywhere."""

    kind: Literal["training", "file", "constant"] = "training"
    file: FileName | None = None
    depth: Depth | None = None  # of the water [m]


def _coast(value: object) -> object:
    if isinstance(value, dict):
        return {"kind": "file", **value} if "file" in value else value
    if value in ("training", "fine"):
        return {"kind": value}
    if isinstance(value, str) and value.lower().endswith((".geojson", ".json")):
        return {"kind": "file", "file": value}
    raise ValueError("training, fine, or the name of a GeoJSON file in the pack's folder")


_DEPTH = Measure("length")


def _bathymetry(value: object) -> object:
    if isinstance(value, dict):
        implied = "file" if "file" in value else "constant" if "depth" in value else None
        return {"kind": implied, **value} if implied else value
    if value == "training":
        return {"kind": "training"}
    if isinstance(value, str) and value.lower().endswith((".nc", ".geojson", ".json")):
        return {"kind": "file", "file": value}
    try:
        return {"kind": "constant", "depth": _DEPTH.parse(value)}
    except ValueError:
        raise ValueError(
            'training, a depth as in "120 m", or the name of a NetCDF or GeoJSON file in the pack\'s folder'
        ) from None


def _area(value: object) -> object:
    return {"polygon": value} if isinstance(value, list | tuple) else value


_NAME: dict[str, Any] = {"type": "string"}
_NAME_OR_NUMBER: dict[str, Any] = {"type": ["string", "number"]}
AreaSetting = Annotated[Area, Loose(_area, ({"type": "array", "minItems": 3},))]


class ShoreArea(Section):
    """A kind of shore within an area."""

    kind: ShoreKind
    area: AreaSetting


class Shoreline(Section):
    """The default kind of shore, then exceptions; a later one stands over an earlier one."""

    default: ShoreKind = "sand"
    types: tuple[ShoreArea, ...] = ()


class Place(Section):
    """What oil must not reach, and how much it counts."""

    ident: Ident
    name: LocalText
    polygon: tuple[Point, ...] | None = None
    point: Point | None = None
    radius: Length = 1000.0  # about `point` [m]
    weight: Weight = 1.0

    @property
    def ring(self) -> tuple[tuple[float, float], ...] | None:
        """The polygon's corners (longitude, latitude), not closed; None for a point."""
        return None if self.polygon is None else ring_of(self.polygon)


class Site(Section):
    """One plane of the exercise with its own water, weather, releases and places."""

    ident: Ident
    name: LocalText
    area: AreaSetting
    water_level: Annotated[WaterLevel, Loose(_level, (_NAME_OR_NUMBER,))]
    coast: Annotated[Coast, Loose(_coast, (_NAME,))] = Coast()
    bathymetry: Annotated[Bathymetry, Loose(_bathymetry, (_NAME_OR_NUMBER,))] = Bathymetry()
    resolution: Annotated[float, Measure("length", low=10.0, high=50_000.0)] = 500.0  # of the land raster [m]
    environment: Environment = Environment()
    releases: tuple[OilRelease, ...] = ()
    shoreline: Shoreline = Shoreline()
    places: tuple[Place, ...] = ()


__all__ = [
    "SHORE_KINDS",
    "Bathymetry",
    "Coast",
    "Place",
    "ShoreArea",
    "ShoreKind",
    "Shoreline",
    "Site",
    "WaterLevel",
]
