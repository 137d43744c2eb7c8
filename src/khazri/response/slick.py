"""The oil at the surface as crews could make it out: in square cells, added up once a step for all who look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.owners import Status
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
    """Oil afloat and before booms, by cells."""
    pool, n = state.pool, state.living
    status = pool.status[:n]
    index = np.flatnonzero(((status == Status.AFLOAT) | (status == Status.BOOMED)) & (pool.member[:n] == 0))
    if not index.size:
        none, nought = np.zeros(0, np.int64), np.zeros(0, np.float64)
        return Slick(none, none, nought, nought, nought)
    columns = np.floor(pool.x[index] * (1.0 / CELL)).astype(np.int64)
    rows = np.floor(pool.y[index] * (1.0 / CELL)).astype(np.int64)
    west, south = int(columns.min()), int(rows.min())
    width, height = int(columns.max()) - west + 1, int(rows.max()) - south + 1
    key = (rows - south) * width + (columns - west)
    if width * height > MOST_CELLS:
        cells, key = np.unique(key, return_inverse=True)
        count = cells.size
    else:
        cells, count = None, width * height
    mass = pool.mass[index].astype(np.float64)
    volume = mass / np.maximum(1.0 - pool.water[index].astype(np.float64), 0.05)
    volume /= np.maximum(pool.density[index].astype(np.float64), 500.0)
    volume /= np.where(status[index] == Status.BOOMED, CELL * STRIP, CELL * CELL)
    logs = np.log(np.maximum(pool.viscosity[index], np.float32(1e-7))).astype(np.float64)
    films, masses, stiff = (np.bincount(key, each, count).astype(np.float64) for each in (volume, mass, mass * logs))
    if cells is None:
        cells = np.flatnonzero(films > 0.0)
        films, masses, stiff = films[cells], masses[cells], stiff[cells]
    return Slick(cells % width + west, cells // width + south, films, masses, stiff / np.maximum(masses, 1e-30))
