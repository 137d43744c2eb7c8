"""What response does to the oil during one step (CONTRACTS: Controls), and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Boom:
    """A floating barrier: polyline (n, 2) on the plane [m]. Where `before` is given it moves from there during the step."""

    ident: int
    line: Doubles  # at the end of the step
    skirt: float  # draught of the skirt [m]; a pool deeper than two thirds of it drains
    velocity: tuple[float, float] = (0.0, 0.0)  # of a boom whose `before` is not given [m s-1]: leakage feels it
    wave_limit: float = 1.0  # significant height at which it holds nothing [m]
    wave_height: float = 0.0  # significant, where it lies now [m]
    before: Doubles | None = None  # the same points at the start of the step; it carries along what it holds
    capacity: float = inf  # emulsion that it holds [m3]; what is more drains
    condition: float = 1.0  # share of what it holds that its gaps let it keep over a minute [1]

    def __post_init__(self) -> None:
        if self.line.ndim != 2 or self.line.shape[0] < 2 or self.line.shape[1] != 2 or not np.isfinite(self.line).all():
            raise ValueError(
                f"boom {self.ident}: line has shape {self.line.shape}; expected (2 or more, 2) finite metres"
            )
        if self.before is not None and (self.before.shape != self.line.shape or not np.isfinite(self.before).all()):
            raise ValueError(
                f"boom {self.ident}: before has shape {self.before.shape}; expected that of its line, {self.line.shape}, finite"
            )
        if not self.wave_limit > 0.0:
            raise ValueError(f"boom {self.ident}: wave_limit is {self.wave_limit} m; expected more than 0")
        if not (self.capacity >= 0.0 and 0.0 <= self.condition <= 1.0):
            raise ValueError(
                f"boom {self.ident}: capacity {self.capacity} m3, condition {self.condition}; "
                "expected no less than 0 and a share from 0 to 1"
            )


def _check(unit: int, corners: Doubles, shares: Iterable[float], amounts: Iterable[float]) -> None:
    if corners.ndim != 3 or corners.shape[1:] != (4, 2) or not np.isfinite(corners).all():
        raise ValueError(f"unit {unit}: corners have shape {corners.shape}; expected (k, 4, 2) finite metres")
    for share in shares:
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"unit {unit}: a share is {share}; expected 0 to 1")
    for amount in amounts:
        if not amount >= 0.0:
            raise ValueError(f"unit {unit}: an amount is {amount}; expected no less than 0")


@dataclass(frozen=True)
class Swath:
    """What one unit swept in the step: quadrilaterals (k, 4, 2) on the plane [m], and how much of it it can take."""

    unit: int
    corners: Doubles
    throughput: float  # share of the emulsion met that is taken [1]
    most_emulsion: float  # what it can take in this step: its pump, its tank [m3]
    kind: str = "skim"

    def __post_init__(self) -> None:
        _check(self.unit, self.corners, (self.throughput,), (self.most_emulsion,))


@dataclass(frozen=True)
class Spray:
    """What one unit sprayed with dispersant in the step: quadrilaterals (k, 4, 2) on the plane [m]."""

    unit: int
    corners: Doubles
    most: float  # oil that the dispersant spent in this step is enough for [kg]
    effect: float  # share of treated oil that goes under by wind and salinity; viscosity comes on top, oil by oil [1]
    wave_height: float = 0.5  # significant [m]: sets the size of droplets and how deep they are driven

    def __post_init__(self) -> None:
        _check(self.unit, self.corners, (self.effect,), (self.most, self.wave_height))


@dataclass(frozen=True)
class Burn:
    """Where one unit burns in the step: quadrilaterals (k, 4, 2) on the plane [m]."""

    unit: int
    corners: Doubles
    efficiency: float  # pace of the fire in this wind against that in a calm [1]
    seconds: float  # of the step in which it may burn
    lit: bool = False  # it burned at the end of the step before
    ice: float = 0.0  # concentration [1]

    def __post_init__(self) -> None:
        _check(self.unit, self.corners, (self.efficiency, self.ice), (self.seconds,))


@dataclass(frozen=True)
class Cleaning:
    """Where one unit cleans the shore in the step: quadrilaterals (k, 4, 2) on the plane [m]."""

    unit: int
    corners: Doubles
    most: float  # oil that it can take in this step on the shore that suits it best [kg]
    method: str = "manual"  # one of physics.cleaning.METHODS
    waste_factor: float = 10.0  # volume of waste to that of oil [1]

    def __post_init__(self) -> None:
        _check(self.unit, self.corners, (), (self.most, self.waste_factor))
        from khazri.physics.cleaning import METHODS  # with numba, which takes a second to load

        if self.method not in METHODS:
            raise ValueError(f"unit {self.unit}: method is {self.method}; expected one of {', '.join(METHODS)}")
        if not isfinite(self.waste_factor):
            raise ValueError(f"unit {self.unit}: waste_factor is {self.waste_factor}; expected a finite number")


@dataclass(frozen=True)
class Recovery:
    """What a unit met and took in one step."""

    oil: float  # taken, without water [kg]
    emulsion: float  # taken [m3]
    met: float  # emulsion in its swath [m3]
    viscosity: float = 0.0  # kinematic, of the emulsion met, mean of the logarithm [m2 s-1]; 0: none was met


@dataclass(frozen=True)
class BoomTally:
    """What a boom held at the end of a step, and what passed it in the step."""

    held: float  # [kg]
    leaked: float  # [kg], what drained included
    volume: float = 0.0  # emulsion held [m3]
    drained: float = 0.0  # of what leaked, what it had no room for [kg]


@dataclass(frozen=True)
class Spraying:
    """What a unit's dispersant met and did in one step."""

    met: float  # oil in what it sprayed [kg]
    treated: float  # gone under as droplets [kg]
    reached: float = 0.0  # oil that the dispersant was enough for [kg]
    places: tuple[tuple[float, float], ...] = ()  # where that lay on the plane [m]


@dataclass(frozen=True)
class Burning:
    """What burned in one step, and why no more: "" or nothing_to_burn, too_windy, too_thin_to_burn, too_wet_to_burn."""

    oil: float  # gone up [kg]
    residue: float  # left of it [kg]
    lit: bool  # burns on
    reason: str = ""
    met: float = 0.0  # oil within [kg]


@dataclass(frozen=True)
class Cleaned:
    """What a unit took off the shore in one step."""

    oil: float  # [kg]
    waste: float  # [kg]
    waste_volume: float = 0.0  # [m3]
    met: float = 0.0  # oil ashore within, on shore that its method suits [kg]
    unsuited: float = 0.0  # oil ashore within, on shore that it does not [kg]


@dataclass(frozen=True)
class Controls:
    """All that response does in one step, for one site; they act in this order."""

    booms: tuple[Boom, ...] = ()
    swaths: tuple[Swath, ...] = ()
    sprays: tuple[Spray, ...] = ()
    source_open: dict[str, bool] = field(default_factory=dict)  # release ident -> still flowing
    burns: tuple[Burn, ...] = ()  # after the swaths, before the sprays
    cleanings: tuple[Cleaning, ...] = ()  # last
