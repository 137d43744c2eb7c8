"""How far and how well a unit sees now: a crew's eyes, or the sensors of a unit that is there to look.

Eyes see as far as `sight`, the visibility, and a quarter of that by night (training value). Sensors see half their `swath` to
either side of the way flown in the step; where they do not see through cloud, no farther than the visibility; by night only where
they see by night. Radar also shows slicks that are none (algae, slack wind): one look in fifty (training value; EMSA
CleanSeaNet finds that of its possible spills a third to a half are not confirmed).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khazri.response.acting import Acting
from khazri.response.looking import EVERY, LIMITS

BY_NIGHT: Final = 0.25  # of what eyes see by day
SENSOR_EVERY: Final = 60.0  # [s] between two looks of a sensor
FALSE_SLICKS: Final = 0.02  # of a radar's looks


@dataclass(frozen=True)
class Eye:
    """What a unit can make out at a moment."""

    reach: float  # [m], from the way covered in the step; 0: it sees nothing
    least_film: float  # [m]
    every: float  # [s] between two looks
    false_share: float  # of looks that show a slick where there is none


def eye_of(now: Acting) -> Eye:
    """As light and weather are."""
    unit, conditions = now.unit, now.conditions
    light = now.sea.light(now.vessel.point)
    night = light is not None and not light.workable
    if unit.height <= 0.0:
        return Eye(min(unit.sight, conditions.visibility) * (BY_NIGHT if night else 1.0), LIMITS[0], EVERY, 0.0)
    working = now.surveyed or now.vessel.phase == "working"
    reach = 0.5 * unit.swath if working else min(unit.sight, 0.5 * unit.swath)
    if not unit.sees_through_cloud:
        reach = min(reach, conditions.visibility)
    if night and not unit.sees_at_night:
        reach = 0.0
    radar = unit.sees_through_cloud > 0.0 and unit.sees_at_night > 0.0
    every = SENSOR_EVERY if working else EVERY
    return Eye(reach, max(unit.least_film, LIMITS[0]), every, FALSE_SLICKS if radar and working else 0.0)
