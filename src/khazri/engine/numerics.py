"""How finely a run is computed, and which processes act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

PROCESSES: Final[tuple[str, ...]] = (
    "wind_drift",
    "stokes_drift",
    "diffusion",
    "entrainment",
    "vertical_mixing",
    "spreading",
    "evaporation",
    "emulsification",
    "dissolution",
    "biodegradation",
    "sedimentation",
    "overwashing",
    "stranding",
    "ice",
)


@dataclass(frozen=True)
class Numerics:
    """Settings of one run; every choice is written into the run's record."""

    dt: float = 900.0  # [s]
    particles: int = 10_000  # over all releases of the site
    seed: int = 1
    members: int = 1  # ensemble members in the one pool
    advection: Literal["euler", "rk2", "rk4"] = "rk2"
    vertical_substeps: int = 15
    processes: frozenset[str] = frozenset(PROCESSES)
    horizontal_diffusivity: float | None = 2.0  # [m2 s-1]; None: Okubo (1971), growing with the patch
    wind_factor: float = 0.03  # total at the surface, Stokes included (ruling 2)
    entrainment: Literal["li2017", "delvigne1988"] = "li2017"
    droplets: Literal["li2017", "johansen2015"] = "li2017"
    emulsification: Literal["eley1988", "mackay1980"] = "eley1988"
    threads: int = 1
