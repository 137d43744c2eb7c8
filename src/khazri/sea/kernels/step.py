# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""The steps of the shallow-water equations on one Arakawa C grid, compiled.

Cells hold the level and the bed, faces the flow: `u[j, i]` through the western side of cell (j, i), `v[j, i]` through its
southern side; both arrays have a row and a column more than the cells. A face is open to the depth above the higher of
the two beds, taken from the side that the water comes from, so that no cell gives more than it has (Stelling &
Duinmeijer 2003). Gravity, rotation and friction act in every step (forward-backward); what changes slowly (stress of the
wind, advection, eddies, pressure) is renewed every few steps by `renew` and kept in `push_*` and `keep_*` meanwhile.

A row of a step needs of the step before only that it has done the row above, so `march` lets several steps follow each
other up the grid, a row apart: the rows that they share stay in the processor's own memory. The bits are those of one
step after the other.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from llvmlite import binding  # type: ignore[import-untyped]
from numba import njit

from khazri.physics.keeping import keep_by_content
from khazri.physics.target import TARGET

keep_by_content()

# Loops over six or seven rows are only made of vector instructions where the compiler may check that many for overlap.
binding.set_option("khazri", "-runtime-memory-check-threshold=64")

BUILT_FOR: Final = TARGET  # the processor, pinned before anything is compiled
KERNEL: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}, "cache": True}
TOGETHER: Final = 8  # steps that follow each other up the grid
FIRST = np.uint64(1)
G = np.float32(9.81)
ZERO = np.float32(0.0)
QUARTER = np.float32(0.25)
HALF = np.float32(0.5)
TWO = np.float32(2.0)


@njit(**KERNEL)
def fill(level, near, flow_x, flow_y, source, j, a, b, dt, share, datum):
    """Continuity of the cells of row `j` from column `a` to `b`: what flows in through four sides, and what rivers bring.

    level        float64 [m]; near the same above `datum` in single precision; both changed in place
    flow_x, _y   float32 [m2 s-1]; source float32 [m s-1]; share: dt over the spacing [s m-1]
    j, a, b      uint64: an index that cannot be negative is what lets the loop become vector instructions
    """
    above = j + FIRST
    for i in range(a, b):
        inward = np.float64(flow_x[j, i]) - np.float64(flow_x[j, i + FIRST])
        inward += np.float64(flow_y[j, i]) - np.float64(flow_y[above, i])
        now = level[j, i] + (share * inward + dt * np.float64(source[j, i]))
        level[j, i] = now
        near[j, i] = np.float32(now - datum)


@njit(**KERNEL)
def flow_east(near, floor, u, v, push, keep, out, j, a, b, turned, slope, step, fastest, least):
    """Momentum through the western faces `a` to `b` of row `j`, then the flow: gravity, rotation, push and friction.

    near, floor   level and bed above one datum [m], the floor huge where there is a wall
    u, out        speed [m s-1] and flow [m2 s-1], both changed in place; v: the speed across
    push, keep    slow accelerations [m s-2]; share of the speed that friction leaves in one step [1]
    turned        Coriolis parameter times dt [1]; slope: dt g over the spacing [s-1]; step: dt [s]
    fastest       speed at which four sides together cannot quite empty a cell [m s-1]
    least         depth over a sill below which nothing flows [m]
    """
    above = j + FIRST
    for i in range(a, b):
        w = i - FIRST
        across = QUARTER * ((v[j, w] + v[j, i]) + (v[above, w] + v[above, i]))
        now = u[j, i] - slope * (near[j, i] - near[j, w]) + turned * across + step * push[j, i]
        now = min(max(now * keep[j, i], -fastest), fastest)
        upstream = near[j, w] if now > ZERO else near[j, i]
        depth = upstream - max(floor[j, i], floor[j, w])
        now = now if depth > least else ZERO
        u[j, i] = now
        mean = HALF * ((near[j, i] - floor[j, i]) + (near[j, w] - floor[j, w]))
        out[j, i] = now * max(min(mean, TWO * depth), ZERO)


