"""The sun's height against what follows from its declination alone, and the names of twilight."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from khazri.sea.sunlight import light


@pytest.mark.parametrize(
    ("day", "declination"), [((2026, 6, 21), 23.44), ((2026, 12, 21), -23.44), ((2026, 3, 20), 0.0)]
)
@pytest.mark.parametrize("latitude", [45.0, 64.5, -30.0])
def test_the_sun_culminates_at_the_complement_of_latitude_and_declination(accuracy, day, declination, latitude) -> None:
    highest = max(
        light(datetime(*day, hour, minute, tzinfo=UTC), 0.0, latitude).elevation
        for hour in (11, 12)
        for minute in range(0, 60, 5)
    )
    expected = 90.0 - abs(latitude - declination)
    accuracy(
        quantity=f"height of the sun at noon, {latitude:g}N on {day[1]}-{day[2]} [deg]", ours=math.degrees(highest),
        expected=expected, source="spherical astronomy: 90 - |latitude - declination|", tolerance="0.3 deg: it moves within the day",
    )  # fmt: skip
    assert math.degrees(highest) == pytest.approx(expected, abs=0.3)


def test_twilight_has_its_names() -> None:
    kinds = [
        light(datetime(2026, 9, 14, hour, minute, tzinfo=UTC), 49.0, 45.0).kind
        for hour in (14, 15, 16)
        for minute in range(0, 60, 10)
    ]
    assert list(dict.fromkeys(kinds)) == ["day", "civil", "nautical", "astronomical", "night"]


def test_polar_night_and_midnight_sun() -> None:
    assert not any(light(datetime(2026, 12, 21, hour, tzinfo=UTC), 40.0, 75.0).workable for hour in range(24))
    assert all(light(datetime(2026, 6, 21, hour, tzinfo=UTC), 40.0, 75.0).kind == "day" for hour in range(24))


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        light(datetime(2026, 9, 14, 12), 49.0, 45.0)
