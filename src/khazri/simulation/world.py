"""The world of an exercise: its sites under one clock, and its step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from khazri.engine import Controls, Numerics, Owner
from khazri.engine.driver import step
from khazri.engine.fields import Field
from khazri.engine.seeding import start as begin_site
from khazri.engine.site import SiteInputs, SiteState
from khazri.engine.workshop import Workshop
from khazri.response.fleet import Fleet
from khazri.response.sea import Sea, Spot
from khazri.response.squadron import among, begin, berth, finish
from khazri.response.treated_places import TreatedPlace, treated_in, with_more
from khazri.response.vessel import Vessel
from khazri.response.waters import Waters, look_at, waters_now
from khazri.simulation.happenings import (
    OIL_ASHORE,
    OIL_LEFT_DOMAIN,
    PLACE_OILED,
    RELEASE_STARTED,
    RELEASE_STOPPED,
    Happening,
)
from khazri.simulation.oiling import oiling_of
from khazri.simulation.orders import Orders, WindOrder
from khazri.simulation.place import Place
from khazri.simulation.units import SightingNow, happening_of, latest, tasks_on_plane
from khazri.simulation.weather import orders_so_far, under_wind, wind_in_force


@dataclass
class World:
    """Everything that physics moves. `advance` changes it in place; `save_world` makes its snapshot."""

    inputs: tuple[SiteInputs, ...]
    states: tuple[SiteState, ...]
    places: tuple[Place, ...] = ()
    seen: set[tuple[str, str, str]] = field(default_factory=set)  # happenings that happen once: (kind, site, subject)
    winds: dict[str, tuple[WindOrder, SiteInputs]] = field(default_factory=dict)  # sites under an ordered wind; derived
    fleet: Fleet = field(default_factory=Fleet)
    start: datetime | None = None  # UTC of step 0; None: units know no night
    vessels: tuple[Vessel, ...] = ()  # in the order of the fleet's units
    sightings: tuple[SightingNow, ...] = ()
    treated: tuple[TreatedPlace, ...] = ()  # where units sprayed and burned so far, by when they began
    waters: dict[str, Waters] = field(default_factory=dict)  # by site, at the ordinary level; derived
    surged: dict[str, tuple[Field, float, Waters]] = field(default_factory=dict)  # by site, at a moment; derived

    def __post_init__(self) -> None:
        for site in self.inputs:
            self.waters.setdefault(site.ident, Waters(site.terrain, self.fleet.depth_band(site.ident)))
        if not self.vessels:
            self.vessels = berth(self.fleet, {site.ident: self.sea(site.ident) for site in self.inputs})

    @property
    def step(self) -> int:
        """Steps done."""
        return self.states[0].step if self.states else 0

    def sea(self, site: str) -> Sea:
        """What units act in at a site, under the wind that blew in the last step."""
        planned = next(each for each in self.inputs if each.ident == site)
        kept = self.winds.get(site)
        sea = self.sea_of(kept[1] if kept else planned, self.step * planned.numerics.dt)
        return among(self.fleet, self.vessels, site, sea) if self.vessels else sea

    def sea_of(self, inputs: SiteInputs, time: float) -> Sea:
        """What units act in at a moment [s] under given inputs, its waters as high as the sea stands then."""
        ordinary, level = self.waters[inputs.ident], inputs.fields.get("level")
        waters = waters_now(ordinary, level, time, self.surged.get(inputs.ident))
        if level is not None:
            self.surged[inputs.ident] = (level, look_at(time), waters)
        spots = {place.ident: _spot(place) for place in self.places if place.site == inputs.ident}
        return Sea(waters, inputs, time, places=spots, start=self.start)


def open_world(
    inputs: tuple[SiteInputs, ...],
    places: tuple[Place, ...] = (),
    *,
    fleet: Fleet | None = None,
    start: datetime | None = None,
) -> World:
    """The world before its first step."""
    known = {site.ident for site in inputs}
    for place in places:
        if place.site not in known:
            raise ValueError(f"place {place.ident}: site is {place.site}; expected one of {sorted(known)}")
    states = tuple(begin_site(site, index) for index, site in enumerate(inputs))
    return World(inputs, states, places, fleet=fleet or Fleet(), start=start)


def failing(orders: Orders, step: int) -> dict[str, str]:
    """What fails on which unit during `step`; a failed engine is worse than failed gear."""
    found: dict[str, str] = {}
    for each in orders.failures:
        if each.step <= step and (each.until_step is None or step < each.until_step):
            found[each.unit] = "engine" if "engine" in (each.kind, found.get(each.unit)) else each.kind
    return found


def sources_open(world: World, orders: Orders) -> dict[str, bool]:
    """Releases that orders or units have closed."""
    return {**orders.source_open, **{ident: False for vessel in world.vessels for ident in vessel.shut}}


def _spot(place: Place) -> Spot:
    centre = place.vertices.mean(axis=0)
    reach = float(np.hypot(*(place.vertices - centre).T).max())
    return Spot((float(centre[0]), float(centre[1])), max(reach, place.radius))


def advance(world: World, orders: Orders, numerics: Numerics | None = None) -> tuple[World, tuple[Happening, ...]]:
    """One step of every site, and what was noticed in it.

    The world is changed in place and given back: millions of particles are not copied. `numerics`, where given, sets
    the threads only; what a site computes stands in its inputs.
    """
    before = world.step
    of_oil: list[Happening] = []
    of_units: list[Happening] = []
    vessels, sightings, treated = list(world.vessels), world.sightings, world.treated
    for planned, state in zip(world.inputs, world.states, strict=True):
        inputs = inputs_now(world, planned, state, orders)
        released, dt = state.released.copy(), inputs.numerics.dt
        sea = world.sea_of(inputs, before * dt)
        tasks = tasks_on_plane(world, orders, sea, step=before)
        doing = begin(
            world.fleet, world.vessels, inputs.ident, sea, tasks=tasks, dt=dt, failures=failing(orders, before)
        )
        controls = Controls(
            booms=doing.booms, swaths=doing.swaths, sprays=doing.sprays, burns=doing.burns, cleanings=doing.cleanings,
            source_open=sources_open(world, orders),
        )  # fmt: skip
        step(state, inputs, controls, threads=numerics.threads if numerics else None)
        done = finish(doing, state, dt=dt, seed=inputs.numerics.seed)
        for number, vessel in done.vessels.items():
            vessels[number] = vessel
        fresh = treated_in(world.fleet, doing.sprays, doing.burns, state, before=before)
        treated = with_more(treated, fresh, dt=dt)
        sightings = latest(sightings, world.fleet, sea, done.seen, step=before + 1, dt=dt)
        of_units += [happening_of(event, state.step, inputs.ident) for event in done.events]
        of_oil += [*_of_releases(inputs, state, released, controls.source_open), *_of_owners(inputs, state)]
    world.vessels, world.sightings, world.treated = tuple(vessels), sightings, treated
    of_oil += _of_places(world)
    return world, (*(h for h in of_oil if _once(world, h)), *of_units)


def inputs_now(world: World, planned: SiteInputs, state: SiteState, orders: Orders) -> SiteInputs:
    """What the site's particles feel in the coming step: as planned, but for a wind that control has ordered.

    The engine's buffers belong to the inputs they were laid out for; they are made anew when the wind changes, as after
    a snapshot, which alters no bit.
    """
    order = wind_in_force(orders, planned.ident, state.step)
    kept = world.winds.get(planned.ident)
    if order is None:
        inputs = planned
    elif kept is not None and kept[0] == order:
        inputs = kept[1]
    else:
        inputs = under_wind(planned, order, orders_so_far(orders, planned.ident, state.step)[:-1])
        world.winds[planned.ident] = (order, inputs)
    if isinstance(state.workshop, Workshop) and state.workshop.hoist.fields is not inputs.fields:
        state.workshop = None
    return inputs


def _once(world: World, happening: Happening) -> bool:
    key = (happening.kind, happening.site, happening.subject)
    if key in world.seen:
        return False
    world.seen.add(key)
    return True


def _of_releases(
    inputs: SiteInputs, state: SiteState, before: npt.NDArray[np.float64], open_now: dict[str, bool]
) -> list[Happening]:
    now = state.step * inputs.numerics.dt
    found = []
    for index, release in enumerate(inputs.releases):
        if state.released[index] > before[index] == 0.0:
            found.append(Happening(RELEASE_STARTED, state.step, inputs.ident, release.ident, {"mass": release.mass}))
        over = now > release.end or not open_now.get(release.ident, True)
        if over and state.released[index] > 0.0:
            values = {"released": float(state.released[index])}
            found.append(Happening(RELEASE_STOPPED, state.step, inputs.ident, release.ident, values))
    return found


def _of_owners(inputs: SiteInputs, state: SiteState) -> list[Happening]:
    found = []
    for kind, owner in ((OIL_ASHORE, Owner.ASHORE), (OIL_LEFT_DOMAIN, Owner.LEFT_DOMAIN)):
        if state.held[owner] > 0.0:
            found.append(Happening(kind, state.step, inputs.ident, inputs.ident, {"mass": float(state.held[owner])}))
    return found


def _of_places(world: World) -> list[Happening]:
    found = []
    states = {site.ident: state for site, state in zip(world.inputs, world.states, strict=True)}
    for place in world.places:
        oiling = oiling_of(place, states[place.site])
        if oiling.oil > 0.0:
            values = {"oil": oiling.oil}
            found.append(Happening(PLACE_OILED, world.step, place.site, place.ident, values))
    return found
