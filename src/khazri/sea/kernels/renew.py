# mypy: disallow-untyped-defs=False, disallow-untyped-calls=False, disallow-incomplete-defs=False, check-untyped-defs=False
"""What changes slowly beside gravity waves, renewed every few steps: wind, pressure, advection, eddies, friction. Compiled.

Loops run along rows over slices, without branches, so that they become vector instructions.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.sea.kernels.step import HALF, KERNEL, QUARTER, ZERO

ONE = np.float32(1.0)
TWO = np.float32(2.0)
FOUR = np.float32(4.0)
G = np.float32(9.81)
THIRD = np.float32(1.0 / 3.0)
SHALLOWEST = np.float32(0.05)  # of water that stress and friction act on [m]: a film on a flat feels no more than this
FLAT = np.float32(0.3)  # water over flats [m]
FILM = np.float32(1e-4)  # of water that carries momentum along [m]; the flow through its faces is nought below


@njit(**KERNEL)
def cube_root(x):
    """Of a positive number, to 1e-3 between 0.01 and 2000: from square roots by two steps of Newton's rule.

    The library's own is no vector instruction. Checked by: test_cube_roots_of_depths.
    """
    fourth = np.sqrt(np.sqrt(x))
    root = fourth * np.sqrt(np.sqrt(fourth))
    root = THIRD * (TWO * root + x / (root * root))
    return THIRD * (TWO * root + x / (root * root))


@njit(**KERNEL)
def renew_x(level, bed, u, v, flow_x, flow_y, stress, pressure, push, mixed, runs, spacing, rho, carries):
    """`push` [m s-2] of the western faces.

    level, bed (ny, nx) float32 above one datum [m], the bed huge where there is a wall
    stress (ny, nx) of the wind along x [Pa]; pressure (ny, nx) of the air [Pa]
    mixed     (ny, nx) horizontal eddy viscosity [m2 s-1]
    carries   time for which the push will act [s]; 0 without advection

    Source: advection that conserves momentum where the flow expands and energy where it narrows, upwind: Stelling &
    Duinmeijer (2003); what is carried in never exceeds what lies upstream, however long it acts (a Courant number of
    one at most). Stress on the depth of both cells.
    """
    ny, _ = level.shape
    per, density = ONE / np.float32(spacing), np.float32(rho)
    most = np.float32(carries) * per
    some = per if carries > 0.0 else ZERO
    for r in range(runs.shape[0]):
        j, a = runs[r, 0], runs[r, 1] + 1
        n = runs[r, 2] - a
        below, above = max(j - 1, 0), min(j + 1, ny - 1)
        lw, le, bw, be = level[j, a - 1 : a - 1 + n], level[j, a : a + n], bed[j, a - 1 : a - 1 + n], bed[j, a : a + n]
        tw, te = stress[j, a - 1 : a - 1 + n], stress[j, a : a + n]
        pw, pe = pressure[j, a - 1 : a - 1 + n], pressure[j, a : a + n]
        mw, me = mixed[j, a - 1 : a - 1 + n], mixed[j, a : a + n]
        here, west, east = u[j, a : a + n], u[j, a - 1 : a - 1 + n], u[j, a + 1 : a + 1 + n]
        south, north, out = u[below, a : a + n], u[above, a : a + n], push[j, a : a + n]
        fw, fh, fe = flow_x[j, a - 1 : a - 1 + n], flow_x[j, a : a + n], flow_x[j, a + 1 : a + 1 + n]
        sw, se = flow_y[j, a - 1 : a - 1 + n], flow_y[j, a : a + n]
        nw, ne = flow_y[j + 1, a - 1 : a - 1 + n], flow_y[j + 1, a : a + n]
        for i in range(n):
            depth = HALF * (max(lw[i] - bw[i], ZERO) + max(le[i] - be[i], ZERO))
            total = (HALF * (tw[i] + te[i]) / max(depth, SHALLOWEST) - (pe[i] - pw[i]) * per) / density
            from_e, from_w = -min(HALF * (fh[i] + fe[i]), ZERO), max(HALF * (fw[i] + fh[i]), ZERO)
            from_n, from_s = -min(HALF * (nw[i] + ne[i]), ZERO), max(HALF * (sw[i] + se[i]), ZERO)
            carried = from_e * (east[i] - here[i]) + from_w * (west[i] - here[i])
            carried += from_n * (north[i] - here[i]) + from_s * (south[i] - here[i])
            total += carried * some / max(depth, most * (from_e + from_w + from_n + from_s), FILM)
            eddy = HALF * (mw[i] + me[i])
            out[i] = total + eddy * (west[i] + east[i] + south[i] + north[i] - FOUR * here[i]) * per * per


@njit(**KERNEL)
def renew_y(level, bed, u, v, flow_x, flow_y, stress, pressure, push, mixed, runs_y, spacing, rho, carries):
    """The same of the southern faces; `stress` along y."""
    _, nx = level.shape
    per, density = ONE / np.float32(spacing), np.float32(rho)
    most = np.float32(carries) * per
    some = per if carries > 0.0 else ZERO
    row = np.empty(nx + 2, np.float32)  # of v, with the outermost faces doubled
    for r in range(runs_y.shape[0]):
        j, a = runs_y[r, 0], runs_y[r, 1]
        n = runs_y[r, 2] - a
        row[1 : nx + 1] = v[j]
        row[0], row[nx + 1] = v[j, 0], v[j, nx - 1]
        ls, ln, bs, bn = level[j - 1, a : a + n], level[j, a : a + n], bed[j - 1, a : a + n], bed[j, a : a + n]
        ts, tn = stress[j - 1, a : a + n], stress[j, a : a + n]
        ps, pn = pressure[j - 1, a : a + n], pressure[j, a : a + n]
        ms, mn = mixed[j - 1, a : a + n], mixed[j, a : a + n]
        here, west, east = row[a + 1 : a + 1 + n], row[a : a + n], row[a + 2 : a + 2 + n]
        south, north, out = v[j - 1, a : a + n], v[j + 1, a : a + n], push[j, a : a + n]
        fs, fh, fn = flow_y[j - 1, a : a + n], flow_y[j, a : a + n], flow_y[j + 1, a : a + n]
        sw, se = flow_x[j - 1, a : a + n], flow_x[j - 1, a + 1 : a + 1 + n]
        nw, ne = flow_x[j, a : a + n], flow_x[j, a + 1 : a + 1 + n]
        for i in range(n):
            depth = HALF * (max(ls[i] - bs[i], ZERO) + max(ln[i] - bn[i], ZERO))
            total = (HALF * (ts[i] + tn[i]) / max(depth, SHALLOWEST) - (pn[i] - ps[i]) * per) / density
            from_n, from_s = -min(HALF * (fh[i] + fn[i]), ZERO), max(HALF * (fs[i] + fh[i]), ZERO)
            from_e, from_w = -min(HALF * (se[i] + ne[i]), ZERO), max(HALF * (sw[i] + nw[i]), ZERO)
            carried = from_n * (north[i] - here[i]) + from_s * (south[i] - here[i])
            carried += from_e * (east[i] - here[i]) + from_w * (west[i] - here[i])
            total += carried * some / max(depth, most * (from_e + from_w + from_n + from_s), FILM)
            eddy = HALF * (ms[i] + mn[i])
            out[i] = total + eddy * (west[i] + east[i] + south[i] + north[i] - FOUR * here[i]) * per * per


@njit(**KERNEL)
def grip(lw, le, bw, be, rw, re, here, pushed, out, sw, se, nw, ne, step, linear):
    """`rub` of the faces of one run: levels, beds and Manning's n on both sides, speed, push, `keep`, speeds across."""
    for i in range(out.size):
        depth = HALF * (max(lw[i] - bw[i], ZERO) + max(le[i] - be[i], ZERO))
        depth = max(depth, SHALLOWEST)
        across = QUARTER * (sw[i] + se[i] + nw[i] + ne[i])
        rough = HALF * (rw[i] + re[i])
        hold = G * rough * rough / (depth * cube_root(depth))
        rate = hold * np.sqrt(here[i] * here[i] + across * across)
        ends = np.sqrt(hold * abs(pushed[i])) if depth < FLAT else ZERO
        rate = max(rate, ends)
        out[i] = ONE / (ONE + step * (rate + linear))


