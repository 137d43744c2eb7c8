"""What cannot be used ends in one message: what, where, the value, what would be right."""

from __future__ import annotations

import sys
from pathlib import Path

import netCDF4
import numpy as np
import pytest

from khazri.inputs import InputError

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

LON, LAT = np.arange(47.0, 53.01, 0.25), np.arange(43.0, 47.01, 0.25)


def refusal(path, variables=None) -> str:
    with pytest.raises(InputError) as caught:
        files.open_set([path] if isinstance(path, Path) else path, variables)
    message = str(caught.value)
    assert "expected" in message
    assert "\n" not in message
    return message


def test_a_file_that_is_not_there(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.nc")


def test_a_folder_in_place_of_a_file(tmp_path):
    assert "folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"", "empty"),
        (b"GRIB\0\0\0\2", "GRIB"),
        (b"\0\0\0\x50SERAFIN ", "SELAFIN"),
        (b"PK\3\4", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"<!DOCTYPE html>", "HTML"),
        (b"lon,lat,u,v\n", "is not NetCDF"),
        (b"CDF\x01", "header ends early"),
        (b"CDF\x07....", "is not NetCDF"),
        (b"\x89HDF\r\n\x1a\n" + b"\0" * 600, "cut off or damaged"),
    ],
)
def test_a_file_that_is_not_netcdf(tmp_path, start, words):
    path = tmp_path / "file.nc"
    path.write_bytes(start)
    assert words in refusal(path)


