"""What is wrong with a pack, said so that its author can put it right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

MISSING: Final = object()  # the value of a key that is not there
SHOWN = 60  # characters of a value that are worth showing

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `path` as in sites[0].releases[2].mass, empty for the whole file."""

    file: str
    line: int
    path: str
    value: object
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line > 0 else self.file
        subject = f"{place} {self.path}".rstrip()
        said = "missing" if self.value is MISSING else write_value(self.value)
        return f"{subject} is {said}; expected {self.expected}"


@dataclass(frozen=True)
class Finding:
    """A path, what would be right there, and the value where it is not simply what the file says (None)."""

    where: Where
    expected: str
    value: object = None


class PackFaults(Exception):  # noqa: N818
    """All faults of one pack."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def write_path(where: Where) -> str:
    """("sites", 0, "mass") as sites[0].mass."""
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def write_value(value: object) -> str:
    """A value as short as it can be recognised by."""
    if isinstance(value, Verbatim):
        return value.text
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


@dataclass(frozen=True)
class Verbatim:
    """A fault's value that is words about the file rather than something in it."""

    text: str
