"""From a pack to what the engine takes: terrain, fields, oils and releases of every site, and words on each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from khazri.engine.fields import Field
from khazri.engine.numerics import Numerics
from khazri.engine.release import Release
from khazri.engine.site import SiteInputs
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import Terrain
from khazri.inputs.forecasting import forecaster_of
from khazri.inputs.packs import input_hashes, oil_of, pack_hash, read_pack
from khazri.inputs.terrain_cache import terrain_of
from khazri.oils import Oil, OilError, weathering_table
from khazri.report.values import FieldOrigin, Note, ReportedRelease, ValuedPlace, WindSeries
from khazri.runs.checks import terrain_faults
from khazri.runs.environment import site_fields
from khazri.runs.progress import Progress, Silence
from khazri.runs.refusal import RunRefused
from khazri.scenario.faults import PackFaults
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site
from khazri.sea.fields import SeaPicture
from khazri.sea.forecast import Forecaster
from khazri.simulation.place import Place

TRAINING = "training bathymetry"


@dataclass(frozen=True)
class PreparedSite:
    """One site, ready to be stepped and to be reported."""

    site: Site
    inputs: SiteInputs
    places: tuple[ValuedPlace, ...]
    releases: tuple[ReportedRelease, ...]
    wind: WindSeries | None
    notes: tuple[Note, ...]
    forecaster: Forecaster | None = None  # of what players are told of the weather to come
    fields: tuple[FieldOrigin, ...] = ()
    sea: SeaPicture | None = None  # as planned; None: it is not computed

    @property
    def terrain(self) -> Terrain:
        """Of the site."""
        return self.inputs.terrain

    @property
    def station(self) -> tuple[float, float]:
        """The place on the plane [m] for which the weather is told: the first release, or mid-site."""
        if self.inputs.releases:
            x, y = self.inputs.releases[0].vertices.mean(axis=0)
            return float(x), float(y)
        west, south, east, north = self.terrain.grid.bounds
        return 0.5 * (west + east), 0.5 * (south + north)


@dataclass(frozen=True)
class Prepared:
    """All that a run needs, and what its record says of it."""

    pack: Pack
    pack_hash: str
    input_hashes: dict[str, str]
    numerics: Numerics
    sites: tuple[PreparedSite, ...]
    roots: tuple[Path, ...]

    @property
    def steps(self) -> int:
        """Steps from the pack's start to its end."""
        return self.pack.steps

    @property
    def world_places(self) -> tuple[Place, ...]:
        """The places of all sites, as the simulation watches them."""
        return tuple(
            Place(place.ident, prepared.site.ident, place.vertices, place.radius, place.weight)
            for prepared in self.sites
            for place in prepared.places
        )


