"""Steps and ramps, zones, fronts, gusts, ice and climatology of a pack as fields."""

from __future__ import annotations

import sys
from pathlib import Path

import netCDF4
import numpy as np
import pytest
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files

from khazri.geo.build import plane_about
from khazri.geo.raster import project_geometry
from khazri.inputs import InputError
from khazri.inputs.environment import fields_for
from khazri.inputs.packs import check, read_pack
from khazri.inputs.places import polygon_of
from khazri.inputs.scripted import sample_times

AREA = {"west": 49.5, "east": 52.5, "south": 44.5, "north": 46.5}
WIND = {"speed": 10.0, "from": "270 deg"}


def content_of(environment, area=AREA, start="2026-12-20T00:00:00Z", end="2026-12-22T00:00:00Z"):
    site = {
        "ident": "here",
        "name": "Here",
        "area": area,
        "water_level": -28,
        "bathymetry": "20 m",
        "environment": environment,
    }
    return {"schema": 1, "name": "test", "title": "Test", "start": start, "end": end, "sites": [site]}


def made(folder, environment, **further):
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content_of(environment, **further), sort_keys=False))
    pack = read_pack(folder)
    polygon = polygon_of(pack.sites[0].area.ring)
    plane = plane_about(polygon)
    bounds = project_geometry(polygon.segmentize(0.05), plane).bounds
    return fields_for(pack, pack.sites[0], plane=plane, bounds=bounds), plane


def script(**more):
    return {"scripted": {"wind": WIND, "water_temperature": "5 degC", **more}}


def at(field, plane, lon, lat, time):
    x, y = plane.to_plane(lon, lat)
    column = int(np.clip(round((float(x) - field.grid.x0) / field.grid.spacing), 0, field.grid.nx - 1))
    row = int(np.clip(round((float(y) - field.grid.y0) / field.grid.spacing), 0, field.grid.ny - 1))
    return sample_times(field, np.array([float(time)]))[0, row, column]


def test_what_persists_from_a_moment_is_a_step_and_over_makes_it_a_ramp(tmp_path) -> None:
    wind = [
        {"speed": 5.0, "from": "270 deg"},
        {"persisting_from": "6 h", "speed": 10.0, "from": "270 deg"},
        {"persisting_from": "12 h", "over": "2 h", "speed": 20.0, "from": "270 deg"},
    ]
    found, plane = made(tmp_path, script(wind=wind))
    hours = {5.9: 5.0, 6.1: 10.0, 12.0: 10.0, 13.0: 15.0, 14.0: 20.0, 40.0: 20.0}
    for hour, speed in hours.items():
        assert np.hypot(*at(found.fields["wind"], plane, 51.0, 45.5, 3600 * hour)) == pytest.approx(speed, abs=0.01)


def test_a_zone_has_weather_of_its_own_and_an_edge(tmp_path) -> None:
    zone = {
        "area": {"west": 51.5, "east": 52.5, "south": 44.5, "north": 46.5},
        "edge": "20 km",
        "wind": {"speed": 20.0, "from": "270 deg"},
    }
    found, plane = made(tmp_path, script(zones=[zone]))
    wind = found.fields["wind"]
    assert np.hypot(*at(wind, plane, 52.0, 45.5, 0)) == pytest.approx(20.0, abs=0.01)
    assert np.hypot(*at(wind, plane, 50.0, 45.5, 0)) == pytest.approx(10.0, abs=0.01)
    assert 12.0 < np.hypot(*at(wind, plane, 51.37, 45.5, 0)) < 18.0


FRONT = {
    "at": "12 h",
    "through": [51.0, 45.5],
    "towards": "90 deg",
    "speed": "10 m/s",
    "over": "30 min",
    "wind": {"speed": 15.0, "from": "0 deg"},
    "visibility": "2 km",
}


def test_a_front_crosses_the_site_at_its_speed(tmp_path) -> None:
    found, plane = made(tmp_path, script(fronts=FRONT, visibility="20 km"))
    wind, seen = found.fields["wind"], found.fields["visibility"]
    kilometres = 111.2 * np.cos(np.radians(45.5))  # of a degree of longitude
    for lon in (50.0, 51.0, 52.0):
        passes = 43_200.0 + (lon - 51.0) * kilometres * 100.0  # 10 m/s
        before, after = at(wind, plane, lon, 45.5, passes - 1800.0), at(wind, plane, lon, 45.5, passes + 3600.0)
        assert before == pytest.approx([10.0, 0.0], abs=0.5)
        assert np.hypot(*after) == pytest.approx(15.0, abs=0.3)
        assert after[1] < -14.0
        assert at(seen, plane, lon, 45.5, passes + 3600.0)[0] == pytest.approx(2000.0, abs=300.0)


