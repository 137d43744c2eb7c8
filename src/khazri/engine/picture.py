"""What is drawn, stored and counted of a state."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from khazri.engine.driver import workshop_of
from khazri.engine.frame import Frame
from khazri.engine.kernels.settle import oil_on_shore
from khazri.engine.pool import MARK_NAMES
from khazri.engine.site import SiteInputs, SiteState


def budget(state: SiteState) -> npt.NDArray[np.float64]:
    """Mass by owner (OWNERS,) [kg], over all ensemble members; its sum is what was released, to rounding."""
    return state.held + state.gone


def frame_of(state: SiteState, inputs: SiteInputs) -> Frame:
    """The moment as it stands; arrays are copies."""
    n, pool = state.living, state.pool
    shore = np.zeros(len(inputs.terrain.segments), np.float64)
    if shore.size:
        oil_on_shore(n, workshop_of(state, inputs).scene, shore)
    return Frame(
        step=state.step,
        time=state.step * inputs.numerics.dt,
        ident=np.arange(n, dtype=np.uint32),
        release=pool.release[:n].copy(),
        member=pool.member[:n].copy(),
        status=pool.status[:n].copy(),
        x=pool.x[:n].copy(),
        y=pool.y[:n].copy(),
        z=pool.z[:n].copy(),
        mass=pool.mass[:n].copy(),
        evaporated=pool.evaporated[:n].copy(),
        water=pool.water[:n].copy(),
        density=pool.density[:n].copy(),
        viscosity=pool.viscosity[:n].copy(),
        thickness=pool.thickness[:n].copy(),
        diameter=pool.diameter[:n].copy(),
        budget=budget(state),
        released=float(state.released.sum()),
        shore_oil=shore,
        counts=state.counts.copy(),
        marks={name: int(count) for name, count in zip(MARK_NAMES, state.marks, strict=True) if count},
    )
