"""What response does to the oil during one step (CONTRACTS: Controls). Empty until units exist."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Boom:
    """A floating barrier: polyline (n, 2) on the plane [m]."""

    ident: int
    line: npt.NDArray[np.float64]
    skirt: float  # draught of the skirt [m]
    velocity: tuple[float, float] = (0.0, 0.0)  # of the boom over ground [m s-1]


@dataclass(frozen=True)
class RemovalSwath:
    """A quadrilateral (4, 2) on the plane [m] swept in this step, and the mass it may take [kg]."""

    ident: int
    corners: npt.NDArray[np.float64]
    capacity: float
    kind: str  # skim, burn or shore-clean


@dataclass(frozen=True)
class Spray:
    """A quadrilateral (4, 2) on the plane [m] sprayed with dispersant in this step, and the share of oil it treats [1]."""

    ident: int
    corners: npt.NDArray[np.float64]
    efficiency: float


@dataclass(frozen=True)
class Controls:
    """All that response does in one step, for one site."""

    booms: tuple[Boom, ...] = ()
    swaths: tuple[RemovalSwath, ...] = ()
    sprays: tuple[Spray, ...] = ()
    source_open: dict[str, bool] = field(default_factory=dict)  # release ident -> still flowing
