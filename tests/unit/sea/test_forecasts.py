"""Forecasts: as written, or the truth with errors that grow; nothing of the truth's own future gets through otherwise."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import small_sea

from khazri.sea.forecast import Errors, Forecaster, forecast_for
from khazri.simulation.forecasting import forecast_at_hand
from khazri.simulation.orders import Orders, WindOrder

HOUR = 3600.0


def truth(moments):
    columns = np.full((moments.size, 4), np.nan)
    columns[:, 0], columns[:, 1] = 5.0 + moments / HOUR, -3.0
    return columns


def forecaster(**changes):
    return replace(Forecaster("here", (0.0, 0.0), 48 * HOUR, 3 * HOUR, errors=Errors(wind=2.0), seed=7), **changes)


def test_a_forecast_without_error_is_the_truth() -> None:
    found = forecast_for(forecaster(errors=Errors(wind=0.0)), 6 * HOUR, truth=truth)
    np.testing.assert_allclose(found.east, 5.0 + found.valid / HOUR)
    assert found.valid[0] == 6 * HOUR
    assert found.valid[-1] == 54 * HOUR
    assert found.air is None


def test_errors_grow_with_the_lead_time_to_the_size_that_is_said() -> None:
    day, start = [], []
    for seed in range(400):
        found = forecast_for(forecaster(seed=seed), 0.0, truth=truth)
        error = found.east - truth(found.valid)[:, 0]
        start.append(error[0])
        day.append(error[8])  # 24 h
    assert np.abs(start).max() < 1e-9
    assert np.std(day) == pytest.approx(2.0, rel=0.1)
    assert abs(np.mean(day)) < 0.25


def test_two_issues_share_half_of_their_error_and_are_not_the_same() -> None:
    first, second = [], []
    for seed in range(400):
        made = forecaster(seed=seed)
        valid = 36 * HOUR
        errors = []
        for issued in (6 * HOUR, 12 * HOUR):
            found = forecast_for(made, issued, truth=truth)
            row = int(np.flatnonzero(found.valid == valid)[0])
            errors.append((found.east[row] - truth(found.valid)[row, 0]) / made.errors.size(valid - issued))
        first.append(errors[0])
        second.append(errors[1])
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.5, abs=0.12)


def test_the_same_seed_gives_the_same_forecast_and_another_number_another() -> None:
    one, same = (forecast_for(forecaster(), 0.0, truth=truth) for _ in range(2))
    other = forecast_for(forecaster(errors=Errors(wind=2.0, number=1)), 0.0, truth=truth)
    np.testing.assert_array_equal(one.east, same.east)
    assert not np.allclose(one.east, other.east)


def test_the_forecast_at_hand_is_the_newest_that_has_arrived() -> None:
    made = forecaster(delay=1 * HOUR)
    moments = {0.5: None, 1.0: 0.0, 6.9: 0.0, 7.0: 6.0, 13.5: 12.0}
    assert {now: _hours(made.issue_at_hand(now * HOUR)) for now in moments} == moments


def _hours(seconds):
    return None if seconds is None else seconds / HOUR


def test_a_written_forecast_is_told_as_it_was_written() -> None:
    says = {0.0: 4.0, 12 * HOUR: 9.0}
    written = tuple(
        (issued, lambda moments, east=east: np.full((moments.size, 4), east)) for issued, east in says.items()
    )
    made = forecaster(errors=None, written=written)
    assert made.issue_at_hand(11.9 * HOUR) == 0.0
    assert (forecast_for(made, 12 * HOUR, truth=truth).east == 9.0).all()
    assert made.issue_at_hand(-1.0) is None


def test_a_forecast_knows_no_order_that_was_given_after_it() -> None:
    inputs = small_sea.site(small_sea.constant("wind", 5.0, 0.0))
    made = forecaster(errors=Errors(wind=0.0))
    step = int(8 * HOUR // inputs.numerics.dt)
    orders = Orders(winds=(WindOrder("test", step, 15.0, 0.0),))
    before = forecast_at_hand(inputs, made, now=11 * HOUR, orders=orders)  # issued at 6 h, ordered at 8 h
    after = forecast_at_hand(inputs, made, now=12 * HOUR, orders=orders)
    assert before is not None
    assert after is not None
    np.testing.assert_allclose(before.east, 5.0, atol=1e-5)
    np.testing.assert_allclose(np.hypot(after.east, after.north), 15.0, atol=1e-3)


def test_a_planted_change_of_wind_is_not_in_a_written_forecast() -> None:
    """The truth turns at 20 h; the players' forecast says nothing of it, whatever moment it is asked for."""
    quiet = ((0.0, lambda moments: np.tile([5.0, 0.0, np.nan, np.nan], (moments.size, 1))),)
    made = forecaster(errors=None, written=quiet)

    def turning(moments):
        raise AssertionError("the truth was asked for")

    for now in (0.0, 19 * HOUR, 21 * HOUR):
        issued = made.issue_at_hand(now)
        assert issued is not None
        assert (forecast_for(made, issued, truth=turning).east == 5.0).all()
