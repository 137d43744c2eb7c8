"""What everybody in an exercise has in hand of the weather to come."""

from __future__ import annotations

import math

from khazri.exercise.view import ViewAhead, ViewForecast, ViewWind
from khazri.runs.preparation import Prepared, PreparedSite
from khazri.sea.forecast import WindsAhead
from khazri.simulation.forecasting import forecast_at_hand
from khazri.simulation.orders import Orders
from khazri.units import bearing_from


def forecasts_at_hand(prepared: Prepared, step: int, given: Orders) -> dict[str, ViewForecast]:
    """The newest forecast of each site that has one before `step`, under the orders that were given until it was issued."""
    found = {}
    for site in prepared.sites:
        now = step * prepared.numerics.dt
        ahead = forecast_at_hand(site.inputs, site.forecaster, now=now, orders=given)
        if ahead is not None:
            found[site.site.ident] = _shown(site, ahead)
    return found


def _shown(site: PreparedSite, ahead: WindsAhead) -> ViewForecast:
    """Rounded as forecasts are told: a tenth of a metre a second, a whole degree; a tenth of a kelvin, a hundred metres."""
    assert site.forecaster is not None, "what was forecast has a forecaster"
    longitude, latitude = site.terrain.plane.to_geographic(*site.forecaster.place)
    rows = tuple(
        ViewAhead(
            valid=float(valid),
            wind=ViewWind(speed=round(math.hypot(east, north), 1), from_bearing=_whole(bearing_from(east, north))),
            air_temperature=None if ahead.air is None else round(float(ahead.air[row]), 1),
            visibility=None if ahead.visibility is None else round(float(ahead.visibility[row]), -2),
        )
        for row, (valid, east, north) in enumerate(zip(ahead.valid, ahead.east, ahead.north, strict=True))
    )
    return ViewForecast(
        issued=ahead.issued, longitude=round(float(longitude), 2), latitude=round(float(latitude), 2), ahead=rows
    )


def _whole(bearing: float) -> float:
    """To a whole degree [rad]."""
    return math.radians(round(math.degrees(bearing)) % 360)
