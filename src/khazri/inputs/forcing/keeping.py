"""Fields that were decoded before, as raw memory maps: every process that needs one maps the same pages of one file.

A kept field is named by a hash of everything that decides it: the content and the names of its set's files, the run's
plane, area and time, the text of the modules that read and the versions of the packages that these reckon with. Two
files stand for a field: NAME.npy holds the values, NAME.npz its times, grid and words, and the checksum of the values;
the second is put there last, so that a field is whole or absent. Both are derived and may be deleted at any time.
`KHAZRI_CACHE` names another folder than the user's; empty, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import platformdirs

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.inputs.forcing.placing import Placed, Request
from khazri.inputs.forcing.resampling import Report, Resampled, resample
from khazri.inputs.forcing.sets import Gridded

MOST_KEPT: Final = 8_000_000_000  # bytes; what was used longest ago goes first
_PACKAGE: Final = Path(__file__).resolve().parents[2]
_MAKERS: Final = ("inputs/forcing/*.py", "engine/fields.py", "geo/*.py")
_RECKONERS: Final = ("numpy", "scipy", "xarray", "netCDF4", "pyproj", "shapely")  # another version may round otherwise
_DAMAGED: Final = (OSError, KeyError, ValueError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile)


def resample_once(
    gridded: Gridded,
    placed: Placed,
    request: Request,
    *,
    files: Sequence[tuple[str, str]],
    report: Report | None = None,
) -> Resampled:
    """As `resample`, but mapped where it was decoded before; raises InputError.

    files   name and SHA-256 of every file of the set, in its order: a grid may come from another than the values
    """
    place = _place(gridded, request, files)
    kept = None if place is None else _read(place)
    if kept is not None:
        return kept
    made = resample(gridded, placed, request, report=report)
    if place is None:
        return made
    _keep(made, place)
    return _read(place) or made  # the map, so that the first process shares its pages too


def _place(gridded: Gridded, request: Request, files: Sequence[tuple[str, str]]) -> Path | None:
    """Where the field is kept, without its suffix; None where nothing is kept."""
    chosen = os.environ.get("KHAZRI_CACHE")
    if chosen == "":
        return None
    where = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("khazri"))
    plane = [request.plane.longitude, request.plane.latitude]
    said = [
        gridded.name, gridded.variables, gridded.sense, gridded.how, list(files), plane, list(request.bounds),
        hashlib.sha256(gridded.times.tobytes()).hexdigest(), gridded.choices.member or "",
        request.area.wkb_hex, request.start, request.duration, {name: version(name) for name in _RECKONERS},
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(said).encode())
    for pattern in _MAKERS:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    return where / "forcing" / digest.hexdigest()[:32]


def _read(place: Path) -> Resampled | None:
    """The kept field, or None where there is none that can be trusted. Its pages are the file's until one is written to."""
    try:
        with np.load(place.with_suffix(".npz"), allow_pickle=False) as kept:
            words: dict[str, Any] = json.loads(str(kept["words"]))
            times, covered = kept["times"], kept["covered"]
        values = np.load(place.with_suffix(".npy"), mmap_mode="c", allow_pickle=False).view(np.ndarray)
        if zlib.crc32(values.data) != words["checksum"]:
            return None
        field = Field(words["name"], Grid(**words["grid"]), times, values, words["source"])
        os.utime(place.with_suffix(".npz"))
    except _DAMAGED:
        return None  # absent or damaged: decoded again
    return Resampled(field, covered, tuple(words["notes"]))


def _keep(made: Resampled, place: Path) -> None:
    """Write beside the names and rename; a folder that cannot be written to costs only time."""
    field = made.field
    values = np.ascontiguousarray(field.values)
    words = {
        "name": field.name,
        "grid": vars(field.grid),
        "source": field.source,
        "notes": made.notes,
        "checksum": zlib.crc32(values.data),
    }

    def write_values(file: Any) -> None:
        np.save(file, values)

    def write_words(file: Any) -> None:
        np.savez(file, times=field.times, covered=made.covered, words=np.array(json.dumps(words)))

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _put(place.with_suffix(".npy"), write_values)
        _put(place.with_suffix(".npz"), write_words)
        _make_room(place.parent)
    except OSError:
        return


def _put(path: Path, write: Callable[[Any], None]) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:  # a name of its own
        part = Path(file.name)
    try:
        with part.open("wb") as stream:
            write(stream)
        part.replace(path)
    except OSError:  # a full disk, or a file that is mapped and may not be replaced
        part.unlink(missing_ok=True)
        raise


def _make_room(folder: Path) -> None:
    """Fields used longest ago go until the rest fits; whoever has one mapped keeps it."""
    total = 0
    for words in sorted(folder.glob("*.npz"), key=lambda each: each.stat().st_mtime, reverse=True):
        values = words.with_suffix(".npy")
        total += values.stat().st_size if values.exists() else 0
        if total > MOST_KEPT:
            words.unlink(missing_ok=True)
            values.unlink(missing_ok=True)
