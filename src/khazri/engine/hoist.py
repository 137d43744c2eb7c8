"""Fields in time: blended once per step over the box that the particles occupy, so that the kernels interpolate in space only.

What is not a number stays so here; sampling replaces it (vectors by 0, scalars by the value below) and marks the particle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS, Field
from khazri.engine.kernels.blend import blend
from khazri.geo.grid import Grid

Singles = npt.NDArray[np.float32]

# what the kernels read, in the order of `Forcing.geometry`
READ: Final = (
    "current", "wind", "stokes", "wave_height", "wave_period", "ice_concentration", "ice_drift", "water_temperature", "salinity",
    "sediment",
)  # fmt: skip
# stands in for a field that is absent; said in the state's notes
ABSENT: Final[dict[str, float]] = {"water_temperature": 288.15, "salinity": 12.0}
FASTEST: Final = 5.0  # [m s-1] how far beyond their box particles may be carried in a step


class Forcing(NamedTuple):
    """What the kernels sample: (ny, nx, components) float32; `current` at the start, middle and end of the step."""

    current: Singles  # (3, ny, nx, 2)
    wind: Singles
    stokes: Singles
    wave_height: Singles
    wave_period: Singles
    ice_concentration: Singles
    ice_drift: Singles
    water_temperature: Singles
    salinity: Singles
    sediment: Singles
    geometry: Singles  # (len(READ), 3): x and y of cell [0, 0] from the site's origin [m], 1 / spacing


@dataclass
class Hoist:
    """Buffers of one site, and which of them are settled for good."""

    fields: dict[str, Field]
    forcing: Forcing
    settled: set[str]


def open_hoist(fields: dict[str, Field], origin: tuple[float, float]) -> Hoist:
    """Buffers for `fields`; those that are absent become constants."""
    geometry = np.zeros((len(READ), 3), np.float32)
    buffers: dict[str, Singles] = {}
    for row, name in enumerate(READ):
        found = fields.get(name)
        grid = found.grid if found else Grid(0.0, 0.0, 1.0, 1, 1)
        geometry[row] = (grid.x0 - origin[0], grid.y0 - origin[1], 1.0 / grid.spacing)
        shape = (*grid.shape, FIELDS[name][0])
        buffers[name] = np.full((3, *shape) if name == "current" else shape, ABSENT.get(name, 0.0), np.float32)
    return Hoist(fields, Forcing(**buffers, geometry=geometry), set())


def hoist(state: Hoist, time: float, dt: float, box: tuple[float, float, float, float] | None) -> None:
    """Fill the buffers for the step [time, time + dt] over `box` (plane metres), grown by what a step can carry."""
    for name in READ:
        found = state.fields.get(name)
        if found is None or name in state.settled:
            continue
        buffer = getattr(state.forcing, name)
        moments = (time, time + 0.5 * dt, time + dt) if name == "current" else (time + 0.5 * dt,)
        rows, columns = _window(found.grid, box, FASTEST * dt)
        if found.times.size == 1:
            rows, columns = (0, found.grid.ny), (0, found.grid.nx)
        for stage, moment in enumerate(moments):
            before, share = _bracket(found.times, moment)
            after = min(before + 1, found.times.size - 1)
            target = buffer[stage] if name == "current" else buffer
            blend(found.values[before], found.values[after], np.float32(share), target, *rows, *columns)
        if found.times.size == 1:
            state.settled.add(name)


def _bracket(times: npt.NDArray[np.float64], moment: float) -> tuple[int, float]:
    """The value before `moment` and the share of the way to the next; the ends hold outside."""
    if times.size == 1 or moment <= times[0]:
        return 0, 0.0
    if moment >= times[-1]:
        return int(times.size) - 1, 0.0
    before = int(np.searchsorted(times, moment, side="right")) - 1
    return before, float((moment - times[before]) / (times[before + 1] - times[before]))


def _window(
    grid: Grid, box: tuple[float, float, float, float] | None, reach: float
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows and columns (first, one past the last) that particles of `box` can sample in the step."""
    if box is None:
        return (0, grid.ny), (0, grid.nx)
    west, south, east, north = box
    reach += 2.0 * grid.spacing

    def span(low: float, high: float, first: float, count: int) -> tuple[int, int]:
        start = min(max(int((low - reach - first) // grid.spacing), 0), count - 1)
        stop = min(max(int((high + reach - first) // grid.spacing) + 2, start + 1), count)
        return start, stop

    return span(south, north, grid.y0, grid.ny), span(west, east, grid.x0, grid.nx)
