"""The extra `coast`: a fine land raster of an area from OpenStreetMap, through roaring-landmask, made once and kept."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import numpy as np
import platformdirs

from khazri.geo.raster import LandRaster
from khazri.inputs import InputError
from khazri.inputs.coast import Box

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
NOTE = "Coast: fine, from OpenStreetMap (land polygons through roaring-landmask), on cells of {spacing:.0f} m"
RESOLUTION = 100.0  # m
MARGIN = 60_000.0  # m, kept around the area, as depths near its edge look at the shore beyond
METRES_PER_DEGREE = 111_200.0
LARGEST = 150_000_000  # cells
MISSING = (
    "coast: fine needs the extra `coast`, which is not installed: pip install 'khazri[coast]' (a download of about "
    "100 MB; about 1.3 GB of memory while it works), or use `coast: training`"
)


def parse_area(text: str) -> Box:
    """West, south, east, north from "46.5,44,51.5,47" (degrees)."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            f"area is {text!r}; expected west,south,east,north in degrees, e.g. 46.5,44,51.5,47"
        ) from error
    east += 360.0 if west > 0.0 > east >= -180.0 else 0.0
    if not (-180.0 <= west <= 180.0 and west < east <= west + 360.0 and -90.0 <= south < north <= 90.0):
        raise InputError(f"area is {text!r}; expected west < east in -180..180 and south < north in -90..90 degrees")
    return west, south, east, north


def cache_folder() -> Path:
    """Where fine coasts are kept unless said otherwise."""
    return Path(platformdirs.user_cache_dir("khazri")) / "coast"


def build(area: Box, cache_dir: Path | None = None, *, resolution: float = RESOLUTION) -> Path:
    """Make the fine coast of `area` (west, south, east, north in degrees) with a margin, on cells of `resolution` [m].

    The file lies in `cache_dir` (default: `cache_folder()`); nothing is done where it is there already.
    """
    if not 10.0 <= resolution <= 5_000.0:
        raise InputError(f"resolution is {resolution:g} m; expected 10 to 5000 m")
    cache_dir = cache_dir or cache_folder()
    path = cache_dir / _name(area, resolution)
    if path.is_file():
        return path
    try:
        from roaring_landmask import LandmaskProvider, RoaringLandmask
    except ImportError as error:
        raise InputError(MISSING) from error
    west, south, east, north = _widen(area)
    step_lat = resolution / METRES_PER_DEGREE
    step_lon = step_lat / max(0.05, math.cos(math.radians(0.5 * (south + north))))
    columns, rows = math.ceil((east - west) / step_lon) + 1, math.ceil((north - south) / step_lat) + 1
    if columns * rows > LARGEST:
        raise InputError(
            f"coast: area {area} at {resolution:g} m has {columns * rows / 1e6:.0f} million cells; expected at most "
            f"{LARGEST / 1e6:.0f} million: a smaller area or a coarser resolution"
        )
    mask = RoaringLandmask.new_with_provider(LandmaskProvider.Osm)
    longitude = west + step_lon * np.arange(columns)
    turned = np.mod(longitude + 180.0, 360.0) - 180.0
    land = np.empty((rows, columns), np.bool_)
    for row in range(rows):
        latitude = np.full(columns, min(90.0, south + row * step_lat))
        land[row] = mask.contains_many(turned, latitude)
    cache_dir.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez_compressed(
        part,
        land=np.packbits(land, axis=1),
        frame=np.array([west, south, step_lon, step_lat, columns, resolution]),
        area=np.array(area),
        attribution=np.array(ATTRIBUTION),
    )
    part.replace(path)
    return path


def find(area: Box, cache_dir: Path) -> Path | None:
    """The finest kept coast that holds `area`, or None."""
    best: tuple[float, Path] | None = None
    for path in sorted(cache_dir.glob("coast-*.npz")) if cache_dir.is_dir() else ():
        if path.name.endswith(".part.npz"):
            continue
        with np.load(path) as file:
            west, south, east, north = map(float, file["area"])
            spacing = float(file["frame"][5])
        slack = 1e-9
        holds = (
            west <= area[0] + slack
            and south <= area[1] + slack
            and east >= area[2] - slack
            and north >= area[3] - slack
        )
        if holds and (best is None or spacing < best[0]):
            best = spacing, path
    return None if best is None else best[1]


def read(path: Path) -> tuple[LandRaster, str]:
    """The land raster of a kept file, and the note that goes with it."""
    try:
        with np.load(path) as file:
            west, south, step_lon, step_lat, columns, spacing = map(float, file["frame"])
            land = np.unpackbits(file["land"], axis=1, count=int(columns)).astype(np.bool_)
    except (OSError, KeyError, ValueError) as error:
        raise InputError(
            f"{path}: cannot be read: {error}; expected a coast made by `khazri coast build`; delete it"
        ) from error
    return LandRaster(west, south, step_lon, step_lat, land), NOTE.format(spacing=spacing)


def _widen(area: Box) -> Box:
    west, south, east, north = area
    up = MARGIN / METRES_PER_DEGREE
    aside = up / max(0.05, math.cos(math.radians(min(89.0, max(abs(south), abs(north))))))
    if east - west + 2.0 * aside >= 360.0:
        west, east, aside = -180.0, 180.0, 0.0
    return west - aside, max(-90.0, south - up), east + aside, min(90.0, north + up)


def _name(area: Box, spacing: float) -> str:
    said = ",".join(f"{value:.6f}" for value in (*area, spacing))
    return f"coast-{hashlib.sha256(said.encode()).hexdigest()[:16]}.npz"
