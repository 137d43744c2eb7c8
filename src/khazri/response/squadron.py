"""All units of an exercise through one step of it: before the engine's, and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from khazri.engine.controls import Boom, Burn, Cleaning, Spray, Swath
from khazri.engine.site import SiteState
from khazri.response.acting import Acting, Quay
from khazri.response.burning import burn_of
from khazri.response.calling import was_called, with_calls
from khazri.response.cleaning import cleaning_of
from khazri.response.controls import boom_of, settle, swath_of
from khazri.response.events import Event
from khazri.response.fleet import Fleet
from khazri.response.sea import Fellows, Sea
from khazri.response.slick import Surface
from khazri.response.spraying import spray_of
from khazri.response.stepping import act
from khazri.response.vessel import CALLED, Task, Vessel
from khazri.response.watching import Seen, watch


@dataclass(frozen=True)
class Doing:
    """What the units of one site do in a step; `acting` by unit number."""

    acting: dict[int, Acting]
    booms: tuple[Boom, ...]
    swaths: tuple[Swath, ...]
    sprays: tuple[Spray, ...] = ()
    burns: tuple[Burn, ...] = ()
    cleanings: tuple[Cleaning, ...] = ()


def berth(fleet: Fleet, seas: dict[str, Sea]) -> tuple[Vessel, ...]:
    """The units where they lie before the first step."""
    made = []
    for unit in fleet.units:
        if unit.site not in seas:
            raise ValueError(f"unit {unit.ident}: site is {unit.site}; expected one of {', '.join(sorted(seas))}")
        x, y = seas[unit.site].to_plane(unit.longitude, unit.latitude)
        made.append(Vessel(unit.ident, x, y, berth=(x, y), home_from=(x, y)))
    return tuple(made)


def begin(
    fleet: Fleet,
    vessels: tuple[Vessel, ...],
    site: str,
    sea: Sea,
    *,
    tasks: dict[str, Task],
    dt: float,
    failures: Mapping[str, str] | None = None,
) -> Doing:
    """Move the units of a site, and say what the engine must know of it; `failures` by unit: "engine", "gear"."""
    sea, failed = among(fleet, vessels, site, sea), failures or {}
    quays = quays_of(fleet, vessels)
    here = [k for k, unit in enumerate(fleet.units) if unit.site == site]
    told = with_calls([fleet.units[k] for k in here], [vessels[k] for k in here], tasks)
    acting = {}
    for number, conditions in zip(here, sea.conditions_of([vessels[k].point for k in here]), strict=True):
        unit = fleet.units[number]
        task, failure = told.get(unit.ident), failed.get(unit.ident, "")
        acting[number] = act(
            unit, vessels[number], sea, task, dt=dt, failed=failure, quays=quays, conditions=conditions
        )  # fmt: skip
    for now in acting.values():
        if was_called(now.vessel) and now.vessel.phase in ("mobilising", "to_task") and not now.vessel.reason:
            now.become(reason=CALLED)
    _take_over(acting)
    _bring_along(acting)
    booms = [boom_of(now, number) for number, now in acting.items()]
    swaths = [swath_of(now, number) for number, now in acting.items()]
    sprays = [spray_of(now, number) for number, now in acting.items()]
    burns = [burn_of(now, number, dt) for number, now in acting.items()]
    cleanings = [cleaning_of(now, number) for number, now in acting.items()]
    return Doing(
        acting,
        tuple(each for each in booms if each is not None),
        tuple(each for each in swaths if each is not None),
        tuple(each for each in sprays if each is not None),
        tuple(each for each in burns if each is not None),
        tuple(each for each in cleanings if each is not None),
    )


def landed_at(fleet: Fleet, vessels: tuple[Vessel, ...]) -> dict[str, float]:
    """Oil and water that units have landed at each base [m3]."""
    landed = {base.ident: 0.0 for base in fleet.bases}
    for unit, vessel in zip(fleet.units, vessels, strict=True):
        if unit.base in landed:
            landed[unit.base] += vessel.landed
    return landed


def quays_of(fleet: Fleet, vessels: tuple[Vessel, ...]) -> dict[str, Quay]:
    """What each base takes yet: its storage, less what its units have landed."""
    landed = landed_at(fleet, vessels)
    return {base.ident: Quay(base.offload, max(base.storage - landed[base.ident], 0.0)) for base in fleet.bases}


def among(fleet: Fleet, vessels: tuple[Vessel, ...], site: str, sea: Sea) -> Sea:
    """The sea with what the other units of the site are and do in it."""
    here = [(unit, vessel) for unit, vessel in zip(fleet.units, vessels, strict=True) if unit.site == site]
    return replace(
        sea,
        booms=tuple(vessel.boom.in_water for _, vessel in here if vessel.boom is not None),
        fellows=Fellows({unit.ident: (unit, vessel) for unit, vessel in here}),
        shut=frozenset(ident for vessel in vessels for ident in vessel.shut),
    )


def _take_over(acting: dict[int, Acting]) -> None:
    """What units handed over is in the other's tank; what has no room there stays with the giver."""
    by_ident = {now.unit.ident: now for now in acting.values()}
    for giver in acting.values():
        for each in giver.handed:
            taker = by_ident[each.to]
            room = taker.unit.storage - taker.vessel.fluid
            share = min(max(room / each.fluid, 0.0), 1.0)
            taker.become(
                fluid=taker.vessel.fluid + share * each.fluid, emulsion=taker.vessel.emulsion + share * each.emulsion,
                oil=taker.vessel.oil + share * each.oil, received=taker.vessel.received + share * each.fluid,
            )  # fmt: skip
            if share < 1.0:
                rest = 1.0 - share
                giver.become(
                    fluid=giver.vessel.fluid + rest * each.fluid, emulsion=giver.vessel.emulsion + rest * each.emulsion,
                    oil=giver.vessel.oil + rest * each.oil, handed=giver.vessel.handed - rest * each.fluid,
                )  # fmt: skip


def _bring_along(acting: dict[int, Acting]) -> None:
    """What is towed lies where its tug is."""
    by_ident = {now.unit.ident: now for now in acting.values()}
    for tug in acting.values():
        towed = by_ident.get(tug.towing)
        if towed is not None:
            towed.become(x=tug.vessel.x, y=tug.vessel.y)
        if tug.partner is not None and tug.partner[0] in by_ident:
            by_ident[tug.partner[0]].become(x=tug.partner[1][0], y=tug.partner[1][1])


@dataclass(frozen=True)
class Done:
    """What became of the units of one site, by number; `seen` has those who have something to tell."""

    vessels: dict[int, Vessel]
    events: tuple[Event, ...]
    seen: dict[int, Seen]


def finish(doing: Doing, state: SiteState, *, dt: float, seed: int) -> Done:
    """After the engine's step: what was taken is on board, and crews look around."""
    seen, surface = {}, Surface(state)
    for number, now in doing.acting.items():
        settle(now, number, state, dt, surface)
        found = watch(now, state, surface, time=state.step * dt, dt=dt, seed=seed)
        if found is not None:
            seen[number] = found
    return Done(
        {number: now.vessel for number, now in doing.acting.items()},
        tuple(event for now in doing.acting.values() for event in now.events),
        seen,
    )
