"""Formulas called with float32 stay in float32: a hidden float64 would halve the width of the engine's loops."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from numba import float32, int64, njit, uint32

import khazri.physics
from khazri.physics.formula import FORMULA

NAMES = sorted(path.stem for path in Path(khazri.physics.__file__).parent.glob("*.py"))
MODULES = [import_module(f"khazri.physics.{name}") for name in NAMES if name != "__init__"]
# what is not a float32, by the name of the parameter, or of function and parameter
TYPES = {
    "kind": int64,
    "method": int64,
    "count": int64,
    "break_up_rate.stability": int64,
    "evaporated_after.exposure": float32[:, ::1],
    "curves": float32[::1],
    **dict.fromkeys(("place", "on_curve.width", "columns_beyond.width", "columns_beyond.most"), int64),
    "along_fraction.values": float32[::1],
    "along_both.values": float32[:, ::1],
    **dict.fromkeys(("c0", "c1", "c2", "c3", "k0", "k1", "site", "member", "word", "word0", "word1", "shift"), uint32),
}
# arithmetic and library calls in double; the wrapper for Python converts by PyFloat and is left out
DOUBLE = re.compile(r"\b(fadd|fsub|fmul|fdiv|fneg|fcmp|select|call)\b.*\bdouble\b")


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_single_precision_stays_single(module: ModuleType) -> None:
    for cached in (f for f in vars(module).values() if getattr(f, "py_func", None) and f.__module__ == module.__name__):
        name = cached.py_func.__name__
        parameters = inspect.signature(cached.py_func).parameters
        arguments = tuple(TYPES.get(f"{name}.{p}", TYPES.get(p, float32)) for p in parameters)
        formula = njit(**{**FORMULA, "cache": False})(cached.py_func)  # what comes from the cache cannot be inspected
        formula.compile(arguments)
        assert "float64" not in str(formula.overloads[arguments].signature.return_type), name
        lines = [line for line in formula.inspect_llvm(arguments).splitlines() if not line.startswith("declare")]
        inside = [line for line in lines if DOUBLE.search(line) and "PyFloat" not in line]
        assert not inside, f"{name}: {inside[:3]}"


def test_every_module_with_formulas_is_looked_at() -> None:
    compiled = [m for m in MODULES if any(getattr(f, "py_func", None) for f in vars(m).values())]
    assert len(compiled) >= 24
