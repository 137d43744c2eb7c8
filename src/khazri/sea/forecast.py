"""What a forecast says, beside what the weather does: as it was written, or the truth with errors that grow with the lead time.

Nothing here looks past what it is given: a forecast made from the truth is a function of the truth at the valid times that it
names and of its seed. Its error at a lead time L has the size start + wind (L / 24 h)^growth, times a smooth random course in the
valid time, of which one half in variance is common to all forecasts and one half is the issue's own: forecasts that follow each
other agree more than independent ones would, and none of them, nor any two together, give the truth away.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.geo.plane import SitePlane
from khazri.sea.swings import swings

Doubles = npt.NDArray[np.float64]

DAY: Final = 86_400.0
MEMORY: Final = 21_600.0  # s over which an error is forgotten in valid time: ours
COMMON: Final = math.sqrt(0.5)
BUCKET: Final = 3_600.0  # s between the moments at which errors are drawn


@dataclass(frozen=True)
class Errors:
    """Size of the errors of forecasts; standard deviations a day ahead."""

    wind: float  # of each component [m s-1]
    air: float = 0.0  # [K]
    start: float = 0.0  # of each component of the wind at the moment of issue [m s-1]
    growth: float = 1.0
    number: int = 0

    def size(self, lead: Doubles) -> Doubles:
        """Of a component of the wind at lead times [s]."""
        return np.asarray(self.start + self.wind * np.power(np.maximum(lead, 0.0) / DAY, self.growth), np.float64)


@dataclass(frozen=True)
class WindsAhead:
    """What is foreseen at one place: rows by valid time."""

    issued: float  # [s from the start]
    valid: Doubles  # (n,) [s from the start]
    east: Doubles  # (n,) of the wind at 10 m, along true east [m s-1]
    north: Doubles
    air: Doubles | None  # [K]
    visibility: Doubles | None  # [m]
    source: str


# Valid times [s from the start] -> columns: wind along true east and north, air [K] or NaN, visibility [m] or NaN.
Outlook = Callable[[Doubles], Doubles]


@dataclass(frozen=True)
class Forecaster:
    """The forecasts of a site. Exactly one of `written` and `errors` is there.

    written   (issued, what it says), in the order of issue
    every     between forecasts made from the truth [s], the first at the start
    delay     from issue until it is at hand [s]
    """

    site: str
    place: tuple[float, float]  # that forecasts are for, on the plane [m]
    horizon: float
    step: float
    written: tuple[tuple[float, Outlook], ...] = ()
    errors: Errors | None = None
    every: float = 21_600.0
    delay: float = 0.0
    seed: int = 0

    @property
    def words(self) -> str:
        """What players are shown, for the report."""
        if self.errors is not None:
            what = f"made from the truth every {self.every / 3600:g} h, with an error of {self.errors.wind:g} m/s a day ahead"
        else:
            what = f"as written in the pack, {len(self.written)} of them"
        return f"forecast: players are shown forecasts, {what}; what acts is the environment beside them"

    def issue_at_hand(self, now: float) -> float | None:
        """When the newest forecast that is at hand at `now` was issued; None where there is none yet."""
        if self.errors is not None:
            found = math.floor((now - self.delay) / self.every + 1e-9) * self.every
            return found if found >= 0.0 else None
        issued = [moment for moment, _ in self.written if moment + self.delay <= now + 1e-6]
        return max(issued) if issued else None


def outlook_of(fields: dict[str, Field], plane: SitePlane, x: float, y: float) -> Outlook:
    """What fields say at a place of the plane [m], to be asked at any moments."""
    turn = float(plane.north_bearing(*plane.to_geographic(x, y)))
    cos, sin = math.cos(turn), math.sin(turn)

    def says(moments: Doubles) -> Doubles:
        columns = np.full((moments.size, 4), np.nan)
        wind = _course_at(fields["wind"], x, y, moments)
        columns[:, 0] = wind[:, 0] * cos + wind[:, 1] * sin
        columns[:, 1] = wind[:, 1] * cos - wind[:, 0] * sin
        for column, name in ((2, "air_temperature"), (3, "visibility")):
            if name in fields:
                columns[:, column] = _course_at(fields[name], x, y, moments)[:, 0]
        return columns

    return says


def _course_at(field: Field, x: float, y: float, moments: Doubles) -> Doubles:
    """Values (moments, components) in the cell nearest to a place: linear in time, held beyond."""
    grid = field.grid
    column = min(max(round((x - grid.x0) / grid.spacing), 0), grid.nx - 1)
    row = min(max(round((y - grid.y0) / grid.spacing), 0), grid.ny - 1)
    series = field.values[:, row, column, :].astype(np.float64)
    return np.column_stack([np.interp(moments, field.times, each) for each in series.T])


def forecast_for(forecaster: Forecaster, issued: float, *, truth: Outlook) -> WindsAhead:
    """The forecast of one issue.

    issued   one of the moments that `issue_at_hand` gives [s]
    truth    the weather as it is planned at the moment of issue; asked only where forecasts are made from it

    Checked by: tests/unit/sea/test_forecasts.py
    """
    valid = issued + np.arange(0.0, forecaster.horizon + 1.0, forecaster.step)
    if forecaster.errors is None:
        says = next(outlook for moment, outlook in forecaster.written if moment == issued)
        columns, source = says(valid), "forecast as written in the pack"
    else:
        columns = truth(valid).copy()
        for column, name in enumerate(("east", "north", "air")):
            columns[:, column] += _error(forecaster, forecaster.errors, issued, valid, name)
        source = f"forecast with an error of {forecaster.errors.wind:g} m/s a day ahead (exercise)"
    air, seen = columns[:, 2], columns[:, 3]
    return WindsAhead(
        issued, valid, columns[:, 0], columns[:, 1],
        air if np.isfinite(air).all() else None, seen if np.isfinite(seen).all() else None, source,
    )  # fmt: skip


def _error(forecaster: Forecaster, errors: Errors, issued: float, valid: Doubles, name: str) -> Doubles:
    lead = valid - issued
    size = errors.size(lead) if name != "air" else errors.air * np.power(np.maximum(lead, 0.0) / DAY, errors.growth)
    count = math.ceil(float(valid[-1]) / BUCKET) + 2
    moments = np.arange(count) * BUCKET

    def course(stream: str) -> Doubles:
        drawn = swings(count, BUCKET / MEMORY, seed=forecaster.seed, stream=stream)
        return np.asarray(np.interp(valid, moments, drawn), np.float64)

    name_of_all = f"forecast {forecaster.site} {errors.number} {name}"
    both = COMMON * course(name_of_all) + COMMON * course(f"{name_of_all} {issued:.0f}")
    return np.asarray(size * both, np.float64)
