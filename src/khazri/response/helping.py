"""A unit that serves others: it takes over what they recovered, tows them, or shuts what leaks."""

from __future__ import annotations

import math
from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, Handed, halt
from khazri.response.courses import source_near
from khazri.response.setting_out import set_out
from khazri.response.track import Track

ALONGSIDE: Final = 300.0  # [m] within which a hose reaches, or a line


def begin_handover(now: Acting) -> None:
    """Alongside; where the other has moved on, after it."""
    assert now.vessel.task is not None
    fellow = now.sea.fellows.get(now.vessel.task.target)
    if fellow is not None and math.dist(fellow.point, now.vessel.point) > ALONGSIDE:
        set_out(now, v.RESUMING)


def hand_over(now: Acting, span: float) -> None:
    """Pump from the own tank into the other's, as fast as the own pump does."""
    vessel = now.vessel
    assert vessel.task is not None
    fellow = now.sea.fellows.get(vessel.task.target)
    given = sum(each.fluid for each in now.handed)
    room = 0.0 if fellow is None else fellow.storage - fellow.fluid - given
    fluid = min(now.unit.offload * span, vessel.fluid, room)
    if fluid <= 0.0:
        if vessel.fluid <= 0.0 and vessel.handed > 0.0:
            now.tell(e.STORAGE_EMPTIED, fluid=vessel.handed)
        halt(now, v.DONE if vessel.fluid <= 0.0 else v.NOTHING_TO_PUMP)
        return
    share = fluid / vessel.fluid
    handed = Handed(vessel.task.target, fluid, vessel.emulsion * share, vessel.oil * share)
    now.handed.append(handed)
    now.become(
        fluid=vessel.fluid - fluid, emulsion=vessel.emulsion - handed.emulsion, oil=vessel.oil - handed.oil,
        handed=vessel.handed + fluid,
    )  # fmt: skip


def begin_tow(now: Acting) -> None:
    """The line is fast."""
    now.become(track=Track(now.vessel.line), along=0.0)


def tow(now: Acting, span: float) -> None:
    """Along the way at towing speed, the other behind."""
    vessel, track = now.vessel, now.vessel.track
    assert track is not None, "a unit that tows has a way"
    assert vessel.task is not None
    now.towing = vessel.task.target
    along = min(vessel.along + now.unit.working_speed * span, track.length)
    x, y = track.at(along)
    now.become(x=x, y=y, along=along)
    if along >= track.length:
        halt(now, v.DONE)


def begin_to_shut(now: Acting) -> None:
    """On the spot."""
    now.become(spent=0.0, track=None, along=0.0)


def shut(now: Acting, span: float) -> None:
    """Work on the source until it is shut."""
    vessel = now.vessel
    assert vessel.task is not None
    found = source_near(now.sea, vessel.task.geometry[0])
    if found is None:
        halt(now, v.DONE)
        return
    now.become(spent=vessel.spent + span)
    if now.vessel.spent >= now.unit.shut_time:
        now.become(shut=(*vessel.shut, found[0]))
        now.tell(e.SOURCE_SHUT)
        halt(now, v.DONE)
