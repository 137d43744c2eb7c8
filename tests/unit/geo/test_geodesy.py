"""Geodesy: published distances, and boxes that hold what they must."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.geo.geodesy import find_destination, geographic_bounds, measure_bearing, measure_distance
from khazri.geo.plane import SitePlane


def test_a_degree_of_latitude_at_the_equator_and_the_quarter_meridian() -> None:
    assert measure_distance(0.0, 0.0, 0.0, 1.0) == pytest.approx(110_574.4, abs=0.5)
    assert measure_distance(0.0, 0.0, 0.0, 90.0) == pytest.approx(10_001_965.729, abs=0.01)  # WGS 84, published


def test_bearings_run_clockwise_from_north() -> None:
    bearings = measure_bearing(50.0, 0.0, [50.0, 51.0, 50.0, 49.0], [1.0, 0.0, -1.0, 0.0])
    assert np.degrees(bearings) == pytest.approx([0.0, 90.0, 180.0, 270.0])


def test_the_destination_lies_at_the_distance_and_bearing_asked_for() -> None:
    lon, lat = find_destination(49.0, 45.0, np.radians(30.0), 123_456.0)
    assert measure_distance(49.0, 45.0, lon, lat) == pytest.approx(123_456.0)
    assert measure_bearing(49.0, 45.0, lon, lat) == pytest.approx(np.radians(30.0))


def test_the_geographic_box_holds_every_point_of_the_plane_box() -> None:
    for centre in [(50.0, 45.0), (179.0, 72.0), (0.0, 89.0), (20.0, -80.0)]:
        plane, bounds = SitePlane(*centre), (-4e5, -3e5, 5e5, 2e5)
        west, south, east, north = geographic_bounds(plane, bounds)
        x, y = np.meshgrid(np.linspace(-4e5, 5e5, 97), np.linspace(-3e5, 2e5, 89))
        lon, lat = plane.to_geographic(x, y)
        lon = west + np.mod(lon - west, 360.0)
        assert lon.max() <= east + 1e-9
        assert south <= lat.min()
        assert lat.max() <= north


def test_a_box_with_the_pole_in_it_covers_all_longitudes() -> None:
    west, south, east, north = geographic_bounds(SitePlane(10.0, 89.0), (-2e5, -2e5, 2e5, 2e5))
    assert (east - west, north) == (360.0, 90.0)
    assert 84.0 < south < 88.0
