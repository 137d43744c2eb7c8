"""Depths from files: the training soundings of the Caspian, and a user's NetCDF grid or GeoJSON points."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from khazri.geo.bathymetry import ElevationGrid, Soundings, measure_point_shore_distance
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.coast import Box, cut_training_land, read_geojson

if TYPE_CHECKING:
    import xarray

TRAINING_WORDS = "training bathymetry, not for navigation"
TRAINING_SOURCE = (
    "Depths: training bathymetry, not for navigation (the project's own table of published figures, most of them "
    "rounded from ETOPO1, Amante and Eakins 2009); good to about 2-3 m in the north, 20-25 % on the shelf, 10 % in the "
    "deep basins"
)
CASPIAN: Box = (46.4, 36.3, 54.95, 47.4)  # where the training soundings hold [degrees]
CHART_LEVEL = -28.0  # m, Baltic datum: zero of the soundings and of Caspian charts

UP_NAMES = {
    "height_above_mean_sea_level", "height_above_geopotential_datum", "height_above_reference_ellipsoid", "altitude",
    "surface_altitude", "bedrock_altitude", "elevation", "topography", "topo", "height",
}  # fmt: skip
DOWN_NAMES = {
    "sea_floor_depth_below_mean_sea_level", "sea_floor_depth_below_geoid", "sea_floor_depth_below_sea_surface",
    "sea_floor_depth", "depth", "deptho", "water_depth", "bathymetric_depth",
}  # fmt: skip
LIKELY_NAMES = ("elevation", "depth", "deptho", "z", "topo", "bathymetry", "bathy", "h", "band1", "rose")


@lru_cache(maxsize=1)
def training_soundings() -> Soundings:
    """The project's own soundings of the Caspian, with their distances from the training coast."""
    file = resources.files("khazri.assets").joinpath("soundings", "caspian.csv")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    lon, lat, depth = (np.array([float(row[name]) for row in rows]) for name in ("longitude", "latitude", "depth"))
    west, south, east, north = CASPIAN
    land = cut_training_land((west - 1.0, south - 1.0, east + 1.0, north + 1.0))
    plane = SitePlane(0.5 * (west + east), 0.5 * (south + north))
    distance = measure_point_shore_distance(lon, lat, land, plane)
    return Soundings(lon, lat, depth, distance, CHART_LEVEL, TRAINING_SOURCE)


