"""What happened to the oil and the units in one run of an exercise, sampled over its steps.

A trace is derived: the replay of the log under its orders makes it (`runs.trace`), and may make it again. Row 0 of every
array is the world before its first step; sums run over every step, also where not every step is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.simulation.happenings import Happening

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SiteTrace:
    """The oil of one site."""

    ident: str
    budget: Doubles  # (samples, OWNERS) [kg]
    released: Doubles  # (samples,) [kg]
    shoreline: Doubles  # (samples,) length of shore that bears oil [m]
    mixture: Doubles  # (samples,) oil and water taken from the sea so far [m3]


@dataclass(frozen=True)
class PlaceTrace:
    """A place whose oiling is watched."""

    ident: str
    site: str
    weight: float
    oil: Doubles  # (samples,) within it [kg]


@dataclass(frozen=True)
class UnitTrace:
    """A vessel; sums are from the first step on."""

    ident: str
    states: tuple[str, ...]  # (samples,) of `simulation`
    reasons: tuple[str, ...]  # (samples,) why it stopped
    storage: Doubles  # (samples,) on board [m3]
    capacity: float  # [m3]; 0 without a tank
    recovered: Doubles  # (samples,) oil taken so far [kg]
    mixture: Doubles  # (samples,) oil and water taken so far [m3]
    working: Doubles  # (samples,) time on task so far [s]
    meeting: Doubles  # (samples,) time so far in which oil came into its gear [s]
    full: Doubles  # (samples,) time so far with its tank full [s]
    treated: Doubles = field(
        default_factory=lambda: np.zeros(1)
    )  # (samples,) oil dispersed, burned or cleaned so far [kg]
    waste: Doubles = field(default_factory=lambda: np.zeros(1))  # (samples,) oiled material taken up so far [m3]


@dataclass(frozen=True)
class BoomTrace:
    """The boom of a unit; sums are from the first step on."""

    unit: str
    in_water: Doubles  # (samples,) time so far [s]
    held: Doubles  # (samples,) most oil that it has stopped in one step so far [kg]
    touched: Doubles  # (samples,) time so far in which it stopped oil [s]
    leaked: Doubles  # (samples,) oil that went past so far [kg]
    site: str = ""
    line: Doubles = field(default_factory=lambda: np.empty((0, 2)))  # of the last boom it laid, on the plane [m]


@dataclass(frozen=True)
class Trace:
    """One run from its start to a step."""

    dt: float  # [s]
    steps: npt.NDArray[np.int64]  # (samples,) steps done
    sites: tuple[SiteTrace, ...]
    places: tuple[PlaceTrace, ...] = ()
    units: tuple[UnitTrace, ...] = ()
    booms: tuple[BoomTrace, ...] = ()
    happenings: tuple[Happening, ...] = ()
    last: tuple[tuple[str, Frame], ...] = ()  # site, its oil at the last step

    @property
    def last_step(self) -> int:
        """Steps done at the end."""
        return int(self.steps[-1])

    @property
    def seconds(self) -> Doubles:
        """(samples,) time from the start [s]."""
        return np.asarray(self.steps * self.dt, np.float64)
