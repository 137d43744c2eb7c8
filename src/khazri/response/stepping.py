"""A unit's step: it takes its order, moves, works; every change of state has a reason and an event.

berthed -> mobilising -> to_task -> working -> (full) to_berth -> offloading -> to_task -> working ...
A boom vessel: working (lays) -> holding -> (another order) to_boom -> recovering -> to_task or waiting.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import AT_BERTH, Acting, Quay, go_to_berth, go_to_boom, halt, must_return, share_in_seas
from khazri.response.conditions import Conditions
from khazri.response.fleet import Unit
from khazri.response.grounding import heed_ground
from khazri.response.laying import recover_boom
from khazri.response.limits import heed_limits
from khazri.response.mooring import heed_anchors
from khazri.response.plans import COLLECTED, HOMEWARD
from khazri.response.sea import Sea
from khazri.response.sensors import carries_sensors
from khazri.response.setting_out import set_out
from khazri.response.trades import LONGEST, SUBSTEP, TRADES, until
from khazri.response.vessel import Task, Vessel
from khazri.response.waters import LEAST_SPEED, MARGINAL, MARGINAL_SPEED

REFUELLING: Final = 3600.0  # [s] at its berth, after it had to be back


def act(
    unit: Unit,
    vessel: Vessel,
    sea: Sea,
    task: Task | None,
    *,
    dt: float,
    failed: str = "",
    quays: dict[str, Quay] | None = None,
    conditions: Conditions | None = None,
) -> Acting:
    """The unit through one step of `dt` seconds under its order; `failed`: what control let fail on it; `quays`: the bases, of
    whose room it takes its part; `conditions`: where it is, if they are known.
    """
    now = Acting(unit, vessel, sea, conditions or sea.conditions(vessel.point), left=dt, quays=quays or {})
    heed_failure(now, failed)
    if task is not None and (vessel.task is None or task.version != vessel.task.version):
        take(now, task)
    if failed == v.ENGINE:  # it lies at anchor where it is
        heed_anchors(now, dt)
        return now
    if heed_ground(now, dt):
        heed_anchors(now, dt)
        if now.vessel.phase not in AT_BERTH:
            now.become(away=now.vessel.away + dt, duty=now.vessel.duty + dt)
        return now
    heed_limits(now)
    keeps_trail = carries_sensors(unit)
    while now.left > 0.0:
        span = min(stride(now), now.left)
        now.left -= span
        if now.vessel.phase not in AT_BERTH:
            now.become(away=now.vessel.away + span, duty=now.vessel.duty + span)
            if must_return(now):
                go_to_berth(now, v.ENDURANCE)
            elif now.vessel.duty >= unit.shift and now.vessel.phase != "to_berth":
                go_to_berth(now, v.CREW)
        before = now.vessel.point
        advance(now, span)
        if keeps_trail and now.vessel.point != before:
            now.trail += [now.vessel.point] if now.trail else [before, now.vessel.point]
    heed_anchors(now, dt)
    if now.trail:
        now.become(path=(*now.vessel.path, *now.trail))
    return now


def stride(now: Acting) -> float:
    """How long a unit goes on with what it does before it is asked again [s]: until that is over, as far as that is known."""
    vessel, track = now.vessel, now.vessel.track
    match vessel.phase:
        case "mobilising" | "refuelling" | "resting":
            return until(vessel.timer)
        case "to_task" | "to_berth" | "to_boom" | "to_oil" | "searching":
            assert track is not None, "a unit under way has a track"
            goal = track.next_turn(vessel.along) if carries_sensors(now.unit) else track.length
            return until((goal - vessel.along) / (now.unit.speed * share_of_speed(now)))
        case "working":
            assert vessel.task is not None, "a unit works at a task"
            return TRADES[vessel.task.kind].stride(now)
        case "offloading" | "recovering":
            return SUBSTEP
        case _:
            return LONGEST


def heed_failure(now: Acting, failed: str) -> None:
    """That something failed, or works again, is told once."""
    if failed == now.vessel.failed:
        return
    now.become(failed=failed)
    now.tell(e.UNIT_DISABLED if failed else e.UNIT_REPAIRED)


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
    elif task.kind in HOMEWARD and vessel.phase in AT_BERTH:
        now.become(phase="berthed", reason=v.RELEASED if task.kind == "release" else "", timer=0.0)
    elif vessel.phase == "berthed":
        now.become(phase="mobilising", reason="", timer=now.unit.mobilisation)
    elif vessel.phase == "offloading" and not (vessel.reason == v.BASE_FULL and task.target):
        now.become(reason=v.STORAGE_FULL)
    elif vessel.phase not in ("mobilising", "refuelling", "resting"):
        set_out(now)


def advance(now: Acting, span: float) -> None:
    """One sub-step."""
    match now.vessel.phase:
        case "mobilising":
            now.become(timer=now.vessel.timer - span)
            if now.vessel.timer <= 0.0:
                now.become(timer=0.0, away=0.0)
                set_out(now)
        case "refuelling" | "resting":
            now.become(timer=now.vessel.timer - span)
            if now.vessel.timer <= 0.0:
                if now.vessel.reason == v.RELOAD:
                    now.become(spent=0.0)
                now.become(phase="berthed", timer=0.0)
                go_on(now)
        case "to_task" | "to_berth" | "to_boom":
            if follow(now, span):
                arrive(now)
        case "to_oil" | "searching":
            if follow(now, span):
                assert now.vessel.task is not None, "a unit seeks oil for a task"
                now.become(searched=now.vessel.phase == "searching", phase="working")
                TRADES[now.vessel.task.kind].begin(now)
        case "working":
            assert now.vessel.task is not None, "a unit works at a task"
            TRADES[now.vessel.task.kind].work(now, span)
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
    speed = now.unit.speed * share_of_speed(now)
    along = min(vessel.along + speed * span, track.length)
    x, y = track.at(along)
    now.become(x=x, y=y, along=along)
    return along >= track.length


def share_of_speed(now: Acting) -> float:
    """What a unit makes good of its speed in transit [1]: in ice, in waves beyond its limit, where it sounds its way."""
    unit, conditions, share = now.unit, now.conditions, share_in_seas(now)
    if unit.medium == "water":
        share *= max(1.0 - conditions.ice, LEAST_SPEED)
        if now.sea.waters.state_for(unit.draft, *now.sea.waters.cell(now.vessel.point)) == MARGINAL:
            share *= MARGINAL_SPEED
    return share


def arrive(now: Acting) -> None:
    """At the end of a way."""
    vessel = now.vessel
    match vessel.phase:
        case "to_task":
            assert vessel.task is not None
            now.tell(e.UNIT_RESUMED if vessel.worked else e.UNIT_ARRIVED)
            now.become(phase="working", reason="", worked=True, left_at=None, searched=False, patch=None, about=())
            TRADES[vessel.task.kind].begin(now)
        case "to_boom":
            assert vessel.boom is not None
            now.become(phase="recovering", boom=replace(vessel.boom, state="recovering"))
        case _:
            if vessel.fluid > 0.0 and now.unit.offload > 0.0:
                now.become(phase="offloading", track=None, along=0.0)
            else:
                lie_at_berth(now)


def lie_at_berth(now: Acting) -> None:
    """Alongside, with an empty tank: out again if that was all, else it stays."""
    reason = now.vessel.reason
    task = now.vessel.task
    now.become(away=0.0, track=None, along=0.0)
    if reason == v.STORAGE_FULL and task is not None and task.kind in COLLECTED:
        now.become(phase="berthed")
        set_out(now, v.RESUMING)
        return
    if reason == v.RELOAD:
        now.become(phase="refuelling", timer=now.unit.reload or REFUELLING)
        return
    if reason == v.CREW:
        now.become(phase="resting", timer=now.unit.rest, duty=0.0)
        return
    if reason == v.ENDURANCE and now.vessel.boom is None:  # a boom is left as it lies until the next order
        now.become(phase="refuelling", timer=REFUELLING)
        return
    now.become(phase="berthed", duty=0.0)
    if reason != v.STAND_BY:
        now.tell(e.UNIT_STOPPED, reason=reason)


def go_on(now: Acting) -> None:
    """Out again to its task, refuelled or rested, if there is one to go on with."""
    task = now.vessel.task
    if task is not None and task.kind not in HOMEWARD:
        set_out(now, v.RESUMING)
    else:
        now.become(reason="")


def offload(now: Acting, span: float) -> None:
    """Pump ashore, as fast as the base takes it and as long as it has room; what is left keeps its composition."""
    vessel, quay = now.vessel, now.quays.get(now.unit.base)
    pumped = min(now.unit.offload * span, vessel.fluid)
    if quay is not None:
        pumped = min(pumped, quay.offload * span, quay.room)
        quay.room -= pumped
        if pumped <= 0.0:
            if vessel.reason != v.BASE_FULL:
                now.become(reason=v.BASE_FULL)
                now.tell(e.UNIT_STOPPED, reason=v.BASE_FULL, fluid=vessel.fluid)
            return
    fluid = vessel.fluid - pumped
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
