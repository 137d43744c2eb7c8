"""What each dimension of a variable is: time, level, or one of the two that run along the grid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.opening import LATER
from khazri.inputs.forcing.yearly import is_month_axis

TIME_NAMES: Final = frozenset({"time", "t", "time_counter", "ocean_time", "valid_time", "mtime"})
LEVEL_NAMES: Final = frozenset(
    {"depth", "lev", "level", "z", "deptht", "depthu", "depthv", "olevel", "height", "altitude", "sigma", "s_rho", "siglay", "layer"}
)  # fmt: skip
LEVEL_STANDARD: Final = frozenset(
    {"depth", "height", "altitude", "ocean_sigma_coordinate", "ocean_s_coordinate", "ocean_s_coordinate_g1", "ocean_s_coordinate_g2"}
)  # fmt: skip
LEVEL_WORDS: Final = ("zstar", "tcell depth", "depth level", "model level", "layer")
MEMBER_NAMES: Final = frozenset(
    {"member", "members", "ens", "ensemble", "ensemble_member", "realization", "realisation", "number", "ensmem"}
)
SHOWN: Final = 8  # members named in a refusal
WANTED_HEIGHT: Final = {"wind": 10.0, "air_temperature": 2.0, "visibility": 2.0}  # m above the surface
ALLOWED_HEIGHTS: Final = {"wind": (2.0, 100.0), "air_temperature": (0.0, 20.0), "visibility": (0.0, 100.0)}
PRESSURE_UNITS: Final = frozenset({"hpa", "pa", "mb", "mbar", "millibar", "millibars"})
DEEPEST: Final = 20.0  # m: a first level below this is no surface


@dataclass(frozen=True)
class Layout:
    """Dimensions of one variable; `fixed` are those of which one index is read."""

    time: str | None
    y: str
    x: str
    fixed: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


def lay_out(path: Path, file: xarray.Dataset, name: str, field: str, *, member: str | None = None) -> Layout:
    """Roles of the dimensions of variable `name`, which holds `field`; raises InputError.

    member   which one of an ensemble: a value of its axis, or its place from 0 where it has none
    """
    variable = file[name]
    time: str | None = None
    fixed: list[tuple[str, int]] = []
    notes: list[str] = []
    rest: list[str] = []
    for dimension in map(str, variable.dims):
        attributes = axis_attributes(file, dimension)
        if time is None and is_time(dimension, attributes):
            time = dimension
        elif _is_member(dimension, attributes):
            index, words = _choose_member(path, file, dimension, member)
            fixed.append((dimension, index))
            notes += [f"{path.name}: {words}"] if words else []
        elif _is_level(dimension, attributes):
            index, words = _choose_level(path, file, dimension, field)
            fixed.append((dimension, index))
            notes.append(f"{path.name}, {name}: {words}")
        else:
            rest.append(dimension)
    for dimension in list(rest):
        if len(rest) > 2 and variable.sizes[dimension] == 1:
            rest.remove(dimension)
            fixed.append((dimension, 0))
    if len(rest) != 2:
        _refuse_shape(path, file, name, rest)
    y, x = rest
    if _runs_east(file, y) or _runs_north(file, x):
        y, x = x, y
    for dimension in (y, x):
        if variable.sizes[dimension] < 2:
            raise InputError(
                f"{path}: variable {name} has {variable.sizes[dimension]} point along {dimension}; expected a grid of at "
                "least 2 x 2 points (a single place is written as `scripted`)"
            )
    return Layout(time, y, x, tuple(fixed), tuple(notes))


def axis_attributes(file: xarray.Dataset, dimension: str) -> dict[str, Any]:
    """Attributes of the coordinate variable of a dimension; empty where there is none."""
    return {str(key): value for key, value in file[dimension].attrs.items()} if dimension in file.variables else {}


def is_time(dimension: str, attributes: dict[str, Any]) -> bool:
    """By its unit, its standard_name or axis, or its name."""
    if " since " in f" {str(attributes.get('units', '')).lower()} ":
        return True
    if attributes.get("standard_name") == "time" or str(attributes.get("axis", "")).upper() == "T":
        return True
    return dimension.lower() in TIME_NAMES or is_month_axis(dimension, attributes)


def _is_level(dimension: str, attributes: dict[str, Any]) -> bool:
    if str(attributes.get("axis", "")).upper() == "Z" or str(attributes.get("positive", "")).lower() in {"up", "down"}:
        return True
    if str(attributes.get("standard_name", "")).lower() in LEVEL_STANDARD:
        return True
    if str(attributes.get("units", "")).strip().lower() in PRESSURE_UNITS:
        return True
    lower = dimension.lower()
    words = str(attributes.get("long_name", "")).lower()
    return (
        lower in LEVEL_NAMES
        or lower.startswith(("depth", "height", "lev"))
        or any(word in words for word in LEVEL_WORDS)
    )


def _is_member(dimension: str, attributes: dict[str, Any]) -> bool:
    return (
        str(attributes.get("standard_name", "")).lower() == "realization"
        or str(attributes.get("axis", "")).upper() == "E"
        or dimension.lower() in MEMBER_NAMES
    )


def _choose_member(path: Path, file: xarray.Dataset, dimension: str, member: str | None) -> tuple[int, str]:
    """Index of the member that is asked for, and words on it."""
    count = int(file.sizes[dimension])
    labels = [_label(each) for each in np.atleast_1d(file[dimension].values)] if dimension in file.variables else []
    if len(labels) != count or len(set(labels)) != count:
        labels = [str(each) for each in range(count)]
    if member is None and count == 1:
        return 0, ""
    shown = labels if count <= SHOWN else [*labels[: SHOWN - 2], "...", labels[-1]]
    if member is None:
        raise InputError(
            f"{path}: holds {count} members of an ensemble along {dimension}: {', '.join(shown)}; a run is driven by one of them; "
            f"expected which one: `member: {labels[0]}` beside the path in the scenario (`khazri inputs inspect --member {labels[0]}`)"
        )
    if member not in labels:
        raise InputError(f"{path}: has no member {member} along {dimension}; expected one of {', '.join(shown)}")
    return labels.index(member), (
        f"member {member} of {count} along {dimension} is used in the whole run; the spread of the others does not enter"
    )


def _label(value: Any) -> str:
    """As people write it: 3 for 3.0, text without its padding."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def _choose_level(path: Path, file: xarray.Dataset, dimension: str, field: str) -> tuple[int, str]:
    """Index of the level next to the surface (of wind: to 10 m), and words on it."""
    if dimension not in file.variables:
        if file.sizes[dimension] == 1:
            return 0, f"the only {dimension} is used"
        raise InputError(
            f"{path}: dimension {dimension} has {file.sizes[dimension]} levels and no values; expected a coordinate that says "
            "which level is at the surface"
        )
    values = np.atleast_1d(np.asarray(file[dimension].values, np.float64))
    units = str(axis_attributes(file, dimension).get("units", "")).strip()
    if units.lower() in PRESSURE_UNITS:
        raise InputError(
            f"{path}: levels {dimension} are pressures ({values[0]:g} to {values[-1]:g} {units}); expected values at the "
            "surface (wind at 10 m)"
        )
    wanted = WANTED_HEIGHT.get(field, 0.0)
    index = int(np.nanargmin(np.abs(np.abs(values) - wanted)))
    chosen = float(values[index])
    if field in ALLOWED_HEIGHTS and units.lower() in {"m", "meter", "meters", "metre", "metres"}:
        low, high = ALLOWED_HEIGHTS[field]
        if not low <= chosen <= high:
            raise InputError(
                f"{path}: {field} stands at {chosen:g} m ({dimension}); expected {wanted:g} m, at least within {low:g} to {high:g} m"
            )
    elif field not in ALLOWED_HEIGHTS and abs(chosen) > DEEPEST:
        raise InputError(
            f"{path}: the level nearest the surface is {dimension} {chosen:g} {units}; expected one within {DEEPEST:g} m of it"
        )
    shown = f"{dimension} {chosen:g} {units}".strip()
    return index, f"{shown} is used, of {values.size} levels" if values.size > 1 else f"{shown} is used, the only level"


