"""What the wind does to the water: stress by one of three published drag laws, and what ice leaves of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]
DragLaw = Literal["large_pond", "wu", "garratt"]

AIR: Final = 1.225  # density [kg m-3], ICAO standard atmosphere at sea level
CAP: Final = 2.8e-3  # drag does not grow beyond winds of about 30 m/s: Powell, Vickery and Reinhold (2003)


def large_pond(speed: Singles) -> Singles:
    """Drag coefficient of 10 m wind [1]: 1.2e-3 below 11 m/s, (0.49 + 0.065 U) 1e-3 above. Large and Pond (1981), 4-25 m/s."""
    return np.where(speed < 11.0, 1.2e-3, (0.49 + 0.065 * speed) * 1e-3).astype(np.float32)


def wu(speed: Singles) -> Singles:
    """Drag coefficient of 10 m wind [1]: (0.8 + 0.065 U) 1e-3. Wu (1982)."""
    return np.asarray((0.8 + 0.065 * speed) * 1e-3, np.float32)


def garratt(speed: Singles) -> Singles:
    """Drag coefficient of 10 m wind [1]: (0.75 + 0.067 U) 1e-3. Garratt (1977), 4-21 m/s."""
    return np.asarray((0.75 + 0.067 * speed) * 1e-3, np.float32)


LAWS: Final[dict[str, Callable[[Singles], Singles]]] = {"large_pond": large_pond, "wu": wu, "garratt": garratt}


def wind_stress(u: Singles, v: Singles, *, law: DragLaw = "wu", ice: Singles | float = 0.0) -> tuple[Singles, Singles]:
    """Stress on the water [Pa] along x and y, of wind (u, v) at 10 m [m s-1].

    ice  share of the water covered [1]. Ice takes the stress from the water beneath it in proportion to its cover; that
         drifting ice drags the water along is left out (not validated), which is right for fast ice.
    """
    speed = np.hypot(u, v).astype(np.float32)
    acting = AIR * np.minimum(LAWS[law](speed), CAP) * speed * (1.0 - np.asarray(ice, np.float32))
    return np.asarray(acting * u, np.float32), np.asarray(acting * v, np.float32)
