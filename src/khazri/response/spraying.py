"""Dispersant from a vessel or an aircraft: legs over the oil in its area until the tank is empty, home for more, and out again.

Its crew, or the spotter that is part of the unit, makes out the oil, and the legs are laid over the outline of what is worth most;
where none is made out, over the whole area. It is let out only over oil, as much as that needs at the unit's dose. Where it may
be used at all (salinity, depth, distance to the shore) is asked when the order is given, at the corners and the middle of the
area, and again of every outline.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
import shapely

from khazri.engine.controls import Spray
from khazri.engine.site import SiteState
from khazri.physics.dispersant import effect
from khazri.response import vessel as v
from khazri.response.acting import Acting, go_to_berth, halt
from khazri.response.looking import LIMITS, THICK, Look
from khazri.response.refused import Cannot
from khazri.response.routes import find_route
from khazri.response.slick import CELL
from khazri.response.sweeping import best_in_area, go_for_oil, over_ground, quad_of, through_patch
from khazri.response.track import Point, Track
from khazri.response.treating import plan_spray, salinity_at
from khazri.response.vessel import Vessel

TURN: Final = 75.0  # [s] of an aircraft between two legs: ROC (Genwest 2011) has 0.75 to 1.75 minutes
LONG_LEG: Final = 3.0  # swaths; after a shorter one no turn is flown
OIL: Final = 900.0  # density by which the dose is set [kg m-3]
EMPTY: Final = 0.995  # of the payload spent, at which a unit goes home
TOGETHER: Final = 2_000.0  # [m] from the best place, within which oil is flown over by the same legs


def begin_spray(now: Acting) -> None:
    """Legs from where it is: over the oil that it makes out, else over its area."""
    vessel = now.vessel
    assert vessel.task is not None
    run = through_patch(now) if vessel.patch is not None else None
    if run is not None:
        now.become(track=run, along=0.0, timer=0.0, searched=False)
        return
    work = plan_spray(
        now.sea, now.unit, replace(vessel.task, geometry=vessel.about or vessel.task.geometry), vessel.point
    )
    if isinstance(work, Cannot) and vessel.about:
        now.become(about=())
        work = plan_spray(now.sea, now.unit, vessel.task, vessel.point)
    if isinstance(work, Cannot):
        halt(now, work.code)
        return
    points = work.track.points
    if now.unit.medium == "water":
        way = find_route(now.waters, now.unit.draft, vessel.point, points[0])
        points = points if way is None else (*way.track.points, *points[1:])
    else:
        points = (vessel.point, *points)
    now.become(track=Track(points), along=0.0, timer=0.0, searched=False)


def aims_spray(vessel: Vessel) -> bool:
    """Whether it sprays, and goes for what oil is made out."""
    return vessel.task is not None and vessel.task.kind == "spray" and vessel.phase in ("working", "to_oil")


def aim_spray(now: Acting, look: Look) -> None:
    """A vessel goes for the oil that is worth most and sprays against the wind, as skimmers do; what flies notes its outline, and
    breaks off for it where it went over its whole area.
    """
    if now.unit.medium == "water":
        go_for_oil(now, look, begin_spray)
        return
    found = outline_of_oil(now, look)
    at_random = not now.vessel.about
    now.become(about=found)
    if found and at_random:
        begin_spray(now)


def outline_of_oil(now: Acting, look: Look) -> tuple[Point, ...]:
    """A ring about the oil beside the best of what is made out in the area, within it; (): there is none."""
    best = best_in_area(now, look)
    if best is None:
        return ()
    least = LIMITS[THICK - 1] if (look.films >= LIMITS[THICK - 1]).any() else LIMITS[2]
    places = look.places[look.films[look.films > 0.0] >= least]
    near = places[np.hypot(*(places - np.array(best[0])).T) <= TOGETHER]
    about = shapely.MultiPoint(near).convex_hull.buffer(CELL, quad_segs=2)
    assert now.vessel.task is not None
    part = about.intersection(shapely.Polygon(now.vessel.task.geometry))
    parts = [each for each in shapely.get_parts(part) if isinstance(each, shapely.Polygon) and each.area > 0.0]
    if not parts:
        return ()
    largest = max(parts, key=lambda each: float(each.area))
    return tuple((float(x), float(y)) for x, y in largest.exterior.coords[:-1])


def spray(now: Acting, span: float) -> None:
    """Along the legs; an aircraft flies a turn after each."""
    until_end = now.left + span
    while span > 1e-9:
        vessel, track = now.vessel, now.vessel.track
        assert track is not None, "a unit that sprays has legs"
        if vessel.timer > 0.0:
            turning = min(vessel.timer, span)
            now.become(timer=vessel.timer - turning)
            span, until_end = span - turning, until_end - turning
            continue
        if vessel.along >= track.length:
            if not vessel.searched and not vessel.about and vessel.patch is None:  # a whole pass without oil
                halt(now, v.DONE)
                return
            if not vessel.searched:  # nothing where it was made out
                now.become(about=(), patch=None)
            begin_spray(now)
            if now.vessel.phase != "working":
                return
            continue
        heading = track.direction(vessel.along)
        speed = now.unit.working_speed
        if now.unit.medium == "water":
            speed = over_ground(speed, heading, now.conditions.current)
        to_turn = track.next_turn(vessel.along) - vessel.along
        taken = min(span, to_turn / speed)
        along = track.next_turn(vessel.along) if taken < span else vessel.along + speed * taken
        end = track.at(along)
        now.quads.append(quad_of(now, vessel.point, end, until_end, taken))
        long = now.unit.medium == "air" and taken < span and to_turn > LONG_LEG * now.unit.swath
        now.become(x=end[0], y=end[1], along=along, timer=TURN if long else 0.0)
        now.worked += taken
        span, until_end = span - taken, until_end - taken


def spray_of(now: Acting, number: int) -> Spray | None:
    """What was flown or sailed over in the step, and the oil that the dispersant is enough for."""
    unit, vessel = now.unit, now.vessel
    if not now.quads or unit.payload <= 0.0:
        return None
    dispersant = min(unit.pump * now.worked, max(unit.payload - vessel.spent, 0.0))
    share = float(effect(np.float64(math.hypot(*now.conditions.wind)), np.float64(salinity_at(now.sea, vessel.point))))
    return Spray(
        number, np.array(now.quads, np.float64), dispersant * unit.dose_ratio * OIL, min(share, 1.0), now.conditions.wave_height
    )  # fmt: skip


def settle_spray(now: Acting, number: int, state: SiteState) -> None:
    """What was spent; without any left it goes home for more."""
    done = state.sprayings.get(number)
    if done is None:
        return
    unit, vessel = now.unit, now.vessel
    spent = min(vessel.spent + done.reached / (unit.dose_ratio * OIL), unit.payload)
    now.become(spent=spent, treated=vessel.treated + done.treated, searched=vessel.searched or done.met > 0.0)
    if spent >= EMPTY * unit.payload and now.vessel.phase == "working":
        go_to_berth(now, v.RELOAD)
