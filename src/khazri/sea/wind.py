"""What the wind does to the water of a grid: stress by one of three published drag laws, and what ice leaves of it."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from khazri.sea.kernels.blow import GARRATT, LARGE_POND, WU, blow

Singles = npt.NDArray[np.float32]
DragLaw = Literal["large_pond", "wu", "garratt"]

LAWS: Final[dict[str, int]] = {"large_pond": LARGE_POND, "wu": WU, "garratt": GARRATT}


def wind_stress(u: Singles, v: Singles, *, law: DragLaw = "wu", ice: Singles | float = 0.0) -> tuple[Singles, Singles]:
    """Stress on the water [Pa] along x and y, of wind (u, v) at 10 m [m s-1]: formulas of `khazri.physics.stress`.

    ice  share of the water covered [1]
    """
    arrays = [np.asarray(each, np.float32) for each in (u, v, ice)]
    shape = np.broadcast_shapes(*(each.shape for each in arrays))
    full = [each if each.shape == shape else np.broadcast_to(each, shape) for each in arrays]
    given = [np.require(each, np.float32, ("C", "W")).reshape(-1) for each in full]  # copied only where it must be
    x, y = np.empty_like(given[0]), np.empty_like(given[0])
    blow(*given, LAWS[law], x, y)
    return x.reshape(shape), y.reshape(shape)
