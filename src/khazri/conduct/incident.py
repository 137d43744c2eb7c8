"""The world of `simulation` as a conductor advances it: orders in, happenings and looks out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial

from khazri.conduct.forecasts import forecasts_at_hand
from khazri.conduct.points import encode
from khazri.conduct.recorder import FrameRecorder
from khazri.conduct.world import Look, Route
from khazri.engine import budget
from khazri.engine.owners import Owner
from khazri.engine.site import SiteInputs, SiteState
from khazri.exercise.commands import Position
from khazri.exercise.opening import chart_of
from khazri.exercise.orders import orders
from khazri.exercise.picture import Observation, SeenBoom, SeenTreated, SeenUnit, Sighting
from khazri.exercise.refusal import Refusal
from khazri.exercise.state import State
from khazri.exercise.view import ViewWeather, ViewWind
from khazri.response import Cannot, fleet_of
from khazri.runs.collector import spare_what_stands
from khazri.runs.preparation import Prepared
from khazri.simulation import (
    Happening,
    Seascape,
    World,
    WorldSummary,
    advance,
    observe_units,
    open_world,
    preview_task,
    restore_world,
    save_world,
    seascape_of,
    summarise,
)
from khazri.simulation.meteorology import weather_at
from khazri.simulation.orders import TaskKind
from khazri.simulation.seascape import gauges_of, station_of
from khazri.simulation.weather import wind_over
from khazri.simulation.world import inputs_now


def world_of(prepared: Prepared) -> World:
    """The world of an exercise before its first step, its units at their berths."""
    inputs = tuple(site.inputs for site in prepared.sites)
    return open_world(
        inputs,
        prepared.world_places,
        fleet=fleet_of(prepared.pack.inventory, bases=prepared.pack.bases),
        start=prepared.pack.start,
    )


class Incident:
    """One exercise's world (`conduct.world.LiveWorld`)."""

    def __init__(self, prepared: Prepared) -> None:
        self.recorder: FrameRecorder | None = None  # of the world that is played; replays record nothing
        self._prepared = prepared
        self._chart = chart_of(prepared.pack)
        self._world = world_of(prepared)
        self._summary = summarise(self._world)

    @property
    def step(self) -> int:
        """Steps done."""
        return self._world.step

    @property
    def world(self) -> World:
        """The world itself, for whoever holds no play (`conduct.replay`)."""
        return self._world

    def advance(self, state: State) -> Sequence[Happening]:
        """One step under the orders that stand in `state`."""
        self._world, happenings = advance(self._world, orders(state), self._prepared.numerics)
        self._summary = summarise(self._world)
        spare_what_stands()
        if self.recorder is not None:
            self.recorder.take(self._world)
        return happenings

    def summary(self) -> WorldSummary:
        """What triggers and decisions read."""
        return self._summary

    def look(self, state: State) -> Look:
        """What the world shows now, under the orders that stand in `state`."""
        world, given = self._world, orders(state)
        pairs = list(zip(world.inputs, world.states, strict=True))
        wind: dict[str, ViewWind] = {}
        weather: dict[str, ViewWeather] = {}
        seas: dict[str, Callable[[], Seascape]] = {}
        for inputs, at in pairs:
            now, time = inputs_now(world, inputs, at, given), at.step * inputs.numerics.dt
            blowing = wind_over(now, time)
            if blowing is not None:
                wind[inputs.ident] = ViewWind(speed=blowing[0], from_bearing=blowing[1])
            weather[inputs.ident] = self._weather(now, time, wind.get(inputs.ident))
            seas[inputs.ident] = cache(
                partial(seascape_of, now, world.places, time)
            )  # inputs are frozen: later will do
        seen = observe_units(world)
        observation = Observation(
            chart=self._chart,
            units=tuple(
                SeenUnit(
                    u.ident,
                    u.state,
                    u.position,
                    u.reason,
                    u.storage,
                    u.capacity,
                    u.supply,
                    u.supply_most,
                    u.landed,
                    u.waste,
                    u.recovered,
                    u.treated,
                )
                for u in seen.units
            ),
            landed={base.ident: (base.held, base.capacity) for base in seen.bases},
            booms=tuple(SeenBoom(b.unit, b.line, b.state) for b in seen.booms),
            sightings=tuple(Sighting(s.unit, s.step, s.polygon, s.code, s.sensor) for s in seen.sightings),
            treated=tuple(SeenTreated(e.unit, e.treatment, e.lines, e.first, e.last, e.oil) for e in seen.treated),
            wind=wind,
            weather=weather,
            forecast=forecasts_at_hand(self._prepared, world.step, given),
            budget={inputs.ident: budget_of(at) for inputs, at in pairs},
            released={inputs.ident: float(at.released.sum()) for inputs, at in pairs},
        )
        frames = {inputs.ident: encode(at, inputs) for inputs, at in pairs}
        return Look(world.step, observation, frames, seas)

    def _weather(self, inputs: SiteInputs, time: float, wind: ViewWind | None) -> ViewWeather:
        """What everybody may know: a station's report and the gauges."""
        world = self._world
        told = weather_at(inputs, station_of(inputs), time, start=self._prepared.pack.start)
        gauges = gauges_of(inputs, world.places, time, world.sea_of(inputs, time).waters.terrain)
        return ViewWeather(
            wind=wind,
            gust=told.gust,
            wave_height=None if told.wave_height is None else round(told.wave_height, 1),
            air_temperature=told.air_temperature,
            wind_chill=told.wind_chill,
            water_temperature=told.water_temperature,
            visibility=told.visibility,
            ice=told.ice,
            light=None if told.light is None else told.light.kind,
            levels={place: round(level, 2) for place, level in gauges.items() if level is not None},
        )

    def feasibility(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Refusal | None:
        """Whether a unit could carry out a task now."""
        found = self.preview(unit, task, geometry, target=target, parameters=parameters)
        return found if isinstance(found, Refusal) else None

    def preview(
        self,
        unit: str,
        task: TaskKind,
        geometry: tuple[Position, ...],
        *,
        target: str = "",
        parameters: Mapping[str, float] | None = None,
    ) -> Route | Refusal:
        """How it would, or why it cannot."""
        found = preview_task(self._world, unit, task, geometry, target=target, parameters=parameters)
        if isinstance(found, Cannot):
            return Refusal(found.code, dict(found.params))
        return Route(
            found.route,
            found.length,
            found.seconds,
            None if found.marginal is None else asdict(found.marginal),
            found.hindrance,
            found.cautions,
        )

    def save(self) -> bytes:
        """A snapshot."""
        return save_world(self._world)

    def restore(self, snapshot: bytes) -> None:
        """Stand where `save` stood."""
        self._world = restore_world(self._world, snapshot)
        self._summary = summarise(self._world)


def budget_of(state: SiteState) -> dict[str, float]:
    """Owner -> kilograms, without those that hold none."""
    masses = budget(state)
    return {owner.name.lower(): float(masses[owner]) for owner in Owner if masses[owner] > 0.0}
