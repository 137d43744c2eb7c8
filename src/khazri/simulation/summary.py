"""The small picture of the world that triggers and decisions read once per step, never arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.engine.picture import budget
from khazri.simulation.oiling import Oiling, oiling_of
from khazri.simulation.world import World


@dataclass(frozen=True)
class WorldSummary:
    """Budget per site, oil and distance per place, state per unit, and how far the world lags behind its clock [s]."""

    step: int
    time: float  # [s]
    budget: dict[str, npt.NDArray[np.float64]]  # site -> (OWNERS,) [kg]
    released: dict[str, float]  # site -> [kg]
    places: dict[str, Oiling]
    lag: float = 0.0
    units: dict[str, str] = field(default_factory=dict)  # ident -> state (`response.vessel.State`)


def summarise(world: World, *, lag: float = 0.0) -> WorldSummary:
    """The summary of the world as it stands; the conductor knows the lag."""
    states = {site.ident: state for site, state in zip(world.inputs, world.states, strict=True)}
    dt = world.inputs[0].numerics.dt if world.inputs else 0.0
    return WorldSummary(
        step=world.step,
        time=world.step * dt,
        budget={ident: budget(state) for ident, state in states.items()},
        released={ident: float(state.released.sum()) for ident, state in states.items()},
        places={place.ident: oiling_of(place, states[place.site]) for place in world.places},
        lag=lag,
        units={vessel.ident: vessel.state for vessel in world.vessels},
    )
