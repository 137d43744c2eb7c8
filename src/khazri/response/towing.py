"""A boom under tow: it turns no faster than a pair can swing it, moves through the water and carries what it holds.

The pair is the unit and its partner, one at each end; a team that burns brings its own second boat. A unit with a skimmer tows a J and
pumps what gathers in its pocket.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np

from khazri.engine.controls import Boom
from khazri.response import events as e
from khazri.response.acting import Acting, halt
from khazri.response.formations import attitude, capacity_of, enclosed, formation_of, towed_line
from khazri.response.soundness import soundness
from khazri.response.track import Track
from khazri.response.treating import NO_PARTNER
from khazri.response.vessel import LaidBoom

PULL: Final = (
    0.75  # of its working speed through the water, at which it loses nothing (thick oil passes a boom from 0.28 m/s)
)
SWING: Final = math.radians(0.15)  # [rad s-1]: half a circle in twenty minutes (training value)
AHEAD: Final = 120.0  # [m] along its way that the pair steers for
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
    now.become(boom=LaidBoom(line, Track(line).length, "set"), x=line[0][0], y=line[0][1])
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
    goal = track.at(min(vessel.along + AHEAD, track.length))
    if math.dist(goal, mouth) > 1.0:
        turn = math.atan2(
            heading[0] * (goal[1] - mouth[1]) - heading[1] * (goal[0] - mouth[0]),
            heading[0] * (goal[0] - mouth[0]) + heading[1] * (goal[1] - mouth[1]),
        )
        turn = min(max(turn, -SWING * span), SWING * span)
        heading = (
            heading[0] * math.cos(turn) - heading[1] * math.sin(turn), heading[0] * math.sin(turn) + heading[1] * math.cos(turn),
        )  # fmt: skip
    speed = vessel.task.parameters.get(SPEED, PULL * now.unit.working_speed)
    u, w = now.conditions.current
    there = (mouth[0] + (heading[0] * speed + u) * span, mouth[1] + (heading[1] * speed + w) * span)
    if not math.isfinite(now.waters.cost_at(now.unit.draft, there)):  # some metres on: a cell is wider
        there = mouth  # the bow boats hold it off the shoal while it swings
    line = towed_line(formation, there, heading, length)
    along = vessel.along
    if math.dist(there, track.at(along)) < AHEAD:
        along = min(along + (speed + math.hypot(u, w)) * span, track.length)
    now.become(boom=replace(vessel.boom, line=line), x=line[0][0], y=line[0][1], along=along)
    return along >= track.length and math.dist(there, track.at(track.length)) < AHEAD


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
