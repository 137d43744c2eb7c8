"""Kinematic viscosity of a fresh oil against temperature, through every figure that was measured.

Walther's equation (ASTM D341): log log (nu + 0.7) is a straight line in log T, with nu in mm2/s. Between two
measurements the line runs through both; outside them the end line goes on where its slope is that of a liquid, and a
line of the mean slope of crude oils and fuels does where it is not (wax or a suspect figure). One measurement alone has
that mean slope from the start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from khazri.oils.figures import REFERENCE_TEMPERATURE
from khazri.oils.record import Doubles, Oil

MEAN_SLOPE = 4.0  # of 14 crude oils and fuels with two measurements or more: 3.1 to 5.2
_LEAST_SLOPE, _MOST_SLOPE = 2.0, 6.5
_WAXY_SLOPE = 6.0
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


def weathered_viscosity(oil: Oil, temperatures: Doubles, fractions: Doubles) -> Doubles:
    """Kinematic viscosity of the water-free oil (nT, nF) [m2 s-1] at temperatures [K] and evaporated fractions.

    At the measured temperature nearest to 15 C it is nu0 exp(kv F / (1 - s F)). Away from there the evaporated oil is
    steeper than the fresh one, as every stiffer liquid is: Walther's lines are parallel, and a crude's slope grows by
    1 + F. An oil that wax has made steeper than any liquid loses that: its slope falls by 1 - 3 F. The two factors are
    our own fit to the public laboratory rows of eight crudes.
    """
    measured = [t for t, _ in oil.viscosity_points] or [oil.viscosity_temperature]
    anchor = min(measured, key=lambda t: abs(t - REFERENCE_TEMPERATURE))
    anchor = anchor if abs(anchor - REFERENCE_TEMPERATURE) <= 15.0 else REFERENCE_TEMPERATURE
    at_anchor, cool, warm = fresh_viscosity(oil, np.array([anchor, 278.15, 288.15]))
    stretched = fractions / np.maximum(1.0 - oil.viscosity_curvature * fractions, 1e-3)
    rise = np.exp(np.minimum(oil.viscosity_evaporation * stretched, 40.0))
    waxy = walther_slope((278.15, float(cool)), (288.15, float(warm))) > _WAXY_SLOPE
    steeper = np.ones_like(fractions)
    if oil.kind == "crude":
        steeper = np.maximum(1.0 - 3.0 * fractions, 0.25) if waxy else 1.0 + fractions
    away = _ordinate(fresh_viscosity(oil, temperatures)) - _ordinate(at_anchor[None])[0]
    viscosity = viscosity_of_walther(_ordinate(at_anchor * rise)[None, :] + away[:, None] * steeper[None, :])
    return np.asarray(np.maximum.accumulate(viscosity, axis=1))  # a cold waxy oil may not thin while it evaporates


def _ordinate(viscosity: Doubles) -> Doubles:
    return np.asarray(np.log10(np.log10(np.maximum(viscosity, _THINNEST) * 1e6 + 0.7)))
