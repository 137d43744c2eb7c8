"""Where a set's grid lies under a site: which part of it is read, what grid of the plane it is laid on, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.grid import Grid
from khazri.geo.plane import MEAN_RADIUS, SitePlane
from khazri.inputs.forcing.inversion import Inversion, invert
from khazri.inputs.forcing.lattice import Lattice, to_native

Doubles = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Bounds = tuple[float, float, float, float]

HALO: Final = 2  # points of the file's grid that are read beyond the site
SAMPLES: Final = 65  # points along each side of the site, to find its extent in the file's coordinates
BEYOND: Final = 0.5  # of a cell: values stand for their cells, which end half a cell beyond the outer points
MOST_CELLS: Final = 4_000_000
FLATTEST: Final = 4.0  # a cell's longer side may be this much longer than the spacing of the plane's grid


@dataclass(frozen=True)
class Request:
    """What a run needs: the plane, its box, the area within it (on the plane), and seconds since 1970."""

    plane: SitePlane
    bounds: Bounds
    area: BaseGeometry
    start: float
    duration: float


@dataclass(frozen=True)
class Placed:
    """A window of the file's grid (`rows`, `columns` in the order they are used) and where the plane's grid lies in it."""

    lattice: Lattice
    rows: Indices
    columns: Indices
    longitude: Doubles  # (rows, columns)
    latitude: Doubles
    x: Doubles  # on the plane [m]
    y: Doubles
    grid: Grid
    row: Doubles  # (ny, nx) of `grid`: fractional index into the window
    column: Doubles
    covered: npt.NDArray[np.bool_]  # (ny, nx)
    lacking: float  # share of the site's area that the file does not cover
    notes: tuple[str, ...]


def place(lattice: Lattice, request: Request) -> Placed | None:
    """Lay a grid of the plane over the site at the file's own resolution; None where the file lies elsewhere."""
    window = _window_positions(lattice, request) if lattice.kind == "curvilinear" else _window_axes(lattice, request)
    if window is None or min(window.rows.size, window.columns.size) < 2:
        return None
    x, y = request.plane.to_plane(window.longitude, window.latitude)
    known = np.isfinite(window.longitude)
    x, y = np.where(known, x, np.nan), np.where(known, y, np.nan)
    grid, notes = _target_grid(x, y, request.bounds)
    inversion = invert(x, y) if lattice.kind == "curvilinear" else None
    xx, yy = np.meshgrid(grid.x, grid.y)
    row, column, covered = _locate(lattice, window, inversion, request.plane, xx, yy)
    test_x, test_y = _test_points(request.area, grid)
    inside = _locate(lattice, window, inversion, request.plane, test_x, test_y)[2]
    if not inside.any():
        return None
    return Placed(
        lattice, window.rows, window.columns, window.longitude, window.latitude, x, y, grid, row, column, covered,
        1.0 - float(inside.mean()), notes,
    )  # fmt: skip


def axis_directions(placed: Placed, plane: SitePlane) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Unit vectors on the plane along the grid's x axis (two components) and y axis at each point of the window."""
    lattice = placed.lattice
    if lattice.kind == "rectilinear":
        return geographic_directions(placed, plane)
    if lattice.kind == "curvilinear":
        along_x = np.gradient(placed.x, axis=1), np.gradient(placed.y, axis=1)
        along_y = np.gradient(placed.x, axis=0), np.gradient(placed.y, axis=0)
        return (*_unit(*along_x), *_unit(*along_y))
    assert lattice.crs is not None
    transformer = to_native(lattice.crs)
    native_x, native_y = transformer.transform(placed.longitude, placed.latitude)
    step = 1e-3 * float(np.abs(np.diff(lattice.x)).mean())

    def displaced(dx: float, dy: float) -> tuple[Doubles, Doubles]:
        there = transformer.transform(native_x + dx, native_y + dy, direction="INVERSE")
        here = transformer.transform(native_x - dx, native_y - dy, direction="INVERSE")
        (x1, y1), (x0, y0) = plane.to_plane(*there), plane.to_plane(*here)
        return _unit(x1 - x0, y1 - y0)

    return (*displaced(step, 0.0), *displaced(0.0, step))


