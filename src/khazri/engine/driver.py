"""One step of one site: what is released, where it goes, what becomes of it, what the shore takes, and the sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.engine import acting, barriers
from khazri.engine.controls import Controls
from khazri.engine.hoist import hoist
from khazri.engine.kernels import march, settle
from khazri.engine.kernels import scene as at
from khazri.engine.kernels.scene import Scene
from khazri.engine.owners import STATUSES, Status
from khazri.engine.pool import BLOCK
from khazri.engine.seeding import emit
from khazri.engine.site import SiteInputs, SiteState
from khazri.engine.waterline import follow
from khazri.engine.workshop import Workshop, open_workshop

SLICE_LEAST: Final = 25_088  # particles that are worth a thread: 49 blocks


def step(state: SiteState, inputs: SiteInputs, controls: Controls | None = None, *, threads: int | None = None) -> None:
    """Move and weather every particle by one dt, in place. `threads` changes the speed and no bit."""
    controls = controls or Controls()
    dt, first_new = inputs.numerics.dt, state.living
    ages = emit(state, inputs, (state.step + 1) * dt, controls.source_open)
    shop = workshop_of(state, inputs)
    shop.scene.whole[[at.STEP, at.LIVING, at.FIRST_NEW]] = (state.step, state.living, first_new)
    scene = shop.scene._replace(ages=ages) if ages.size else shop.scene
    hoist(shop.hoist, state.step * dt, dt, _box(state, shop, first_new))
    if shop.waterline is not None:
        follow(shop.waterline, scene.ground, scene.depth, state.step * dt)
    slices = cut(state.living, threads or inputs.numerics.threads)
    if not controls.booms and state.counts[Status.BOOMED]:
        barriers.let_go(state)
    guard = barriers.guard(controls.booms, state, inputs.numerics, slices, run) if controls.booms else None
    run(slices, lambda first, last: march.march(first, last, with_scratch(scene)))
    blocks = -(-state.living // BLOCK)
    state.gone += shop.tallies.moved[:blocks].sum(axis=0)
    state.boom_tally, state.recoveries, state.burnings, state.sprayings, state.cleanings = {}, {}, {}, {}, {}
    touched = guard is not None and barriers.keep_before(guard, state, scene, run)
    ashore = shop.tallies.counts[:blocks, Status.ASHORE].any()  # what arrives is counted there too
    if ashore and "stranding" in inputs.numerics.processes:
        let_shore_take(state, scene, slices)
    touched |= let_units_act(controls, state, scene, slices)
    if touched:  # one call over all blocks costs less than a call for each that was touched
        run(slices, lambda first, last: march.take_stock(first, last, scene))
    gather(state, shop)
    state.step += 1


def let_units_act(controls: Controls, state: SiteState, scene: Scene, slices: list[tuple[int, int]]) -> bool:
    """In this order: what is skimmed cannot burn, what burned cannot be sprayed. True: count anew."""
    units: tuple[acting.Works, ...] = (*controls.swaths, *controls.burns, *controls.sprays, *controls.cleanings)
    if not units:
        return False
    touched, near = False, acting.within_reach(units, state, partial(run, slices))
    if controls.swaths:
        touched |= acting.skim(controls.swaths, state, scene, near)
    if controls.burns:
        touched |= acting.burn(controls.burns, state, scene, near)
    if controls.sprays:
        touched |= acting.spray(controls.sprays, state, scene, near)
    if controls.cleanings:
        touched |= acting.clean(controls.cleanings, state, scene, near)
    return touched


def workshop_of(state: SiteState, inputs: SiteInputs) -> Workshop:
    """The site's buffers; made anew for a state that has none (a fresh one, or one restored)."""
    if not isinstance(state.workshop, Workshop):
        shop = open_workshop(inputs, state)
        march.take_stock(0, state.living, shop.scene)  # the next step asks where the particles are
        state.workshop = shop
        return shop
    return state.workshop


def with_scratch(scene: Scene) -> Scene:
    """The scene with scratch of its own, for one slice."""
    return scene._replace(
        scratch=np.zeros(at.ROWS * BLOCK, np.float32),
        chosen=np.zeros(BLOCK, np.int32),
        words=np.zeros(at.WORDS * BLOCK, np.uint32),
    )


