"""Formulas called with float32 stay in float32: a hidden float64 would halve the width of the engine's loops."""

from __future__ import annotations

import inspect
import re
from types import ModuleType

import pytest
from numba import float32, int64, njit

from khazri.physics import (
    biodegradation,
    density,
    dissolution,
    emulsion,
    evaporation,
    overwash,
    sedimentation,
    spreading,
    tension,
    viscosity,
)
from khazri.physics.formula import FORMULA

MODULES = (
    spreading,
    evaporation,
    emulsion,
    viscosity,
    density,
    tension,
    dissolution,
    biodegradation,
    sedimentation,
    overwash,
)
OF_A_CLASS = {"break_up_rate"}  # take an integer
NOT_A_NUMBER = {"stability": "int64", "sinks": "bool"}  # answer with a class or yes or no
# arithmetic and library calls in double; the wrapper for Python converts by PyFloat and is left out
DOUBLE = re.compile(r"\b(fadd|fsub|fmul|fdiv|fneg|fcmp|select|call)\b.*\bdouble\b")


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_single_precision_stays_single(module: ModuleType) -> None:
    formulas = [f for f in vars(module).values() if getattr(f, "py_func", None) and f.__module__ == module.__name__]
    assert formulas
    for cached in formulas:
        name = cached.py_func.__name__
        count = len(inspect.signature(cached.py_func).parameters)
        arguments = (int64,) if name in OF_A_CLASS else (float32,) * count
        formula = njit(**{**FORMULA, "cache": False})(cached.py_func)  # what comes from the cache cannot be inspected
        formula.compile(arguments)
        assert str(formula.overloads[arguments].signature.return_type) == NOT_A_NUMBER.get(name, "float32"), name
        lines = [line for line in formula.inspect_llvm(arguments).splitlines() if not line.startswith("declare")]
        inside = [line for line in lines if DOUBLE.search(line) and "PyFloat" not in line]
        assert not inside, f"{name}: {inside[:3]}"
