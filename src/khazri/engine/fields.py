"""The only kind of forcing the engine knows: regular grids on the site plane, vectors along its axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.geo.grid import Grid

# name -> (components, unit). What is absent is estimated or off, and the run's notes say which.
FIELDS: Final[dict[str, tuple[int, str]]] = {
    "current": (2, "m s-1"),  # at the surface
    "wind": (2, "m s-1"),  # at 10 m, towards
    "stokes": (2, "m s-1"),  # at the surface
    "wave_height": (1, "m"),  # significant
    "wave_period": (1, "s"),  # of the peak
    "ice_concentration": (1, "1"),
    "ice_thickness": (1, "m"),
    "ice_drift": (2, "m s-1"),
    "water_temperature": (1, "K"),
    "air_temperature": (1, "K"),
    "salinity": (1, "1e-3"),
    "sediment": (1, "kg m-3"),  # suspended
    "visibility": (1, "m"),
    "air_pressure": (1, "Pa"),  # at sea level
    "level": (1, "m"),  # of the sea above the site's water level
}


@dataclass(frozen=True)
class Field:
    """One quantity over space and time: values (nt, ny, nx, components) float32, linear in both, held outside `times`.

    A quantity that is the same everywhere has a grid of 1 x 1 cells, one that never changes a single time.
    """

    name: str
    grid: Grid
    times: npt.NDArray[np.float64]  # seconds from the start of the run, increasing
    values: npt.NDArray[np.float32]
    source: str  # in words, for the report

    def __post_init__(self) -> None:
        components = FIELDS[self.name][0]
        expected = (self.times.size, self.grid.ny, self.grid.nx, components)
        if self.values.shape != expected:
            raise ValueError(f"field {self.name}: values have shape {self.values.shape}; expected {expected}")
        if self.times.size > 1 and not bool(np.all(np.diff(self.times) > 0.0)):
            raise ValueError(f"field {self.name}: times do not increase; expected strictly increasing seconds")


def when_differs(before: Field, now: Field) -> float | None:
    """Until when two fields are the same [s]; None where they are the same throughout."""
    if before.grid != now.grid:
        return 0.0
    count = min(before.times.size, now.times.size)
    same = 0
    while (
        same < count
        and before.times[same] == now.times[same]
        and np.array_equal(before.values[same], now.values[same], equal_nan=True)
    ):
        same += 1
    if same == before.times.size == now.times.size:
        return None
    if same == 0:
        return 0.0
    until = min(_held_until(before, same), _held_until(now, same))
    return None if np.isinf(until) else max(until, 0.0)


def _held_until(field: Field, same: int) -> float:
    """How long the last value that both have is held."""
    value, index = field.values[same - 1], same
    while index < field.times.size and np.array_equal(field.values[index], value, equal_nan=True):
        index += 1
    return float("inf") if index == field.times.size else float(field.times[index - 1])
