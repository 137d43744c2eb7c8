"""Until the engine's controls are merged: the types of the brief, which the engine then has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

try:
    from khazri.engine.controls import Boom, Swath  # type: ignore[attr-defined]

    ENGINE_ACTS = True
except ImportError:
    ENGINE_ACTS = False

    @dataclass(frozen=True)
    class Swath:  # type: ignore[no-redef]
        unit: int
        corners: npt.NDArray[np.float64]
        throughput: float
        most_emulsion: float

    @dataclass(frozen=True)
    class Boom:  # type: ignore[no-redef]
        ident: int
        line: npt.NDArray[np.float64]
        skirt: float
        velocity: tuple[float, float] = (0.0, 0.0)
        wave_limit: float = 1.0
