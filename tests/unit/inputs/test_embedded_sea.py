"""The embedded sea as a source of a site's current: precedence, refusals, keeping."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pytest
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from forcing_files import CURRENT, regular

from khazri.engine.fields import Field
from khazri.geo.build import plane_about, site_grid
from khazri.geo.grid import Grid
from khazri.inputs import InputError
from khazri.inputs.embedded_sea import run_embedded_sea
from khazri.inputs.environment import EnvironmentFields, fields_for
from khazri.inputs.packs import read_pack
from khazri.inputs.places import polygon_of
from khazri.inputs.scripted import sample_places, sample_times
from khazri.scenario.pack import Pack
from khazri.sea.fields import SeaPicture, level_field

BOX = {"west": 48.5, "east": 50.0, "south": 44.5, "north": 45.5}


def pack_with(folder: Path, environment: dict[str, Any], area: dict[str, float] | None = None) -> Pack:
    plain = {
        "schema": 1,
        "name": "a-sea",
        "title": {"en": "A sea", "ru": "Море", "az": "Dəniz"},
        "start": "2026-09-14T04:00:00Z",
        "end": "2026-09-14T10:00:00Z",
        "parties": [],
        "sites": [
            {
                "ident": "north",
                "name": {"en": "North", "ru": "Север", "az": "Şimal"},
                "area": area or BOX,
                "water_level": {"value": -29.3, "datum": "baltic"},
                "resolution": "1 km",
                "environment": environment,
            }
        ],
    }
    (folder / "scenario.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return read_pack(folder)


def found(pack: Pack) -> EnvironmentFields:
    site = pack.sites[0]
    area = polygon_of(site.area.ring)
    plane = plane_about(area)
    return fields_for(pack, site, plane=plane, bounds=site_grid(plane, area, 1000.0).bounds)


def weather(**more: Any) -> dict[str, Any]:
    return {"wind": {"speed": "12 m/s", "from": "130 deg"}, "water_temperature": "15 degC", **more}


def test_the_sea_stands_over_the_script(tmp_path: Path) -> None:
    current = {"speed": "0.5 m/s", "towards": "90 deg"}
    fields = found(pack_with(tmp_path, {"sea": "embedded", "scripted": weather(current=current)}))
    field = fields.fields["current"]
    speed = np.hypot(field.values[..., 0], field.values[..., 1])
    assert field.grid.spacing == 4000.0
    assert 0.02 < float(speed.max()) < 0.5
    assert next(each.kind for each in fields.used if each.field == "current") == "sea"
    assert any("the embedded sea stands over the script" in note for note in fields.notes)


def test_nothing_changes_where_it_is_not_asked_for(tmp_path: Path) -> None:
    fields = found(pack_with(tmp_path, {"scripted": weather()}))
    assert next(each.kind for each in fields.used if each.field == "current") == "default"


def test_the_level_comes_with_the_current_and_is_a_number_everywhere(tmp_path: Path) -> None:
    fields = found(pack_with(tmp_path, {"sea": "embedded", "scripted": weather()}))
    level, picture = fields.fields["level"], fields.picture
    assert picture is not None
    assert np.isfinite(level.values).all()
    assert level.grid == fields.fields["current"].grid
    wet = np.isfinite(picture.level)
    np.testing.assert_array_equal(level.values[..., 0][wet], picture.level[wet])
    assert float(level.values.max()) < 2.0
    assert next(each for each in fields.used if each.field == "level").kind == "sea"
    assert any(note.startswith("level: the embedded sea's") for note in fields.notes)


def test_the_level_of_what_is_dry_does_not_stand_above_its_bed() -> None:
    grid = Grid(0.0, 0.0, 1000.0, 4, 1)
    current = Field("current", grid, np.zeros(1), np.zeros((1, 1, 4, 2), np.float32), "depth-mean current")
    level = np.array([[[0.5, np.nan, np.nan, np.nan]]], np.float32)  # water, a low flat, a high flat, land
    depth = np.array([[3.0, -0.2, -0.9, 0.0]], np.float32)
    filled = level_field(SeaPicture(current, level, depth)).values[0, 0, :, 0]
    assert filled.tolist() == pytest.approx([0.5, 0.2, 0.5, 0.5])


def test_a_wind_in_play_changes_both_current_and_level(tmp_path: Path) -> None:
    fields = found(pack_with(tmp_path, {"sea": "embedded", "scripted": weather()}))
    assert fields.sea is not None
    wind = fields.fields["wind"]
    turned = Field("wind", wind.grid, wind.times, -wind.values, "turned")
    other = fields.sea(turned)
    assert set(other) == {"current", "level"}
    assert float(np.abs(other["level"].values - fields.fields["level"].values).max()) > 0.2


def test_a_file_stands_over_the_sea_field_by_field(tmp_path: Path) -> None:
    """Heights are taken from a file only where the pack names the variable: their datum is the file's own."""
    height = ("zos", "sea_surface_height_above_geoid", lambda lon, lat, hours: 0.1 * (lon - 49.0) + 0.0 * lat)
    lon, lat, hours = np.arange(48.0, 50.6, 0.1), np.arange(44.0, 46.1, 0.1), np.arange(0.0, 25.0, 3.0)
    regular(tmp_path / "sea.nc", lon, lat, hours=hours, fields=(*CURRENT, height))
    with netCDF4.Dataset(tmp_path / "sea.nc", "a") as file:
        file["zos"].units = "m"
    plain = {"sea": "embedded", "scripted": weather(), "files": [{"path": "sea.nc"}]}
    fields = found(pack_with(tmp_path, plain))
    kinds = {each.field: each.kind for each in fields.used}
    assert (kinds["current"], kinds["level"]) == ("files", "sea")
    assert fields.sea is not None
    assert set(fields.sea(fields.fields["wind"])) == {"level"}
    named = {**plain, "files": [{"path": "sea.nc", "variables": {"level": "zos"}}]}
    fields = found(pack_with(tmp_path, named))
    kinds = {each.field: each.kind for each in fields.used}
    assert (kinds["current"], kinds["level"]) == ("files", "files")
    assert fields.sea is None
    assert fields.picture is None
    values = fields.fields["level"].values
    assert float(values.max()) == pytest.approx(0.1, abs=0.06)
    assert np.isfinite(values).all()


