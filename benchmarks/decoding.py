"""`python benchmarks/decoding.py`: 48 hourly frames of 560 x 360 vectors, decoded onto a site and mapped again, beside plain reading.

All in one process by turns, the fastest of each counts. Plain reading is what everybody must do at least: both components
through netCDF4 and through xarray, unpacked to numbers, nothing turned and nothing laid on a plane.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import netCDF4
import numpy as np
import shapely
import xarray as xr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from khazri.geo.plane import SitePlane
from khazri.inputs.forcing import Request, open_set, place, resample_once

ROUNDS = 5
FRAMES, COLUMNS, ROWS = 48, 560, 360
START = 1_789_344_000.0  # 2026-09-14T00:00Z
BOX = (-310e3, -170e3, 310e3, 170e3)  # all but the rim of the frames


def write_frames(path: Path, *, packed: bool) -> Path:
    """A current as models write it; packed: int16 with scale and zlib."""
    longitude, latitude = np.linspace(46.0, 54.0, COLUMNS), np.linspace(40.4, 43.6, ROWS)
    phase = np.arange(FRAMES)[:, None, None] * 2 * np.pi / 24
    u = 0.35 * np.sin(3 * (latitude[:, None] - 42) + phase) * np.cos(2 * (longitude - 50))
    v = 0.35 * np.sin(3 * (longitude - 50) - phase) * np.cos(2 * (latitude[:, None] - 42))
    axes = ("time", "lat", "lon")
    units = {"units": "m s-1"}
    encoding = {"dtype": "int16", "scale_factor": 1e-4, "zlib": True, "complevel": 1, "_FillValue": -32768}
    xr.Dataset(
        {
            "uo": (axes, u.astype(np.float32), {**units, "standard_name": "eastward_sea_water_velocity"}),
            "vo": (axes, v.astype(np.float32), {**units, "standard_name": "northward_sea_water_velocity"}),
        },
        coords={
            "time": ("time", np.arange(FRAMES), {"units": "hours since 2026-09-14"}),
            "lat": ("lat", latitude, {"units": "degrees_north"}),
            "lon": ("lon", longitude, {"units": "degrees_east"}),
        },
        attrs={"title": "EXERCISE. Decoding benchmark field"},
    ).to_netcdf(path, encoding=dict.fromkeys(("uo", "vo"), encoding) if packed else None)
    return path


def read_by_netcdf4(path: Path) -> None:
    """Both components, unpacked and unmasked."""
    with netCDF4.Dataset(path) as file:
        for name in ("uo", "vo"):
            np.ma.filled(file[name][:].astype(np.float32), np.nan)


def read_by_xarray(path: Path) -> None:
    """Both components, decoded."""
    with xr.open_dataset(path) as file:
        for name in ("uo", "vo"):
            np.asarray(file[name].values, np.float32)


def read_by_khazri(path: Path) -> None:
    """A field of the site, its file's hash included: from the file, or mapped where it is kept."""
    request = Request(SitePlane(50.0, 42.0), BOX, shapely.box(*BOX), START, (FRAMES - 1) * 3600.0)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with open_set([path]) as found:
        current = found.fields["current"]
        placed = place(current.lattice, request)
        assert placed is not None
        resample_once(current, placed, request, files=[(path.name, digest)])


def main() -> None:
    """Both kinds of file, every way of reading by turns."""
    seconds: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for packed in (False, True):
            path = write_frames(Path(folder) / f"frames-{packed}.nc", packed=packed)

            def anew(path: Path = path) -> None:
                os.environ["KHAZRI_CACHE"] = ""
                read_by_khazri(path)

            def mapped(path: Path = path) -> None:
                os.environ["KHAZRI_CACHE"] = folder
                read_by_khazri(path)

            mapped()
            cases: dict[str, Callable[[], None]] = {
                "netCDF4": lambda path=path: read_by_netcdf4(path),  # type: ignore[misc]
                "xarray": lambda path=path: read_by_xarray(path),  # type: ignore[misc]
                "khazri, decoded": anew,
                "khazri, mapped": mapped,
            }
            best = dict.fromkeys(cases, np.inf)
            for _ in range(ROUNDS):
                for name, case in cases.items():
                    began = time.perf_counter()
                    case()
                    best[name] = min(best[name], time.perf_counter() - began)
            seconds["int16 and zlib" if packed else "float32"] = {name: round(wall, 3) for name, wall in best.items()}
    print(json.dumps({"frames": FRAMES, "columns": COLUMNS, "rows": ROWS, "seconds": seconds}, indent=2))


if __name__ == "__main__":
    main()
