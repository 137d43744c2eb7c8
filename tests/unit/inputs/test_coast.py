"""The coast: cut out anywhere on the sphere, and a pack's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from khazri.geo.grid import Grid
from khazri.geo.raster import rasterise
from khazri.inputs import InputError
from khazri.inputs.coast import cut_training_land, decode_topojson, read_coast

BOX = (0.0, 0.0, 10.0, 10.0)


def square(west: float, south: float, east: float, north: float, **properties: Any) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shapely.box(west, south, east, north))
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "coast.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def test_arcs_are_joined_forward_and_backward() -> None:
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [10.0, 20.0]},
        "arcs": [[[0, 0], [4, 0]], [[0, 0], [0, 8], [4, 0], [0, -8]]],  # the second runs the other way round
        "objects": {"land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0, -2]]}]}},
    }
    (ring,) = decode_topojson(topology, "land")
    assert ring.points.tolist() == [[10, 20], [12, 20], [12, 22], [10, 22], [10, 20]]
    assert (ring.west, ring.north, ring.hole) == (10.0, 22.0, False)


@pytest.mark.slow
def test_the_land_of_the_world_has_its_published_share() -> None:
    grid = Grid(-179.75, -89.75, 0.5, 720, 360)
    land = rasterise(cut_training_land((-180.0, -90.0, 180.0, 90.0)), grid)
    weight = np.cos(np.radians(grid.y))[:, None] * np.ones(grid.nx)
    assert float((land * weight).sum() / weight.sum()) == pytest.approx(
        0.29, abs=0.005
    )  # with Antarctica, lakes as land


def test_a_box_across_the_antimeridian_is_the_same_on_either_turn() -> None:
    west, east = cut_training_land((-190.0, 60.0, -170.0, 75.0)), cut_training_land((170.0, 60.0, 190.0, 75.0))
    assert west.area == pytest.approx(east.area)
    assert west.is_valid
    assert shapely.contains_xy(east, 178.0, 68.0)
    assert shapely.contains_xy(east, 182.0, 68.0)
    assert not shapely.contains_xy(east, 180.0, 74.0)


def test_the_south_pole_is_land_and_the_north_pole_is_not() -> None:
    assert shapely.contains_xy(cut_training_land((-180.0, -90.0, 180.0, -60.0)), 12.0, -89.9)
    assert not shapely.contains_xy(cut_training_land((-180.0, 80.0, 180.0, 90.0)), 12.0, 89.9)


def test_the_caspian_is_water_and_its_islands_are_land() -> None:
    land = cut_training_land((46.0, 36.0, 55.0, 48.0))
    assert not shapely.contains_xy(land, 50.0, 42.0)
    assert shapely.contains_xy(land, 49.87, 40.41)
    assert sum(shapely.get_num_interior_rings(part) for part in shapely.get_parts(land)) == 1  # one sea, without a gap


def test_a_box_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="expected west < east"):
        cut_training_land((10.0, 0.0, 5.0, 10.0))


def test_land_and_water_polygons_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    path = write(tmp_path, square(-5, -5, 15, 15, surface="land"), square(2, 2, 4, 4, featurecla="Ocean"))
    coast = read_coast(path, BOX)
    assert coast.land.area == pytest.approx(96.0)
    assert not shapely.contains_xy(coast.land, 3.0, 3.0)


def test_with_water_alone_the_rest_is_land(tmp_path: Path) -> None:
    assert read_coast(write(tmp_path, square(0, 0, 10, 4, surface="water")), BOX).land.area == pytest.approx(60.0)


def test_polygons_that_say_nothing_are_land_and_a_note_says_so(tmp_path: Path) -> None:
    coast = read_coast(write(tmp_path, square(360, 0, 361, 1), square(5, 5, 6, 6)), BOX)
    assert coast.land.area == pytest.approx(2.0)  # also the one a turn away
    assert any("2 polygons" in note and "taken as land" in note for note in coast.notes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{not json", "cannot be read as GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "holds no geometry"),
        ('{"type": "Point", "coordinates": [1, 2]}', "expected polygons"),
        ('{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[0]]]}}', "feature 0 is not GeoJSON"),
        ("[1, 2]", "is not GeoJSON"),
    ],
)
def test_a_coast_that_is_none_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "coast.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_coast(path, BOX)


def test_a_missing_coast_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_coast(tmp_path / "absent.geojson", BOX)


@pytest.mark.shared
def test_the_ocean_polygons_of_natural_earth_give_the_same_land(shared: Path) -> None:
    box = (47.0, 40.0, 54.0, 47.0)
    own = read_coast(shared / "coast" / "ne10m_caspian_ocean.geojson", box).land
    training = cut_training_land(box)
    assert shapely.symmetric_difference(own, training).area / training.area < 0.01
