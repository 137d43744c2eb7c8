"""Resampling against an analytic field, and every reference file against arithmetic of its own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import netCDF4
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import forcing_files as files


def regular_errors(folder, step: float) -> tuple[float, float]:
    """Largest and root mean square error of both components."""
    site = files.request(50.0, 45.0, half=180_000.0)
    path = files.regular(folder / f"{step}.nc", np.arange(44.0, 56.01, step), np.arange(40.0, 50.01, step))
    made = files.read(path, site)
    error = made.field.values - files.exact(site.plane, made.field)
    return float(np.abs(error).max()), float(np.sqrt(np.mean(np.square(error))))


def test_the_error_falls_with_the_square_of_the_files_spacing(tmp_path, accuracy):
    """A wave of amplitude 0.2 m/s, 18 degrees of longitude and 14 of latitude: bilinear error k^2 h^2 / 8 in each."""
    errors = {step: regular_errors(tmp_path, step) for step in (1.0, 0.25, 0.0625)}
    bound = 0.2 * np.radians(0.25) ** 2 * (20.0**2 + 25.0**2) / 8.0
    order = float(np.log2(errors[1.0][1] / errors[0.0625][1]) / 4.0)
    assert errors[0.25][0] < bound
    assert order == pytest.approx(2.0, abs=0.1)
    accuracy(
        quantity="current resampled from a 0.25 degree grid: largest error, share of the amplitude",
        ours=errors[0.25][0] / 0.2,
        expected=0.0,
        source="analytic field of 18 by 14 degrees wavelength",
        tolerance=f"{bound / 0.2:.2g}: bilinear, k^2 h^2 / 8 in each direction",
    )
    accuracy(
        quantity="order of that error in the file's spacing, from 1 to 1/16 degree (root mean square)",
        ours=order,
        expected=2.0,
        source="bilinear interpolation is of second order",
        tolerance="0.1: the plane's points fall differently between the file's",
    )


def test_vectors_along_a_polar_grid_are_turned_exactly(tmp_path, accuracy):
    """Uniform grid-relative vectors: nothing to interpolate, so that only the turning remains."""
    worst = 0.0
    axis = np.arange(-14, 15) * 8e3
    for lon in (-100.0, 10.0):
        for lat in (75.0, 88.0):
            site = files.request(lon, lat)
            x, y = files.polar(lon, lat)
            path = files.polar_file(tmp_path / f"{lon}{lat}.nc", x + axis, y + axis)
            with netCDF4.Dataset(path, "a") as file:
                file["u"][:], file["v"][:] = 3.0, 4.0
            field = files.read(path, site).field
            lon_xy, _ = site.plane.to_geographic(*np.meshgrid(field.grid.x, field.grid.y))
            lat_xy = site.plane.to_geographic(*np.meshgrid(field.grid.x, field.grid.y))[1]
            angle = np.radians(lon_xy - files.MERIDIAN)  # east lies at this angle from the grid's x axis (Snyder 1987)
            e, n = 3.0 * np.cos(angle) + 4.0 * np.sin(angle), -3.0 * np.sin(angle) + 4.0 * np.cos(angle)
            expected = site.plane.rotate_from_geographic(e, n, longitude=lon_xy, latitude=lat_xy)
            across = field.values[0, ..., 0] * expected[1] - field.values[0, ..., 1] * expected[0]
            worst = max(worst, float(np.degrees(np.abs(np.arcsin(across / 25.0))).max()))
    assert worst < 0.02
    accuracy(
        quantity="direction of a vector along a polar stereographic grid, largest error [degrees]",
        ours=worst,
        expected=0.0,
        source="Snyder (1987): east is turned by the longitude from the central meridian; sites at 75 and 88 N",
        tolerance="0.02 degrees: float32, and the sphere of the grid on the plane's ellipsoid",
    )


def test_a_uniform_wind_keeps_its_speed(tmp_path):
    for lat in (-60.0, 0.0, 45.0, 85.0):
        site = files.request(50.0, lat)
        axis = lat + np.arange(-2.0, 2.01, 0.1)
        path = files.regular(tmp_path / f"{lat}.nc", np.arange(30.0, 70.0, 0.5), axis[np.abs(axis) <= 90.0])
        with netCDF4.Dataset(path, "a") as file:
            file["uo"][:], file["vo"][:] = 6.0, -8.0
        values = files.read(path, site).field.values.astype(np.float64)
        np.testing.assert_allclose(
            np.hypot(values[..., 0], values[..., 1]), 10.0, rtol=2e-4
        )  # chords of turning vectors


# ---- the reference files -------------------------------------------------------------------------------------------


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def site_of(lon, lat, half, start, hours):
    return files.request(lon, lat, half=half, start=when(start), hours=hours)


def at_place(made, plane, lon, lat, time: int):
    """Bilinear on the plane's grid at one place, as the engine samples."""
    grid = made.field.grid
    x, y = plane.to_plane(lon, lat)
    column, row = (float(x) - grid.x0) / grid.spacing, (float(y) - grid.y0) / grid.spacing
    i, j = int(column), int(row)
    p, q = column - i, row - j
    v = made.field.values[time].astype(np.float64)
    return (1 - q) * ((1 - p) * v[j, i] + p * v[j, i + 1]) + q * ((1 - p) * v[j + 1, i] + p * v[j + 1, i + 1])


