"""The wind that control sets, in the place of the scenario's.

From the step of the order on one wind blows over the whole site, until the next order. Waves and Stokes drift that
files give belong to the wind that was; they are estimated from the ordered one. Current and level follow where the sea
of the site is computed (`SiteInputs.sea`): it is run again under all winds so far. Ice and temperatures stay.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.engine.site import SiteInputs
from khazri.geo.grid import Grid
from khazri.simulation.orders import Orders, WindOrder
from khazri.units import bearing_from, components_from

Singles = npt.NDArray[np.float32]
SEAM = 1.0  # s, in which one wind takes over from another
OF_THE_WIND = frozenset({"wind", "stokes", "wave_height", "wave_period"})


def wind_in_force(orders: Orders, site: str, step: int) -> WindOrder | None:
    """The order that holds over a site during `step`: the last one given for this step or an earlier one."""
    found = [order for order in orders.winds if order.site == site and order.step <= step]
    return found[-1] if found else None


def under_wind(inputs: SiteInputs, order: WindOrder | None, before: tuple[WindOrder, ...] = ()) -> SiteInputs:
    """The site's inputs with the ordered wind over all of it.

    before  orders for the site that held until this one, in the order of their steps: the sea remembers them
    """
    if order is None:
        return inputs
    kept = {name: values for name, values in inputs.fields.items() if name not in OF_THE_WIND}
    fields = {**kept, "wind": _field(inputs, order)}
    if inputs.sea is not None:
        fields |= inputs.sea(wind_so_far(inputs, (*before, order)))
    return replace(inputs, fields=fields)


def orders_so_far(orders: Orders, site: str, step: int) -> tuple[WindOrder, ...]:
    """The winds ordered for a site for `step` or earlier ones, the last of every step."""
    return tuple({each.step: each for each in orders.winds if each.site == site and each.step <= step}.values())


def wind_so_far(inputs: SiteInputs, orders: tuple[WindOrder, ...]) -> Field:
    """The planned wind until the first order, then each ordered one until the next; the last is held.

    Where the first order is for the first step, the planned wind is that of the moment before.
    """
    ordered = [_field(inputs, order) for order in orders]
    grid = ordered[0].grid
    planned = inputs.fields.get("wind")
    starts = [order.step * inputs.numerics.dt for order in orders]
    times: list[float] = []
    values: list[Singles] = []
    if (
        planned is not None
    ):  # also before an order for the first step: the sea has stood under the planned wind till then
        until = starts[0] - SEAM
        times = [each for each in planned.times.tolist() if each < until] + [until]
        values = [_between(planned, each) for each in times]
    for index, (start, field) in enumerate(zip(starts, ordered, strict=True)):
        times.append(start)
        values.append(field.values[0])
        if index + 1 < len(starts):
            times.append(starts[index + 1] - SEAM)
            values.append(field.values[0])
    return Field("wind", grid, np.asarray(times), np.stack(values).astype(np.float32), "planned, then ordered")


def _between(field: Field, time: float) -> Singles:
    """Values (ny, nx, components) at a moment."""
    after = int(np.clip(np.searchsorted(field.times, time), 0, field.times.size - 1))
    before = max(after - 1, 0)
    span = float(field.times[after] - field.times[before])
    share = np.float32(np.clip((time - float(field.times[before])) / span, 0.0, 1.0) if span > 0.0 else 1.0)
    return np.asarray((1 - share) * field.values[before] + share * field.values[after], np.float32)


def _field(inputs: SiteInputs, order: WindOrder) -> Field:
    """The same true bearing everywhere; the axes of the plane turn against it with longitude."""
    before = inputs.fields.get("wind")
    plane = inputs.terrain.plane
    if before is not None:
        grid = before.grid
    else:
        west, south, east, north = inputs.terrain.grid.bounds
        grid = Grid(0.5 * (west + east), 0.5 * (south + north), 1.0, 1, 1)
    x, y = np.meshgrid(grid.x, grid.y)
    longitude, latitude = plane.to_geographic(x, y)
    east_, north_ = components_from(order.speed, order.from_bearing)
    u, v = plane.rotate_from_geographic(
        np.full(x.shape, east_), np.full(x.shape, north_), longitude=longitude, latitude=latitude
    )
    values = np.stack([u, v], axis=-1)[np.newaxis].astype(np.float32)
    return Field("wind", grid, np.zeros(1), values, "ordered by exercise control")


def wind_over(inputs: SiteInputs, time: float) -> tuple[float, float] | None:
    """Speed [m s-1] and bearing [rad] it comes from, at the first release or mid-site; None: no wind."""
    found = inputs.fields.get("wind")
    if found is None:
        return None
    if inputs.releases:
        x, y = (float(each) for each in inputs.releases[0].vertices.mean(axis=0))
    else:
        west, south, east, north = inputs.terrain.grid.bounds
        x, y = 0.5 * (west + east), 0.5 * (south + north)
    column = min(max(round((x - found.grid.x0) / found.grid.spacing), 0), found.grid.nx - 1)
    row = min(max(round((y - found.grid.y0) / found.grid.spacing), 0), found.grid.ny - 1)
    series = found.values[:, row, column, :].astype(np.float64)
    u, v = (float(np.interp(time, found.times, series[:, axis])) for axis in (0, 1))
    turn = float(inputs.terrain.plane.north_bearing(*inputs.terrain.plane.to_geographic(x, y)))
    east_, north_ = u * math.cos(turn) + v * math.sin(turn), v * math.cos(turn) - u * math.sin(turn)
    return math.hypot(u, v), bearing_from(east_, north_)
