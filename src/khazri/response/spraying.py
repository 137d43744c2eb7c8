"""Dispersant from a vessel or an aircraft: legs over the area until the tank is empty, home for more, and out again.

It is let out only over oil, as much as that needs at the unit's dose; a spotter is part of the unit. Where it may be used at all
(salinity, depth, distance to the shore) is asked when the order is given, at the corners and the middle of the area.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from khazri.engine.controls import Spray
from khazri.engine.site import SiteState
from khazri.physics.dispersant import effect
from khazri.response import vessel as v
from khazri.response.acting import Acting, go_to_berth, halt
from khazri.response.refused import Cannot
from khazri.response.sweeping import over_ground, quad_of
from khazri.response.treating import plan_spray, salinity_at

TURN: Final = 75.0  # [s] of an aircraft between two legs: ROC (Genwest 2011) has 0.75 to 1.75 minutes
LONG_LEG: Final = 3.0  # swaths; after a shorter one no turn is flown
OIL: Final = 900.0  # density by which the dose is set [kg m-3]
EMPTY: Final = 0.995  # of the payload spent, at which a unit goes home


def begin_spray(now: Acting) -> None:
    """Legs from where it is."""
    assert now.vessel.task is not None
    work = plan_spray(now.sea, now.unit, now.vessel.task, now.vessel.point)
    if isinstance(work, Cannot):
        halt(now, work.code)
        return
    now.become(track=work.track, along=0.0, timer=0.0, searched=False)


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
            if not vessel.searched:  # a whole pass without oil
                halt(now, v.DONE)
                return
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
