"""A field at a few places: what units meet where they are."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels.options import ENTRY


@njit(**ENTRY)
def sample_places(values, x, y, before, after, late, found):
    """Bilinear in space and linear in time; what is no number counts as 0, as for units it always has.

    values         (moments, rows, columns, components) float32
    x, y           (n,) places in cells from the middle of the first, held to the raster
    before, after  moments;  late  share of the second
    found          (n, components) float64
    """
    rows, columns = values.shape[1], values.shape[2]
    for p in range(x.shape[0]):
        i, j = min(np.int64(x[p]), max(columns - 2, 0)), min(np.int64(y[p]), max(rows - 2, 0))
        east, north = x[p] - i, y[p] - j
        for c in range(values.shape[3]):
            total = 0.0
            for m in range(2):
                moment, share = (before, 1.0 - late) if m == 0 else (after, late)
                for dj in range(2):
                    for di in range(2):
                        value = np.float64(values[moment, min(j + dj, rows - 1), min(i + di, columns - 1), c])
                        weight = share * (north if dj else 1.0 - north) * (east if di else 1.0 - east)
                        total += weight * value if value == value else 0.0
            found[p, c] = total