def turned(plane, e, n, lon, lat):
    return np.array([float(each) for each in plane.rotate_from_geographic(e, n, longitude=lon, latitude=lat)])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "u", "v", "place", "time", "start", "half"),
    [
        ("era5_wind_june2019_packed_int16_1900.nc", "u10", "v10", (2.0, 60.0), 30, "2019-06-02T06:00", 40e3),
        ("gnome_gfs_0p25_hour_units.nc", "air_u", "air_v", (-124.8, 48.0), 4, "2023-03-02T12:00", 30e3),
        ("gnome_gridded_current.nc", "water_u", "water_v", (-125.6, 47.8), 2, "2023-03-02T18:00", 20e3),
        ("gnome_rtofs_wa_days_since_2000-12-31.nc", "water_u", "water_v", (-126.2, 47.9), 8, "2024-10-29T03:00", 40e3),
    ],
)
def test_regular_reference_files_agree_with_plain_arithmetic(shared, name, u, v, place, time, start, half):
    """Every point of the plane's grid: east and north by hand between the file's four points, then turned."""
    path = shared / "forcing" / name
    with netCDF4.Dataset(path) as file:
        lons = np.array(next(file[each][:] for each in ("lon", "longitude") if each in file.variables), np.float64)
        lats = np.array(next(file[each][:] for each in ("lat", "latitude") if each in file.variables), np.float64)
        e, n = (file[each][time].astype(np.float64).filled(np.nan) for each in (u, v))
    if lats[0] > lats[-1]:
        lats, e, n = lats[::-1], e[::-1], n[::-1]
    site = site_of(*place, half, start, 3.0)
    field = files.read(path, site, "wind" if u in ("u10", "air_u") else "current").field
    assert field.times[0] == 0.0
    compared = 0
    for row, y in enumerate(field.grid.y):
        for column, x in enumerate(field.grid.x):
            lon, lat = (float(each) for each in site.plane.to_geographic(x, y))
            i, j = np.searchsorted(lons, lon) - 1, np.searchsorted(lats, lat) - 1
            p, q = (lon - lons[i]) / (lons[i + 1] - lons[i]), (lat - lats[j]) / (lats[j + 1] - lats[j])
            by_hand = [
                (1 - q) * ((1 - p) * c[j, i] + p * c[j, i + 1]) + q * ((1 - p) * c[j + 1, i] + p * c[j + 1, i + 1])
                for c in (e, n)
            ]
            if np.isfinite(by_hand).all():
                expected = turned(site.plane, *by_hand, lon, lat)
                assert field.values[0, row, column] == pytest.approx(
                    expected, abs=5e-3
                )  # turned before, not after: gradient times turning
                compared += 1
    assert compared > 20


