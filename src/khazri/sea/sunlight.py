"""Day, twilight and night at a place.

The sun's height comes from the library astral, after the NOAA solar calculator (Meeus, Astronomical Algorithms, 1998), good
to a few hundredths of a degree between 1900 and 2100. The kinds of twilight are those of the nautical almanacs: the sun's centre
above -0.833 degrees (its upper edge, with refraction): day; above -6: civil; above -12: nautical; above -18: astronomical.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

LightKind = Literal["day", "civil", "nautical", "astronomical", "night"]

LEAST: Final[tuple[tuple[float, LightKind], ...]] = (
    (-0.833, "day"), (-6.0, "civil"), (-12.0, "nautical"), (-18.0, "astronomical"),
)  # fmt: skip
WORKABLE: Final[frozenset[LightKind]] = frozenset({"day", "civil"})  # one can work outside without lamps


@dataclass(frozen=True)
class Light:
    """How high the sun stands, and what one calls it."""

    elevation: float  # [rad], of the sun's centre, without refraction
    kind: LightKind

    @property
    def workable(self) -> bool:
        """Whether it is light enough to work outside."""
        return self.kind in WORKABLE


def light(when: datetime, longitude: float, latitude: float) -> Light:
    """Light at a moment (UTC) and place [degrees]. Errors: ValueError without a time zone.

    Checked by: tests/verification/test_sunlight.py
    """
    from astral import Observer
    from astral.sun import elevation

    if when.tzinfo is None:
        raise ValueError(f"when is {when}; expected a moment with its time zone")
    height = elevation(Observer(latitude, longitude), when, with_refraction=False)
    kind: LightKind = next((kind for least, kind in LEAST if height >= least), "night")
    return Light(math.radians(height), kind)
