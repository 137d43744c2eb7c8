"""What a unit has become: where it is, what it is about, what it holds. Frozen: a step makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Final, Literal

from khazri.response.track import Point, Track

Phase = Literal[
    "berthed", "mobilising", "to_task", "working", "searching", "to_oil", "holding", "to_berth", "offloading", "to_boom", "recovering",
    "waiting", "refuelling", "resting",
]  # fmt: skip
State = Literal[
    "off", "mobilising", "transit", "on_task", "offloading", "refuelling", "resting", "stopped", "disabled", "released"
]
TaskKind = Literal[
    "skim", "skim_thickest", "boom", "recover_boom", "protect", "tow_boom", "spray", "burn", "survey", "patrol", "clean_shore",
    "offload", "tow", "shut_source", "stand_by", "release",
]  # fmt: skip
BoomState = Literal["laying", "set", "leaking", "dragging", "recovering"]

STATE_OF: Final[dict[Phase, State]] = {
    "berthed": "off", "mobilising": "mobilising", "to_task": "transit", "working": "on_task", "searching": "on_task",
    "to_oil": "on_task", "holding": "on_task", "to_berth": "transit", "offloading": "offloading", "to_boom": "transit",
    "recovering": "on_task", "waiting": "stopped", "refuelling": "refuelling", "resting": "resting",
}  # fmt: skip

TOWED: Final[frozenset[TaskKind]] = frozenset({"tow_boom", "burn"})  # tasks at which a boom moves with its unit
HOLDS_AFTER: Final = 600.0  # [s] without a leak after which a boom holds again

# Reasons, as codes; their words are the reader's.
STORAGE_FULL: Final = "storage_full"
ENDURANCE: Final = "endurance"  # it must be back
WAVES: Final = "waves"  # too high to work
STAND_BY: Final = "stand_by"  # told to
CALLED: Final = "called"  # by the unit that is to tow a boom with it
RESUMING: Final = "resuming"  # on the way back to its task
NO_WAY_HOME: Final = "no_way_home"
NOTHING_TO_SWEEP: Final = "nothing_to_sweep"  # no water deep enough in its area
NEW_TASK: Final = "new_task"  # recovers its boom before it lays another
WIND: Final = "wind"  # too strong to work
DARK: Final = "dark"  # no daylight to work by
VISIBILITY: Final = "visibility"  # too poor to work
ICE: Final = "ice"  # too much of it to work
CREW: Final = "crew"  # has worked its shift
RELEASED: Final = "released"  # no longer needed
ENGINE: Final = "engine"  # has failed
GEAR: Final = "gear"  # has failed
RELOAD: Final = "reload"  # out of dispersant or fire boom
DONE: Final = "done"  # its task is finished
BASE_FULL: Final = "base_full"  # where it discharges there is no room
NOTHING_TO_PUMP: Final = "nothing_to_pump"  # its own tank is empty, or the other full


@dataclass(frozen=True)
class Task:
    """What a unit was last told, on the plane; `version` counts its orders."""

    kind: TaskKind
    geometry: tuple[Point, ...]
    version: int
    target: str = ""  # a place, a unit or a release, by its ident
    parameters: Mapping[str, float] = field(default_factory=dict)  # in SI


@dataclass(frozen=True)
class LaidBoom:
    """A boom in the water: the first `laid` metres of `line`."""

    line: tuple[Point, ...]
    laid: float  # [m]
    state: BoomState
    quiet: float = HOLDS_AFTER  # since it last leaked, as far as that matters [s]
    held: float = 0.0  # oil before it now [kg]
    leaked: float = 0.0  # oil that has passed it in all [kg]
    age: float = 0.0  # in the water [s]
    dragging: bool = False  # its anchors do not hold it

    @property
    def in_water(self) -> tuple[Point, ...]:
        """The line as far as it is laid."""
        return _first(self.line, self.laid)


@lru_cache(maxsize=1024)
def _first(line: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """The first `length` metres of a line: a boom lies for hours, and is asked for several times a step."""
    return Track(line).first(length)


@dataclass(frozen=True)
class Vessel:
    """One unit at the end of a step."""

    ident: str
    x: float  # on the plane of its site [m]
    y: float
    phase: Phase = "berthed"
    reason: str = ""
    task: Task | None = None
    track: Track | None = None  # what it follows
    line: tuple[Point, ...] = ()  # what its task was planned along
    along: float = 0.0  # of the track [m]
    timer: float = 0.0  # until it has mobilised [s]
    away: float = 0.0  # since it left its berth [s]
    berth: Point = (0.0, 0.0)  # where it lay at the start
    home: float = 0.0  # under way from `home_from` to its berth [s]
    home_from: Point = (0.0, 0.0)
    left_at: Point | None = None  # where it broke off its task
    patch: Point | None = None  # of oil, that it sweeps now
    about: tuple[Point, ...] = ()  # the outline of oil that it sprays now
    searched: bool = False  # its area, in vain
    fluid: float = 0.0  # on board: oil, the water in it, and free water [m3]
    emulsion: float = 0.0  # of that [m3]
    oil: float = 0.0  # of that, without any water [kg]
    recovered: float = 0.0  # oil taken in all [kg]
    viscosity: float = 0.0  # kinematic, of the oil that it skimmed last [m2 s-1]; 0: not known
    landed: float = 0.0  # fluid brought ashore in all [m3]
    handed: float = 0.0  # fluid given to other units in all [m3]
    received: float = 0.0  # fluid taken over from them in all [m3]
    boom: LaidBoom | None = None
    failed: str = ""  # what control let fail: "engine", "gear"
    duty: float = 0.0  # of its crew since it rested [s]
    lit: bool = False  # its fire burns
    spent: float = 0.0  # of what its task takes: dispersant [m3], burns, time at the source [s]
    treated: float = 0.0  # oil dispersed, burned or cleaned in all [kg]
    waste: float = 0.0  # waste made in all [m3]
    shut: tuple[str, ...] = ()  # releases that it has shut
    seeing: bool = False  # oil, when it last looked
    looked: float = -1.0  # when it last looked [s]; negative: never
    path: tuple[Point, ...] = ()  # since it last looked, of units that are there to look
    worked: bool = False  # has reached where its task is, since it was given
    aground: bool = False  # the sea has fallen below its draft

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.x, self.y

    @property
    def state(self) -> State:
        """As others see it."""
        if self.failed == ENGINE:
            return "disabled"
        if self.aground:
            return "stopped"
        if self.phase == "berthed" and self.reason == RELEASED:
            return "released"
        if self.phase == "berthed" and self.reason not in ("", STAND_BY, DONE):
            return "stopped"
        return STATE_OF[self.phase]


_NAMES: Final = frozenset(each.name for each in fields(Vessel))


def changed(vessel: Vessel, changes: Mapping[str, Any]) -> Vessel:
    """The vessel with `changes`: `dataclasses.replace` without its cost, for it is asked for thousands of times a step."""
    if not changes.keys() <= _NAMES:
        raise TypeError(f"a vessel has no {', '.join(sorted(changes.keys() - _NAMES))}")
    made = object.__new__(Vessel)
    made.__dict__.update(vessel.__dict__, **changes)
    return made
