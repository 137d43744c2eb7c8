"""Planes, geodesy, coast, bathymetry and rasters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khazri.geo.bathymetry import ConstantDepth, DepthError, Depths, ElevationGrid, Soundings, find_depth
    from khazri.geo.build import ShoreSetting, TerrainError, build_terrain, land_boxes, plane_about, site_grid
    from khazri.geo.fetch import measure_fetch
    from khazri.geo.geodesy import find_destination, geographic_bounds, measure_bearing, measure_distance
    from khazri.geo.grid import Grid
    from khazri.geo.plane import SitePlane
    from khazri.geo.raster import LandRaster, measure_shore_distance, rasterise
    from khazri.geo.shoreline import BAND_WIDTH, ShoreKind, divide_shore
    from khazri.geo.terrain import FETCH_SECTORS, LAND, OUTSIDE, WATER, ShoreSegments, ShoreType, Terrain

_HOME = {
    "bathymetry": ("ConstantDepth", "DepthError", "Depths", "ElevationGrid", "Soundings", "find_depth"),
    "build": ("ShoreSetting", "TerrainError", "build_terrain", "land_boxes", "plane_about", "site_grid"),
    "fetch": ("measure_fetch",),
    "geodesy": ("find_destination", "geographic_bounds", "measure_bearing", "measure_distance"),
    "grid": ("Grid",),
    "plane": ("SitePlane",),
    "raster": ("LandRaster", "measure_shore_distance", "rasterise"),
    "shoreline": ("BAND_WIDTH", "ShoreKind", "divide_shore"),
    "terrain": ("FETCH_SECTORS", "LAND", "OUTSIDE", "WATER", "ShoreSegments", "ShoreType", "Terrain"),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "BAND_WIDTH", "FETCH_SECTORS", "LAND", "OUTSIDE", "WATER", "ConstantDepth", "DepthError", "Depths",
    "ElevationGrid", "Grid", "LandRaster", "ShoreKind", "ShoreSegments", "ShoreSetting", "ShoreType", "SitePlane",
    "Soundings", "Terrain", "TerrainError", "build_terrain", "divide_shore", "find_depth", "find_destination",
    "geographic_bounds", "land_boxes", "measure_bearing", "measure_distance", "measure_fetch",
    "measure_shore_distance", "plane_about", "rasterise", "site_grid",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name on first use: scipy and shapely take their time."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
