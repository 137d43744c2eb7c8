"""What is drawn, stored and counted of a state."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.engine.site import SiteInputs, SiteState


def budget(state: SiteState) -> npt.NDArray[np.float64]:
    """Mass by owner (OWNERS,) [kg]; their sum is what was released, to rounding."""
    return state.held + state.gone


def frame_of(state: SiteState, inputs: SiteInputs) -> Frame:
    """The moment as it stands; arrays are copies."""
    raise NotImplementedError
