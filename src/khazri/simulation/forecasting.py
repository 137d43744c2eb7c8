"""The forecast that players have in hand: made from what was known when it was issued, never from orders given later."""

from __future__ import annotations

from khazri.engine.site import SiteInputs
from khazri.sea.forecast import Forecaster, WindsAhead, forecast_for, outlook_of
from khazri.simulation.orders import Orders
from khazri.simulation.weather import orders_so_far, wind_so_far


def forecast_at_hand(
    inputs: SiteInputs, forecaster: Forecaster | None, *, now: float, orders: Orders
) -> WindsAhead | None:
    """The newest forecast of a site that is at hand `now` [s from the start]; None where there is none.

    inputs   the site's, as planned
    orders   a wind that control set until the moment of issue is taken to go on; one set later is not known to it
    """
    issued = None if forecaster is None else forecaster.issue_at_hand(now)
    if forecaster is None or issued is None:
        return None
    known = orders_so_far(orders, inputs.ident, int(issued // inputs.numerics.dt))
    fields = dict(inputs.fields)
    if known:
        fields["wind"] = wind_so_far(inputs, known)
    return forecast_for(forecaster, issued, truth=outlook_of(fields, inputs.terrain.plane, *forecaster.place))