@njit(**KERNEL)
def rub(level, bed, u, v, manning, push_x, push_y, keep_x, keep_y, runs, runs_y, dt, drag):
    """`keep` [1]: what friction at the bed leaves of the speed in one step, through the western and the southern faces.

    1 / (1 + dt (g n2 |U| / h^(4/3) + drag)), implicit. Over flats, where wind sets a film going faster than friction is
    renewed, |U| counts at least as much as the push would make it in the end.

    manning   n (ny, nx) [s m-1/3]; drag: linear [s-1]

    Source: Manning's law, as commonly given.
    """
    step, linear = np.float32(dt), np.float32(drag)
    for r in range(runs.shape[0]):
        j, a, b = runs[r, 0], runs[r, 1] + 1, runs[r, 2]
        grip(
            level[j, a - 1 : b - 1], level[j, a:b], bed[j, a - 1 : b - 1], bed[j, a:b], manning[j, a - 1 : b - 1],
            manning[j, a:b], u[j, a:b], push_x[j, a:b], keep_x[j, a:b], v[j, a - 1 : b - 1], v[j, a:b],
            v[j + 1, a - 1 : b - 1], v[j + 1, a:b], step, linear,
        )  # fmt: skip
    for r in range(runs_y.shape[0]):
        j, a, b = runs_y[r, 0], runs_y[r, 1], runs_y[r, 2]
        grip(
            level[j - 1, a:b], level[j, a:b], bed[j - 1, a:b], bed[j, a:b], manning[j - 1, a:b], manning[j, a:b], v[j, a:b],
            push_y[j, a:b], keep_y[j, a:b], u[j - 1, a:b], u[j - 1, a + 1 : b + 1], u[j, a:b], u[j, a + 1 : b + 1], step, linear,
        )  # fmt: skip


