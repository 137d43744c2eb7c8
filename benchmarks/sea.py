"""`python benchmarks/sea.py`: what two days of the embedded sea cost on one thread, in seconds of computing per sea.

Each sea is run by turns with the others, the fastest of each counts. The wind turns by a quarter and is renewed as for any
exercise; laying out the basin (coast, soundings) is told apart, for it is done once.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs.basins import caspian, northern_caspian
from khazri.sea.basin import Basin
from khazri.sea.nested import Singles, run_sea

ROUNDS = 7
HOURS = np.arange(0.0, 48 * 3600.0 + 1, 3600.0)
LEVEL = -28.5  # m, Baltic datum: of the Caspian now
PLANE = SitePlane(49.5, 45.5)


def turning(now: float, grid: Grid) -> tuple[Singles, Singles]:
    """12 m/s, from the south-east at first and from the south-west two days later; a little stronger in the east."""
    angle = 0.75 * np.pi - 0.5 * np.pi * now / HOURS[-1]
    return speeds(grid) * np.float32(np.cos(angle)), speeds(grid) * np.float32(np.sin(angle))


@cache
def speeds(grid: Grid) -> Singles:
    """[m s-1]"""
    return np.ascontiguousarray(np.broadcast_to(12.0 + 2e-6 * grid.x, grid.shape), np.float32)


def seas() -> dict[str, tuple[Basin, Basin | None]]:
    """The basins of each case: the northern sea alone holds the level at rest at its southern edge."""
    whole = caspian(PLANE, level=LEVEL)
    north = {spacing: northern_caspian(PLANE, level=LEVEL, spacing=spacing) for spacing in (4_000.0, 1_000.0)}
    return {
        "north, 4 km": (north[4_000.0], None),
        "north, 1 km": (north[1_000.0], None),
        "whole at 8 km, north nested at 4 km": (whole, north[4_000.0]),
        "whole at 8 km, north nested at 1 km": (whole, north[1_000.0]),
    }


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Runs every sea ROUNDS times after one that compiles, by turns."""
    began = time.perf_counter()
    cases = seas()
    laid_out = time.perf_counter() - began
    for whole, fine in cases.values():
        run_sea(whole, fine, turning, HOURS[:2], spin_up=0.0)
    fastest = {
        name: min(seconds_of(lambda: run_sea(whole, fine, turning, HOURS, spin_up=0.0)) for _ in range(ROUNDS))  # noqa: B023
        for name, (whole, fine) in cases.items()
    }
    wet = {name: int((fine or whole).active.sum()) for name, (whole, fine) in cases.items()}
    print(
        json.dumps(
            {"hours": 48, "threads": 1, "laid_out_s": round(laid_out, 2), "cells": wet}
            | {"seconds": {name: round(each, 3) for name, each in fastest.items()}},
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
