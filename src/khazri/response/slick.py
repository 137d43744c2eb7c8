"""The oil at the surface as crews could make it out: in square cells, added up once a step for all who look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.kernels import sighting
from khazri.engine.site import SiteState
from khazri.response.track import Point

Doubles = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

CELL: Final = 150.0  # [m] below which a crew does not tell patches apart
STRIP: Final = 30.0  # [m] before a boom in which its oil lies
MOST_CELLS: Final = 4_000_000  # of a raster about all the oil; beyond it the cells are sorted


@dataclass(frozen=True)
class Slick:
    """Cells that hold oil: of an ensemble, the first member's."""

    columns: Indices
    rows: Indices
    films: Doubles  # volume of emulsion over area [m]; before a boom over a strip along it
    masses: Doubles  # [kg]
    stiffness: Doubles  # mean of the logarithm of the kinematic viscosity [m2 s-1], by mass

    @cached_property
    def x(self) -> Doubles:
        """Of the cells' centres [m]."""
        return np.asarray((self.columns + 0.5) * CELL, np.float64)

    @cached_property
    def y(self) -> Doubles:
        """Of the cells' centres [m]."""
        return np.asarray((self.rows + 0.5) * CELL, np.float64)

    def viscosity_about(self, points: Iterable[Point]) -> float:
        """Of the oil in the cells that hold some points [m2 s-1], a mean of logarithms by mass; 0: there is none."""
        wanted = {(int(np.floor(x / CELL)), int(np.floor(y / CELL))) for x, y in points}
        if not wanted or not self.columns.size:
            return 0.0
        west, east = min(c for c, _ in wanted), max(c for c, _ in wanted)
        near = np.flatnonzero((self.columns >= west) & (self.columns <= east))
        kept = [i for i in near.tolist() if (int(self.columns[i]), int(self.rows[i])) in wanted]
        mass = float(self.masses[kept].sum()) if kept else 0.0
        return float(np.exp(float((self.masses[kept] * self.stiffness[kept]).sum()) / mass)) if mass > 0.0 else 0.0


class Surface:
    """The surface of a site after a step."""

    def __init__(self, state: SiteState) -> None:
        self._state = state

    @cached_property
    def slick(self) -> Slick:
        """Made when first asked for."""
        return slick_of(self._state)


def slick_of(state: SiteState) -> Slick:
    """Oil afloat and before booms, by cells, row by row from the south-west."""
    columns, living, inverse = state.columns, state.living, 1.0 / CELL
    reach = np.zeros(4, np.int64)
    if not sighting.span_of(living, columns.place, columns.flag, columns.origin, inverse, reach):
        none, nought = np.zeros(0, np.int64), np.zeros(0, np.float64)
        return Slick(none, none, nought, nought, nought)
    west, south, east, north = reach.tolist()
    width, height = east - west + 1, north - south + 1
    cell = np.empty(living, np.int64)
    sighting.list_cells(living, columns.place, columns.flag, columns.origin, inverse, reach, cell)
    if width * height > MOST_CELLS:
        found, cell = np.unique(cell, return_inverse=True)
        cells, cell = (found[1:], cell - 1) if found[0] < 0 else (found, cell)
    else:
        number = np.zeros(width * height, np.int32)
        sighting.number_cells(cell, number)
        cells = np.flatnonzero(number)
    sums = np.zeros((cells.size, 3))
    sighting.add_up(columns.flag, columns.real, cell, CELL * CELL, CELL * STRIP, sums)
    films, masses, stiff = (np.ascontiguousarray(sums[:, k]) for k in range(3))
    return Slick(cells % width + west, cells // width + south, films, masses, stiff / np.maximum(masses, 1e-30))
