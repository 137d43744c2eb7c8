"""A site's own basin with open edges: what stands there, and what is refused before the run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray
import yaml

from khazri.geo.build import plane_about, site_grid
from khazri.inputs import InputError
from khazri.inputs.environment import EnvironmentFields, fields_for
from khazri.inputs.packs import check, read_pack
from khazri.inputs.places import polygon_of
from khazri.inputs.sea_files import read_constituents, read_gauge

BAY = {"west": 39.0, "east": 41.0, "south": 70.6, "north": 71.4}  # water all around, north of Murman


def depths(folder: Path, elevation: Callable[[np.ndarray, np.ndarray], np.ndarray], *, units: str = "m") -> str:
    """A NetCDF grid about the bay; its name."""
    longitude, latitude = np.linspace(38.0, 42.0, 41), np.linspace(70.0, 72.0, 41)
    values = elevation(*np.meshgrid(longitude, latitude))
    attributes = {"standard_name": "height_above_mean_sea_level", "units": units}
    array = xarray.DataArray(values, {"lat": latitude, "lon": longitude}, ("lat", "lon"), attrs=attributes)
    array.to_dataset(name="elevation").to_netcdf(folder / "depths.nc")
    return "depths.nc"


def pack_with(folder: Path, sea: Any, *, bathymetry: str = "50 m", **scripted: Any) -> Path:
    weather = {"wind": {"speed": "0 m/s", "from": "0 deg"}, "water_temperature": "5 degC", **scripted}
    plain = {
        "schema": 1,
        "name": "open-sea",
        "title": "An open sea",
        "start": "2026-09-14T00:00:00Z",
        "end": "2026-09-14T13:00:00Z",
        "parties": [],
        "sites": [
            {
                "ident": "barents",
                "name": "Barents Sea",
                "area": BAY,
                "water_level": 0,
                "bathymetry": bathymetry,
                "resolution": "2 km",
                "environment": {"sea": sea, "scripted": weather},
            }
        ],
    }
    (folder / "scenario.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return folder


def found(folder: Path) -> EnvironmentFields:
    pack = read_pack(folder)
    site = pack.sites[0]
    area = polygon_of(site.area.ring)
    plane = plane_about(area)
    return fields_for(pack, site, plane=plane, bounds=site_grid(plane, area, 2000.0).bounds)


def test_a_tide_at_the_edge_goes_up_and_down_within(tmp_path: Path) -> None:
    tide = [{"constituent": "M2", "amplitude": "1 m", "phase": "120 deg"}]
    fields = found(pack_with(tmp_path, {"boundary": {"tide": tide}}))
    level = fields.fields["level"].values[..., 0]
    middle = level[:, level.shape[1] // 2, level.shape[2] // 2]
    assert 1.7 < float(np.ptp(middle)) < 2.3  # twice the amplitude, in a sea much shorter than the wave
    assert any("tides by date" in note for note in fields.notes)


def test_a_level_outside_comes_in_and_a_closed_sea_keeps_its_own(tmp_path: Path) -> None:
    opened = found(pack_with(tmp_path, {"boundary": {"level": "40 cm"}})).fields["level"]
    assert float(opened.values[-1].mean()) == pytest.approx(0.4, abs=0.03)
    closed = found(pack_with(tmp_path, {"boundary": "closed"})).fields["level"]
    assert float(np.abs(closed.values).max()) < 1e-6


def test_a_gauge_stands_at_the_edge(tmp_path: Path) -> None:
    lines = [f"2026-09-14T{hour:02d}:00:00Z,{50 + 2 * hour}" for hour in range(14)]
    (tmp_path / "gauge.csv").write_text("time,level [cm]\n" + "\n".join(lines), encoding="utf-8")
    folder = pack_with(tmp_path, {"boundary": {"gauge": "gauge.csv"}})
    level = found(folder).fields["level"].values[:, 20, 10, 0]
    assert float(level[0]) == pytest.approx(0.50, abs=0.05)
    assert float(level[-1]) == pytest.approx(0.76, abs=0.05)


def test_a_gauge_that_stops_half_way_is_refused(tmp_path: Path) -> None:
    lines = [f"2026-09-14T{hour:02d}:00:00Z,0.5" for hour in range(6)]
    (tmp_path / "gauge.csv").write_text("time,level\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"gauge.csv has readings from \+0.0 h to \+5.0 h .* expected the whole run, 0 to \+13.0 h"
    ):
        found(pack_with(tmp_path, {"boundary": {"gauge": "gauge.csv"}}))


def test_a_hole_in_the_boundary_and_an_area_beside_it_are_told_together(tmp_path: Path) -> None:
    west = {"area": {"west": 38.9, "east": 39.1, "south": 70.0, "north": 72.0}, "level": "0.2 m"}
    inside = {"area": {"west": 39.9, "east": 40.1, "south": 70.9, "north": 71.1}, "level": "0.2 m"}
    with pytest.raises(InputError) as refusal:
        found(pack_with(tmp_path, {"boundary": [west, inside]}))
    assert "boundary[1]: no cell of the open edge lies within its area" in str(refusal.value)
    assert "a hole: " in str(refusal.value)


def test_low_pressure_lifts_the_sea_and_steps_that_are_too_long_are_shortened(tmp_path: Path) -> None:
    fields = found(pack_with(tmp_path, {"step": "1 h"}, air_pressure="980 hPa"))
    assert float(fields.fields["level"].values[-1].mean()) == pytest.approx(0.337, abs=0.03)
    assert any("a step of 3600 s would be unstable; " in note for note in fields.notes)


def test_cells_that_do_not_fit_the_area_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cells of 20000 m are \d+ x \d+ over the area; expected a spacing of"):
        found(pack_with(tmp_path, {"spacing": "20 km"}))


def test_missing_files_of_the_edge_are_faults_of_the_pack(tmp_path: Path) -> None:
    faults = check(pack_with(tmp_path, {"boundary": {"gauge": "nowhere.csv"}}))
    assert ["boundary" in str(fault) and "nowhere.csv" in str(fault) for fault in faults] == [True]


def test_tables_are_refused_with_all_their_faults(tmp_path: Path) -> None:
    table = tmp_path / "gauge.csv"
    table.write_text("time,level\n2026-09-14T00:00:00Z,250\n2026-09-14,1\n2026-09-14T01:00:00Z\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_gauge(table)
    said = str(refusal.value)
    assert "line 2: level is 250 m; expected at most 15 m, else the unit is wrong" in said
    assert "line 3: '2026-09-14', '1'; expected a UTC time" in said
    assert "line 4: 1 values; expected 2: the file may have been cut off" in said


def test_constituents_of_several_places(tmp_path: Path) -> None:
    table = tmp_path / "tide.csv"
    table.write_text(
        "constituent,amplitude [cm],phase,longitude,latitude\nM2,100,10,39,71\nm2,50,20,41,71\n", encoding="utf-8"
    )
    first, second = read_constituents(table)
    assert (first.amplitude, second.amplitude) == (1.0, 0.5)
    assert second.constituent == "M2"
    table.write_text("constituent,amplitude,phase\nM9,1,10\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: M9, 1, 10; expected one of M2"):
        read_constituents(table)


def test_a_basin_of_a_file_has_its_depths(tmp_path: Path) -> None:
    name = depths(tmp_path, lambda lon, lat: -60.0 + 0.0 * lon)
    fields = found(pack_with(tmp_path, "embedded", bathymetry=name))
    assert any("depths.nc, variable elevation" in note for note in fields.notes)
    assert float(np.abs(fields.fields["level"].values).max()) < 1e-3


@pytest.mark.parametrize(
    ("elevation", "words"),
    [
        (lambda lon, lat: 60.0 + 0.0 * lon, "no cell lies below the level of 0 m; expected depths positive down"),
        (lambda lon, lat: np.where(lat < 70.7, -5.0, 60.0), r"only \d+ % of the drawn sea lies below the level"),
        (lambda lon, lat: -60_000.0 + 0.0 * lon, "deepest water is 60,000 m; expected at most 11,000 m, else the unit"),
        (lambda lon, lat: np.where((lon > 39.5) & (lat > 70.9), np.nan, -60.0), r"\d+ cells of water have no depth, \d+ of them"),
    ],
    ids=["upside-down", "mostly-land", "wrong-unit", "hole"],
)  # fmt: skip
def test_depths_that_cannot_be_are_refused(
    tmp_path: Path, elevation: Callable[[np.ndarray, np.ndarray], np.ndarray], words: str
) -> None:
    folder = pack_with(tmp_path, "embedded", bathymetry=depths(tmp_path, elevation))
    with pytest.raises(InputError, match=rf"site barents: environment.sea: basin: .*{words}"):
        found(folder)


def test_depths_that_stop_half_way_are_refused(tmp_path: Path) -> None:
    name = depths(tmp_path, lambda lon, lat: -60.0 + 0.0 * lon)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cannot be read as NetCDF"):
        found(pack_with(tmp_path, "embedded", bathymetry=name))


def test_the_same_open_sea_is_kept_until_its_gauge_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "kept"))
    for high in (0.2, 0.2, 0.3):
        lines = [f"2026-09-14T{hour:02d}:00:00Z,{high}" for hour in range(14)]
        (tmp_path / "gauge.csv").write_text("time,level\n" + "\n".join(lines), encoding="utf-8")
        fields = found(pack_with(tmp_path, {"boundary": {"gauge": "gauge.csv"}}))
        assert float(fields.fields["level"].values[-1].mean()) == pytest.approx(high, abs=0.02)
        assert any("with gauges" in note for note in fields.notes)
    assert len(list((tmp_path / "kept" / "sea").glob("*.npz"))) == 2
