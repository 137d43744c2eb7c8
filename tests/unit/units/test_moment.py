from __future__ import annotations

from datetime import UTC, datetime

import pytest

from khazri.units import QuantityError, parse_moment, parse_utc, write_moment

START = datetime(2026, 9, 14, 4, tzinfo=UTC)


@pytest.mark.parametrize("value", ["T+27:00", "27 h", 97_200, "2026-09-15T07:00:00Z", "2026-09-15T11:00:00+04:00"])
def test_one_moment_in_every_spelling(value: object) -> None:
    assert parse_moment(value, START) == 97_200.0


@pytest.mark.parametrize("value", ["27:00", "T+27", "T+27:60", "noon", "2026-09-15T07:00:00", "", None, True])
def test_what_is_no_moment_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(QuantityError, match=r"T\+27:00"):
        parse_moment(value, START)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(QuantityError, match="the zone is missing"):
        parse_utc("2026-09-14T04:00:00")


@pytest.mark.parametrize(
    ("seconds", "text"), [(97_200, "T+27:00"), (-60, "T-00:01"), (59.6, "T+00:01"), (3_601, "T+01:00:01")]
)
def test_moments_are_written_as_exercises_do(seconds: float, text: str) -> None:
    assert write_moment(seconds) == text