def test_what_is_behind_a_front_may_last_for_a_while_only(tmp_path) -> None:
    found, plane = made(tmp_path, script(fronts={**FRONT, "lasting": "6 h"}, visibility="20 km"))
    assert at(found.fields["wind"], plane, 51.0, 45.5, 3600 * 15)[1] == pytest.approx(-15.0, abs=0.3)
    assert at(found.fields["wind"], plane, 51.0, 45.5, 3600 * 20) == pytest.approx([10.0, 0.0], abs=0.3)


def test_a_front_moves_along_its_true_bearing(tmp_path) -> None:
    found, plane = made(tmp_path, script(fronts={**FRONT, "towards": "180 deg"}, visibility="20 km"))
    wind = found.fields["wind"]
    assert at(wind, plane, 51.0, 46.3, 3600 * 11)[1] < -13.0  # it has come from the north
    assert at(wind, plane, 51.0, 44.7, 3600 * 12.5)[0] == pytest.approx(10.0, abs=0.3)


def test_gusts_keep_the_mean_and_have_the_size_that_is_said(tmp_path) -> None:
    gusts = {"intensity": "15 %", "lasting": "10 min"}
    found, _ = made(tmp_path, script(gusts=gusts), end="2026-12-30T00:00:00Z")
    speed = np.hypot(*found.fields["wind"].values[:, 0, 0].T)
    assert speed.mean() == pytest.approx(10.0, rel=0.02)
    assert speed.std() / speed.mean() == pytest.approx(0.15, rel=0.12)


def test_gusts_do_not_depend_on_how_long_the_run_is_and_change_with_their_number(tmp_path) -> None:
    def speeds(number, end):
        found, _ = made(tmp_path, script(gusts={"intensity": 0.2, "number": number}), end=end)
        return found.fields["wind"].values[:, 0, 0]

    short, long = speeds(0, "2026-12-21T00:00:00Z"), speeds(0, "2026-12-24T00:00:00Z")
    np.testing.assert_array_equal(short, long[: len(short)])
    assert not np.allclose(short, speeds(1, "2026-12-21T00:00:00Z"))


def test_water_and_ice_by_climatology_are_said_in_the_notes(tmp_path) -> None:
    environment = {
        "scripted": {"wind": WIND},
        "water_temperature": "climatology",
        "salinity": "climatology",
        "ice": "climatology",
    }
    found, _ = made(tmp_path, environment)
    assert 272.0 < found.fields["water_temperature"].values.mean() < 276.0
    assert found.fields["ice_concentration"].values.max() > 0.5
    assert any("climatology of 20 December" in note for note in found.notes)
    assert any("degree-days of frost at Peshnoi, of a mean winter" in note for note in found.notes)
    kinds = {each.field: each.kind for each in found.used}
    assert kinds["salinity"] == "climatology"
    assert kinds["ice_drift"] == "ice"


def test_the_script_stands_over_climatology_at_another_precedence(tmp_path) -> None:
    faults = faults_of(tmp_path, {**script(), "water_temperature": "climatology"})
    assert any("either by climatology or in the script" in fault for fault in faults)


def test_ice_is_as_thick_as_the_frost_that_is_given(tmp_path) -> None:
    found, plane = made(tmp_path, {**script(), "ice": {"freezing_degree_days": 1000}})
    assert at(found.fields["ice_thickness"], plane, 52.0, 46.3, 0)[0] == pytest.approx(0.58, abs=0.03)
    assert found.fields["ice_concentration"].times.size == 1


def test_drawn_ice_drifts_freely_but_for_what_is_fast_or_told(tmp_path) -> None:
    polygons = [
        {"area": {"west": 50.0, "east": 50.8, "south": 45.0, "north": 46.0}, "concentration": "50 %", "thickness": "20 cm"},
        {"area": {"west": 51.0, "east": 51.5, "south": 45.0, "north": 46.0}, "concentration": 1.0, "fast": True},
        {"area": {"west": 51.6, "east": 52.2, "south": 45.0, "north": 46.0}, "concentration": 0.9,
         "drift": {"speed": "0.1 m/s", "towards": "0 deg"}},
    ]  # fmt: skip
    found, plane = made(tmp_path, {**script(), "ice": {"polygons": polygons}})
    drift, cover = found.fields["ice_drift"], found.fields["ice_concentration"]
    assert at(cover, plane, 50.4, 45.5, 0)[0] == pytest.approx(0.5)
    assert at(cover, plane, 49.7, 45.5, 0)[0] == 0.0
    assert np.hypot(*at(drift, plane, 50.4, 45.5, 0)) == pytest.approx(0.2, rel=0.02)
    assert at(drift, plane, 50.4, 45.5, 0)[1] < 0.0  # to the right of a westerly wind
    assert not at(drift, plane, 51.25, 45.5, 0).any()
    assert at(drift, plane, 51.9, 45.5, 0) == pytest.approx([0.0, 0.1], abs=0.01)


