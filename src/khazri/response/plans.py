"""Which plan goes with which task: where it begins and what the unit follows there, or why it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from khazri.response.catalogue import tasks_of
from khazri.response.courses import plan_offload, plan_patrol, plan_protect, plan_shut, plan_survey, plan_tow
from khazri.response.fleet import Unit
from khazri.response.planning import Work, place_of, plan_boom, plan_skim
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.track import Point
from khazri.response.treating import plan_clean, plan_legs, plan_spray, plan_tow_boom
from khazri.response.vessel import Task, TaskKind

Plan = Callable[[Sea, Unit, Task, Point], Work | Cannot]

PLANS: Final[dict[TaskKind, Plan]] = {
    "skim": plan_skim,
    "skim_thickest": plan_skim,
    "boom": plan_boom,
    "protect": plan_protect,
    "survey": plan_survey,
    "patrol": plan_patrol,
    "offload": plan_offload,
    "tow": plan_tow,
    "shut_source": plan_shut,
    "spray": plan_spray,
    "burn": plan_legs,
    "tow_boom": plan_tow_boom,
    "clean_shore": plan_clean,
}
SKIMMED: Final[frozenset[TaskKind]] = frozenset({"skim", "skim_thickest"})
LAID: Final[frozenset[TaskKind]] = frozenset({"boom", "protect"})
COLLECTED: Final[frozenset[TaskKind]] = SKIMMED | {"tow_boom"}  # a pair's J has a skimmer in its pocket
HOMEWARD: Final[frozenset[TaskKind]] = frozenset({"stand_by", "release", "recover_boom"})  # nothing to plan


def plan_work(sea: Sea, unit: Unit, task: Task, near: Point) -> Work | Cannot:
    """What the unit would follow, from `near`; the task's geometry is on the plane."""
    if task.kind not in PLANS or task.kind not in tasks_of(unit.kind):
        return Cannot("unit_cannot", {"unit": unit.ident, "unit_kind": unit.kind, "task": task.kind})
    for point in task.geometry:
        if not sea.waters.within(*sea.waters.cell(point)):
            return Cannot("outside_site", place_of(sea, point))
    return PLANS[task.kind](sea, unit, task, near)
