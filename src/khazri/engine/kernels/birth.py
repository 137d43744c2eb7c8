"""Where new particles lie: drawn along the shape of their release by hashed noise."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import ENTRY, PASS
from khazri.physics.droplets import lognormal_diameter
from khazri.physics.noise import DROPLET, SEED_PLACE, normal_pair, philox4x32, uniform

_TRIES = 200
_BLOWOUT_MEDIAN = np.float32(1e-3)  # [m] of droplets released at depth; said in the state's notes


@njit(**PASS)
def inside(x, y, ring):
    """Whether a polygon (its ring, open or closed) holds a point."""
    found = False
    n = ring.shape[0]
    for i in range(n):
        ax, ay, bx, by = ring[i, 0], ring[i, 1], ring[(i + 1) % n, 0], ring[(i + 1) % n, 1]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


@njit(**PASS)
def extent(points):
    """West, east, south and north of points (n, 2)."""
    west, east, south, north = np.inf, -np.inf, np.inf, -np.inf
    for i in range(points.shape[0]):
        west, east = min(west, points[i, 0]), max(east, points[i, 0])
        south, north = min(south, points[i, 1]), max(north, points[i, 1])
    return west, east, south, north


@njit(**PASS)
def along(share, line):
    """The point at a share of a line's length."""
    length = 0.0
    for i in range(line.shape[0] - 1):
        length += np.hypot(line[i + 1, 0] - line[i, 0], line[i + 1, 1] - line[i, 1])
    left = share * length
    for i in range(line.shape[0] - 1):
        part = np.hypot(line[i + 1, 0] - line[i, 0], line[i + 1, 1] - line[i, 1])
        if left <= part and part > 0.0:
            way = left / part
            return line[i, 0] + way * (line[i + 1, 0] - line[i, 0]), line[i, 1] + way * (line[i + 1, 1] - line[i, 1])
        left -= part
    return line[-1, 0], line[-1, 1]


@njit(**ENTRY)
def place_births(low, high, place, real, number, origin, vertices, shape, radius, depth, seed, key):
    """Set x, y, z and the droplet's diameter of rows low to high - 1. shape: 0 point (a disc about it), 1 line, 2 polygon."""
    west, east, south, north = extent(vertices)
    for row in range(low, high):
        release = np.uint32(origin[0, row])
        for k in range(_TRIES):
            purpose = np.uint32((SEED_PLACE << 8) + k)
            a, b, c, d = philox4x32(number[row], np.uint32(0), purpose, release, seed, key)
            u, v = np.float64(uniform(a)), np.float64(uniform(b))
            x, y = vertices[0, 0], vertices[0, 1]
            if shape == 1:
                x, y = along(u, vertices)
            elif shape == 2:
                x, y = west + u * (east - west), south + v * (north - south)
                if not inside(x, y, vertices):
                    continue
            if radius > 0.0 and shape != 2:
                r, angle = radius * np.sqrt(np.float64(uniform(c))), 6.283185307179586 * np.float64(uniform(d))
                x, y = x + r * np.cos(angle), y + r * np.sin(angle)
            break
        place[0, row], place[1, row] = x, y
        real[at.Z, row] = np.float32(-depth)
        if depth > 0.0:
            a, b, c, d = philox4x32(number[row], np.uint32(0), np.uint32(DROPLET << 8), release, seed, key)
            normal, _ = normal_pair(a, b)
            real[at.DIAMETER, row] = lognormal_diameter(_BLOWOUT_MEDIAN, normal)
