"""Kinematic viscosity of a fresh oil against temperature, through every figure that was measured.

Walther's equation (ASTM D341): log log (nu + 0.7) is a straight line in log T, with nu in mm2/s. Between two measurements
the line runs through both; outside them the end line goes on where its slope is that of a liquid, and a line of the mean
slope of crude oils and fuels does where it is not (wax or a suspect figure). One measurement alone has that mean slope
from the start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from khazri.oils.record import Doubles, Oil

MEAN_SLOPE = 4.0  # of 14 crude oils and fuels with two measurements or more: 3.1 to 5.2
_LEAST_SLOPE, _MOST_SLOPE = 2.0, 6.5
_THINNEST = 3.2e-7  # [m2 s-1] Walther's form ends at 0.3 mm2/s


def walther(viscosity: float) -> float:
    """log10 log10 (nu + 0.7) of a kinematic viscosity [m2 s-1]."""
    return math.log10(math.log10(max(viscosity, _THINNEST) * 1e6 + 0.7))


def viscosity_of_walther(ordinate: Doubles) -> Doubles:
    """Kinematic viscosity [m2 s-1]; the inverse of `walther`, held below 1e6 m2/s."""
    inner = np.minimum(10.0 ** np.asarray(ordinate, dtype=np.float64), 12.0)
    return np.asarray((10.0**inner - 0.7) * 1e-6)


def walther_slope(cold: tuple[float, float], warm: tuple[float, float]) -> float:
    """Slope between two measurements (T [K], nu [m2 s-1]); positive where the warmer oil is thinner [1]."""
    return (walther(cold[1]) - walther(warm[1])) / math.log10(warm[0] / cold[0])


def viscosity_curve(points: Sequence[tuple[float, float]], temperatures: Doubles) -> Doubles:
    """Kinematic viscosity [m2 s-1] at temperatures [K] through points (T [K], nu [m2 s-1])."""
    ordered = sorted(points)
    log_t = np.log10(np.asarray(temperatures, dtype=np.float64))
    x = np.array([math.log10(t) for t, _ in ordered])
    y = np.array([walther(nu) for _, nu in ordered])
    slopes = [walther_slope(a, b) for a, b in pairwise(ordered)] or [MEAN_SLOPE]
    cold, warm = (s if _LEAST_SLOPE <= s <= _MOST_SLOPE else MEAN_SLOPE for s in (slopes[0], slopes[-1]))
    inside = np.interp(log_t, x, y)
    below = y[0] + cold * (x[0] - log_t)
    above = y[-1] - warm * (log_t - x[-1])
    return viscosity_of_walther(np.where(log_t < x[0], below, np.where(log_t > x[-1], above, inside)))


def fresh_viscosity(oil: Oil, temperatures: Doubles) -> Doubles:
    """Kinematic viscosity of the fresh oil [m2 s-1] at temperatures [K].

    Through the oil's measured points; an Oil made by hand without points has nu0 exp(B (1/T - 1/T0)).
    """
    if oil.viscosity_points:
        return viscosity_curve(oil.viscosity_points, temperatures)
    exponent = oil.viscosity_slope * (1.0 / np.asarray(temperatures) - 1.0 / oil.viscosity_temperature)
    return np.asarray(oil.viscosity * np.exp(np.minimum(exponent, 50.0)))
