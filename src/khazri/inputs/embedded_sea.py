"""The embedded sea of a site: its basin laid out, run under the site's wind, and kept by what went into it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import platformdirs
import shapely
from shapely.geometry.base import BaseGeometry

from khazri.engine.fields import Field, when_differs
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.basins import WHOLE_SPACING, Beds, caspian, northern_caspian, own_basin
from khazri.inputs.bathymetry import is_caspian
from khazri.inputs.places import polygon_of
from khazri.inputs.scripted import sample_places, sample_times
from khazri.inputs.sea_edges import edge_of
from khazri.physics.target import TARGET
from khazri.scenario.sea import BedArea, EmbeddedSea
from khazri.scenario.site import Site
from khazri.sea.basin import PLAIN, REEDS, Basin, river_source
from khazri.sea.boundary import Edge
from khazri.sea.circulation import Scheme, stable_step, still
from khazri.sea.fields import SeaPicture, level_field, picture_of
from khazri.sea.nested import Trail, follow_sea
from khazri.sea.rivers import CASPIAN_RIVERS

Bounds = tuple[float, float, float, float]
Singles = npt.NDArray[np.float32]
Drivers = Mapping[str, Field | None]  # wind, ice, pressure

HOURLY: Final = 3600.0  # s, between pictures of the sea
KEPT: Final = 16  # the newest files stay
SEAS_KEPT: Final = 2  # in memory, from which one under another wind goes on
WINDS_KEPT: Final = 2  # of each: the planned wind, and the last one ordered
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_MAKERS: Final = (
    "sea/*.py", "sea/kernels/*.py", "geo/*.py", "physics/stress.py", "inputs/basins.py", "inputs/embedded_sea.py", "inputs/coast.py",
    "inputs/bathymetry.py", "inputs/places.py", "inputs/sea_edges.py", "inputs/sea_files.py", "inputs/scripted.py", "inputs/overlays.py",
    "assets/coast/*.json", "assets/soundings/*.csv",
)  # fmt: skip
_RECKONERS: Final = ("numpy", "scipy", "shapely", "pyproj", "numba", "llvmlite", "xarray")
FASTEST_WIND: Final = 70.0  # m s-1
PRESSURES: Final = (85_000.0, 109_000.0)  # Pa, beyond what has been measured at the level of the sea
# Manning's n [s m-1/3]: of open channels of such beds, rounded (Chow 1959); reeds and plain as in khazri.sea.basin
MANNING: Final = {"plain": PLAIN, "mud": 0.020, "sand": 0.025, "gravel": 0.030, "rock": 0.040, "reeds": REEDS}


# name of a sea -> the winds under which it was run, and what it left; what it spares is time, never a bit
_TRAILS: Final[dict[str, tuple[tuple[Field, Trail], ...]]] = {}
_LEAVING: Final = threading.Lock()


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
    pressure: Field | None = None,
    folders: Sequence[Path] = (),
) -> EmbeddedRun:
    """The sea around a site under its wind, kept from an earlier run or computed now; raises InputError in words.

    wind      at 10 m, on the site's plane; beyond its grid the nearest value blows over the rest of the basin
    start     of the run [s, Unix time], duration [s]
    folders   in which the site's files lie: the pack's first
    """
    setting = site.environment.sea
    assert setting is not None, "asked for a sea that the site does not have"
    _check(site, setting, wind, pressure)
    others: Drivers = {"ice": ice, "pressure": pressure}
    name = _name(site, setting, plane, bounds, drivers=others, span=(start, duration), folders=folders)
    path = None if name is None else _place(name, wind)
    kept = _read(path) if path is not None else None
    if kept is None:
        drivers = {"wind": wind, **others}
        kept = _compute(
            site, setting, plane, bounds, drivers=drivers, span=(start, duration), folders=folders, name=name
        )
        if path is not None:
            _keep(kept, path)
    return kept


def is_own(site: Site, setting: EmbeddedSea) -> bool:
    """Whether the basin is the site's own area, not the whole Caspian."""
    if setting.basin is not None:
        return setting.basin == "site"
    return not all(is_caspian(*corner) for corner in site.area.ring)


