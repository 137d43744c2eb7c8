from __future__ import annotations

import math

import pytest

from khazri.units import QuantityError, parse, parse_with_unit


@pytest.mark.parametrize(
    ("text", "dimension", "si"),
    [
        ("14 kn", "speed", 14 * 1852 / 3600),
        ("9 m/s", "speed", 9.0),
        ("130 deg", "angle", math.radians(130)),
        ("130°", "angle", math.radians(130)),
        ("8 nmi", "length", 14_816.0),
        ("3km", "length", 3_000.0),
        ("21 degC", "temperature", 294.15),
        ("-40 degF", "temperature", 233.15),
        ("20 mg/l", "concentration", 0.02),
        ("400 t", "mass", 400_000.0),
        ("1200 m³", "volume", 1_200.0),
        ("1 bbl", "volume", 0.158987294928),
        ("15 min", "time", 900.0),
        ("30 cSt", "kinematic_viscosity", 30e-6),
        ("40 %", "fraction", 0.4),
        ("−1.5 degC", "temperature", 271.65),
        (5, "mass", 5.0),
        ("5e3", "mass", 5_000.0),
    ],
)
def test_what_mariners_write_becomes_si(text: object, dimension: str, si: float) -> None:
    assert parse(text, dimension) == pytest.approx(si, rel=1e-14)


@pytest.mark.parametrize(
    "value", [True, None, [], "", "fast", "kn", "nan", "inf", float("nan"), 10**400, "1,5 kn", "1 kg"]
)
def test_what_is_no_speed_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(QuantityError, match='speed as in "14 kn"'):
        parse(value, "speed")


def test_a_decimal_comma_is_told_from_other_mistakes() -> None:
    with pytest.raises(QuantityError, match="decimal point"):
        parse("0,5 m/s", "speed")


def test_dynamic_viscosity_is_not_taken_for_kinematic() -> None:
    with pytest.raises(QuantityError, match="dynamic viscosity; divide by the density"):
        parse("30 cP", "kinematic_viscosity")


def test_an_angle_without_its_unit_is_refused() -> None:
    with pytest.raises(QuantityError, match='a unit as in "130 deg"'):
        parse_with_unit(130, "angle")
    with pytest.raises(QuantityError, match='a unit as in "130 deg"'):
        parse_with_unit("130", "angle")
