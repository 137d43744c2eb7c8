"""The patches that hang together in a raster, also by the corners of their cells, and their outer edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.kernels import sighting

Doubles = npt.NDArray[np.float64]

CUT: Final = 0.3  # of a cell, off the corners of an outline


@dataclass(frozen=True)
class Outlined:
    """A patch of a raster."""

    ring: Doubles  # (n, 2) column and row of its outer edge, anticlockwise and closed [cells]; holes are not told
    film: float  # mean of those of its cells that count [m]; 0: none counts


def outlines_of(
    films: Doubles, *, least: float, most: float, patches: int, cells: int, cut: float = CUT
) -> list[Outlined]:
    """The patches of cells with a film of `least` or more that hold the most, in their order.

    films    (rows, columns) [m]
    most     films from here on count for nothing [m]
    patches  that are told at most
    cells    that a patch has at least, where there is a larger one
    """
    size = films.size
    labels, queue, found = np.zeros(films.shape, np.int32), np.empty(size, np.int64), np.empty((size, 4))
    found = found[: sighting.label(films, least, most, labels, queue, found)]
    if not len(found):
        return []
    sizes, volumes, covered = (found[:, k] for k in (sighting.CELLS, sighting.VOLUME, sighting.COVERED))
    large = np.flatnonzero(sizes >= min(cells, sizes.max()))
    outlined = []
    for index in large[np.argsort(-volumes[large], kind="stable")][:patches].tolist():
        ring = np.empty((8 * int(sizes[index]) + 1, 2))
        count = sighting.follow_edge(labels, index + 1, int(found[index, sighting.FIRST]), cut, ring)
        outlined.append(Outlined(ring[:count], float(volumes[index] / max(covered[index], 1.0))))
    return outlined
