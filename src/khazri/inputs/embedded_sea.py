"""The embedded sea of a site: its basin laid out, run under the site's wind, and kept by what went into it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import platformdirs
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.basins import WHOLE_SPACING, caspian, northern_caspian
from khazri.inputs.bathymetry import is_caspian
from khazri.inputs.places import polygon_of
from khazri.inputs.scripted import sample_places, sample_times
from khazri.scenario.environment import EmbeddedSea
from khazri.scenario.site import Site
from khazri.sea.basin import Basin, river_source
from khazri.sea.fields import SeaPicture, level_field, picture_of
from khazri.sea.nested import Course, run_sea
from khazri.sea.rivers import CASPIAN_RIVERS

Bounds = tuple[float, float, float, float]
Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

HOURLY: Final = 3600.0  # s, between pictures of the sea
KEPT: Final = 16  # the newest files stay
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_MAKERS: Final = (
    "sea/*.py", "sea/kernels/*.py", "geo/*.py", "inputs/basins.py", "inputs/embedded_sea.py", "inputs/coast.py", "inputs/bathymetry.py",
    "assets/coast/*.json", "assets/soundings/*.csv",
)  # fmt: skip
_RECKONERS: Final = ("numpy", "scipy", "shapely", "pyproj", "numba")


@dataclass(frozen=True)
class EmbeddedRun:
    """The sea of a site in time, on cells around it."""

    picture: SeaPicture
    notes: tuple[str, ...]

    @property
    def current(self) -> Field:
        """The mean over the depth, as the engine takes it."""
        return self.picture.current

    @property
    def fields(self) -> dict[str, Field]:
        """What the engine takes: current and level."""
        return {"current": self.picture.current, "level": level_field(self.picture)}


def run_embedded_sea(
    site: Site,
    *,
    plane: SitePlane,
    bounds: Bounds,
    wind: Field,
    start: float,
    duration: float,
    ice: Field | None = None,
) -> EmbeddedRun:
    """The sea around a site under its wind, kept from an earlier run or computed now; raises InputError in words.

    wind      at 10 m, on the site's plane; beyond its grid the nearest value blows over the rest of the basin
    start     of the run [s, Unix time], duration [s]
    """
    setting = site.environment.sea
    assert setting is not None, "asked for a sea that the site does not have"
    _check(site, wind)
    path = _place(site, setting, plane, bounds, wind=wind, ice=ice, span=(start, duration))
    picture = _read(path) if path is not None else None
    notes = _notes(setting, site, wind)
    if picture is None:
        whole = caspian(plane, level=site.water_level.value)
        fine = _fine(site, setting, plane)
        times = np.append(np.arange(0.0, duration, HOURLY), duration)
        courses = _run(setting, whole, fine, wind, ice, start=start, times=times)
        picture = picture_of(*courses, bounds=bounds, source=_source(setting))
        if path is not None:
            _keep(picture, path)
    return EmbeddedRun(picture, notes)


def _check(site: Site, wind: Field) -> None:
    where = f"site {site.ident}: environment.sea"
    beyond = next((corner for corner in site.area.ring if not is_caspian(*corner)), None)
    if beyond is not None:
        raise InputError(
            f"{where} is embedded, and the area reaches {beyond[0]:g}E {beyond[1]:g}N; expected an area within the "
            "Caspian, the only basin that is laid out, or currents from a file or the script"
        )
    strongest = float(np.hypot(wind.values[..., 0], wind.values[..., 1]).max(initial=0.0))
    if not np.isfinite(wind.values).all() or strongest > 70.0:
        raise InputError(f"{where}: the wind reaches {strongest:.0f} m/s; expected at most 70 m/s, everywhere known")


def _fine(site: Site, setting: EmbeddedSea, plane: SitePlane) -> Basin | None:
    """The nest of the shallow north, where the site has a part in it."""
    if max(latitude for _, latitude in site.area.ring) < 43.2:
        return None
    stands = [polygon_of(each.area.ring) for each in site.shoreline.types if each.kind == "reeds_marsh"]
    reeds: BaseGeometry | None = shapely.union_all(stands) if stands else None
    return northern_caspian(plane, level=site.water_level.value, spacing=setting.spacing, reeds=reeds)


def _run(
    setting: EmbeddedSea,
    whole: Basin,
    fine: Basin | None,
    wind: Field,
    ice: Field | None,
    *,
    start: float,
    times: Doubles,
) -> tuple[Course, Course | None]:
    moment = datetime.fromtimestamp(start, UTC)
    month = moment.month - 1 + (moment.day - 1) / 30.5

    def rain(basin: Basin) -> Singles:
        return river_source(basin, CASPIAN_RIVERS if setting.rivers else (), month)

    blown = _at(wind)
    covered = None if ice is None else _at(ice)
    return run_sea(
        whole,
        fine,
        lambda now, grid: (blown(now, grid)[..., 0], blown(now, grid)[..., 1]),
        times,
        source=rain,
        ice=None if covered is None else lambda now, grid: covered(now, grid)[..., 0],
        law=setting.drag,
        spin_up=setting.spin_up,
    )


def _at(field: Field) -> Callable[[float, Grid], Singles]:
    """Values (ny, nx, components) of a field at a moment on a grid; (1, 1, components) where it is the same everywhere."""
    placed: dict[Grid, Field] = {}
    last: list[tuple[float, Grid, Singles]] = []

    def at(now: float, grid: Grid) -> Singles:
        if last and last[0][:2] == (now, grid):
            return last[0][2]
        if field.grid.shape == (1, 1):
            there = field
        else:
            there = placed.setdefault(grid, placed.get(grid) or sample_places(field, grid))
        last[:] = [(now, grid, sample_times(there, np.array([now]))[0])]
        return last[0][2]

    return at


def _source(setting: EmbeddedSea) -> str:
    return f"embedded sea: depth-mean current, cells of {setting.spacing / 1000:g} km in the north, {WHOLE_SPACING / 1000:g} km elsewhere"


def _notes(setting: EmbeddedSea, site: Site, wind: Field) -> tuple[str, ...]:
    said = [
        f"current: {_source(setting)}; drag of {setting.drag.replace('_', ' and ')}, the first wind blown for "
        f"{setting.spin_up / 3600:g} h before the start",
        "current: the mean over the depth; the shear of the wind-driven profile is part of the 3 % wind drift",
        "level: the embedded sea's, above the water level of the site; what it leaves dry or floods is land or water to oil and "
        "units. Drawn land stays dry at any level, as no height of it is known; fetch and stretches of shore are those of "
        "the ordinary level",
    ]
    if site.coast.kind != "training" or site.bathymetry.kind != "training":
        said.append("sea: the basin is laid out from the training coast and depths, not from the site's own files")
    if wind.grid.shape != (1, 1):
        said.append("sea: beyond the wind's grid its nearest value blows over the rest of the basin")
    return tuple(said)


def _place(
    site: Site,
    setting: EmbeddedSea,
    plane: SitePlane,
    bounds: Bounds,
    *,
    wind: Field,
    ice: Field | None,
    span: tuple[float, float],
) -> Path | None:
    """Where the sea of these inputs is kept; None where nothing is kept."""
    chosen = os.environ.get("KHAZRI_CACHE")
    if chosen == "":
        return None
    where = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("khazri"))
    digest = hashlib.sha256()
    said = [
        setting.model_dump(mode="json"), site.water_level.model_dump(mode="json"), site.shoreline.model_dump(mode="json"),
        site.area.model_dump(mode="json"), [plane.longitude, plane.latitude], list(bounds), list(span),
        {name: version(name) for name in _RECKONERS},
    ]  # fmt: skip
    digest.update(json.dumps(said, sort_keys=True).encode())
    for field in (wind, ice):
        if field is not None:
            digest.update(
                repr(field.grid).encode() + field.times.tobytes() + np.ascontiguousarray(field.values).tobytes()
            )
    for pattern in _MAKERS:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    return where / "sea" / f"{digest.hexdigest()[:32]}.npz"


def _read(path: Path) -> SeaPicture | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            x0, y0, spacing, nx, ny = (float(each) for each in kept["grid"])
            grid = Grid(x0, y0, spacing, int(nx), int(ny))
            current = Field("current", grid, kept["times"], kept["current"], str(kept["source"]))
            return SeaPicture(current, kept["level"], kept["depth"])
    except (OSError, KeyError, ValueError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None  # absent or damaged: computed again


def _keep(picture: SeaPicture, path: Path) -> None:
    """Write beside the name and rename; a folder that cannot be written to costs only time."""
    field, grid = picture.current, picture.current.grid
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                np.savez(
                    file, times=field.times, current=field.values, level=picture.level, depth=picture.depth,
                    grid=np.array([grid.x0, grid.y0, grid.spacing, grid.nx, grid.ny]), source=np.array(field.source),
                )  # fmt: skip
            except OSError:  # a full disk
                part.unlink(missing_ok=True)
                raise
        part.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
