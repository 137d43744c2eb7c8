"""The kinds of value that a pack's settings may take, each converted to SI and checked against its range."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from khazri import units

LANGUAGES = ("en", "ru", "az", "kk", "tk", "fa")
IDENT = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")


class Section(BaseModel):
    """A part of a pack: no key but the known ones, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Measure:
    """Marks a float as a quantity of `dimension`, within [low, high] of SI; `above` is a bound not reached itself."""

    dimension: str
    low: float = -math.inf
    high: float = math.inf
    above: float | None = None
    remark: str = ""  # on the range, e.g. what it is if it is exceeded
    unit: str = ""  # in which the range is told
    unit_needed: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.schema_of_value()

    def schema_of_value(self) -> dict[str, Any]:
        """JSON Schema of the number, or the text with its unit."""
        known = units.DIMENSIONS[self.dimension]
        names = "|".join(re.escape(name) for name in known.units)
        text = {
            "type": "string",
            "pattern": rf"^\s*{units.quantity.NUMBER}\s*(?:{names})?\s*$",
            "examples": [known.example],
        }
        number: dict[str, Any] = {"type": "number", "description": known.si}
        if math.isfinite(self.low):
            number["minimum"] = self.low
        if math.isfinite(self.high):
            number["maximum"] = self.high
        if self.above is not None:
            number["exclusiveMinimum"] = self.above
        return text if self.unit_needed else {"anyOf": [number, text]}

    def parse(self, value: object) -> float:
        """SI, or a ValueError whose message is what would be right."""
        read = units.parse_with_unit if self.unit_needed else units.parse
        number = read(value, self.dimension)
        if not self.low <= number <= self.high or (self.above is not None and number <= self.above):
            raise ValueError(self.range_words())
        return number

    def range_words(self) -> str:
        """What would be right, e.g. "kg > 0" or "0 to 60 m/s"."""
        unit = self.unit or units.DIMENSIONS[self.dimension].si
        scale = units.DIMENSIONS[self.dimension].units[unit]

        def tell(si: float) -> str:
            return f"{round((si - scale.offset) / scale.factor, 6):g}"

        shown = "" if unit == "1" else unit
        if self.above is not None and math.isinf(self.high):
            words = f"{shown} > {tell(self.above)}"
        elif self.above is not None:
            words = f"more than {tell(self.above)} and at most {tell(self.high)} {shown}"
        elif math.isinf(self.high):
            words = f"{shown} >= {tell(self.low)}"
        else:
            words = f"{tell(self.low)} to {tell(self.high)} {shown}"
        return f"{words.strip()}{', ' + self.remark if self.remark else ''}"


def _celsius(degrees: float) -> float:
    return degrees + units.ZERO_CELSIUS


UNIT_DOUBT = "else the unit is wrong"
Seconds = Annotated[float, Measure("time", above=0.0)]
Length = Annotated[float, Measure("length", above=0.0)]
Distance = Annotated[float, Measure("length", low=0.0)]
Depth = Annotated[float, Measure("length", low=0.0, high=11_000.0)]
Level = Annotated[float, Measure("length", low=-500.0, high=500.0)]
Mass = Annotated[float, Measure("mass", above=0.0)]
Volume = Annotated[float, Measure("volume", above=0.0)]
MassRate = Annotated[float, Measure("mass_rate", low=0.0)]
WindSpeed = Annotated[float, Measure("speed", low=0.0, high=60.0, remark=UNIT_DOUBT)]
CurrentSpeed = Annotated[float, Measure("speed", low=0.0, high=10.0, remark=UNIT_DOUBT)]
WaterTemperature = Annotated[
    float,
    Measure("temperature", low=_celsius(-3.0), high=_celsius(45.0), unit="degC", remark="a plain number is kelvin"),
]
AirTemperature = Annotated[
    float,
    Measure("temperature", low=_celsius(-70.0), high=_celsius(60.0), unit="degC", remark="a plain number is kelvin"),
]
OilTemperature = Annotated[
    float,
    Measure("temperature", low=_celsius(-90.0), high=_celsius(1200.0), unit="degC", remark="a plain number is kelvin"),
]
Salinity = Annotated[float, Measure("salinity", low=0.0, high=45.0)]
Sediment = Annotated[float, Measure("concentration", low=0.0, high=50.0, remark=UNIT_DOUBT)]
AirPressure = Annotated[
    float, Measure("pressure", low=85_000.0, high=109_000.0, unit="hPa", remark="a plain number is Pa")
]
Visibility = Annotated[float, Measure("length", low=0.0, high=500_000.0)]
WaveHeight = Annotated[float, Measure("length", low=0.0, high=30.0, remark=UNIT_DOUBT)]
WavePeriod = Annotated[float, Measure("time", low=0.5, high=30.0)]
IceThickness = Annotated[float, Measure("length", low=0.0, high=20.0, remark=UNIT_DOUBT)]
Share = Annotated[float, Measure("fraction", low=0.0, high=1.0, remark='as in 0.4 or "40 %"')]
Bearing = Annotated[float, Measure("angle", low=-2.0 * math.pi, high=2.0 * math.pi, unit="deg", unit_needed=True)]
Viscosity = Annotated[float, Measure("kinematic_viscosity", above=0.0, high=100.0, unit="cSt", remark=UNIT_DOUBT)]
OilDensity = Annotated[float, Measure("density", low=500.0, high=1300.0, remark=UNIT_DOUBT)]
Gravity = Annotated[float, Measure("api_gravity", low=-15.0, high=90.0)]
Tension = Annotated[float, Measure("tension", above=0.0, high=0.2, remark=UNIT_DOUBT)]
Diffusivity = Annotated[float, Measure("diffusivity", low=0.0, high=1e4)]


