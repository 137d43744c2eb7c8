"""Constants, and conversions between what people write and SI (pure)."""

from khazri.units.bearing import bearing_from, bearing_towards, components_from, components_towards
from khazri.units.constants import BARREL, DAY, GRAVITY, HOUR, KNOT, MINUTE, NAUTICAL_MILE, ZERO_CELSIUS
from khazri.units.moment import parse_moment, parse_utc, write_moment
from khazri.units.position import (
    PositionError,
    parse_latitude,
    parse_longitude,
    write_latitude,
    write_longitude,
    write_position,
)
from khazri.units.quantity import DIMENSIONS, QuantityError, parse, parse_with_unit, write

__all__ = [
    "BARREL",
    "DAY",
    "DIMENSIONS",
    "GRAVITY",
    "HOUR",
    "KNOT",
    "MINUTE",
    "NAUTICAL_MILE",
    "ZERO_CELSIUS",
    "PositionError",
    "QuantityError",
    "bearing_from",
    "bearing_towards",
    "components_from",
    "components_towards",
    "parse",
    "parse_latitude",
    "parse_longitude",
    "parse_moment",
    "parse_utc",
    "parse_with_unit",
    "write",
    "write_latitude",
    "write_longitude",
    "write_moment",
    "write_position",
]
