"""The moving sea of one grid: what it lies in, how it stands, and its steps in time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.sea.boundary import Faces, faces_of, radiated
from khazri.sea.kernels.renew import mix, renew_x, renew_y, rub
from khazri.sea.kernels.step import fill, flow

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

CLOSED = np.float32(1e6)  # height of a sill that no water passes [m]
G = 9.81
COURANT = 0.85  # of gravity waves, along both axes together
DRY = 1e-3  # depth over a sill below which nothing flows [m]


@dataclass(frozen=True)
class Bed:
    """What the water lies in: cells of `spacing` [m], arrays (ny, nx)."""

    spacing: float
    height: Doubles  # of the bed [m], positive up, on the datum of the level
    manning: Singles  # [s m-1/3]
    turn: Singles  # (ny,) Coriolis parameter [s-1]
    wall: npt.NDArray[np.bool_]  # cells that are never wet, however high the water
    held: npt.NDArray[np.bool_] | None = None  # cells whose level is given from outside (open boundary)

    def __post_init__(self) -> None:
        shape = self.height.shape
        for name, found in (("manning", self.manning.shape), ("wall", self.wall.shape)):
            if found != shape:
                raise ValueError(f"bed: {name} is {found}; expected the shape of the bed, {shape}")
        if self.turn.shape != shape[:1]:
            raise ValueError(f"bed: turn is {self.turn.shape}; expected one value per row, ({shape[0]},)")
        wet = ~self.wall
        if not np.isfinite(self.height[wet]).all():
            raise ValueError(f"bed: {int((~np.isfinite(self.height[wet])).sum())} cells have no height; expected all")


@dataclass(frozen=True)
class Push:
    """What drives the sea at one moment; arrays (ny, nx), SI."""

    stress_x: Singles  # of the wind on the water [Pa]
    stress_y: Singles
    pressure: Singles  # of the air [Pa]; only its slope acts
    source: Singles  # of rivers and rain [m s-1]
    held_level: Doubles | None = None  # of the bed's held cells, row by row (n,) [m]


@dataclass(frozen=True)
class Scheme:
    """How it is computed."""

    renewed: float = 600.0  # time after which wind, advection, friction are renewed [s], at most
    courant: float = COURANT
    advects: bool = (
        True  # off only for waves that are small beside the depth (linear theory): steep ones grow without it
    )
    smagorinsky: float = 0.2  # coefficient; 0: no eddies
    density: float = 1005.0  # [kg m-3]
    dt: float | None = None  # [s]; None: the largest that is stable
    radiates: bool = False  # held cells let waves out (Flather) instead of standing at their level
    dry: float = DRY  # depth over a sill below which nothing flows [m]
    drag: float = 0.0  # linear, beside Manning's [s-1]


@dataclass
class Circulation:
    """The sea as it stands. `advance` changes it in place."""

    bed: Bed
    scheme: Scheme
    level: Doubles  # (ny, nx) of the surface [m]; of the bed where it is dry
    u: Singles  # (ny, nx + 1) through western faces [m s-1]
    v: Singles  # (ny + 1, nx) through southern faces
    time: float = 0.0
    flow_x: Singles = field(init=False)
    flow_y: Singles = field(init=False)
    sill_x: Singles = field(init=False)
    sill_y: Singles = field(init=False)
    mid_x: Singles = field(init=False)
    mid_y: Singles = field(init=False)
    push_x: Singles = field(init=False)
    push_y: Singles = field(init=False)
    keep_x: Singles = field(init=False)
    keep_y: Singles = field(init=False)
    mixed: Singles = field(init=False)
    held: npt.NDArray[np.int64] | None = field(init=False)  # indices of the cells whose level is given
    faces: Faces | None = field(init=False)
    first: npt.NDArray[np.int64] = field(init=False)
    last: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        ny, nx = self.level.shape
        for name in ("flow_x", "push_x", "keep_x"):
            setattr(self, name, np.zeros((ny, nx + 1), np.float32))
        for name in ("flow_y", "push_y", "keep_y"):
            setattr(self, name, np.zeros((ny + 1, nx), np.float32))
        self.mixed = np.zeros((ny, nx), np.float32)
        self.sill_x, self.sill_y = sills(self.bed)
        self.mid_x, self.mid_y = middles(self.bed)
        self.held = None if self.bed.held is None else np.flatnonzero(self.bed.held)
        self.faces = None if self.bed.held is None else faces_of(self.bed.held, self.bed.wall)
        self.level = np.ascontiguousarray(self.level)
        wet = ~self.bed.wall
        some = wet.any(axis=1)
        self.first = np.where(some, wet.argmax(axis=1), 0).astype(np.int64)
        self.last = np.where(some, nx - wet[:, ::-1].argmax(axis=1), 0).astype(np.int64)

    @property
    def depth(self) -> Doubles:
        """Of the water [m], 0 where it is dry."""
        return np.where(self.bed.wall, 0.0, np.maximum(self.level - self.bed.height, 0.0))

    @property
    def volume(self) -> float:
        """Of all water [m3]."""
        return float(self.depth.sum()) * self.bed.spacing**2


def sills(bed: Bed) -> tuple[Singles, Singles]:
    """Heights over which water passes between neighbours (western faces, southern faces) [m]."""
    height, wall = bed.height, bed.wall
    ny, nx = height.shape
    x = np.full((ny, nx + 1), CLOSED, np.float32)
    y = np.full((ny + 1, nx), CLOSED, np.float32)
    # rounded upwards, so that a sill in single precision never lies below the bed of either cell
    x[:, 1:-1] = np.where(wall[:, 1:] | wall[:, :-1], CLOSED, _up(np.maximum(height[:, 1:], height[:, :-1])))
    y[1:-1] = np.where(wall[1:] | wall[:-1], CLOSED, _up(np.maximum(height[1:], height[:-1])))
    return x, y


def middles(bed: Bed) -> tuple[Singles, Singles]:
    """Mean heights of the beds on both sides of a face (western, southern) [m]."""
    height = np.where(bed.wall, 0.0, bed.height)
    ny, nx = height.shape
    x, y = np.zeros((ny, nx + 1), np.float32), np.zeros((ny + 1, nx), np.float32)
    x[:, 1:-1] = 0.5 * (height[:, 1:] + height[:, :-1])
    y[1:-1] = 0.5 * (height[1:] + height[:-1])
    return x, y


def _up(values: Doubles) -> Singles:
    rounded = values.astype(np.float32)
    return np.where(rounded < values, np.nextafter(rounded, np.float32(np.inf)), rounded)


def still(bed: Bed, level: float | Doubles, scheme: Scheme | None = None) -> Circulation:
    """A sea at rest at a level; cells whose bed is higher are dry."""
    surface = np.maximum(np.broadcast_to(np.asarray(level, np.float64), bed.height.shape), bed.height)
    ny, nx = bed.height.shape
    u, v = np.zeros((ny, nx + 1), np.float32), np.zeros((ny + 1, nx), np.float32)
    return Circulation(bed, scheme or Scheme(), np.where(bed.wall, 0.0, surface).copy(), u, v)


def stable_step(sea: Circulation, rise: float | None = None) -> float:
    """The largest stable step [s]: gravity waves over the deepest water.

    rise  of the surge to spare [m]; a fifth of the depth unless said, 3 m at most
    """
    deepest = float(sea.depth.max(initial=0.0))
    deepest += min(3.0, 0.2 * deepest) if rise is None else rise
    return sea.scheme.courant * sea.bed.spacing / math.sqrt(2.0 * G * deepest)


def advance(sea: Circulation, push: Push | Callable[[float], Push], seconds: float) -> Circulation:
    """Go on by `seconds`, in place. A push that is a function of time is asked again at every renewal."""
    scheme = sea.scheme
    stable = stable_step(sea)
    dt = min(scheme.dt or stable, stable)
    steps = max(1, math.ceil(seconds / dt - 1e-9))
    dt = seconds / steps
    every = max(1, int(scheme.renewed / dt))
    least = np.float32(scheme.dry)
    done, flat = 0, sea.level.reshape(-1)
    while done < steps:
        now = push(sea.time) if callable(push) else push
        _renew(sea, now, dt)
        count = min(every, steps - done)
        for _ in range(count):
            fill(sea.level, sea.flow_x, sea.flow_y, now.source, sea.first, sea.last, dt, sea.bed.spacing)
            if sea.held is not None and now.held_level is not None:
                flat[sea.held] = _given(sea, now.held_level)
            flow(
                sea.level, sea.u, sea.v, sea.flow_x, sea.flow_y, sea.sill_x, sea.sill_y, sea.push_x, sea.push_y, sea.keep_x,
                sea.keep_y, sea.mid_x, sea.mid_y, sea.bed.turn, sea.first, sea.last, dt, sea.bed.spacing, least,
            )  # fmt: skip
        done += count
        sea.time += count * dt
    return sea


def _given(sea: Circulation, level: Doubles) -> Doubles:
    """Level of the held cells: as given, or what lets waves out."""
    if not sea.scheme.radiates or sea.faces is None or sea.held is None:
        return level
    depth = level - sea.bed.height.reshape(-1)[sea.held]
    return radiated(level, depth, sea.u, sea.v, sea.faces)


def _renew(sea: Circulation, push: Push, dt: float) -> None:
    bed, scheme = sea.bed, sea.scheme
    if scheme.smagorinsky > 0.0:
        mix(sea.u, sea.v, sea.mixed, sea.first, sea.last, bed.spacing, scheme.smagorinsky)
    common = (sea.mixed, sea.first, sea.last, bed.spacing, scheme.density, float(scheme.advects))
    state = (sea.level, bed.height, sea.u, sea.v)
    flows = (sea.flow_x, sea.flow_y)
    renew_x(*state, *flows, push.stress_x, push.pressure, sea.push_x, *common)
    renew_y(*state, *flows, push.stress_y, push.pressure, sea.push_y, *common)
    rub(*state, bed.manning, sea.keep_x, sea.keep_y, sea.first, sea.last, dt, scheme.drag)


def no_push(bed: Bed) -> Push:
    """Calm air, no rivers."""
    nothing = np.zeros(bed.height.shape, np.float32)
    return Push(nothing, nothing, nothing, nothing)
