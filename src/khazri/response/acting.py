"""A unit's step: it takes its order, moves, works; every change of state has a reason and an event.

berthed -> mobilising -> to_task -> working -> (full) to_berth -> offloading -> to_task -> working ...
A boom vessel: working (lays) -> holding -> (another order) to_boom -> recovering -> to_task or waiting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.catalogue import RECOVERY_SLOWNESS
from khazri.response.conditions import Conditions
from khazri.response.events import Event
from khazri.response.fleet import Unit
from khazri.response.planning import plan_route, plan_work
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.track import Point, Track
from khazri.response.vessel import LaidBoom, Task, Vessel
from khazri.response.waters import MARGINAL, MARGINAL_SPEED

SUBSTEP: Final = 10.0  # [s]
CALMER: Final = 0.9  # of its wave limit, below which a unit goes on
SLOWEST: Final = 0.1  # of its working speed that a unit makes good against any current
AT_BERTH: Final = frozenset({"berthed", "mobilising", "offloading"})

Quad = tuple[Point, Point, Point, Point]


@dataclass
class Acting:
    """One unit during one step."""

    unit: Unit
    vessel: Vessel
    sea: Sea
    conditions: Conditions
    events: list[Event] = field(default_factory=list)
    quads: list[Quad] = field(default_factory=list)  # swept, as the oil lies at the end of the step
    worked: float = 0.0  # skimming in this step [s]
    left: float = 0.0  # of the step [s]

    def become(self, **changes: object) -> None:
        """The vessel with `changes`."""
        self.vessel = replace(self.vessel, **changes)  # type: ignore[arg-type]

    def tell(self, kind: str, **values: float) -> None:
        """An event of this unit."""
        self.events.append(Event(kind, self.unit.ident, values))


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


def set_out(now: Acting, reason: str = "") -> None:
    """Go to the task; a boom that is out is recovered first, a tank that is full emptied."""
    task = now.vessel.task
    assert task is not None, "a unit sets out on a task"
    if now.vessel.boom is not None:
        go_to_boom(now, v.NEW_TASK)
        return
    if task.kind == "stand_by":
        halt(now, v.STAND_BY)
        return
    if is_full(now.unit, now.vessel):
        go_to_berth(now, v.STORAGE_FULL)
        return
    near = now.vessel.left_at or now.vessel.point
    work = plan_work(now.sea, now.unit, task.kind, task.geometry, near)
    if isinstance(work, Cannot):
        halt(now, work.code)
        return
    start = now.vessel.left_at or work.start
    route = plan_route(now.sea, now.unit, now.vessel.point, start)
    home = plan_route(now.sea, now.unit, start, now.vessel.berth)
    for found in (route, home):
        if isinstance(found, Cannot):
            halt(now, found.code)
            return
    assert not isinstance(route, Cannot)
    assert not isinstance(home, Cannot)
    now.become(
        phase="to_task", reason=reason, track=route.track, along=0.0, home=home.cost / now.unit.speed, home_from=start
    )
    if not reason:
        now.tell(e.UNIT_STARTED, distance=route.track.length)


def halt(now: Acting, reason: str) -> None:
    """Stop where it is, and say why."""
    berthed = now.vessel.phase in AT_BERTH
    now.become(phase="berthed" if berthed else "waiting", reason=reason, track=None, along=0.0, timer=0.0)
    now.tell(e.UNIT_STOPPED)


def go_to_berth(now: Acting, reason: str) -> None:
    """Home, to empty its tank or because it must be back."""
    route = plan_route(now.sea, now.unit, now.vessel.point, now.vessel.berth)
    if isinstance(route, Cannot):
        halt(now, route.code)
        return
    leaving = now.vessel.point if now.vessel.phase in ("working", "to_oil") else now.vessel.left_at
    now.become(phase="to_berth", reason=reason, track=route.track, along=0.0, left_at=leaving)


def go_to_boom(now: Acting, reason: str) -> None:
    """To the end of its boom, to take it in."""
    boom = now.vessel.boom
    assert boom is not None, "there is a boom to recover"
    route = plan_route(now.sea, now.unit, now.vessel.point, Track(boom.line).at(boom.laid))
    if isinstance(route, Cannot):
        halt(now, route.code)
        return
    now.become(phase="to_boom", reason=reason, track=route.track, along=0.0)


def must_return(now: Acting) -> bool:
    """Whether what is left of its endurance is what the way home takes; the way is at most that by its task."""
    vessel, unit = now.vessel, now.unit
    if vessel.phase == "to_berth":
        return False
    home = vessel.home + math.dist(vessel.point, vessel.home_from) / unit.speed
    return vessel.away + home >= unit.endurance


def heed_waves(now: Acting) -> None:
    """Work stops at the unit's wave limit and goes on when the sea is somewhat below it."""
    height, limit = now.conditions.wave_height, now.unit.wave_limit
    if now.vessel.phase in ("working", "to_oil") and height >= limit:
        now.become(phase="waiting", reason=v.WAVES)
        now.tell(e.UNIT_STOPPED, wave_height=height)
    elif now.vessel.phase == "waiting" and now.vessel.reason == v.WAVES and height < CALMER * limit:
        now.become(phase="working", reason="")
        now.tell(e.UNIT_RESUMED, wave_height=height)


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
        case "to_oil":
            if follow(now, span):
                begin_sweep(now)
        case "working":
            work(now, span)
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
            now.become(phase="working", reason="", worked=True, left_at=None)
            if vessel.task.kind == "boom":
                line = vessel.task.geometry
                now.become(boom=LaidBoom(line, 0.0, "laying"), track=Track(line), along=0.0)
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


