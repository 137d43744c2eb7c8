"""A unit's step: it takes its order, moves, works; every change of state has a reason and an event.

berthed -> mobilising -> to_task -> working -> (full) to_berth -> offloading -> to_task -> working ...
A boom vessel: working (lays) -> holding -> (another order) to_boom -> recovering -> to_task or waiting.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import AT_BERTH, Acting, go_to_berth, go_to_boom, halt, must_return, set_out
from khazri.response.fleet import Unit
from khazri.response.laying import begin_boom, lay_boom, recover_boom
from khazri.response.sea import Sea
from khazri.response.sweeping import SKIMMING, begin_sweep, sweep
from khazri.response.vessel import Task, Vessel
from khazri.response.waters import MARGINAL, MARGINAL_SPEED

SUBSTEP: Final = 10.0  # [s]
CALMER: Final = 0.9  # of its wave limit, below which a unit goes on


def act(unit: Unit, vessel: Vessel, sea: Sea, task: Task | None, *, dt: float) -> Acting:
    """The unit through one step of `dt` seconds under its order."""
    now = Acting(unit, vessel, sea, sea.conditions(vessel.point), left=dt)
    if task is not None and (vessel.task is None or task.version != vessel.task.version):
        take(now, task)
    heed_waves(now)
    while now.left > 0.0:
        span = min(SUBSTEP, now.left)
        now.left -= span
        if now.vessel.phase not in AT_BERTH:
            now.become(away=now.vessel.away + span)
            if must_return(now):
                go_to_berth(now, v.ENDURANCE)
        advance(now, span)
    return now


def take(now: Acting, task: Task) -> None:
    """Begin what was ordered, or stop what is being done."""
    vessel = now.vessel
    now.become(task=task, worked=False, left_at=None)
    if task.kind == "stand_by":
        if vessel.phase == "offloading":
            now.become(reason=v.STAND_BY)
        elif vessel.phase in AT_BERTH:
            now.become(phase="berthed", reason=v.STAND_BY, timer=0.0)
        elif vessel.boom is not None:
            go_to_boom(now, v.STAND_BY)
        else:
            halt(now, v.STAND_BY)
    elif vessel.phase == "berthed":
        now.become(phase="mobilising", reason="", timer=now.unit.mobilisation)
    elif vessel.phase == "offloading":
        now.become(reason=v.STORAGE_FULL)
    elif vessel.phase != "mobilising":
        set_out(now)


def heed_waves(now: Acting) -> None:
    """Work stops at the unit's wave limit and goes on when the sea is somewhat below it."""
    height, limit = now.conditions.wave_height, now.unit.wave_limit
    if now.vessel.phase in SKIMMING and height >= limit:
        now.become(phase="waiting", reason=v.WAVES)
        now.tell(e.UNIT_STOPPED, wave_height=height)
    elif now.vessel.phase == "waiting" and now.vessel.reason == v.WAVES and height < CALMER * limit:
        now.tell(e.UNIT_RESUMED, wave_height=height)
        if now.vessel.boom is not None:
            now.become(phase="working", reason="")
        else:
            begin_sweep(now)


def advance(now: Acting, span: float) -> None:
    """One sub-step."""
    match now.vessel.phase:
        case "mobilising":
            now.become(timer=now.vessel.timer - span)
            if now.vessel.timer <= 0.0:
                now.become(timer=0.0, away=0.0)
                set_out(now)
        case "to_task" | "to_berth" | "to_boom":
            if follow(now, span):
                arrive(now)
        case "to_oil" | "searching":
            if follow(now, span):
                now.become(searched=now.vessel.phase == "searching")
                begin_sweep(now)
        case "working":
            if now.vessel.boom is not None:
                lay_boom(now, span)
            else:
                sweep(now, span)
        case "recovering":
            recover_boom(now, span)
        case "offloading":
            offload(now, span)
        case _:
            pass


def follow(now: Acting, span: float) -> bool:
    """Move along the track at transit speed; True: its end is reached."""
    vessel, track = now.vessel, now.vessel.track
    assert track is not None, "a unit under way has a track"
    speed = now.unit.speed
    if now.sea.waters.state_for(now.unit.draft, *now.sea.waters.cell(vessel.point)) == MARGINAL:
        speed *= MARGINAL_SPEED
    along = min(vessel.along + speed * span, track.length)
    x, y = track.at(along)
    now.become(x=x, y=y, along=along)
    return along >= track.length


def arrive(now: Acting) -> None:
    """At the end of a way."""
    vessel = now.vessel
    match vessel.phase:
        case "to_task":
            assert vessel.task is not None
            now.tell(e.UNIT_RESUMED if vessel.worked else e.UNIT_ARRIVED)
            now.become(phase="working", reason="", worked=True, left_at=None, searched=False, patch=None)
            if vessel.task.kind == "boom":
                begin_boom(now)
            else:
                begin_sweep(now)
        case "to_boom":
            assert vessel.boom is not None
            now.become(phase="recovering", boom=replace(vessel.boom, state="recovering"))
        case _:
            if vessel.fluid > 0.0:
                now.become(phase="offloading", track=None, along=0.0)
            else:
                lie_at_berth(now)


def lie_at_berth(now: Acting) -> None:
    """Alongside, with an empty tank: out again if that was all, else it stays."""
    reason = now.vessel.reason
    task = now.vessel.task
    now.become(away=0.0, track=None, along=0.0)
    if reason == v.STORAGE_FULL and task is not None and task.kind == "skim":
        now.become(phase="berthed")
        set_out(now, v.RESUMING)
        return
    now.become(phase="berthed")
    if reason != v.STAND_BY:
        now.tell(e.UNIT_STOPPED)


def offload(now: Acting, span: float) -> None:
    """Pump ashore; what is left keeps its composition."""
    vessel = now.vessel
    fluid = vessel.fluid - now.unit.offload * span
    if fluid > 0.0:
        share = fluid / vessel.fluid
        now.become(
            fluid=fluid,
            emulsion=vessel.emulsion * share,
            oil=vessel.oil * share,
            landed=vessel.landed + vessel.fluid - fluid,
        )
        return
    now.become(fluid=0.0, emulsion=0.0, oil=0.0, landed=vessel.landed + vessel.fluid)
    now.tell(e.STORAGE_EMPTIED, fluid=now.vessel.landed)
    lie_at_berth(now)