def _check(site: Site, setting: EmbeddedSea, wind: Field, pressure: Field | None) -> None:
    """Everything that can be found wrong before the basin is laid out, together."""
    where = f"site {site.ident}: environment.sea"
    faults = []
    if not is_own(site, setting):
        beyond = next((corner for corner in site.area.ring if not is_caspian(*corner)), None)
        if beyond is not None:
            faults.append(
                f"{where} is embedded, and the area reaches {beyond[0]:g}E {beyond[1]:g}N; expected an area within the "
                "Caspian, or `basin: site` with depths of the site's own"
            )
        if not 1_000.0 <= setting.spacing <= 8_000.0:
            faults.append(f"{where}.spacing is {setting.spacing:g} m; expected 1 to 8 km for the Caspian")
        if "boundary" in setting.model_fields_set and setting.boundary:
            faults.append(f"{where}.boundary: the Caspian is closed; expected no boundary, or `basin: site`")
    elif site.bathymetry.kind == "training" and not all(is_caspian(*corner) for corner in site.area.ring):
        faults.append(
            f"{where} is embedded in an area beyond the Caspian, of which there are no training depths; expected "
            "`bathymetry:` to name a file of the pack, or one depth"
        )
    if not np.isfinite(wind.values).all():
        faults.append(f"{where}: the wind is unknown at some places or times; expected a wind everywhere")
    elif (strongest := float(np.hypot(wind.values[..., 0], wind.values[..., 1]).max(initial=0.0))) > FASTEST_WIND:
        faults.append(
            f"{where}: the wind reaches {strongest:.0f} m/s; expected at most {FASTEST_WIND:g} m/s, else the unit is wrong"
        )
    if pressure is not None:
        low, high = float(pressure.values.min()), float(pressure.values.max())
        if not (PRESSURES[0] <= low and high <= PRESSURES[1]):
            faults.append(
                f"{where}: the pressure of the air is {low:g} to {high:g} Pa; expected {PRESSURES[0]:,.0f} to "
                f"{PRESSURES[1]:,.0f} Pa, else the unit is wrong"
            )
    if faults:
        raise InputError("\n".join(faults))


def _compute(
    site: Site,
    setting: EmbeddedSea,
    plane: SitePlane,
    bounds: Bounds,
    *,
    drivers: Drivers,
    span: tuple[float, float],
    folders: Sequence[Path],
    name: str | None,
) -> EmbeddedRun:
    start, duration = span
    times = np.append(np.arange(0.0, duration, HOURLY), duration)
    stands = [polygon_of(each.area.ring) for each in site.shoreline.types if each.kind == "reeds_marsh"]
    reeds: BaseGeometry | None = shapely.union_all(stands) if stands else None
    beds = tuple((polygon_of(each.area.ring), _manning(each)) for each in setting.bed)
    own = is_own(site, setting)
    if own:
        whole, said = own_basin(
            site, plane, spacing=setting.spacing, folders=folders, closed=not setting.boundary, reeds=reeds, beds=beds
        )
        fine = None
        covered = (-setting.spin_up, duration)
        edge = edge_of(site, setting.boundary, whole, folders=folders, start=start, span=covered)
    else:
        whole, said, edge = caspian(plane, level=site.water_level.value), (), None
        fine = _fine(site, setting, plane, reeds, beds)
    scheme, hurried = _scheme(setting, whole, fine, open_edge=edge is not None)
    moment = datetime.fromtimestamp(start, UTC)
    month = moment.month - 1 + (moment.day - 1) / 30.5
    rivers = CASPIAN_RIVERS if setting.rivers and is_caspian(plane.longitude, plane.latitude) else ()
    wind, ice, pressure = (None if each is None else _at(each) for each in drivers.values())
    assert wind is not None, "no sea without a wind"
    blowing = drivers["wind"]
    assert blowing is not None
    earlier, until = _trail_of(name, blowing)
    trail = follow_sea(
        whole,
        fine,
        lambda now, grid: (wind(now, grid)[..., 0], wind(now, grid)[..., 1]),
        times,
        source=lambda basin: river_source(basin, rivers, month),
        ice=None if ice is None else lambda now, grid: ice(now, grid)[..., 0],
        law=setting.drag,
        spin_up=setting.spin_up,
        scheme=scheme,
        pressure=None if pressure is None else lambda now, grid: pressure(now, grid)[..., 0],
        edge=edge,
        earlier=earlier,
        until=until,
    )
    _leave(name, blowing, trail)
    picture = picture_of(*trail.courses, bounds=bounds, source=_source(setting, own=own))
    unsound = not np.isfinite(picture.current.values).all()
    if unsound:
        raise InputError(f"site {site.ident}: environment.sea: the sea did not stay finite; expected a shorter `step`")
    return EmbeddedRun(picture, (*_notes(site, setting, drivers["wind"], edge=edge), *said, *hurried))


