"""Positions as mariners write them ("45-30.5N", "049-05.0E", 45°30.5'N) or as decimal degrees, and back for maps."""

from __future__ import annotations

import math
import re

from khazri.units.quantity import NUMBER

_MARKED = re.compile(
    r"""^\s*(?P<degrees>\d{1,3})\s*(?:[-°]\s*|\s+)
        (?P<minutes>\d{1,2}(?:\.\d*)?)\s*['′’]?\s*
        (?:(?P<seconds>(?<=['′’\s])\d{1,2}(?:\.\d*)?)\s*["″”]?\s*)?
        (?P<side>[NSEW])\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_DECIMAL = re.compile(rf"^\s*({NUMBER})\s*°?\s*([NSEW]?)\s*$", re.IGNORECASE)


class PositionError(ValueError):
    """A text is no latitude or longitude; the message says what would be right."""


def parse_latitude(value: object) -> float:
    """Degrees north, -90 to 90."""
    return _parse(value, sides="NS", low=-90.0, high=90.0, words='a latitude as in "45-30.5N" or 45.508, -90 to 90')


def parse_longitude(value: object) -> float:
    """Degrees east; -180 to 360 is accepted, so that an area may cross the date line without a jump."""
    return _parse(
        value, sides="EW", low=-180.0, high=360.0, words='a longitude as in "049-05.0E" or 49.083, -180 to 360'
    )


def write_latitude(degrees: float) -> str:
    """45.50833 as 45-30.5N."""
    return _write(degrees, width=2, sides="NS")


def write_longitude(degrees: float) -> str:
    """49.2 as 049-12.0E; any number of turns is taken off."""
    return _write((degrees + 180.0) % 360.0 - 180.0, width=3, sides="EW")


def write_position(longitude: float, latitude: float) -> str:
    """45-30.5N 049-12.0E, as on a chart."""
    return f"{write_latitude(latitude)} {write_longitude(longitude)}"


def _parse(value: object, *, sides: str, low: float, high: float, words: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PositionError(words)
    degrees = _parse_text(value, sides, words) if isinstance(value, str) else float(value)
    if not (math.isfinite(degrees) and low <= degrees <= high):
        raise PositionError(words)
    return degrees


def _parse_text(text: str, sides: str, words: str) -> float:
    text = text.replace("\u00a0", " ").replace("−", "-").replace("º", "°")
    decimal = _DECIMAL.match(text)
    if decimal is not None:
        number, side = float(decimal[1]), decimal[2].upper()
        if side and (side not in sides or number < 0.0):
            raise PositionError(words)
        return -number if side == sides[1] else number
    marked = _MARKED.match(text)
    if marked is None or marked["side"].upper() not in sides:
        raise PositionError(words)
    minutes, seconds = float(marked["minutes"]), float(marked["seconds"] or 0.0)
    if minutes >= 60.0 or seconds >= 60.0:
        raise PositionError(f"{words}, with minutes below 60")
    degrees = float(marked["degrees"]) + minutes / 60.0 + seconds / 3600.0
    return -degrees if marked["side"].upper() == sides[1] else degrees


def _write(degrees: float, *, width: int, sides: str) -> str:
    side = sides[1] if degrees < 0.0 else sides[0]
    tenths = round(abs(degrees) * 600.0)  # rounded once, so that 59.97 minutes carry into the degrees
    whole, rest = divmod(tenths, 600)
    return f"{whole:0{width}d}-{rest / 10.0:04.1f}{side}"
