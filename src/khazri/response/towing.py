"""A boom under tow: it turns no faster than a pair can swing it, moves through the water and carries what it holds.

The pair is the unit and its partner, one at each end; a team that burns brings its own second boat. A unit with a skimmer tows a J and
pumps what gathers in its pocket.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
import shapely

from khazri.engine.controls import Boom
from khazri.response import events as e
from khazri.response.acting import Acting, halt
from khazri.response.formations import attitude, capacity_of, enclosed, formation_of, towed_line
from khazri.response.looking import LIMITS, Look
from khazri.response.slick import CELL
from khazri.response.soundness import soundness
from khazri.response.track import Point, Track
from khazri.response.treating import NO_PARTNER
from khazri.response.vessel import TOWED, LaidBoom, Vessel

PULL: Final = (
    0.75  # of its working speed through the water, at which it loses nothing (thick oil passes a boom from 0.28 m/s)
)
SWING: Final = math.radians(0.15)  # [rad s-1]: half a circle in twenty minutes (training value)
AHEAD: Final = 120.0  # [m] along its way that the pair steers for
ONWARD: Final = 300.0  # [m] that it goes on through oil that it has come to
FAR: Final = 300.0  # [m] to oil, from which on a pair that holds none makes haste
WORTH_THE_WAY: Final = 1_000.0  # [m] off at which oil is worth half of what it is alongside
ABEAM: Final = 0.5  # cosine of the angle off its heading within which oil is ahead
ASTERN: Final = 0.35  # of its worth, elsewhere: it takes twenty minutes to swing round
HASTE: Final = 1.5  # [m s-1] through the water, 3 kn with the boom streamed: nothing stays in it (training value)
SPEED: Final = (
    "speed"  # through the water [m s-1], a parameter of the task: faster than the boom bears, and it loses oil
)
JOINS: Final = 600.0  # [m] within which its partner takes the other end


def begin_tow_boom(now: Acting) -> None:
    """At the first leg; the boom goes out as soon as the partner is there."""
    now.become(track=Track(now.vessel.line), along=0.0)


def tow_boom(now: Acting, span: float) -> None:
    """The pair along its legs, again and again until told otherwise."""
    vessel = now.vessel
    assert vessel.task is not None
    fellow = now.sea.fellows.get(vessel.task.target)
    if fellow is None or fellow.disabled:
        halt(now, NO_PARTNER)
        return
    if vessel.boom is None:
        if math.dist(fellow.point, vessel.point) > JOINS:
            now.become(reason=NO_PARTNER)
            return
        now.become(reason="")
        stream(now)
    if tow_on(now, span):
        now.become(along=0.0, track=Track(tuple(reversed(_track(now).points))))
    assert now.vessel.boom is not None
    now.partner = (vessel.task.target, now.vessel.boom.line[-1])
    if now.unit.pump > 0.0:
        now.quads[:] = enclosed(formation_of(now.unit), now.vessel.boom.line)
        now.worked += span


def _track(now: Acting) -> Track:
    track = now.vessel.track
    assert track is not None, "a pair has legs to tow along"
    return track


def stream(now: Acting) -> None:
    """The boom is out, its mouth along the first leg."""
    track, length = _track(now), now.unit.boom_length
    heading = track.direction(min(now.vessel.along, track.length - 1e-6))
    line = towed_line(formation_of(now.unit), track.at(now.vessel.along), heading, length)
    now.become(boom=LaidBoom(line, Track(line).length, "set"), x=line[0][0], y=line[0][1], patch=None)
    now.tell(e.BOOM_SET, length=length)


def tow_on(now: Acting, span: float) -> bool:
    """Steer for a point ahead on the way, swing no faster than can be, move with the water; True: the way is done."""
    vessel, track = now.vessel, _track(now)
    assert vessel.boom is not None, "there is a boom to tow"
    assert vessel.task is not None, "it tows for a task"
    if now.boom_before is None and not _is_new(now):
        now.boom_before = vessel.boom.line
    formation, length = formation_of(now.unit), now.unit.boom_length
    mouth, heading = attitude(formation, vessel.boom.line, length)
    goal = vessel.patch or track.at(min(vessel.along + AHEAD, track.length))
    if math.dist(goal, mouth) > 1.0:
        turn = math.atan2(
            heading[0] * (goal[1] - mouth[1]) - heading[1] * (goal[0] - mouth[0]),
            heading[0] * (goal[0] - mouth[0]) + heading[1] * (goal[1] - mouth[1]),
        )
        turn = min(max(turn, -SWING * span), SWING * span)
        heading = (
            heading[0] * math.cos(turn) - heading[1] * math.sin(turn), heading[0] * math.sin(turn) + heading[1] * math.cos(turn),
        )  # fmt: skip
    speed = vessel.task.parameters.get(SPEED, 0.0)
    if speed <= 0.0:  # not told
        hurries = vessel.patch is not None and vessel.boom.held <= 0.0 and math.dist(mouth, goal) > FAR
        speed = HASTE if hurries else PULL * now.unit.working_speed
    u, w = now.conditions.current
    there = (mouth[0] + (heading[0] * speed + u) * span, mouth[1] + (heading[1] * speed + w) * span)
    if not math.isfinite(now.waters.cost_at(now.unit.draft, there)):  # some metres on: a cell is wider
        there = mouth  # the bow boats hold it off the shoal while it swings
    line = towed_line(formation, there, heading, length)
    if vessel.patch is not None:
        onward = (there[0] + heading[0] * ONWARD, there[1] + heading[1] * ONWARD)
        patch = onward if math.dist(there, goal) < AHEAD else vessel.patch
        now.become(boom=replace(vessel.boom, line=line), x=line[0][0], y=line[0][1], patch=patch)
        return False
    along = vessel.along
    if math.dist(there, track.at(along)) < AHEAD:
        along = min(along + (speed + math.hypot(u, w)) * span, track.length)
    now.become(boom=replace(vessel.boom, line=line), x=line[0][0], y=line[0][1], along=along)
    return along >= track.length and math.dist(there, track.at(track.length)) < AHEAD


def aim(now: Acting, look: Look) -> None:
    """Steer for the oil in the area that is worth most, as the crew makes it out; along the legs where it sees none."""
    vessel = now.vessel
    if not aims(vessel) or vessel.boom is None:
        return
    patch = best_ahead(now, look)
    if patch is None and vessel.patch is not None and vessel.boom.held > 0.0:
        now.become(searched=True)  # there is no more: what it holds is what it will hold
    now.become(patch=patch)


def best_ahead(now: Acting, look: Look) -> Point | None:
    """Where most oil lies for the way, ahead rather than astern; what its own boom holds, or is about to, is no aim."""
    vessel, length = now.vessel, now.unit.boom_length
    assert vessel.boom is not None, "there is a boom to tow"
    assert vessel.task is not None, "it tows for a task"
    mouth, heading = attitude(formation_of(now.unit), vessel.boom.line, length)
    places, films = look.places, look.films[look.films > 0.0]
    away = np.hypot(places[:, 0] - mouth[0], places[:, 1] - mouth[1])
    inside = (
        shapely.contains_xy(shapely.Polygon(vessel.task.geometry), places)
        & (away > length + CELL)
        & (films >= LIMITS[2])
    )
    if not inside.any():
        return None
    places, films, away = places[inside], films[inside], away[inside]
    ahead = ((places - np.array(mouth)) @ np.array(heading)) / away > ABEAM
    worth = films / (1.0 + away / WORTH_THE_WAY) * np.where(ahead, 1.0, ASTERN)
    for index in np.argsort(-worth, kind="stable"):
        place = (float(places[index, 0]), float(places[index, 1]))
        if math.isfinite(now.waters.cost_at(now.unit.draft, place)):
            return place
    return None


def aims(vessel: Vessel) -> bool:
    """Whether it tows a boom for oil; not while what it holds burns."""
    towing = vessel.task is not None and vessel.task.kind in TOWED
    return towing and vessel.phase == "working" and vessel.boom is not None and not vessel.lit


def _is_new(now: Acting) -> bool:
    return any(event.kind == e.BOOM_SET for event in now.events)


def towed_boom_of(now: Acting, number: int) -> Boom | None:
    """The boom as it lies at the end of the step, and from where it was towed."""
    boom, unit = now.vessel.boom, now.unit
    if boom is None:
        return None
    before = None if now.boom_before is None else np.array(now.boom_before, np.float64)
    return Boom(
        number, np.array(boom.line, np.float64), unit.skirt, now.conditions.current, unit.wave_limit, now.conditions.wave_height,
        before=before, capacity=capacity_of(unit), condition=soundness(unit, now.vessel),
    )  # fmt: skip
