"""What changes slowly beside gravity waves, renewed every few steps: wind, pressure, advection, eddies, friction. Compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.sea.step import HALF, KERNEL, QUARTER, ZERO

ONE = np.float32(1.0)
G = np.float32(9.81)
SHALLOWEST = np.float32(0.05)  # of water that stress and friction act on [m]: a film on a flat feels no more than this
LEAST_FLOW = np.float32(1e-6)  # [m]


@njit(**KERNEL)
def renew_x(level, bed, u, v, flow_x, flow_y, manning, stress, pressure, push, keep, mixed, first, last, dt, spacing, rho, advects):
    """`push` [m s-2] and `keep` [1] of the western faces.

    manning   (ny, nx) [s m-1/3]; stress (ny, nx) of the wind along x [Pa]; pressure (ny, nx) of the air [Pa]
    mixed     (ny, nx) horizontal eddy viscosity [m2 s-1]
    advects   1 with advection of momentum, 0 without

    Source: advection that conserves momentum where the flow expands and energy where it narrows, upwind: Stelling &
    Duinmeijer (2003). Friction: Manning, g n2 |U| U / h^(4/3), implicit. Stress on the depth of both cells.
    """
    ny, nx = level.shape
    per = ONE / np.float32(spacing)
    step = np.float32(dt)
    density = np.float32(rho)
    for j in range(ny):
        below, above = max(j - 1, 0), min(j + 1, ny - 1)
        for i in range(max(first[j], 1), last[j]):
            west = max(np.float32(level[j, i - 1] - bed[j, i - 1]), ZERO)
            east = max(np.float32(level[j, i] - bed[j, i]), ZERO)
            depth = max(HALF * (west + east), SHALLOWEST)
            here = u[j, i]
            wind = HALF * (stress[j, i - 1] + stress[j, i]) / (density * depth)
            air = -(pressure[j, i] - pressure[j, i - 1]) * per / density
            total = wind + air
            if advects and HALF * (west + east) > LEAST_FLOW:
                q_east = HALF * (flow_x[j, i] + flow_x[j, i + 1])
                q_west = HALF * (flow_x[j, i - 1] + flow_x[j, i])
                q_north = HALF * (flow_y[j + 1, i - 1] + flow_y[j + 1, i])
                q_south = HALF * (flow_y[j, i - 1] + flow_y[j, i])
                carried = q_east * ((here if q_east > ZERO else u[j, i + 1]) - here)
                carried -= q_west * ((u[j, i - 1] if q_west > ZERO else here) - here)
                carried += q_north * ((here if q_north > ZERO else u[above, i]) - here)
                carried -= q_south * ((u[below, i] if q_south > ZERO else here) - here)
                total -= carried * per / max(HALF * (west + east), np.float32(1e-4))
            eddy = HALF * (mixed[j, i - 1] + mixed[j, i])
            total += eddy * (u[j, i - 1] + u[j, i + 1] + u[below, i] + u[above, i] - np.float32(4.0) * here) * per * per
            across = QUARTER * (v[j, i - 1] + v[j, i] + v[j + 1, i - 1] + v[j + 1, i])
            speed = np.sqrt(here * here + across * across)
            rough = HALF * (manning[j, i - 1] + manning[j, i])
            drag = G * rough * rough * speed / (depth * np.cbrt(depth))
            push[j, i] = total
            keep[j, i] = ONE / (ONE + step * drag)


@njit(**KERNEL)
def renew_y(level, bed, u, v, flow_x, flow_y, manning, stress, pressure, push, keep, mixed, first, last, dt, spacing, rho, advects):
    """The same of the southern faces; `stress` along y."""
    ny, nx = level.shape
    per = ONE / np.float32(spacing)
    step = np.float32(dt)
    density = np.float32(rho)
    for j in range(1, ny):
        a, b = min(first[j], first[j - 1]), max(last[j], last[j - 1])
        for i in range(a, b):
            left, right = max(i - 1, 0), min(i + 1, nx - 1)
            south = max(np.float32(level[j - 1, i] - bed[j - 1, i]), ZERO)
            north = max(np.float32(level[j, i] - bed[j, i]), ZERO)
            depth = max(HALF * (south + north), SHALLOWEST)
            here = v[j, i]
            wind = HALF * (stress[j - 1, i] + stress[j, i]) / (density * depth)
            air = -(pressure[j, i] - pressure[j - 1, i]) * per / density
            total = wind + air
            if advects and HALF * (south + north) > LEAST_FLOW:
                q_north = HALF * (flow_y[j, i] + flow_y[j + 1, i])
                q_south = HALF * (flow_y[j - 1, i] + flow_y[j, i])
                q_east = HALF * (flow_x[j - 1, i + 1] + flow_x[j, i + 1])
                q_west = HALF * (flow_x[j - 1, i] + flow_x[j, i])
                carried = q_north * ((here if q_north > ZERO else v[j + 1, i]) - here)
                carried -= q_south * ((v[j - 1, i] if q_south > ZERO else here) - here)
                carried += q_east * ((here if q_east > ZERO else v[j, right]) - here)
                carried -= q_west * ((v[j, left] if q_west > ZERO else here) - here)
                total -= carried * per / max(HALF * (south + north), np.float32(1e-4))
            eddy = HALF * (mixed[j - 1, i] + mixed[j, i])
            total += eddy * (v[j - 1, i] + v[j + 1, i] + v[j, left] + v[j, right] - np.float32(4.0) * here) * per * per
            across = QUARTER * (u[j - 1, i] + u[j - 1, i + 1] + u[j, i] + u[j, i + 1])
            speed = np.sqrt(here * here + across * across)
            rough = HALF * (manning[j - 1, i] + manning[j, i])
            drag = G * rough * rough * speed / (depth * np.cbrt(depth))
            push[j, i] = total
            keep[j, i] = ONE / (ONE + step * drag)


@njit(**KERNEL)
def mix(u, v, mixed, first, last, spacing, coefficient):
    """Horizontal eddy viscosity of each cell [m2 s-1].

    nu = (C d)^2 sqrt(2 u_x^2 + 2 v_y^2 + (u_y + v_x)^2)

    coefficient  C [1]

    Source: Smagorinsky (1963); C 0.1-0.5 in models of shelf seas.
    """
    ny, nx = mixed.shape
    per = ONE / np.float32(spacing)
    scale = np.float32((coefficient * spacing) ** 2)
    for j in range(ny):
        below, above = max(j - 1, 0), min(j + 1, ny - 1)
        for i in range(first[j], last[j]):
            left, right = max(i - 1, 0), min(i + 1, nx - 1)
            along = (u[j, i + 1] - u[j, i]) * per
            upward = (v[j + 1, i] - v[j, i]) * per
            shear = QUARTER * (u[above, i] + u[above, i + 1] - u[below, i] - u[below, i + 1]) * per
            shear += QUARTER * (v[j, right] + v[j + 1, right] - v[j, left] - v[j + 1, left]) * per
            mixed[j, i] = scale * np.sqrt(np.float32(2.0) * (along * along + upward * upward) + shear * shear)