@njit(**KERNEL)
def flow_north(near, floor, u, v, push, keep, out, j, a, b, turned, slope, step, fastest, least):
    """The same through the southern faces of row `j`, which is not the first."""
    s = j - FIRST
    for i in range(a, b):
        e = i + FIRST
        across = QUARTER * ((u[s, i] + u[s, e]) + (u[j, i] + u[j, e]))
        now = v[j, i] - slope * (near[j, i] - near[s, i]) - turned * across + step * push[j, i]
        now = min(max(now * keep[j, i], -fastest), fastest)
        upstream = near[s, i] if now > ZERO else near[j, i]
        depth = upstream - max(floor[j, i], floor[s, i])
        now = now if depth > least else ZERO
        v[j, i] = now
        mean = HALF * ((near[j, i] - floor[j, i]) + (near[s, i] - floor[s, i]))
        out[j, i] = now * max(min(mean, TWO * depth), ZERO)


@njit(**KERNEL)
def hold(level, near, u, v, bed, rim, given, rate, passed, j, radiates, datum):
    """Levels of the held cells of row `j`: as given, or such that waves leave (Flather 1976).

    rim      (n, 5) int64, row by row: see `khazri.sea.boundary.rim_of`
    given    (n,) level [m] at the start, and rate (n,) at which it rises [m s-1]; passed: time since [s]
    """
    k = np.searchsorted(rim[:, 0], j)
    while k < rim.shape[0] and rim[k, 0] == j:
        i = rim[k, 1]
        stands = given[k] + rate[k] * passed
        if radiates and rim[k, 4] != 0:
            through = u[j, rim[k, 3]] if rim[k, 2] == 1 else v[rim[k, 3], i]
            stands += rim[k, 4] * np.float64(through) * np.sqrt(max(stands - bed[j, i], 0.0) / 9.81)
        level[j, i] = stands
        near[j, i] = np.float32(stands - datum)
        k += 1


@njit(**KERNEL)
def march(
    level, near, floor, bed, u, v, flow_x, flow_y, push_x, push_y, keep_x, keep_y, source, turn, runs, runs_y, rim, given, rate,
    steps, dt, spacing, datum, least, radiates,
):  # fmt: skip
    """`steps` steps of `dt`, in place.

    level, bed   float64 [m]; near, floor: the same above `datum` in single precision, the floor huge where there is a wall
    turn         (ny,) Coriolis parameter of each row of cells [s-1]
    runs         (n, 3) int64, row by row: row, first column and end of cells that can be wet; runs_y: of southern faces
    rim, given, rate   see `hold`
    """
    ny, _ = level.shape
    share = dt / spacing
    slope = np.float32(dt * 9.81 / spacing)
    step = np.float32(dt)
    fastest = np.float32(0.12 * spacing / dt)
    begins = np.searchsorted(runs[:, 0], np.arange(ny + 1))
    begins_y = np.searchsorted(runs_y[:, 0], np.arange(ny + 1))
    some = rim.shape[0] > 0
    for begun in range(0, steps, TOGETHER):
        together = min(TOGETHER, steps - begun)
        for front in range(ny + together - 1):
            for k in range(max(0, front - ny + 1), min(together, front + 1)):
                row = front - k
                j = np.uint64(row)
                for r in range(begins[row], begins[row + 1]):
                    a, b = np.uint64(runs[r, 1]), np.uint64(runs[r, 2])
                    fill(level, near, flow_x, flow_y, source, j, a, b, dt, share, datum)
                if some:
                    hold(level, near, u, v, bed, rim, given, rate, (begun + k + 1) * dt, row, radiates, datum)
                f = step * turn[row]
                for r in range(begins[row], begins[row + 1]):
                    a, b = np.uint64(runs[r, 1] + 1), np.uint64(runs[r, 2])
                    flow_east(near, floor, u, v, push_x, keep_x, flow_x, j, a, b, f, slope, step, fastest, least)
                f = step * HALF * (turn[row] + turn[max(row - 1, 0)])
                for r in range(begins_y[row], begins_y[row + 1]):
                    a, b = np.uint64(runs_y[r, 1]), np.uint64(runs_y[r, 2])
                    flow_north(near, floor, u, v, push_y, keep_y, flow_y, j, a, b, f, slope, step, fastest, least)
