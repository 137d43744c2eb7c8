"""Elementary functions: single precision as good as stated, double precision the library's."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numba import njit
from scipy import special

from khazri.physics import maths

Accuracy = Callable[..., None]
COUNT = 100_001

CASES = {
    # our function, the library's, range, relative (True) or absolute error, its bound
    "exp": (maths.exp32, np.exp, (-87.0, 88.0), True, 1.2e-7),
    "log": (maths.log32, np.log, (1e-30, 1e30), True, 1.2e-7),
    "sin": (maths.sin32, np.sin, (-100.0, 100.0), False, 1.2e-7),
    "cos": (maths.cos32, np.cos, (-100.0, 100.0), False, 1.2e-7),
    "tanh": (maths.tanh32, np.tanh, (-10.0, 10.0), True, 3.5e-7),
    "erfc": (maths.erfc32, special.erfc, (-3.0, 5.0), True, 4e-6),
}


def points(low: float, high: float) -> np.ndarray:
    if low > 0:
        return np.geomspace(low, high, COUNT).astype(np.float32)
    return np.linspace(low, high, COUNT).astype(np.float32)


@pytest.mark.parametrize("name", sorted(CASES))
def test_single_precision_is_as_good_as_stated(accuracy: Accuracy, name: str) -> None:
    ours, library, span, relative, bound = CASES[name]
    x = points(*span)
    found = np.array([ours(value) for value in x], np.float32)  # numba hands float32 to Python as a float
    exact = library(x.astype(np.float64))
    error = np.abs(found - exact)
    if relative:
        error /= np.maximum(np.abs(exact), 1e-30 if name == "exp" else 1e-12)
    worst = float(error.max())
    accuracy(
        quantity=f"{name} in float32, largest {'relative' if relative else 'absolute'} error",
        ours=float(f"{worst:.2g}"),
        expected=0,
        source=f"the float64 library at {COUNT} points of {span[0]:g} to {span[1]:g}",
        tolerance=f"{bound:g}: a few units in the last place of float32",
    )
    assert worst <= bound


@pytest.mark.parametrize(("x", "y"), [(0.3, 0.75), (12.0, 1.805), (1e4, -0.6), (0.01, -1.023), (3e3, 2.5)])
def test_powers_lose_a_few_digits_of_single_precision(x: float, y: float) -> None:
    exact = float(np.float32(x)) ** float(np.float32(y))
    assert maths.power32(np.float32(x), np.float32(y)) == pytest.approx(exact, rel=1.2e-7 * (1 + abs(y * math.log(x))))


def test_clamps_keep_results_normal() -> None:
    least = np.finfo(np.float32).tiny
    assert maths.exp32(np.float32(-1e4)) >= least
    assert np.isfinite(maths.exp32(np.float32(1e4)))
    assert maths.log32(np.float32(0.0)) == pytest.approx(math.log(float(least)), rel=1e-6)
    assert maths.power32(np.float32(0.0), np.float32(0.75)) < 1e-27


@njit
def both(x):
    return maths.exp(x), maths.power(x, x)


def test_functions_dispatch_on_the_type_of_their_argument() -> None:
    x = 1.2345678901234
    assert both(x) == (math.exp(x), math.pow(x, x))
    assert both(np.float32(x)) == (maths.exp32(np.float32(x)), maths.power32(np.float32(x), np.float32(x)))


def test_called_from_python_they_are_the_librarys() -> None:
    assert (maths.exp(0.3), maths.log(0.3), maths.tanh(0.3)) == (math.exp(0.3), math.log(0.3), math.tanh(0.3))
    assert (maths.sin(0.3), maths.cos(0.3), maths.erfc(0.3)) == (math.sin(0.3), math.cos(0.3), math.erfc(0.3))
    assert (maths.sqrt(0.3), maths.power(0.3, 0.7)) == (math.sqrt(0.3), math.pow(0.3, 0.7))
