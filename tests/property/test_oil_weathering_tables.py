"""Laws of the weathering tables (ruling 4): oil never returns from the air, steps are exact."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from khazri import oils
from khazri.oils.tables import WeatheringTable
from khazri.physics.lookup import evaporated_after

IDENTS = ("azeri-light", "snohvit-condensate", "mgo", "hfo", "kumkol")


@cache
def table(ident: str) -> WeatheringTable:
    return oils.weathering_table(oils.find(ident))


def after(t: WeatheringTable, fraction: float, temperature: float, exposure: float) -> np.float32:
    axes = (np.float32(t.temperature_first), np.float32(t.temperature_step), np.float32(t.fraction_step))
    one = (np.float32(fraction), np.float32(temperature), np.float32(exposure))
    return np.float32(evaporated_after(*one, t.exposure, *axes))


steps = st.lists(st.tuples(st.floats(250, 330), st.floats(0, 5)), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(ident=st.sampled_from(IDENTS), steps=steps)
def test_oil_never_returns_from_the_air(ident: str, steps: list[tuple[float, float]]) -> None:
    t, fraction = table(ident), np.float32(0)
    for temperature, exposure in steps:
        later = after(t, fraction, temperature, exposure)
        assert fraction <= later <= np.float32(t.fraction_last) * np.float32(1 + 1e-6)
        fraction = later


@settings(max_examples=100, deadline=None)
@given(ident=st.sampled_from(IDENTS), fraction=st.floats(0, 1), temperature=st.floats(200, 400))
def test_no_exposure_leaves_the_bits_alone_at_any_temperature(ident: str, fraction: float, temperature: float) -> None:
    t = table(ident)
    held = np.float32(fraction * t.fraction_last)
    assert after(t, held, temperature, 0.0) == held


@settings(max_examples=150, deadline=None)
@given(ident=st.sampled_from(IDENTS), temperature=st.floats(265, 320), exposure=st.floats(1e-6, 10))
def test_two_half_steps_of_exposure_equal_one(ident: str, temperature: float, exposure: float) -> None:
    t = table(ident)
    halves = after(t, after(t, 0.0, temperature, exposure / 2), temperature, exposure / 2)
    assert abs(halves - after(t, 0.0, temperature, exposure)) < 3e-6  # same curve both times: float32 rounding only


@settings(max_examples=100, deadline=None)
@given(ident=st.sampled_from(IDENTS), fraction=st.floats(0, 0.9), exposure=st.floats(1e-3, 1))
def test_warm_oil_evaporates_at_least_as_fast(ident: str, fraction: float, exposure: float) -> None:
    t = table(ident)
    start = fraction * t.fraction_last
    assert after(t, start, 300.0, exposure) >= after(t, start, 275.0, exposure)


def test_forcing_that_is_not_a_number_evaporates_nothing_and_reads_no_wild_memory() -> None:
    t = table("azeri-light")
    assert after(t, 0.1, 288.0, float("nan")) == np.float32(0.1)
    assert 0.1 <= after(t, 0.1, float("nan"), 0.01) <= t.fraction_last
