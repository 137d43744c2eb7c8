"""A small invented spill: terrain and frames, made without the engine."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import numpy as np
from scipy import ndimage

from khazri.engine.frame import Frame
from khazri.engine.owners import OWNERS, STATUSES, Owner, Status
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import FETCH_SECTORS, LAND, WATER, ShoreSegments, ShoreType, Terrain

KG = 400_000.0


@cache
def terrain() -> Terrain:
    """60 km by 48 km of shallow water with land in the north-west and one island."""
    grid = Grid(x0=-29_750.0, y0=-23_750.0, spacing=500.0, nx=120, ny=96)
    xx, yy = np.meshgrid(grid.x, grid.y)
    land = (yy > 9_000 + 3_000 * np.sin(xx / 6_000)) & (xx < 10_000) | (np.hypot(xx - 15_000, yy + 6_000) < 2_500)
    water_beside = ~land & ndimage.binary_dilation(land)
    rows, columns = np.nonzero(water_beside)
    segment = np.full(grid.shape, -1, np.int32)
    segment[rows, columns] = np.arange(rows.size)
    kinds = np.where(grid.x[columns] < 0, ShoreType.REEDS_MARSH, ShoreType.SAND).astype(np.uint8)
    n = rows.size
    segments = ShoreSegments(
        kinds, np.full(n, 500, np.float32), np.full(n, 10, np.float32), grid.x[columns].copy(), grid.y[rows].copy()
    )
    distance = ndimage.distance_transform_edt(~land) * 500.0
    return Terrain(
        plane=SitePlane(49.0, 45.0),
        grid=grid,
        level=-29.3,
        surface=np.where(land, LAND, WATER).astype(np.uint8),
        depth=np.where(land, 0.0, np.clip(distance / 2_000.0, 0.3, 12.0)).astype(np.float32),
        shore_distance=np.where(land, -250.0, distance).astype(np.float32),
        segment=segment,
        segments=segments,
        fetch_grid=Grid(x0=0.0, y0=0.0, spacing=60_000.0, nx=1, ny=1),
        fetch=np.full((FETCH_SECTORS, 1, 1), 50_000.0, np.float32),
        notes=("bathymetry: training bathymetry, not for navigation",),
        attributions=("Coast: invented for tests",),
    )


def frame(step: int, *, steps: int = 24, particles: int = 600, dt: float = 900.0) -> Frame:
    """Frame `step`: a cloud that drifts north-west from the origin, evaporates, and strands from two thirds on."""
    t = step * dt
    n = max(1, particles * min(step + 1, steps // 6) // (steps // 6))
    rng = np.random.default_rng(7)
    start, spread = rng.normal(0, 300, (particles, 2)), rng.normal(0, 1, (particles, 2))
    share = step / steps
    x = (start[:, 0] - 9_000 * share + spread[:, 0] * 2_500 * np.sqrt(share))[:n]
    y = (start[:, 1] + 11_000 * share + spread[:, 1] * 2_500 * np.sqrt(share))[:n]
    status = np.where(np.arange(n) % 7 == 3, Status.SUBMERGED, Status.AFLOAT).astype(np.uint8)
    ground = terrain()
    column = np.clip(((x - ground.grid.x0) / 500 + 0.5).astype(int), 0, ground.grid.nx - 1)
    row = np.clip(((y - ground.grid.y0) / 500 + 0.5).astype(int), 0, ground.grid.ny - 1)
    status[ground.surface[row, column] == LAND] = Status.ASHORE
    evaporated = np.full(n, 0.35 * (1 - np.exp(-4 * share)), np.float32)
    each = KG / particles
    mass = (each * (1 - evaporated)).astype(np.float32)
    budget = np.zeros(OWNERS)
    budget[:8] = np.bincount(status, weights=mass.astype(np.float64), minlength=8)[:8]
    budget[Owner.EVAPORATED] = n * each - budget.sum()
    ashore = status == Status.ASHORE
    nearest = np.argmin(
        (ground.segments.x[:, None] - x[ashore]) ** 2 + (ground.segments.y[:, None] - y[ashore]) ** 2, axis=0
    )
    shore = np.bincount(nearest, weights=mass[ashore].astype(np.float64), minlength=len(ground.segments))
    afloat = status == Status.AFLOAT
    return Frame(
        step=step,
        time=t,
        ident=np.arange(n, dtype=np.uint32),
        release=np.zeros(n, np.uint16),
        member=np.zeros(n, np.uint16),
        status=status,
        x=x,
        y=y,
        z=np.where(status == Status.SUBMERGED, -1.0, 0.0).astype(np.float32),
        mass=mass,
        evaporated=evaporated,
        water=np.full(n, 0.6 * share, np.float32),
        density=np.full(n, 900.0, np.float32),
        viscosity=np.full(n, 1e-4, np.float32),
        thickness=np.where(afloat, 3e-4 * np.exp(-7 * share * (0.3 + np.abs(spread[:n, 0]))), 0.0).astype(np.float32),
        diameter=np.where(status == Status.SUBMERGED, 2e-4, 0.0).astype(np.float32),
        budget=budget,
        released=n * each,
        shore_oil=shore.astype(np.float64),
        counts=np.bincount(status, minlength=STATUSES).astype(np.int64),
        marks={},
    )


class MemorySeries:
    """Frames held in memory, as the store's reader gives them."""

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = frames

    def __len__(self) -> int:
        return len(self.frames)

    def __getitem__(self, index: int) -> Frame:
        return self.frames[index]

    @property
    def times(self) -> np.ndarray:
        return np.array([frame.time for frame in self.frames])


START = datetime(2026, 9, 14, 4, tzinfo=UTC)
