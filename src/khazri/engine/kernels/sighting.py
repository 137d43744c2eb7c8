"""The oil at the surface by square cells, and the outlines of what hangs together: what crews see of it is made of these.

Nothing is allocated within; whoever calls gives the room. Sums are added row by row, so that the same rows give the same bits.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import ENTRY, INLINE
from khazri.physics.maths import log
from khazri.physics.noise import OBSERVATION, member_key, normal_pair, philox4x32

_ONE, _NO_MEMBER = np.float32(1.0), np.uint16(0)
_WETTEST, _LIGHTEST, _THINNEST = np.float32(0.05), np.float32(500.0), np.float32(1e-7)

# columns of what `add_up` counts, and of what `label` does
FILM, CELL_MASS, STIFFNESS = range(3)
CELLS, FIRST, VOLUME, COVERED = range(4)


@njit(**INLINE)
def _is_seen(row, flag, origin):
    """Whether a particle floats, freely or before a boom; of an ensemble the first member's."""
    status = flag[0, row]
    return (status == at.AFLOAT or status == at.BOOMED) and origin[1, row] == _NO_MEMBER


@njit(**ENTRY)
def span_of(living, place, flag, origin, inverse, reach):
    """How far the oil at the surface reaches, in cells of 1 / `inverse` metres; reach (4,) int64: west, south, east, north. False: none."""
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for row in range(living):
        if _is_seen(row, flag, origin):
            x, y = place[0, row], place[1, row]
            west, east = min(west, x), max(east, x)
            south, north = min(south, y), max(north, y)
    if not west <= east:
        return False
    reach[0], reach[1] = np.int64(np.floor(west * inverse)), np.int64(np.floor(south * inverse))
    reach[2], reach[3] = np.int64(np.floor(east * inverse)), np.int64(np.floor(north * inverse))
    return True


@njit(**ENTRY)
def list_cells(living, place, flag, origin, inverse, reach, cell):
    """In which cell each particle lies, row by row from the south-west; cell (living,) int64, -1: not at the surface."""
    wide = reach[2] - reach[0] + 1
    for row in range(living):
        cell[row] = -1
        if _is_seen(row, flag, origin):
            column = np.int64(np.floor(place[0, row] * inverse)) - reach[0]
            cell[row] = (np.int64(np.floor(place[1, row] * inverse)) - reach[1]) * wide + column


@njit(**ENTRY)
def number_cells(cell, number):
    """Number the cells that hold oil in their order; number (cells,) int32, zeros, becomes that + 1; `cell` becomes it. How many."""
    for row in range(cell.shape[0]):
        if cell[row] >= 0:
            number[cell[row]] = 1
    count = 0
    for k in range(number.shape[0]):
        if number[k]:
            count += 1
            number[k] = count
    for row in range(cell.shape[0]):
        if cell[row] >= 0:
            cell[row] = number[cell[row]] - 1
    return count


@njit(**ENTRY)
def add_up(flag, real, cell, area, strip, sums):
    """What each numbered cell holds.

    cell         (living,) int64: the number of each particle's cell, -1: none
    area, strip  of a cell, and of that over which the oil before a boom lies [m2]
    sums         (cells, 3) float64, zeros: emulsion over the area [m], oil [kg], and oil times the logarithm of its viscosity
    """
    for row in range(cell.shape[0]):
        k = cell[row]
        if k < 0:
            continue
        mass = np.float64(real[at.MASS, row])
        volume = mass / np.float64(max(_ONE - real[at.WATER, row], _WETTEST))
        volume /= np.float64(max(real[at.DENSITY, row], _LIGHTEST))
        sums[k, FILM] += volume / (strip if flag[0, row] == at.BOOMED else area)
        sums[k, CELL_MASS] += mass
        sums[k, STIFFNESS] += mass * np.float64(log(max(real[at.VISCOSITY, row], _THINNEST)))


