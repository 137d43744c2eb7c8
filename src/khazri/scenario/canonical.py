"""One text for one content: JSON as RFC 8785 (JCS) has it, so that the same content always has the same hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime


def write_canonical(value: object) -> str:
    """Canonical JSON of plain values; UTC times are written as ISO 8601 text."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return _write_number(float(value)) if abs(value) <= 2**53 else _refuse(value)
    if isinstance(value, float):
        return _write_number(value)
    if isinstance(value, datetime):
        return json.dumps(value.astimezone(UTC).isoformat().replace("+00:00", "Z"))
    if isinstance(value, Mapping):
        members = sorted(
            ((str(key), item) for key, item in value.items()), key=lambda pair: pair[0].encode("utf-16-be")
        )
        return (
            "{"
            + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{write_canonical(item)}" for key, item in members)
            + "}"
        )
    if isinstance(value, Sequence):
        return "[" + ",".join(write_canonical(item) for item in value) + "]"
    return _refuse(value)


def hash_canonical(value: object) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON in UTF-8."""
    return hashlib.sha256(write_canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def _refuse(value: object) -> str:
    raise ValueError(
        f"canonical JSON: {value!r} of type {type(value).__name__}; expected JSON values, finite, integers up to 2**53"
    )


def _write_number(number: float) -> str:
    """As ECMAScript's Number::toString, which RFC 8785 prescribes; Python's repr has the same shortest digits."""
    if not math.isfinite(number):
        return _refuse(number)
    if number == 0.0:
        return "0"
    sign = "-" if number < 0.0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    leading = len(whole + fraction) - len(digits)
    point = len(whole) - leading + int(exponent or 0)  # digits stand before the decimal point
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
