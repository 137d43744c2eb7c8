"""Terrains that were built before: a raster of the coast takes a second or more, reading it back some milliseconds.

A kept terrain is named by a hash of everything that decides it: the site's settings, the content of its files, of the
coast and of the soundings, the text of the modules that build it and the versions of the packages that these reckon
with. It is derived and may be deleted at any time. `KHAZRI_CACHE` names another folder than the user's; empty, nothing
is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import platformdirs

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import ShoreSegments, Terrain
from khazri.scenario.site import Site

KEPT: Final = 32  # the newest files stay
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_MAKERS: Final = ("geo/*.py", "inputs/coast.py", "inputs/bathymetry.py", "inputs/places.py", "inputs/terrain_cache.py")
_RECKONERS: Final = ("numpy", "scipy", "shapely", "pyproj", "contourpy")  # another version may round otherwise
_MATERIAL: Final = ("assets/coast/*.json", "assets/soundings/*.csv")
_ARRAYS: Final = ("surface", "depth", "shore_distance", "segment", "fetch", "bed")


def terrain_of(site: Site, *, folder: Path | None = None, roots: Sequence[Path] = ()) -> Terrain:
    """The terrain of a site: kept from an earlier run, or built now (see `inputs.places.terrain_for`) and kept."""
    path = _place(site, ((folder or Path()), *roots))
    kept = _read(path) if path is not None else None
    if kept is not None:
        return kept
    from khazri.inputs.places import terrain_for

    terrain = terrain_for(site, folder=folder, roots=roots)
    if path is not None:
        _keep(terrain, path)
    return terrain


def _place(site: Site, folders: Sequence[Path]) -> Path | None:
    """Where the site's terrain is kept; None where nothing is kept."""
    chosen = os.environ.get("KHAZRI_CACHE")
    if chosen == "" or site.coast.kind == "fine":  # a fine coast is kept by itself
        return None
    where = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("khazri"))
    digest = hashlib.sha256()
    said = {
        "area": site.area,
        "level": site.water_level,
        "coast": site.coast,
        "bathymetry": site.bathymetry,
        "shore": site.shoreline,
    }
    settings = {name: value.model_dump(mode="json") for name, value in said.items()}
    versions = {name: version(name) for name in _RECKONERS}
    digest.update(json.dumps([settings, site.resolution, versions], sort_keys=True).encode())
    for pattern in (*_MAKERS, *_MATERIAL):
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    for name in (site.coast.file, site.bathymetry.file):
        found = next((folder / name for folder in folders if name and (folder / name).is_file()), None)
        if name and found is None:
            return None  # the fault is said where the file is read
        if found is not None:
            with found.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return where / "terrain" / f"{digest.hexdigest()[:32]}.npz"


def _read(path: Path) -> Terrain | None:
    """The kept terrain, or None where there is none that can be read."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            words: dict[str, Any] = json.loads(str(kept["words"]))
            segments = ShoreSegments(**{field.name: kept[f"segments_{field.name}"] for field in fields(ShoreSegments)})
            return Terrain(
                plane=SitePlane(**words["plane"]),
                grid=Grid(**words["grid"]),
                level=words["level"],
                segments=segments,
                fetch_grid=Grid(**words["fetch_grid"]),
                notes=tuple(words["notes"]),
                attributions=tuple(words["attributions"]),
                **{name: kept[name] for name in _ARRAYS},
            )
    except (OSError, KeyError, ValueError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None  # absent or damaged (RuntimeError: a damaged header asks for another compression): built again


def _keep(terrain: Terrain, path: Path) -> None:
    """Write beside the name and rename; a folder that cannot be written to costs only time."""
    words = {
        "plane": {"longitude": terrain.plane.longitude, "latitude": terrain.plane.latitude},
        "grid": vars(terrain.grid),
        "level": terrain.level,
        "fetch_grid": vars(terrain.fetch_grid),
        "notes": terrain.notes,
        "attributions": terrain.attributions,
    }
    arrays = {name: getattr(terrain, name) for name in _ARRAYS}
    arrays |= {f"segments_{field.name}": getattr(terrain.segments, field.name) for field in fields(ShoreSegments)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                np.savez(file, words=np.array(json.dumps(words)), **arrays)
            except OSError:  # a full disk
                part.unlink(missing_ok=True)
                raise
        part.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
