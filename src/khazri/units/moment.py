"""Moments of an exercise: "T+27:00", a UTC time, or a time since the start; as seconds from the start, and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from khazri.units.quantity import QuantityError, parse

_CLOCK = re.compile(r"^\s*T\s*([+-])\s*(\d{1,5}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?\s*$")
WORDS: Final = 'a moment as in "T+27:00" (hours:minutes from the start), 2026-09-14T04:00:00Z or "27 h"'


def parse_utc(value: object) -> datetime:
    """An ISO 8601 time with its zone, as UTC."""
    words = "a UTC time as in 2026-09-14T04:00:00Z"
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise QuantityError(words) from None
    if not isinstance(value, datetime):
        raise QuantityError(words)
    if value.tzinfo is None:
        raise QuantityError(f"{words} (the zone is missing; Z means UTC)")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise QuantityError(words) from None


def parse_moment(value: object, start: datetime | None) -> float:
    """Seconds from `start`; without a start only relative moments are understood."""
    if isinstance(value, str):
        match = _CLOCK.match(value)
        if match is not None:
            sign, hours, minutes, seconds = match.groups()
            total = int(hours) * 3600.0 + int(minutes) * 60.0 + float(seconds or 0.0)
            return -total if sign == "-" else total
    if isinstance(value, int | float) and not isinstance(value, bool):
        return parse(value, "time")
    if isinstance(value, str):
        try:
            return parse(value, "time")
        except QuantityError:
            pass
    try:
        moment = parse_utc(value)
    except QuantityError:
        raise QuantityError(WORDS) from None
    if start is None:
        raise QuantityError('a moment as in "T+27:00": a UTC time cannot be placed while the start is unknown')
    return (moment - start).total_seconds()


def write_moment(seconds: float) -> str:
    """97200 as T+27:00; seconds are written only where there are any."""
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(round(abs(seconds)), 3600)
    minutes, left = divmod(rest, 60)
    tail = f":{left:02d}" if left else ""
    return f"T{sign}{hours:02d}:{minutes:02d}{tail}"