def test_ice_follows_another_wind(tmp_path) -> None:
    found, _ = made(tmp_path, {**script(), "ice": {"freezing_degree_days": 40}})
    wind = found.fields["wind"]
    assert found.sea is not None
    turned = found.sea(type(wind)("wind", wind.grid, wind.times, -wind.values, "turned"))
    np.testing.assert_allclose(turned["ice_drift"].values, -found.fields["ice_drift"].values, atol=1e-6)


def test_ice_from_files_stands_over_climatology_and_drifts_freely(tmp_path) -> None:
    lon, lat = np.arange(49.0, 53.01, 0.25), np.arange(44.0, 47.01, 0.25)
    hours = np.arange(0.0, 49.0, 6.0)
    fields = (("siconc", "sea_ice_area_fraction", lambda lon, lat, hours=0.0: 0.6 + 0.0 * lon),)
    units = "hours since 2026-12-20 00:00:00"
    forcing_files.regular(tmp_path / "ice.nc", lon, lat, hours=hours, units=units, fields=fields)
    with netCDF4.Dataset(tmp_path / "ice.nc", "a") as file:
        file["siconc"].units = "1"
    found, plane = made(tmp_path, {**script(), "ice": "climatology", "files": {"path": "ice.nc"}})
    assert {each.field: each.kind for each in found.used}["ice_concentration"] == "files"
    assert at(found.fields["ice_concentration"], plane, 51.0, 45.5, 0)[0] == pytest.approx(0.6, abs=1e-3)
    assert np.hypot(*at(found.fields["ice_drift"], plane, 51.0, 45.5, 0)) == pytest.approx(0.2, rel=0.02)
    assert any("which stand over what the environment says" in note for note in found.notes)


def test_no_mean_winter_is_made_up_elsewhere(tmp_path) -> None:
    with pytest.raises(InputError, match="ice drawn as polygons"):
        made(
            tmp_path, {**script(), "ice": "climatology"}, area={"west": 0.0, "east": 3.0, "south": 55.0, "north": 57.0}
        )


def faults_of(folder, environment):
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content_of(environment), sort_keys=False))
    return [str(fault) for fault in check(folder)]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"wind": [WIND, {**WIND, "at": "2 h", "persisting_from": "3 h"}]}, "either at or persisting_from"),
        ({"wind": [WIND, {**WIND, "at": "2 h", "over": "1 h"}]}, "persisting_from beside it"),
        ({"wind": [WIND, {**WIND, "persisting_from": "2 h", "over": "3 h"}, {**WIND, "at": "4 h"}]}, "a change that is over"),
        ({"wind": [WIND, {**WIND, "persisting_from": "0 h"}]}, "a moment after the one before it"),
        ({"fronts": {key: value for key, value in FRONT.items() if key not in ("wind", "visibility")}}, "what is behind the front"),
        ({"fronts": FRONT}, "visibility in the script too"),
        ({"fronts": {**FRONT, "speed": "200 m/s"}}, "0.5 to 40 m/s"),
        ({"gusts": {"intensity": "90 %"}}, "0 to 0.5"),
        ({"zones": [{"area": AREA, "salinity": 3}]}, "salinity for the whole site or at stations too"),
        ({"zones": [{"area": {"west": 50.0}, "wind": WIND}]}, "all of west, east, south, north"),
    ],
)  # fmt: skip
def test_a_script_that_cannot_be_is_refused_in_words(tmp_path, part, words) -> None:
    assert any(words in fault for fault in faults_of(tmp_path, script(**part)))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"ice": {"climatology": True, "freezing_degree_days": 3}}, "exactly one of"),
        ({"ice": {}}, "exactly one of"),
        ({"ice": {"freezing_degree_days": "cold"}}, "degree-days of frost, 0 to 6000"),
        ({"ice": {"polygons": [{"area": AREA, "concentration": 1, "fast": True, "drift": {"speed": 1, "towards": "0 deg"}}]}}, "no drift"),
        ({"forecast": {}}, "either issues as they were written or an error"),
        ({"forecast": {"issues": [{"issued": 0, "visibility": "1 km"}]}}, "a wind: what players ask"),
        ({"forecast": {"error": {"wind": 2}, "step": "1 d", "horizon": "6 h"}}, "at most the horizon"),
    ],
)  # fmt: skip
def test_ice_and_forecasts_that_cannot_be_are_refused_in_words(tmp_path, part, words) -> None:
    assert any(words in fault for fault in faults_of(tmp_path, {**script(), **part}))


def test_all_faults_of_a_script_are_told_together(tmp_path) -> None:
    wrong = {**script(gusts={"intensity": "90 %"}, fronts=FRONT), "ice": {}, "forecast": {}}
    assert len(faults_of(tmp_path, wrong)) == 4
