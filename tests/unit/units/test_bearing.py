from __future__ import annotations

import math

import pytest

from khazri.units import bearing_from, bearing_towards, components_from, components_towards


def test_wind_from_the_south_east_blows_to_the_north_west() -> None:
    east, north = components_from(10.0, math.radians(135))
    assert east == pytest.approx(-math.sqrt(50), abs=1e-12)
    assert north == pytest.approx(math.sqrt(50), abs=1e-12)


def test_current_towards_the_east_goes_east() -> None:
    assert components_towards(0.5, math.radians(90)) == pytest.approx((0.5, 0.0), abs=1e-12)


@pytest.mark.parametrize("degrees", [0, 45, 130, 200, 359])
def test_bearings_come_back(degrees: float) -> None:
    bearing = math.radians(degrees)
    assert bearing_from(*components_from(7.0, bearing)) == pytest.approx(bearing, abs=1e-9)
    assert bearing_towards(*components_towards(7.0, bearing)) == pytest.approx(bearing, abs=1e-9)
