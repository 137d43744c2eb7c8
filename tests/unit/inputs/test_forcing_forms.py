"""Every awkward form of a file gives the same analytic field."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import netCDF4
import numpy as np
import pytest

from khazri.inputs.forcing import Choices

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

LON, LAT = np.arange(47.0, 53.01, 0.1), np.arange(43.0, 47.01, 0.1)
SITE = files.request(50.0, 45.0)
BILINEAR = 3e-4  # m s-1: (20 degrees per degree)^2 / 8 * (0.1 degree)^2 of the amplitude, both directions


def assert_exact(made, plane, tolerance=BILINEAR):
    assert made.field.values.dtype == np.float32
    np.testing.assert_allclose(made.field.values, files.exact(plane, made.field), atol=tolerance)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"turn": 360.0},
        {"turn": -360.0},
        {"packed": True},
        {"transposed": True},
        {"form": "NETCDF3_CLASSIC"},
        {"form": "NETCDF3_64BIT_DATA"},
        {"units": "Hours since 2026-09-14T00:00:00Z"},
        {"units": "hours since 2026-09-14 03:00:00 +03:00"},
    ],
    ids=str,
)
def test_each_regular_form_gives_the_field(tmp_path, form):
    path = files.regular(tmp_path / "a.nc", LON, LAT, **form)
    assert_exact(files.read(path, SITE), SITE.plane, BILINEAR + (6e-5 if form.get("packed") else 0.0))


def test_descending_latitudes_and_longitudes_give_the_field(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON[::-1], LAT[::-1])
    assert_exact(files.read(path, SITE), SITE.plane)


def test_the_resolution_is_the_files_own(tmp_path):
    made = files.read(files.regular(tmp_path / "a.nc", LON, LAT), SITE)
    east_west = 0.1 * np.radians(1.0) * 6_371_000.0 * np.cos(np.radians(45.0))
    assert made.field.grid.spacing == pytest.approx(east_west, rel=0.01)


def test_a_curvilinear_grid_gives_the_field(tmp_path):
    xi, eta = np.meshgrid(np.linspace(-4.0, 4.0, 81), np.linspace(-3.0, 3.0, 61))
    lon = 50.0 + xi * 0.9 + 0.3 * eta + 0.05 * xi * eta
    lat = 45.0 + 0.85 * eta - 0.25 * xi + 0.02 * xi**2
    made = files.read(files.curvilinear(tmp_path / "a.nc", lon, lat), SITE)
    assert_exact(made, SITE.plane)


def test_holes_among_the_positions_are_filled_from_beside_them(tmp_path):
    xi, eta = np.meshgrid(np.linspace(-4.0, 4.0, 81), np.linspace(-3.0, 3.0, 61))
    lon, lat = 50.0 + xi, 45.0 + eta
    lon[29:32, 39:42] = np.nan
    made = files.read(files.curvilinear(tmp_path / "a.nc", lon, lat), SITE)
    assert np.isfinite(made.field.values).all()
    error = np.abs(made.field.values - files.exact(SITE.plane, made.field)).max(axis=(0, 3))
    assert np.median(error) < BILINEAR
    assert error.max() < 0.02  # within a degree tenth or two of a value


@pytest.mark.parametrize("lon", [10.0, 55.0, 130.0, -170.0])
@pytest.mark.parametrize("along_grid", [True, False])
def test_vectors_of_a_polar_grid_are_turned_to_the_plane(tmp_path, lon, along_grid):
    site = files.request(lon, 84.0)
    x, y = files.polar(lon, 84.0)
    path = files.polar_file(
        tmp_path / "a.nc", x + np.arange(-14, 15) * 8e3, y + np.arange(-14, 15) * 8e3, along_grid=along_grid
    )
    assert_exact(files.read(path, site), site.plane, 4e-3)


def test_vectors_along_a_grid_of_positions_are_turned_to_the_plane(tmp_path):
    site = files.request(10.0, 84.0)
    x, y = files.polar(10.0, 84.0)
    axes = x + np.arange(-28, 29) * 4e3, y + np.arange(-28, 29) * 4e3
    projected = files.read(files.polar_file(tmp_path / "a.nc", *axes), site)
    placed = files.read(files.polar_file(tmp_path / "b.nc", *axes, positions=True, mapping=False), site)
    assert "curvilinear" in placed.field.source
    assert "projection" in projected.field.source
    np.testing.assert_allclose(placed.field.values.mean((0, 1, 2)), projected.field.values.mean((0, 1, 2)), atol=1e-3)


def test_a_projection_that_disagrees_with_the_positions_gives_way(tmp_path):
    x, y = files.polar(10.0, 84.0)
    path = files.polar_file(
        tmp_path / "a.nc", x + np.arange(-14, 15) * 8e3, y + np.arange(-14, 15) * 8e3, positions=True
    )
    with netCDF4.Dataset(path, "a") as file:
        file["crs"].earth_radius = 6.6e6
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
    assert gridded.lattice.kind == "curvilinear"
    assert any("cells from the longitudes and latitudes" in note for note in gridded.notes)


def test_a_site_at_the_pole_is_covered_by_a_global_grid(tmp_path):
    site = files.request(0.0, 90.0, half=200_000.0)
    path = tmp_path / "a.nc"
    lon, lat = np.arange(0.0, 360.0, 2.0), np.arange(80.0, 89.76, 0.25)
    with netCDF4.Dataset(path, "w") as file:
        files.write_time(file)
        files.write_axis(file, "lat", lat, "latitude", "degrees_north")
        files.write_axis(file, "lon", lon, "longitude", "degrees_east")
        angle = np.radians(
            np.meshgrid(lon, lat)[0]
        )  # one vector, towards the meridian of 180 degrees, seen from everywhere
        for name, standard, values in (
            ("uo", files.CURRENT[0][1], np.sin(angle)),
            ("vo", files.CURRENT[1][1], np.cos(angle)),
        ):
            spread = np.broadcast_to(values, (files.HOURS.size, *values.shape))
            files.write_values(file, name, ("time", "lat", "lon"), spread, standard_name=standard, units="m s-1")
    with files.open_set([path]) as found:
        placed = files.place(found.fields["current"].lattice, site)
        assert placed.lacking == 0.0
        values = files.resample(found.fields["current"], placed, site).field.values
    x, y = site.plane.rotate_from_geographic(0.0, 1.0, longitude=0.0, latitude=89.9)
    np.testing.assert_allclose(values[..., 0], float(x), atol=2e-3)
    np.testing.assert_allclose(values[..., 1], float(y), atol=2e-3)


def test_a_site_on_the_antimeridian_is_covered_by_a_global_grid(tmp_path):
    site = files.request(180.0, 65.0)
    path = files.regular(tmp_path / "a.nc", np.arange(0.0, 360.0, 0.25), np.arange(62.0, 68.01, 0.25))
    made = files.read(path, site)
    xx, yy = np.meshgrid(made.field.grid.x, made.field.grid.y)
    lon, lat = site.plane.to_geographic(xx, yy)
    e, n = files.east(np.mod(lon, 360.0), lat), files.north(np.mod(lon, 360.0), lat)
    expected = np.stack(site.plane.rotate_from_geographic(e, n, longitude=lon, latitude=lat), axis=-1)
    np.testing.assert_allclose(made.field.values[0], expected, atol=2e-3)


def test_a_repeated_longitude_at_the_seam_does_no_harm(tmp_path):
    path = files.regular(tmp_path / "a.nc", np.arange(20.0, 380.01, 0.5), LAT)
    site = files.request(20.0, 45.0)
    made = files.read(path, site)
    xx, yy = np.meshgrid(made.field.grid.x, made.field.grid.y)
    lon, lat = site.plane.to_geographic(xx, yy)
    x, _ = site.plane.rotate_from_geographic(files.east(lon, lat), files.north(lon, lat), longitude=lon, latitude=lat)
    np.testing.assert_allclose(made.field.values[0, ..., 0], x, atol=8e-3)  # (0.5 degree)^2


def test_missing_values_take_the_nearest_and_are_counted(tmp_path):
    missing = np.zeros((LAT.size, LON.size), bool)
    missing[:, LON > 50.2] = True  # a shore
    made = files.read(files.regular(tmp_path / "a.nc", LON, LAT, missing=missing), SITE)
    assert np.isfinite(made.field.values).all()
    row, column = made.field.grid.ny // 2, made.field.grid.nx - 1
    assert made.field.values[0, row, column, 0] == pytest.approx(files.east(50.2, 45.0), abs=3e-3)
    (note,) = [note for note in made.notes if "missing" in note]
    assert "nearest value" in note
    assert "up to 4" in note or "up to 5" in note  # km from 50.2 E to the site's edge at 50.76 E


def test_values_that_cannot_be_true_count_as_missing(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with netCDF4.Dataset(path, "a") as file:
        file["uo"][:, 20, 30] = 9.96921e36  # a fill value that is not declared
    made = files.read(path, SITE)
    assert np.abs(made.field.values).max() < 2.0
    assert any("cannot be true" in note for note in made.notes)


def test_a_time_without_any_value_is_left_out(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, missing=np.zeros((LAT.size, LON.size), bool))
    with netCDF4.Dataset(path, "a") as file:
        file["uo"][2] = np.ma.masked
    made = files.read(path, SITE)
    assert made.field.times.tolist() == [0.0, 21600.0, 64800.0, 86400.0]
    assert any("left out" in note for note in made.notes)


def test_files_are_joined_in_time_whatever_their_order(tmp_path):
    second = files.regular(tmp_path / "a.nc", LON, LAT, hours=HOURS_LATE)
    first = files.regular(tmp_path / "b.nc", LON, LAT, hours=np.array([0.0, 6.0, 12.0]))
    made = files.read([second, first], SITE)
    assert_exact(made, SITE.plane)
    assert made.field.times.tolist() == [0.0, 21600.0, 43200.0, 64800.0, 86400.0]


HOURS_LATE = np.array([12.0, 18.0, 24.0])


def test_where_files_overlap_the_later_one_is_used_and_said(tmp_path):
    first = files.regular(tmp_path / "a.nc", LON, LAT, hours=np.array([0.0, 6.0, 12.0]))
    second = files.regular(tmp_path / "b.nc", LON, LAT, hours=HOURS_LATE)
    with netCDF4.Dataset(second, "a") as file:
        file["uo"][0], file["vo"][0] = 1.0, 0.0
    with files.open_set([second, first]) as found:
        gridded = found.fields["current"]
        made = files.resample(gridded, files.place(gridded.lattice, SITE), SITE)
    speed = np.hypot(made.field.values[2, ..., 0], made.field.values[2, ..., 1])
    np.testing.assert_allclose(speed, 1.0, atol=1e-3)
    assert any("come twice" in note for note in gridded.notes)


def test_gaps_in_time_are_said(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, hours=np.array([0.0, 1.0, 2.0, 3.0, 18.0, 19.0, 24.0]))
    notes = files.read(path, SITE).notes
    assert any("no values from 2026-09-14 03:00 UTC to 2026-09-14 18:00 UTC" in note for note in notes)


def test_components_may_lie_in_files_of_their_own(tmp_path):
    u = files.regular(tmp_path / "u.nc", LON, LAT, only=("uo",))
    v = files.regular(tmp_path / "v.nc", LON, LAT, only=("vo",))
    assert_exact(files.read([u, v], SITE), SITE.plane)


def test_only_the_times_around_the_run_are_read(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, hours=np.arange(-240.0, 240.0, 6.0))
    assert files.read(path, SITE).field.times.tolist() == [0.0, 21600.0, 43200.0, 64800.0, 86400.0]


@pytest.mark.parametrize(
    ("calendar", "since", "day"),
    [
        ("noleap", "2026-01-01", 256.0),
        ("365_day", "2024-01-01", 986.0),
        ("360_day", "2026-01-01", 253.0),
        ("julian", "2026-09-01", 13.0),
    ],
)
def test_dates_of_odd_calendars_are_dates_of_the_run(tmp_path, calendar, since, day):
    path = files.regular(
        tmp_path / "a.nc", LON, LAT, units=f"hours since {since}", calendar=calendar, hours=day * 24.0 + files.HOURS
    )
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
    assert datetime.fromtimestamp(gridded.times[0], UTC) == files.START
    assert any(f"calendar {calendar}" in note for note in gridded.notes)


def test_dates_that_the_runs_calendar_lacks_are_left_out(tmp_path):
    path = files.regular(
        tmp_path / "a.nc", LON, LAT, units="days since 2026-02-27", calendar="360_day", hours=np.arange(5.0)
    )
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
    days = [datetime.fromtimestamp(each, UTC).strftime("%m-%d") for each in gridded.times]
    assert days == ["02-27", "02-28", "03-01"]
    assert any("2 dates" in note for note in gridded.notes)


def test_large_files_are_read_in_pieces_to_the_same_field(tmp_path, monkeypatch):
    from khazri.inputs.forcing import resampling

    path = files.regular(tmp_path / "a.nc", LON, LAT)
    whole = files.read(path, SITE).field.values
    monkeypatch.setattr(resampling, "PIECE", 1)
    seen = []
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
        made = files.resample(
            gridded, files.place(gridded.lattice, SITE), SITE, report=lambda done, _: seen.append(done)
        )
    assert np.array_equal(made.field.values, whole)
    assert seen == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_a_halo_of_the_file_is_enough(tmp_path):
    """Values far from the site change nothing."""
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    whole = files.read(path, SITE).field.values
    with netCDF4.Dataset(path, "a") as file:
        file["uo"][:, :5], file["uo"][:, :, -5:] = 9.0, 9.0
    assert np.array_equal(files.read(path, SITE).field.values, whole)


def test_the_day_before_and_after_hold_the_run(tmp_path):
    site = files.request(50.0, 45.0, start=files.START + timedelta(hours=5.0), hours=8.0)
    made = files.read(files.regular(tmp_path / "a.nc", LON, LAT), site)
    assert made.field.times.tolist() == [-18000.0, 3600.0, 25200.0, 46800.0]


@pytest.mark.parametrize(("units", "size"), [("second", 3600.0), ("hours", 1.0), ("days", 1.0 / 24.0)])
def test_times_without_a_date_count_from_the_epoch(tmp_path, units, size):
    path = files.regular(tmp_path / "a.nc", LON, LAT, hours=files.HOURS * size, units=units)
    with files.open_set([path], choices=Choices(epoch=files.START)) as found:
        assert found.fields["current"].times.tolist() == [
            files.START.timestamp() + 3600.0 * hour for hour in files.HOURS
        ]


def test_an_epoch_beside_a_file_that_gives_its_own_is_not_used_and_said(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with files.open_set([path], choices=Choices(epoch=files.START.replace(year=1999))) as found:
        gridded = found.fields["current"]
        assert gridded.times[0] == files.START.timestamp()
        assert any("the epoch of the scenario is not used" in note for note in gridded.notes)
