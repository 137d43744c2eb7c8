"""Where the points of a file's grid lie: axes of longitude and latitude, axes of a projection, or a position for each point."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import xarray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from khazri.inputs import InputError
from khazri.inputs.forcing.layout import Layout, axis_attributes, is_latitude, is_longitude, read_axis

Doubles = npt.NDArray[np.float64]
AGREE: Final = 0.2  # cells by which a projection and the positions given beside it may differ


@dataclass(frozen=True)
class Lattice:
    """x and y: axes (nx,), (ny,) in degrees or in the projection's unit; curvilinear: longitudes, latitudes (ny, nx)."""

    kind: Literal["rectilinear", "projected", "curvilinear"]
    x: Doubles
    y: Doubles
    crs: CRS | None
    words: str
    notes: tuple[str, ...] = ()

    def same_as(self, other: Lattice) -> bool:
        """The same points, to a thousandth of a cell."""
        return self.kind == other.kind and all(
            mine.shape == theirs.shape
            and bool(np.allclose(mine, theirs, rtol=0.0, atol=1e-3 * _cell(mine), equal_nan=True))
            for mine, theirs in ((self.x, other.x), (self.y, other.y))
        )


def _cell(axis: Doubles) -> float:
    steps = np.abs(np.diff(axis, axis=-1))
    return float(np.nanmedian(steps)) if np.isfinite(steps).any() else 0.0


def to_native(crs: CRS) -> Transformer:
    """From degrees to the projection's unit. Degrees are taken as they stand: no shift of datum is known for a sphere."""
    geographic = crs.geodetic_crs
    if geographic is None:
        raise CRSError("no geographic coordinates underneath")
    if crs.is_derived and crs.is_geographic:  # a rotated pole
        return Transformer.from_crs(crs.source_crs or geographic, crs, always_xy=True)
    return Transformer.from_crs(geographic, crs, always_xy=True)


def read_lattice(path: Path, file: xarray.Dataset, name: str, layout: Layout) -> Lattice:
    """The grid that variable `name` lies on; raises InputError."""
    by_x, by_y = axis_attributes(file, layout.x), axis_attributes(file, layout.y)
    if _is_axis(file, layout.x) and _is_axis(file, layout.y):
        if is_longitude(layout.x, by_x) and is_latitude(layout.y, by_y):
            x, y = read_axis(file, layout.x), read_axis(file, layout.y)
            _check_axis(path, layout.x, x, turning=True)
            _check_axis(path, layout.y, y)
            if float(np.abs(y).max()) > 90.0 + 1e-6:
                swapped = float(np.abs(x).max()) <= 90.0
                raise InputError(
                    f"{path}: {layout.y} reaches {float(np.abs(y).max()):g}; expected latitudes within 90 degrees"
                    + (f" ({layout.x} and {layout.y} look exchanged)" if swapped else "")
                )
            return Lattice("rectilinear", x, y, None, _size("longitude-latitude grid", x.size, y.size))
        projected = _read_projection(path, file, name, layout)
        if projected is not None:
            return projected
    return _read_positions(path, file, name, layout)


def _is_axis(file: xarray.Dataset, dimension: str) -> bool:
    return dimension in file.variables and file[dimension].ndim == 1


def _size(words: str, nx: int, ny: int) -> str:
    return f"{words} of {nx} x {ny} points"


def _check_axis(path: Path, name: str, values: Doubles, *, turning: bool = False) -> None:
    steps = np.diff(values)
    if turning:  # longitudes may jump by a turn, once on the way
        steps = np.where(np.abs(steps) > 180.0, steps - 360.0 * np.round(steps / 360.0), steps)
    if not np.isfinite(values).all() or not (bool((steps > 0).all()) or bool((steps < 0).all())):
        raise InputError(f"{path}: axis {name} does not run one way; expected rising or falling values without repeats")


def _read_projection(path: Path, file: xarray.Dataset, name: str, layout: Layout) -> Lattice | None:
    """A lattice on projected axes; None where no projection is given, or where it disagrees with positions beside it."""
    mapping = str(file[name].attrs.get("grid_mapping", "")).split(":")[0].split()
    holder = mapping[0] if mapping and mapping[0] in file.variables else _find_mapping(file)
    if holder is None:
        return None
    x, y = read_axis(file, layout.x), read_axis(file, layout.y)
    _check_axis(path, layout.x, x)
    _check_axis(path, layout.y, y)
    scale_x, scale_y = (_metres(axis_attributes(file, axis)) for axis in (layout.x, layout.y))
    positions = _find_positions(file, name, layout)
    worst, tried = np.inf, ""
    for crs, words in _projections({str(key): value for key, value in file[holder].attrs.items()}):
        degrees = crs.is_geographic
        axes = (x, y) if degrees else (x * scale_x, y * scale_y)
        lattice = Lattice("projected", *axes, crs, _size(f"grid on a projection ({words})", x.size, y.size))
        if positions is None:
            return lattice
        error = _disagreement(lattice, file, positions)
        if error <= AGREE:
            return lattice
        if error < worst:
            worst, tried = error, words
    if positions is None:
        raise InputError(
            f"{path}: grid_mapping {holder} is {file[holder].attrs.get('grid_mapping_name', 'not named')} and cannot be read; expected the "
            "attributes that CF asks of it, or longitudes and latitudes of every point"
        )
    found = _read_positions(path, file, name, layout)
    if not np.isfinite(worst):
        return found
    note = (
        f"{path.name}: the projection {holder} ({tried}) lies {worst:.2g} cells from the longitudes and latitudes given beside "
        "it; these are used"
    )
    return Lattice(found.kind, found.x, found.y, None, found.words, (note,))


