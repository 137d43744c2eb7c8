"""Bearings to components (east, north) and back: wind is named by where it comes from, current by where it goes."""

from __future__ import annotations

import math


def components_towards(speed: float, towards_bearing: float) -> tuple[float, float]:
    """(east, north) of what moves towards a bearing [rad, clockwise from true north]: currents, ice, ships."""
    return speed * math.sin(towards_bearing), speed * math.cos(towards_bearing)


def components_from(speed: float, from_bearing: float) -> tuple[float, float]:
    """(east, north) of what comes from a bearing [rad, clockwise from true north]: wind and waves."""
    east, north = components_towards(speed, from_bearing)
    return -east, -north


def bearing_towards(east: float, north: float) -> float:
    """Bearing [rad], 0 <= b < 2 pi, towards which a vector points; 0 for no vector."""
    return _turn(math.atan2(east, north))


def bearing_from(east: float, north: float) -> float:
    """Bearing [rad], 0 <= b < 2 pi, from which a vector comes; 0 for no vector."""
    return 0.0 if east == 0.0 and north == 0.0 else _turn(math.atan2(-east, -north))


def _turn(angle: float) -> float:
    turned = angle % (2.0 * math.pi)
    return 0.0 if turned >= 2.0 * math.pi else turned  # a tiny negative angle rounds up to a whole turn
