"""Units as files write them."""

from __future__ import annotations

import pytest

from khazri.engine.fields import FIELDS
from khazri.inputs.forcing.names import COMMON, STANDARD, recognise
from khazri.inputs.forcing.units import DIMENSIONS, conversion

SPELLINGS = ("m s-1", "m/s", "m s**-1", "meter second-1", "meters/second", "m/sec", "m.s-1", "ms-1", "metre s^-1")


@pytest.mark.parametrize(
    ("field", "units", "value", "si"),
    [
        *(("current", spelling, 1.0, 1.0) for spelling in SPELLINGS),
        ("current", "cm s-1", 50.0, 0.5),
        ("wind", "knots", 10.0, 5.1444),
        ("wind", "km/h", 36.0, 10.0),
        ("wave_height", "meters", 2.0, 2.0),
        ("wave_period", "seconds", 6.0, 6.0),
        ("ice_concentration", "%", 30.0, 0.3),
        ("ice_concentration", "1", 0.3, 0.3),
        ("water_temperature", "Celsius", 10.0, 283.15),
        ("water_temperature", "degrees_C", 10.0, 283.15),
        ("air_temperature", "K", 280.0, 280.0),
        ("salinity", "PSU", 12.0, 12.0),
        ("salinity", "kg kg-1", 0.012, 12.0),
        ("sediment", "mg/l", 20.0, 0.02),
        ("visibility", "km", 8.0, 8000.0),
    ],
)  # fmt: skip
def test_units_become_si(field, units, value, si):
    factor = conversion(field, units)
    assert factor is not None
    assert factor.scale * value + factor.offset == pytest.approx(si, rel=1e-4)


@pytest.mark.parametrize(
    ("field", "units"),
    [("current", "m"), ("wind", "Pa"), ("water_temperature", "m s-1"), ("wave_height", "s"), ("current", "m2 s-1")],
)
def test_units_of_something_else_are_refused(field, units):
    assert conversion(field, units) is None


def test_every_field_has_a_unit_and_a_name():
    assert set(DIMENSIONS) == set(FIELDS)
    # a file's heights of the sea are above a datum of its own: a pack must name the variable (`variables: {level: zos}`)
    assert {naming.field for naming in STANDARD} == set(FIELDS) - {"level"}
    assert all(len(naming.names) == FIELDS[naming.field][0] for naming in (*STANDARD, *COMMON))


def test_a_standard_name_stands_over_the_variables_own():
    assert recognise("u10", "eastward_sea_water_velocity", "").field == "current"
    assert recognise("u10", "", "10 metre U wind component").field == "wind"
    assert recognise("hs", "sea_surface_swell_wave_significant_height", "") is None


def test_a_long_name_may_repeat_the_standard_name():
    known = recognise("a", "", "Eastward sea water velocity (m/s)")
    assert (known.field, known.component) == ("current", 0)


def test_letter_case_does_not_matter():
    assert recognise("x", "Northward_Sea_Water_Velocity", "").component == 1
