"""What response does to the oil during one step (CONTRACTS: Controls), and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Boom:
    """A floating barrier that stands still during the step: polyline (n, 2) on the plane [m]."""

    ident: int
    line: npt.NDArray[np.float64]
    skirt: float  # draught of the skirt [m]
    velocity: tuple[float, float] = (0.0, 0.0)  # of the boom through the water's own frame [m s-1]: leakage feels it
    wave_limit: float = 1.0  # significant height at which it holds nothing [m]
    wave_height: float = 0.0  # significant, where it lies now [m]

    def __post_init__(self) -> None:
        if self.line.ndim != 2 or self.line.shape[0] < 2 or self.line.shape[1] != 2 or not np.isfinite(self.line).all():
            raise ValueError(
                f"boom {self.ident}: line has shape {self.line.shape}; expected (2 or more, 2) finite metres"
            )
        if not self.wave_limit > 0.0:
            raise ValueError(f"boom {self.ident}: wave_limit is {self.wave_limit} m; expected more than 0")


@dataclass(frozen=True)
class Swath:
    """What one unit swept in the step: quadrilaterals (k, 4, 2) on the plane [m], and how much of it it can take."""

    unit: int
    corners: npt.NDArray[np.float64]
    throughput: float  # share of the emulsion met that is taken [1]
    most_emulsion: float  # what it can take in this step: its pump, its tank [m3]
    kind: str = "skim"

    def __post_init__(self) -> None:
        if self.corners.ndim != 3 or self.corners.shape[1:] != (4, 2) or not np.isfinite(self.corners).all():
            raise ValueError(
                f"unit {self.unit}: corners have shape {self.corners.shape}; expected (k, 4, 2) finite metres"
            )
        if not (0.0 <= self.throughput <= 1.0 and self.most_emulsion >= 0.0):
            raise ValueError(
                f"unit {self.unit}: throughput {self.throughput}, most_emulsion {self.most_emulsion} m3; "
                "expected a share from 0 to 1 and no less than 0"
            )


@dataclass(frozen=True)
class Spray:
    """A quadrilateral (4, 2) on the plane [m] sprayed with dispersant in this step, and the share of oil it treats [1]."""

    ident: int
    corners: npt.NDArray[np.float64]
    efficiency: float


@dataclass(frozen=True)
class Recovery:
    """What a unit met and took in one step."""

    oil: float  # taken, without water [kg]
    emulsion: float  # taken [m3]
    met: float  # emulsion in its swath [m3]


@dataclass(frozen=True)
class BoomTally:
    """What a boom held at the end of a step, and what passed it in the step."""

    held: float  # [kg]
    leaked: float  # [kg]


@dataclass(frozen=True)
class Controls:
    """All that response does in one step, for one site."""

    booms: tuple[Boom, ...] = ()
    swaths: tuple[Swath, ...] = ()
    sprays: tuple[Spray, ...] = ()
    source_open: dict[str, bool] = field(default_factory=dict)  # release ident -> still flowing
