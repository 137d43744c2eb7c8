"""What a unit can make out from where it is: by eye, in the infrared, by radar; how far to either side of its way.

By day and in clear weather crews look; from the air to two nautical miles at most. By night infrared shows films of 10
micrometres and more as far as the air is clear; a unit without it sees a quarter as far by its searchlight. Radar sees through
darkness and fog wherever the wind roughens the water and does not break it; it tells where a film is, and nothing of how thick.

Source: Bonn Agreement Aerial Operations Handbook (2016), part 2: swaths, infrared from 10 micrometres, radar in 2 to 12 m/s of wind;
`BY_NIGHT` is a training value, ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from khazri.response.conditions import Conditions
from khazri.response.fleet import Unit

Sensor = Literal["eye", "infrared", "radar"]

LEAST_SHEEN: Final = 0.04e-6  # [m] that an eye makes out (Bonn Agreement Oil Appearance Code, 2004)
LEAST_INFRARED: Final = 10e-6  # [m]
EYE_REACHES: Final = 3_704.0  # [m] to either side from the air, by day
BY_NIGHT: Final = 0.25  # of what eyes see by day
NO_EYE_ABOVE: Final = 5_000.0  # [m]; what is higher has instruments only
ROUGHENED: Final = (2.0, 12.0)  # wind in which radar shows films [m s-1]


@dataclass(frozen=True)
class Gaze:
    """One sensor: what lies between `near` and `far` of the unit's way is seen from `least_film` on."""

    sensor: Sensor
    near: float  # [m]
    far: float  # [m]
    least_film: float  # [m]


def carries_sensors(unit: Unit) -> bool:
    """Whether the unit is there to look: its figures say from how high."""
    return unit.height > 0.0


def gazes_of(unit: Unit, conditions: Conditions, *, dark: bool) -> tuple[Gaze, ...]:
    """What the unit sees with, as things are."""
    if not carries_sensors(unit):
        return (Gaze("eye", 0.0, sight_now(unit, conditions, dark=dark), LEAST_SHEEN),)
    found = [gaze for gaze in (_optical(unit, conditions, dark),) if gaze is not None and gaze.far > 0.0]
    beyond = found[0].far if found else 0.0
    speed = (conditions.wind[0] ** 2 + conditions.wind[1] ** 2) ** 0.5
    roughened = ROUGHENED[0] <= speed <= ROUGHENED[1]
    if unit.sees_through_cloud > 0.0 and roughened and 0.5 * unit.swath > beyond:
        found.append(Gaze("radar", beyond, 0.5 * unit.swath, unit.least_film))
    return tuple(found)


def sight_now(unit: Unit, conditions: Conditions, *, dark: bool) -> float:
    """How far a crew sees oil from its bridge [m]."""
    return min(unit.sight, conditions.visibility) * (BY_NIGHT if dark else 1.0)


def _optical(unit: Unit, conditions: Conditions, dark: bool) -> Gaze | None:
    """Eyes by day, infrared by night, or a searchlight near the water."""
    if unit.height > NO_EYE_ABOVE:
        return None
    clear = min(0.5 * unit.swath, EYE_REACHES, conditions.visibility)
    if not dark:
        return Gaze("eye", 0.0, clear, LEAST_SHEEN)
    if unit.sees_at_night > 0.0:
        return Gaze("infrared", 0.0, clear, max(unit.least_film, LEAST_INFRARED))
    return Gaze("eye", 0.0, clear * BY_NIGHT, LEAST_SHEEN)
