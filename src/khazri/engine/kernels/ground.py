"""How far each cell of a raster is from the nearest of some."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels.options import ENTRY


@njit(**ENTRY)
def squared_distances(marked, columns, hulls, borders, out):
    """Squares of the distances between middles of cells, to the nearest that is marked or lies beyond the raster's edge.

    marked   (ny, nx) bool
    columns  (ny, nx) int32, hulls (nx + 2,) int64, borders (nx + 3,) float64: scratch
    out      (ny, nx) int32, exact

    Source: felzenszwalb2012: along the columns, then along the rows the lower hull of the parabolas that these leave.
    """
    ny, nx = marked.shape
    for i in range(nx):
        away = 0
        for j in range(ny):
            away = 0 if marked[j, i] else away + 1
            columns[j, i] = away
        away = 0
        for j in range(ny - 1, -1, -1):
            away = 0 if marked[j, i] else away + 1
            columns[j, i] = min(columns[j, i], away)
    for j in range(ny):
        last = 0
        hulls[0], borders[0] = -1, -np.inf  # beyond the edge; places of the hull count from there
        for i in range(nx + 1):
            height = columns[j, i] * columns[j, i] if i < nx else 0
            while True:
                k = hulls[last]
                under = columns[j, k] * columns[j, k] if 0 <= k < nx else 0
                border = ((height + i * i) - (under + k * k)) / (2.0 * (i - k))
                if border > borders[last]:
                    break
                last -= 1
            last += 1
            hulls[last], borders[last] = i, border
        borders[last + 1] = np.inf
        at = 0
        for i in range(nx):
            while borders[at + 1] < i:
                at += 1
            k = hulls[at]
            out[j, i] = (i - k) * (i - k) + (columns[j, k] * columns[j, k] if 0 <= k < nx else 0)
