"""From a place on the plane back to the indices of a curvilinear grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import Delaunay, KDTree

Doubles = npt.NDArray[np.float64]
WIDEST: Final = 3  # rows or columns that a triangle of neighbours may span; wider ones bridge a hole of the grid
BEYOND: Final = 0.75  # of a cell: half of it in either direction, along the diagonal


@dataclass(frozen=True)
class Inversion:
    """Triangles over a grid's points (Delaunay), with the row and column of each."""

    triangles: Delaunay
    tree: KDTree
    index: Doubles  # (points, 2): row, column
    good: npt.NDArray[np.bool_]  # per triangle
    reach: float  # [m]

    def locate(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles, npt.NDArray[np.bool_]]:
        """Fractional row and column, linear within each triangle; the nearest point's beyond the grid's edge."""
        points = np.column_stack([np.ravel(x), np.ravel(y)])
        simplex = self.triangles.find_simplex(points)
        inside = (simplex >= 0) & self.good[simplex]
        found = np.zeros((points.shape[0], 2))
        if inside.any():
            chosen = simplex[inside]
            transform = self.triangles.transform[chosen]
            two = np.einsum("nij,nj->ni", transform[:, :2], points[inside] - transform[:, 2])
            weights = np.column_stack([two, 1.0 - two.sum(axis=1)])
            found[inside] = np.einsum("nk,nkc->nc", weights, self.index[self.triangles.simplices[chosen]])
        if not inside.all():
            distance, nearest = self.tree.query(points[~inside])
            found[~inside] = self.index[nearest]
            inside[~inside] = distance <= BEYOND * self.reach
        shape = np.shape(x)
        return found[:, 0].reshape(shape), found[:, 1].reshape(shape), inside.reshape(shape)


def invert(x: Doubles, y: Doubles) -> Inversion:
    """Triangles over the points (rows, columns) that have a position."""
    known = np.isfinite(x) & np.isfinite(y)
    points = np.column_stack([x[known], y[known]])
    index = np.argwhere(known).astype(np.float64)
    triangles = Delaunay(points)
    span = np.ptp(index[triangles.simplices], axis=1).max(axis=1)
    sound = np.isfinite(triangles.transform).all(axis=(1, 2))
    steps = [np.hypot(np.diff(x, axis=axis), np.diff(y, axis=axis)) for axis in (0, 1)]
    reach = max(float(np.nanmedian(each)) for each in steps)
    return Inversion(triangles, KDTree(points), index, (span <= WIDEST) & sound, reach)