def geographic_directions(placed: Placed, plane: SitePlane) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Unit vectors on the plane towards true east and true north at each point of the window."""
    angle = plane.north_bearing(placed.longitude, placed.latitude)
    cos, sin = np.cos(angle), np.sin(angle)
    return cos, sin, -sin, cos


def extent_words(lattice: Lattice) -> str:
    """The grid's extent in degrees, for a message."""
    if lattice.kind == "projected":
        assert lattice.crs is not None
        xx, yy = np.meshgrid(lattice.x[:: max(1, lattice.x.size // 64)], lattice.y[:: max(1, lattice.y.size // 64)])
        lon, lat = (np.asarray(each) for each in to_native(lattice.crs).transform(xx, yy, direction="INVERSE"))
    else:
        lon, lat = lattice.x, lattice.y
    return f"{np.nanmin(lon):.2f} to {np.nanmax(lon):.2f} E, {np.nanmin(lat):.2f} to {np.nanmax(lat):.2f} N"


def exchanged_words(lattice: Lattice, request: Request) -> str:
    """A hint where the grid would lie over the site if its longitudes and latitudes were each other's."""
    if lattice.kind == "projected":
        return ""
    lon, lat = request.plane.longitude, request.plane.latitude
    west, east = float(np.nanmin(lattice.y)), float(np.nanmax(lattice.y))
    south, north = float(np.nanmin(lattice.x)), float(np.nanmax(lattice.x))
    found = west <= lon <= east and south <= lat <= north
    return ": its longitudes and latitudes look exchanged" if found else ""


@dataclass(frozen=True)
class _Window:
    rows: Indices
    columns: Indices
    longitude: Doubles
    latitude: Doubles
    x: Doubles  # axes of the window in the file's coordinates, rising; unused where curvilinear
    y: Doubles


def _target_grid(x: Doubles, y: Doubles, bounds: Bounds) -> tuple[Grid, tuple[str, ...]]:
    margin = 0.25 * max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    near = (x >= bounds[0] - margin) & (x <= bounds[2] + margin) & (y >= bounds[1] - margin) & (y <= bounds[3] + margin)
    sides = []
    for axis in (0, 1):
        length = np.hypot(np.diff(x, axis=axis), np.diff(y, axis=axis))
        kept = near[1:] & near[:-1] if axis == 0 else near[:, 1:] & near[:, :-1]
        chosen = length[kept & np.isfinite(length)]
        sides.append(float(np.median(chosen if chosen.size else length[np.isfinite(length)])))
    spacing = max(min(sides), max(sides) / FLATTEST)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    notes: tuple[str, ...] = ()
    coarsest = float(np.sqrt(width * height / MOST_CELLS))
    if spacing < coarsest:
        notes = (f"laid on a grid of {coarsest:.0f} m instead of the file's own {spacing:.0f} m, for its size",)
        spacing = coarsest
    nx, ny = (max(2, int(np.ceil(side / spacing - 1e-9)) + 1) for side in (width, height))
    x0, y0 = (
        0.5 * (low + high - (n - 1) * spacing) for low, high, n in zip(bounds[:2], bounds[2:], (nx, ny), strict=True)
    )
    return Grid(x0, y0, spacing, nx, ny), notes


def _test_points(area: BaseGeometry, grid: Grid) -> tuple[Doubles, Doubles]:
    """The area's outline and the grid's centres within it."""
    outline = np.concatenate(
        [shapely.get_coordinates(ring.segmentize(max(ring.length / 256.0, 1.0))) for ring in _rings(area)]
    )
    xx, yy = np.meshgrid(grid.x, grid.y)
    within = shapely.contains_xy(area, xx, yy)
    return np.concatenate([outline[:, 0], xx[within]]), np.concatenate([outline[:, 1], yy[within]])


def _rings(area: BaseGeometry) -> list[shapely.LinearRing]:
    return [part.exterior for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]


def _unit(x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
    length = np.hypot(x, y)
    safe = np.where(length > 0.0, length, np.nan)
    return x / safe, y / safe


def _near(longitude: Doubles, centre: float) -> Doubles:
    """Longitudes counted within half a turn of the centre."""
    return np.asarray(centre + np.mod(longitude - centre + 180.0, 360.0) - 180.0, np.float64)


def _window_axes(lattice: Lattice, request: Request) -> _Window | None:
    xx, yy = _sampled(request.bounds)
    x, y, columns, rows = lattice.x, lattice.y, np.arange(lattice.x.size), np.arange(lattice.y.size)
    if lattice.kind == "rectilinear":
        x, columns = _turned(x, request.plane.longitude)
    else:
        order = np.argsort(x)
        x, columns = x[order], columns[order]
    order = np.argsort(y)
    y, rows = y[order], rows[order]
    native_x, native_y = _native(lattice, request.plane, xx, yy)
    if lattice.kind == "rectilinear" and _holds_pole(request):
        native_x = np.array([-np.inf, np.inf])
        native_y = np.append(native_y, 90.0 if request.plane.latitude > 0.0 else -90.0)
    kept_x, kept_y = _within(x, native_x), _within(y, native_y)
    if kept_x.size < 2 or kept_y.size < 2:
        return None
    x, columns, y, rows = x[kept_x], columns[kept_x], y[kept_y], rows[kept_y]
    grid_x, grid_y = np.meshgrid(x, y)
    if lattice.kind == "projected":
        assert lattice.crs is not None
        lon, lat = to_native(lattice.crs).transform(grid_x, grid_y, direction="INVERSE")
        return _Window(rows, columns, np.asarray(lon), np.asarray(lat), x, y)
    return _Window(rows, columns, grid_x, grid_y, x, y)


def _turned(longitude: Doubles, centre: float) -> tuple[Doubles, Indices]:
    """Longitudes rising through half a turn either side of the centre, with one more at each end where they go round."""
    near = _near(longitude, centre)
    values, columns = np.unique(np.round(near, 7), return_index=True)
    values = near[columns]
    if values.size > 2:
        step = float(np.median(np.diff(values)))
        if values[-1] - values[0] > 360.0 - 1.5 * step:
            values = np.concatenate([[values[-1] - 360.0], values, [values[0] + 360.0]])
            columns = np.concatenate([columns[-1:], columns, columns[:1]])
    return values, columns.astype(np.int64)


def _sampled(bounds: Bounds) -> tuple[Doubles, Doubles]:
    xx, yy = np.meshgrid(np.linspace(bounds[0], bounds[2], SAMPLES), np.linspace(bounds[1], bounds[3], SAMPLES))
    return xx, yy


def _native(lattice: Lattice, plane: SitePlane, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
    """Points of the plane in the file's coordinates."""
    lon, lat = plane.to_geographic(x, y)
    if lattice.kind == "rectilinear":
        return _near(lon, plane.longitude), lat
    assert lattice.crs is not None
    native_x, native_y = to_native(lattice.crs).transform(lon, lat)
    return np.asarray(native_x, np.float64), np.asarray(native_y, np.float64)


def _holds_pole(request: Request) -> bool:
    pole = 90.0 if request.plane.latitude > 0.0 else -90.0
    x, y = request.plane.to_plane(0.0, pole)
    west, south, east, north = request.bounds
    return bool(west <= x <= east and south <= y <= north)


def _within(axis: Doubles, wanted: Doubles) -> Indices:
    """Indices of a rising axis that points `wanted` lie between, with the halo."""
    wanted = wanted[~np.isnan(wanted)]
    if wanted.size == 0:
        return np.zeros(0, np.int64)
    low, high = float(wanted.min()), float(wanted.max())
    slack = 0.02 * (high - low) if np.isfinite(high - low) else 0.0
    step = float(np.median(np.diff(axis)))
    if high < axis[0] - BEYOND * step or low > axis[-1] + BEYOND * step:
        return np.zeros(0, np.int64)
    first = max(int(np.searchsorted(axis, low - slack)) - HALO, 0)
    last = min(int(np.searchsorted(axis, high + slack)) + HALO, axis.size)
    return np.arange(first, last)


def _window_positions(lattice: Lattice, request: Request) -> _Window | None:
    """Rows and columns of a curvilinear grid around the site."""
    west, south, east, north = request.bounds
    reach = float(np.hypot(max(-west, east), max(-south, north)))
    near = _distance(lattice, request.plane) < 1.2 * reach + 2e6
    if int(near.sum()) < 4:
        return None
    x, y = request.plane.to_plane(np.where(near, lattice.x, np.nan), np.where(near, lattice.y, np.nan))
    x, y = np.where(near, x, np.nan), np.where(near, y, np.nan)
    steps = np.concatenate([np.hypot(np.diff(x, axis=axis), np.diff(y, axis=axis)).ravel() for axis in (0, 1)])
    if not np.isfinite(steps).any():
        return None
    margin = (HALO + 1) * float(np.nanmedian(steps))
    box = (x >= west - margin) & (x <= east + margin) & (y >= south - margin) & (y <= north + margin)
    if not box.any():
        return None
    rows, columns = (
        np.arange(max(int(found[0]) - 1, 0), min(int(found[-1]) + 2, size))
        for found, size in (
            (np.flatnonzero(box.any(axis=1)), box.shape[0]),
            (np.flatnonzero(box.any(axis=0)), box.shape[1]),
        )
    )
    piece = np.ix_(rows, columns)
    known = near[piece]
    lon, lat = np.where(known, lattice.x[piece], np.nan), np.where(known, lattice.y[piece], np.nan)
    return _Window(rows, columns, lon, lat, np.zeros(0), np.zeros(0))


def _distance(lattice: Lattice, plane: SitePlane) -> Doubles:
    """Great-circle distance [m] of every point from the plane's centre; not a number where a position is missing."""
    lon, lat = np.radians(lattice.x), np.radians(lattice.y)
    lon0, lat0 = np.radians(plane.longitude), np.radians(plane.latitude)
    cosine = np.sin(lat) * np.sin(lat0) + np.cos(lat) * np.cos(lat0) * np.cos(lon - lon0)
    return np.asarray(MEAN_RADIUS * np.arccos(np.clip(cosine, -1.0, 1.0)), np.float64)


def _locate(
    lattice: Lattice, window: _Window, inversion: Inversion | None, plane: SitePlane, x: Doubles, y: Doubles
) -> tuple[Doubles, Doubles, npt.NDArray[np.bool_]]:
    """Fractional rows and columns of points of the plane in the window, held to its edge, and whether it covers them."""
    if inversion is not None:
        return inversion.locate(x, y)
    native_x, native_y = _native(lattice, plane, x, y)
    column, inside_x = _index(window.x, native_x)
    row, inside_y = _index(window.y, native_y)
    if lattice.kind == "rectilinear":  # beyond the last circle of latitude only the pole remains
        step = window.y[1] - window.y[0]
        inside_y |= (native_y > window.y[-1]) & (window.y[-1] + 1.5 * step >= 90.0)
        inside_y |= (native_y < window.y[0]) & (window.y[0] - 1.5 * step <= -90.0)
    return row, column, inside_x & inside_y


def _index(axis: Doubles, wanted: Doubles) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    first, last = axis[1] - axis[0], axis[-1] - axis[-2]
    inside = (wanted >= axis[0] - BEYOND * first) & (wanted <= axis[-1] + BEYOND * last)
    return np.interp(wanted, axis, np.arange(axis.size, dtype=np.float64)), inside
