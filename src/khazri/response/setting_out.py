"""From where a unit lies to where its task begins."""

from __future__ import annotations

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, go_to_berth, go_to_boom, halt, is_full
from khazri.response.planning import plan_route
from khazri.response.plans import COLLECTED, plan_work
from khazri.response.refused import Cannot


def set_out(now: Acting, reason: str = "") -> None:
    """Go to the task; a boom that is out is recovered first, a tank that is full emptied."""
    task = now.vessel.task
    assert task is not None, "a unit sets out on a task"
    if now.vessel.boom is not None:
        go_to_boom(now, v.STAND_BY if task.kind == "recover_boom" else v.NEW_TASK)
        return
    if task.kind == "offload" and not task.target:
        go_to_berth(now, v.DONE)
        return
    if task.kind == "release":
        go_to_berth(now, v.RELEASED)
        return
    if task.kind == "stand_by":
        halt(now, v.STAND_BY)
        return
    if task.kind in COLLECTED and is_full(now.unit, now.vessel):
        go_to_berth(now, v.STORAGE_FULL)
        return
    near = now.vessel.left_at or now.vessel.point
    work = plan_work(now.sea, now.unit, task, near)
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
        phase="to_task",
        reason=reason,
        track=route.track,
        along=0.0,
        home=home.cost / now.unit.speed,
        home_from=start,
        line=work.track.points,
    )
    if not reason:
        now.tell(e.UNIT_STARTED, distance=route.track.length)
