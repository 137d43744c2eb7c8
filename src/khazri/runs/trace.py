"""The replay of an exercise to its trace: once as played, once with nobody doing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.driver import workshop_of
from khazri.engine.kernels.settle import oil_on_shore
from khazri.engine.picture import budget, frame_of
from khazri.engine.site import SiteInputs, SiteState
from khazri.evaluation.trace import PlaceTrace, SiteTrace, Trace
from khazri.runs.afloat import Afloat
from khazri.simulation.happenings import Happening
from khazri.simulation.oiling import oiling_of
from khazri.simulation.orders import Orders
from khazri.simulation.world import World, advance

OrdersAt = Callable[[int], Orders]
Told = Callable[[int, int], None]  # steps done, of how many

OILED: Final = 1e-6  # [kg] from which a stretch of shore counts as bearing oil: above what rounding leaves


class Stopped(Exception):  # noqa: N818
    """The one who asked no longer wants the trace."""


def nobody_acts(orders_at: OrdersAt) -> OrdersAt:
    """The same winds and sources, and no unit with a task."""
    return lambda step: replace(orders_at(step), tasks={})


def trace_of(
    world: World, orders_at: OrdersAt, last_step: int, *, every: int = 1, told: Told = lambda done, of: None
) -> Trace:
    """Advance a fresh world to `last_step` and keep what measures need: each `every`-th step, the first and the last.

    `orders_at(step)` gives the orders of the step that begins at `step`, as the fold of the log has them. `told` is
    called after each step; what it raises ends the replay.
    """
    if world.step != 0:
        raise ValueError(f"the world stands at step {world.step}; expected a fresh one")
    if every < 1 or last_step < 0:
        raise ValueError(f"every is {every}, last_step {last_step}; expected 1 or more and 0 or more")
    rows = _Rows(world)
    rows.keep(world)
    happenings: list[Happening] = []
    while world.step < last_step:
        _, found = advance(world, orders_at(world.step))
        happenings += found
        rows.count(world)
        if world.step % every == 0 or world.step == last_step:
            rows.keep(world)
        told(world.step, last_step)
    return rows.trace(world, tuple(happenings))


def shoreline_oiled(inputs: SiteInputs, state: SiteState) -> float:
    """Length of shore that bears oil now [m]."""
    segments = inputs.terrain.segments
    oil: npt.NDArray[np.float64] = np.zeros(len(segments), np.float64)
    if not oil.size:
        return 0.0
    oil_on_shore(state.living, workshop_of(state, inputs).scene, oil)
    return float(segments.length[oil > OILED].sum(dtype=np.float64))


class _Rows:
    """Samples as they come."""

    def __init__(self, world: World) -> None:
        self.dt = world.inputs[0].numerics.dt if world.inputs else 60.0
        self.steps: list[int] = []
        self.sites: list[list[tuple[npt.NDArray[np.float64], float, float, float]]] = [[] for _ in world.inputs]
        self.places: list[list[float]] = [[] for _ in world.places]
        self.afloat = Afloat(world, self.dt)

    def count(self, world: World) -> None:
        """What is summed over every step."""
        self.afloat.count(world)

    def keep(self, world: World) -> None:
        """One sample."""
        self.steps.append(world.step)
        states = {inputs.ident: state for inputs, state in zip(world.inputs, world.states, strict=True)}
        for rows, inputs, state in zip(self.sites, world.inputs, world.states, strict=True):
            mixture = self.afloat.mixture_of(world, inputs.ident)
            rows.append((budget(state).copy(), float(state.released.sum()), shoreline_oiled(inputs, state), mixture))
        for oil, place in zip(self.places, world.places, strict=True):
            oil.append(oiling_of(place, states[place.site]).oil)
        self.afloat.keep(world)

    def trace(self, world: World, happenings: tuple[Happening, ...]) -> Trace:
        """All samples as arrays."""
        sites = tuple(
            SiteTrace(
                ident=inputs.ident,
                budget=np.stack([row[0] for row in rows]),
                released=np.array([row[1] for row in rows]),
                shoreline=np.array([row[2] for row in rows]),
                mixture=np.array([row[3] for row in rows]),
            )
            for inputs, rows in zip(world.inputs, self.sites, strict=True)
        )
        places = tuple(
            PlaceTrace(place.ident, place.site, place.weight, np.array(oil))
            for place, oil in zip(world.places, self.places, strict=True)
        )
        last = tuple(
            (inputs.ident, frame_of(state, inputs)) for inputs, state in zip(world.inputs, world.states, strict=True)
        )
        units, booms = self.afloat.traces()
        return Trace(self.dt, np.array(self.steps, np.int64), sites, places, units, booms, happenings, last)
