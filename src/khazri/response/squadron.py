"""All units of an exercise through one step of it: before the engine's, and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from khazri.engine.site import SiteState
from khazri.response.acting import Acting, act
from khazri.response.contract import Boom, Swath
from khazri.response.controls import boom_of, settle, swath_of
from khazri.response.events import Event
from khazri.response.fleet import Fleet
from khazri.response.sea import Sea
from khazri.response.vessel import Task, Vessel

AT_SEA: Final = frozenset({"to_task", "working", "to_oil", "holding", "to_berth", "to_boom", "recovering", "waiting"})


@dataclass(frozen=True)
class Doing:
    """What the units of one site do in a step; `acting` by unit number."""

    acting: dict[int, Acting]
    booms: tuple[Boom, ...]
    swaths: tuple[Swath, ...]


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
    fleet: Fleet, vessels: tuple[Vessel, ...], site: str, sea: Sea, *, tasks: dict[str, Task], dt: float
) -> Doing:
    """Move the units of a site, and say what the engine must know of it."""
    acting = {
        number: act(unit, vessel, sea, tasks.get(unit.ident), dt=dt)
        for number, (unit, vessel) in enumerate(zip(fleet.units, vessels, strict=True))
        if unit.site == site
    }
    booms = [boom_of(now, number) for number, now in acting.items()]
    swaths = [swath_of(now, number) for number, now in acting.items()]
    return Doing(acting, tuple(b for b in booms if b is not None), tuple(s for s in swaths if s is not None))


def finish(doing: Doing, state: SiteState, *, dt: float) -> tuple[dict[int, Vessel], tuple[Event, ...]]:
    """After the engine's step: the vessels by number, and what was noticed of them."""
    vessels = {number: settle(now, number, state, dt) for number, now in doing.acting.items()}
    return vessels, tuple(event for now in doing.acting.values() for event in now.events)
