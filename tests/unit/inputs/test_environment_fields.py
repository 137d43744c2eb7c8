"""Fields of a site from what the pack writes and from files, in the pack's order."""

from __future__ import annotations

import sys
from pathlib import Path

import netCDF4
import numpy as np
import pytest
import yaml

from khazri.inputs import InputError
from khazri.inputs.environment import fields_for
from khazri.inputs.packs import read_pack

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

from khazri.geo.build import plane_about
from khazri.geo.raster import project_geometry
from khazri.inputs.places import polygon_of

LON, LAT = np.arange(49.0, 51.01, 0.1), np.arange(44.0, 46.01, 0.1)
AREA = {"west": 49.5, "east": 50.5, "south": 44.5, "north": 45.5}
SCRIPTED = {
    "wind": {"speed": 10.0, "from": "270 deg"},
    "current": {"speed": 0.5, "towards": "0 deg"},
    "water_temperature": "15 degC",
}


def pack_with(folder, environment, area=AREA):
    content = {
        "schema": 1,
        "name": "test",
        "title": {"en": "Test"},
        "start": "2026-09-14T00:00:00Z",
        "end": "2026-09-15T00:00:00Z",
        "sites": [
            {
                "ident": "here",
                "name": {"en": "Here"},
                "area": area,
                "water_level": -28,
                "bathymetry": "20 m",
                "environment": environment,
            }
        ],
    }
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
    return read_pack(folder)


def made(folder, environment, area=AREA, **further):
    pack = pack_with(folder, environment, area)
    site = pack.sites[0]
    polygon = polygon_of(site.area.ring)
    plane = plane_about(polygon)
    bounds = project_geometry(polygon.segmentize(0.05), plane).bounds
    return fields_for(pack, site, plane=plane, bounds=bounds, **further), plane


def test_one_value_stands_for_the_whole_site(tmp_path):
    found, _ = made(tmp_path, {"scripted": SCRIPTED})
    field = found.fields["water_temperature"]
    assert field.values.shape == (1, 1, 1, 1)
    assert field.values.item() == pytest.approx(288.15)
    assert found.fields["wind"].values[0, 0, 0] == pytest.approx([10.0, 0.0], abs=0.05)  # towards the east


def test_a_bearing_is_true_everywhere_at_high_latitude(tmp_path):
    area = {"west": 20.0, "east": 40.0, "south": 79.0, "north": 82.0}
    found, plane = made(tmp_path, {"scripted": SCRIPTED}, area)
    field = found.fields["wind"]
    lon, lat = plane.to_geographic(*np.meshgrid(field.grid.x, field.grid.y))
    x, y = plane.rotate_from_geographic(np.full(lon.shape, 10.0), np.zeros(lon.shape), longitude=lon, latitude=lat)
    np.testing.assert_allclose(field.values[0, ..., 0], x, atol=1e-4)
    np.testing.assert_allclose(field.values[0, ..., 1], y, atol=1e-4)
    assert np.ptp(np.degrees(np.arctan2(y, x))) > 20.0  # north turns by as much over the site


def test_times_are_the_union_of_the_stations(tmp_path):
    stations = [
        {
            "position": [49.6, 45.0],
            "wind": [{"at": "T+00:00", "speed": 5, "from": "0 deg"}, {"at": "T+12:00", "speed": 9, "from": "0 deg"}],
        },
        {"position": [50.4, 45.0], "wind": [{"at": "T+06:00", "speed": 7, "from": "0 deg"}]},
    ]
    found, plane = made(tmp_path, {"scripted": {"stations": stations, "water_temperature": "15 degC"}})
    field = found.fields["wind"]
    assert field.times.tolist() == [0.0, 21600.0, 43200.0]
    x, y = plane.to_plane(49.6, 45.0)
    row, column = (
        round((float(y) - field.grid.y0) / field.grid.spacing),
        round((float(x) - field.grid.x0) / field.grid.spacing),
    )
    assert field.values[:, row, column, 1] == pytest.approx([-5.0, -7.0, -9.0], abs=0.05)  # at the station its own
    assert any("inverse squared distance" in note for note in found.notes)


