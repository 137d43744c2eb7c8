from __future__ import annotations

import csv
import json
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from khazri.geo.grid import Grid
from khazri.report import tables, vector


def read(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# EXERCISE")
    return list(csv.DictReader(text.splitlines()[1:]))


def test_budget_rows_add_up_to_what_was_released(outcome, measures, tmp_path):
    table, document = tables.write_budget(tmp_path, outcome, outcome.sites[0], measures)
    for row in read(table):
        assert sum(float(row[name]) for name in tables.OWNER_NAMES) == pytest.approx(float(row["released"]), rel=1e-9)
    body = json.loads(document.read_text())
    assert body["exercise"] == "EXERCISE"
    assert len(body["rows"]) == 13


def test_the_shore_table_is_ordered_by_oil_and_classified(outcome, measures, tmp_path):
    tables.write_shore(tmp_path / "shoreline.csv", outcome, outcome.sites[0], measures)
    rows = read(tmp_path / "shoreline.csv")
    oil = [float(row["oil_kg"]) for row in rows]
    assert oil == sorted(oil, reverse=True)
    assert oil[0] > 0
    for row in rows:
        expected = 1000 * float(row["oil_kg"]) / (float(row["length_m"]) * float(row["width_m"]))
        assert float(row["oil_g_per_m2"]) == pytest.approx(expected, abs=0.01)
        assert (row["class"] == "heavy") == (expected >= 1000)


def test_places_not_reached_have_no_time(outcome, measures, tmp_path):
    tables.write_places(tmp_path / "places.csv", outcome, measures)
    reeds, islet = read(tmp_path / "places.csv")
    assert reeds["first_arrival"].endswith("Z")
    assert islet["first_arrival"] == ""


def test_an_outline_has_the_area_of_its_cells():
    mask = np.zeros((60, 60), bool)
    mask[10:50, 15:45] = True
    shape = vector.outline(mask, Grid(0.0, 0.0, 100.0, 60, 60))
    assert shape.area == pytest.approx(mask.sum() * 100.0**2, rel=0.02)  # the corners that are cut


def test_contours_nest_from_thick_to_thin(outcome, measures):
    features = vector.contours(outcome, outcome.sites[0], measures)
    area = {
        f["properties"]["code"]: f["properties"]["area_km2"] for f in features if f["properties"]["kind"] == "thickness"
    }
    assert area
    assert list(area.values()) == sorted(area.values(), reverse=True)
    arrivals = [f["properties"]["area_km2"] for f in features if f["properties"]["kind"] == "first_arrival"]
    assert arrivals == sorted(arrivals)
    assert all(f["properties"]["exercise"] == "EXERCISE" for f in features)


def test_geojson_is_in_degrees_and_kml_is_well_formed(outcome, measures, tmp_path):
    site = outcome.sites[0]
    features = [*vector.contours(outcome, site, measures), *vector.point_features(outcome, site, measures)]
    vector.write_geojson(tmp_path / "c.geojson", features, name="x")
    vector.write_kml(tmp_path / "s.kml", outcome, site, features)
    body = json.loads((tmp_path / "c.geojson").read_text(encoding="utf-8"))
    for feature in body["features"]:
        west, south, east, north = shapely.from_geojson(json.dumps(feature["geometry"])).bounds
        assert 48.0 < west <= east < 50.0
        assert 44.0 < south <= north < 46.0
    root = ElementTree.parse(tmp_path / "s.kml").getroot()
    names = [element.text for element in root.iter("{http://www.opengis.net/kml/2.2}name")]
    assert names[0].startswith("EXERCISE")
    assert "Reeds </script><b>" in names
