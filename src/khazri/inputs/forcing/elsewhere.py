"""Files that are no wind, water, waves or ice: what they are by the look of them, and where in Khazri they belong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import xarray

CONVERTED: Final = "expected a CF-like NetCDF file on a regular, projected or curvilinear grid"
SCRIPT: Final = "expected its figures written as `scripted` weather of the site, at a station of its place"
VALIDATED: Final = "expected it with `khazri validate FILE PACK`, which holds a run of the pack against the tracks"
OUTLINE: Final = "expected the positions as `polygon` of a release ([longitude, latitude] each)"

# What a file that is not NetCDF begins with (after spaces, where it is text), and words on it
BINARY: Final[tuple[tuple[bytes, str], ...]] = (
    (b"BUFR", f"this is BUFR, observations of weather services, which is not read; {CONVERTED}, or `scripted` weather"),
    (b"PK\x03\x04", f"this is a zip archive or a spreadsheet; {CONVERTED}, unpacked"),
    (b"\x1f\x8b", f"this is a gzip archive; {CONVERTED}, unpacked (`gunzip`)"),
    (b"BZh", f"this is a bzip2 archive; {CONVERTED}, unpacked (`bunzip2`)"),
    (b"7z\xbc\xaf", f"this is a 7z archive; {CONVERTED}, unpacked"),
    (b"\x0e\x03\x13\x01", f"this is HDF4, which is not read; {CONVERTED} (`h4toh5`, or ask the provider for NetCDF)"),
    (b"II*\x00", f"this is a TIFF picture, which is not read; {CONVERTED} (`gdal_translate -of netCDF`)"),
    (b"MM\x00*", f"this is a TIFF picture, which is not read; {CONVERTED} (`gdal_translate -of netCDF`)"),
    (b"\x89PNG", f"this is a picture, not figures; {CONVERTED}"),
    (b"\xff\xd8\xff", f"this is a picture, not figures; {CONVERTED}"),
    (b"%PDF", f"this is a PDF, not figures; {CONVERTED}"),
    (b"\x00\x00\x27\x0a", f"this is a shapefile, outlines and no field; {OUTLINE}, or as GeoJSON under `coast:` of a site"),
)  # fmt: skip
LONGITUDES: Final = frozenset({"lon", "longitude", "long", "lon_deg", "x"})
LATITUDES: Final = frozenset({"lat", "latitude", "lat_deg", "y"})
DEPTHS: Final = re.compile(r"depth|elevation|height|bathymetry|^z$|topo")
TIMES: Final = re.compile(r"time|date")
HEIGHTS: Final = re.compile(
    r"relief|elevation|bathymetry|topograph|sea[ _]floor|height_above_mean_sea_level|bottom depth"
)
PLAIN_HEIGHTS: Final = frozenset({"elevation", "bathymetry", "topo", "z", "depth", "deptho", "bathy", "rose"})


def binary_words(start: bytes) -> str | None:
    """Of a file that is neither NetCDF nor text; None: it is not known."""
    return next((words for magic, words in BINARY if start.startswith(magic)), None)


def text_words(head: bytes) -> str | None:
    """Of a text file by its first lines; None: it is no text."""
    try:
        text = head.decode("utf-8-sig", errors="strict" if len(head) < 1000 else "ignore").lstrip()
    except UnicodeDecodeError:
        return None
    if not text or re.search(r"[\x00-\x08\x0e-\x1f]", text):
        return None
    if text.startswith("<"):
        return _markup_words(text.lower())
    if text.startswith(("{", "[")):
        if re.search(r'"type"\s*:\s*"(feature|geometry|polygon|multi)', text, re.IGNORECASE):
            return (
                "this is GeoJSON, outlines and no field; expected it under `coast:` of a site where it is land, under "
                "`bathymetry:` where it is depths, or its positions as `polygon` of a release"
            )
        return f"this is JSON; {CONVERTED}"
    return _table_words(text)


def _markup_words(text: str) -> str:
    if "opengis.net/gml" in text or "<gml:" in text:
        what = "outlines of oil that a radar saw" if "oil" in text else "outlines"
        return f"this is GML, {what}, and no field that moves anything; {OUTLINE}: longitudes and latitudes stand in its posList"
    if "<gpx" in text:
        return f"this is GPX, tracks and no field; {VALIDATED}, as CSV with the columns time, lon, lat"
    if "<kml" in text:
        return f"this is KML, outlines or marks and no field; {OUTLINE}"
    if "<html" in text or "<!doctype html" in text:
        return f"this is a web page (HTML), as of a download that failed or asked for a password; {CONVERTED}, downloaded again"
    return f"this is XML; {CONVERTED}"


def _table_words(text: str) -> str:
    """Of a table by its first line that is no comment."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = [each.strip().strip('"').lower() for each in re.split(r"[,;\t]", lines[0])] if lines else []
    placed = bool(LONGITUDES & set(columns)) and bool(LATITUDES & set(columns))
    timed = any(TIMES.search(each) for each in columns)
    if placed and timed:
        return f"this is a table of tracks ({', '.join(columns[:6])}), no field; {VALIDATED}"
    if placed and any(DEPTHS.search(each) for each in columns):
        return (
            f"this is a table of soundings ({', '.join(columns[:6])}), no field; expected them under `bathymetry:` of a site, as "
            "points of a GeoJSON file or gridded in NetCDF"
        )
    if timed and len(columns) > 1:
        return f"this is a table in time ({', '.join(columns[:6])}), no field; {SCRIPT}"
    return f"this is text (it begins with {text[:24]!r}), which is not NetCDF; {CONVERTED}"


def other_words(file: xarray.Dataset) -> str | None:
    """Of a NetCDF file in which nothing is recognised; None: it is not known what it is."""
    names = {str(name).lower(): name for name in file.variables}
    gridded = [str(name) for name, item in file.data_vars.items() if item.ndim >= 2 and item.dtype.kind in "fiu"]
    if "particle_count" in names or ("status_codes" in names and "mass" in names):
        return (
            "this is the output of a particle model, places of oil and no field that moves it; expected the wind and the currents "
            "that it was driven with"
        )
    track = {"trajectory", "obs", "drifter", "station", "rowsize"} & {str(each).lower() for each in file.dims}
    longitude = next((names[name] for name in ("lon", "longitude") if name in names), None)
    if track and longitude is not None:
        count = int(file[longitude].notnull().sum())
        return f"this holds tracks ({count} fixes), no field; {VALIDATED}"
    heights = [
        name for name in gridded
        if name.lower() in PLAIN_HEIGHTS
        or HEIGHTS.search(f"{file[name].attrs.get('long_name', '')} {file[name].attrs.get('standard_name', '')}".lower())
    ]  # fmt: skip
    if heights:
        return (
            f"this is a map of heights or depths ({', '.join(heights[:3])}), no field that moves anything; expected it under `bathymetry:` "
            "of a site"
        )
    bounds = {str(item.attrs.get("bounds", item.attrs.get("climatology", ""))) for item in file.variables.values()}
    rest = [name for name in gridded if name not in bounds and not name.lower().endswith(("_bnds", "_bounds"))]
    if not rest:
        return "this holds axes only, and no values on them; expected the file whose values they belong to"
    return None


def half_words(path: Path, halves: str) -> str:
    """Of a file that holds one component of a vector only."""
    return (
        f"holds one component only ({halves}); expected both in one set: `path: [{path.name}, FILE_OF_THE_OTHER]`, or "
        f"`khazri inputs inspect {path.name} FILE_OF_THE_OTHER`"
    )
