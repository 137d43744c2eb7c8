"""The sea as control sees it: level, current, waves and waterline of a site, as JSON."""

from __future__ import annotations

import json
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt
import shapely

from khazri.report.vector import outline, to_geographic
from khazri.simulation.seascape import Seascape
from khazri.web.models import Cells, Polygons, SeaBody

_SMOOTHER = 0.4  # of a cell: as for the coast
_LEAST = 4.0  # cells: smaller patches are left out
_PLACES = 5  # decimals of a degree: a metre


def body_of(sea: Seascape, step: int) -> SeaBody:
    """What a browser draws."""
    return SeaBody(
        site=sea.site,
        step=step,
        time=sea.time,
        moves=sea.moves,
        sources=sea.sources,
        nx=sea.grid.nx,
        ny=sea.grid.ny,
        spacing=sea.grid.spacing,
        longitude=tuple(sea.longitude.round(_PLACES).ravel().tolist()),
        latitude=tuple(sea.latitude.round(_PLACES).ravel().tolist()),
        water=cast("tuple[Literal[0, 1, 2], ...]", tuple(sea.water.ravel().tolist())),
        level=_cells(sea.level),
        u=_cells(sea.east),
        v=_cells(sea.north),
        hs=_cells(sea.wave_height, 2),
        dried=_polygons(sea, sea.dried),
        flooded=_polygons(sea, sea.flooded),
        gauges={place: None if level is None else round(level, 3) for place, level in sea.gauges.items()},
    )


def _cells(values: npt.NDArray[np.float64], decimals: int = 3) -> Cells:
    return tuple(None if value != value else value for value in values.round(decimals).ravel().tolist())


def _polygons(sea: Seascape, mask: npt.NDArray[np.bool_]) -> Polygons:
    if not mask.any():
        return ()
    grid = sea.terrain.grid
    parts = [
        part
        for part in shapely.get_parts(shapely.simplify(outline(mask, grid), _SMOOTHER * grid.spacing))
        if isinstance(part, shapely.Polygon) and part.area >= _LEAST * grid.spacing**2
    ]
    drawn = shapely.set_precision(to_geographic(shapely.MultiPolygon(parts), sea.terrain.plane), 10.0**-_PLACES)
    found: dict[str, Any] = json.loads(shapely.to_geojson(drawn))
    several = found["coordinates"] if found["type"] == "MultiPolygon" else [found["coordinates"]] if parts else []
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in several)
