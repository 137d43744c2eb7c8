"""The weather at a place, whole."""

from __future__ import annotations

import math
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import small_sea

from khazri.response.conditions import conditions_at
from khazri.sea.cold import wind_chill
from khazri.simulation.meteorology import weather_at

NOON = datetime(2026, 12, 9, 9, tzinfo=UTC)


def test_the_weather_at_a_place_is_told_whole() -> None:
    inputs = small_sea.site(
        small_sea.constant("wind", 0.0, -10.0),
        small_sea.constant("air_temperature", 263.15),
        small_sea.constant("visibility", 4000.0),
        small_sea.constant("level", 0.5),
    )
    now = weather_at(inputs, (0.0, 0.0), 3600.0, start=NOON)
    assert now.wind_speed == pytest.approx(10.0)
    assert now.wind_from == pytest.approx(0.0, abs=1e-6)
    assert now.gust == pytest.approx(12.3)
    assert now.wind_chill == pytest.approx(wind_chill(263.15, 10.0))
    assert now.visibility == 4000.0
    assert now.level == pytest.approx(0.5)
    assert now.light is not None
    assert now.current == pytest.approx(math.hypot(0.10, 0.15))
    assert now.ice is None


def test_waves_at_a_place_are_those_that_units_meet() -> None:
    inputs = small_sea.site(small_sea.constant("wind", 8.0, 3.0), small_sea.constant("ice_concentration", 0.4))
    now, met = weather_at(inputs, (0.0, 0.0), 0.0), conditions_at(inputs, 8.0, (0.0, 0.0), 0.0)
    assert now.wave_height == pytest.approx(met.wave_height, rel=1e-5)
    assert now.wave_period is not None


def test_waves_that_are_given_stand_and_land_has_none() -> None:
    given = (small_sea.constant("wave_height", 1.7), small_sea.constant("wave_period", 5.5))
    now = weather_at(small_sea.site(*given), (0.0, 0.0), 0.0)
    assert (now.wave_height, now.wave_period) == (pytest.approx(1.7), pytest.approx(5.5))
    ashore = small_sea.site(terrain=small_sea.sea(small_sea.shore_east()))
    x = float(ashore.terrain.grid.x[-3])
    assert weather_at(ashore, (x, 0.0), 0.0).wave_height is None


def test_what_is_not_known_is_not_made_up() -> None:
    now = weather_at(small_sea.site(), (0.0, 0.0), 0.0)
    assert now.air_temperature is None
    assert now.wind_chill is None
    assert now.light is None
    assert np.isfinite(now.wind_speed)