def begin_sweep(now: Acting) -> None:
    """Lay out the legs with the wind as it is, from where the unit is."""
    task = now.vessel.task
    assert task is not None
    work = plan_work(now.sea, now.unit, "skim", task.geometry, now.vessel.point)
    if isinstance(work, Cannot):
        halt(now, work.code)
        return
    now.become(phase="working", track=Track((now.vessel.point, *work.track.points)), along=0.0)


def work(now: Acting, span: float) -> None:
    """Sweep, or lay the boom."""
    vessel = now.vessel
    assert vessel.track is not None
    if vessel.boom is not None:
        laid = min(vessel.boom.laid + now.unit.working_speed * span, vessel.track.length)
        done = laid >= vessel.track.length
        x, y = vessel.track.at(laid)
        boom = replace(vessel.boom, laid=laid, state="set" if done else "laying")
        now.become(x=x, y=y, along=laid, boom=boom, phase="holding" if done else "working")
        if done:
            now.tell(e.BOOM_SET, length=laid)
        return
    sweep(now, span)


def sweep(now: Acting, span: float) -> None:
    """Go on along the legs at working speed through the water, and note what was swept."""
    now.worked += span
    until_end = now.left + span
    while span > 1e-9:
        vessel, track = now.vessel, now.vessel.track
        assert track is not None
        if vessel.along >= track.length:
            begin_sweep(now)
            if now.vessel.phase != "working":
                return
            continue
        heading = track.direction(vessel.along)
        speed = over_ground(now.unit.working_speed, heading, now.conditions.current)
        to_turn = track.next_turn(vessel.along) - vessel.along
        taken = min(span, to_turn / speed)
        along = track.next_turn(vessel.along) if taken < span else vessel.along + speed * taken
        end = track.at(along)
        now.quads.append(_quad(now, vessel.point, end, until_end, taken))
        now.become(x=end[0], y=end[1], along=along)
        span -= taken
        until_end -= taken


def over_ground(through_water: float, heading: Point, current: Point) -> float:
    """Speed made good along `heading` in a current, holding the line; a tenth at least."""
    along = heading[0] * current[0] + heading[1] * current[1]
    across = heading[0] * current[1] - heading[1] * current[0]
    made = along + math.sqrt(max(through_water * through_water - across * across, 0.0))
    return max(made, SLOWEST * through_water)


def _quad(now: Acting, start: Point, stop: Point, until_end: float, taken: float) -> Quad:
    """What the mouth swept, carried on with the oil to the end of the step, when particles are looked for in it."""
    length = math.dist(start, stop)
    if length <= 0.0:
        return start, start, stop, stop
    nx, ny = -(stop[1] - start[1]) / length, (stop[0] - start[0]) / length
    half, (u, w) = 0.5 * now.unit.swath, now.conditions.drift
    t0, t1 = until_end, until_end - taken
    return (
        (start[0] + nx * half + u * t0, start[1] + ny * half + w * t0),
        (stop[0] + nx * half + u * t1, stop[1] + ny * half + w * t1),
        (stop[0] - nx * half + u * t1, stop[1] - ny * half + w * t1),
        (start[0] - nx * half + u * t0, start[1] - ny * half + w * t0),
    )


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


def is_full(unit: Unit, vessel: Vessel) -> bool:
    """Whether nothing worth it goes into the tank."""
    return unit.storage > 0.0 and vessel.fluid >= FULL * unit.storage


FULL: Final = 0.995  # of its storage at which a tank counts as full
