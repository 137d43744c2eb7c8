"""From a place on the plane back to the row and column of a curvilinear grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

Doubles = npt.NDArray[np.float64]
ROUNDS: Final = 12  # of Newton's method; smooth grids need three
CLOSE: Final = 1e-3  # of a cell: a place is found when it is missed by less
EDGE: Final = 0.5  # of a cell that the grid reaches beyond its outer points
BESIDE: Final = 0.75  # of a cell around a point whose neighbours have no position


@dataclass(frozen=True)
class Inversion:
    """A grid's points on the plane, (rows, columns), not a number where a point has no position."""

    x: Doubles
    y: Doubles
    tree: KDTree
    index: Doubles  # (known points, 2): row, column
    cell: float  # m, the usual distance between neighbours

    def locate(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles, npt.NDArray[np.bool_]]:
        """Fractional row and column at which bilinear interpolation of the grid gives each place, and whether it is covered.

        Newton's method in the index space from the nearest point on; the nearest point's own where there is no solution.
        """
        wanted = np.column_stack([np.ravel(x), np.ravel(y)])
        reached = self.tree.query(wanted)
        distance, nearest = np.asarray(reached[0], np.float64), np.asarray(reached[1], np.int64)
        at = self.index[nearest].copy()
        for _ in range(ROUNDS):
            place, along_row, along_column = self._bilinear(at)
            miss = wanted - place
            area = along_row[:, 0] * along_column[:, 1] - along_row[:, 1] * along_column[:, 0]
            with np.errstate(divide="ignore", invalid="ignore"):
                step_row = (miss[:, 0] * along_column[:, 1] - miss[:, 1] * along_column[:, 0]) / area
                step_column = (miss[:, 1] * along_row[:, 0] - miss[:, 0] * along_row[:, 1]) / area
            at += np.clip(np.column_stack([step_row, step_column]), -2.0, 2.0)
        miss = wanted - self._bilinear(at)[0]
        last = np.array(self.x.shape, np.float64) - 1.0
        with np.errstate(invalid="ignore"):
            found = np.hypot(miss[:, 0], miss[:, 1]) < CLOSE * self.cell
            found &= ((at >= -EDGE) & (at <= last + EDGE)).all(axis=1)
        at[~found] = self.index[nearest[~found]]
        covered = found | (distance <= BESIDE * self.cell)
        shape = np.shape(x)
        return at[:, 0].reshape(shape), at[:, 1].reshape(shape), covered.reshape(shape)

    def _bilinear(self, at: Doubles) -> tuple[Doubles, Doubles, Doubles]:
        """Place of each (row, column), and its change along rows and along columns; (n, 2) each."""
        rows, columns = self.x.shape
        with np.errstate(invalid="ignore"):
            row = np.clip(np.nan_to_num(np.floor(at[:, 0])), 0, rows - 2).astype(np.int64)
            column = np.clip(np.nan_to_num(np.floor(at[:, 1])), 0, columns - 2).astype(np.int64)
        up, right = (at[:, 0] - row)[:, None], (at[:, 1] - column)[:, None]

        def corner(rise: int, shift: int) -> Doubles:
            return np.column_stack([self.x[row + rise, column + shift], self.y[row + rise, column + shift]])

        low_left, low_right, high_left, high_right = corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)
        low = low_left + right * (low_right - low_left)
        high = high_left + right * (high_right - high_left)
        along_column = (1.0 - up) * (low_right - low_left) + up * (high_right - high_left)
        return low + up * (high - low), high - low, along_column


def invert(x: Doubles, y: Doubles) -> Inversion:
    """Points (rows, columns) on the plane, ready to be searched."""
    known = np.isfinite(x) & np.isfinite(y)
    steps = [np.hypot(np.diff(x, axis=axis), np.diff(y, axis=axis)) for axis in (0, 1)]
    cell = max(float(np.nanmedian(each)) for each in steps)
    return Inversion(x, y, KDTree(np.column_stack([x[known], y[known]])), np.argwhere(known).astype(np.float64), cell)