def test_beyond_the_caspian_it_is_refused_in_words(tmp_path: Path) -> None:
    white = {"west": 36.0, "east": 38.0, "south": 65.0, "north": 66.0}
    pack = pack_with(tmp_path, {"sea": "embedded", "scripted": weather()}, white)
    with pytest.raises(InputError, match="no training depths; expected `bathymetry:` to name a file"):
        found(pack)


def test_the_same_sea_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "kept"))
    pack = pack_with(tmp_path, {"sea": "embedded", "scripted": weather()})
    first = found(pack).fields["current"]
    (kept,) = (tmp_path / "kept" / "sea").glob("*.npz")

    def never(*args: object, **settings: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr("khazri.inputs.embedded_sea.follow_sea", never)
    assert np.array_equal(found(pack).fields["current"].values, first.values)
    kept.write_bytes(b"damaged")
    with pytest.raises(AssertionError, match="computed again"):
        found(pack)


def test_a_wind_beyond_all_winds_is_refused(tmp_path: Path) -> None:
    pack = pack_with(tmp_path, {"sea": "embedded", "scripted": weather()})
    site = pack.sites[0]
    plane = plane_about(polygon_of(site.area.ring))
    wind = found(pack_with(tmp_path, {"scripted": weather()})).fields["wind"]
    wind.values[:] = 200.0
    with pytest.raises(InputError, match=r"the wind reaches 283 m/s; expected at most 70 m/s"):
        run_embedded_sea(site, plane=plane, bounds=(-1e4, -1e4, 1e4, 1e4), wind=wind, start=0.0, duration=3600.0)


@pytest.mark.parametrize(
    ("setting", "expected"), [("tidal", "sea"), ({"spacing": "100 m"}, "spacing"), ({"drag": "wind"}, "drag")]
)
def test_faults_of_the_setting_name_their_place(tmp_path: Path, setting: object, expected: str) -> None:
    with pytest.raises(Exception, match=rf"environment\.sea.*{expected}|environment\.{expected}"):
        pack_with(tmp_path, {"sea": setting, "scripted": weather()})


def test_beyond_a_file_the_sea_goes_on_blended_also_under_another_wind(tmp_path: Path) -> None:
    regular(tmp_path / "west.nc", np.arange(48.0, 49.31, 0.05), np.arange(44.0, 46.01, 0.05))
    environment = {"sea": "embedded", "scripted": weather()}
    alone = found(pack_with(tmp_path, environment)).fields["current"]
    both = found(
        pack_with(tmp_path, {**environment, "files": {"path": "west.nc", "fallback": "sea", "blend": "12 km"}})
    )
    field = both.fields["current"]
    lon, _ = plane_about(polygon_of(_ring())).to_geographic(*np.meshgrid(field.grid.x, field.grid.y))
    hour = np.array([3.0 * 3600.0])
    own, sea = sample_times(field, hour)[0], sample_times(sample_places(alone, field.grid), hour)[0]
    np.testing.assert_allclose(own[lon > 49.34], sea[lon > 49.34], atol=1e-5)
    assert np.abs(own[lon < 49.15, 0] - 0.4).max() < 0.3  # the file's, not the sea's of some cm/s
    assert np.abs(np.diff(own, axis=1)).max() < 0.25  # no jump: 0.6 m/s over 12 km and four cells
    (used,) = [each for each in both.used if each.field == "current"]
    assert used.kind == "files"
    assert dict(used.shares)["files"] + dict(used.shares)["sea"] == pytest.approx(1.0)
    assert 0.4 < dict(used.shares)["files"] < 0.56
    assert any("blended over 12 km" in note for note in both.notes)
    assert both.sea is not None
    wind = both.fields["wind"]
    turned = both.sea(Field("wind", wind.grid, wind.times, -wind.values, "turned"))["current"]
    later = sample_times(turned, hour)[0]
    np.testing.assert_allclose(later[lon < 49.1], own[lon < 49.1], atol=1e-5)
    assert np.abs(later[lon > 49.4] - own[lon > 49.4]).max() > 0.02


def _ring() -> list[tuple[float, float]]:
    west, east, south, north = (BOX[side] for side in ("west", "east", "south", "north"))
    return [(west, south), (east, south), (east, north), (west, north)]
