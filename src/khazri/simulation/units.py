"""The units of the world: their step around the engine's, what would come of an order, and how they look from outside."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely

from khazri.response.events import Event
from khazri.response.fleet import Fleet
from khazri.response.previewing import Preview, preview
from khazri.response.refused import Cannot
from khazri.response.sea import Sea
from khazri.response.sensors import Sensor
from khazri.response.squadron import landed_at
from khazri.response.treated_places import Treatment
from khazri.response.vessel import State, Task, TaskKind
from khazri.response.watching import Seen
from khazri.simulation.happenings import Happening
from khazri.simulation.orders import Orders, UnitTask

if TYPE_CHECKING:
    from khazri.simulation.world import World

Position = tuple[float, float]  # longitude, latitude [degrees]

PICTURE_LASTS: Final = 10_800.0  # [s] that a survey's older sightings stay beside newer ones


@dataclass(frozen=True)
class UnitNow:
    """A unit as it is."""

    ident: str
    state: State
    reason: str
    position: Position
    storage: float | None  # fluid on board [m3]; None: it has no tank
    capacity: float | None  # [m3]
    recovered: float  # oil taken in all [kg]
    treated: float = 0.0  # oil dispersed, burned or cleaned off the shore in all [kg]
    supply: float | None = (
        None  # left of what it works with: dispersant [m3], burns of its boom; None: nothing runs out
    )
    supply_most: float | None = None
    landed: float = 0.0  # fluid brought ashore in all [m3]
    waste: float = 0.0  # made in all [m3]


@dataclass(frozen=True)
class BoomNow:
    """The part of a boom that is in the water."""

    unit: str
    line: tuple[Position, ...]
    state: Literal["laying", "set", "leaking", "dragging", "recovering"]
    held: float  # oil before it [kg]
    leaked: float  # oil that has passed it [kg]


@dataclass(frozen=True)
class SightingNow:
    """Oil as a unit saw it, never as it is."""

    unit: str
    step: int
    polygon: tuple[Position, ...]  # a ring; its last point is its first
    code: Literal[1, 2, 3, 4, 5]  # Bonn Agreement oil appearance code
    sensor: Sensor = "eye"  # radar tells where, and nothing of how thick


@dataclass(frozen=True)
class TreatedNow:
    """Where a unit sprayed oil or burned it, from the beginning of step `first` to that of step `last`."""

    unit: str
    treatment: Treatment
    lines: tuple[tuple[Position, ...], ...]  # of a fire that did not move, one point
    first: int
    last: int
    oil: float  # dispersed or burned there [kg]


@dataclass(frozen=True)
class BaseNow:
    """What lies at a base of what units landed there."""

    ident: str
    held: float  # oil and water [m3]
    capacity: float | None  # [m3]; None: without limit


@dataclass(frozen=True)
class UnitsNow:
    """All units, booms and sightings, in the order of the units' idents."""

    units: tuple[UnitNow, ...] = ()
    booms: tuple[BoomNow, ...] = ()
    sightings: tuple[SightingNow, ...] = ()
    bases: tuple[BaseNow, ...] = ()
    treated: tuple[TreatedNow, ...] = ()  # by when it began


def observe_units(world: World) -> UnitsNow:
    """Everything, to nobody yet: who may see what is decided by `exercise`. May be called while a step is computed."""
    units, booms = [], []
    for unit, vessel in zip(world.fleet.units, world.vessels, strict=True):
        sea = world.sea(unit.site)
        position = sea.to_geographic(vessel.point)
        storage, capacity = (vessel.fluid, unit.storage) if unit.storage > 0.0 else (None, None)
        most = unit.payload or unit.burns or None
        units.append(
            UnitNow(
                unit.ident, vessel.state, vessel.reason, position, storage, capacity, vessel.recovered, vessel.treated,
                None if most is None else max(most - vessel.spent, 0.0), most, vessel.landed, vessel.waste,
            )
        )  # fmt: skip
        boom = vessel.boom
        if boom is not None and boom.laid > 0.0:
            line = tuple(sea.to_geographic(point) for point in boom.in_water)
            booms.append(BoomNow(unit.ident, line, boom.state, boom.held, boom.leaked))
    landed = landed_at(world.fleet, world.vessels)
    bases = (
        BaseNow(base.ident, landed[base.ident], base.storage if math.isfinite(base.storage) else None)
        for base in world.fleet.bases
    )
    return UnitsNow(tuple(units), tuple(booms), world.sightings, tuple(bases), _treated(world))


