"""Points without a value take the nearest one's, so that fields reach the shore whatever the file's own coast is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

Singles = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


class Filler:
    """Fills in space; the way there is found once for each pattern of missing points."""

    def __init__(self, cell: tuple[float, float]) -> None:
        self._cell = cell  # m, between rows and between columns
        self._missing: Mask | None = None
        self._from: npt.NDArray[np.int64] | None = None
        self.farthest: Singles | None = None  # of every point, the longest way that a value was carried [m]

    def fill(self, values: Singles, missing: Mask) -> None:
        """Replace values (components, rows, columns) at `missing` (rows, columns) in place; some must not be missing."""
        if self._missing is None or not np.array_equal(missing, self._missing):
            way, source = distance_transform_edt(missing, sampling=self._cell, return_indices=True)
            self._missing, self._from = missing.copy(), np.ravel_multi_index(tuple(source), missing.shape)
            reached = np.asarray(way, np.float32)
            self.farthest = reached if self.farthest is None else np.maximum(self.farthest, reached)
        assert self._from is not None
        for component in values:
            component[missing] = component.ravel()[self._from[missing]]
