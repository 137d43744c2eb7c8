"""The one place where a replay reads what units and booms have done in the world."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.evaluation.trace import BoomTrace, UnitTrace
from khazri.response.acting import is_full
from khazri.response.fleet import Unit
from khazri.response.track import Track
from khazri.response.vessel import Vessel
from khazri.simulation.world import World

Row = tuple[float, ...]


@dataclass
class _UnitCount:
    """Sums of one unit since the first step."""

    working: float = 0.0
    meeting: float = 0.0
    full: float = 0.0
    recovered: float = 0.0
    states: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass
class _BoomCount:
    """Sums of one unit's boom since the first step; each boom that it lays counts its own leakage from nothing."""

    in_water: float = 0.0
    held: float = 0.0
    touched: float = 0.0
    leaked: float = 0.0
    leaked_by_this: float = 0.0
    line: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    rows: list[Row] = field(default_factory=list)


class Afloat:
    """Counts units and booms over every step and keeps samples of them."""

    def __init__(self, world: World, dt: float) -> None:
        self._dt = dt
        self._units = {unit.ident: _UnitCount() for unit in world.fleet.units}
        self._booms = {unit.ident: _BoomCount() for unit in world.fleet.units if unit.boom_length > 0.0}
        self._sites = {unit.ident: unit.site for unit in world.fleet.units}
        self._capacity = {unit.ident: unit.storage for unit in world.fleet.units}

    def count(self, world: World) -> None:
        """After a step: add what was done in it."""
        for unit, vessel in zip(world.fleet.units, world.vessels, strict=True):
            self._count_unit(unit, vessel)
            if unit.ident in self._booms:
                self._count_boom(self._booms[unit.ident], vessel)

    def _count_unit(self, unit: Unit, vessel: Vessel) -> None:
        counted = self._units[unit.ident]
        if vessel.state == "on_task":
            counted.working += self._dt
        if vessel.recovered > counted.recovered:
            counted.meeting += self._dt
        if is_full(unit, vessel):
            counted.full += self._dt
        counted.recovered = vessel.recovered

    def _count_boom(self, counted: _BoomCount, vessel: Vessel) -> None:
        boom = vessel.boom
        if boom is None or boom.laid <= 0.0:
            counted.leaked_by_this = 0.0
            return
        counted.in_water += self._dt
        counted.held = max(counted.held, boom.held)
        if boom.held > 0.0:
            counted.touched += self._dt
        if boom.leaked < counted.leaked_by_this:  # another boom than before
            counted.leaked_by_this = 0.0
        counted.leaked += boom.leaked - counted.leaked_by_this
        counted.leaked_by_this = boom.leaked
        counted.line = np.asarray(Track(boom.line).first(boom.laid), np.float64)

    def keep(self, world: World) -> None:
        """One sample."""
        for vessel in world.vessels:
            unit = self._units[vessel.ident]
            unit.states.append(vessel.state)
            unit.reasons.append(vessel.reason)
            mixture = vessel.fluid + vessel.landed + vessel.handed - vessel.received
            unit.rows.append(
                (
                    vessel.fluid,
                    vessel.recovered,
                    mixture,
                    unit.working,
                    unit.meeting,
                    unit.full,
                    vessel.treated,
                    vessel.waste,
                )
            )
        for boom in self._booms.values():
            boom.rows.append((boom.in_water, boom.held, boom.touched, boom.leaked))

    def mixture_of(self, world: World, site: str) -> float:
        """Oil and water taken from the sea of a site so far [m3]."""
        return float(sum(v.fluid + v.landed for v in world.vessels if self._sites[v.ident] == site))

    def traces(self) -> tuple[tuple[UnitTrace, ...], tuple[BoomTrace, ...]]:
        """All samples as arrays."""
        units = []
        for ident, counted in self._units.items():
            rows = np.array(counted.rows, np.float64).T.copy()
            storage, recovered, mixture, working, meeting, full, treated, waste = rows
            units.append(
                UnitTrace(
                    ident=ident, states=tuple(counted.states), reasons=tuple(counted.reasons), storage=storage,
                    capacity=self._capacity[ident], recovered=recovered, mixture=mixture, working=working, meeting=meeting, full=full,
                    treated=treated, waste=waste,
                )
            )  # fmt: skip
        booms = []
        for ident, boom in self._booms.items():
            in_water, held, touched, leaked = np.array(boom.rows, np.float64).T.copy()
            booms.append(BoomTrace(ident, in_water, held, touched, leaked, self._sites[ident], boom.line))
        return tuple(units), tuple(booms)
