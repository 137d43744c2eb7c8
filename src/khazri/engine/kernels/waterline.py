"""The water's depth now, and which cells are dry, where the level moves."""

from __future__ import annotations

import numpy as np
from numba import njit

FILM = np.float32(0.05)  # [m] of water that floats nothing: less of it counts as dry
_ONE = np.float32(1.0)
_SANE = np.float32(1e3)


@njit(nogil=True, cache=True, error_model="numpy")
def renew(level, rows, row_shares, columns, column_shares, bed, changing, ground, depth):
    """Depth of every cell under `level`, and the ground of those that may be wet or dry: 0 dry, 1 wet.

    level          (ny, nx) on its own grid [m]; what is no number counts as 0
    rows, columns  of `level` below and left of each of the raster's, and the shares of the way on
    bed            (raster) depth of the bed below the level's zero [m]; not a number: never wet
    """
    top, right = level.shape[0] - 1, level.shape[1] - 1
    line = np.zeros(level.shape[1] + 1, np.float32)
    for j in range(bed.shape[0]):
        low, high, b = rows[j], min(rows[j] + 1, top), row_shares[j]
        for k in range(right + 1):
            value = level[low, k] + b * (level[high, k] - level[low, k])
            line[k] = value if abs(value) < _SANE else np.float32(0.0)
        line[right + 1] = line[right]
        for i in range(bed.shape[1]):
            k = columns[i]
            water = bed[j, i] + (line[k] + column_shares[i] * (line[k + 1] - line[k]))
            if not abs(water) < np.float32(1e6):  # no bed is known: it stays as it was laid out
                continue
            depth[j, i] = max(water, np.float32(0.0))
            if changing[j, i]:
                ground[j, i] = np.uint8(1) if water > FILM else np.uint8(0)
