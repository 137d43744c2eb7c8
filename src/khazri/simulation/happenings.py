"""What people or triggers can notice in the world (CONTRACTS: Happening)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from khazri.response.events import (  # what units do is told by `response`; the names are the world's too
    BOOM_ANCHORED,
    BOOM_DRAGGING,
    BOOM_HOLDING,
    BOOM_LEAKING,
    BOOM_RECOVERED,
    BOOM_SET,
    FIRE_LIT,
    OIL_SIGHTED,
    SOURCE_SHUT,
    STORAGE_EMPTIED,
    STORAGE_FULL,
    UNIT_ARRIVED,
    UNIT_RESUMED,
    UNIT_STARTED,
    UNIT_STOPPED,
)
from khazri.response.events import KINDS as OF_UNITS

__all__ = [
    "BOOM_ANCHORED", "BOOM_DRAGGING",
    "BOOM_HOLDING", "BOOM_LEAKING", "BOOM_RECOVERED", "BOOM_SET", "FIRE_LIT", "KINDS", "OF_UNITS", "OIL_ASHORE", "OIL_LEFT_DOMAIN",
    "OIL_SIGHTED",
    "PLACE_OILED", "RELEASE_STARTED", "RELEASE_STOPPED", "SOURCE_SHUT", "STORAGE_EMPTIED", "STORAGE_FULL", "UNIT_ARRIVED", "UNIT_RESUMED",
    "UNIT_STARTED", "UNIT_STOPPED", "Happening",
]  # fmt: skip


# of the oil: each is told once, when it first becomes so
RELEASE_STARTED: Final = "release started"
RELEASE_STOPPED: Final = "release stopped"
PLACE_OILED: Final = "place oiled"
OIL_ASHORE: Final = "oil ashore"
OIL_LEFT_DOMAIN: Final = "oil left domain"

KINDS: Final = (RELEASE_STARTED, RELEASE_STOPPED, PLACE_OILED, OIL_ASHORE, OIL_LEFT_DOMAIN, *OF_UNITS)


@dataclass(frozen=True)
class Happening:
    """Something that was not so before `step` and is so after it."""

    kind: str
    step: int
    site: str
    subject: str
    values: Mapping[str, float | str] = field(default_factory=dict)
