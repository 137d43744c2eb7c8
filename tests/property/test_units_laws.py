"""Conversions lose nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khazri import units
from khazri.units import DIMENSIONS, parse, write

UNITS = [(dimension.name, unit) for dimension in DIMENSIONS.values() for unit in dimension.units]
finite = st.floats(-1e12, 1e12)


@given(value=finite, kind=st.sampled_from(UNITS))
def test_any_quantity_written_in_any_unit_is_read_back(value: float, kind: tuple[str, str]) -> None:
    dimension, unit = kind
    # an offset (degC) costs its own rounding: 273.15 K has an absolute precision of about 6e-14 K
    assert parse(write(value, dimension, unit), dimension) == pytest.approx(value, rel=1e-12, abs=1e-12)


@given(longitude=st.floats(-180, 180), latitude=st.floats(-90, 90))
def test_positions_on_charts_are_good_to_half_a_tenth_of_a_minute(longitude: float, latitude: float) -> None:
    half = 0.05 / 60 + 1e-9
    assert abs(units.parse_latitude(units.write_latitude(latitude)) - latitude) <= half
    assert abs((units.parse_longitude(units.write_longitude(longitude)) - longitude + 180) % 360 - 180) <= half


@given(speed=st.floats(1e-3, 60), bearing=st.floats(0, 2 * math.pi, exclude_max=True))
def test_components_keep_speed_and_bearing(speed: float, bearing: float) -> None:
    east, north = units.components_from(speed, bearing)
    assert math.hypot(east, north) == pytest.approx(speed, rel=1e-12)
    assert math.cos(units.bearing_from(east, north) - bearing) == pytest.approx(1.0, abs=1e-12)


@given(seconds=st.integers(-10_000_000, 10_000_000))
def test_moments_are_read_back(seconds: int) -> None:
    assert units.parse_moment(units.write_moment(seconds), None) == seconds


@given(text=st.text(max_size=20), kind=st.sampled_from(sorted(DIMENSIONS)))
def test_any_text_is_a_quantity_or_a_value_error(text: str, kind: str) -> None:
    for read in (lambda: parse(text, kind), lambda: units.parse_latitude(text), lambda: units.parse_moment(text, None)):
        try:
            read()
        except ValueError:
            continue
