"""Booms within a step: what floats near them is listed before it moves, and kept, carried or let through after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.engine.controls import Boom, BoomTally
from khazri.engine.kernels import barrier, fencing
from khazri.engine.kernels.scene import Scene
from khazri.engine.numerics import Numerics
from khazri.engine.owners import Status
from khazri.engine.site import SiteState
from khazri.engine.workshop import Workshop
from khazri.physics.boom import splash_share
from khazri.physics.noise import LEAKAGE

Doubles = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Runner = Callable[[Sequence[tuple[int, int]], Callable[[int, int], Any]], list[Any]]
FASTEST: Final = 3.0  # m s-1 that oil moves at most: from further away nothing reaches a boom in one step
WIDEST: Final = 5.8  # standard deviations that a step of the walk is at most (physics.noise.normal_pair)
OKUBO_MOST: Final = 20.0  # [m2 s-1] where the diffusivity follows the patch: that of one 20 km across
MARGIN: Final = 60.0  # [m] a little more than what is held may lie off its boom (kernels.barrier.NEAR)
LEAST_CELL: Final = (
    60.0  # [m] of the index of segments: more than kernels.barrier.NEAR, and than most oil moves in a minute
)
FINE_CELL: Final = 12.0  # [m] of the raster that tells how far off the nearest segment is
MOST_CELLS: Final = 256  # of it, and of the raster of what is near, along one axis
AROUND: Final = 3  # cells of that raster within which something is near; a cell is half of what oil may move
LONGEST: Final = 100.0  # [m] of a segment
PIECE: Final = 0.5  # of a cell of it between two points of a boom that are marked


@dataclass(frozen=True)
class Fence:
    """The segments of all booms, and where they are."""

    lines: Doubles  # (segments, 20), see kernels.barrier
    owner: Longs  # (segments,)
    index: tuple[Doubles, Longs, Longs, Doubles]  # frame, starts, items, the box of each item
    far_frame: Doubles
    clearance: npt.NDArray[np.uint8]  # by cell of a finer raster: cells to the nearest with a segment in it
    near_frame: Doubles
    near: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Listed:
    """What floats near booms in one slice of the particles, before it moves."""

    count: int
    rows: Longs
    before: Doubles  # (3, rows or more): x, y, 1 where it was boomed


@dataclass(frozen=True)
class Guard:
    """Booms as the kernel takes them, and what floats near them."""

    booms: tuple[Boom, ...]
    fence: Fence
    table: npt.NDArray[np.float32]
    listed: tuple[Listed, ...]


def guard(
    booms: Sequence[Boom], state: SiteState, numerics: Numerics, slices: Sequence[tuple[int, int]], run: Runner
) -> Guard:
    """Called before the particles move."""
    fence = _fence_now(booms, state, numerics)
    columns = state.columns

    def look(first: int, last: int) -> Listed:
        rows, before = np.empty(last - first, np.int64), np.empty((3, last - first))
        count = barrier.list_near(
            first, last, columns.place, columns.flag, fence.near_frame, fence.near, rows, before
        )  # fmt: skip
        return Listed(int(count), rows, before)

    table = np.array(
        [
            (1.0 - (1.0 - splash_share(np.float32(b.wave_height), np.float32(b.wave_limit))) * b.condition, b.skirt)
            for b in booms
        ],
        np.float32,
    )
    return Guard(tuple(booms), fence, table, tuple(run(slices, look)))


def _fence_now(booms: Sequence[Boom], state: SiteState, numerics: Numerics) -> Fence:
    """That of the step before, where no boom has been laid, moved or taken away since."""
    key = b"".join(
        part
        for boom in booms
        for part in (
            boom.line.tobytes(),
            b"" if boom.before is None else boom.before.tobytes(),
            repr(boom.velocity).encode(),
        )
    )
    shop = state.workshop
    assert isinstance(shop, Workshop), "the driver opens it before"
    if shop.fence is not None and shop.fence[0] == key and isinstance(shop.fence[1], Fence):
        return shop.fence[1]
    fence = fence_of(booms, numerics)
    shop.fence = (key, fence)
    return fence


def fence_of(booms: Sequence[Boom], numerics: Numerics) -> Fence:
    """Segments of no length are left out; none is longer than `LONGEST`, so that the water across each is that at its middle."""
    now = [np.asarray(boom.line, np.float64) for boom in booms]
    before = [
        line if boom.before is None else np.asarray(boom.before, np.float64)
        for boom, line in zip(booms, now, strict=True)
    ]
    starts = np.cumsum([0, *(len(line) for line in now)])
    velocity = np.array([boom.velocity if boom.before is None else (np.nan, np.nan) for boom in booms], np.float64)
    points = np.concatenate(now)
    most = len(points) + int(np.hypot(*np.diff(points, axis=0).T).sum() / LONGEST)
    lines, owner = np.empty((most, 20)), np.empty(most, np.int64)
    count = fencing.cut_segments(points, np.concatenate(before), starts, velocity, numerics.dt, LONGEST, lines, owner)
    lines, owner = lines[:count], owner[:count]
    walks = 0.0
    if "diffusion" in numerics.processes:
        given = numerics.horizontal_diffusivity
        walks = WIDEST * float(np.sqrt(2.0 * (OKUBO_MOST if given is None else given) * numerics.dt))
    reach = FASTEST * numerics.dt + walks + MARGIN
    return Fence(lines, owner, _index(lines), *_clearance(lines), *_raster(lines, reach))


def keep_before(found: Guard, state: SiteState, scene: Scene, run: Runner) -> bool:
    """Called after they moved: what would have crossed a boom and did not leak is put back before it. True: count anew."""
    fence, booms = found.fence, found.booms

    past = np.zeros(len(fence.lines), np.float32)
    barrier.sample_past(scene, fence.lines, past)

    def hold(first: int, last: int) -> tuple[Listed, npt.NDArray[np.int32], Longs, Longs]:
        part = found.listed[first]
        holder = np.empty(part.count, np.int32)
        tally, filled = np.zeros((len(booms), 2), np.int64), np.zeros((len(fence.lines), 2), np.int64)
        picked = barrier.hold(
            part.count, part.rows, part.before, scene, fence.lines, fence.owner, found.table, past, fence.index,
            fence.far_frame, fence.clearance, holder, tally, filled,
        )  # fmt: skip
        return replace(part, count=int(picked)), holder[:picked], tally, filled

    done = run([(k, k + 1) for k in range(len(found.listed))], hold)
    looked, holders = [part[0] for part in done], [part[1] for part in done]
    tally = sum((part[2] for part in done), np.zeros((len(booms), 2), np.int64))
    filled = sum((part[3] for part in done), np.zeros((len(fence.lines), 2), np.int64))
    drained = np.zeros(len(booms), np.int64)
    if filled.any():
        pools = np.zeros((len(fence.lines), 2), np.float32)
        barrier.fill_pools(fence.lines, fence.owner, found.table, past, filled, pools)
        drained = _drain(replace(found, listed=tuple(looked)), filled, pools, holders, scene)
        for part, holder in zip(looked, holders, strict=True):
            barrier.thicken(0, part.count, part.rows, holder, scene, pools)
    tally += np.outer(drained, [-1, 1])
    volume = np.bincount(fence.owner, filled[:, 0], len(booms)) / barrier.MICROLITRES
    state.boom_tally = {
        boom.ident: BoomTally(
            held / barrier.MILLIGRAMS, leaked / barrier.MILLIGRAMS, float(v), lost / barrier.MILLIGRAMS
        )
        for boom, (held, leaked), v, lost in zip(booms, tally.tolist(), volume, drained.tolist(), strict=True)
    }
    return any(part.count for part in found.listed)


def _drain(
    found: Guard, filled: Longs, pools: npt.NDArray[np.float32], holders: list[npt.NDArray[np.int32]], scene: Scene
) -> Longs:
    """Let go what the pools and the booms have no room for, by hashed lots; oil let go by each boom [mg]. `filled` follows."""
    fence, most = found.fence, pools[:, barrier.MOST].astype(np.float64) * barrier.MICROLITRES
    capacity = np.array([boom.capacity for boom in found.booms]) * barrier.MICROLITRES
    held = np.bincount(fence.owner, filled[:, 0], len(found.booms))
    over = (filled[:, 0] > most) | (held > capacity)[fence.owner]
    lost = np.zeros(len(found.booms), np.int64)
    if not over.any():
        return lost
    picked = [np.flatnonzero(holder >= 0) for holder in holders]
    picked = [some[over[holder[some]]] for some, holder in zip(picked, holders, strict=True)]
    rows = np.concatenate([part.rows[some] for part, some in zip(found.listed, picked, strict=True)])
    segments = np.concatenate([holder[some] for holder, some in zip(holders, picked, strict=True)]).astype(np.int64)
    volumes, masses, lots = np.zeros(rows.size, np.int64), np.zeros(rows.size, np.int64), np.zeros(rows.size, np.uint32)
    barrier.weigh(0, rows.size, rows, (LEAKAGE << 8) + barrier.PASSES, scene, volumes, masses, lots)
    kept = fitting(segments, volumes, lots, most)
    owner = fence.owner[segments]
    kept[kept] = fitting(owner[kept], volumes[kept], lots[kept], capacity)
    barrier.drain(0, int((~kept).sum()), rows[~kept], segments[~kept], scene, fence.lines)
    np.subtract.at(filled[:, 0], segments[~kept], volumes[~kept])
    np.add.at(lost, owner[~kept], masses[~kept])
    gone = ~kept
    at = 0
    for holder, some in zip(holders, picked, strict=True):
        holder[some[gone[at : at + some.size]]] = -1
        at += some.size
    return lost


def fitting(place: Longs, volumes: Longs, lots: npt.NDArray[np.uint32], most: Doubles) -> npt.NDArray[np.bool_]:
    """Which fit, place by place in the order of their lots, within what each holds at most."""
    order = np.lexsort((lots, place))
    sorted_place, sorted_volume = place[order], volumes[order]
    total = np.cumsum(sorted_volume)
    starts = np.flatnonzero(np.r_[True, sorted_place[1:] != sorted_place[:-1]])[: sorted_place.size]
    before = np.repeat((total - sorted_volume)[starts], np.diff(np.r_[starts, place.size]))
    fits = np.zeros(place.size, np.bool_)
    fits[order] = total - before <= most[sorted_place]
    return fits


def let_go(state: SiteState) -> None:
    """Where there is no boom, what one held floats freely."""
    status = state.columns.flag[0, : state.living]
    status[status == Status.BOOMED] = Status.AFLOAT


def _raster(lines: Doubles, reach: float) -> tuple[Doubles, npt.NDArray[np.uint8]]:
    """Where a boom is within `reach` [m] or a little further: (x0, y0, 1 / cell, columns, rows), cells."""
    if not len(lines):
        return np.array([0.0, 0.0, 1.0, 1.0, 1.0]), np.zeros((1, 1), np.uint8)
    frame = _frame(lines, 0.5 * reach, AROUND)
    near = np.zeros((int(frame[4]), int(frame[3])), np.uint8)
    fencing.mark_near(lines, frame, PIECE, near)
    fencing.widen(AROUND, near)
    return frame, near


def _index(lines: Doubles) -> tuple[Doubles, Longs, Longs, Doubles]:
    """Which segments are in a cell or in one beside it: (x0, y0, 1 / cell, columns, rows), starts, items, their boxes."""
    if not len(lines):
        return np.array([0.0, 0.0, 1.0, 0.0, 0.0]), np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros((0, 4))
    frame = _frame(lines, LEAST_CELL, 1)
    starts = np.zeros(int(frame[3] * frame[4]) + 1, np.int64)
    count = int(fencing.count_items(lines, frame, starts))
    items, boxes = np.empty(count, np.int64), np.empty((count, 4))
    fencing.list_items(lines, frame, starts, items, boxes)
    return frame, starts, items, boxes


def _clearance(lines: Doubles) -> tuple[Doubles, npt.NDArray[np.uint8]]:
    """How far off a segment is: (x0, y0, 1 / cell, columns, rows), cells to the nearest cell with one in it."""
    if not len(lines):
        return np.array([0.0, 0.0, 1.0, 1.0, 1.0]), np.full(1, 255, np.uint8)
    frame = _frame(lines, FINE_CELL, 0)
    found = np.full(int(frame[3] * frame[4]), 255, np.uint8)
    fencing.mark_cells(lines, frame, found)
    barrier.measure_clearance(int(frame[3]), int(frame[4]), found)
    return frame, found


def _frame(lines: Doubles, least: float, around: int) -> Doubles:
    frame = np.empty(5)
    fencing.frame_about(lines, least, around, float(MOST_CELLS), frame)
    return frame