@dataclass(frozen=True, eq=False)
class Parsed:
    """Marks a value that a function of one argument reads; its ValueError says what would be right."""

    read: Callable[[object], Any]
    schema: tuple[tuple[str, object], ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True)
class AtMoment:
    """Marks seconds from the start of the run; UTC times need the pack's start in the validation context."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(value: object, about: core_schema.ValidationInfo) -> float:
            start = (about.context or {}).get("start")
            return units.parse_moment(value, start)

        return core_schema.with_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "number", "description": "s from the start"}, {"type": "string"}],
            "examples": ["T+27:00"],
        }


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number")
    return value


def _real(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a number")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _ident(value: object) -> str:
    if not isinstance(value, str) or len(value) > 64 or IDENT.match(value) is None:
        raise ValueError('lower-case words joined by hyphens, as in "north-caspian"')
    return value


def _file_name(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value or len(value) > 500:
        raise ValueError('the name of a file in the pack\'s folder, as in "inputs/coast.geojson"')
    return value


def _date(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("a date as in 2026-09-01") from None


def _short(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 2000:
        raise ValueError("a text of 1 to 2000 characters")
    return value


_TEXT = (("type", "string"),)
Moment = Annotated[float, AtMoment()]
Utc = Annotated[datetime, Parsed(units.parse_utc, (("type", "string"), ("format", "date-time")))]
Longitude = Annotated[
    float, Parsed(units.parse_longitude, (("type", ("number", "string")), ("examples", ("049-05.0E", 49.083))))
]
Latitude = Annotated[
    float, Parsed(units.parse_latitude, (("type", ("number", "string")), ("examples", ("45-30.5N", 45.508))))
]
Flag = Annotated[bool, Parsed(_flag, (("type", "boolean"),))]
Ident = Annotated[str, Parsed(_ident, (*_TEXT, ("pattern", IDENT.pattern), ("maxLength", 64)))]
FileName = Annotated[str, Parsed(_file_name, _TEXT)]
IsoDate = Annotated[str, Parsed(_date, (*_TEXT, ("format", "date")))]
Words = Annotated[str, Parsed(_short, (*_TEXT, ("minLength", 1)))]
Real = Annotated[float, Parsed(_real, (("type", "number"),))]
Weight = Annotated[float, BeforeValidator(_real, json_schema_input_type=float), Field(ge=0.0, le=1e6)]


def whole(low: int, high: int) -> Parsed:
    """A marker for whole numbers within a range."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"a whole number, {low} to {high}")
        return value

    return Parsed(read, (("type", "integer"), ("minimum", low), ("maximum", high)))


@dataclass(frozen=True, eq=False)
class Loose:
    """Marks a value that may also be written in a shorter form, which `widen` turns into the full one.

    `short` is the JSON Schema of the shorter forms.
    """

    widen: Callable[[object], object]
    short: tuple[dict[str, Any], ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.widen, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [handler(schema), *self.short]}


def _list_of_one(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


@dataclass(frozen=True)
class OneOrMany:
    """Marks a tuple of sections of which a single one may be written without its list."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(_list_of_one, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many, many["items"]]}


class Text(Section):
    """Words in one or more languages."""

    en: Words | None = None
    ru: Words | None = None
    az: Words | None = None
    kk: Words | None = None
    tk: Words | None = None
    fa: Words | None = None

    def best(self, lang: str = "en") -> str:
        """The words in `lang`, else in English, else in the first language there is."""
        said: dict[str, str | None] = {name: getattr(self, name) for name in LANGUAGES}
        return said.get(lang) or said["en"] or next((words for words in said.values() if words), "")


def _text(value: object) -> object:
    if isinstance(value, str):
        return {"en": value}
    if isinstance(value, dict) and not value:
        raise ValueError('words, as in "Caspian" or { en: "Caspian", ru: "Каспий" }')
    return value


LocalText = Annotated[Text, Loose(_text, ({"type": "string"},))]


class Position(Section):
    """A point; also written [lon, lat]."""

    lon: Longitude
    lat: Latitude


def _position(value: object) -> object:
    if isinstance(value, list | tuple):
        if len(value) != 2:
            raise ValueError('two numbers, [longitude, latitude], as in [49.2, 45.5] or ["049-12.0E", "45-30.0N"]')
        return {"lon": value[0], "lat": value[1]}
    return value


_PAIR = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": ["number", "string"]}}
Point = Annotated[Position, Loose(_position, (_PAIR,))]


class Area(Section):
    """A box (west, east, south, north) or a polygon."""

    west: Longitude | None = None
    east: Longitude | None = None
    south: Latitude | None = None
    north: Latitude | None = None
    polygon: tuple[Point, ...] | None = None

    @property
    def ring(self) -> tuple[tuple[float, float], ...]:
        """The corners (longitude, latitude), not closed."""
        if self.polygon is not None:
            return ring_of(self.polygon)
        if self.west is None or self.east is None or self.south is None or self.north is None:
            return ()
        return (
            (self.west, self.south),
            (self.east, self.south),
            (self.east, self.north),
            (self.west, self.north),
        )

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        lons, lats = zip(*self.ring, strict=True)
        return min(lons), min(lats), max(lons), max(lats)


def ring_of(points: tuple[Position, ...]) -> tuple[tuple[float, float], ...]:
    """(longitude, latitude) of each point; a closing point that repeats the first is left out."""
    ring = tuple((point.lon, point.lat) for point in points)
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
