"""The processor that numba compiles for: x86-64-v3 wherever it can run, so that machines of a kind give the same bits.

Imported by `khazri.physics` before anything is compiled; numba reads these settings once, when it first compiles.
What the user set (NUMBA_CPU_NAME) stands. Other families compile for the host. The name is part of a build
(ARCHITECTURE, section 3).
"""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np


def _pin() -> str:
    config: Any = numba.config
    internals: Any = vars(np)["_core"]
    if config.CPU_NAME:
        return str(config.CPU_NAME)
    features: dict[str, bool] = getattr(internals._multiarray_umath, "__cpu_features__", {})
    if features.get("AVX2") and features.get("FMA3"):
        config.CPU_NAME = "x86-64-v3"
        config.CPU_FEATURES = ""
        return "x86-64-v3"
    return "host"


TARGET: Final = _pin()