@njit(**ENTRY)
def list_in_sight(x, y, way, near, far, seen):
    """Which of the places (n,) lie between `near` and `far` [m] from a way (k, 2); seen (n,) int64. How many."""
    count = 0
    for k in range(x.shape[0]):
        least = np.inf
        for p in range(way.shape[0]):
            ax, ay = way[p, 0], way[p, 1]
            bx, by = way[min(p + 1, way.shape[0] - 1), 0], way[min(p + 1, way.shape[0] - 1), 1]
            dx, dy = bx - ax, by - ay
            share = ((x[k] - ax) * dx + (y[k] - ay) * dy) / max(dx * dx + dy * dy, 1e-12)
            share = min(max(share, 0.0), 1.0)
            ox, oy = x[k] - ax - share * dx, y[k] - ay - share * dy
            least = min(least, ox * ox + oy * oy)
        if near * near <= least <= far * far or (near <= 0.0 and least <= far * far):
            seen[count] = k
            count += 1
    return count


@njit(**ENTRY)
def label(films, least, most, labels, queue, found):
    """Number the patches of cells with a film of `least` or more that touch, also by their corners; how many.

    films   (rows, columns) [m];  labels  the same, int32, zeros;  queue  (cells,) int64
    most    films from here on are not added up
    found   (patches or more, 4) float64: cells, the first of them, films added up, cells that were added
    """
    rows, columns = films.shape
    count = 0
    for start in range(rows * columns):
        if labels[start // columns, start % columns] or not films[start // columns, start % columns] >= least:
            continue
        count += 1
        found[count - 1, FIRST] = start
        for k in (CELLS, VOLUME, COVERED):
            found[count - 1, k] = 0.0
        labels[start // columns, start % columns] = count
        queue[0], done, waiting = start, 0, 1
        while done < waiting:
            row, column = queue[done] // columns, queue[done] % columns
            done += 1
            film = films[row, column]
            found[count - 1, CELLS] += 1.0
            if film < most:
                found[count - 1, VOLUME] += film
                found[count - 1, COVERED] += 1.0
            for j in range(max(row - 1, 0), min(row + 2, rows)):
                for i in range(max(column - 1, 0), min(column + 2, columns)):
                    if not labels[j, i] and films[j, i] >= least:
                        labels[j, i] = count
                        queue[waiting] = j * columns + i
                        waiting += 1
    return count


@njit(**INLINE)
def _holds(labels, row, column, patch):
    """Whether a cell is of a patch; nothing is beyond the raster."""
    return 0 <= row < labels.shape[0] and 0 <= column < labels.shape[1] and labels[row, column] == patch


@njit(**ENTRY)
def follow_edge(labels, patch, first, cut, ring):
    """The outer edge of a patch, anticlockwise and closed, in cells; its corners are cut off by `cut` of a cell. How many points.

    first  its lowest cell, the westernmost of those;  ring  (n, 2) float64, of at least 8 points a cell and one more

    The edge is followed with the patch to the left: to the right where there is a cell, else straight on, else to the left. So
    cells that touch by a corner only hang together, and the cut opens a neck between them.
    """
    columns = labels.shape[1]
    start_x, start_y = first % columns, first // columns
    x, y, dx, dy, count = start_x, start_y, 1, 0, 0
    while True:
        x, y = x + dx, y + dy
        # the cells ahead of the corner (x, y), to the left and to the right of the way
        right = _holds(labels, y + (dy - 1 - dx) // 2, x + (dx - 1 + dy) // 2, patch)
        left = _holds(labels, y + (dy - 1 + dx) // 2, x + (dx - 1 - dy) // 2, patch)
        turn_x, turn_y = (dy, -dx) if right else ((dx, dy) if left else (-dy, dx))
        if turn_x != dx or turn_y != dy:
            ring[count, 0], ring[count, 1] = x - cut * dx, y - cut * dy
            ring[count + 1, 0], ring[count + 1, 1] = x + cut * turn_x, y + cut * turn_y
            count += 2
            dx, dy = turn_x, turn_y
        if x == start_x and y == start_y and dx == 1 and dy == 0:
            ring[count, 0], ring[count, 1] = ring[0, 0], ring[0, 1]
            return count + 1


@njit(**ENTRY)
def misjudge(name, step, site, seed, first, worst, errors):
    """Standard normals held within `worst`: hashes of seed, site, a unit's name, step and place in the row; errors (n,) float64."""
    key = member_key(np.uint32(site), np.uint32(0))
    for k in range(errors.shape[0]):
        purpose = np.uint32((OBSERVATION << 8) | (first + k))
        a, b, _, _ = philox4x32(np.uint32(name), np.uint32(step), purpose, np.uint32(0), np.uint32(seed), key)
        normal, _ = normal_pair(a, b)
        errors[k] = min(max(np.float64(normal), -worst), worst)