def _manning(area: BedArea) -> float:
    return area.manning if area.manning is not None else MANNING[area.kind or "plain"]


def _fine(site: Site, setting: EmbeddedSea, plane: SitePlane, reeds: BaseGeometry | None, beds: Beds) -> Basin | None:
    """The nest of the shallow north, where the site has a part in it."""
    if max(latitude for _, latitude in site.area.ring) < 43.2:
        return None
    return northern_caspian(plane, level=site.water_level.value, spacing=setting.spacing, reeds=reeds, beds=beds)


def _scheme(
    setting: EmbeddedSea, whole: Basin, fine: Basin | None, *, open_edge: bool
) -> tuple[Scheme, tuple[str, ...]]:
    """How it is reckoned; a step that would be unstable is shortened, and that is said."""
    scheme = Scheme(renewed=min(1800.0, 0.9 * whole.grid.spacing), radiates=open_edge)
    if setting.step is None:
        return scheme, ()
    stable = min(stable_step(still(basin.bed, basin.level, scheme)) for basin in (whole, fine) if basin is not None)
    if setting.step <= stable:
        return replace(scheme, dt=setting.step), ()
    words = f"sea: a step of {setting.step:g} s would be unstable; {stable:.1f} s, which is stable, is used"
    return replace(scheme, dt=stable), (words,)


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


def _source(setting: EmbeddedSea, *, own: bool) -> str:
    if own:
        return f"embedded sea: depth-mean current, cells of {setting.spacing / 1000:g} km over the site's own area"
    return f"embedded sea: depth-mean current, cells of {setting.spacing / 1000:g} km in the north, {WHOLE_SPACING / 1000:g} km elsewhere"


def _notes(site: Site, setting: EmbeddedSea, wind: Field | None, *, edge: Edge | None) -> tuple[str, ...]:
    own = is_own(site, setting)
    said = [
        f"current: {_source(setting, own=own)}; drag of {setting.drag.replace('_', ' and ')}, the first wind blown for "
        f"{setting.spin_up / 3600:g} h before the start",
        "current: the mean over the depth; the shear of the wind-driven profile is part of the 3 % wind drift",
        "level: the embedded sea's, above the water level of the site; what it leaves dry or floods is land or water to oil and "
        "units. Drawn land stays dry at any level, as no height of it is known; fetch and stretches of shore are those of "
        "the ordinary level",
    ]
    if not own and (site.coast.kind != "training" or site.bathymetry.kind != "training"):
        said.append(
            "sea: the basin is laid out from the training coast and depths, not from the site's own files (`basin: site` would)"
        )
    if own:
        said.append(_edge_words(setting, edge))
        if not all(is_caspian(*corner) for corner in site.area.ring):
            said.append("sea: no rivers enter it: only those of the Caspian are known")
    if not own and wind is not None and wind.grid.shape != (1, 1):
        said.append("sea: beyond the wind's grid its nearest value blows over the rest of the basin")
    return tuple(said)


def _edge_words(setting: EmbeddedSea, edge: Edge | None) -> str:
    if edge is None:
        return "sea: the basin is closed at the edge of the site's area"
    stiff = int(edge.stiff.sum())
    parts = [
        words
        for words, there in (
            ("levels of the pack", any(each.level for each in setting.boundary)),
            ("gauges", any(each.gauge for each in setting.boundary)),
            (
                "tides by date, amplitude and Greenwich phase",
                any(each.tide or each.constituents for each in setting.boundary),
            ),
        )
        if there
    ]
    given = " and ".join(parts) or "the water level of the site"
    return (
        f"sea: open at {edge.stiff.size} cells of the edge, with {given}; {stiff} of them stand at that level, "
        f"{edge.stiff.size - stiff} let waves out (Flather 1976). Winds beyond the area have no part in it"
    )


