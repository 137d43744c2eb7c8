"""Files on staggered grids or meshes, made into ones on centred grids before anything else looks at them.

ROMS, CROCO (Arakawa C, s-levels) and NEMO (in one file or two): u and v at the points between them, by the mean of the two
that lie on either side (of one, where the other is land), at the level nearest the surface; components stay along the
grid's own axes. Meshes: `meshes`. All are read whole at the surface, and said so.

Source: Shchepetkin and McWilliams (2005), Ocean Modelling 9, 347-404 (the C grid of ROMS).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.meshes import is_mesh, lay_mesh

Doubles = npt.NDArray[np.float64]

LOWEST, LOWEST_ONLY = (
    -0.26,
    -0.51,
)  # s of the uppermost of several levels, of a single one: two levels stand at -0.25 and -0.75
# ROMS name -> standard name of what is passed on; vectors by the name of their first component
SCALARS: Final[dict[str, str]] = {
    "temp": "sea_surface_temperature", "salt": "sea_surface_salinity", "aice": "sea_ice_area_fraction", "hice": "sea_ice_thickness",
}  # fmt: skip
FIRST: Final = frozenset({"u", "uo", "vozocrtx"})  # NEMO's names, any case
SECOND: Final = frozenset({"v", "vo", "vomecrty"})
OWN_POSITION: Final = re.compile(r"^(nav_)?(lon|lat|longitude|latitude|glam|gphi)_?[uv]$")
VECTORS: Final[dict[str, tuple[str, str, str]]] = {
    "u": ("v", "sea_water_x_velocity", "sea_water_y_velocity"),
    "uice": ("vice", "sea_ice_x_velocity", "sea_ice_y_velocity"),
}


def centre(
    path: Path, file: xarray.Dataset, others: list[xarray.Dataset], *, named: Collection[str] = ()
) -> xarray.Dataset | None:
    """The file on a centred grid; None: it is on one already, or on one that nobody here knows. Raises InputError.

    others  files of the same set, one of which may hold the grid
    named   variables that the scenario names
    """
    if {"xi_u", "xi_rho"} & {str(each) for each in file.dims} and "u" in file.variables:
        return _of_rho(path, file, others)
    if is_mesh(file):
        return lay_mesh(path, file, named)
    return _of_pair(file, others)


def only_a_grid(file: xarray.Dataset) -> bool:
    """Whether a file holds where things are and nothing that moves: one that stands beside a staggered one."""
    return "lon_rho" in file.variables and not {"u", "v", "temp", "zeta"} & {str(name) for name in file.variables}


def is_first_of_pair(file: xarray.Dataset) -> bool:
    """Whether a file holds the first component on positions of its own (NEMO's U)."""
    return _component(file, FIRST) is not None


def is_second_of_pair(file: xarray.Dataset) -> bool:
    """Whether a file holds the second component of a pair of files (NEMO's V)."""
    return _component(file, SECOND) is not None and _component(file, FIRST) is None


def _component(
    file: xarray.Dataset, names: frozenset[str]
) -> tuple[xarray.DataArray, xarray.DataArray, xarray.DataArray] | None:
    """A velocity of a C grid with two-dimensional positions of its own, and their longitudes and latitudes."""
    for key, item in file.data_vars.items():
        if str(key).lower() not in names or len(item.dims) < 2:
            continue
        spots = [
            file[name]
            for name in file.variables
            if OWN_POSITION.match(str(name).lower()) and file[name].dims == item.dims[-2:]
        ]
        lon = next(
            (spot for spot in spots if "lon" in str(spot.name).lower() or "glam" in str(spot.name).lower()), None
        )
        lat = next(
            (spot for spot in spots if "lat" in str(spot.name).lower() or "gphi" in str(spot.name).lower()), None
        )
        if lon is not None and lat is not None:
            return item, lon, lat
    return None


def _of_pair(file: xarray.Dataset, others: list[xarray.Dataset]) -> xarray.Dataset | None:
    """NEMO: U east of each T point and V north of it, in one file or two; None: it is none, or has no partner."""
    found = _component(file, FIRST)
    partner = next((each for each in (_component(one, SECOND) for one in (file, *others)) if each is not None), None)
    if found is None or partner is None or found[0].sizes[found[0].dims[-1]] != partner[0].sizes[partner[0].dims[-1]]:
        return None
    (u, lon, lat), (v, _, _) = found, partner
    values = [np.asarray(_top(each).values, np.float64) for each in (u, v)]
    here, there = np.radians(lon.values[1:, 1:]), np.radians(lon.values[1:, :-1])
    middle = np.degrees(np.arctan2(np.sin(here) + np.sin(there), np.cos(here) + np.cos(there)))
    time = tuple(str(each) for each in _top(u).dims[:-2])
    kept = {**_kept(u.attrs), "coordinates": "lon lat"}
    kept.setdefault("units", "m s-1")
    made = {
        "lon": xarray.DataArray(middle, dims=("y", "x"), attrs={"units": "degrees_east", "standard_name": "longitude"}),
        "lat": xarray.DataArray(
            0.5 * (lat.values[1:, 1:] + lat.values[1:, :-1]), dims=("y", "x"), attrs={"units": "degrees_north", "standard_name": "latitude"}
        ),
        "u": _mean(values[0][..., 1:, 1:], values[0][..., 1:, :-1], time, {**kept, "standard_name": "sea_water_x_velocity"}),
        "v": _mean(values[1][..., 1:, 1:], values[1][..., :-1, 1:], time, {**kept, "standard_name": "sea_water_y_velocity"}),
    }  # fmt: skip
    dataset = xarray.Dataset(made)
    for dimension in time:
        units = str(file[dimension].attrs.get("units", "")) if dimension in file.variables else ""
        if " since " in units:
            dataset[dimension] = file[dimension].load()
        elif dataset.sizes[dimension] == 1:  # one moment without a date: it holds all the time
            dataset = dataset.isel({dimension: 0})
    return dataset


def _top(array: xarray.DataArray) -> xarray.DataArray:
    """Without its depths: the first, which lies at the surface."""
    return array.isel({array.dims[-3]: 0}).load() if len(array.dims) > 3 else array.load()


def _mean(one: Doubles, other: Doubles, leading: tuple[str, ...], attributes: dict[str, Any]) -> xarray.DataArray:
    """Of two; of one, where the other has no value."""
    there = np.isfinite(one).astype(np.float64) + np.isfinite(other)
    values = np.where(there > 0, (np.nan_to_num(one) + np.nan_to_num(other)) / np.maximum(there, 1.0), np.nan)
    return xarray.DataArray(values.astype(np.float32), dims=(*leading, "y", "x"), attrs=attributes)


def _of_rho(path: Path, file: xarray.Dataset, others: list[xarray.Dataset]) -> xarray.Dataset:
    grid = next((each for each in (file, *others) if {"lon_rho", "lat_rho"} <= set(each.variables)), None)
    if grid is None or "v" not in file.variables:
        missing = "lon_rho and lat_rho" if grid is None else "v beside u"
        raise InputError(
            f"{path}: staggered ROMS/CROCO grid without {missing}; expected both, or the grid's file beside it in the same set"
        )
    file, grid = _upright(file, grid), _upright(grid, grid)
    lon, lat = grid["lon_rho"], grid["lat_rho"]
    eta, xi = (str(each) for each in lon.dims)
    if not (eta.startswith("eta") and xi.startswith("xi")):
        raise InputError(f"{path}: lon_rho lies on ({eta}, {xi}); expected (eta_rho, xi_rho)")
    rows = min(lon.sizes[eta], file["v"].sizes[_along(file["v"], "eta")])
    columns = min(lon.sizes[xi], file["u"].sizes[_along(file["u"], "xi")])
    inside = {eta: slice(1, rows), xi: slice(1, columns)}
    made: dict[str, xarray.DataArray] = {
        "lon": _plain(lon.isel(inside), ("y", "x"), lon.attrs),
        "lat": _plain(lat.isel(inside), ("y", "x"), lat.attrs),
    }
    for first, (second, along_x, along_y) in VECTORS.items():
        if first in file.variables and second in file.variables:
            u, v = _surface(path, file, first), _surface(path, file, second)
            made[first] = _centred(u, "xi", columns, rows, along_x, file[first].attrs)
            made[second] = _centred(v, "eta", columns, rows, along_y, file[second].attrs)
    for name, standard in SCALARS.items():
        if name in file.variables:
            found = _surface(path, file, name).isel(
                {_along(file[name], "eta"): inside[eta], _along(file[name], "xi"): inside[xi]}
            )
            dims = (*(str(each) for each in found.dims[:-2]), "y", "x")
            made[name] = _plain(
                found, dims, {**_kept(file[name].attrs), "standard_name": standard, "coordinates": "lon lat"}
            )
    for dimension in {str(each) for array in made.values() for each in array.dims} - {"y", "x"}:
        if dimension in file.variables:
            made[dimension] = file[dimension].load()
    return xarray.Dataset(made)


def _upright(file: xarray.Dataset, grid: xarray.Dataset) -> xarray.Dataset:
    """With rows along eta and columns along xi: turned where they are the other way round, renamed where only their names are."""
    first = str(grid["lon_rho"].dims[0])
    if first.startswith("eta") or "u" not in file.variables:
        return file
    own = {str(each) for each in file["u"].dims} - {str(each) for each in grid["lon_rho"].dims}
    if any(each.startswith("xi") for each in own):  # u lies between two points of xi, as it should
        order = [each for each in file.dims if not str(each).startswith(("eta", "xi"))]
        for start in ("eta", "xi"):
            order += [each for each in file.dims if str(each).startswith(start)]
        return file.transpose(*order)
    other = {"eta": "xi", "xi": "eta"}
    named = {str(each): start for start in other for each in file.dims if str(each).startswith(start)}
    aside = file.rename({each: f"turned {each}" for each in named})
    return aside.rename({f"turned {each}": other[start] + each[len(start) :] for each, start in named.items()})


def _along(array: xarray.DataArray, start: str) -> str:
    return next(str(each) for each in array.dims if str(each).startswith(start))


def _surface(path: Path, file: xarray.Dataset, name: str) -> xarray.DataArray:
    """Without its s-levels: the one nearest the surface, which must not lie far below it."""
    array = file[name]
    level = next((str(each) for each in array.dims if str(each).startswith("s_")), None)
    if level is None:
        return array.load()
    heights = file[level].values if level in file.variables else np.arange(array.sizes[level])
    uppermost = float(np.nanmax(heights))
    if level in file.variables and uppermost < (LOWEST_ONLY if array.sizes[level] == 1 else LOWEST):
        raise InputError(
            f"{path}: the uppermost level of {name} is {level} {uppermost:.3g}, where 0 is the surface and -1 the bed: the levels above "
            "were cut away; expected the file with its uppermost level"
        )
    return array.isel({level: int(np.nanargmax(heights))}).load()


def _centred(
    array: xarray.DataArray, axis: str, columns: int, rows: int, standard: str, attributes: dict[Any, Any]
) -> xarray.DataArray:
    """The mean of the two points on either side of each inner rho point; of one, where the other has no value."""
    eta, xi = _along(array, "eta"), _along(array, "xi")
    if axis == "xi":
        one, other = (array.isel({xi: slice(k, columns - 1 + k), eta: slice(1, rows)}).values for k in (0, 1))
    else:
        one, other = (array.isel({eta: slice(k, rows - 1 + k), xi: slice(1, columns)}).values for k in (0, 1))
    leading = tuple(str(each) for each in array.dims[:-2])
    return _mean(one, other, leading, {**_kept(attributes), "standard_name": standard, "coordinates": "lon lat"})


def _plain(array: xarray.DataArray, dims: tuple[str, ...], attributes: dict[Any, Any]) -> xarray.DataArray:
    return xarray.DataArray(np.asarray(array.values), dims=dims, attrs=_kept(attributes))


def _kept(attributes: dict[Any, Any]) -> dict[str, Any]:
    """Of a variable's attributes what still holds on the new grid."""
    return {str(name): value for name, value in attributes.items() if name in ("units", "long_name", "standard_name")}