@njit(**KERNEL)
def mix(u, v, mixed, runs, spacing, coefficient):
    """Horizontal eddy viscosity of each cell [m2 s-1].

    nu = (C d)^2 sqrt(2 u_x^2 + 2 v_y^2 + (u_y + v_x)^2)

    coefficient  C [1]

    Source: Smagorinsky (1963); C 0.1-0.5 in models of shelf seas.
    """
    ny, nx = mixed.shape
    per = ONE / np.float32(spacing)
    scale = np.float32((coefficient * spacing) ** 2)
    middle = np.empty(nx + 2, np.float32)  # v at the cells of the row, with the outermost doubled
    for r in range(runs.shape[0]):
        j, a = runs[r, 0], runs[r, 1]
        n = runs[r, 2] - a
        below, above = max(j - 1, 0), min(j + 1, ny - 1)
        middle[1 : nx + 1] = HALF * (v[j] + v[j + 1])
        middle[0], middle[nx + 1] = middle[1], middle[nx]
        uw, ue, vs, vn = u[j, a : a + n], u[j, a + 1 : a + 1 + n], v[j, a : a + n], v[j + 1, a : a + n]
        sw, se = u[below, a : a + n], u[below, a + 1 : a + 1 + n]
        nw, ne = u[above, a : a + n], u[above, a + 1 : a + 1 + n]
        west, east, out = middle[a : a + n], middle[a + 2 : a + 2 + n], mixed[j, a : a + n]
        for i in range(n):
            along, upward = (ue[i] - uw[i]) * per, (vn[i] - vs[i]) * per
            shear = (QUARTER * (nw[i] + ne[i] - sw[i] - se[i]) + HALF * (east[i] - west[i])) * per
            out[i] = scale * np.sqrt(TWO * (along * along + upward * upward) + shear * shear)
