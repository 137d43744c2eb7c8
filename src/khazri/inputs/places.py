"""A scenario's site to its terrain: which coast, which depths, which kinds of shore; what was assumed goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from khazri.geo.bathymetry import ConstantDepth, DepthError, Depths
from khazri.geo.build import ShoreSetting, TerrainError, build_terrain, land_boxes, plane_about
from khazri.geo.plane import SitePlane
from khazri.geo.raster import LandRaster
from khazri.geo.shoreline import ShoreKind
from khazri.geo.terrain import ShoreType, Terrain
from khazri.inputs import InputError, fine_coast
from khazri.inputs.bathymetry import CASPIAN, TRAINING_SOURCE, is_caspian, read_depths, training_soundings
from khazri.inputs.coast import TRAINING_COAST, Box, cut_training_land, read_coast
from khazri.scenario.site import Site

Ring = tuple[tuple[float, float], ...]


def terrain_for(
    site: Site, *, folder: Path | None = None, roots: Sequence[Path] = (), cache_dir: Path | None = None
) -> Terrain:
    """The terrain of a scenario's site; raises `InputError` in words.

    folder     the pack's folder, which the site's files are named in
    roots      further folders in which they may lie
    cache_dir  where fine coasts are kept (default: the user's cache folder)
    """
    where = f"site {site.ident}"
    folders = ((folder or Path()), *roots)
    area = polygon_of(site.area.ring)
    if not area.is_valid or area.area == 0.0:
        raise InputError(f"{where}: area is {shapely.is_valid_reason(area)}; expected a simple polygon or box")
    plane = plane_about(area)
    near, far = land_boxes(plane, area)
    notes: list[str] = []
    attributions: list[str] = []
    land = _find_land(site, area, near, folders, cache_dir, notes=notes, attributions=attributions)
    depths = _find_depths(site, plane, near, land, folders, notes=notes, attributions=attributions)
    try:
        return build_terrain(
            plane,
            area,
            resolution=site.resolution,
            level=site.water_level.value,
            land=land,
            depths=depths,
            far_land=cut_training_land(far),
            shore=_shore(site),
            notes=notes,
            attributions=attributions,
        )
    except (TerrainError, DepthError) as error:
        raise InputError(f"{where}: {error}") from error


def coast_and_depths(
    site: Site, plane: SitePlane, near: Box, *, folders: Sequence[Path], notes: list[str], attributions: list[str]
) -> tuple[BaseGeometry | LandRaster, Depths]:
    """What is land, and what the bed is, of a site within the box `near`; what was assumed goes to `notes`."""
    area = polygon_of(site.area.ring)
    land = _find_land(site, area, near, folders, None, notes=notes, attributions=attributions)
    return land, _find_depths(site, plane, near, land, folders, notes=notes, attributions=attributions)


def file_of(site: Site, key: str, name: str, folders: Sequence[Path]) -> Path:
    """The file of that name in the first folder that has it; raises in words."""
    return _file_of(site, key, name, folders)


def polygon_of(ring: Ring) -> BaseGeometry:
    """The polygon of a ring in degrees; longitudes run on across the antimeridian."""
    run: list[tuple[float, float]] = []
    turn = 0.0
    for order, (longitude, latitude) in enumerate(ring):
        if order:
            step = longitude + turn - run[-1][0]
            turn -= 360.0 * round(step / 360.0) if abs(step) > 180.0 else 0.0
        run.append((longitude + turn, latitude))
    return shapely.Polygon(run)


def _find_land(
    site: Site,
    area: BaseGeometry,
    near: Box,
    folders: Sequence[Path],
    cache_dir: Path | None,
    *,
    notes: list[str],
    attributions: list[str],
) -> BaseGeometry | LandRaster:
    coast = site.coast
    if coast.kind == "file":
        own = read_coast(_file_of(site, "coast", coast.file, folders), near)
        notes.extend(own.notes)
        return own.land
    if coast.kind == "fine":
        kept = cache_dir or fine_coast.cache_folder()
        box: Box = area.bounds
        raster, note = fine_coast.read(fine_coast.find(box, kept) or fine_coast.build(box, kept))
        notes.append(note)
        attributions.append(fine_coast.ATTRIBUTION)
        return raster
    attributions.append(TRAINING_COAST)
    return cut_training_land(near)


def _find_depths(
    site: Site,
    plane: SitePlane,
    near: Box,
    land: BaseGeometry | LandRaster,
    folders: Sequence[Path],
    *,
    notes: list[str],
    attributions: list[str],
) -> Depths:
    depths, level = site.bathymetry, site.water_level.value
    if depths.kind == "file":
        polygons = None if isinstance(land, LandRaster) else land
        path = _file_of(site, "bathymetry", depths.file, folders)
        found, said = read_depths(path, near, plane=plane, land=polygons)
        notes.extend(said)
        return found
    if depths.kind == "constant":
        if depths.depth is None or not depths.depth > 0.0:
            raise InputError(f"site {site.ident}: bathymetry.depth is {depths.depth}; expected metres > 0")
        notes.append(f"Depths: {depths.depth:g} m everywhere, as the scenario declares")
        return ConstantDepth(depths.depth, level, "declared")
    _check_caspian(site)
    attributions.append(TRAINING_SOURCE)
    notes.append(
        "Depths: training bathymetry, not for navigation; cube roots of the soundings interpolated linearly over their "
        "triangles, falling to zero at the drawn coast at -28 m"
    )
    return training_soundings()


def _check_caspian(site: Site) -> None:
    beyond = [corner for corner in site.area.ring if not is_caspian(*corner)]
    sea = shapely.difference(polygon_of(site.area.ring), shapely.box(*CASPIAN))
    if not beyond or sea.is_empty:
        return
    wet = shapely.difference(sea, cut_training_land(sea.bounds))
    if wet.area > 1e-4:
        west, south, east, north = site.area.bounds
        raise InputError(
            f"site {site.ident}: area {west:g} to {east:g} E, {south:g} to {north:g} N has sea beyond the "
            "Caspian, where there is no training bathymetry; expected `bathymetry:` to name a NetCDF or GeoJSON "
            "file of the pack, or one depth"
        )


def _file_of(site: Site, key: str, name: str | None, folders: Sequence[Path]) -> Path:
    if name is None:
        raise InputError(f"site {site.ident}: {key}.file is missing; expected the name of a file in the pack's folder")
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if found is None:
        where = " or ".join(str(folder) for folder in folders)
        raise InputError(f"site {site.ident}: {key} is {name}: no such file in {where}")
    return found


def _shore(site: Site) -> ShoreSetting:
    kinds = tuple(
        ShoreKind(ShoreType[entry.kind.upper()], polygon_of(entry.area.ring)) for entry in site.shoreline.types
    )
    return ShoreSetting(ShoreType[site.shoreline.default.upper()], kinds)
