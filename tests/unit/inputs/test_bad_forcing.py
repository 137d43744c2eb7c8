"""What is wrong with a file is found before the run, in one clear error."""

from __future__ import annotations

import sys
from pathlib import Path

import netCDF4
import numpy as np
import pytest
import yaml

from khazri.geo.build import plane_about
from khazri.geo.raster import project_geometry
from khazri.inputs import InputError
from khazri.inputs.environment import fields_for
from khazri.inputs.packs import read_pack
from khazri.inputs.places import polygon_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

LON, LAT = np.arange(49.0, 51.01, 0.1), np.arange(44.0, 46.01, 0.1)


def eight(lon, lat, hours):
    return 8.0 + 0.0 * lon


def three(lon, lat, hours):
    return 3.0 + 0.0 * lon


WIND = (("u10", "eastward_wind", eight), ("v10", "northward_wind", three))
SCRIPTED = {"wind": {"speed": 10.0, "from": "270 deg"}, "water_temperature": "15 degC"}


def prepare(folder, **setting):
    """The fields of a run of a day over 49.5 to 50.5 E, 44.5 to 45.5 N, from file.nc and a script."""
    site = {
        "ident": "here", "name": {"en": "Here"}, "area": {"west": 49.5, "east": 50.5, "south": 44.5, "north": 45.5},
        "water_level": -28, "bathymetry": "20 m",
        "environment": {"files": {"path": "file.nc", **setting}, "scripted": SCRIPTED},
    }  # fmt: skip
    content = {
        "schema": 1, "name": "test", "title": {"en": "Test"}, "start": "2026-09-14T00:00:00Z", "end": "2026-09-15T00:00:00Z",
        "sites": [site],
    }  # fmt: skip
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
    pack = read_pack(folder)
    polygon = polygon_of(pack.sites[0].area.ring)
    plane = plane_about(polygon)
    bounds = project_geometry(polygon.segmentize(0.05), plane).bounds
    return fields_for(pack, pack.sites[0], plane=plane, bounds=bounds)


def winds(path, **further):
    return files.regular(path, further.pop("lon", LON), further.pop("lat", LAT), fields=WIND, **further)


def edit(path, change):
    winds(path)
    with netCDF4.Dataset(path, "a") as file:
        change(file)


def units_of_mass(file):
    for name in ("u10", "v10"):
        file[name].units = "kg"


def hurricane(file):
    file["u10"][2:, 5:15, 5:15] = 200.0


def centimetres_said_to_be_metres(file):
    file["u10"][:] = file["u10"][:] * 100.0


def no_numbers(file):
    file["u10"][:] = np.nan


def truncated(path):
    winds(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def truncated_classic(path):
    winds(path, form="NETCDF3_CLASSIC")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def exchanged(path):
    winds(path, lon=LAT, lat=LON)


def exchanged_far_east(path):
    winds(path, lon=LAT, lat=LON + 60.0)


BAD = {
    "stops half way": (truncated, ("cut off or damaged", "expected")),
    "stops half way, classic": (truncated_classic, ("is cut off", "expected", "bytes by its own header")),
    "wind in kg": (lambda path: edit(path, units_of_mass), ("would be wind", 'units "kg"', "expected m s-1")),
    "a wind of 200 m/s": (lambda path: edit(path, hurricane), ("wind (u10) is 200 m s-1", "expected -95 to 95")),
    "cm/s said to be m/s": (
        lambda path: edit(path, centimetres_said_to_be_metres), ("wind (u10) is 800 m s-1", 'says units "m s-1"')
    ),
    "times that go back": (
        lambda path: winds(path, hours=np.array([0.0, 6.0, 12.0, 9.0, 24.0])),
        ("goes back at value 4 of 5, from 2026-09-14 12:00 UTC to 2026-09-14 09:00 UTC", "expected times that rise"),
    ),
    "a long gap": (
        lambda path: winds(path, hours=np.array([0.0, 1.0, 2.0, 3.0, 4.0, 20.0, 21.0, 22.0, 23.0, 24.0])),
        ("no values from 2026-09-14 04:00 UTC to 2026-09-14 20:00 UTC", "expected files that cover all of it"),
    ),
    "nothing but missing values": (
        lambda path: edit(path, no_numbers),
        ("wind has no values over the site", "expected some that are not missing"),
    ),
    "longitudes and latitudes exchanged": (
        exchanged, ("none of the site's area", "look exchanged", "expected files that cover the run")
    ),
    "exchanged beyond 90 degrees": (
        exchanged_far_east, ("lat reaches 111", "expected latitudes within 90 degrees (lon and lat look exchanged)")
    ),
    "one component only": (lambda path: winds(path, only=("u10",)), ("one component", "expected both")),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_bad_file_is_one_clear_error_before_the_run(tmp_path, what):
    make, words = BAD[what]
    make(tmp_path / "file.nc")
    with pytest.raises(InputError) as caught:
        prepare(tmp_path)
    message = str(caught.value)
    assert "file.nc" in message
    assert "\n" not in message
    for each in words:
        assert each in message


def test_half_a_wind_beside_another_field_is_not_passed_over_for_the_script(tmp_path):
    files.regular(tmp_path / "file.nc", LON, LAT, fields=(*files.CURRENT, WIND[0]))
    with pytest.raises(
        InputError, match="u10 is one component of wind; the other is in none of the files; expected both"
    ):
        prepare(tmp_path)


def test_a_short_gap_is_gone_across_and_said(tmp_path):
    winds(tmp_path / "file.nc", hours=np.array([0.0, 3.0, 6.0, 9.0, 18.0, 21.0, 24.0]))
    assert any(
        "no values from 2026-09-14 09:00 UTC to 2026-09-14 18:00 UTC; linear across" in note
        for note in prepare(tmp_path).notes
    )


def test_a_fallback_lets_a_long_gap_be_gone_across(tmp_path):
    winds(tmp_path / "file.nc", hours=np.array([0.0, 1.0, 2.0, 3.0, 4.0, 20.0, 21.0, 22.0, 23.0, 24.0]))
    found = prepare(tmp_path, fallback="scripted")
    assert any("too long to go across" in note for note in found.notes)
    assert np.isfinite(found.fields["wind"].values).all()


@pytest.mark.parametrize("mark", [-999.0, 9999.0, 1e20, -32767.0, -99.9])
def test_marks_of_missing_values_that_are_not_declared_are_no_error(tmp_path, mark):
    def change(file):
        file["u10"][:, 10, 10] = mark

    edit(tmp_path / "file.nc", change)
    found = prepare(tmp_path)
    assert np.abs(found.fields["wind"].values).max() < 12.0


def test_checking_the_pack_finds_what_is_wrong_with_its_files(tmp_path):
    from typer.testing import CliRunner

    from khazri.cli.scenario import scenario_app

    winds(tmp_path / "file.nc")
    prepare(tmp_path)  # writes the pack
    assert CliRunner().invoke(scenario_app, ["check", str(tmp_path)]).exit_code == 0
    edit(tmp_path / "file.nc", hurricane)
    found = CliRunner().invoke(scenario_app, ["check", str(tmp_path)])
    assert found.exit_code == 2
    assert "site here:" in found.output
    assert "wind (u10) is 200 m s-1" in found.output
    assert "1 fault" in found.output
