"""Teams that clean the shore: oil off it, waste into their interim store; a full store stops them until it is emptied."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from khazri.engine.controls import Cleaning
from khazri.engine.site import SiteState
from khazri.physics.cleaning import oil_rate
from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, halt, is_full
from khazri.response.track import Point
from khazri.response.treating import method_of

OIL: Final = 900.0  # density of oil ashore by which the pace is set [kg m-3]
CLEAN_FOR: Final = 7_200.0  # [s] without oil, after which the shore counts as clean


def begin_clean(now: Acting) -> None:
    """On the spot."""
    now.become(track=None, along=0.0, timer=CLEAN_FOR)


def clean(now: Acting, span: float) -> None:
    """Work while there is room for waste."""
    if is_full(now.unit, now.vessel):
        halt(now, v.STORAGE_FULL)
        return
    now.worked += span


def cleaning_of(now: Acting, number: int) -> Cleaning | None:
    """What the team can take in the step: its hands, and room in its store."""
    unit, vessel = now.unit, now.vessel
    if now.worked <= 0.0 or vessel.task is None or vessel.task.kind != "clean_shore":
        return None
    room = max(unit.storage - vessel.fluid, 0.0) / unit.waste_factor * OIL
    most = min(
        float(oil_rate(np.float64(unit.rate), np.float64(unit.waste_factor), np.float64(OIL))) * now.worked, room
    )
    quads = area_quads(vessel.task.geometry)
    return Cleaning(number, quads, most, method_of(unit), unit.waste_factor)


def area_quads(ring: tuple[Point, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """An area as triangles, each a quadrilateral whose last corner is double."""
    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(shapely.Polygon(ring)))
    return np.array([[*piece.exterior.coords[:3], piece.exterior.coords[2]] for piece in pieces], np.float64)


def settle_cleaning(now: Acting, number: int, state: SiteState, dt: float) -> None:
    """Oil off the shore, waste in store; full it stops, and where nothing lies for two hours the work is done."""
    done = state.cleanings.get(number)
    if done is None:
        return
    vessel, unit = now.vessel, now.unit
    fluid = min(vessel.fluid + done.waste_volume, unit.storage)
    idle = vessel.timer - dt if done.oil <= 0.0 else CLEAN_FOR
    now.become(fluid=fluid, waste=vessel.waste + done.waste_volume, treated=vessel.treated + done.oil, timer=idle)
    if is_full(unit, now.vessel):
        now.tell(e.STORAGE_FULL, fluid=fluid, oil=0.0)
        halt(now, v.STORAGE_FULL)
    elif idle <= 0.0:
        halt(now, v.DONE)
