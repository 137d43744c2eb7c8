"""What the players of an exercise are told of the weather to come, beside the weather that acts."""

from __future__ import annotations

from typing import Annotated

from khazri.scenario.kinds import Measure, Moment, OneOrMany, Point, Section, WindSpeed, whole
from khazri.scenario.script import Scripted


class ForecastIssue(Scripted):
    """A forecast as it was written at a moment, in the grammar of the script."""

    issued: Moment = 0.0


class ForecastError(Section):
    """How far forecasts made from the truth are off, seeded.

    wind          standard deviation of each component of the wind a day ahead
    air           of the air's temperature a day ahead
    start         of the wind at the moment of issue
    growth        power of the lead time by which errors grow: 1 linear, 0.5 as a random walk
    number        another number: other errors of the same size
    """

    wind: WindSpeed
    air: Annotated[float, Measure("fraction", low=0.0, high=20.0)] = 0.0  # [K]
    start: WindSpeed = 0.0
    growth: Annotated[float, Measure("fraction", low=0.0, high=2.0)] = 1.0
    number: Annotated[int, whole(0, 2**31 - 1)] = 0


class Forecast(Section):
    """Forecasts as they were written (`issues`), or made from the truth with an `error`.

    every       how often one is made from the truth; written ones have their own moments
    delay       from its issue until players have it
    horizon     how far ahead it looks, in steps of `step`
    at          where it is for; the first release, or mid-site, where not said
    """

    issues: Annotated[tuple[ForecastIssue, ...], OneOrMany()] = ()
    error: ForecastError | None = None
    every: Annotated[float, Measure("time", low=600.0, high=7 * 86_400.0)] = 21_600.0
    delay: Annotated[float, Measure("time", low=0.0, high=86_400.0)] = 0.0
    horizon: Annotated[float, Measure("time", low=3_600.0, high=15 * 86_400.0)] = 172_800.0
    step: Annotated[float, Measure("time", low=600.0, high=86_400.0)] = 10_800.0
    at: Point | None = None