def _find_mapping(file: xarray.Dataset) -> str | None:
    return next((str(name) for name, item in file.variables.items() if "grid_mapping_name" in item.attrs), None)


def _metres(attributes: dict[str, Any]) -> float:
    unit = str(attributes.get("units", "m")).strip().lower()
    return 1000.0 if unit in {"km", "kilometer", "kilometers", "kilometre", "kilometres"} else 1.0


def _projections(attributes: dict[str, Any]) -> list[tuple[CRS, str]]:
    """What the attributes may mean, best first: their PROJ string or WKT names the ellipsoid that CF's words often lack."""
    found = []
    for key in ("crs_wkt", "spatial_ref", "proj4", "proj4_string", "proj4_params", "proj4text"):
        if attributes.get(key):
            try:
                found.append((CRS.from_user_input(str(attributes[key])), _name_of(attributes)))
            except CRSError:
                continue
    with suppress(CRSError, KeyError, ValueError, TypeError, IndexError):
        found.append((CRS.from_cf(attributes), _name_of(attributes)))
    return found


def _name_of(attributes: dict[str, Any]) -> str:
    return str(attributes.get("grid_mapping_name", "PROJ string")).replace("_", " ")


def _disagreement(lattice: Lattice, file: xarray.Dataset, positions: tuple[str, str]) -> float:
    """Largest distance between both, in cells, over some points."""
    rows = np.unique(np.linspace(0, lattice.y.size - 1, 7).astype(int))
    columns = np.unique(np.linspace(0, lattice.x.size - 1, 7).astype(int))
    lon, lat = (np.asarray(file[each].values, np.float64)[np.ix_(rows, columns)] for each in positions)
    assert lattice.crs is not None
    x, y = to_native(lattice.crs).transform(lon, lat)
    apart_x = np.abs(np.asarray(x) - lattice.x[columns][None, :]) / max(_cell(lattice.x), 1e-12)
    apart_y = np.abs(np.asarray(y) - lattice.y[rows][:, None]) / max(_cell(lattice.y), 1e-12)
    apart = np.maximum(apart_x, apart_y)
    return float(np.nanmax(apart)) if np.isfinite(apart).any() else np.inf


def _find_positions(file: xarray.Dataset, name: str, layout: Layout) -> tuple[str, str] | None:
    """Names of the longitudes and latitudes (ny, nx) of the variable's points."""
    said = f"{file[name].attrs.get('coordinates', '')} {file[name].encoding.get('coordinates', '')}".split()
    here = [each for each in (*said, *map(str, file.variables)) if each in file.variables]
    found: dict[str, str] = {}
    for each in here:
        if set(map(str, file[each].dims)) != {layout.y, layout.x}:
            continue
        attributes = {str(key): value for key, value in file[each].attrs.items()}
        if is_longitude(each, attributes):
            found.setdefault("longitude", each)
        elif is_latitude(each, attributes):
            found.setdefault("latitude", each)
    return (found["longitude"], found["latitude"]) if len(found) == 2 else None


def _read_positions(path: Path, file: xarray.Dataset, name: str, layout: Layout) -> Lattice:
    positions = _find_positions(file, name, layout)
    if positions is None:
        raise InputError(
            f"{path}: variable {name} lies on ({layout.y}, {layout.x}), whose places are not given; expected axes of longitude and "
            "latitude, a grid_mapping with projected axes, or longitudes and latitudes of every point"
        )
    lon, lat = (np.asarray(file[each].transpose(layout.y, layout.x).values, np.float64) for each in positions)
    known = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90.0) & (np.abs(lon) <= 720.0)
    if int(known.sum()) < 4:
        raise InputError(
            f"{path}: {positions[0]} and {positions[1]} hold {int(known.sum())} positions; expected at least 4"
        )
    lon, lat = np.where(known, lon, np.nan), np.where(known, lat, np.nan)
    return Lattice("curvilinear", lon, lat, None, _size("curvilinear grid", lon.shape[1], lon.shape[0]))
