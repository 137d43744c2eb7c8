"""The report tells the weather at each of its times, and only what is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from khazri.report.page import weather_payload
from khazri.sea.sunlight import Light
from khazri.simulation.meteorology import WeatherNow


def test_the_page_holds_what_a_station_tells_and_nothing_that_is_not_known(outcome) -> None:
    def told(time: float) -> WeatherNow:
        return WeatherNow(air_temperature=263.15, wind_chill=255.0, ice=0.4, light=Light(-0.2, "nautical"))

    site = replace(outcome.sites[0], weather=told)
    assert (
        weather_payload(site, np.array([0.0, 3600.0]))
        == [{"air": 263.15, "chill": 255.0, "ice": 0.4, "light": "nautical"}] * 2
    )
    assert weather_payload(replace(site, weather=None), np.array([0.0])) is None