def test_half_way_between_two_stations_is_their_mean(tmp_path):
    stations = [{"position": [49.6, 45.0], "salinity": 4}, {"position": [50.4, 45.0], "salinity": 10}]
    found, _ = made(tmp_path, {"scripted": {**SCRIPTED, "stations": stations}})
    field = found.fields["salinity"]
    middle = [np.interp(0.0, field.grid.x, row) for row in field.values[0, ..., 0]]
    np.testing.assert_allclose(middle, 7.0, atol=0.02)
    assert field.values.min() >= 4.0
    assert field.values.max() <= 10.0


def test_files_stand_over_what_is_scripted(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    found, plane = made(tmp_path, {"files": {"path": "a.nc"}, "scripted": SCRIPTED})
    field = found.fields["current"]
    np.testing.assert_allclose(field.values, files.exact(plane, field), atol=3e-4)
    kinds = {used.field: used.kind for used in found.used}
    assert kinds == {"current": "files", "wind": "scripted", "water_temperature": "scripted", "salinity": "default"}
    (used,) = [used for used in found.used if used.field == "current"]
    assert used.files[0][0] == "a.nc"
    assert len(used.files[0][1]) == 64


def test_the_pack_may_turn_the_order_round(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    found, _ = made(tmp_path, {"precedence": ["scripted", "files"], "files": {"path": "a.nc"}, "scripted": SCRIPTED})
    assert found.fields["current"].grid.shape == (1, 1)
    assert any("the files' own is not used" in note for note in found.notes)


def test_variables_may_be_named_in_the_pack(tmp_path):
    fields = (("cur_1", "", files.east), ("cur_2", "", files.north))
    files.regular(tmp_path / "a.nc", LON, LAT, fields=fields)
    setting = {"path": "a.nc", "variables": {"current": ["cur_1", "cur_2"]}}
    found, plane = made(tmp_path, {"files": setting, "scripted": SCRIPTED})
    np.testing.assert_allclose(found.fields["current"].values, files.exact(plane, found.fields["current"]), atol=3e-4)


def test_a_file_that_ends_before_the_run_is_a_fault_before_it(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT, hours=np.array([0.0, 6.0, 12.0]))
    with pytest.raises(InputError) as caught:
        made(tmp_path, {"files": {"path": "a.nc"}, "scripted": SCRIPTED})
    message = str(caught.value)
    assert "current covers 2026-09-14 00:00 UTC to 2026-09-14 12:00 UTC" in message
    assert "the run needs 2026-09-14 00:00 UTC to 2026-09-15 00:00 UTC" in message
    assert "fallback" in message


def test_a_file_that_leaves_a_part_of_the_site_is_a_fault_before_the_run(tmp_path):
    files.regular(tmp_path / "a.nc", LON[LON < 50.0], LAT)
    with pytest.raises(InputError, match=r"covers 49\.00 to 49\.90 E, 44\.00 to 46\.00 N, 4\d% of the site's area"):
        made(tmp_path, {"files": {"path": "a.nc"}, "scripted": SCRIPTED})


def test_a_file_from_elsewhere_is_a_fault_whatever_the_fallback(tmp_path):
    files.regular(tmp_path / "a.nc", LON - 20.0, LAT)
    with pytest.raises(InputError, match="none of the site's area"):
        made(tmp_path, {"files": {"path": "a.nc", "fallback": "constant"}, "scripted": SCRIPTED})


def test_the_scripted_fallback_stands_beyond_the_files_edge(tmp_path):
    files.regular(tmp_path / "a.nc", LON[LON < 50.0], LAT)
    setting = {"path": "a.nc", "fallback": "scripted", "blend": 0}
    found, plane = made(tmp_path, {"files": setting, "scripted": SCRIPTED})
    field = found.fields["current"]
    lon, _ = plane.to_geographic(*np.meshgrid(field.grid.x, field.grid.y))
    expected = files.exact(plane, field)
    west, east = lon < 49.9, lon > 49.96
    np.testing.assert_allclose(field.values[:, west], expected[:, west], atol=3e-4)
    np.testing.assert_allclose(np.hypot(*np.moveaxis(field.values[:, east], -1, 0)), 0.5, atol=1e-3)
    assert any("fallback: scripted" in note for note in found.notes)


def test_the_scripted_fallback_stands_after_the_files_end(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT, hours=np.array([0.0, 6.0, 12.0]))
    setting = {"path": "a.nc", "fallback": "scripted", "blend": 0}
    found, _ = made(tmp_path, {"files": setting, "scripted": SCRIPTED})
    field = found.fields["current"]
    assert field.times.tolist() == [0.0, 21600.0, 43200.0, 43201.0, 86400.0]
    np.testing.assert_allclose(np.hypot(*np.moveaxis(field.values[3:], -1, 0)), 0.5, atol=1e-3)


def test_the_constant_fallback_holds_the_nearest_value(tmp_path):
    files.regular(tmp_path / "a.nc", LON[LON < 50.0], LAT, hours=np.array([0.0, 6.0, 12.0]))
    found, plane = made(tmp_path, {"files": {"path": "a.nc", "fallback": "constant"}, "scripted": SCRIPTED})
    field = found.fields["current"]
    assert field.times[-1] == 43200.0  # the engine holds the last
    middle = field.grid.ny // 2
    x, _ = plane.rotate_from_geographic(files.east(49.9, 45.0), files.north(49.9, 45.0), longitude=50.0, latitude=45.0)
    assert field.values[0, middle, -1, 0] == pytest.approx(float(x), abs=5e-3)
    assert any("nearest value is held" in note for note in found.notes)


def test_a_scripted_fallback_without_that_field_is_a_fault(tmp_path):
    files.regular(tmp_path / "a.nc", LON[LON < 50.0], LAT)
    scripted = {key: SCRIPTED[key] for key in ("wind", "water_temperature")}
    with pytest.raises(InputError, match="current in `scripted`"):
        made(tmp_path, {"files": {"path": "a.nc", "fallback": "scripted"}, "scripted": scripted})


def test_the_first_set_that_covers_the_run_is_used(tmp_path):
    files.regular(tmp_path / "fine.nc", LON[LON < 50.0], LAT)
    files.regular(tmp_path / "wide.nc", LON, LAT)
    found, _ = made(tmp_path, {"files": [{"path": "fine.nc"}, {"path": "wide.nc"}], "scripted": SCRIPTED})
    assert "wide.nc" in found.fields["current"].source


def test_a_set_with_a_fallback_lies_over_the_next_that_covers_the_run(tmp_path):
    fine = (("uo", "eastward_sea_water_velocity", lambda lon, lat, hours: 1.0 + 0.0 * lon), files.CURRENT[1])
    files.regular(tmp_path / "fine.nc", np.arange(49.0, 50.0, 0.05), np.arange(44.0, 46.01, 0.05), fields=fine)
    files.regular(tmp_path / "wide.nc", LON, LAT)
    sets = [{"path": "fine.nc", "fallback": "scripted", "blend": "10 km"}, {"path": "wide.nc"}]
    found, plane = made(tmp_path, {"files": sets, "scripted": SCRIPTED})
    field = found.fields["current"]
    lon, _ = plane.to_geographic(*np.meshgrid(field.grid.x, field.grid.y))
    exact, east = files.exact(plane, field), lon > 50.05
    np.testing.assert_allclose(field.values[:, east], exact[:, east], atol=2e-3)
    assert np.abs(field.values[:, lon < 49.75, 0] - 1.0).max() < 0.02  # 10 km within the edge at 49.975 and more
    assert np.abs(np.diff(field.values[0, :, :, 0], axis=1)).max() < 0.8 * 1.5 * field.grid.spacing / 10_000.0
    (used,) = [each for each in found.used if each.field == "current"]
    assert [name for name, _ in used.files] == ["fine.nc", "wide.nc"]
    assert used.shares == ()  # all of it is from files
    assert "% of area and time; elsewhere wide.nc" in used.fallback
    assert "blended over 10 km" in used.fallback


def test_two_sets_over_the_script_share_area_and_time(tmp_path):
    files.regular(tmp_path / "west.nc", LON[LON < 49.85], LAT)
    files.regular(tmp_path / "middle.nc", LON[LON < 50.15], LAT, hours=np.array([0.0, 6.0, 12.0]))
    sets = [
        {"path": "west.nc", "fallback": "scripted", "blend": 0},
        {"path": "middle.nc", "fallback": "scripted", "blend": 0},
    ]
    found, _ = made(tmp_path, {"files": sets, "scripted": SCRIPTED})
    (used,) = [each for each in found.used if each.field == "current"]
    shares = dict(used.shares)
    assert shares["files"] == pytest.approx(0.35 + 0.5 * 0.3, abs=0.06)
    assert shares["files"] + shares["scripted"] == pytest.approx(1.0)
    field = found.fields["current"]
    np.testing.assert_allclose(np.hypot(*field.values[-1, 3, -1]), 0.5, atol=1e-3)


def test_without_wind_or_water_temperature_there_is_no_run(tmp_path):
    with pytest.raises(InputError) as caught:
        made(tmp_path, {"scripted": {"current": SCRIPTED["current"]}})
    assert "no wind" in str(caught.value)
    assert "no water temperature" in str(caught.value)


def test_what_is_assumed_is_said(tmp_path):
    found, _ = made(tmp_path, {"scripted": {key: SCRIPTED[key] for key in ("wind", "water_temperature")}})
    assert "no current is given: calm water is assumed" in found.notes
    assert not found.fields["current"].values.any()


def test_progress_runs_to_one(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    seen = []
    made(tmp_path, {"files": {"path": "a.nc"}, "scripted": SCRIPTED}, progress=lambda done, words: seen.append(done))
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)


def test_faults_of_all_files_are_reported_together(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT, units="second")
    (tmp_path / "b.nc").write_bytes(b"GRIB")
    with pytest.raises(InputError) as caught:
        made(tmp_path, {"files": [{"path": "a.nc"}, {"path": "b.nc"}], "scripted": SCRIPTED})
    assert len(str(caught.value).split("\n")) == 2


def test_a_pack_may_say_that_months_come_back_every_year(tmp_path):
    middles = np.cumsum([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) - 15.0
    slow = [(name, standard, lambda lon, lat, hours, at=at: at(lon, lat)) for name, standard, at in files.CURRENT]
    files.regular(tmp_path / "a.nc", LON, LAT, hours=middles * 24.0, units="hours since 1993-01-01", fields=slow)
    with pytest.raises(InputError, match="covers 1993-01-17"):
        made(tmp_path, {"files": {"path": "a.nc"}, "scripted": SCRIPTED})
    found, _ = made(tmp_path, {"files": {"path": "a.nc", "cycle": "yearly"}, "scripted": SCRIPTED})
    assert len(found.fields["current"].times) == 2  # the middles of August or September and of the month after
    assert any("the scenario says cycle: yearly" in note for note in found.notes)


def test_a_pack_may_name_a_member_as_a_number(tmp_path):
    with netCDF4.Dataset(tmp_path / "a.nc", "w") as file:
        files.write_time(file)
        file.createDimension("member", 2)
        files.write_axis(file, "lat", LAT, "latitude", "degrees_north")
        files.write_axis(file, "lon", LON, "longitude", "degrees_east")
        shape = (files.HOURS.size, 2, LAT.size, LON.size)
        values = np.broadcast_to(np.array([12.0, 14.0])[None, :, None, None], shape)
        files.write_values(file, "sss", ("time", "member", "lat", "lon"), values, units="1e-3")
    scripted = {**SCRIPTED}
    with pytest.raises(InputError, match="`member: 0` beside the path"):
        made(tmp_path, {"files": {"path": "a.nc"}, "scripted": scripted})
    found, _ = made(tmp_path, {"files": {"path": "a.nc", "member": 1}, "scripted": scripted})
    np.testing.assert_allclose(found.fields["salinity"].values, 14.0, rtol=1e-6)