def _runs_east(file: xarray.Dataset, dimension: str) -> bool:
    attributes = axis_attributes(file, dimension)
    return is_longitude(dimension, attributes) or str(attributes.get("axis", "")).upper() == "X" or (
        str(attributes.get("standard_name", "")) in {"projection_x_coordinate", "grid_longitude"}
    )  # fmt: skip


def _runs_north(file: xarray.Dataset, dimension: str) -> bool:
    attributes = axis_attributes(file, dimension)
    return is_latitude(dimension, attributes) or str(attributes.get("axis", "")).upper() == "Y" or (
        str(attributes.get("standard_name", "")) in {"projection_y_coordinate", "grid_latitude"}
    )  # fmt: skip


def is_longitude(name: str, attributes: dict[str, Any]) -> bool:
    """By standard_name, by unit, or by name where neither is given."""
    return _is_degrees(
        name, attributes, "longitude", ("degreeseast", "degreeeast", "degreese", "degreee"), ("lon", "nav_lon")
    )


def is_latitude(name: str, attributes: dict[str, Any]) -> bool:
    """By standard_name, by unit, or by name where neither is given."""
    return _is_degrees(
        name, attributes, "latitude", ("degreesnorth", "degreenorth", "degreesn", "degreen"), ("lat", "nav_lat")
    )


def _is_degrees(
    name: str, attributes: dict[str, Any], standard: str, units: tuple[str, ...], names: tuple[str, ...]
) -> bool:
    said = str(attributes.get("standard_name", "")).lower()
    if said:
        return said == standard
    unit = str(attributes.get("units", "")).lower().replace("_", "").replace(" ", "")
    if unit in units:
        return True
    plain = not unit or unit.startswith("deg")
    return plain and (
        name.lower() in (standard, *names) or name.lower().startswith(tuple(f"{each}_" for each in names))
    )


def _refuse_shape(path: Path, file: xarray.Dataset, name: str, rest: list[str]) -> None:
    sizes = {dimension: int(file.sizes[dimension]) for dimension in rest}
    if len(rest) < 2:
        raise InputError(
            f"{path}: not supported yet: variable {name} lies on {sizes or 'no grid'}, which is an unstructured grid, a "
            f"track or a station; {LATER}, or `scripted` for a station"
        )
    raise InputError(
        f"{path}: variable {name} lies on {sizes} besides time and level; expected two dimensions, so only one "
        "reference time or the like"
    )


def read_axis(file: xarray.Dataset, name: str) -> npt.NDArray[np.float64]:
    """Values of a coordinate; not a number where missing."""
    return np.asarray(file[name].values, np.float64)
