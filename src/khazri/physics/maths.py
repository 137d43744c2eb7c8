"""Elementary functions that stay in the precision of their argument.

In float32 they are short polynomials without branches or library calls, so that loops over them become SIMD
instructions and give the same bits on every machine; in float64 they are the library's. Called from Python they are the
library's too.

    KERNEL      the njit options of every formula and kernel
    exp, log, sqrt, power, sin, cos, tanh, erfc     dispatch on the type of their argument
    exp32, log32, sincos32, ...                     the polynomials underneath

Source: range reduction and coefficients after moshier1992 (single precision); erfc after press1992, section 6.2; tanh,
our own fit (relative minimax, by reweighted least squares).
Valid: finite arguments within the clamps named below; sine and cosine up to 8192 radians.
Checked by: test_single_precision_is_as_good_as_stated, test_clamps_keep_results_normal.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numba import njit, types
from numba.extending import overload

from khazri.physics.keeping import keep_by_content

keep_by_content()

# contract: a fused multiply-add may replace a product and a sum; nsz: the sign of zero does not matter. Nothing else of
# fastmath: reassociation gives other bits on other targets, and ignoring NaN lets bad forcing skip the clamps.
KERNEL: Final[dict[str, Any]] = {"nogil": True, "cache": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}}

# The polynomials are inlined by force: a call in the middle of a loop keeps the loop from becoming SIMD instructions.
_INLINED: Final[Any] = {**KERNEL, "forceinline": True}

_f = np.float32
_ONE, _HALF, _TWO, _ZERO = _f(1.0), _f(0.5), _f(2.0), _f(0.0)
_LOG2E, _LN2_HIGH, _LN2_LOW = _f(1.4426950408889634), _f(0.693359375), _f(-2.12194440e-4)
_EXP_LOW, _EXP_HIGH = _f(-87.3), _f(88.02)
_ROUNDER = _f(12582912.0)
_E0, _E1, _E2 = _f(0.5), _f(1.6666665459e-1), _f(4.1665795894e-2)
_E3, _E4, _E5 = _f(8.3334519073e-3), _f(1.3981999507e-3), _f(1.9875691500e-4)


@njit(**_INLINED)
def exp32(x):
    """e**x in float32; x is clamped to [-87.3, 88.02], so that the result is a normal number."""
    x = min(max(x, _EXP_LOW), _EXP_HIGH)
    shifted = x * _LOG2E + _ROUNDER  # adding 1.5 * 2**23 rounds to the nearest whole number, without a branch
    whole = shifted - _ROUNDER
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    p = ((((_E5 * r + _E4) * r + _E3) * r + _E2) * r + _E1) * r + _E0
    p = p * r * r + r + _ONE
    return p * np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32)


_SQRT_HALF_BITS = np.int32(0x3F3504F3)
_L0, _L1, _L2 = _f(3.3333331174e-1), _f(-2.4999993993e-1), _f(2.0000714765e-1)
_L3, _L4, _L5 = _f(-1.6668057665e-1), _f(1.4249322787e-1), _f(-1.2420140846e-1)
_L6, _L7, _L8 = _f(1.1676998740e-1), _f(-1.1514610310e-1), _f(7.0376836292e-2)
_TINY = _f(1.1754944e-38)


@njit(**_INLINED)
def log32(x):
    """Natural logarithm in float32; what is below the smallest normal number counts as that number."""
    # so that m lies in [sqrt(1/2), sqrt(2)); held to 32 bits at each step, a sum of 64 is turned into a float one by one
    bits = np.int32(np.float32(max(x, _TINY)).view(np.int32) - _SQRT_HALF_BITS)
    e = np.float32(np.int32(bits >> np.int32(23)))
    m = np.int32((bits & np.int32(0x007FFFFF)) + _SQRT_HALF_BITS).view(np.float32) - _ONE
    z = m * m
    p = (((_L8 * m + _L7) * m + _L6) * m + _L5) * m + _L4
    p = (((p * m + _L3) * m + _L2) * m + _L1) * m + _L0
    y = p * m * z + e * _LN2_LOW - _HALF * z
    y = (m + y) + e * _LN2_HIGH
    return y if x == x else x


_FOUR_OVER_PI = _f(1.27323954473516)
_P1, _P2, _P3 = _f(0.78515625), _f(2.4187564849853515625e-4), _f(3.77489497744594108e-8)
_S0, _S1, _S2 = _f(-1.6666654611e-1), _f(8.3321608736e-3), _f(-1.9515295891e-4)
_C0, _C1, _C2 = _f(4.166664568298827e-2), _f(-1.388731625493765e-3), _f(2.443315711809948e-5)


@njit(**_INLINED)
def sincos32(x):
    """(sin x, cos x) in float32, for |x| below 8192 radians."""
    a = abs(x)
    j = np.int32((np.int32(a * _FOUR_OVER_PI) + np.int32(1)) & np.int32(~1))
    whole = np.float32(j)
    r = ((a - whole * _P1) - whole * _P2) - whole * _P3
    z = r * r
    s = ((_S2 * z + _S1) * z + _S0) * z * r + r
    c = ((_C2 * z + _C1) * z + _C0) * z * z - _HALF * z + _ONE
    j = np.int32(j & np.int32(7))
    swap = np.int32(j & np.int32(2)) != np.int32(0)
    sin = c if swap else s
    cos = s if swap else c
    sin = -sin if (j >= np.int32(4)) != (x < _ZERO) else sin
    cos = -cos if (j == np.int32(2)) or (j == np.int32(4)) else cos
    return sin, cos


@njit(**_INLINED)
def sin32(x):
    """Sine in float32; see `sincos32`."""
    return sincos32(x)[0]


@njit(**_INLINED)
def cos32(x):
    """Cosine in float32; see `sincos32`."""
    return sincos32(x)[1]


_T_MOST = _f(8.0)
_T0, _T1, _T2 = _f(9.999999982e-1), _f(1.312434995e-1), _f(3.149364918e-3)
_T3, _T4, _T5, _T6 = _f(1.164244577e-5), _f(-2.231467026e-8), _f(6.365536349e-11), _f(-1.156431427e-13)
_U1, _U2, _U3 = _f(4.645768145e-1), _f(2.467500119e-2), _f(2.612974541e-4)


@njit(**_INLINED)
def tanh32(x):
    """Hyperbolic tangent in float32; relative error 3e-7. A ratio of polynomials in x**2, fitted to 2e-9 up to |x| = 8."""
    a = min(abs(x), _T_MOST)
    z = a * a
    p = (((((_T6 * z + _T5) * z + _T4) * z + _T3) * z + _T2) * z + _T1) * z + _T0
    q = ((_U3 * z + _U2) * z + _U1) * z + _ONE
    y = min(a * p / q, _ONE)
    y = y if x >= _ZERO else -y
    return y if x == x else x


@njit(**_INLINED)
def power32(x, y):
    """x**y in float32 for x >= 0 (0 counts as 1e-38); relative error 6e-8 (1 + |y ln x|)."""
    return exp32(y * log32(x))


_Q = tuple(
    _f(q)
    for q in (
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277,
    )
)
_Q0, _Q1, _Q2, _Q3, _Q4, _Q5, _Q6, _Q7, _Q8, _Q9 = _Q


@njit(**_INLINED)
def erfc32(x):
    """Complementary error function in float32."""
    z = abs(x)
    t = _ONE / (_ONE + _HALF * z)
    p = ((((_Q9 * t + _Q8) * t + _Q7) * t + _Q6) * t + _Q5) * t + _Q4
    p = (((p * t + _Q3) * t + _Q2) * t + _Q1) * t + _Q0
    y = t * exp32(p - z * z)
    return y if x >= _ZERO else _TWO - y


def exp(x: float) -> float:
    """e**x."""
    return math.exp(x)


def log(x: float) -> float:
    """Natural logarithm."""
    return math.log(x)


def sqrt(x: float) -> float:
    """Square root (one instruction in either precision)."""
    return math.sqrt(x)


def sin(x: float) -> float:
    """Sine."""
    return math.sin(x)


def cos(x: float) -> float:
    """Cosine."""
    return math.cos(x)


def tanh(x: float) -> float:
    """Hyperbolic tangent."""
    return math.tanh(x)


def erfc(x: float) -> float:
    """Complementary error function."""
    return math.erfc(x)


def power(x: float, y: float) -> float:
    """x**y for x >= 0."""
    return math.pow(x, y)


def _dispatch(function, single, double):
    """Let `function`, called in compiled code, be `single` for float32 and `double` for everything else.

    Each has a name of its own: numba's linker tells functions apart by name, types and a number counted in each process, so that
    of two of one name, one of them kept on disk by another process, it may take the one for the other.
    """

    @overload(function, jit_options=_INLINED)
    def _(x):
        # a lambda of its own: numba compares the names of the arguments
        chosen = (lambda x: single(x)) if x == types.float32 else (lambda x: double(x))  # noqa: PLW0108
        chosen.__name__ = f"{function.__name__}_{'single' if x == types.float32 else 'double'}"
        chosen.__qualname__ = f"_dispatch.{chosen.__name__}"
        return chosen


_dispatch(exp, exp32, math.exp)
_dispatch(log, log32, math.log)
_dispatch(sqrt, np.sqrt, np.sqrt)
_dispatch(sin, sin32, math.sin)
_dispatch(cos, cos32, math.cos)
_dispatch(tanh, tanh32, math.tanh)
_dispatch(erfc, erfc32, math.erfc)


@overload(power, jit_options=_INLINED)
def _power(x, y):
    if x == types.float32 and y == types.float32:

        def power_single(x, y):
            return power32(x, y)

        return power_single

    def power_double(x, y):
        return math.pow(x, y)

    return power_double
