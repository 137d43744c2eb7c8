"""What units do to the oil where it is, within a step: who meets what is listed, counted in whole numbers, then taken pro rata."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from khazri.engine.barriers import fitting
from khazri.engine.controls import Burn, Burning, Cleaned, Cleaning, Recovery, Spray, Spraying, Swath
from khazri.engine.kernels import barrier, respond
from khazri.engine.kernels.scene import Scene
from khazri.engine.owners import Owner, Status
from khazri.engine.pool import BLOCK
from khazri.engine.site import SiteState
from khazri.physics.burning import regression
from khazri.physics.cleaning import METHODS, bulk_density
from khazri.physics.noise import SPRAYING

Doubles = npt.NDArray[np.float64]
AT_SURFACE: Final = (1 << Status.AFLOAT) | (1 << Status.BOOMED)
AMONG_ICE: Final = AT_SURFACE | (1 << Status.IN_ICE)
ON_SHORE: Final = 1 << Status.ASHORE
CELLS_ACROSS: Final = 128  # of the raster that tells which quadrilaterals are near, along its longer side
LEAST_CELL: Final = 5.0  # [m] of it


class Works(Protocol):
    """What a unit does in a step, and where: quadrilaterals on the plane [m]."""

    @property
    def corners(self) -> Doubles: ...


@dataclass(frozen=True)
class Met:
    """What lies where units act: rows, and for each the number of the unit (place in the controls) that meets it."""

    rows: npt.NDArray[np.int64]
    taker: npt.NDArray[np.int32]


Longs = npt.NDArray[np.int64]
Runner = Callable[[Callable[[int, int], Longs]], list[Longs]]  # what it is given, for every slice of the particles


def within_reach(units: Sequence[Works], state: SiteState, run: Runner) -> Longs:
    """Rows of what lies where any unit acts in this step, whatever it is: looked for once, for all trades."""
    quads = np.ascontiguousarray(np.concatenate([unit.corners for unit in units]), np.float64)
    if not quads.size or not state.living:
        return np.zeros(0, np.int64)
    corners, place = quads.reshape(-1, 2), state.columns.place
    low, high = corners.min(axis=0), corners.max(axis=0)
    cell = max(float((high - low).max()) / CELLS_ACROSS, LEAST_CELL)
    wide, tall = ((high - low) // cell).astype(np.int64) + 1
    frame, lowest = np.array([*low, 1.0 / cell, wide + 1, tall + 1]), np.full((wide + 1) * (tall + 1), -1, np.int32)
    respond.mark_quads(quads, frame, lowest)

    def look(first: int, last: int) -> Longs:
        rows = np.empty(last - first, np.int64)
        return rows[: respond.list_met(first, last, place, quads, frame, lowest, rows)]

    return np.concatenate(run(look))


def find(units: Sequence[Works], state: SiteState, statuses: int, rows: Longs) -> Met:
    """What units of one trade meet of `rows`; where two overlap, the earlier has it."""
    quads = np.ascontiguousarray(np.concatenate([unit.corners for unit in units]), np.float64)
    unit_of = np.repeat(np.arange(len(units)), [len(unit.corners) for unit in units])
    met, taker = np.empty(rows.size, np.int64), np.empty(rows.size, np.int32)
    place, flag = state.columns.place, state.columns.flag
    count = respond.find_takers(rows, place, flag, statuses, quads, unit_of, met, taker)
    return Met(met[:count], taker[:count])


def _per_block(units: int, state: SiteState) -> Doubles:
    return np.zeros((units, -(-state.living // BLOCK)))


def skim(swaths: Sequence[Swath], state: SiteState, scene: Scene, near: Longs) -> bool:
    """Units take their share of the oil that they met in this step. True: count anew."""
    rows, taker = (found := find(swaths, state, AT_SURFACE, near)).rows, found.taker
    met = np.zeros((len(swaths), 2), np.int64)
    respond.meet(0, rows.size, rows, scene, taker, met)
    volumes = met[:, 0] / respond.MICROLITRES
    share = np.array(
        [
            min(swath.throughput, swath.most_emulsion / volume) if volume > 0.0 else 0.0
            for swath, volume in zip(swaths, volumes.tolist(), strict=True)
        ],
        np.float32,
    )
    taken, volume_taken = _per_block(len(swaths), state), _per_block(len(swaths), state)
    respond.take(0, rows.size, rows, scene, taker, share, taken, volume_taken)
    state.gone[Owner.RECOVERED] += taken.sum(axis=0).sum()
    logs = met[:, 1] / np.maximum(met[:, 0], 1)
    state.recoveries = {
        swath.unit: Recovery(
            float(taken[k].sum()), float(volume_taken[k].sum()), float(volumes[k]),
            1e-6 * float(np.exp(logs[k])) if met[k, 0] else 0.0,
        )
        for k, swath in enumerate(swaths)
    }  # fmt: skip
    return bool(rows.size)


def burn(burns: Sequence[Burn], state: SiteState, scene: Scene, near: Longs) -> bool:
    """Fires are lit where the oil allows it, and burn as long as it feeds them. True: count anew."""
    rows, taker = (found := find(burns, state, AMONG_ICE, near)).rows, found.taker
    seen = np.zeros((len(burns), 5), np.int64)
    respond.look_at_fire(0, rows.size, rows, scene, taker, seen)
    reasons = [_why_not(fire, seen[k].tolist()) for k, fire in enumerate(burns)]
    pace = np.array(
        [
            0.0 if reason else fire.efficiency * float(regression(np.float32(fire.ice)))
            for fire, reason in zip(burns, reasons, strict=True)
        ],
        np.float32,
    )
    seconds = np.array([fire.seconds for fire in burns], np.float32)
    gone, residue = _per_block(len(burns), state), _per_block(len(burns), state)
    respond.burn(0, rows.size, rows, scene, taker, pace, seconds, gone, residue)
    state.gone[Owner.BURNED] += gone.sum(axis=0).sum()
    state.gone[Owner.BURN_RESIDUE] += residue.sum(axis=0).sum()
    after = np.zeros((len(burns), 5), np.int64)
    respond.look_at_fire(0, rows.size, rows, scene, taker, after)
    state.burnings = {
        fire.unit: Burning(
            float(gone[k].sum()), float(residue[k].sum()), bool(pace[k] > 0.0 and after[k, respond.FUEL] > 0),
            reasons[k], int(seen[k, respond.MET]) / respond.MILLIGRAMS,
        )
        for k, fire in enumerate(burns)
    }  # fmt: skip
    return bool((pace > 0.0).any())


def _why_not(fire: Burn, seen: list[int]) -> str:
    """Why nothing burns in the step; "": it does. What is lit burns thinner oil than can be lit."""
    if not seen[respond.MET]:
        return "nothing_to_burn"
    if fire.efficiency <= 0.0:
        return "too_windy"
    if seen[respond.FUEL if fire.lit else respond.READY]:
        return ""
    return "too_thin_to_burn" if seen[respond.DRY] else "too_wet_to_burn"


def spray(sprays: Sequence[Spray], state: SiteState, scene: Scene, near: Longs) -> bool:
    """Dispersant reaches oil by lots until it is spent; what it reached goes under or not. True: count anew."""
    rows, taker = (found := find(sprays, state, AT_SURFACE, near)).rows, found.taker
    volumes, masses, lots = np.zeros(rows.size, np.int64), np.zeros(rows.size, np.int64), np.zeros(rows.size, np.uint32)
    barrier.weigh(0, rows.size, rows, SPRAYING << 8, scene, volumes, masses, lots)
    most = np.array([unit.most for unit in sprays]) * respond.MILLIGRAMS
    reached = fitting(taker.astype(np.int64), masses, lots, most)
    met = np.bincount(taker, masses, len(sprays)) / respond.MILLIGRAMS
    within = np.bincount(taker[reached], masses[reached], len(sprays)) / respond.MILLIGRAMS
    effect = np.array([unit.effect for unit in sprays], np.float32)
    height = np.array([unit.wave_height for unit in sprays], np.float32)
    treated, rows, taker = np.zeros(len(sprays), np.int64), rows[reached], taker[reached]
    respond.disperse(0, rows.size, rows, scene, taker, effect, height, treated)
    places: list[list[tuple[float, float]]] = [[] for _ in sprays]
    for k, x, y in zip(taker.tolist(), *state.columns.place[:, rows].tolist(), strict=True):
        places[k].append((x, y))
    state.sprayings = {
        unit.unit: Spraying(
            float(met[k]), int(treated[k]) / respond.MILLIGRAMS, float(within[k]), tuple(places[k])
        )
        for k, unit in enumerate(sprays)
    }  # fmt: skip
    return bool(treated.any())


def clean(cleanings: Sequence[Cleaning], state: SiteState, scene: Scene, near: Longs) -> bool:
    """Teams take oil off the shore where they work. True: count anew."""
    rows, taker = (found := find(cleanings, state, ON_SHORE, near)).rows, found.taker
    method = np.array([METHODS.index(team.method) for team in cleanings], np.int64)
    suits, seen = np.zeros(rows.size, np.float32), np.zeros((len(cleanings), 2), np.int64)
    respond.look_at_shore(0, rows.size, rows, scene, taker, method, suits, seen)
    met, unsuited = (seen / respond.MILLIGRAMS).T
    share = np.array(
        [min(team.most / oil, 1.0) if oil > 0.0 else 0.0 for team, oil in zip(cleanings, met.tolist(), strict=True)],
        np.float32,
    )
    taken, volume = _per_block(len(cleanings), state), _per_block(len(cleanings), state)
    respond.clean(0, rows.size, rows, scene, taker, share, suits, taken, volume)
    state.gone[Owner.SHORE_CLEANED] += taken.sum(axis=0).sum()
    state.cleanings = {}
    for k, team in enumerate(cleanings):
        waste = float(volume[k].sum()) * team.waste_factor
        state.cleanings[team.unit] = Cleaned(
            float(taken[k].sum()), waste * float(bulk_density(int(method[k]))), waste, float(met[k]), float(unsuited[k])
        )
    return bool(rows.size)
