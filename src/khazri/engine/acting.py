"""Booms and swaths within a step: what lies near them is listed, kept or taken, and counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.controls import Boom, BoomTally, Recovery, Swath
from khazri.engine.kernels import respond
from khazri.engine.kernels.scene import Scene
from khazri.engine.numerics import Numerics
from khazri.engine.owners import Owner, Status
from khazri.engine.pool import BLOCK
from khazri.engine.site import SiteState
from khazri.physics.boom import splash_share

Doubles = npt.NDArray[np.float64]
FASTEST: Final = 3.0  # m s-1 that oil moves at most: from further away nothing reaches a boom in one step
WIDEST: Final = 5.8  # standard deviations that a step of the walk is at most (physics.noise.normal_pair)
OKUBO_MOST: Final = 20.0  # [m2 s-1] where the diffusivity follows the patch: that of one 20 km across
MARGIN: Final = 100.0  # [m]
LEAST_CELL: Final = 200.0  # [m] of the index of segments
MOST_CELLS: Final = 256  # of it along one axis


@dataclass(frozen=True)
class Guard:
    """Booms as the kernel takes them, and what floats near them before it moves."""

    idents: tuple[int, ...]
    lines: Doubles  # (segments, 4)
    owner: npt.NDArray[np.int64]  # (segments,)
    booms: npt.NDArray[np.float32]
    frame: Doubles
    starts: npt.NDArray[np.int64]
    items: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    before: Doubles  # (3, rows): x, y, 1 where it was boomed


def guard(booms: Sequence[Boom], state: SiteState, numerics: Numerics) -> Guard:
    """Called before the particles move."""
    lines = np.concatenate([np.hstack([boom.line[:-1], boom.line[1:]]) for boom in booms])
    owner = np.concatenate([np.full(len(boom.line) - 1, k, np.int64) for k, boom in enumerate(booms)])
    real = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]) > 0.0
    lines, owner = np.ascontiguousarray(lines[real]), owner[real]
    table = np.array(
        [(*boom.velocity, splash_share(np.float32(boom.wave_height), np.float32(boom.wave_limit))) for boom in booms],
        np.float32,
    )
    frame, starts, items = _index(lines)
    box = (
        np.array([*lines.reshape(-1, 2).min(axis=0), *lines.reshape(-1, 2).max(axis=0)]) if len(lines) else np.zeros(4)
    )
    walks = 0.0
    if "diffusion" in numerics.processes:
        given = numerics.horizontal_diffusivity
        walks = WIDEST * float(np.sqrt(2.0 * (OKUBO_MOST if given is None else given) * numerics.dt))
    reach = FASTEST * numerics.dt + walks + MARGIN
    box += np.array([-reach, -reach, reach, reach])
    let_go(state, box)
    rows = _floating(state, box)
    columns = state.columns
    before = np.stack([columns.place[0, rows], columns.place[1, rows], columns.flag[0, rows] == Status.BOOMED])
    return Guard(tuple(boom.ident for boom in booms), lines, owner, table, frame, starts, items, rows, before)


def keep_before(found: Guard, state: SiteState, scene: Scene) -> bool:
    """Called after they moved: what would have crossed a boom and did not leak is put back before it. True: count anew."""
    tally = np.zeros((len(found.idents), 2), np.int64)
    respond.hold(
        0, found.rows.size, found.rows, found.before, scene, found.lines, found.owner, found.booms, found.frame,
        found.starts, found.items, tally,
    )  # fmt: skip
    masses = tally / respond.MILLIGRAMS
    state.boom_tally = {
        ident: BoomTally(float(held), float(leaked)) for ident, (held, leaked) in zip(found.idents, masses, strict=True)
    }
    return found.rows.size > 0


def let_go(state: SiteState, but: Doubles | None = None) -> None:
    """Where no boom is left near, what it held floats freely. `but`: not within (west, south, east, north)."""
    status = state.columns.flag[0, : state.living]
    rows = np.flatnonzero(status == Status.BOOMED)
    if but is not None and rows.size:
        x, y = state.columns.place[:, rows]
        rows = rows[~((x >= but[0]) & (x <= but[2]) & (y >= but[1]) & (y <= but[3]))]
    status[rows] = Status.AFLOAT


def skim(swaths: Sequence[Swath], state: SiteState, scene: Scene) -> bool:
    """Units take their share of the oil that they met in this step. True: count anew."""
    quads = np.ascontiguousarray(np.concatenate([swath.corners for swath in swaths]), np.float64)
    unit_of = np.concatenate([np.full(len(swath.corners), k, np.int64) for k, swath in enumerate(swaths)])
    state.recoveries = {swath.unit: Recovery(0.0, 0.0, 0.0) for swath in swaths}
    if not quads.size:
        return False
    corners = quads.reshape(-1, 2)
    rows = _floating(state, np.array([*corners.min(axis=0), *corners.max(axis=0)]))
    taker, met = np.full(rows.size, -1, np.int32), np.zeros(len(swaths), np.int64)
    respond.meet(0, rows.size, rows, scene, quads, unit_of, taker, met)
    volumes = met / respond.MICROLITRES
    share = np.array(
        [
            min(swath.throughput, swath.most_emulsion / volume) if volume > 0.0 else 0.0
            for swath, volume in zip(swaths, volumes, strict=True)
        ],
        np.float32,
    )
    blocks = -(-state.living // BLOCK)
    taken, volume_taken = np.zeros((len(swaths), blocks)), np.zeros((len(swaths), blocks))
    respond.take(0, rows.size, rows, scene, taker, share, taken, volume_taken)
    state.gone[Owner.RECOVERED] += taken.sum(axis=0).sum()
    state.recoveries = {
        swath.unit: Recovery(float(taken[k].sum()), float(volume_taken[k].sum()), float(volumes[k]))
        for k, swath in enumerate(swaths)
    }
    return bool((taker >= 0).any())


def _floating(state: SiteState, box: Doubles) -> npt.NDArray[np.int64]:
    rows = np.empty(state.living, np.int64)
    count = respond.list_floating(0, state.living, state.columns.place, state.columns.flag, box, rows)
    return rows[:count].copy()


def _index(lines: Doubles) -> tuple[Doubles, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Which segments touch which cell: (x0, y0, 1 / cell, columns, rows), starts, items."""
    if not len(lines):
        return np.array([0.0, 0.0, 1.0, 0.0, 0.0]), np.zeros(1, np.int64), np.zeros(0, np.int64)
    points = lines.reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    cell = max(LEAST_CELL, float((high - low).max()) / MOST_CELLS)
    columns, rows = (int(n) + 1 for n in (high - low) // cell)
    first = np.floor((np.minimum(lines[:, :2], lines[:, 2:]) - low) / cell).astype(np.int64)
    last = np.floor((np.maximum(lines[:, :2], lines[:, 2:]) - low) / cell).astype(np.int64)
    pairs = [
        (j * columns + i, n)
        for n, ((i0, j0), (i1, j1)) in enumerate(zip(first.tolist(), last.tolist(), strict=True))
        for j in range(j0, j1 + 1)
        for i in range(i0, i1 + 1)
    ]
    ordered = np.array(sorted(pairs), np.int64)
    starts = np.searchsorted(ordered[:, 0], np.arange(columns * rows + 1)).astype(np.int64)
    return np.array([low[0], low[1], 1.0 / cell, columns, rows]), starts, np.ascontiguousarray(ordered[:, 1])