@pytest.mark.parametrize("form", ["NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA", "NETCDF4"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_file_that_is_cut_off(tmp_path, form, share):
    path = files.regular(tmp_path / "a.nc", LON, LAT, form=form)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    assert any(words in refusal(path) for words in ("cut off", "header ends early"))


@pytest.mark.parametrize("form", ["NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA"])
def test_a_classic_file_has_the_length_that_its_header_needs(tmp_path, form):
    from khazri.inputs.forcing.classic import needed_length

    path = files.regular(tmp_path / "a.nc", LON, LAT, form=form, packed=True)
    assert needed_length(path) <= path.stat().st_size <= needed_length(path) + 3  # padding at the end may be left out


def test_a_classic_file_with_records_has_the_length_that_its_header_needs(tmp_path):
    from khazri.inputs.forcing.classic import needed_length

    with netCDF4.Dataset(tmp_path / "a.nc", "w", format="NETCDF3_CLASSIC") as file:
        file.createDimension("time", None)
        file.createDimension("x", 3)
        for name, kind in (("time", "f8"), ("a", "i2"), ("b", "f4")):
            file.createVariable(name, kind, ("time",) if name == "time" else ("time", "x"))[:] = np.zeros(
                (5, 3)[: 1 + (name != "time")]
            )
    assert (
        needed_length(tmp_path / "a.nc") <= (tmp_path / "a.nc").stat().st_size <= needed_length(tmp_path / "a.nc") + 3
    )


def test_a_damaged_middle_is_said_when_it_is_read(tmp_path):
    path = tmp_path / "a.nc"
    files.regular(path, LON, LAT)
    with netCDF4.Dataset(tmp_path / "b.nc", "w") as file, netCDF4.Dataset(path) as whole:
        files.write_time(file)
        files.write_axis(file, "lat", LAT, "latitude", "degrees_north")
        files.write_axis(file, "lon", LON, "longitude", "degrees_east")
        for name, standard, _ in files.CURRENT:
            variable = file.createVariable(name, "f4", ("time", "lat", "lon"), zlib=True, fletcher32=True)
            variable.standard_name, variable.units = standard, "m s-1"
            variable[:] = whole[name][:]
    content = bytearray((tmp_path / "b.nc").read_bytes())
    for start in range(len(content) // 2, len(content) - 2000, 97):
        content[start] ^= 0xFF
    (tmp_path / "b.nc").write_bytes(content)
    with pytest.raises(InputError, match="cut off or damaged"):
        files.read(tmp_path / "b.nc", files.request(50.0, 45.0))


def test_nothing_that_is_recognised(tmp_path):
    path = files.regular(
        tmp_path / "a.nc", LON, LAT, fields=(("chl", "mass_concentration_of_chlorophyll_in_sea_water", files.east),)
    )
    message = refusal(path)
    assert "chl" in message
    assert "variables:" in message


def test_half_a_vector(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, only=("uo",))
    assert "one component of current" in refusal(path)


def test_an_explicit_variable_that_is_not_there(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    assert "has no variable wx" in refusal(path, {"wind": ["wx", "wy"]})


def test_a_time_axis_without_dates(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, units="second")
    assert 'units "second"' in refusal(path)


def test_a_calendar_that_is_none(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, calendar="lunar")
    assert "lunar" in refusal(path)


def test_temperatures_without_a_unit(tmp_path):
    path = files.regular(
        tmp_path / "a.nc", LON, LAT, fields=(("thetao", "sea_water_potential_temperature", files.east),)
    )
    with netCDF4.Dataset(path, "a") as file:
        del file["thetao"].units
    assert "no units" in refusal(path)
    assert "no units" in refusal(path, {"water_temperature": ["thetao"]})


@pytest.mark.parametrize(
    ("dims", "words"),
    [
        ({"node": 12, "nele": 20}, "unstructured grid"),
    ],
)
def test_a_mesh_without_its_faces_by_its_dimensions(tmp_path, dims, words):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        for name, size in dims.items():
            file.createDimension(name, size)
        files.write_values(file, "u", tuple(dims), np.zeros(tuple(dims.values())), standard_name="sea_water_x_velocity")
    message = refusal(tmp_path / "a.nc")
    assert words in message
    assert "expected nv or face_node_connectivity" in message
    assert "interpolated to a regular grid" in message


def test_a_staggered_grid_without_positions_asks_for_the_grids_file(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        for name, size in {"xi_u": 5, "eta_u": 6}.items():
            file.createDimension(name, size)
        files.write_values(file, "u", ("xi_u", "eta_u"), np.zeros((5, 6)), standard_name="sea_water_x_velocity")
    assert "staggered ROMS/CROCO grid without lon_rho and lat_rho; expected both" in refusal(tmp_path / "a.nc")


def test_components_on_different_points_are_a_staggered_grid(tmp_path):
    u = files.regular(tmp_path / "u.nc", LON + 0.125, LAT, only=("uo",))
    v = files.regular(tmp_path / "v.nc", LON, LAT + 0.125, only=("vo",))
    assert "staggered grid: vo lies on other points than uo" in refusal([u, v])


def test_files_of_different_grids_in_one_set(tmp_path):
    first = files.regular(tmp_path / "a.nc", LON, LAT, hours=np.array([0.0, 6.0]))
    second = files.regular(tmp_path / "b.nc", LON[::2], LAT, hours=np.array([12.0, 18.0]))
    assert "another grid than in a.nc" in refusal([first, second])


def test_a_track_is_no_grid(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        file.createDimension("obs", 10)
        for name, standard, _ in files.CURRENT:
            files.write_values(file, name, ("obs",), np.zeros(10), standard_name=standard, units="m s-1")
    assert "a track or a station" in refusal(tmp_path / "a.nc")


def levelled(path, values, *, units="m", positive="down", name="depth", field=files.CURRENT, members=None):
    with netCDF4.Dataset(path, "w") as file:
        files.write_time(file)
        files.write_axis(file, name, values, "depth" if name == "depth" else "", units)
        file[name].positive = positive
        files.write_axis(file, "lat", LAT, "latitude", "degrees_north")
        files.write_axis(file, "lon", LON, "longitude", "degrees_east")
        if members:
            file.createDimension("member", members)
        xx, yy = np.meshgrid(LON, LAT)
        for variable, standard, function in field:
            level = np.asarray(values)[None, :, None, None]
            made = files.over(function, xx, yy)[:, None] + 10.0 * (
                level != np.min(np.abs(values)) * np.sign(values[0] or 1.0)
            )
            dims = ("time", name, "lat", "lon")
            if members:
                made, dims = np.stack([made] * members), ("member", *dims)
            files.write_values(file, variable, dims, made, standard_name=standard, units="m s-1")
    return path


@pytest.mark.parametrize(
    ("values", "positive"), [([0.5, 5.0, 50.0], "down"), ([50.0, 5.0, 0.5], "down"), ([-40.0, -8.0, -1.0], "up")]
)
def test_the_level_at_the_surface_is_taken_and_said(tmp_path, values, positive):
    path = levelled(tmp_path / "a.nc", np.array(values), positive=positive)
    site = files.request(50.0, 45.0)
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
        made = files.resample(gridded, files.place(gridded.lattice, site), site)
    np.testing.assert_allclose(made.field.values, files.exact(site.plane, made.field), atol=3e-3)
    shown = min(values, key=abs)
    assert any(f"depth {shown:g} m is used, of 3 levels" in note for note in gridded.notes)


def test_a_first_level_far_below_the_surface(tmp_path):
    assert "within 20 m" in refusal(levelled(tmp_path / "a.nc", np.array([100.0, 200.0])))


def test_wind_on_pressure_levels(tmp_path):
    wind = (("u", "eastward_wind", files.east), ("v", "northward_wind", files.north))
    path = levelled(tmp_path / "a.nc", np.array([850.0, 500.0]), units="hPa", name="plev", field=wind)
    assert "are pressures" in refusal(path)


def test_several_members(tmp_path):
    assert "3 members of an ensemble along member: 0, 1, 2" in refusal(
        levelled(tmp_path / "a.nc", np.array([0.0, 5.0]), members=3)
    )


def test_one_member_is_taken(tmp_path):
    with files.open_set([levelled(tmp_path / "a.nc", np.array([0.0, 5.0]), members=1)]) as found:
        assert "current" in found.fields
