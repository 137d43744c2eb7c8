"""A team that burns: it gathers oil in a U of fire boom, lights it where that can be, tows on until it is out, lets it cool."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from khazri.engine.controls import Burn
from khazri.engine.site import SiteState
from khazri.physics.boom import towed_capacity
from khazri.physics.burning import wind_efficiency
from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, go_to_berth, halt
from khazri.response.formations import enclosed
from khazri.response.towing import stream, tow_on
from khazri.response.track import Track

COOLING: Final = 3_600.0  # [s] between two burns: ROC (Genwest 2011)
GATHERED: Final = 0.15  # of what its boom holds at most, at which it is lit (training value: some 20 m3)
OIL: Final = 900.0  # density by which that is judged [kg m-3]
WIDER: Final = 0.5  # [m] beyond the boom that a fire reaches, so that what lies against it burns too
NOTHING_TO_BURN: Final = "nothing_to_burn"


def begin_burn(now: Acting) -> None:
    """At its first leg the boom goes out."""
    now.become(track=Track(now.vessel.line), along=0.0, timer=0.0, lit=False)
    stream(now)


def burn(now: Acting, span: float) -> None:
    """Gather along the legs; tow on while it burns; wait while the boom cools."""
    vessel = now.vessel
    if vessel.boom is None:  # taken in, and out again
        begin_burn(now)
        return
    over = tow_on(now, span)
    if vessel.timer > 0.0:
        now.become(timer=max(vessel.timer - span, 0.0))
        if now.vessel.timer <= 0.0 and now.unit.burns and vessel.spent >= now.unit.burns:
            go_to_berth(now, v.RELOAD)
            return
    elif over and not vessel.lit and vessel.boom.held <= 0.0:
        halt(now, NOTHING_TO_BURN)
        return
    if over:  # back along the same legs
        track = now.vessel.track
        assert track is not None
        now.become(along=0.0, track=Track(tuple(reversed(track.points))), searched=True)


def burn_of(now: Acting, number: int, dt: float) -> Burn | None:
    """A fire that burns, or is to be lit in this step."""
    vessel, unit = now.vessel, now.unit
    if vessel.boom is None or vessel.timer > 0.0 or vessel.task is None or vessel.task.kind != "burn":
        return None
    full = GATHERED * float(towed_capacity(np.float64(unit.boom_length), np.float64(unit.skirt))) * OIL
    if not (vessel.lit or vessel.boom.held >= full or (vessel.searched and vessel.boom.held > 0.0)):
        return None
    efficiency = min(max(float(wind_efficiency(np.float64(math.hypot(*now.conditions.wind)))), 0.0), 1.0)
    quads = np.array(enclosed("u", vessel.boom.line), np.float64)
    middle = quads.reshape(-1, 2).mean(axis=0)
    away = np.linalg.norm(quads - middle, axis=2, keepdims=True)
    quads = quads + (quads - middle) * (WIDER / np.maximum(away, 1.0))
    return Burn(number, quads, efficiency, dt, vessel.lit, min(max(now.conditions.ice, 0.0), 1.0))


def settle_burn(now: Acting, number: int, state: SiteState) -> None:
    """That a fire burns or has gone out is told; what cannot be lit when all is gathered ends the task."""
    fire = state.burnings.get(number)
    vessel = now.vessel
    if fire is None:
        if vessel.lit:  # left for another order
            now.become(lit=False)
        return
    burnt = fire.oil + fire.residue > 0.0
    if burnt and not vessel.lit:
        now.tell(e.FIRE_LIT, held=fire.met)
    now.become(treated=vessel.treated + fire.oil, lit=fire.lit)
    if (vessel.lit or burnt) and not fire.lit:
        now.become(spent=vessel.spent + 1.0, timer=COOLING, searched=False)
        now.tell(e.FIRE_OUT, burned=now.vessel.treated)
    elif fire.reason and vessel.searched and vessel.phase == "working":
        halt(now, fire.reason)