def _treated(world: World) -> tuple[TreatedNow, ...]:
    site_of = {unit.ident: unit.site for unit in world.fleet.units}
    lines: dict[int, list[tuple[Position, ...]]] = {}
    for site in sorted({site_of[place.unit] for place in world.treated}):
        here = [k for k, place in enumerate(world.treated) if site_of[place.unit] == site]
        found = iter(_degrees(world.sea(site), [line for k in here for line in world.treated[k].lines]))
        lines |= {k: list(islice(found, len(world.treated[k].lines))) for k in here}
    return tuple(
        TreatedNow(each.unit, each.treatment, tuple(lines[k]), each.first, each.last, each.oil)
        for k, each in enumerate(world.treated)
    )


def sightings_of(fleet: Fleet, sea: Sea, seen: dict[int, Seen], *, step: int) -> tuple[SightingNow, ...]:
    """What units of one site saw in the step before `step`, as it is reported; `seen` by unit number."""
    found = [(fleet.units[number].ident, patch) for number in sorted(seen) for patch in seen[number].patches]
    rings = _degrees(sea, [patch.ring for _, patch in found])
    return tuple(
        SightingNow(ident, step, ring, patch.code, patch.sensor)
        for (ident, patch), ring in zip(found, rings, strict=True)
    )


def latest(
    known: tuple[SightingNow, ...], fleet: Fleet, sea: Sea, seen: dict[int, Seen], *, step: int, dt: float
) -> tuple[SightingNow, ...]:
    """What is known after a look, in the order of idents: of a crew its last look in which it saw oil; of those who are there to
    look what they saw in the last hours outside of what they covered since.
    """
    fresh = sightings_of(fleet, sea, seen, step=step)
    crews = {fleet.units[number].ident for number, each in seen.items() if each.patches and not each.covered}
    corridors = [(fleet.units[number].ident, each.covered) for number, each in seen.items() if each.covered]
    rings = _degrees(sea, [ring for _, ring in corridors])
    covered = {ident: shapely.Polygon(ring) for (ident, _), ring in zip(corridors, rings, strict=True)}
    kept = [
        each for each in known if each.unit not in crews and not _superseded(each, covered, (step - each.step) * dt)
    ]
    return tuple(sorted([*kept, *fresh], key=lambda each: each.unit))


def _superseded(sighting: SightingNow, covered: Mapping[str, shapely.Polygon], age: float) -> bool:
    """Whether the unit has since looked where that was, or it is too old to stand beside what it saw since."""
    since = covered.get(sighting.unit)
    if since is None:
        return False
    return age > PICTURE_LASTS or bool(since.contains(shapely.Polygon(sighting.polygon).centroid))


def _degrees(sea: Sea, rings: list[tuple[Position, ...]]) -> list[tuple[Position, ...]]:
    """Rings on the plane in degrees, to about a metre: all at once, as each projection of its own takes its time."""
    if not rings:
        return []
    points = map(tuple, np.round(sea.ring_to_geographic([point for ring in rings for point in ring]), 5).tolist())
    return [tuple(islice(points, len(ring))) for ring in rings]


def preview_task(
    world: World,
    unit: str,
    kind: TaskKind,
    geometry: tuple[Position, ...],
    *,
    target: str = "",
    parameters: Mapping[str, float] | None = None,
) -> Preview | Cannot:
    """What would come of an order as the world stands. May be called while a step is computed."""
    number = world.fleet.number(unit)
    if number is None:
        return Cannot("unknown_unit", {"unit": unit})
    found = world.fleet.units[number]
    sea, vessel = world.sea(found.site), world.vessels[number]
    return preview(sea, found, vessel, kind, geometry, target=target, parameters=parameters)


def tasks_on_plane(world: World, orders: Orders, sea: Sea, *, step: int) -> dict[str, Task]:
    """The orders of a site's units in force at `step`, on its plane; those that stand are not converted again."""
    found = {}
    for unit, vessel in zip(world.fleet.units, world.vessels, strict=True):
        order = orders.tasks.get(unit.ident)
        if unit.site != sea.inputs.ident or order is None or order.step > step:
            continue
        standing = vessel.task
        same = standing is not None and standing.version == order.version
        found[unit.ident] = standing if same and standing is not None else _task(order, sea)
    return found


def _task(task: UnitTask, sea: Sea) -> Task:
    geometry = tuple(sea.to_plane(*position) for position in task.geometry)
    return Task(task.kind, geometry, task.version, task.target, task.parameters)


def happening_of(event: Event, step: int, site: str) -> Happening:
    """As the log takes it."""
    return Happening(event.kind, step, site, event.unit, dict(event.values))
