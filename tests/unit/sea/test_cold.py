"""Wind chill, frostbite, gusts: figures that are printed on charts."""

from __future__ import annotations

import pytest

from khazri.sea.cold import ZERO_CELSIUS, frostbite_minutes, gust, wind_chill

# Environment Canada's chart of the index: air [degC], wind [km/h], wind chill [degC], whole degrees
CHART = [(0, 10, -3), (-10, 20, -18), (-20, 40, -34), (-30, 60, -50), (-20, 30, -33), (0, 50, -8), (5, 50, -1)]


@pytest.mark.parametrize(("air", "wind", "printed"), CHART)
def test_wind_chill_is_as_the_charts_print_it(accuracy, air: float, wind: float, printed: float) -> None:
    found = wind_chill(air + ZERO_CELSIUS, wind / 3.6) - ZERO_CELSIUS
    accuracy(
        quantity=f"wind chill, {air} degC and {wind} km/h [degC]", ours=found, expected=printed,
        source="the index's printed chart (Osczevski and Bluestein 2005), recalled", tolerance="whole degrees, as printed",
    )  # fmt: skip
    assert round(found) == printed


def test_in_a_calm_or_in_warmth_it_is_the_air_itself() -> None:
    assert wind_chill(263.15, 1.0) == 263.15
    assert wind_chill(290.0, 20.0) == 290.0


def test_skin_freezes_within_minutes_in_a_strong_wind_at_thirty_below() -> None:
    soon, sooner = frostbite_minutes(243.15, 10.0), frostbite_minutes(233.15, 15.0)
    assert soon is not None
    assert sooner is not None
    assert 2.0 < sooner < soon < 15.0
    assert frostbite_minutes(263.15, 10.0) is None


def test_a_gust_at_sea_is_a_quarter_above_the_mean() -> None:
    assert gust(10.0) == pytest.approx(12.3)
