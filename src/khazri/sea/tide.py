"""The tide at a moment of the calendar: where sun and moon stand, and what constituents of published phase give then."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from khazri.sea.boundary import Constituent

J2000: Final = 946_728_000.0  # s, Unix time of 2000-01-01 12:00
CENTURY: Final = 36_525.0 * 86_400.0  # s
# Doodson numbers of (T, s, h, p), where T is 15 degrees an hour from midnight at Greenwich, and a constant [degrees]:
# Schureman (1958), Pugh (1987).
ARGUMENTS: Final[dict[str, tuple[int, int, int, int, float]]] = {
    "M2": (2, -2, 2, 0, 0.0),
    "S2": (2, 0, 0, 0, 0.0),
    "N2": (2, -3, 2, 1, 0.0),
    "K2": (2, 0, 2, 0, 0.0),
    "K1": (1, 0, 1, 0, 90.0),
    "O1": (1, -2, 1, 0, -90.0),
    "P1": (1, 0, -1, 0, -90.0),
    "Q1": (1, -3, 1, 1, -90.0),
    "M4": (4, -4, 4, 0, 0.0),
    "MS4": (4, -2, 2, 0, 0.0),
}
# f = a + b cos N, u = c sin N [degrees], N the longitude of the moon's node: Pugh (1987), to a few per cent and degrees.
NODES: Final[dict[str, tuple[float, float, float]]] = {
    "M2": (1.000, -0.037, -2.1),
    "N2": (1.000, -0.037, -2.1),
    "K2": (1.024, 0.286, -17.7),
    "K1": (1.006, 0.115, -8.9),
    "O1": (1.009, 0.187, 10.8),
    "Q1": (1.009, 0.187, 10.8),
    "MS4": (1.000, -0.037, -2.1),
}


def argument(name: str, moment: float) -> float:
    """Of the equilibrium tide of a constituent at Greenwich [degrees], at a moment [s, Unix time].

    Source: mean longitudes of moon, sun and lunar perigee of Meeus (1998), good to 0.01 degrees in 1900-2100.
    """
    since = (moment - J2000) / CENTURY
    clock = 15.0 * ((moment % 86_400.0) / 3600.0)
    moon = 218.3164477 + 481_267.88123421 * since
    sun = 280.4664567 + 36_000.76982779 * since
    perigee = 83.3532465 + 4_069.0137287 * since
    t, s, h, p, constant = ARGUMENTS[name]
    return float((t * clock + s * moon + h * sun + p * perigee + constant) % 360.0)


def nodal(name: str, moment: float) -> tuple[float, float]:
    """Factor [1] and shift [degrees] of a constituent by the moon's node, which goes round in 18.6 years."""
    node = np.radians(125.04452 - 1_934.136261 * (moment - J2000) / CENTURY)
    a, b, c = (1.0, -0.074, -4.2) if name == "M4" else NODES.get(name, (1.0, 0.0, 0.0))
    return float(a + b * np.cos(node)), float(c * np.sin(node))


def at_moment(constituent: Constituent, start: float) -> Constituent:
    """A constituent of Greenwich phase lag as one that counts time from `start` [s, Unix time].

    The node is taken at the start: it moves by half a degree in ten days.
    """
    factor, shift = nodal(constituent.name, start)
    begun = np.radians(argument(constituent.name, start) + shift)
    return replace(
        constituent,
        amplitude=np.asarray(constituent.amplitude) * factor,
        phase=np.asarray(constituent.phase) - begun,
    )
