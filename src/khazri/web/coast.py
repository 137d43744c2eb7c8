"""The land of a site for the map: the very cells on which the physics strands oil."""

from __future__ import annotations

import json
from functools import lru_cache

import shapely

from khazri.geo.terrain import LAND, Terrain
from khazri.report.vector import outline, to_geographic

_SMOOTHER = 0.4  # of a cell: corners of the raster are cut by less than that


def coast_of(terrain: Terrain) -> bytes:
    """GeoJSON of the land, longitude and latitude."""
    return _drawn(_Same(terrain))


class _Same:
    """A terrain as a key: one object, one key."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain

    def __hash__(self) -> int:
        return id(self.terrain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.terrain is self.terrain


@lru_cache(maxsize=32)
def _drawn(same: _Same) -> bytes:
    terrain = same.terrain
    land = outline(terrain.surface == LAND, terrain.grid)
    shape = to_geographic(shapely.simplify(land, _SMOOTHER * terrain.grid.spacing), terrain.plane)
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(shape, indent=None))}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, separators=(",", ":")).encode()
