"""A boom vessel at work: it lays its boom along the line, and takes it in again from the far end."""

from __future__ import annotations

from dataclasses import replace

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, halt
from khazri.response.catalogue import RECOVERY_SLOWNESS
from khazri.response.setting_out import set_out
from khazri.response.track import Track
from khazri.response.vessel import LaidBoom


def recover_boom(now: Acting, span: float) -> None:
    """Take the boom in from its far end; not in waves beyond the limit."""
    boom = now.vessel.boom
    assert boom is not None
    if now.conditions.wave_height >= now.unit.wave_limit:
        return
    laid = max(boom.laid - now.unit.working_speed / RECOVERY_SLOWNESS * span, 0.0)
    if laid > 0.0:
        x, y = Track(boom.line).at(laid)
        now.become(x=x, y=y, boom=replace(boom, laid=laid))
        return
    x, y = boom.line[0]
    now.become(x=x, y=y, boom=None)
    now.tell(e.BOOM_RECOVERED)
    if now.vessel.reason == v.NEW_TASK:
        set_out(now)
    else:
        halt(now, v.STAND_BY)


def begin_boom(now: Acting) -> None:
    """At the first end of the line."""
    line = now.vessel.line
    now.become(boom=LaidBoom(line, 0.0, "laying"), track=Track(line), along=0.0)


def lay_boom(now: Acting, span: float) -> None:
    """The boom grows along the line, the vessel at its end."""
    vessel = now.vessel
    assert vessel.track is not None
    assert vessel.boom is not None
    laid = min(vessel.boom.laid + now.unit.working_speed * span, vessel.track.length)
    done = laid >= vessel.track.length
    x, y = vessel.track.at(laid)
    boom = replace(vessel.boom, laid=laid, state="set" if done else "laying")
    now.become(x=x, y=y, along=laid, boom=boom, phase="holding" if done else "working")
    if done:
        now.tell(e.BOOM_SET, length=laid)
