"""Formulas compiled in one process after another, each keeping some: every one computes what it says."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest

FORMULAS = """
from numba import njit
from khazri.physics import maths

@njit(**maths.KERNEL)
def first(x):
    return maths.log(x)

@njit(**maths.KERNEL)
def second(x):
    return maths.tanh(x) + 1000.0 * maths.log(x)
"""


@pytest.mark.slow
def test_no_elementary_function_is_taken_for_another(tmp_path) -> None:
    (tmp_path / "formulas.py").write_text(FORMULAS, encoding="utf-8")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONPATH": os.pathsep.join(sys.path)}

    def told(asked: str) -> float:
        command = [sys.executable, "-c", f"import formulas; print(formulas.{asked})"]
        run = subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True)
        return float(run.stdout)

    assert told("first(0.5)") == pytest.approx(math.log(0.5))  # its logarithm is kept, as this process counted it
    assert told("second(0.5)") == pytest.approx(math.tanh(0.5) + 1000.0 * math.log(0.5))
    assert told("second(0.5)") == pytest.approx(math.tanh(0.5) + 1000.0 * math.log(0.5))  # as it was kept
