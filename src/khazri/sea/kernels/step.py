# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""The steps of the shallow-water equations on one Arakawa C grid, compiled.

Cells hold the level and the bed, faces the flow: `u[j, i]` through the western side of cell (j, i), `v[j, i]` through its
southern side; both arrays have a row and a column more than the cells. A face is open to the depth above the higher of
the two beds, taken from the side that the water comes from, so that no cell gives more than it has (Stelling &
Duinmeijer 2003). Gravity, rotation and friction act in every step (forward-backward); what changes slowly (stress of the
wind, advection, eddies, pressure) is renewed every few steps by `renew` and kept in `push_*` and `keep_*` meanwhile.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from llvmlite import binding  # type: ignore[import-untyped]
from numba import njit

from khazri.physics.target import TARGET

# Loops over six or seven rows are only made of vector instructions where the compiler may check that many for overlap.
binding.set_option("khazri", "-runtime-memory-check-threshold=64")

BUILT_FOR: Final = TARGET  # the processor, pinned before anything is compiled
KERNEL: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}, "cache": True}
G = np.float32(9.81)
ZERO = np.float32(0.0)
QUARTER = np.float32(0.25)
HALF = np.float32(0.5)
TWO = np.float32(2.0)


@njit(**KERNEL)
def fill(level, flow_x, flow_y, source, first, last, dt, spacing):
    """Continuity: every cell takes what flows in through its four sides, and what rivers bring.

    level         (ny, nx) float64 [m], changed in place
    flow_x, _y    float32 [m2 s-1], per metre of face
    source        (ny, nx) float32 [m s-1]
    first, last   (ny,) int64: the columns of each row that can ever be wet
    dt, spacing   float64 [s, m]
    """
    share = dt / spacing
    for j in range(level.shape[0]):
        a, b = first[j], last[j]
        n = b - a
        row = level[j, a:b]
        west, east = flow_x[j, a:b], flow_x[j, a + 1 : b + 1]
        south, north = flow_y[j, a:b], flow_y[j + 1, a:b]
        rain = source[j, a:b]
        for i in range(n):
            inward = (np.float64(west[i]) - np.float64(east[i])) + (np.float64(south[i]) - np.float64(north[i]))
            row[i] += share * inward + dt * np.float64(rain[i])


@njit(**KERNEL)
def flow(
    level,
    u,
    v,
    flow_x,
    flow_y,
    sill_x,
    sill_y,
    push_x,
    push_y,
    keep_x,
    keep_y,
    mid_x,
    mid_y,
    turn,
    first,
    last,
    dt,
    spacing,
    least,
):
    """Momentum: gravity, rotation, what `renew` left, and friction; then the flow through every face.

    sill_*   height of a face's sill [m]: the higher bed of its two cells; huge where the face is closed
    push_*   slow accelerations [m s-2]; keep_*: share of the speed that friction leaves in one step [1]
    turn     (ny,) Coriolis parameter of each row of cells [s-1]
    least    depth over a sill below which nothing flows [m]
    """
    ny, _ = level.shape
    slope = np.float32(dt * 9.81 / spacing)
    step = np.float32(dt)
    fastest = np.float32(0.125 * spacing / dt)  # four sides together can then never empty a cell
    for j in range(ny):
        a = max(first[j], 1)
        n = last[j] - a
        if n > 0:
            f = step * turn[j]
            here, there = level[j, a : a + n], level[j, a - 1 : a - 1 + n]
            speed, sill = u[j, a : a + n], sill_x[j, a : a + n]
            mid = mid_x[j, a : a + n]
            push, keep, out = push_x[j, a : a + n], keep_x[j, a : a + n], flow_x[j, a : a + n]
            sw, se = v[j, a - 1 : a - 1 + n], v[j, a : a + n]
            nw, ne = v[j + 1, a - 1 : a - 1 + n], v[j + 1, a : a + n]
            for i in range(n):
                across = QUARTER * ((sw[i] + se[i]) + (nw[i] + ne[i]))
                now = speed[i] - slope * np.float32(here[i] - there[i]) + f * across + step * push[i]
                now = min(max(now * keep[i], -fastest), fastest)
                upstream = there[i] if now > ZERO else here[i]
                depth = np.float32(upstream - np.float64(sill[i]))
                now = now if depth > least else ZERO
                speed[i] = now
                mean = np.float32(0.5 * (here[i] + there[i]) - np.float64(mid[i]))
                out[i] = now * max(min(mean, TWO * depth), ZERO)
        if j == 0:
            continue
        a, b = min(first[j], first[j - 1]), max(last[j], last[j - 1])
        n = b - a
        if n > 0:
            f = step * HALF * (turn[j] + turn[j - 1])
            here, there = level[j, a:b], level[j - 1, a:b]
            speed, sill = v[j, a:b], sill_y[j, a:b]
            mid = mid_y[j, a:b]
            push, keep, out = push_y[j, a:b], keep_y[j, a:b], flow_y[j, a:b]
            sw, se = u[j - 1, a:b], u[j - 1, a + 1 : b + 1]
            nw, ne = u[j, a:b], u[j, a + 1 : b + 1]
            for i in range(n):
                across = QUARTER * ((sw[i] + se[i]) + (nw[i] + ne[i]))
                now = speed[i] - slope * np.float32(here[i] - there[i]) - f * across + step * push[i]
                now = min(max(now * keep[i], -fastest), fastest)
                upstream = there[i] if now > ZERO else here[i]
                depth = np.float32(upstream - np.float64(sill[i]))
                now = now if depth > least else ZERO
                speed[i] = now
                mean = np.float32(0.5 * (here[i] + there[i]) - np.float64(mid[i]))
                out[i] = now * max(min(mean, TWO * depth), ZERO)
