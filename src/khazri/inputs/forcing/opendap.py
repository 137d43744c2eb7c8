"""The part of a dataset on an OPeNDAP server that a run needs, as a file: its variables, its time and its box."""

from __future__ import annotations

import hashlib
import json
import tempfile
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.clock import read_clock
from khazri.inputs.forcing.layout import Layout, axis_attributes, is_latitude, is_longitude, lay_out
from khazri.inputs.forcing.names import recognise

if TYPE_CHECKING:
    from khazri.inputs.forcing.fetching import Part

PATIENCE: Final = 20.0  # s
LARGEST: Final = 2_000_000_000  # bytes of one part
HALO: Final = 3  # points beyond the box
Pick = dict[str, slice]


def is_served(address: str) -> bool:
    """Whether an OPeNDAP server answers under an address."""
    plain, _, constraint = address.partition("?")
    asked = urllib.request.Request(
        f"{plain}.dds{'?' + constraint if constraint else ''}", headers={"User-Agent": "khazri"}
    )
    try:
        with closing(urllib.request.urlopen(asked, timeout=PATIENCE)) as answer:
            return bool(answer.read(64).lstrip().startswith(b"Dataset"))
    except (urllib.error.URLError, OSError, ValueError):
        return False


def read_part(address: str, path: Path, part: Part) -> Path:
    """Read what is needed into a file; raises InputError."""
    try:
        with xarray.open_dataset(address, engine="netcdf4", decode_cf=False, cache=False) as remote:
            names = _needed(remote, part.variables)
            if not names:
                listed = ", ".join(sorted(map(str, remote.data_vars))[:12])
                raise InputError(
                    f"{address}: no variable is recognised, the server has {listed}; expected CF standard names"
                )
            pick: Pick = {}
            for name in names:
                pick = {**_window(address, remote, name, part), **pick}
            beside = [
                str(name) for name, item in remote.variables.items() if item.ndim < 2 or _is_place(remote, str(name))
            ]
            chosen = remote[list(dict.fromkeys([*names, *beside]))].isel(pick, missing_dims="ignore")
            if chosen.nbytes > LARGEST:
                raise InputError(
                    f"{address}: {chosen.nbytes / 1e9:.1f} GB would be read of {names}; expected at most {LARGEST / 1e9:.0f} GB: a "
                    "shorter run, or `variables` by name"
                )
            local = chosen.load()
    except (OSError, RuntimeError, IndexError, KeyError, ValueError) as error:
        raise InputError(
            f"{address}: the OPeNDAP server cannot be read ({str(error).splitlines()[0][:120]}); expected one that answers: try again"
        ) from error
    for attributes in (local.attrs, *(local[name].attrs for name in local.variables)):
        for key in [each for each in attributes if each[:1] == "_" and each not in {"_FillValue", "_Unsigned"}]:
            del attributes[key]  # marks of the server's own storage
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "part.nc"
        local.to_netcdf(made, engine="netcdf4")
        content = made.read_bytes()
        made.replace(path)
    from khazri.inputs.forcing.fetching import tell_origin

    tell_origin(path, address, len(content), hashlib.sha256(content).hexdigest(), part=json.dumps(vars(part)))
    return path


def _needed(remote: xarray.Dataset, wanted: tuple[str, ...]) -> list[str]:
    found = []
    for name, item in remote.data_vars.items():
        known = recognise(str(name), str(item.attrs.get("standard_name", "")), str(item.attrs.get("long_name", "")))
        if item.ndim >= 2 and (known is not None or str(name) in wanted):
            found.append(str(name))
    return found


def _is_place(remote: xarray.Dataset, name: str) -> bool:
    """Positions of every point, bounds and the like: two dimensions, none of them long in time."""
    attributes = {str(key): value for key, value in remote[name].attrs.items()}
    return remote[name].ndim == 2 and (
        is_longitude(name, attributes) or is_latitude(name, attributes) or name.endswith(("_bnds", "_bounds"))
    )


def _window(address: str, remote: xarray.Dataset, name: str, part: Part) -> Pick:
    """The ranges of a variable's dimensions that are needed; whole ones where its axes are not plain."""
    item = remote[name]
    known = recognise(name, str(item.attrs.get("standard_name", "")), str(item.attrs.get("long_name", "")))
    try:
        layout = lay_out(Path(address), remote, name, known.field if known else "")
    except InputError:
        return {}  # said again, and better, when the part is read
    pick = {name: slice(index, index + 1) for name, index in layout.fixed if name in remote.variables}
    if layout.time is not None and layout.time in remote.variables and part.during is not None:
        pick |= _moments(address, remote, layout.time, part.during)
    return {**pick, **(_box(remote, layout, part.box) if part.box is not None else {})}


def _moments(address: str, remote: xarray.Dataset, name: str, during: tuple[float, float]) -> Pick:
    numbers = np.atleast_1d(np.asarray(remote[name].values, np.float64))
    try:
        clock = read_clock(Path(address), name, numbers, axis_attributes(remote, name))
    except InputError:
        return {}
    times = clock.seconds
    if clock.yearly or not np.isfinite(times).all() or bool((np.diff(times) < 0.0).any()):
        return {}
    first = max(int(np.searchsorted(times, during[0], side="right")) - 1, 0)
    last = min(int(np.searchsorted(times, during[1], side="left")) + 1, times.size)
    return {name: slice(min(first, times.size - 1), max(last, first + 1))}


def _box(remote: xarray.Dataset, layout: Layout, box: tuple[float, float, float, float]) -> Pick:
    """Rows and columns about a box; all columns where they go across the seam of the longitudes."""
    west, south, east, north = box
    pick: Pick = {}
    for axis, low, high in ((layout.y, south, north), (layout.x, west, east)):
        attributes = axis_attributes(remote, axis)
        if (
            axis not in remote.variables
            or remote[axis].ndim != 1
            or not (is_latitude(axis, attributes) or is_longitude(axis, attributes))
        ):
            return {}
        values = np.asarray(remote[axis].values, np.float64)
        turned = low + (values - low) % 360.0 if axis == layout.x else values
        step = float(np.median(np.abs(np.diff(values))))
        inside = np.flatnonzero((turned >= low - step) & (turned <= high + step))
        if axis == layout.x:
            inside = np.union1d(inside, np.flatnonzero(turned >= low + 360.0 - step))
        if not inside.size or inside[-1] - inside[0] + 1 > inside.size + 2:
            continue
        pick[axis] = slice(max(int(inside[0]) - HALO, 0), int(inside[-1]) + 1 + HALO)
    return pick