def _trail_of(name: str | None, wind: Field) -> tuple[Trail | None, float]:
    """A sea that was run here lately under the same but for the wind, and until when its wind was the same [s]."""
    left = _TRAILS.get(name or "", ())
    found = [
        (np.inf if moment is None else moment, trail) for was, trail in left for moment in (when_differs(was, wind),)
    ]
    until, trail = max(found, key=lambda each: each[0], default=(-np.inf, None))
    return trail, until


def _leave(name: str | None, wind: Field, trail: Trail) -> None:
    """For the next one; seas that were run long ago are forgotten."""
    if name is None:
        return
    with _LEAVING:
        left = _TRAILS.pop(name, ())
        _TRAILS[name] = (*left[-WINDS_KEPT + 1 :], (wind, trail))
        for old in list(_TRAILS)[:-SEAS_KEPT]:
            del _TRAILS[old]


def _name(
    site: Site,
    setting: EmbeddedSea,
    plane: SitePlane,
    bounds: Bounds,
    *,
    drivers: Drivers,
    span: tuple[float, float],
    folders: Sequence[Path],
) -> str | None:
    """A hash of all that goes into a sea but its wind; None where something that goes into it has none."""
    if site.coast.kind == "fine":  # a fine coast is kept by itself
        return None
    digest = hashlib.sha256()
    settings = (setting, site.water_level, site.shoreline, site.area, site.coast, site.bathymetry)
    said = [
        *(each.model_dump(mode="json") for each in settings), [plane.longitude, plane.latitude], list(bounds), list(span),
        {name: version(name) for name in _RECKONERS}, TARGET,
    ]  # fmt: skip
    digest.update(json.dumps(said, sort_keys=True).encode())
    for name, field in drivers.items():
        digest.update(name.encode() + _bytes_of(field))
    for pattern in _MAKERS:
        for file in sorted(_PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    names = [site.coast.file, site.bathymetry.file]
    names += [name for edge in setting.boundary for name in (edge.gauge, edge.constituents)]
    for name in filter(None, names):
        found = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if found is None:
            return None  # the fault is said where the file is read
        digest.update(name.encode() + found.read_bytes())
    return digest.hexdigest()


def _bytes_of(field: Field | None) -> bytes:
    if field is None:
        return b""
    return repr(field.grid).encode() + field.times.tobytes() + np.ascontiguousarray(field.values).tobytes()


def _place(name: str, wind: Field) -> Path | None:
    """Where the sea of that name under a wind is kept; None where nothing is kept."""
    chosen = os.environ.get("KHAZRI_CACHE")
    if chosen == "":
        return None
    where = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("khazri"))
    return where / "sea" / f"{hashlib.sha256(name.encode() + _bytes_of(wind)).hexdigest()[:32]}.npz"


def _read(path: Path) -> EmbeddedRun | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            x0, y0, spacing, nx, ny = (float(each) for each in kept["grid"])
            grid = Grid(x0, y0, spacing, int(nx), int(ny))
            current = Field("current", grid, kept["times"], kept["current"], str(kept["source"]))
            picture = SeaPicture(current, kept["level"], kept["depth"])
            return EmbeddedRun(picture, tuple(json.loads(str(kept["notes"]))))
    except (OSError, KeyError, ValueError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None  # absent or damaged: computed again


def _keep(run: EmbeddedRun, path: Path) -> None:
    """Write beside the name and rename; a folder that cannot be written to costs only time."""
    picture, field, grid = run.picture, run.picture.current, run.picture.current.grid
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                np.savez(
                    file, times=field.times, current=field.values, level=picture.level, depth=picture.depth,
                    grid=np.array([grid.x0, grid.y0, grid.spacing, grid.nx, grid.ny]), source=np.array(field.source),
                    notes=np.array(json.dumps(run.notes)),
                )  # fmt: skip
            except OSError:  # a full disk
                part.unlink(missing_ok=True)
                raise
        part.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
