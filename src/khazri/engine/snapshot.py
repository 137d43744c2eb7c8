"""Saving a state and going on from it, bit for bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from khazri.engine.site import SiteInputs, SiteState


def save(state: SiteState) -> dict[str, npt.NDArray[np.generic]]:
    """Arrays by name, ready for `np.savez`."""
    raise NotImplementedError


def restore(arrays: dict[str, npt.NDArray[np.generic]], inputs: SiteInputs, site_index: int = 0) -> SiteState:
    """The state that was saved."""
    raise NotImplementedError
