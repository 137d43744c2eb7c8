from __future__ import annotations

import pytest

from khazri.units import PositionError, parse_latitude, parse_longitude, write_latitude, write_longitude, write_position


@pytest.mark.parametrize(
    "text", ["45-30.5N", "45°30.5'N", "45° 30.5′ N", "45 30.5 n", "45.508333333333333", "45°30'30\"N", 45 + 30.5 / 60]
)
def test_one_latitude_in_every_spelling(text: object) -> None:
    assert parse_latitude(text) == pytest.approx(45.508333333333333, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "degrees"), [("049-05.0E", 49 + 5 / 60), ("005-30.0W", -5.5), ("179-59.9E", 179 + 59.9 / 60), (190, 190.0)]
)
def test_longitudes(text: object, degrees: float) -> None:
    assert parse_longitude(text) == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize("text", ["45-30.5E", "45-60.0N", "91N", "-45N", "north", "", True, None, float("nan"), "45,5"])
def test_what_is_no_latitude_is_refused_with_an_example(text: object) -> None:
    with pytest.raises(PositionError, match=r'a latitude as in "45-30\.5N"'):
        parse_latitude(text)


def test_positions_are_written_as_on_charts() -> None:
    assert write_position(49.2, 45 + 30.5 / 60) == "45-30.5N 049-12.0E"
    assert write_longitude(-5.5) == "005-30.0W"


def test_minutes_that_round_to_sixty_carry_into_the_degrees() -> None:
    assert write_latitude(44.99999) == "45-00.0N"
    assert write_longitude(359.99999) == "000-00.0W"
