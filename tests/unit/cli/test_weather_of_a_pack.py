"""`khazri weather`: pictures and a table of a pack's weather."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from khazri.inputs.packs import read_pack
from khazri.report.weather import moments_of
from khazri.runs.preparation import prepare
from khazri.runs.weather import course_of, draw_weather
from khazri.sea.swings import swings

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "winter-front"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    folder = tmp_path_factory.mktemp("weather")
    return folder, draw_weather(EXAMPLE, folder)[0]


def test_the_weather_of_a_pack_is_drawn_and_tabled(drawn) -> None:
    folder, found = drawn
    assert {file.name for file in found.files} == {
        "meteogram.png", "weather.csv", "wind.png", "ice_concentration.png", "ice_drift.png", "waves.png",
    }  # fmt: skip
    with Image.open(folder / "meteogram.png") as picture:
        assert len(set(picture.convert("L").resize((60, 60)).get_flattened_data())) > 20
    rows = list(csv.DictReader((folder / "weather.csv").open(encoding="utf-8")))
    assert len(rows) > 100
    assert {row["light"] for row in rows} >= {"day", "civil", "night"}
    coldest = min(float(row["wind_chill"]) for row in rows)
    assert coldest == pytest.approx(found.coldest, abs=0.01)
    assert float(rows[0]["ice_concentration"] if "ice_concentration" in rows[0] else rows[0]["ice"]) > 0.2


def test_the_front_passes_the_place_at_the_moment_that_is_written() -> None:
    prepared = prepare(read_pack(EXAMPLE), particles=1)
    course = course_of(prepared, prepared.sites[0])
    air = course.column("air_temperature")
    hour = course.times / 3600.0
    assert air[hour < 19.9] == pytest.approx(271.15, abs=0.6)
    assert air[(hour > 21.5) & (hour < 35.0)] == pytest.approx(260.15, abs=0.1)
    assert air[hour > 38.0] == pytest.approx(271.15, abs=0.1)


def test_the_forecast_that_players_have_is_not_what_comes() -> None:
    prepared = prepare(read_pack(EXAMPLE), particles=1)
    course = course_of(prepared, prepared.sites[0])
    assert [ahead.issued for ahead in course.forecasts] == [0.0, 43_200.0]
    first = course.forecasts[0]
    hour = 23  # the front has passed; the first forecast has it at 26 h
    foreseen = float(np.hypot(first.east, first.north)[np.flatnonzero(first.valid == hour * 3600.0)[0]])
    blowing = float(np.interp(hour * 3600.0, course.times, course.column("wind_speed")))
    assert foreseen == pytest.approx(7.0, abs=0.1)
    assert blowing > 10.0


def test_maps_are_drawn_when_something_happens() -> None:
    prepared = prepare(read_pack(EXAMPLE), particles=1)
    field = prepared.sites[0].inputs.fields["wind"]
    moments = moments_of(field, 172_800.0, (72_000.0,))
    assert 72_000.0 in moments
    assert moments == sorted(moments)


def test_swings_are_the_same_whatever_follows() -> None:
    np.testing.assert_array_equal(swings(50, 0.5, seed=1, stream="a"), swings(500, 0.5, seed=1, stream="a")[:50])
    assert np.abs(swings(20_000, 0.5, seed=3, stream="b")).max() <= 3.0
    assert np.corrcoef(swings(20_000, 0.5, seed=3, stream="b"), swings(20_000, 0.5, seed=3, stream="c"))[0, 1] < 0.05