def cut(living: int, threads: int) -> list[tuple[int, int]]:
    """Slices of whole blocks, at most one per thread, none smaller than is worth it."""
    parts = max(1, min(threads, living // SLICE_LEAST))
    blocks = -(-living // BLOCK)
    edges = [min(BLOCK * (blocks * k // parts), living) for k in range(parts + 1)]
    return [(low, high) for low, high in pairwise(edges) if high > low]


@lru_cache(maxsize=4)
def _threads(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="khazri-engine")


def run(slices: Sequence[tuple[int, int]], work: Callable[[int, int], Any]) -> list[Any]:
    """`work(first, last)` of every slice; the first on this thread, the others beside it."""
    if len(slices) < 2:
        return [work(*piece) for piece in slices]
    others: list[Future[Any]] = [_threads(len(slices) - 1).submit(work, *piece) for piece in slices[1:]]
    return [work(*slices[0]), *(other.result() for other in others)]


def let_shore_take(state: SiteState, scene: Scene, slices: list[tuple[int, int]]) -> None:
    """What reached the shore stays there as far as its segment holds it; the rest floats on along it.

    Where more arrives than fits, lots drawn by hash decide whose turn it is, so that neither the order of particles nor
    the number of threads does; a segment is over-filled by one particle at most.
    """
    shape = (scene.keys.size, max(scene.segment_kind.size, 1), 2)

    def tally(first: int, last: int) -> tuple[int, npt.NDArray[np.int64]]:
        out = np.zeros(shape, np.int64)
        return int(settle.tally_shore(first, last, scene, out)), out

    found = [part for part in run(slices, tally) if isinstance(part, tuple)]
    arriving = sum(count for count, _ in found)
    if not arriving:
        return
    held, claimed = np.moveaxis(sum((out for _, out in found), np.zeros(shape, np.int64)), 2, 0)
    rows, segments = np.zeros(arriving, np.int64), np.zeros(arriving, np.int64)
    shares, lots = np.zeros(arriving, np.int64), np.zeros(arriving, np.uint32)
    settle.list_arrivals(state.living, scene, rows, segments, shares, lots)
    members = state.columns.origin[1, rows].astype(np.int64)
    place = members * shape[1] + np.maximum(segments, 0)
    crowded = (held + claimed > settle.WHOLE).ravel()[place] & (segments >= 0)
    status = state.columns.flag[0]
    status[rows] = Status.ASHORE
    if crowded.any():
        refused = rows[crowded][~_taken(place[crowded], shares[crowded], lots[crowded], held.ravel())]
        status[refused] = Status.AFLOAT
        for block in np.unique(refused // BLOCK):
            march.take_stock(int(block) * BLOCK, min(int(block + 1) * BLOCK, state.living), scene)


def _taken(
    place: npt.NDArray[np.int64],
    shares: npt.NDArray[np.int64],
    lots: npt.NDArray[np.uint32],
    held: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Which arrivals fit, place by place in the order of their lots."""
    order = np.lexsort((lots, place))
    sorted_place, sorted_shares = place[order], shares[order]
    total = np.cumsum(sorted_shares) - sorted_shares
    starts = np.flatnonzero(np.r_[True, sorted_place[1:] != sorted_place[:-1]])
    before = total - np.repeat(total[starts], np.diff(np.r_[starts, place.size]))
    taken = np.zeros(place.size, np.bool_)
    taken[order] = held[sorted_place] + before < settle.WHOLE
    return taken


def gather(state: SiteState, shop: Workshop) -> None:
    """Sums over the blocks, in their order."""
    blocks = -(-state.living // BLOCK)
    state.held = shop.tallies.held[:blocks].sum(axis=0)
    counts = shop.tallies.counts[:blocks].sum(axis=0)
    state.counts, state.marks = counts[:STATUSES], counts[STATUSES:]


def take_stock(state: SiteState, inputs: SiteInputs) -> None:
    """Count the particles as they stand."""
    shop = workshop_of(state, inputs)
    march.take_stock(0, state.living, shop.scene)
    gather(state, shop)


def _box(state: SiteState, shop: Workshop, known: int) -> tuple[float, float, float, float] | None:
    """The box about all particles that move; new ones are looked up, the others were counted in the step before."""
    blocks = known // BLOCK
    box = shop.tallies.box[:blocks]
    x, y = state.columns.place[:, blocks * BLOCK : state.living]
    if not state.living:
        return None
    west, south = (
        min(box[:, 0].min(initial=np.inf), x.min(initial=np.inf)),
        min(box[:, 1].min(initial=np.inf), y.min(initial=np.inf)),
    )
    east, north = (
        max(box[:, 2].max(initial=-np.inf), x.max(initial=-np.inf)),
        max(box[:, 3].max(initial=-np.inf), y.max(initial=-np.inf)),
    )
    return (float(west), float(south), float(east), float(north)) if west <= east else None