@pytest.mark.shared
def test_the_lambert_wind_agrees_with_its_own_projection(shared):
    """The angle of the grid is n (lon - lon0) on a tangent cone, n = sin(63 degrees) (Snyder 1987, eq. 15-1)."""
    path = shared / "forcing" / "arome_wind_lambert.nc"
    with netCDF4.Dataset(path) as file:
        lon, lat = float(file["longitude"][75, 70]), float(file["latitude"][75, 70])
        u, v = float(file["x_wind_10m"][1, 75, 70]), float(file["y_wind_10m"][1, 75, 70])
    angle = np.sin(np.radians(63.0)) * np.radians(lon - 15.0)
    e, n = u * np.cos(angle) + v * np.sin(angle), -u * np.sin(angle) + v * np.cos(angle)
    site = site_of(lon, lat, 50e3, "2016-01-14T00:00", 2.0)
    made = files.read(path, site, "wind")
    np.testing.assert_allclose(at_place(made, site.plane, lon, lat, 1), turned(site.plane, e, n, lon, lat), atol=0.2)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("field", "variable", "offset", "tolerance"),
    [
        ("ice_concentration", "aice", 0.0, 0.02),
        ("ice_thickness", "hice", 0.0, 0.01),
        ("water_temperature", "temperature", 273.15, 0.03),
        ("salinity", "salinity", 0.0, 0.02),
    ],
)
def test_topaz_agrees_at_a_grid_point(shared, field, variable, offset, tolerance):
    """At a point of the file's grid; the tolerance is what the second interpolation, by the engine, smooths away."""
    path = shared / "forcing" / "topaz_arctic20_polarstereo_packed_ice.nc"
    with netCDF4.Dataset(path) as file:
        lon, lat = float(file["longitude"][28, 74]), float(file["latitude"][28, 74])
        item = file[variable]
        value = float(item[2, 28, 74] if item.ndim == 3 else item[2, 0, 28, 74]) + offset
    site = site_of(lon, lat, 100e3, "2016-02-03T12:00", 24.0)
    assert at_place(files.read(path, site, field), site.plane, lon, lat, 0)[0] == pytest.approx(value, abs=tolerance)


@pytest.mark.shared
def test_topaz_currents_are_turned_from_their_grid(shared):
    """x and y of the file run along its projection about 58 E: east is turned by (lon - 58)."""
    path = shared / "forcing" / "topaz_arctic20_polarstereo_packed_ice.nc"
    with netCDF4.Dataset(path) as file:
        lon, lat = float(file["longitude"][20, 40]), float(file["latitude"][20, 40])
        u, v = float(file["u"][2, 0, 20, 40]), float(file["v"][2, 0, 20, 40])
    angle = np.radians(lon - 58.0)
    e, n = u * np.cos(angle) + v * np.sin(angle), -u * np.sin(angle) + v * np.cos(angle)
    site = site_of(lon, lat, 100e3, "2016-02-03T12:00", 24.0)
    found = at_place(files.read(path, site), site.plane, lon, lat, 0)
    np.testing.assert_allclose(found, turned(site.plane, e, n, lon, lat), atol=0.01)


@pytest.mark.shared
def test_two_files_below_minus_180_make_one_current(shared):
    paths = [shared / "forcing" / f"access_om2_{each}_noleap.nc" for each in ("u", "v")]
    with netCDF4.Dataset(paths[0]) as file, netCDF4.Dataset(paths[1]) as other:
        lon, lat = float(file["xu_ocean"][5]), float(file["yu_ocean"][4])
        e, n = float(file["u"][1, 0, 4, 5]), float(other["v"][1, 0, 4, 5])
    assert lon < -240.0
    site = site_of(lon + 360.0, lat, 6e3, "1950-01-02T12:00", 12.0)
    made = files.read(paths, site)
    assert made.field.times.tolist() == [0.0, 86400.0]
    np.testing.assert_allclose(at_place(made, site.plane, lon, lat, 0), turned(site.plane, e, n, lon, lat), atol=0.004)
