"""What there is to compile, in parts of which several processes can each take some.

A part is a kernel and the types that it is called with. Parts of the first stage are called by those of the second, which
finds them in numba's cache; so the cores of a machine share what takes one of them most of a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np

from khazri.engine.hoist import open_hoist
from khazri.engine.kernels import barrier, birth, fencing, march, nearby, places, respond, settle, sighting, submerge
from khazri.engine.kernels.blend import blend
from khazri.engine.kernels.ground import squared_distances
from khazri.engine.kernels.scene import Scene
from khazri.engine.kernels.view import View
from khazri.engine.kernels.waterline import renew
from khazri.engine.pool import empty_columns, empty_tallies

_CALLS = {
    "f": np.float64,
    "s": np.float32,
    "l": np.int64,
    "i": np.int32,
    "u": np.uint32,
    "h": np.uint16,
    "b": np.uint8,
    "o": np.bool_,
}
type_of: Callable[[object], Any] = numba.typeof


class Part(NamedTuple):
    """One kernel, compiled by `compile_part`."""

    name: str
    kernel: Any
    types: tuple[Any, ...]
    stage: int  # 0: called by what comes after; 1: calls all of that; 2: by itself


def blank_scene() -> Scene:
    """A scene of the types that `engine.workshop` makes, with nothing in it."""

    def blank(code: str, dimensions: int = 1) -> Any:
        return np.zeros((1,) * dimensions, _CALLS[code])

    return Scene(
        **empty_columns(1)._asdict(), **open_hoist({}, (0.0, 0.0)).forcing._asdict(),
        ground=blank("b", 2), depth=blank("s", 2), bed=blank("s", 2), segment=blank("i", 2), stretch=blank("i", 2),
        segment_kind=blank("b"), segment_size=blank("s", 2),
        fetch=blank("s", 3), exposure=blank("s", 3), parent=blank("s", 3), oil_density=blank("s", 2), aromatic=blank("s", 2),
        oil=blank("s", 2), source=blank("s", 2), keys=blank("u"), ages=blank("s"), setting=blank("s"), whole=blank("l"),
        order=blank("b"), **empty_tallies(512)._asdict(), scratch=blank("s"), chosen=blank("i"), words=blank("u"),
    )  # fmt: skip


def parts() -> tuple[Part, ...]:
    """All of them, those that take longest first within a stage. Whoever changes what a kernel is given says it here."""
    scene = type_of(blank_scene())

    def types(*codes: str) -> tuple[Any, ...]:
        """`f` a float64, `f2` an array of two dimensions of it, `S` the scene, `I` the index of the segments of booms."""
        index = (np.zeros(1), np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros((1, 1)))
        given = {"S": scene, "V": View(scene), "I": type_of(index)}
        return tuple(
            given.get(c)
            or (type_of(_CALLS[c](0)) if len(c) == 1 else type_of(np.zeros((1,) * int(c[1]), _CALLS[c[0]])))
            for c in codes
        )

    passes = [Part(one.__name__, one, types("l", "l", "V", *("b" * (one is submerge.mix))), 0) for one in march.PASSES]
    calls: tuple[tuple[Any, str, int], ...] = (
        (march.march, "l l S", 1),
        (barrier.hold, "l l1 f2 S f2 l1 s2 s1 I f1 b1 i1 l2 l2", 2),
        (respond.disperse, "l l l1 S i1 s1 s1 l1", 2),
        (birth.place_births, "l l f2 s2 u1 h2 f2 l f f u u", 2),
        (settle.tally_shore, "l l S l3", 2),
        (settle.list_arrivals, "l S l1 l1 l1 u1", 2),
        (barrier.fill_pools, "f2 l1 s2 s1 l2 s2", 2),
        (respond.look_at_shore, "l l l1 S i1 l1 s1 l2", 2),
        (respond.look_at_fire, "l l l1 S i1 l2", 2),
        (respond.burn, "l l l1 S i1 s1 s1 f2 f2", 2),
        (respond.clean, "l l l1 S i1 s1 s1 f2 f2", 2),
        (respond.meet, "l l l1 S i1 l2", 2),
        (respond.take, "l l l1 S i1 s1 f2 f2", 2),
        (barrier.weigh, "l l l1 l S l1 l1 u1", 2),
        (barrier.sample_past, "S f2 s1", 2),
        (barrier.thicken, "l l l1 i1 S s2", 2),
        (barrier.drain, "l l l1 l1 S f2", 2),
        (nearby.scan_place, "f1 f1 s1 b1 l f2 f l", 2),
        (march.take_stock, "l l S", 2),
        (settle.oil_on_shore, "l S f1", 2),
        (squared_distances, "o2 i2 l1 f1 i2", 2),
        (renew, "s2 l1 s1 l1 s1 s2 o2 b2 s2", 2),
        (blend, "s3 s3 s s3 l l l l", 2),
        (barrier.list_near, "l l f2 b2 f1 b2 l1 f2", 2),
        (barrier.measure_clearance, "l l b1", 2),
        (respond.mark_quads, "f3 f1 i1", 2),
        (respond.list_met, "l l f2 f3 f1 i1 l1", 2),
        (respond.find_takers, "l1 f2 b2 l f3 l1 l1 i1", 2),
        (fencing.cut_segments, "f2 f2 l1 f2 f f f2 l1", 2),
        (fencing.frame_about, "f2 f l f f1", 2),
        (fencing.count_items, "f2 f1 l1", 2),
        (fencing.list_items, "f2 f1 l1 l1 f2", 2),
        (fencing.mark_cells, "f2 f1 b1", 2),
        (fencing.mark_near, "f2 f1 f b2", 2),
        (fencing.widen, "l b2", 2),
        (places.sample_places, "s4 f1 f1 l l f f2", 2),
        (sighting.span_of, "l f2 b2 h2 f l1", 2),
        (sighting.list_cells, "l f2 b2 h2 f l1 l1", 2),
        (sighting.number_cells, "l1 i1", 2),
        (sighting.add_up, "b2 s2 l1 f f f2", 2),
        (sighting.list_in_sight, "f1 f1 f2 f f l1", 2),
        (sighting.label, "f2 f f i2 l1 f2", 2),
        (sighting.follow_edge, "i2 l l f f2", 2),
        (sighting.misjudge, "l l l l l f f1", 2),
    )
    return (*passes, *(Part(kernel.__name__, kernel, types(*codes.split()), stage) for kernel, codes, stage in calls))


def compile_part(part: Part) -> None:
    """Compile it into numba's cache, or load it from there."""
    part.kernel.compile(part.types)