def prepare(
    source: Pack | Path | str,
    *,
    seed: int | None = None,
    particles: int | None = None,
    threads: int | None = None,
    until: datetime | None = None,
    roots: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Prepared:
    """Read, check and build everything before the first step; raises with all faults together."""
    progress = progress or Silence()
    progress.phase("reading", 0.0)
    pack = source if isinstance(source, Pack) else read_pack(Path(source), roots=roots)
    hashes = input_hashes(pack, roots=roots)
    digest = pack_hash(pack, roots=roots)
    if until is not None:
        if until <= pack.start:
            raise RunRefused(f"until is {until.isoformat()}; expected a time after the start, {pack.start.isoformat()}")
        pack = pack.model_copy(update={"end": until})
    numerics = choose_numerics(pack, seed=seed, particles=particles, threads=threads)
    progress.phase("reading", 1.0)
    folder = None if pack.folder is None else Path(pack.folder)
    terrains: list[Terrain] = []
    for index, site in enumerate(pack.sites):
        progress.phase("terrain", index / len(pack.sites), site.ident)
        terrains.append(terrain_of(site, folder=folder, roots=tuple(roots)))
    progress.phase("terrain", 1.0)
    faults = terrain_faults(pack, tuple(terrains))
    if faults:
        raise PackFaults(faults)
    sites = []
    for index, (site, terrain) in enumerate(zip(pack.sites, terrains, strict=True)):
        progress.phase("forcing", index / len(pack.sites), site.ident)
        sites.append(_prepare_site(pack, site, terrain, numerics, roots=tuple(roots), progress=progress))
    progress.phase("forcing", 1.0)
    return Prepared(pack, digest, hashes, numerics, tuple(sites), tuple(roots))


def choose_numerics(pack: Pack, *, seed: int | None, particles: int | None, threads: int | None) -> Numerics:
    """The pack's numerics with what was asked for in its place; threads: all cores where nobody says."""
    numerics = pack.numerics.to_engine()
    if threads is None and "threads" not in pack.numerics.model_fields_set:
        threads = os.cpu_count() or 1  # they change the speed and no result
    asked = {"seed": (seed, 0), "particles": (particles, 1), "threads": (threads, 1)}
    changes: dict[str, int] = {}
    for name, (value, least) in asked.items():
        if value is None:
            continue
        if value < least:
            raise RunRefused(f"{name} is {value}; expected {least} or more")
        changes[name] = value
    return replace(numerics, **changes)  # type: ignore[arg-type]


def _prepare_site(
    pack: Pack, site: Site, terrain: Terrain, numerics: Numerics, *, roots: tuple[Path, ...], progress: Progress
) -> PreparedSite:
    notes = [Note("pack", text) for text in (*pack.notes, *_not_played(pack))]
    notes += [Note("terrain", text) for text in terrain.notes]
    found = site_fields(pack, site, terrain, roots=roots, progress=progress)
    notes += [Note("environment", text) for text in found.notes]
    idents = list(dict.fromkeys(release.oil for release in site.releases))
    oils = tuple(find_oil(pack, ident) for ident in idents)
    for oil in oils:
        notes += [Note("oil", f"{oil.name}: {text}") for text in oil.notes]
        if oil.proxy_for:
            notes.append(Note("oil", f"{oil.name} stands in for {oil.proxy_for}, of which no public record exists"))
    releases = tuple(_release(site, index, oils, idents, terrain.plane) for index in range(len(site.releases)))
    inputs = SiteInputs(
        ident=site.ident,
        terrain=terrain,
        fields=found.fields,
        releases=releases,
        oils=oils,
        tables=tuple(weathering_table(oil) for oil in oils),
        numerics=numerics,
        sea=found.sea,
    )
    reported = tuple(
        ReportedRelease(r.ident, oils[r.oil].name, r.mass, r.start, r.end, r.vertices, r.depth) for r in releases
    )
    wind = wind_at(found.fields, releases)
    made = PreparedSite(
        site,
        inputs,
        _places(site, terrain.plane),
        reported,
        wind,
        tuple(notes),
        fields=tuple(FieldOrigin(u.field, u.kind, u.source, u.files, u.fallback, u.shares) for u in found.used),
        sea=found.picture,
    )
    forecaster = forecaster_of(pack, site, plane=terrain.plane, bounds=terrain.grid.bounds)
    if forecaster is not None:
        notes.append(Note("environment", forecaster.words))
    return replace(made, notes=tuple(notes), forecaster=forecaster)


def find_oil(pack: Pack, ident: str) -> Oil:
    """An oil of the pack or of the catalogue."""
    try:
        return oil_of(pack, ident)
    except OilError as error:
        raise RunRefused(str(error)) from error


def _release(site: Site, index: int, oils: tuple[Oil, ...], idents: list[str], plane: SitePlane) -> Release:
    release = site.releases[index]
    oil = idents.index(release.oil)
    mass = release.total_mass
    if mass is None:
        assert release.volume is not None, "a release has a mass, a volume or a rate"
        mass = release.volume * oils[oil].density
    ring = np.asarray(release.vertices, np.float64)
    times, shares = release.rate_times, release.rate_shares
    return Release(
        ident=release.ident,
        oil=oil,
        mass=float(mass),
        start=release.start_seconds,
        end=release.end_seconds,
        shape=release.shape,
        vertices=np.column_stack(plane.to_plane(ring[:, 0], ring[:, 1])),
        depth=release.depth,
        radius=release.radius,
        rate_times=None if times is None else np.asarray(times, np.float64),
        rate_shares=None if shares is None else np.asarray(shares, np.float64),
    )


def _places(site: Site, plane: SitePlane) -> tuple[ValuedPlace, ...]:
    made = []
    for place in site.places:
        points = place.ring if place.ring is not None else ((place.point.lon, place.point.lat),) if place.point else ()
        ring = np.asarray(points, np.float64)
        vertices = np.column_stack(plane.to_plane(ring[:, 0], ring[:, 1]))
        radius = 0.0 if place.ring is not None else place.radius
        made.append(ValuedPlace(place.ident, names_of(place.name), vertices, radius, place.weight))
    return tuple(made)


def names_of(text: object) -> dict[str, str]:
    """A pack's text in several languages as a plain dictionary."""
    if text is None:
        return {}
    if isinstance(text, str):
        return {"en": text}
    said = text.model_dump() if hasattr(text, "model_dump") else dict(text)  # type: ignore[call-overload]
    return {str(language): str(words) for language, words in said.items() if words}


def wind_at(fields: dict[str, Field], releases: tuple[Release, ...]) -> WindSeries | None:
    """The wind at the first release, at the field's own times; nothing without wind."""
    field = fields.get("wind")
    if field is None or not releases:
        return None
    x, y = releases[0].vertices.mean(axis=0)
    grid = field.grid
    column = int(np.clip(round((x - grid.x0) / grid.spacing), 0, grid.nx - 1))
    row = int(np.clip(round((y - grid.y0) / grid.spacing), 0, grid.ny - 1))
    series = field.values[:, row, column, :].astype(np.float64)
    return WindSeries(field.times.copy(), series[:, 0].copy(), series[:, 1].copy())


def _not_played(pack: Pack) -> tuple[str, ...]:
    """What a run without players leaves out of a pack, in words."""
    sections = ("cells", "injects", "objectives") if pack.response else ("cells", "inventory", "injects", "objectives")
    parts = [name for name in sections if getattr(pack, name)]
    if not parts:
        return ()
    return (f"{', '.join(parts)}: for an exercise with players; this run has none, and no unit acts in it",)
