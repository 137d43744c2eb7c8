"""The outer edge of cells that hang together, also by their corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Corner = tuple[int, int]


def edge_of(mask: npt.NDArray[np.bool_]) -> list[Corner]:
    """Corners (column, row) of the edge, anticlockwise and closed; straight runs have none between. Holes are not told.

    mask  (rows, columns): one patch, with a cell at least; its lowest row comes first

    The edge is followed with the patch to the left: to the right where there is a cell, else straight on, else to the left.
    """
    ny, nx = mask.shape
    cells = np.zeros((ny + 2, nx + 2), np.bool_)  # nothing beyond the raster
    cells[1:-1, 1:-1] = mask
    inside: list[list[bool]] = cells.tolist()
    row, column = (int(found) for found in divmod(int(np.argmax(mask)), nx))
    start = x, y = column, row
    dx, dy = 1, 0  # eastward along its southern side
    ring = [start]
    while True:
        x, y = x + dx, y + dy
        # the cells ahead of the corner (x, y), to the left and to the right of the way, in the padded raster
        ahead_left = inside[y + 1 + (dy - 1 + dx) // 2][x + 1 + (dx - 1 - dy) // 2]
        ahead_right = inside[y + 1 + (dy - 1 - dx) // 2][x + 1 + (dx - 1 + dy) // 2]
        if ahead_right:
            turned = dy, -dx
        elif ahead_left:
            turned = dx, dy
        else:
            turned = -dy, dx
        if turned != (dx, dy):
            ring.append((x, y))
            dx, dy = turned
        if (x, y) == start and (dx, dy) == (1, 0):
            return ring if ring[-1] == start else [*ring, start]
