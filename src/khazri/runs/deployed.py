"""What units did in a run: where they were at every stored step, what happened to them, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from khazri.engine.owners import Owner
from khazri.report.values import BoomSeen, Happened, UnitOutcome, UnitSeen
from khazri.response.fleet import Unit
from khazri.response.vessel import Vessel
from khazri.scenario.pack import Pack
from khazri.simulation import Happening, World

IDLE = frozenset({"off", "released"})  # states in which a unit costs nothing


@dataclass
class Deployed:
    """Filled as a run goes: `count` after every step, `keep` at stored ones."""

    pack: Pack
    seen: dict[str, list[UnitSeen]] = field(default_factory=dict)
    booms: list[BoomSeen] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    hours: dict[str, dict[str, float]] = field(default_factory=dict)  # unit -> state -> h
    mixture: dict[str, float] = field(default_factory=dict)  # taken from the sea, with its water [m3]
    _before: dict[str, tuple[float, float]] = field(default_factory=dict)

    def count(self, world: World, happenings: Iterable[Happening]) -> None:
        """After a step."""
        hours = world.inputs[0].numerics.dt / 3600.0
        for unit, vessel in zip(world.fleet.units, world.vessels, strict=True):
            recovered, handled = self._before.get(unit.ident, (0.0, 0.0))
            if vessel.recovered > recovered:  # what another unit handed over is no recovery
                self.mixture[unit.ident] = self.mixture.get(unit.ident, 0.0) + vessel.fluid + vessel.landed - handled
            self._before[unit.ident] = (vessel.recovered, vessel.fluid + vessel.landed)
            states = self.hours.setdefault(unit.ident, {})
            states[vessel.state] = states.get(vessel.state, 0.0) + hours
        seconds = world.step * world.inputs[0].numerics.dt
        reasons = {vessel.ident: vessel.reason for vessel in world.vessels}
        self.happened += [
            Happened(
                seconds,
                each.site,
                each.subject,
                each.kind,
                {name: value for name, value in each.values.items() if not isinstance(value, str)},
                str(each.values.get("reason", reasons[each.subject])),
            )
            for each in happenings
            if each.subject in reasons
        ]

    def keep(self, world: World) -> None:
        """At a stored step."""
        seconds = world.step * world.inputs[0].numerics.dt
        for unit, vessel in zip(world.fleet.units, world.vessels, strict=True):
            self.seen.setdefault(unit.ident, []).append(
                UnitSeen(seconds, vessel.x, vessel.y, vessel.state, vessel.reason, vessel.fluid, vessel.recovered)
            )
            if vessel.boom is not None and vessel.boom.laid > 0.0:
                boom = vessel.boom
                self.booms.append(BoomSeen(seconds, unit.ident, unit.site, boom.in_water, boom.state, boom.held))

    def outcomes(self, world: World) -> tuple[UnitOutcome, ...]:
        """What each unit's work came to."""
        named = {unit.ident: unit for unit in self.pack.inventory}
        return tuple(
            self._outcome(unit, vessel, named[unit.ident].party, named[unit.ident].name.model_dump())
            for unit, vessel in zip(world.fleet.units, world.vessels, strict=True)
        )

    def _outcome(self, unit: Unit, vessel: Vessel, party: str, names: dict[str, str | None]) -> UnitOutcome:
        hours = self.hours.get(unit.ident, {})
        busy = sum(spent for state, spent in hours.items() if state not in IDLE)
        return UnitOutcome(
            ident=unit.ident,
            names={language: words for language, words in names.items() if words},
            party=party,
            kind=unit.kind,
            site=unit.site,
            hours=dict(sorted(hours.items())),
            busy_hours=busy,
            cost=busy * unit.cost,
            recovered=vessel.recovered,
            mixture=self.mixture.get(unit.ident, 0.0),
            treated=vessel.treated,
            waste=vessel.waste,
            seen=tuple(self.seen.get(unit.ident, ())),
        )


def response_record(outcomes: Iterable[UnitOutcome], budget: dict[str, float]) -> dict[str, object]:
    """For `run.json`: what the response came to; oil and mixture apart."""
    units = [
        {
            "ident": each.ident, "kind": each.kind, "party": each.party, "busy_hours": round(each.busy_hours, 3),
            "cost": round(each.cost, 1), "recovered_kg": each.recovered, "mixture_m3": each.mixture,
            "treated_kg": each.treated, "waste_m3": each.waste,
        }
        for each in outcomes
    ]  # fmt: skip
    owners = (Owner.RECOVERED, Owner.BURNED, Owner.SHORE_CLEANED)
    return {
        "units": units,
        "busy_hours": round(sum(each.busy_hours for each in outcomes), 3),
        "cost": round(sum(each.cost for each in outcomes), 1),
        "mixture_m3": sum(each.mixture for each in outcomes),
        "waste_m3": sum(each.waste for each in outcomes),
        **{f"{owner.name.lower()}_kg": budget.get(owner.name.lower(), 0.0) for owner in owners},
    }
