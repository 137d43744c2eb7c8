"""Climatologies come back every year, and go over from December to January; members of an ensemble are told apart."""

from __future__ import annotations

import calendar as civil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import netCDF4
import numpy as np
import pytest

from khazri.inputs import InputError
from khazri.inputs.forcing import Choices, describe, open_set, place, resample

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

LON, LAT = np.arange(48.0, 52.01, 0.5), np.arange(43.0, 47.01, 0.5)
MONTHS = np.array(
    [2.0, 3.0, 5.0, 9.0, 15.0, 20.0, 24.0, 25.0, 21.0, 15.0, 9.0, 4.0]
)  # deg C, of the middle of each month
JANUARY_1 = datetime(2027, 1, 1, tzinfo=UTC)


def climatology(
    path, numbers, values=MONTHS, *, name="time", units="days since 0001-01-01", calendar="standard", **said
):
    """One temperature over all of the grid, for each moment."""
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension(name, len(numbers))
        axis = file.createVariable(name, "f8", (name,))
        axis.setncatts({"units": units, "calendar": calendar, **said} if units else said)
        axis[:] = numbers
        files.write_axis(file, "lat", LAT, "latitude", "degrees_north")
        files.write_axis(file, "lon", LON, "longitude", "degrees_east")
        spread = np.broadcast_to(np.asarray(values)[:, None, None], (len(numbers), LAT.size, LON.size))
        files.write_values(
            file, "sst", (name, "lat", "lon"), spread, standard_name="sea_surface_temperature", units="degC"
        )
    return path


def temperature_at(paths, moment, choices=None):
    """Of the field that the run would have, halfway through a day about `moment`, as the engine interpolates it."""
    start = moment - timedelta(hours=12)
    wanted = files.request(50.0, 45.0, start=start)
    during = (wanted.start, wanted.start + wanted.duration)
    with open_set([paths] if isinstance(paths, Path) else paths, choices=choices or Choices(), during=during) as found:
        gridded = found.fields["water_temperature"]
        field = resample(gridded, place(gridded.lattice, wanted), wanted).field
    assert np.ptp(field.values, axis=(1, 2, 3)).max() < 1e-4
    return float(np.interp(43_200.0, field.times, field.values[:, 0, 0, 0])) - 273.15


def middles(year):
    """Days from the beginning of a year to the middle of each of its months."""
    long = np.array([civil.monthrange(year, month)[1] for month in range(1, 13)], float)
    return np.cumsum(long) - 0.5 * long


def december_to_january(moment):
    """By hand: linear from the middle of December (4 degrees) to that of January (2)."""
    first, last = datetime(2026, 12, 16, 12, tzinfo=UTC), datetime(2027, 1, 16, 12, tzinfo=UTC)
    return 4.0 - 2.0 * (moment - first) / (last - first)


