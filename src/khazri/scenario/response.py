"""Who does what and when, in a run that nobody plays: a pack's plan of response."""

from __future__ import annotations

import difflib
from typing import Annotated, Final, get_args

from pydantic import Field

from khazri.response.vessel import TaskKind
from khazri.scenario.kinds import CurrentSpeed, Ident, Moment, Parsed, Point, Section

TASKS: Final[tuple[str, ...]] = get_args(TaskKind)


def _task(value: object) -> str:
    if isinstance(value, str) and value in TASKS:
        return value
    near = difflib.get_close_matches(str(value), TASKS, n=1, cutoff=0.6)
    raise ValueError(f"a task; the nearest is {near[0]}" if near else f"a task: {', '.join(TASKS)}")


TaskName = Annotated[str, Parsed(_task, (("type", "string"), ("enum", list(TASKS))))]


class PlannedOrder(Section):
    """One order of the plan: at a moment a unit is told to do something, until its next order."""

    at: Moment
    unit: Ident
    task: TaskName
    area: tuple[Point, ...] | None = Field(default=None, max_length=64)
    line: tuple[Point, ...] | None = Field(default=None, max_length=64)
    point: Point | None = None
    target: Ident | None = None  # a place, or another unit
    speed: CurrentSpeed | None = None  # [m s-1] through the water, of a boom under tow

    @property
    def parameters(self) -> dict[str, float]:
        """As the unit is told them, in SI."""
        return {} if self.speed is None else {"speed": self.speed}

    @property
    def geometry(self) -> tuple[tuple[float, float], ...]:
        """Longitude and latitude [degrees]."""
        points = self.area or self.line or (() if self.point is None else (self.point,))
        return tuple((each.lon, each.lat) for each in points)
