"""A partner that nobody has ordered comes by itself to the unit that is to tow a boom with it, and goes home after.

What it is told so has a version below 0, which no order of a person has: any of those takes it away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from khazri.response.catalogue import tasks_of
from khazri.response.fleet import Unit
from khazri.response.vessel import Task, Vessel

BESIDE: Final = 1.0  # [m] of a way on which it waits
AGAIN: Final = 1_000_000  # below the version of the call: what sends it home


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
            told[task.target] = Task("patrol", ((x, y), (x + BESIDE, y)), -1 - task.version)
    for ident, vessel in free.items():
        if ident not in told and vessel.task is not None:
            home = vessel.task.version if vessel.task.kind == "release" else vessel.task.version - AGAIN
            told[ident] = Task("release", (), home)
    return told


def was_called(vessel: Vessel) -> bool:
    """Whether it came by itself."""
    return vessel.task is not None and vessel.task.version < 0
