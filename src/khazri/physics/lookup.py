"""Reading the weathering tables of an oil (khazri.oils.tables), uniform in temperature (rows) and fraction (columns).

Indices are clamped as integers: a temperature or fraction that is not a number reads a valid cell and harms only its
own particle. Outside the rows the end row holds.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import KERNEL

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_LEAST = np.float32(1e-30)


@njit(**FORMULA)
def cell(value, first, step, count):
    """Index of the cell that holds `value` and the share of the way through it [1]; the ends hold outside."""
    place = (value - first) / step
    place = place if place > _ZERO else _ZERO * first  # also where it is not a number
    place = min(place, np.float32(count - 1))
    index = min(np.int32(place), np.int32(count - 2))
    return index, place - np.float32(index)


@njit(**FORMULA)
def on_curve(curves, place, width, share):
    """A table laid out flat, `share` of the way from a place in one row to the same column of the next."""
    return curves[place] + share * (curves[place + width] - curves[place])


@njit(**FORMULA)
def columns_beyond(curves, place, width, share, most, exposure):
    """How many columns an exposure carries on from a column, linear between rows and between columns; at most `most` [1].

    curves    table (oils * nT * nF,) of the exposure that evaporates a fraction, rising along a row [mol kg-1 Pa-1]
    place     of the column that is started from;  width  nF;  share  of the way to the next row [1]
    exposure  gained beyond that column [mol kg-1 Pa-1]

    Source: own; halving of the rest of the row, as a walk along it costs four times as much.
    Checked by: test_two_half_steps_of_exposure_equal_one.
    """
    first = on_curve(curves, place, width, share)
    j = 0
    while j + 16 <= most and on_curve(curves, place + j + 16, width, share) - first <= exposure:
        j += 16
    for stride in (8, 4, 2, 1):
        ahead = min(j + stride, most)
        j = ahead if on_curve(curves, place + ahead, width, share) - first <= exposure else j
    ahead = min(j + 1, most)
    below = on_curve(curves, place + j, width, share) - first
    above = on_curve(curves, place + ahead, width, share) - first
    part = (exposure - below) / max(above - below, _LEAST)
    return np.float32(most) if j >= most else np.float32(j) + part


@njit(**KERNEL)
def evaporated_after(fraction, temperature, exposure_step, exposure, first, step, fraction_step):
    """Evaporated fraction after a further exposure at `temperature` [1].

    Keeps `fraction`, finds it on the curve of `temperature` (linear between two rows) and walks that same
    piecewise-linear curve forward: oil never returns from the air, however the temperature changes, and no exposure
    leaves the very bits alone.

    fraction       F now [1]
    temperature    [K]
    exposure_step  E gained over the step, physics.evaporation.exposure_rate * dt [mol kg-1 Pa-1]
    exposure       table (nT, nF) of E that evaporates F, rising along F
    first, step    of the rows [K]
    fraction_step  of the columns [1]

    Source: own (ruling 4 of the physics reference); the curves are those of physics.evaporation (Jones 1997).
    Checked by: test_oil_never_returns_from_the_air, test_two_half_steps_of_exposure_equal_one.
    """
    if not exposure_step > _ZERO:
        return fraction
    last = exposure.shape[1] - 1
    row, share = cell(temperature, first, step, exposure.shape[0])
    place = fraction / fraction_step
    column = min(max(int(place), 0), last)
    if column >= last:
        return fraction
    curves, width = exposure.ravel(), exposure.shape[1]
    begin = row * width + column
    span = on_curve(curves, begin + 1, width, share) - on_curve(curves, begin, width, share)
    gain = exposure_step / span
    left_in_cell = np.float32(column + 1) - place
    if gain <= left_in_cell:
        return fraction + gain * fraction_step
    beyond = columns_beyond(curves, begin + 1, width, share, last - column - 1, exposure_step - left_in_cell * span)
    return max(fraction, (np.float32(column + 1) + beyond) * fraction_step)


@njit(**FORMULA)
def along_fraction(fraction, values, fraction_step):
    """A property (nF,) at the evaporated fraction, linear between columns."""
    column, share = cell(fraction, _ZERO * fraction_step, fraction_step, values.shape[0])
    return values[column] + share * (values[column + 1] - values[column])


@njit(**FORMULA)
def along_both(fraction, temperature, values, first, step, fraction_step):
    """A property (nT, nF) at temperature [K] and evaporated fraction [1], linear in both."""
    row, up = cell(temperature, first, step, values.shape[0])
    column, share = cell(fraction, _ZERO * fraction_step, fraction_step, values.shape[1])
    cold = values[row, column] + share * (values[row, column + 1] - values[row, column])
    warm = values[row + 1, column] + share * (values[row + 1, column + 1] - values[row + 1, column])
    return cold + up * (warm - cold)
