"""A partner that nobody has ordered comes by itself to the unit that is to tow a boom with it, and goes home after.

What it is told so has a version below 0, which no order of a person has: any of those takes it away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from khazri.response.catalogue import tasks_of
from khazri.response.fleet import Unit
from khazri.response.track import Point
from khazri.response.vessel import Task, TaskKind, Vessel

BESIDE: Final = 1.0  # [m] of a way on which it waits


def with_calls(units: Sequence[Unit], vessels: Sequence[Vessel], tasks: Mapping[str, Task]) -> dict[str, Task]:
    """The orders in force, and what follows from them for partners without one."""
    free = {
        unit.ident: vessel
        for unit, vessel in zip(units, vessels, strict=True)
        if unit.ident not in tasks
        and (vessel.task is None or vessel.task.version < 0)
        and "patrol" in tasks_of(unit.kind)
    }
    told = dict(tasks)
    for vessel in vessels:
        task, order = vessel.task, tasks.get(vessel.ident)
        stands = task is not None and task.kind == "tow_boom" and (order is None or order.version == task.version)
        if stands and task is not None and task.target in free and vessel.line:
            x, y = vessel.line[0]
            told[task.target] = _next(free[task.target], "patrol", ((x, y), (x + BESIDE, y)))
    for ident, vessel in free.items():
        if ident not in told and vessel.task is not None:
            told[ident] = _next(vessel, "release", ())
    return told


def _next(vessel: Vessel, kind: TaskKind, geometry: tuple[Point, ...]) -> Task:
    """What it is told already, or the same as a new order where that is something else."""
    task = vessel.task
    if task is not None and (task.kind, task.geometry) == (kind, geometry):
        return task
    return Task(kind, geometry, (task.version if task is not None else 0) - 1)


def was_called(vessel: Vessel) -> bool:
    """Whether it came by itself."""
    return vessel.task is not None and vessel.task.version < 0
