"""Distances, bearings and destinations on the WGS 84 ellipsoid, and the geographic box that a plane's box covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from khazri.geo.plane import GEOD, Doubles, SitePlane

TURN = 2.0 * np.pi


def measure_distance(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, to_longitude: npt.ArrayLike, to_latitude: npt.ArrayLike
) -> Doubles:
    """Length [m] of the geodesics between points in degrees (Karney 2013, through PROJ)."""
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(longitude, latitude, to_longitude, to_latitude)
    return np.asarray(GEOD.inv(lon1, lat1, lon2, lat2)[2], np.float64)


def measure_bearing(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, to_longitude: npt.ArrayLike, to_latitude: npt.ArrayLike
) -> Doubles:
    """First bearing [rad], clockwise from true north in [0, 2 pi), of the geodesics between points in degrees."""
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(longitude, latitude, to_longitude, to_latitude)
    return np.asarray(np.mod(np.radians(GEOD.inv(lon1, lat1, lon2, lat2)[0]), TURN), np.float64)


def find_destination(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, bearing: npt.ArrayLike, distance: npt.ArrayLike
) -> tuple[Doubles, Doubles]:
    """Points in degrees that lie `distance` [m] along `bearing` [rad, clockwise from true north]."""
    lon, lat, azimuth, length = np.broadcast_arrays(longitude, latitude, np.degrees(bearing), distance)
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, azimuth, length)
    return np.asarray(end_lon, np.float64), np.asarray(end_lat, np.float64)


def geographic_bounds(plane: SitePlane, bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """West, south, east, north [degrees] of a box that holds the plane's box `bounds` (x min, y min, x max, y max).

    Longitudes run on from the plane's centre (west may lie below -180, east above 180); a box that holds a pole
    covers all longitudes up to that pole.
    """
    x_min, y_min, x_max, y_max = bounds
    along = np.linspace(0.0, 1.0, 101)
    x = x_min + (x_max - x_min) * along
    y = y_min + (y_max - y_min) * along
    edge_x = np.concatenate([x, x, np.full_like(y, x_min), np.full_like(y, x_max)])
    edge_y = np.concatenate([np.full_like(x, y_min), np.full_like(x, y_max), y, y])
    lon, lat = plane.to_geographic(edge_x, edge_y)
    lon = plane.longitude + np.mod(lon - plane.longitude + 180.0, 360.0) - 180.0
    south, north = float(lat.min()), float(lat.max())
    margin = 0.02 * (north - south) + 0.01  # an arc bulges between the points taken
    south, north = max(-90.0, south - margin), min(90.0, north + margin)
    # A pole inside the box, not on its edge.
    for pole in (90.0, -90.0):
        pole_x, pole_y = plane.to_plane(0.0, pole)
        if x_min <= float(pole_x) <= x_max and y_min <= float(pole_y) <= y_max:
            whole_south, whole_north = (south, 90.0) if pole > 0.0 else (-90.0, north)
            return plane.longitude - 180.0, whole_south, plane.longitude + 180.0, whole_north
    return float(lon.min()) - margin, south, float(lon.max()) + margin, north
