"""Depths from files: the training soundings, a grid, points; the sign is never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import xarray

from khazri.geo.bathymetry import ElevationGrid, Soundings
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.bathymetry import CASPIAN, read_depths, training_soundings

BOX = (9.0, 59.0, 12.0, 62.0)
PLANE = SitePlane(10.5, 60.5)
LAND = shapely.box(9.0, 59.0, 9.5, 62.0)


def write_grid(folder: Path, name: str, *, sign: float, lon: Any = None, lat: Any = None, **attrs: Any) -> Path:
    lon = np.arange(8.0, 13.1, 0.5) if lon is None else lon
    lat = np.arange(58.0, 63.1, 0.5) if lat is None else lat
    values = sign * (np.mod(lon, 360.0) * 10.0 + 0.0 * lat[:, None])
    array = xarray.DataArray(values, coords={"lat": lat, "lon": lon}, dims=("lat", "lon"), attrs=attrs, name=name)
    path = folder / "depths.nc"
    array.to_dataset().to_netcdf(path)
    return path


def read(path: Path, box: Any = BOX) -> Any:
    return read_depths(path, box, plane=PLANE, land=LAND)


def test_the_training_soundings_are_many_known_and_inside_the_caspian() -> None:
    soundings = training_soundings()
    west, south, east, north = CASPIAN
    assert 150 < soundings.depth.size < 400
    assert np.all((soundings.longitude > west) & (soundings.longitude < east))
    assert np.all((soundings.latitude > south) & (soundings.latitude < north))
    assert soundings.depth.min() > 0.0
    assert soundings.depth.max() == 1025.0  # published
    assert soundings.shore_distance.min() >= 0.0
    assert "not for navigation" in soundings.source


@pytest.mark.parametrize(
    ("name", "attrs"),
    [
        ("z", {"positive": "up"}),
        ("z", {"standard_name": "height_above_mean_sea_level"}),
        ("elevation", {}),
        ("b", {"long_name": "Bed elevation"}),
    ],
)
def test_elevation_is_known_by_what_the_file_says(tmp_path: Path, name: str, attrs: dict[str, str]) -> None:
    grid, notes = read(write_grid(tmp_path, name, sign=-1.0, **attrs))
    assert isinstance(grid, ElevationGrid)
    assert grid.elevation[0, list(grid.longitude).index(10.0)] == pytest.approx(-100.0)
    assert "elevation" in notes[0]


@pytest.mark.parametrize(
    ("name", "attrs"), [("z", {"positive": "down"}), ("deptho", {}), ("h", {"long_name": "Water depth"})]
)
def test_depth_is_turned_to_elevation(tmp_path: Path, name: str, attrs: dict[str, str]) -> None:
    grid, notes = read(write_grid(tmp_path, name, sign=1.0, **attrs))
    assert grid.elevation[0, list(grid.longitude).index(10.0)] == pytest.approx(-100.0)
    assert any("no reference_level" in note for note in notes)


def test_a_reference_level_in_the_file_is_used(tmp_path: Path) -> None:
    grid, notes = read(write_grid(tmp_path, "depth", sign=1.0, reference_level=-28.0))
    assert grid.elevation[0, list(grid.longitude).index(10.0)] == pytest.approx(-128.0)
    assert any("-28 m" in note for note in notes)


def test_a_sign_that_nothing_says_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not say whether it is elevation or depth"):
        read(write_grid(tmp_path, "Band1", sign=-1.0))


def test_depths_that_are_all_negative_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="all values are <= 0"):
        read(write_grid(tmp_path, "depth", sign=-1.0))


def test_descending_latitudes_and_longitudes_on_another_turn_are_put_in_order(tmp_path: Path) -> None:
    lon, lat = np.arange(360.0, 380.1, 0.5), np.arange(65.0, 54.9, -0.5)
    grid, _ = read(write_grid(tmp_path, "elevation", sign=-1.0, lon=lon, lat=lat))
    assert np.all(np.diff(grid.longitude) > 0.0)
    assert np.all(np.diff(grid.latitude) > 0.0)
    assert grid.elevation[3, list(grid.longitude).index(11.0)] == pytest.approx(-110.0)


def test_a_grid_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected the site: 9\.00 to 12\.00 E"):
        read(write_grid(tmp_path, "elevation", sign=-1.0, lat=np.arange(10.0, 20.0)))


def test_a_broken_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "depths.nc"
    path.write_bytes(b"CDF\x01 but no more")
    with pytest.raises(InputError, match="cannot be read as NetCDF"):
        read(path)


def write_points(folder: Path, rows: list[tuple[float, float, dict[str, Any]]]) -> Path:
    path = folder / "depths.geojson"
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}
        for lon, lat, properties in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_points_give_depth_or_elevation(tmp_path: Path) -> None:
    rows = [
        (10.0, 60.0, {"depth": 30.0}),
        (11.0, 60.0, {"elevation": -50.0}),
        (11.0, 61.0, {"depth": 20}),
        (10, 61, {"depth": -2}),
    ]
    soundings, notes = read(write_points(tmp_path, rows))
    assert isinstance(soundings, Soundings)
    assert soundings.depth.tolist() == [30.0, 50.0, 20.0]
    assert soundings.shore_distance[0] == pytest.approx(27_900.0, rel=0.01)  # half a degree at 60 N
    assert any("1 points" in note for note in notes)


def test_points_that_are_too_few_or_say_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected at least 3"):
        read(write_points(tmp_path, [(10.0, 60.0, {"depth": 3.0})]))
    with pytest.raises(InputError, match="expected a Point with `depth`"):
        read(write_points(tmp_path, [(10.0, 60.0, {"tiefe": 3.0})]))


@pytest.mark.shared
def test_a_grid_in_longitudes_20_to_380_is_found_in_the_west(shared: Path) -> None:
    grid, _ = read_depths(
        shared / "forcing" / "ferret_etopo20_lon20to380.nc", (-30.0, 40.0, -10.0, 50.0), plane=PLANE, land=LAND
    )
    assert isinstance(grid, ElevationGrid)
    assert grid.longitude[0] <= -30.0
    assert grid.longitude[-1] >= -10.0
    assert np.nanmin(grid.elevation) < -3000.0  # the Atlantic
