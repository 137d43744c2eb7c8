"""From the state and what the world shows to the view of one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from khazri.exercise.commands import Position
from khazri.exercise.decide import AFTER_END
from khazri.exercise.roles import MAY_ASK, MAY_COMMAND, Actor, may_ask_now
from khazri.exercise.state import Message, State, Task
from khazri.exercise.view import (
    View,
    ViewActor,
    ViewBase,
    ViewBoom,
    ViewCell,
    ViewFinding,
    ViewForecast,
    ViewInject,
    ViewMessage,
    ViewNote,
    ViewObjective,
    ViewParty,
    ViewPlace,
    ViewRating,
    ViewSighting,
    ViewSite,
    ViewTask,
    ViewTreated,
    ViewUnit,
    ViewWeather,
    ViewWind,
)
from khazri.exercise.visibility import Scope, party_of_unit, scope, sees_message, sees_note
from khazri.response.catalogue import tasks_of


@dataclass(frozen=True)
class Chart:
    """What stands on the map from the beginning, for everybody (`opening.chart_of`)."""

    parties: tuple[ViewParty, ...] = ()
    sites: tuple[ViewSite, ...] = ()
    places: tuple[ViewPlace, ...] = ()
    bases: tuple[ViewBase, ...] = ()


@dataclass(frozen=True)
class SeenUnit:
    """A unit as the world has it now."""

    ident: str
    state: str
    position: Position | None
    reason: str = ""
    storage: float | None = None  # on board [m3]
    capacity: float | None = None  # [m3]
    supply: float | None = None  # left of its dispersant [m3], or of the burns of its boom
    supply_most: float | None = None
    landed: float = 0.0  # brought ashore in all [m3]
    waste: float = 0.0  # made in all [m3]
    recovered: float = 0.0  # oil taken in all [kg]: truth
    treated: float = 0.0  # oil dispersed, burned or cleaned in all [kg]: truth


@dataclass(frozen=True)
class SeenBoom:
    """A boom as the world has it now."""

    unit: str
    line: tuple[Position, ...]
    state: str


@dataclass(frozen=True)
class Sighting:
    """Oil as a unit has seen it."""

    unit: str
    step: int
    polygon: tuple[Position, ...]
    code: Literal[1, 2, 3, 4, 5]
    sensor: Literal["eye", "infrared", "radar"] = "eye"


@dataclass(frozen=True)
class SeenTreated:
    """Where a unit has sprayed oil or burned it."""

    unit: str
    treatment: Literal["spray", "burn"]
    lines: tuple[tuple[Position, ...], ...]
    first: int
    last: int
    oil: float  # dispersed or burned there [kg]: truth


@dataclass(frozen=True)
class Observation:
    """What the world shows now, of everything and to nobody yet: `view` takes out what an actor may see."""

    chart: Chart = field(default_factory=Chart)
    units: tuple[SeenUnit, ...] = ()
    landed: dict[str, tuple[float, float | None]] = field(default_factory=dict)  # base -> stored, capacity [m3]
    booms: tuple[SeenBoom, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    treated: tuple[SeenTreated, ...] = ()
    wind: dict[str, ViewWind] = field(default_factory=dict)  # site -> where its units and stations measure it
    weather: dict[str, ViewWeather] = field(default_factory=dict)  # site -> what a station and gauges tell
    forecast: dict[str, ViewForecast] = field(default_factory=dict)  # site -> what was foreseen when it was issued
    budget: dict[str, dict[str, float]] = field(default_factory=dict)  # site -> owner -> [kg]
    released: dict[str, float] = field(default_factory=dict)  # site -> [kg]
    lag: float = 0.0  # [s]


def view(state: State, actor: Actor, step: int, observation: Observation) -> View:
    """The exercise as `actor` may see it before `step`."""
    opened = state.opened
    if opened is None:
        raise ValueError("the log is empty; expected an exercise that was opened")
    open_to = scope(state, actor, step)
    ended = state.phase == "ended"
    chart = observation.chart
    return View(
        run=state.run,
        exercise=opened.exercise,
        title=state.design.title,
        phase=state.phase,
        pace=state.pace,
        jump_to=state.jump_to,
        step=step,
        seq=state.seq,
        dt=opened.dt,
        start=opened.start,
        last_step=state.design.last_step,
        lag=observation.lag,
        actor=ViewActor(person=actor.person, role=actor.role.value, party=actor.party, cell=actor.cell),
        sees_truth=open_to.truth,
        sees_parties=tuple(party for party in state.design.parties if party in open_to.parties),
        may=tuple(sorted(MAY_COMMAND[actor.role] & AFTER_END if ended else MAY_COMMAND[actor.role])),
        may_ask=tuple(sorted(each for each in MAY_ASK[actor.role] if may_ask_now(actor.role, each, ended=ended))),
        parties=chart.parties or tuple(ViewParty(ident=party, name={}) for party in state.design.parties),
        cells=tuple(ViewCell(ident=cell.ident, party=cell.party, name=cell.name) for cell in state.design.cells),
        sites=chart.sites,
        places=chart.places,
        wind=observation.wind,
        weather=observation.weather,
        forecast=observation.forecast,
        units=_units(state, open_to, observation),
        bases=_bases(open_to, observation),
        booms=_booms(state, open_to, observation),
        sightings=_sightings(state, open_to, observation),
        treated=_treated(state, open_to, observation),
        messages=tuple(
            _message(message) for message in state.messages.values() if sees_message(state, actor, open_to, message)
        ),
        notes=tuple(
            ViewNote(seq=note.seq, step=note.step, actor=note.actor, text=note.text, shared=note.shared)
            for note in state.notes
            if sees_note(actor, open_to, note)
        ),
        injects=_injects(state) if open_to.truth else None,
        objectives=_objectives(state) if open_to.truth else None,
        ratings=_ratings(state) if open_to.truth else None,
        findings=_findings(state) if open_to.truth else None,
        budget=observation.budget if open_to.truth else None,
        released=observation.released if open_to.truth else None,
    )


def _units(state: State, open_to: Scope, observation: Observation) -> tuple[ViewUnit, ...]:
    seen = {unit.ident: unit for unit in observation.units}
    found = []
    for unit in state.design.units:
        if unit.party not in open_to.parties:
            continue
        now = seen.get(unit.ident, SeenUnit(unit.ident, "off", None))
        found.append(
            ViewUnit(
                ident=unit.ident,
                party=unit.party,
                kind=unit.kind,
                name=unit.name,
                site=unit.site,
                state=now.state,
                reason=now.reason,
                position=now.position,
                storage=now.storage,
                capacity=now.capacity,
                supply=now.supply,
                supply_most=now.supply_most,
                landed=now.landed,
                waste=now.waste,
                recovered=now.recovered if open_to.truth else None,
                treated=now.treated if open_to.truth else None,
                tasks=tuple(each for each in tasks_of(unit.kind) if each != "stand_by"),
                task=_task(state.tasks.get(unit.ident)),
            )
        )
    return tuple(found)


def _bases(open_to: Scope, observation: Observation) -> tuple[ViewBase, ...]:
    found = []
    for base in observation.chart.bases:
        if base.party in open_to.parties:
            stored, capacity = observation.landed.get(base.ident, (None, None))
            found.append(base.model_copy(update={"stored": stored, "capacity": capacity}))
    return tuple(found)


def _task(task: Task | None) -> ViewTask | None:
    if task is None:
        return None
    return ViewTask(kind=task.kind, geometry=task.geometry, step=task.step, version=task.version, target=task.target)


def _booms(state: State, open_to: Scope, observation: Observation) -> tuple[ViewBoom, ...]:
    owned = ((boom, party_of_unit(state, boom.unit)) for boom in observation.booms)
    return tuple(
        ViewBoom(unit=boom.unit, party=party, line=boom.line, state=boom.state)
        for boom, party in owned
        if party is not None and party in open_to.parties
    )


def _sightings(state: State, open_to: Scope, observation: Observation) -> tuple[ViewSighting, ...]:
    owned = ((sighting, party_of_unit(state, sighting.unit)) for sighting in observation.sightings)
    return tuple(
        ViewSighting(
            party=party, unit=seen.unit, step=seen.step, polygon=seen.polygon, code=seen.code, sensor=seen.sensor
        )
        for seen, party in owned
        if party is not None and party in open_to.parties
    )


def _treated(state: State, open_to: Scope, observation: Observation) -> tuple[ViewTreated, ...]:
    """A unit reports where it sprayed and where its fire burned; how much oil that took nobody at sea knows."""
    owned = ((place, party_of_unit(state, place.unit)) for place in observation.treated)
    return tuple(
        ViewTreated(
            party=party, unit=place.unit, treatment=place.treatment, lines=place.lines, first=place.first, last=place.last,
            oil=place.oil if open_to.truth else None,
        )
        for place, party in owned
        if party is not None and party in open_to.parties
    )  # fmt: skip


def _message(message: Message) -> ViewMessage:
    return ViewMessage(
        seq=message.seq,
        step=message.step,
        sender=message.sender,
        to=message.to,
        precedence=message.precedence,
        subject=message.subject,
        text=message.text,
        reply_to=message.reply_to,
        form=message.form,
        read_by=tuple(sorted(message.read_by)),
        acknowledged_by=tuple(sorted(message.acknowledged_by)),
    )


def _injects(state: State) -> tuple[ViewInject, ...]:
    return tuple(
        ViewInject(
            ident=inject.ident,
            sender=inject.sender,
            to=inject.to,
            precedence=inject.precedence,
            subject=inject.subject,
            text=inject.text,
            at_step=inject.at_step,
            when=inject.when,
            state="fired" if inject.ident in state.injects_fired
            else "held" if inject.ident in state.injects_held or (inject.at_step is None and inject.when is None)
            else "armed",
            fired=state.injects_fired.get(inject.ident),
        )
        for inject in state.design.injects
    )  # fmt: skip


def _objectives(state: State) -> tuple[ViewObjective, ...]:
    return tuple(
        ViewObjective(ident=each.ident, text=each.text, source=each.source) for each in state.design.objectives
    )


def _ratings(state: State) -> tuple[ViewRating, ...]:
    return tuple(
        ViewRating(
            objective=each.objective,
            rating=each.rating,
            reason=each.reason,
            evidence=each.evidence,
            actor=each.actor,
            seq=each.seq,
        )
        for each in state.ratings.values()
    )


def _findings(state: State) -> tuple[ViewFinding, ...]:
    return tuple(
        ViewFinding(
            seq=each.seq,
            step=each.step,
            actor=each.actor,
            text=each.text,
            objective=each.objective,
            evidence=each.evidence,
        )
        for each in state.findings
    )
