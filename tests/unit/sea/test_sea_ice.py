"""Ice from frost, its drift, and the seas by month."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from khazri.sea.climate import climatic
from khazri.sea.ice import BARENTS, CASPIAN, WHITE_SEA, free_drift, ice_of, thickness, winter_over
from khazri.sea.regions import Region, at_month, month_of, weigh_regions

KASHAGAN, SADDLE, AKTAU = (52.0, 46.3), (50.0, 44.8), (50.5, 43.5)


def at(place):
    return np.array([place[0]]), np.array([place[1]])


def test_six_hundred_degree_days_are_45_cm_in_the_caspian(accuracy) -> None:
    found = float(thickness(600.0, "caspian"))
    accuracy(
        quantity="ice after 600 degree-days of frost, northern Caspian [m]", ours=found, expected=0.45,
        source="season of 2022-23 at Peshnoi, Caspian ice service", tolerance="1 %: the law is drawn through this pair",
    )  # fmt: skip
    assert found == pytest.approx(0.45, rel=0.01)
    assert 0.40 < float(thickness(600.0, "zubov")) < float(thickness(600.0, "lebedev")) < 0.60


def test_ice_grows_with_frost_whatever_the_law() -> None:
    for law in ("caspian", "lebedev", "zubov"):
        assert (np.diff(thickness(np.linspace(0.0, 2000.0, 50), law)) > 0.0).all()


def test_a_mean_winter_closes_the_north_east_and_leaves_aktau_free() -> None:
    february = datetime(2027, 2, 15, tzinfo=UTC)
    frost = CASPIAN.frost(february)
    found = {place: ice_of(CASPIAN, frost, *at(place)) for place in (KASHAGAN, SADDLE, AKTAU)}
    assert found[KASHAGAN].concentration[0] > 0.9
    assert 0.35 < found[KASHAGAN].thickness[0] < 0.5
    assert 0.25 < found[SADDLE].thickness[0] < 0.36  # 30-35 cm in 2022-23
    assert found[AKTAU].concentration[0] == 0.0


def test_the_mean_season_of_the_caspian_lasts_four_months() -> None:
    days = [
        datetime.fromtimestamp(datetime(2026, 10, 1, tzinfo=UTC).timestamp() + 86400 * day, UTC) for day in range(230)
    ]
    iced = [ice_of(CASPIAN, CASPIAN.frost(day), *at(KASHAGAN)).concentration[0] > 0.0 for day in days]
    assert 110 <= sum(iced) <= 130  # published mean: 119 days


def test_thaws_open_the_ice_before_it_is_gone() -> None:
    assert CASPIAN.left(datetime(2027, 1, 10)) == 1.0
    assert 0.0 < CASPIAN.left(datetime(2027, 3, 15)) < 0.7


@pytest.mark.parametrize(
    ("place", "winter"), [((37.0, 65.5), WHITE_SEA), ((55.0, 69.3), BARENTS), (KASHAGAN, CASPIAN), ((0.0, 50.0), None)]
)
def test_the_sea_of_a_place_is_found(place, winter) -> None:
    assert winter_over(*at(place)) is winter


def test_ice_drifts_to_the_right_of_the_wind() -> None:
    north_wind, still = np.array([0.0, -10.0]), np.zeros(2)
    drift = free_drift(north_wind, still, np.array([0.5]))
    assert np.hypot(*drift) == pytest.approx(0.2)
    assert drift[0] < 0.0
    assert drift[1] < 0.0
    assert free_drift(north_wind, still, np.array([0.5]), north=False)[0] > 0.0
    assert not free_drift(north_wind, np.array([0.3, 0.0]), np.array([1.0])).any()


def test_parts_of_a_sea_pass_into_each_other() -> None:
    parts = (
        Region("west", ((48.0, 44.0), (50.0, 44.0), (50.0, 46.0), (48.0, 46.0)), 50.0),
        Region("east", ((50.0, 44.0), (52.0, 44.0), (52.0, 46.0), (50.0, 46.0)), 50.0),
    )
    lon = np.linspace(48.5, 51.5, 61)
    weights = weigh_regions(parts, lon, np.full(61, 45.0))
    np.testing.assert_allclose(weights.sum(axis=0), 1.0)
    assert weights[0, 0] == 1.0
    assert weights[1, -1] == 1.0
    assert (np.diff(weights[1]) >= 0.0).all()
    assert np.abs(np.diff(weights[1])).max() < 0.2


def test_months_are_told_in_their_middle() -> None:
    monthly = np.arange(12.0)
    assert month_of(datetime(2027, 1, 1)) == 0.0
    assert at_month(monthly, datetime(2027, 4, 16)) == pytest.approx(3.0, abs=0.01)
    assert at_month(monthly, datetime(2027, 1, 1)) == pytest.approx(5.5)  # half way from December to January


@pytest.mark.parametrize(
    ("name", "place", "month", "low", "high"),
    [
        ("water_temperature", (49.0, 45.0), 2, 272.6, 274.2),
        ("water_temperature", (50.5, 39.0), 8, 299.2, 301.2),
        ("salinity", (50.2, 42.0), 6, 12.0, 13.5),
        ("salinity", (48.8, 45.9), 6, 0.2, 2.0),
        ("air_temperature", (52.0, 46.8), 1, 263.2, 268.2),
        ("water_temperature", (33.0, 70.5), 3, 275.2, 277.7),
    ],
)
def test_climatology_keeps_within_what_is_published(name, place, month, low, high) -> None:
    assert low <= climatic(name, *at(place), datetime(2027, month, 15, tzinfo=UTC))[0] <= high


def test_no_climatology_is_made_up_elsewhere() -> None:
    with pytest.raises(ValueError, match="Caspian, the White Sea or the Barents Sea"):
        climatic("salinity", *at((-30.0, 40.0)), datetime(2027, 1, 1, tzinfo=UTC))
