"""What people or triggers can notice in the world (CONTRACTS: Happening)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

# kinds that the world makes now; those of units, booms and casualties join with their issues
RELEASE_STARTED: Final = "release started"
RELEASE_STOPPED: Final = "release stopped"
PLACE_OILED: Final = "place oiled"
OIL_ASHORE: Final = "oil ashore"
OIL_LEFT_DOMAIN: Final = "oil left domain"


@dataclass(frozen=True)
class Happening:
    """Something that was not so before `step` and is so after it."""

    kind: str
    step: int
    site: str
    subject: str
    values: dict[str, float] = field(default_factory=dict)
