"""One moment of one site: what is drawn, stored and counted. Derived, never the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Frame:
    """All particles that have been released, in order of their ident; arrays (n,)."""

    step: int
    time: float  # [s] from the start of the run
    ident: npt.NDArray[np.uint32]
    release: npt.NDArray[np.uint16]
    member: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]  # engine.owners.Status
    x: npt.NDArray[np.float64]  # on the plane [m]
    y: npt.NDArray[np.float64]
    z: Singles  # [m], 0 at the surface, negative below
    mass: Singles  # oil left on the particle, water not counted [kg]
    evaporated: Singles  # fraction of what was released [1]
    water: Singles  # fraction of water in the emulsion [1]
    density: Singles  # of the emulsion [kg m-3]
    viscosity: Singles  # kinematic, of the emulsion [m2 s-1]
    thickness: Singles  # of the thick film the particle belongs to [m]; 0 where it is not at the surface
    diameter: Singles  # of the droplet [m]; 0 where not submerged
    budget: npt.NDArray[np.float64]  # (OWNERS,) [kg]
    released: float  # [kg] up to now
    shore_oil: npt.NDArray[np.float64]  # (segments,) [kg] of oil ashore
    counts: npt.NDArray[np.int64]  # (STATUSES,)
    marks: dict[str, int]  # particles that met something odd in this step, by kind (e.g. "no_forcing")