def read_depths(
    path: Path, box: Box, *, plane: SitePlane, land: BaseGeometry | None
) -> tuple[ElevationGrid | Soundings, tuple[str, ...]]:
    """Depths from a pack's file around `box`, and notes on how they were read.

    GeoJSON: points with a property `depth` (positive down) or `elevation`, interpolated with the site's coast `land`.
    NetCDF: a rectilinear grid of elevation or depth; the variable's attributes or name must say which.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; expected depths as NetCDF or GeoJSON")
    if path.suffix.lower() in {".geojson", ".json"}:
        return _read_points(path, box, plane, land)
    return _read_grid(path, box)


def is_caspian(longitude: float, latitude: float) -> bool:
    """True where the training soundings, and the zero of Caspian charts, hold."""
    west, south, east, north = CASPIAN
    return west <= longitude <= east and south <= latitude <= north


def _reference(given: object, name: str, box: Box) -> tuple[float, str]:
    """Level that depths count from [m, Baltic datum], and the note that says so."""
    if given is not None:
        try:
            level = float(str(given))
        except ValueError as error:
            raise InputError(f"{name}: reference_level is {given!r}; expected metres above the Baltic datum") from error
        return level, f"Depths: {name} counts depths from {level:g} m (Baltic datum), as it says"
    level = CHART_LEVEL if is_caspian(0.5 * (box[0] + box[2]), 0.5 * (box[1] + box[3])) else 0.0
    return (
        level,
        f"Depths: {name} gives no reference_level; its depths are taken to count from {level:g} m (Baltic datum)",
    )


def _read_points(
    path: Path, box: Box, plane: SitePlane, land: BaseGeometry | None
) -> tuple[Soundings, tuple[str, ...]]:
    if land is None:
        raise InputError(
            f"{path}: points need a coast of polygons; expected `coast: training` or a GeoJSON coast, or a NetCDF grid"
        )
    rows: list[tuple[float, float, float, bool]] = []
    levels: set[Any] = set()
    for order, (geometry, properties) in enumerate(read_geojson(path)):
        key = next((key for key in ("depth", "elevation") if key in properties), None)
        try:
            if key is None or not isinstance(geometry, Point):
                raise ValueError
            rows.append((geometry.x, geometry.y, float(properties[key]), key == "elevation"))
        except (TypeError, ValueError) as error:
            raise InputError(
                f"{path}: feature {order} is a {geometry.geom_type} with properties {sorted(properties)}; expected "
                "a Point with `depth` (m, positive down) or `elevation` (m, positive up)"
            ) from error
        levels.add(properties.get("reference_level"))
    if len(levels) > 1:
        raise InputError(f"{path}: points name different reference levels {sorted(map(str, levels))}; expected one")
    reference, note = _reference(levels.pop(), path.name, box)
    points = np.array(rows, np.float64)
    points[:, 0] = box[0] + np.mod(points[:, 0] - box[0], 360.0)
    up = points[:, 3] > 0.5
    depth = np.where(up, reference - points[:, 2], points[:, 2])
    kept = (points[:, 0] <= box[2]) & (points[:, 1] >= box[1]) & (points[:, 1] <= box[3])
    wet = kept & (depth > 0.0)
    if int(wet.sum()) < 3:
        raise InputError(
            f"{path}: {int(wet.sum())} depths > 0 m lie around the site ({_say_box(box)}); expected at least 3"
        )
    lon, lat = points[wet, 0], points[wet, 1]
    distance = measure_point_shore_distance(lon, lat, land, plane)
    notes = [note]
    if int(kept.sum()) > int(wet.sum()):
        notes.append(
            f"Depths: {int(kept.sum()) - int(wet.sum())} points of {path.name} above the reference level are left out"
        )
    return Soundings(lon, lat, depth[wet], distance, reference, f"Depths: {path.name}"), tuple(notes)


def _read_grid(path: Path, box: Box) -> tuple[ElevationGrid, tuple[str, ...]]:
    import xarray

    try:
        with xarray.open_dataset(path, decode_times=False) as file:
            name, variable = _find_variable(path, file)
            lon_name, lat_name = _find_axes(path, variable)
            axes = [np.asarray(file[axis].values, np.float64) for axis in (lon_name, lat_name)]
            columns, rows = _window(path, axes[0], axes[1], box)
            piece = variable.isel({lat_name: rows, lon_name: columns}).transpose(lat_name, lon_name)
            values = np.asarray(piece.values, np.float64)
            attributes = {**file.attrs, **variable.attrs}
    except InputError:
        raise
    except Exception as error:  # every backend has its own exceptions for a broken file
        raise InputError(
            f"{path}: cannot be read as NetCDF: {error}; expected a NetCDF file of elevation or depth"
        ) from error
    longitude = box[0] + np.mod(axes[0][columns] - box[0] + 1.0, 360.0) - 1.0
    latitude = axes[1][rows]
    by_longitude, by_latitude = np.argsort(longitude), np.argsort(latitude)
    values = values[np.ix_(by_latitude, by_longitude)]
    notes: tuple[str, ...] = (
        f"Depths: {path.name}, variable {name} (elevation above mean sea level, taken as the Baltic datum)",
    )
    if not _points_up(path, name, variable.attrs, values):
        reference, note = _reference(attributes.get("reference_level"), path.name, box)
        values, notes = reference - values, (f"Depths: {path.name}, variable {name} (depth, positive down)", note)
    grid = ElevationGrid(longitude[by_longitude], latitude[by_latitude], values, f"Depths: {path.name}")
    return grid, notes


def _find_variable(path: Path, file: xarray.Dataset) -> tuple[str, xarray.DataArray]:
    flat = {str(name): item.squeeze() for name, item in file.data_vars.items() if item.squeeze().ndim == 2}
    for name, item in flat.items():
        if str(item.attrs.get("standard_name", "")).lower() in UP_NAMES | DOWN_NAMES:
            return name, item
    for likely in LIKELY_NAMES:
        for name, item in flat.items():
            if name.lower() == likely:
                return name, item
    if len(flat) == 1:
        return next(iter(flat.items()))
    raise InputError(
        f"{path}: variables are {sorted(map(str, file.data_vars))}; expected one of elevation or depth on two axes"
    )


def _find_axes(path: Path, variable: xarray.DataArray) -> tuple[str, str]:
    found: dict[str, str] = {}
    for axis in map(str, variable.dims):
        attrs = variable.coords[axis].attrs if axis in variable.coords else {}
        units = str(attrs.get("units", "")).lower().replace("_", "")
        word = f"{attrs.get('standard_name', '')} {axis}".lower()
        if units.startswith(("degreese", "degreee")) or "lon" in word or axis.lower() == "x":
            found["longitude"] = axis
        elif units.startswith(("degreesn", "degreen")) or "lat" in word or axis.lower() == "y":
            found["latitude"] = axis
    if len(found) != 2 or any(axis not in variable.coords for axis in found.values()):
        raise InputError(
            f"{path}: {variable.name} lies on {variable.dims}; "
            "expected axes of longitude and latitude (a rectilinear grid)"
        )
    return found["longitude"], found["latitude"]


def _window(
    path: Path, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64], box: Box
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    west, south, east, north = box
    step_lon = float(np.abs(np.median(np.diff(longitude)))) if longitude.size > 1 else 0.0
    step_lat = float(np.abs(np.median(np.diff(latitude)))) if latitude.size > 1 else 0.0
    turned = np.mod(longitude - (west - 2.0 * step_lon), 360.0)
    columns = np.flatnonzero(turned <= (east - west) + 4.0 * step_lon)
    rows = np.flatnonzero((latitude >= south - 2.0 * step_lat) & (latitude <= north + 2.0 * step_lat))
    if columns.size < 2 or rows.size < 2:
        raise InputError(
            f"{path}: covers {longitude.min():g} to {longitude.max():g} E, {latitude.min():g} to {latitude.max():g} N; "
            f"expected the site: {_say_box(box)}"
        )
    return columns, rows


def _points_up(path: Path, name: str, attrs: dict[Any, Any], values: npt.NDArray[np.float64]) -> bool:
    """True for elevation, False for depth, from what the file says; the values must not speak against it."""
    positive = str(attrs.get("positive", "")).lower()
    words = [str(attrs.get("standard_name", "")).lower(), name.lower()]
    long_name = str(attrs.get("long_name", "")).lower()
    if positive in {"up", "down"}:
        up = positive == "up"
    elif any(word in UP_NAMES for word in words):
        up = True
    elif any(word in DOWN_NAMES for word in words):
        up = False
    elif any(word in long_name for word in ("elevation", "altitude", "height", "topography", "relief")):
        up = True
    elif "depth" in long_name:
        up = False
    else:
        raise InputError(
            f"{path}: variable {name} does not say whether it is elevation or depth; expected the attribute `positive` "
            "(up or down), or a standard_name such as height_above_mean_sea_level or sea_floor_depth_below_geoid"
        )
    known = values[np.isfinite(values)]
    if not up and known.size and float(np.mean(known < 0.0)) > 0.5 and float(known.max()) <= 0.0:
        raise InputError(
            f"{path}: variable {name} says depth, but all values are <= 0; expected positive down, or `positive: up`"
        )
    return up


def _say_box(box: Box) -> str:
    return f"{box[0]:.2f} to {box[2]:.2f} E, {box[1]:.2f} to {box[3]:.2f} N"
