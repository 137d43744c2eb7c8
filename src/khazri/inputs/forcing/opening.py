"""One file to an open dataset, or one clear message: not there, not NetCDF, cut off, or a kind that comes later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.classic import BrokenHeader, needed_length
from khazri.inputs.forcing.elsewhere import binary_words, text_words

EXPECTED: Final = "expected a CF-like NetCDF file on a regular, projected or curvilinear grid"
LATER: Final = "it is not read; expected the model's output interpolated to a regular grid"
SELAFIN: Final = (
    "this is SELAFIN (TELEMAC), whose positions are metres of a projection that it does not name; expected the results as NetCDF with "
    "longitudes and latitudes: a mesh (UGRID) or interpolated to a regular grid"
)
OTHERS: Final[tuple[tuple[bytes, str], ...]] = ((b"\x00\x00\x00\x50", SELAFIN),)
HDF5: Final = b"\x89HDF\r\n\x1a\n"
GRIB: Final = b"GRIB"


def open_file(path: Path) -> xarray.Dataset:
    """The dataset, times undecoded, packed values decoded on reading; raises InputError."""
    if _check_start(path) == GRIB:
        from khazri.inputs.forcing.grib import open_grib  # of the extra: only where it is asked for

        return open_grib(path)
    try:
        return xarray.open_dataset(
            path, engine="netcdf4", decode_times=False, decode_coords=False, decode_timedelta=False, cache=False
        )
    except (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError) as error:
        raise InputError(
            f"{path}: cannot be read as NetCDF, it is cut off or damaged ({_short(error)}); {EXPECTED}"
        ) from error


def _check_start(path: Path) -> bytes:
    """The first four bytes of a file that may be read."""
    try:
        if path.is_dir():
            raise InputError(f"{path}: this is a folder; {EXPECTED}")
        with path.open("rb") as stream:
            head = stream.read(4096)
        length = path.stat().st_size
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; {EXPECTED}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); {EXPECTED}") from error
    if length == 0:
        raise InputError(f"{path}: the file is empty; {EXPECTED}")
    start = head[:16]
    if start[:3] == b"CDF" and start[3:4] in (b"\x01", b"\x02", b"\x05"):
        _check_length(path, length)
        return start[:4]
    if start.startswith((HDF5, GRIB)):
        return start[:4]
    for magic, words in OTHERS:
        if start.startswith(magic):
            raise InputError(f"{path}: {words}")
    known = binary_words(start) or text_words(head)
    if known is not None:
        raise InputError(f"{path}: {known}")
    raise InputError(f"{path}: begins with {start[:8]!r}, which is not NetCDF; {EXPECTED}")


def _check_length(path: Path, length: int) -> None:
    try:
        needed = needed_length(path)
    except BrokenHeader as error:
        raise InputError(f"{path}: cannot be read as NetCDF ({error}); {EXPECTED}") from error
    if length < needed:
        raise InputError(f"{path}: is cut off, {length} bytes long; expected {needed} bytes by its own header")


def _short(error: BaseException) -> str:
    text = str(error).split("\n")[0].replace(os.linesep, " ")
    return text if len(text) <= 120 else text[:117] + "..."
