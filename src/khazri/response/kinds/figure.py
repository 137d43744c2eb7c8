"""A figure of a type of unit, and the type itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from khazri.response.vessel import TaskKind

Medium = Literal["water", "air", "land", "amphibious", "orbit"]

KNOT: Final = 1852.0 / 3600.0
MILE: Final = 1852.0
HOUR: Final = 3600.0
GALLON: Final = 3.785411784e-3  # US, m3
FOOT: Final = 0.3048
ASSUMED: Final = "training value, ours"
PLANNING: Final = (
    "training value after planning practice: on duty half an hour to an hour, stand-by 2 to 4 h, else 6 to 12 h"
)
NO_LIMIT: Final = "not limited by it: a value beyond what occurs"


@dataclass(frozen=True)
class Figure:
    """A value in SI, its unit, and where it comes from."""

    value: float
    unit: str
    source: str


@dataclass(frozen=True)
class Kind:
    """A type of unit: where it moves, what it can be told to do (the first is what it is there for), its figures."""

    ident: str
    medium: Medium
    tasks: tuple[TaskKind, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)


def metres(value: float, source: str = ASSUMED) -> Figure:
    """A length."""
    return Figure(value, "m", source)


def kilograms(value: float, source: str = ASSUMED) -> Figure:
    """A mass."""
    return Figure(value, "kg", source)


def knots(value: float, source: str = ASSUMED) -> Figure:
    """A speed through the water or the air."""
    return Figure(value * KNOT, "m s-1", source)


def speed(value: float, source: str = ASSUMED) -> Figure:
    """A wind or other speed in SI."""
    return Figure(value, "m s-1", source)


def hours(value: float, source: str = ASSUMED) -> Figure:
    """A time."""
    return Figure(value * HOUR, "s", source)


def share(value: float, source: str = ASSUMED) -> Figure:
    """A share or a yes (1) or no (0)."""
    return Figure(value, "1", source)


def cubic_metres(value: float, source: str = ASSUMED) -> Figure:
    """A volume."""
    return Figure(value, "m3", source)


def hourly(value: float, source: str = ASSUMED) -> Figure:
    """A flow of so many cubic metres an hour."""
    return Figure(value / HOUR, "m3 s-1", source)


def centistokes(value: float, source: str = ASSUMED) -> Figure:
    """A kinematic viscosity."""
    return Figure(value * 1e-6, "m2 s-1", source)


def a_unit(
    *,
    draft: Figure,
    speed_in_transit: Figure,
    working_speed: Figure,
    wave_limit: Figure,
    mobilisation: Figure | None = None,
    endurance: Figure | None = None,
    sight: Figure | None = None,
    wind_limit: Figure | None = None,
    visibility_limit: Figure | None = None,
    ice_limit: Figure | None = None,
    works_at_night: Figure | None = None,
    shift: Figure | None = None,
    rest: Figure | None = None,
    cost: float = 500.0,
) -> dict[str, Figure]:
    """The figures of any kind; what is not given is that of a work vessel."""
    return {
        "draft": draft,
        "speed": speed_in_transit,
        "working_speed": working_speed,
        "wave_limit": wave_limit,
        "mobilisation": mobilisation or hours(0.5, PLANNING),
        "endurance": endurance or hours(48.0),
        "sight": sight or metres(3_000.0, "training value, ours: oil seen from a bridge 6 m above the water"),
        "wind_limit": wind_limit or speed(17.0, "training value: work on deck stops at gale force (Beaufort 8)"),
        "visibility_limit": visibility_limit or metres(200.0),
        "ice_limit": ice_limit or share(0.3, "Nuka (2014): open-water systems up to 3 tenths of ice"),
        "works_at_night": works_at_night
        or share(1.0, "training value: at reduced sight, with searchlights and infrared"),
        "shift": shift or hours(24.0, "training value: two watches on board work through the day and night"),
        "rest": rest or hours(6.0),
        "cost": Figure(
            cost, "h-1", "training value in units of money an hour, from the order until it is released; no real price"
        ),
    }
