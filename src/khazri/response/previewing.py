"""What would come of an order: the way, when the unit acts, or why it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from khazri.response.acting import FULL
from khazri.response.catalogue import RECOVERY_SLOWNESS, tasks_of
from khazri.response.fleet import Unit
from khazri.response.limits import limit_of, refusal_of
from khazri.response.mooring import cautions_of
from khazri.response.planning import place_of, plan_route, shallowest
from khazri.response.plans import COLLECTED, HOMEWARD, LAID, plan_work
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.track import Point, Track
from khazri.response.vessel import ENGINE, Task, TaskKind, Vessel

FLIES: Final = frozenset({"air", "orbit"})


@dataclass(frozen=True)
class Marginal:
    """The shallowest place of a route on which the unit floats only if the water is deeper than thought."""

    depth: float  # [m]
    uncertainty: float  # [m]
    longitude: float  # [degrees]
    latitude: float


@dataclass(frozen=True)
class Preview:
    """The way to a task; it can be done, as far as is known now."""

    route: tuple[Point, ...]  # (longitude, latitude) [degrees]
    length: float  # [m]
    seconds: float  # until the unit acts there
    marginal: Marginal | None = None
    hindrance: str = ""  # what would keep it from working there as things are now: a reason of `response.vessel`
    cautions: tuple[str, ...] = ()  # what speaks against a boom there as things are now (`response.mooring`)


def preview(
    sea: Sea,
    unit: Unit,
    vessel: Vessel,
    kind: TaskKind,
    geometry: tuple[tuple[float, float], ...],
    *,
    target: str = "",
    parameters: Mapping[str, float] | None = None,
) -> Preview | Cannot:
    """`geometry` in longitude and latitude [degrees]; nothing is changed by asking."""
    if vessel.failed == ENGINE:
        return Cannot("disabled", {"unit": unit.ident})
    if kind in HOMEWARD:
        return _homeward(unit, vessel, kind)
    plane = tuple(sea.to_plane(*position) for position in geometry)
    task = Task(kind, plane, 0, target, dict(parameters or {}))
    if kind == "offload" and "offload" in tasks_of(unit.kind) and vessel.fluid <= 0.0:
        return Cannot("nothing_on_board", {"unit": unit.ident})
    if kind == "offload" and not target:
        return _to_base(sea, unit, vessel)
    work = plan_work(sea, unit, task, vessel.point)
    if isinstance(work, Cannot):
        return work
    hindrance, measured = limit_of(unit, sea.conditions(work.start), sea.light(work.start))
    if hindrance and unit.medium in FLIES:  # it would turn back; what floats waits there
        return refusal_of(unit, hindrance, measured, place_of(sea, work.start))
    first = before_setting_out(sea, unit, vessel, kind)
    if isinstance(first, Cannot):
        return first
    seconds, away, start = first
    route = plan_route(sea, unit, start, work.start)
    if isinstance(route, Cannot):
        return route
    end = work.track.points[-1] if kind in LAID else work.start
    home = plan_route(sea, unit, end, vessel.berth)
    if isinstance(home, Cannot):
        return home
    there = route.cost / unit.speed
    at_work = work.track.length / unit.working_speed if kind in LAID else 0.0
    needed = there + at_work + home.cost / unit.speed
    if away + needed >= unit.endurance:
        return Cannot("beyond_endurance", {"unit": unit.ident, "needed": needed, "endurance": unit.endurance - away})
    points = tuple(sea.to_geographic(point) for point in route.track.points)
    marginal = _marginal(sea, unit, route.track) if unit.medium == "water" else None
    cautions = _cautions(sea, unit, work.track) if kind in LAID else ()
    return Preview(points, route.track.length, seconds + there, marginal, hindrance, cautions)


def _cautions(sea: Sea, unit: Unit, line: Track) -> tuple[str, ...]:
    middle = line.at(0.5 * line.length)
    return cautions_of(unit, line.points, sea.conditions(middle), sea.waters.depth(shallowest(sea, line)))


def _homeward(unit: Unit, vessel: Vessel, kind: TaskKind) -> Preview | Cannot:
    if kind == "recover_boom" and vessel.boom is None:
        return Cannot("nothing_to_recover", {"unit": unit.ident})
    return Preview((), 0.0, 0.0)


def _to_base(sea: Sea, unit: Unit, vessel: Vessel) -> Preview | Cannot:
    if "offload" not in tasks_of(unit.kind):
        return Cannot("unit_cannot", {"unit": unit.ident, "unit_kind": unit.kind, "task": "offload"})
    route = plan_route(sea, unit, vessel.point, vessel.berth)
    if isinstance(route, Cannot):
        return route
    points = tuple(sea.to_geographic(point) for point in route.track.points)
    return Preview(points, route.track.length, route.cost / unit.speed)


def before_setting_out(sea: Sea, unit: Unit, vessel: Vessel, kind: TaskKind) -> tuple[float, float, Point] | Cannot:
    """Seconds until the unit can leave, how long it will have been under way by then, and where it leaves from."""
    match vessel.phase:
        case "berthed":
            return unit.mobilisation, 0.0, vessel.point
        case "mobilising":
            return vessel.timer, 0.0, vessel.point
        case "offloading":
            return vessel.fluid / unit.offload, 0.0, vessel.point
        case "refuelling" | "resting":
            return vessel.timer, 0.0, vessel.point
    if vessel.boom is not None:
        route = plan_route(sea, unit, vessel.point, Track(vessel.boom.line).at(vessel.boom.laid))
        if isinstance(route, Cannot):
            return route
        seconds = route.cost / unit.speed + vessel.boom.laid * RECOVERY_SLOWNESS / unit.working_speed
        return seconds, vessel.away + seconds, vessel.boom.line[0]
    if kind in COLLECTED and unit.storage > 0.0 and vessel.fluid >= FULL * unit.storage:
        route = plan_route(sea, unit, vessel.point, vessel.berth)
        if isinstance(route, Cannot):
            return route
        return route.cost / unit.speed + vessel.fluid / unit.offload, 0.0, vessel.berth
    return 0.0, vessel.away, vessel.point


def _marginal(sea: Sea, unit: Unit, track: Track) -> Marginal | None:
    point = shallowest(sea, track)
    depth = sea.waters.depth(point)
    if depth >= unit.draft:
        return None
    longitude, latitude = sea.to_geographic(point)
    return Marginal(round(depth, 2), round(sea.waters.uncertainty(depth), 2), longitude, latitude)
