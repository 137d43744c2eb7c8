"""The moving sea of one grid: what it lies in, how it stands, and its steps in time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.sea.boundary import rim_of
from khazri.sea.kernels.renew import mix, renew_x, renew_y, rub
from khazri.sea.kernels.step import march

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

CLOSED = np.float32(1e6)  # height of a sill that no water passes [m]
G = 9.81
COURANT = 0.85  # of gravity waves, along both axes together
GAP = 16  # columns of wall that are worked through for one long loop instead of two
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
    held_rate: Doubles | None = None  # at which it rises until the next push [m s-1]; none: it stands


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
    datum: float = field(init=False)  # whole metres near the level, above which single precision counts [m]
    near: Singles = field(init=False)  # the level above the datum
    floor: Singles = field(init=False)  # the bed above the datum; huge where there is a wall
    push_x: Singles = field(init=False)
    push_y: Singles = field(init=False)
    keep_x: Singles = field(init=False)
    keep_y: Singles = field(init=False)
    mixed: Singles = field(init=False)
    rim: Indices = field(init=False)  # the cells whose level is given, and their open faces
    runs: Indices = field(init=False)  # row, first column, end of cells that can be wet
    runs_y: Indices = field(init=False)  # of southern faces between them

    def __post_init__(self) -> None:
        ny, nx = self.level.shape
        for name in ("flow_x", "push_x", "keep_x"):
            setattr(self, name, np.zeros((ny, nx + 1), np.float32))
        for name in ("flow_y", "push_y", "keep_y"):
            setattr(self, name, np.zeros((ny + 1, nx), np.float32))
        self.mixed = np.zeros((ny, nx), np.float32)
        wet = ~self.bed.wall
        self.datum = float(np.rint(np.median(self.level[wet]))) if wet.any() else 0.0
        self.near = (self.level - self.datum).astype(np.float32)
        # rounded upwards, so that in single precision, too, no bed lies below a level that touches it
        self.floor = np.where(wet, _up(np.where(wet, self.bed.height - self.datum, 0.0)), CLOSED)
        self.rim = rim_of(self.bed.held, self.bed.wall)
        self.level = np.ascontiguousarray(self.level)
        self.runs = runs_of(wet)
        self.runs_y = runs_of(np.vstack([np.zeros((1, nx), np.bool_), wet[1:] & wet[:-1]]))

    @property
    def depth(self) -> Doubles:
        """Of the water [m], 0 where it is dry."""
        return np.where(self.bed.wall, 0.0, np.maximum(self.level - self.bed.height, 0.0))

    @property
    def volume(self) -> float:
        """Of all water [m3]."""
        return float(self.depth.sum()) * self.bed.spacing**2


def _up(values: Doubles) -> Singles:
    rounded = values.astype(np.float32)
    return np.where(rounded < values, np.nextafter(rounded, np.float32(np.inf)), rounded)


def runs_of(wet: npt.NDArray[np.bool_]) -> Indices:
    """Row, first column and end of the pieces of each row that are wet; a short gap does not part them."""
    ny, nx = wet.shape
    padded = np.zeros((ny, nx + 2), np.int8)
    padded[:, 1:-1] = wet
    change = np.diff(padded, axis=1)
    rows, begins = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    parted = np.ones(rows.size, np.bool_)
    parted[1:] = (rows[1:] != rows[:-1]) | (begins[1:] - ends[:-1] > GAP)
    last = np.append(np.flatnonzero(parted)[1:], rows.size) - 1 if rows.size else np.zeros(0, np.int64)
    return np.ascontiguousarray(np.stack([rows[parted], begins[parted], ends[last]], axis=1), np.int64)


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
    deepest = float(np.max(sea.level - sea.bed.height, initial=0.0, where=~sea.bed.wall))
    deepest += min(3.0, 0.2 * deepest) if rise is None else rise
    return sea.scheme.courant * sea.bed.spacing / math.sqrt(2.0 * G * deepest)


def advance(sea: Circulation, push: Push | Callable[[float], Push], seconds: float) -> Circulation:
    """Go on by `seconds`, in place. A push that is a function of time is asked again at every renewal."""
    scheme = sea.scheme
    stable = stable_step(sea)
    dt = min(scheme.dt or stable, stable)
    steps = max(1, math.ceil(seconds / dt - 1e-9))
    dt = seconds / steps
    every = math.ceil(steps / max(1, math.ceil(min(seconds / scheme.renewed, steps) - 1e-9)))
    least = np.float32(scheme.dry)
    np.subtract(sea.level, sea.datum, out=sea.near, casting="same_kind")
    done, nought = 0, np.zeros(sea.rim.shape[0])
    while done < steps:
        now = push(sea.time) if callable(push) else push
        _renew(sea, now, dt, every * dt)
        count = min(every, steps - done)
        given, rate = now.held_level, now.held_rate
        march(
            sea.level, sea.near, sea.floor, sea.bed.height, sea.u, sea.v, sea.flow_x, sea.flow_y, sea.push_x, sea.push_y,
            sea.keep_x, sea.keep_y, now.source, sea.bed.turn, sea.runs, sea.runs_y, sea.rim if given is not None else sea.rim[:0],
            nought if given is None else given, nought if rate is None else rate, count, dt, sea.bed.spacing, sea.datum, least,
            scheme.radiates,
        )  # fmt: skip
        done += count
        sea.time += count * dt
    return sea


def _renew(sea: Circulation, push: Push, dt: float, acts: float) -> None:
    bed, scheme = sea.bed, sea.scheme
    if scheme.smagorinsky > 0.0:
        mix(sea.u, sea.v, sea.mixed, sea.runs, bed.spacing, scheme.smagorinsky)
    common = (bed.spacing, scheme.density, acts if scheme.advects else 0.0)
    state = (sea.near, sea.floor, sea.u, sea.v)
    flows = (sea.flow_x, sea.flow_y)
    renew_x(*state, *flows, push.stress_x, push.pressure, sea.push_x, sea.mixed, sea.runs, *common)
    renew_y(*state, *flows, push.stress_y, push.pressure, sea.push_y, sea.mixed, sea.runs_y, *common)
    rub(*state, bed.manning, sea.push_x, sea.push_y, sea.keep_x, sea.keep_y, sea.runs, sea.runs_y, dt, scheme.drag)


def no_push(bed: Bed) -> Push:
    """Calm air, no rivers."""
    nothing = np.zeros(bed.height.shape, np.float32)
    return Push(nothing, nothing, nothing, nothing)