FORMS = {
    "days of the year 1": {"numbers": middles(2001), "calendar": "noleap"},
    "days of the year 0": {"numbers": middles(2001), "units": "days since 0000-01-01", "calendar": "noleap"},
    "modulo": {"numbers": middles(2001), "units": "days since 1990-01-01", "modulo": " "},
    "climatology": {"numbers": middles(2001), "units": "days since 1961-01-01", "climatology": "climatology_bounds"},
    "days before 1800": {"numbers": middles(2001) - 657_073.0, "units": "days since 1800-1-1 00:00:0.0"},
    "months since": {
        "numbers": np.arange(12) + 0.5,
        "units": "months since 1955-01-01",
        "climatology": "climatology_bounds",
    },
    "months from 1 to 12": {"numbers": np.arange(1.0, 13.0), "units": "month"},
    "an axis of the name month": {"numbers": np.arange(1.0, 13.0), "units": "", "name": "month"},
    "Hour since": {"numbers": middles(2001) * 24.0, "units": "Hour since 0001-01-01", "calendar": "noleap"},
    "julian": {"numbers": middles(2001), "calendar": "julian"},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("moment", [JANUARY_1, datetime(2026, 12, 20, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC)])
def test_a_climatology_goes_over_from_december_to_january(tmp_path, form, moment):
    path = climatology(tmp_path / "a.nc", **form)
    assert temperature_at(path, moment) == pytest.approx(december_to_january(moment), abs=2e-3)


def test_a_month_of_360_days_years_is_that_month(tmp_path):
    path = climatology(tmp_path / "a.nc", np.arange(12) * 30.0 + 15.0, calendar="360_day")
    first, last = datetime(2026, 7, 16, tzinfo=UTC), datetime(2026, 8, 16, tzinfo=UTC)
    assert temperature_at(path, first) == pytest.approx(24.0, abs=2e-3)
    assert temperature_at(path, first + (last - first) / 2) == pytest.approx(24.5, abs=2e-3)


def test_seasons_go_all_round_the_year(tmp_path):
    path = climatology(tmp_path / "a.nc", [15.0, 105.0, 196.0, 288.0], [2.0, 8.0, 24.0, 14.0], calendar="noleap")
    first, last = datetime(2026, 10, 16, tzinfo=UTC), datetime(2027, 1, 16, tzinfo=UTC)
    assert temperature_at(path, first + (last - first) / 4) == pytest.approx(11.0, abs=2e-3)


def test_twelve_files_of_a_month_each_are_one_climatology(tmp_path):
    paths = [
        climatology(tmp_path / f"{month:02}.nc", [month - 0.5], MONTHS[month - 1 : month], units="months since 1955-01-01",
                    climatology="climatology_bounds")
        for month in range(1, 13)
    ]  # fmt: skip
    assert temperature_at(paths, JANUARY_1) == pytest.approx(december_to_january(JANUARY_1), abs=2e-3)
    with pytest.raises(InputError, match=r"is a climatology of 16 April only \(1 moment\); expected all months"):
        describe(paths[3])


def test_the_mean_of_whole_years_never_changes(tmp_path):
    path = climatology(tmp_path / "a.nc", [372.0], [11.0], units="months since 1955-01-01", climatology="bounds")
    with netCDF4.Dataset(path, "a") as file:
        file.createDimension("two", 2)
        file.createVariable("bounds", "f8", ("time", "two"))[:] = [[0.0, 744.0]]
    assert temperature_at(path, JANUARY_1) == pytest.approx(11.0, abs=1e-3)
    assert describe(path)[0].times == 0


def test_the_scenario_says_that_dates_come_back_or_that_they_do_not(tmp_path):
    dated = climatology(tmp_path / "a.nc", middles(1993), units="days since 1993-01-01")
    assert temperature_at(dated, JANUARY_1, Choices(cycle="yearly")) == pytest.approx(
        december_to_january(JANUARY_1), abs=2e-3
    )
    assert describe(dated)[0].last.startswith("1993-12-16")
    marked = climatology(tmp_path / "b.nc", middles(1993), units="days since 1993-01-01", modulo=" ")
    assert describe(marked)[0].last == "16 December"
    assert describe(marked)[0].yearly
    assert describe(marked, choices=Choices(cycle="none"))[0].last.startswith("1993-12-16")


def test_a_run_that_begins_in_the_year_1_is_no_climatology(tmp_path):
    path = climatology(tmp_path / "a.nc", [0.0, 0.5, 1.0], [1.0, 2.0, 3.0])
    assert describe(path)[0].first.startswith("1-01-01")


def test_a_climatology_and_dated_files_are_not_one_set(tmp_path):
    first = climatology(tmp_path / "a.nc", middles(2001), modulo=" ")
    second = climatology(tmp_path / "b.nc", middles(2001), units="days since 2001-01-01")
    with pytest.raises(InputError, match=r"is a climatology here and has dates in b\.nc"):
        describe([first, second])


# ---- members of an ensemble ----------------------------------------------------------------------------------------


def ensemble(path, labels, *, name="number", values=None):
    with netCDF4.Dataset(path, "w") as file:
        files.write_time(file)
        file.createDimension(name, len(labels))
        if values is not None:
            file.createVariable(name, "i4", (name,))[:] = values
        files.write_axis(file, "lat", LAT, "latitude", "degrees_north")
        files.write_axis(file, "lon", LON, "longitude", "degrees_east")
        shape = (files.HOURS.size, len(labels), LAT.size, LON.size)
        spread = np.broadcast_to(np.asarray(labels, float)[None, :, None, None], shape)
        for component, axis in (("u10", "eastward_wind"), ("v10", "northward_wind")):
            files.write_values(file, component, ("time", name, "lat", "lon"), spread, standard_name=axis, units="m s-1")
    return path


@pytest.mark.parametrize(("name", "numbers"), [("number", [1, 2, 3]), ("realization", [10, 20, 30]), ("ens", None)])
def test_the_member_that_is_asked_for_is_read(tmp_path, name, numbers):
    path = ensemble(tmp_path / "a.nc", [4.0, 5.0, 6.0], name=name, values=numbers)
    labels = [str(each) for each in numbers or [0, 1, 2]]
    wanted = files.request(50.0, 45.0)
    for label, expected in zip(labels, [4.0, 5.0, 6.0], strict=True):
        with open_set([path], choices=Choices(member=label)) as found:
            gridded = found.fields["wind"]
            field = resample(gridded, place(gridded.lattice, wanted), wanted).field
        np.testing.assert_allclose(
            np.hypot(field.values[..., 0], field.values[..., 1]), expected * np.sqrt(2.0), rtol=1e-5
        )
        assert any(f"member {label} of 3 along {name}" in note and "spread" in note for note in gridded.notes)


def test_an_ensemble_without_a_choice_is_refused_with_its_members(tmp_path):
    path = ensemble(tmp_path / "a.nc", np.arange(20.0), values=np.arange(100, 120))
    with pytest.raises(
        InputError, match=r"20 members .* number: 100, 101, 102, 103, 104, 105, \.\.\., 119; .*`member: 100`"
    ):
        describe(path)
    with pytest.raises(InputError, match=r"has no member 7 along number; expected one of 100"):
        describe(path, choices=Choices(member="7"))
