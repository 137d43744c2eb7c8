"""All that people may do to the world (CONTRACTS: Orders): tasks of units, the wind that control sets, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from khazri.response.vessel import TaskKind

__all__ = ["Failure", "FailureKind", "Orders", "TaskKind", "UnitTask", "WindOrder"]

FailureKind = Literal["engine", "gear"]


@dataclass(frozen=True)
class UnitTask:
    """What a unit was last told to do; `version` counts its orders, so that the same order given again begins anew."""

    kind: TaskKind
    geometry: tuple[tuple[float, float], ...]  # longitude, latitude [degrees]: a ring, a line, a point, nothing
    step: int  # before which it was given
    version: int
    target: str = ""  # a place, a unit or a release, by its ident
    parameters: Mapping[str, float] = field(default_factory=dict)  # in SI


@dataclass(frozen=True)
class Failure:
    """What control lets fail: a unit's engine (it lies still) or its gear (it cannot work)."""

    unit: str
    kind: FailureKind
    step: int  # from which on
    until_step: int | None = None  # None: until the end


@dataclass(frozen=True)
class WindOrder:
    """A wind that control sets over a whole site from a step on, until the next such order."""

    site: str
    step: int
    speed: float  # at 10 m [m s-1]
    from_bearing: float  # [rad], clockwise from true north


@dataclass(frozen=True)
class Orders:
    """Orders in force during one step."""

    source_open: dict[str, bool] = field(default_factory=dict)  # release ident -> still flowing; absent: as planned
    tasks: dict[str, UnitTask] = field(default_factory=dict)  # unit ident -> its task; absent: none was given yet
    winds: tuple[WindOrder, ...] = ()  # in the order they were given
    failures: tuple[Failure, ...] = ()  # in the order they were given
