"""Fields that neither a file nor the script gives: water and air by month and sea, and the ice of a site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import project_geometry
from khazri.geo.terrain import Terrain
from khazri.inputs import InputError
from khazri.inputs.overlays import sample_times, turned
from khazri.inputs.scripted import Bounds, sample_places
from khazri.scenario.ice import IceArea, IceCover
from khazri.sea.climate import ACCURACY, climatic
from khazri.sea.ice import CLOSED, FAST_FROM, Winter, free_drift, ice_of, winter_over
from khazri.units import components_towards

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

CELLS: Final = 32  # along the longer side of water and air
ICE_CELLS: Final = 96  # of ice, which has edges
DAY: Final = 86_400.0
ZERO_CELSIUS: Final = 273.15
FREEZES: Final = -0.054  # K per 1e-3 of salinity: -0.4 degC at 7, -1.8 at 34
HOURLY: Final = 3_600.0  # between the moments at which drift is computed, at least
MOST_MOMENTS: Final = 400


def grid_of(bounds: Bounds, cells: int) -> Grid:
    """Cells over the bounds, so many along the longer side."""
    spacing = max(bounds[2] - bounds[0], bounds[3] - bounds[1], 1.0) / cells
    nx, ny = (int(np.ceil((bounds[2 + axis] - bounds[axis]) / spacing - 1e-9)) + 1 for axis in (0, 1))
    return Grid(bounds[0], bounds[1], spacing, nx, ny)


def climatic_field(name: str, plane: SitePlane, bounds: Bounds, *, start: float, site: str) -> Field:
    """Water or air of the day of the start; raises InputError where no climatology is kept."""
    when = datetime.fromtimestamp(start, UTC)
    grid = grid_of(bounds, CELLS)
    longitude, latitude = plane.to_geographic(*np.meshgrid(grid.x, grid.y))
    try:
        found = climatic(name, longitude, latitude, when)
    except ValueError as error:
        raise InputError(f"site {site}: environment.{name} is climatology; {error}") from None
    source = f"climatology of {when:%d %B} (training figures, good to {ACCURACY[name]})"
    return Field(name, grid, np.zeros(1), found[None, :, :, None].astype(np.float32), source)


def chilled(water: Field, salinity: Field | None, ice: Field) -> Field:
    """Water by climatology under ice: no warmer than its freezing point, in proportion to the cover (all of it from 30 % on)."""
    salted = 10.0 if salinity is None else _on(salinity, water.grid, np.zeros(1))[0, :, :, 0].astype(np.float64)
    freezing = ZERO_CELSIUS + FREEZES * salted
    share = np.clip(_on(ice, water.grid, np.zeros(1))[0, :, :, 0] / 0.3, 0.0, 1.0)
    own = water.values[0, :, :, 0].astype(np.float64)
    cooled = np.minimum(own, (1.0 - share) * own + share * freezing)
    source = f"{water.source}; at its freezing point under ice"
    return replace(water, values=cooled[None, :, :, None].astype(np.float32), source=source)


@dataclass(frozen=True)
class Ice:
    """The ice of a site, before it drifts."""

    concentration: Field
    thickness: Field | None
    still: npt.NDArray[np.bool_]  # (ny, nx) cells that do not move
    given: Singles  # (ny, nx, 2) drift that is given [m s-1]; NaN where it is not
    source: str
    notes: tuple[str, ...]

    @property
    def fields(self) -> dict[str, Field]:
        """Concentration, and thickness where it is known."""
        found = {"ice_concentration": self.concentration}
        return found if self.thickness is None else {**found, "ice_thickness": self.thickness}


def ice_of_site(
    cover: IceCover,
    plane: SitePlane,
    bounds: Bounds,
    *,
    start: float,
    duration: float,
    site: str,
    terrain: Terrain | None,
) -> Ice:
    """Concentration and thickness in time, and what does not move; raises InputError where no climatology is kept."""
    grid = grid_of(bounds, ICE_CELLS)
    longitude, latitude = plane.to_geographic(*np.meshgrid(grid.x, grid.y))
    depth = _depths(terrain, grid)
    if cover.polygons:
        return _drawn(cover, grid, plane, depth)
    winter = winter_over(longitude, latitude)
    if winter is None:
        raise InputError(
            f"site {site}: environment.ice: no mean winter is kept for this area; expected one within the Caspian, the White "
            "Sea or the Barents Sea, or ice drawn as polygons, or files"
        )
    return _grown(cover, winter, grid, (longitude, latitude), depth, times=_days(start, duration, cover))


def ice_of_files(concentration: Field, bounds: Bounds) -> Ice:
    """Ice whose cover files give and whose drift they do not."""
    grid = grid_of(bounds, ICE_CELLS)
    cover = sample_places(replace(concentration, values=np.nan_to_num(concentration.values)), grid)
    still = np.zeros(grid.shape, np.bool_)
    return Ice(cover, None, still, np.full((*grid.shape, 2), np.nan, np.float32), concentration.source, ())


def _days(start: float, duration: float, cover: IceCover) -> list[tuple[float, datetime]]:
    """Moments [s from the start] at which ice is told, and their dates; a sum that is given does not change."""
    if cover.freezing_degree_days is not None:
        return [(0.0, datetime.fromtimestamp(start, UTC))]
    seconds = np.arange(0.0, duration + DAY, DAY)
    return [(float(each), datetime.fromtimestamp(start + float(each), UTC)) for each in seconds]


def _grown(
    cover: IceCover,
    winter: Winter,
    grid: Grid,
    places: tuple[Doubles, Doubles],
    depth: Doubles | None,
    *,
    times: list[tuple[float, datetime]],
) -> Ice:
    given = cover.freezing_degree_days
    found = [
        ice_of(
            winter,
            winter.frost(when) if given is None else given,
            *places,
            left=winter.left(when) if given is None else 1.0,
        )
        for _, when in times
    ]
    moments = np.array([moment for moment, _ in times])
    frost = winter.frost(times[0][1]) if given is None else given
    words = "of a mean winter" if given is None else "given"
    source = (
        f"{winter.name}: {frost:.0f} degree-days of frost at {winter.station}, {words}; thickness law: {winter.law}"
    )
    shares, thick = (np.stack([getattr(each, name) for each in found]) for name in ("concentration", "thickness"))
    still = np.zeros(grid.shape, np.bool_)
    notes = [f"ice: {source} (training figures, good to a third at best; shares of frost by part of the sea are ours)"]
    limit = found[0].fast_depth if cover.fast_to_depth is None else np.full(grid.shape, cover.fast_to_depth)
    if depth is not None:
        still = (depth <= limit) & (
            shares[0] >= FAST_FROM * CLOSED
        )  # on land too: what is interpolated to the shore stands
        notes.append(_fast_words(still & (depth > 0.0), grid))
    none = np.full((*grid.shape, 2), np.nan, np.float32)
    return Ice(
        Field("ice_concentration", grid, moments, shares[..., None].astype(np.float32), source),
        Field("ice_thickness", grid, moments, thick[..., None].astype(np.float32), source),
        still, none, source, tuple(notes),
    )  # fmt: skip


def _drawn(cover: IceCover, grid: Grid, plane: SitePlane, depth: Doubles | None) -> Ice:
    shares, thick = np.zeros(grid.shape, np.float32), np.zeros(grid.shape, np.float32)
    still = np.zeros(grid.shape, np.bool_)
    given = np.full((*grid.shape, 2), np.nan, np.float32)
    x, y = np.meshgrid(grid.x, grid.y)
    bearing = plane.north_bearing(*plane.to_geographic(x, y))
    for drawn in cover.polygons:
        inside = _inside(drawn, plane, x, y)
        shares[inside] = drawn.concentration
        thick[inside] = 0.0 if drawn.thickness is None else drawn.thickness
        still[inside] = drawn.fast
        given[inside] = np.nan
        if drawn.drift is not None:
            east, north = components_towards(drawn.drift.speed, drawn.drift.towards)
            moving = turned(np.broadcast_to(np.array([east, north]), (*grid.shape, 2)), bearing)
            given[inside] = moving[inside]
    if cover.fast_to_depth is not None and depth is not None:
        still |= (depth <= cover.fast_to_depth) & (shares >= FAST_FROM)
    said = [drawn.thickness is not None for drawn in cover.polygons]
    source = f"drawn in the pack, {len(said)} area{'s' if len(said) > 1 else ''}"
    wet = np.ones(grid.shape, np.bool_) if depth is None else depth > 0.0
    notes = [f"ice: {source}; the areas do not move, the ice in them does", _fast_words(still & wet, grid)]
    if any(said) and not all(said):
        notes.append("ice: some areas have no thickness; none is assumed there")
    zero = np.zeros(1)
    return Ice(
        Field("ice_concentration", grid, zero, shares[None, :, :, None], source),
        Field("ice_thickness", grid, zero, thick[None, :, :, None], source) if any(said) else None,
        still, given, source, tuple(notes),
    )  # fmt: skip


def _inside(drawn: IceArea, plane: SitePlane, x: Doubles, y: Doubles) -> npt.NDArray[np.bool_]:
    area = project_geometry(shapely.Polygon(drawn.area.ring).segmentize(0.05), plane)
    return np.asarray(shapely.contains_xy(area, x, y), np.bool_)


def _fast_words(still: npt.NDArray[np.bool_], grid: Grid) -> str:
    if not still.any():
        return "ice: none of it is fast"
    return f"ice: {still.sum() * grid.spacing**2 / 1e6:.0f} km2 of it fast: it does not drift"


def _depths(terrain: Terrain | None, grid: Grid) -> Doubles | None:
    """Of the water in the middle of each cell [m]; 0 on land."""
    if terrain is None:
        return None
    own = terrain.grid
    columns = np.clip(np.rint((grid.x - own.x0) / own.spacing).astype(int), 0, own.nx - 1)
    rows = np.clip(np.rint((grid.y - own.y0) / own.spacing).astype(int), 0, own.ny - 1)
    return np.asarray(terrain.depth[rows[:, None], columns[None, :]], np.float64)


def drifting(ice: Ice, wind: Field, current: Field | None, *, free: bool, north: bool, duration: float) -> Field:
    """Drift of the ice in time: free with wind and current, as given where it is, none where it is fast."""
    grid = ice.concentration.grid
    moments = [wind.times] + ([] if current is None else [current.times])
    times = np.unique(np.concatenate([np.zeros(1), *moments]))
    times = times[(times >= 0.0) & (times <= max(duration, 0.0))]
    if times.size > MOST_MOMENTS:
        times = np.linspace(0.0, duration, min(MOST_MOMENTS, max(2, round(duration / HOURLY) + 1)))
    blown = _on(wind, grid, times)
    flowing = np.zeros((1, 1, 1, 2)) if current is None else _on(current, grid, times)
    cover = sample_times(ice.concentration, times)
    drift = free_drift(blown, flowing, cover, north=north) if free else np.zeros((times.size, *grid.shape, 2))
    drift = np.where(np.isfinite(ice.given)[None], np.nan_to_num(ice.given)[None], drift)
    drift[:, ice.still] = 0.0
    words = (
        "free drift: 2 % of the wind, 16 degrees to its right, and the current" if free else "ice that does not drift"
    )
    return Field("ice_drift", grid, times, drift.astype(np.float32), words)


def _on(field: Field, grid: Grid, times: Doubles) -> Singles:
    """Values (times, ny, nx, components) of a field on another grid at other moments; what is no number counts as none."""
    there = field if field.grid.shape == (1, 1) else sample_places(field, grid)
    return np.nan_to_num(sample_times(there, times))
