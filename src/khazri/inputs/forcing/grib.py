"""GRIB files (editions 1 and 2) as the datasets that the readers know, by the libraries of the extra `khazri[grib]`.

cfgrib sorts the messages into cubes; here each cube becomes variables on one axis of valid times, with its grid and its level beside
it, so that everything further on (names, units, levels, vectors along the grid) is the same as for NetCDF.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from pathlib import Path
from typing import Final

import numpy as np
import xarray

from khazri.inputs import InputError

MISSING: Final = (
    "GRIB is read with the extra `grib`, which is not installed: pip install 'khazri[grib]'; or expected NetCDF, which "
    "`cdo -f nc copy` makes of it"
)
# on pressure levels, in the soil, integrated: nothing that drifts is there
BEYOND: Final = frozenset(
    {"isobaricInhPa", "isobaricInPa", "hybrid", "depthBelowLandLayer", "atmosphere", "entireAtmosphere"}
)
LENGTHWISE: Final = {  # along the axes of the grid, where the messages say so
    "eastward_wind": "x_wind",
    "northward_wind": "y_wind",
    "eastward_sea_water_velocity": "sea_water_x_velocity",
    "northward_sea_water_velocity": "sea_water_y_velocity",
    "eastward_sea_ice_velocity": "sea_ice_x_velocity",
    "northward_sea_ice_velocity": "sea_ice_y_velocity",
}
STANDARD: Final = {  # of GRIB's short names, where cfgrib gives no standard name that the readers know
    "10u": "eastward_wind", "10v": "northward_wind", "u": "eastward_wind", "v": "northward_wind", "2t": "air_temperature",
    "t": "air_temperature", "msl": "air_pressure_at_mean_sea_level", "prmsl": "air_pressure_at_mean_sea_level",
    "swh": "sea_surface_wave_significant_height", "shww": "", "pp1d": "sea_surface_wave_period_at_variance_spectral_density_maximum",
    "perpw": "sea_surface_wave_period_at_variance_spectral_density_maximum", "ci": "sea_ice_area_fraction",
    "siconc": "sea_ice_area_fraction", "icec": "sea_ice_area_fraction", "sithick": "sea_ice_thickness", "icetk": "sea_ice_thickness",
    "sst": "sea_surface_temperature", "wtmp": "sea_surface_temperature", "ucurr": "eastward_sea_water_velocity",
    "vcurr": "northward_sea_water_velocity", "ocu": "eastward_sea_water_velocity", "ocv": "northward_sea_water_velocity",
    "vis": "visibility_in_air", "ust": "sea_surface_wave_stokes_drift_eastward_velocity",
    "vst": "sea_surface_wave_stokes_drift_northward_velocity",
}  # fmt: skip
ALONG_GRID: Final = 0b1000  # of the flags of WMO's table 3.3: components along the axes of the grid
KEYS: Final = ("resolutionAndComponentFlags", "typeOfLevel", "shortName", "gridType")


def open_grib(path: Path) -> xarray.Dataset:
    """The file as one dataset; raises InputError."""
    try:
        import cfgrib
    except (ImportError, RuntimeError) as error:  # RuntimeError: the library of ecCodes is not found
        raise InputError(f"{path}: {MISSING}") from error
    for name in ("cfgrib", "cfgrib.messages", "cfgrib.dataset"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # it tells of every message it skips; we tell what matters
    try:
        with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cfgrib's use of xarray
            cubes = cfgrib.open_datasets(
                str(path), backend_kwargs={"indexpath": "", "read_keys": list(KEYS), "errors": "raise"}
            )
    except Exception as error:  # of cfgrib and of ecCodes: a dozen kinds
        raise InputError(
            f"{path}: cannot be read as GRIB, it is cut off or damaged ({str(error)[:120]}); expected whole messages"
        ) from error
    found, skipped = xarray.Dataset(), []
    for number, cube in enumerate(cubes):
        levels = {str(cube[name].attrs.get("GRIB_typeOfLevel", "")) for name in cube.data_vars}
        if levels & BEYOND:
            skipped += [f"{name} ({', '.join(sorted(levels))})" for name in map(str, cube.data_vars)]
            continue
        flat = _flat(cube, number)
        twice = {name: f"{name}_{number}" for name in map(str, flat.data_vars) if name in found.variables}
        found = found.merge(flat.rename(twice), compat="no_conflicts", join="outer")
    if not found.data_vars:
        raise InputError(
            f"{path}: holds {', '.join(skipped) or 'no message'}; expected wind, current, waves, ice, temperature or pressure at "
            "the surface"
        )
    return found


def _flat(cube: xarray.Dataset, number: int) -> xarray.Dataset:
    """A cube with names of its own: one axis of valid times, its level as an axis, its positions, all by plain attributes."""
    own = "" if number == 0 else f"_{number}"
    cube = _on_valid_times(cube)
    level = next((str(name) for name in cube.coords if name in _levels(cube)), None)
    if level is not None and level not in cube.dims:
        cube = cube.expand_dims(level)
    cube = cube.drop_vars([name for name in cube.coords if name not in _kept(cube, level)])
    positions = [name for name in ("latitude", "longitude") if name in cube.coords and cube[name].ndim == 2]
    made = cube.rename({name: f"{name}{own}" for name in (*cube.dims, *positions) if own}).reset_coords(drop=False)
    for name in list(made.data_vars):
        attributes = made[name].attrs
        if "GRIB_shortName" not in attributes:
            continue
        short = str(attributes["GRIB_shortName"])
        standard = STANDARD.get(short, str(attributes.get("standard_name", "")))
        if (
            int(attributes.get("GRIB_resolutionAndComponentFlags", 0) or 0) & ALONG_GRID
            and str(attributes["GRIB_gridType"]) != "regular_ll"
        ):
            standard = LENGTHWISE.get(standard, standard)
        made[name].attrs = {
            "units": str(attributes.get("units", "")).replace("**", ""),
            "long_name": str(attributes.get("long_name", short)),
            **({"standard_name": standard} if standard else {}),
            **({"coordinates": " ".join(f"{each}{own}" for each in positions)} if positions else {}),
        }
    return made.set_coords([name for name in made.variables if name in made.dims])


def _levels(cube: xarray.Dataset) -> set[str]:
    return {str(cube[name].attrs.get("GRIB_typeOfLevel", "")) for name in cube.data_vars} - {"", "surface", "meanSea"}


def _kept(cube: xarray.Dataset, level: str | None) -> set[str]:
    return {"time", "latitude", "longitude", "x", "y", "number", *((level,) if level else ())}


def _on_valid_times(cube: xarray.Dataset) -> xarray.Dataset:
    """Analyses and forecast steps by the moment for which they hold."""
    valid = np.atleast_1d(np.asarray(cube["valid_time"].values, "datetime64[s]"))
    along = [name for name in ("time", "step") if name in cube.dims]
    if len(along) == 2:
        cube = cube.stack(valid=("time", "step")).reset_index("valid")
        rest = [name for name in cube.dims if name != "valid"]
        cube, valid = cube.transpose("valid", *rest), valid.ravel()
    elif along:
        cube = cube.rename({along[0]: "valid"})
    else:
        cube = cube.expand_dims("valid")
    cube = cube.drop_vars([name for name in ("time", "step", "valid_time", "valid") if name in cube.coords])
    order = np.argsort(valid, kind="stable")
    keep = order[
        np.append(np.diff(valid[order]) > np.timedelta64(0), True)
    ]  # of two forecasts of a moment, the later one
    cube = cube.isel(valid=keep).rename({"valid": "time"})
    seconds = valid[keep].astype("int64")
    return cube.assign_coords(
        time=("time", seconds, {"units": "seconds since 1970-01-01 00:00:00", "standard_name": "time"})
    )
