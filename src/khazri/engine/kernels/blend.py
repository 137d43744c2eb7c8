"""Between two moments of a field."""

from __future__ import annotations

import numpy as np
from numba import njit

_ONE = np.float32(1.0)


@njit(nogil=True, cache=True, error_model="numpy")
def blend(before, after, share, out, row_first, row_last, column_first, column_last):
    """out = (1 - share) before + share after over the given rows and columns, all components."""
    for j in range(row_first, row_last):
        for i in range(column_first, column_last):
            for c in range(out.shape[2]):
                if share == np.float32(0.0):  # what comes after may not be a number
                    out[j, i, c] = before[j, i, c]
                else:
                    out[j, i, c] = (_ONE - share) * before[j, i, c] + share * after[j, i, c]
