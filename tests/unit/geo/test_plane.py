"""The site plane: exact both ways, conformal, right at the pole."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.geo.geodesy import measure_distance
from khazri.geo.plane import SitePlane

CENTRES = [(50.0, 45.0), (-179.5, 70.0), (33.0, 90.0), (0.0, -75.0), (100.0, 0.0)]


@pytest.mark.parametrize("centre", CENTRES)
def test_there_and_back_again_is_exact_within_500_km(centre: tuple[float, float]) -> None:
    plane = SitePlane(*centre)
    x, y = np.meshgrid(np.linspace(-5e5, 5e5, 21), np.linspace(-5e5, 5e5, 21))
    back_x, back_y = plane.to_plane(*plane.to_geographic(x, y))
    assert np.hypot(back_x - x, back_y - y).max() < 1e-3  # m


@pytest.mark.parametrize("centre", CENTRES)
def test_the_map_factor_is_the_scale_measured_with_geodesics(centre: tuple[float, float]) -> None:
    plane = SitePlane(*centre)
    for x, y in [(0.0, 0.0), (5e5, 0.0), (-3e5, 4e5), (1e5, -2e5)]:
        for dx, dy in [(50.0, 0.0), (0.0, 50.0)]:
            ends = plane.to_geographic([x - dx, x + dx], [y - dy, y + dy])
            scale = 100.0 / float(measure_distance(ends[0][0], ends[1][0], ends[0][1], ends[1][1]))
            assert scale == pytest.approx(float(plane.map_factor(x, y)), abs=3e-4)  # sphere for the ellipsoid


def test_east_and_north_are_the_axes_at_the_centre() -> None:
    plane = SitePlane(50.0, 45.0)
    assert plane.rotate_from_geographic(3.0, 4.0, longitude=50.0, latitude=45.0) == (
        pytest.approx(3.0),
        pytest.approx(4.0),
    )


@pytest.mark.parametrize("place", [(55.0, 47.0), (46.0, 41.0), (50.0, 48.0)])
def test_a_turned_vector_points_where_its_geodesic_goes(place: tuple[float, float]) -> None:
    plane = SitePlane(50.0, 45.0)
    lon, lat = place
    x0, y0 = plane.to_plane(lon, lat)
    x1, y1 = plane.to_plane(lon + 1e-4, lat)  # a step to the east
    vx, vy = plane.rotate_from_geographic(1.0, 0.0, longitude=lon, latitude=lat)
    assert np.arctan2(vy, vx) == pytest.approx(float(np.arctan2(y1 - y0, x1 - x0)), abs=1e-5)
    assert np.hypot(vx, vy) == pytest.approx(1.0)


def test_the_pole_is_a_place_like_others() -> None:
    plane = SitePlane(0.0, 90.0)
    x, y = plane.to_plane([0.0, 90.0, 180.0, -90.0], [89.0, 89.0, 89.0, 89.0])
    assert np.allclose(np.hypot(x, y), 111_694.0, rtol=1e-3)
    assert (x[0], y[0]) == (pytest.approx(0.0, abs=1.0), pytest.approx(-float(np.hypot(x[0], y[0]))))
    east, north = plane.rotate_from_geographic(0.0, 1.0, longitude=90.0, latitude=89.0)
    assert (east, north) == (pytest.approx(-1.0, abs=1e-6), pytest.approx(0.0, abs=1e-6))


def test_a_centre_that_is_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="expected degrees"):
        SitePlane(50.0, 95.0)
