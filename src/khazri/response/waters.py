"""Where a vessel can float: the water of a site, its depth now, and how far the depth may be wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first asked for

from khazri.engine.fields import Field
from khazri.engine.waterline import terrain_at
from khazri.geo.grid import Grid
from khazri.geo.terrain import LAND, OUTSIDE, WATER, Terrain

if TYPE_CHECKING:
    from khazri.response.sea import Sea

Point = tuple[float, float]
Singles = npt.NDArray[np.float32]

CLEAR, MARGINAL, BLOCKED = 0, 1, 2
RENEWED: Final = 600.0  # [s] between looks at the level: ways and depths are those of the last look
ICE_RENEWED: Final = 3600.0  # [s] between looks at the ice, for ways
LEAST_SPEED: Final = 0.1  # share of its speed that a vessel makes in the most ice that it works in
LAND_WAYS: Final = (-1.0, -1.0)  # no moment: land does not move, as far as ways go
MARGINAL_SPEED: Final = 0.5  # share of its speed that a vessel makes where it sounds its way


@dataclass(frozen=True)
class Waters:
    """The terrain of one site as vessels meet it: where the level moves, as it stands now (`waters_now`).

    The band narrows where the water is shallower than it: the waterline is known, so a depth is not wrong by more than
    itself. `costs` and `lattices` keep what is derived for a draft.
    """

    terrain: Terrain
    band: float  # how far a depth may be wrong [m]
    ice: Singles | None = None  # concentration in each cell (ny, nx) [1]; None: no ice
    ice_limit: float = 1.0  # concentration beyond which a unit does not go
    ground: bool = False  # the ways of who goes by land: over land and along the water's edge
    costs: dict[float, Singles] = field(default_factory=dict, repr=False, compare=False)
    lattices: dict[tuple[float, int], object] = field(default_factory=dict, repr=False, compare=False)
    others: dict[tuple[float, float], Waters] = field(default_factory=dict, repr=False, compare=False)

    @property
    def grid(self) -> Grid:
        """Of the terrain."""
        return self.terrain.grid

    def cell(self, point: Point) -> tuple[int, int]:
        """Row and column of the cell that holds a point; may lie beyond the grid."""
        grid = self.grid
        return int(np.floor((point[1] - grid.y0) / grid.spacing + 0.5)), int(
            np.floor((point[0] - grid.x0) / grid.spacing + 0.5)
        )

    def within(self, row: int, column: int) -> bool:
        """Whether there is such a cell, in the site's area."""
        inside = 0 <= row < self.grid.ny and 0 <= column < self.grid.nx
        return inside and bool(self.terrain.surface[row, column] != OUTSIDE)

    def is_water(self, row: int, column: int) -> bool:
        """Whether the cell is water."""
        return self.within(row, column) and bool(self.terrain.surface[row, column] == WATER)

    def depth(self, point: Point) -> float:
        """Of the water now [m]; 0 where there is none."""
        row, column = self.cell(point)
        return float(self.terrain.depth[row, column]) if self.is_water(row, column) else 0.0

    def uncertainty(self, depth: float) -> float:
        """How far a depth may be wrong [m]."""
        return min(self.band, depth)

    def state_for(self, draft: float, row: int, column: int) -> int:
        """CLEAR, MARGINAL (afloat only if the water is deeper than thought) or BLOCKED, for a draft."""
        if not self.is_water(row, column):
            return BLOCKED
        cost = float(self.cost(draft)[row, column])
        return CLEAR if cost == 1.0 else (MARGINAL if np.isfinite(cost) else BLOCKED)

    def cost(self, draft: float) -> Singles:
        """Seconds per second at full speed in each cell (ny, nx): 1, more where it is marginal or icy, infinite where it is blocked."""
        found = self.costs.get(draft)
        if found is None:
            found = self._cost_on_land() if self.ground else self._cost_afloat(draft)
            self.costs[draft] = found
        return found

    def _cost_afloat(self, draft: float) -> Singles:
        depth = self.terrain.depth
        possible = (self.terrain.surface == WATER) & (depth + np.minimum(np.float32(self.band), depth) >= draft)
        cost = np.where(possible, np.where(depth >= draft, 1.0, 1.0 / MARGINAL_SPEED), np.inf)
        if self.ice is not None:
            slower = 1.0 / np.maximum(1.0 - self.ice.astype(np.float64), LEAST_SPEED)
            cost = np.where(self.ice <= self.ice_limit, cost * slower, np.inf)
        return cost.astype(np.float32)

    def _cost_on_land(self) -> Singles:
        dry = self.terrain.surface == LAND
        edge = scipy.ndimage.binary_dilation(dry, np.ones((3, 3), np.bool_)) & (self.terrain.surface == WATER)
        return np.where(dry | edge, 1.0, np.inf).astype(np.float32)

    def on_land(self) -> Waters:
        """The same site for who goes by land."""
        if LAND_WAYS not in self.others:
            self.others[LAND_WAYS] = Waters(self.terrain, self.band, ground=True)
        return self.others[LAND_WAYS]

    def under_ice(self, ice: Field, time: float, limit: float) -> Waters:
        """The same waters for a unit that works in ice up to `limit`, the ice as it lay at the last full hour."""
        moment = ICE_RENEWED * float(np.floor(time / ICE_RENEWED))
        found = self.others.get((moment, limit))
        if found is None:
            for key in [key for key in self.others if key != LAND_WAYS and key[0] != moment]:
                self.others.pop(key, None)
            same = next((each.ice for key, each in self.others.items() if key[0] == moment), None)
            raster = laid_over(ice, self.grid, moment) if same is None else same
            found = Waters(self.terrain, self.band, ice=raster, ice_limit=limit)
            self.others[moment, limit] = found
        return found

    def cost_at(self, draft: float, point: Point) -> float:
        """`cost` in the cell that holds a point; infinite beyond the grid."""
        row, column = self.cell(point)
        return float(self.cost(draft)[row, column]) if self.within(row, column) else float("inf")

    def open_throughout(self, draft: float, box: tuple[float, float, float, float]) -> bool:
        """Whether every cell that a box (west, south, east, north) [m] touches may be gone through."""
        (low, first), (high, last) = self.cell((box[0], box[1])), self.cell((box[2], box[3]))
        if low < 0 or first < 0 or high >= self.grid.ny or last >= self.grid.nx:
            return False
        return bool(np.isfinite(self.cost(draft)[low : high + 1, first : last + 1]).all())

    def cells_under(
        self, start: Point, stop: Point
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Rows and columns of all cells that a straight piece crosses, in their order, and the metres in each."""
        grid = self.grid
        a = np.array([(start[0] - grid.x0) / grid.spacing + 0.5, (start[1] - grid.y0) / grid.spacing + 0.5])
        b = np.array([(stop[0] - grid.x0) / grid.spacing + 0.5, (stop[1] - grid.y0) / grid.spacing + 0.5])
        cuts = [np.array([0.0, 1.0])]
        for axis in (0, 1):
            low, high = sorted((a[axis], b[axis]))
            lines = np.arange(np.floor(low) + 1.0, np.ceil(high))
            if lines.size:
                cuts.append((lines - a[axis]) / (b[axis] - a[axis]))
        t = np.unique(np.concatenate(cuts))
        if t.size < 2:
            t = np.array([0.0, 1.0])
        middle = 0.5 * (t[1:] + t[:-1])
        columns = np.floor(a[0] + middle * (b[0] - a[0])).astype(np.int64)
        rows = np.floor(a[1] + middle * (b[1] - a[1])).astype(np.int64)
        length = float(np.hypot(stop[0] - start[0], stop[1] - start[1]))
        return rows, columns, np.diff(t) * length

    def cost_between(self, draft: float, start: Point, stop: Point) -> float:
        """Metres at full speed that the straight piece is worth; infinite: it crosses land, shallows or the site's edge."""
        rows, columns, lengths = self.cells_under(start, stop)
        if rows.min() < 0 or columns.min() < 0 or rows.max() >= self.grid.ny or columns.max() >= self.grid.nx:
            return float("inf")
        raster = self.cost(draft)
        costs = raster[rows, columns]
        if not np.isfinite(costs).all():
            return float("inf")
        corner = np.flatnonzero((np.diff(rows) != 0) & (np.diff(columns) != 0))  # from cell to cell by their corner
        for at in corner.tolist():
            beside = (raster[rows[at], columns[at + 1]], raster[rows[at + 1], columns[at]])
            if not np.isfinite(beside).all():
                return float("inf")
        return float((costs * lengths).sum())


def laid_over(values: Field, grid: Grid, time: float) -> Singles:
    """The first component of a field at a moment [s] in the nearest of its cells to each of `grid` (ny, nx); no number is 0."""
    after = min(max(int(np.searchsorted(values.times, time, side="right")), 1), max(values.times.size - 1, 0))
    before = max(after - 1, 0)
    gap = float(values.times[after] - values.times[before])
    share = min(max((time - float(values.times[before])) / gap, 0.0), 1.0) if gap > 0.0 else 0.0
    own = values.grid
    columns = np.clip(np.rint((grid.x - own.x0) / own.spacing), 0, own.nx - 1).astype(np.int64)
    rows = np.clip(np.rint((grid.y - own.y0) / own.spacing), 0, own.ny - 1).astype(np.int64)
    near = np.nan_to_num(values.values[[before, after]][:, rows[:, None], columns[None, :], 0])
    return np.asarray(near[0] * np.float32(1.0 - share) + near[1] * np.float32(share), np.float32)


def waters_now(ordinary: Waters, level: Field | None, time: float, kept: tuple[Field, float, Waters] | None) -> Waters:
    """The waters under the level of a moment [s]; what was `kept` of the same moment is given again."""
    if level is None:
        return ordinary
    moment = look_at(time)
    if kept is not None and kept[0] is level and (kept[1] == moment or level.times.size == 1):
        return kept[2]
    return Waters(terrain_at(ordinary.terrain, level, moment), ordinary.band)


def look_at(time: float) -> float:
    """The last moment at or before `time` [s] at which the level was looked at."""
    return RENEWED * float(np.floor(time / RENEWED))


def looked_at_since(time: float, dt: float) -> bool:
    """Whether the waters of `time` [s] are others than those of the step before it."""
    return look_at(time) != look_at(time - dt)


def depth_now(sea: Sea, point: Point) -> float:
    """Of the water at a point now, surge included [m]; 0 where it is dry or land."""
    return sea.waters.depth(point)


def aground(waters: Waters, draft: float, point: Point) -> bool:
    """Whether a vessel sits on the bed: the water is too shallow for its draft even if it is deeper than thought."""
    depth = waters.depth(point)
    return depth + waters.uncertainty(depth) < draft
