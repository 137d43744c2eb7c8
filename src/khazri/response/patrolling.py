"""A unit that looks: along its legs at working speed; a survey ends, a patrol goes to and fro."""

from __future__ import annotations

from khazri.response import vessel as v
from khazri.response.acting import Acting, halt
from khazri.response.track import Track


def begin_legs(now: Acting) -> None:
    """At the first point of what was planned."""
    now.become(track=Track(now.vessel.line), along=0.0)


def follow_legs(now: Acting, span: float) -> None:
    """On along them."""
    vessel, track = now.vessel, now.vessel.track
    assert track is not None, "a unit that looks has legs"
    along = min(vessel.along + now.unit.working_speed * span, track.length)
    x, y = track.at(along)
    now.become(x=x, y=y, along=along)
    if along < track.length:
        return
    if vessel.task is not None and vessel.task.kind == "survey":
        halt(now, v.DONE)
    else:
        back = Track(tuple(reversed(track.points)))
        now.become(track=back, line=back.points, along=0.0)
