"""A run whose weather is rewritten goes on from the first moment that differs, not from its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from khazri.engine.fields import when_differs
from khazri.runs.preparation import Prepared, PreparedSite, prepare
from khazri.runs.session import Session, Snapshot, begin
from khazri.scenario.pack import Pack

OF_WEATHER: Final = {"environment"}  # parts of a site that may differ; with any other the run begins anew


@dataclass(frozen=True)
class Revision:
    """A session under the new weather, at the step from which it must be run again."""

    session: Session
    from_step: int
    differs_at: float | None  # first moment at which any field differs [s from the start]; None: nothing does


def revise(earlier: Session, source: Pack | Path | str, snapshots: Sequence[Snapshot]) -> Revision:
    """Go on under a changed weather from the last snapshot before the first moment at which it differs.

    earlier     the session that was run, under the weather that was
    source      the pack as it is now; where more than its weather differs, the session begins at the start
    snapshots   of the earlier session, in any order

    What follows is the run of the new pack from its start, to the rounding of a field that is held between two moments
    (single precision: far below a millimetre in hours of drift).
    """
    now = prepare(source, seed=earlier.prepared.numerics.seed, particles=earlier.prepared.numerics.particles)
    session = begin(now)
    moment = first_difference(earlier.prepared, now)
    dt = now.numerics.dt
    usable = [each for each in snapshots if moment is None or each.step * dt <= moment]
    if usable:
        session.restore(max(usable, key=lambda each: each.step))
    return Revision(session, session.step, moment)


def first_difference(before: Prepared, now: Prepared) -> float | None:
    """When the weather of any site first differs [s from the start]; 0 where more than weather does; None: nowhere."""
    if _beside_weather(before) != _beside_weather(now):
        return 0.0
    found = [
        moment for old, new in zip(before.sites, now.sites, strict=True) if (moment := _of_site(old, new)) is not None
    ]
    return min(found) if found else None


def _beside_weather(prepared: Prepared) -> object:
    pack = prepared.pack.model_dump(exclude={"sites": True, "end": True})
    sites = [site.site.model_dump(exclude=OF_WEATHER) for site in prepared.sites]
    return pack, sites, prepared.numerics.seed, prepared.numerics.particles


def _of_site(before: PreparedSite, now: PreparedSite) -> float | None:
    old, new = before.inputs.fields, now.inputs.fields
    if old.keys() != new.keys():
        return 0.0
    found = [moment for name in old if (moment := when_differs(old[name], new[name])) is not None]
    return min(found) if found else None
