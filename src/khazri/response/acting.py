"""One unit at work in a step: what it changes, tells and sweeps; and the courses that it sets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.conditions import Conditions
from khazri.response.events import Event
from khazri.response.fleet import Unit
from khazri.response.planning import plan_route
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.sensors import sight_now
from khazri.response.track import Point, Track
from khazri.response.vessel import Vessel, changed
from khazri.response.waters import Waters
from khazri.sea.sunlight import Light

FULL: Final = 0.995  # of its storage at which a tank counts as full
IN_HEAVY_SEAS: Final = 0.5  # of its speed, in waves twice as high as it works in (training value)
AT_BERTH: Final = frozenset({"berthed", "mobilising", "offloading", "refuelling", "resting"})

Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Handed:
    """What a unit gave to another in a step, oil and water as they were in its tank."""

    to: str
    fluid: float  # [m3]
    emulsion: float  # [m3]
    oil: float  # [kg]


@dataclass
class Quay:
    """A base in a step."""

    offload: float  # [m3 s-1], to each unit
    room: float  # [m3]


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
    handed: list[Handed] = field(default_factory=list)  # to other units
    quays: dict[str, Quay] = field(default_factory=dict)  # what bases take yet in this step, of all units alongside
    towing: str = ""  # the unit that comes along
    boom_before: tuple[Point, ...] | None = None  # where a boom that is towed lay at the start of the step
    partner: tuple[str, Point] | None = None  # the unit at the other end of it, and where that is
    trail: list[Point] = field(default_factory=list)  # where it went in the step, of units that are there to look

    @property
    def waters(self) -> Waters:
        """The ways that are open to it."""
        return self.sea.waters_for(self.unit)

    @cached_property
    def light(self) -> Light | None:
        """Daylight where it was when it first asked in this step; None: not known."""
        return self.sea.light(self.vessel.point)

    @property
    def dark(self) -> bool:
        """Whether it is too dark to work without lamps; never where the time of day is not known."""
        return self.light is not None and not self.light.workable

    @property
    def reach(self) -> float:
        """How far its crew sees oil now [m]."""
        return sight_now(self.unit, self.conditions, dark=self.dark)

    def become(self, **changes: object) -> None:
        """The vessel with `changes`."""
        self.vessel = changed(self.vessel, changes)

    def tell(self, kind: str, **values: float | str) -> None:
        """An event of this unit."""
        self.events.append(Event(kind, self.unit.ident, values))


def halt(now: Acting, reason: str) -> None:
    """Stop where it is, and say why; what flies goes home."""
    berthed = now.vessel.phase in AT_BERTH
    if now.unit.medium == "air" and not berthed:
        now.tell(e.UNIT_STOPPED, reason=reason)
        go_to_berth(now, reason)
        return
    now.become(phase="berthed" if berthed else "waiting", reason=reason, track=None, along=0.0, timer=0.0)
    now.tell(e.UNIT_STOPPED, reason=reason)


def go_to_berth(now: Acting, reason: str) -> None:
    """Home, to empty its tank or because it must be back."""
    route = plan_route(now.sea, now.unit, now.vessel.point, now.vessel.berth)
    if isinstance(route, Cannot):
        halt(now, v.NO_WAY_HOME)
        return
    leaving = now.vessel.point if now.vessel.phase in ("working", "to_oil", "searching") else now.vessel.left_at
    boom = now.vessel.boom
    if boom is not None and now.vessel.task is not None and now.vessel.task.kind in v.TOWED:
        now.become(boom=None, lit=False)  # it is not left behind
        now.tell(e.BOOM_RECOVERED)
    elif boom is not None and boom.state not in ("leaking", "dragging"):
        now.become(boom=replace(boom, state="set"))  # as far as it is in the water, it is left so
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
    stuck = vessel.phase == "waiting" and vessel.reason == v.NO_WAY_HOME
    if vessel.phase == "to_berth" or stuck:
        return False
    home = (vessel.home + math.dist(vessel.point, vessel.home_from) / unit.speed) / share_in_seas(now)
    return vessel.away + home >= unit.endurance


def share_in_seas(now: Acting) -> float:
    """What a boat or amphibian makes good of its speed in waves beyond its limit [1]."""
    if now.unit.medium not in ("water", "amphibious"):
        return 1.0
    beyond = now.conditions.wave_height / now.unit.wave_limit - 1.0
    return 1.0 - (1.0 - IN_HEAVY_SEAS) * min(max(beyond, 0.0), 1.0)


def is_full(unit: Unit, vessel: Vessel) -> bool:
    """Whether nothing worth it goes into the tank."""
    return unit.storage > 0.0 and vessel.fluid >= FULL * unit.storage
