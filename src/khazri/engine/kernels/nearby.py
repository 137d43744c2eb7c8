"""How much oil lies in a place, and how far the nearest is."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels.birth import extent
from khazri.engine.kernels.options import ENTRY, PASS


@njit(**PASS)
def _distance(x, y, ring, radius):
    """Metres to the polygon or disc; 0 within."""
    n = ring.shape[0]
    if n == 1:
        return max(0.0, np.hypot(x - ring[0, 0], y - ring[0, 1]) - radius)
    inside = False
    best = np.inf
    for i in range(n):
        ax, ay = ring[i, 0], ring[i, 1]
        bx, by = ring[(i + 1) % n, 0], ring[(i + 1) % n, 1]
        if n > 2 and (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        along = 0.0 if length == 0.0 else min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length))
        best = min(best, np.hypot(x - ax - along * dx, y - ay - along * dy))
    return 0.0 if inside else max(0.0, best - radius)


@njit(**ENTRY)
def scan_place(x, y, mass, status, living, ring, radius, last):
    """Oil within, nearest distance, particles within; far particles are judged by the box about the ring alone."""
    west, east, south, north = extent(ring)
    west, east, south, north = west - radius, east + radius, south - radius, north + radius
    oil, nearest, count = 0.0, np.inf, 0
    for i in range(living):
        if status[i] > last:
            continue
        dx = max(0.0, west - x[i], x[i] - east)
        dy = max(0.0, south - y[i], y[i] - north)
        if dx * dx + dy * dy >= nearest * nearest and dx + dy > 0.0:
            continue
        distance = _distance(x[i], y[i], ring, radius)
        nearest = min(nearest, distance)
        if distance == 0.0:
            oil += mass[i]
            count += 1
    return oil, nearest, count
