"""`report.html`: one file that works offline, with the map, the budget and every table inside."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.frame import Frame
from khazri.engine.owners import Status
from khazri.geo.plane import SitePlane
from khazri.geo.terrain import LAND, OUTSIDE, Terrain
from khazri.report.chart import MINUTES, degrees, land_outline, view_extent
from khazri.report.measures import Measures, OiledSegment, PlaceOutcome
from khazri.report.packing import packed
from khazri.report.sea_page import fields_payload, sea_payload
from khazri.report.tables import OWNER_NAMES
from khazri.report.units import units_payload
from khazri.report.values import BAOAC_LIMITS, LANGUAGES, RunOutcome, SiteOutcome, appearance, mariner, pick
from khazri.report.words import catalogue

POINTS: Final = 3000  # particles drawn in the page
FRAMES: Final = 97
LATTICE: Final = 33  # positions per side from which the page interpolates longitude and latitude
DEPTH_CELLS: Final = 160_000
HIDDEN: Final = 255
CODE_OF: Final = {
    Status.ASHORE: 6,
    Status.IN_ICE: 7,
    Status.OVERWASHED: 8,
    Status.SUBMERGED: 8,
    Status.ON_BED: 9,
    Status.LEFT_DOMAIN: HIDDEN,
    Status.SPENT: HIDDEN,
    Status.NOT_YET_RELEASED: HIDDEN,
}


def write_page(
    path: Path, run: RunOutcome, measures: Sequence[Measures], *, summary: Mapping[str, Any], language: str = "en"
) -> None:
    """Write the page of all sites of a run."""
    payload = {
        "titles": dict(run.titles) or {"en": run.name},
        "purposes": dict(run.purposes),
        "start": int(run.start.timestamp() * 1000),
        "language": language,
        "languages": {each: dict(catalogue(each)) for each in LANGUAGES},
        "owners": list(OWNER_NAMES),
        "parties": [{"names": dict(names), "zone": zone} for names, zone in run.parties],
        "sites": [site_payload(site, each) for site, each in zip(run.sites, measures, strict=True)],
        "record": record_rows(run, summary),
    }
    text = (
        json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        .replace("</", "<\\/")
        .replace("<!--", "<\\!--")
    )
    parts = files("khazri.report") / "page"

    def read(name: str) -> str:
        return (parts / name).read_text(encoding="utf-8")

    page = read("page.html").replace("@@title@@", html.escape(f"EXERCISE: {pick(run.titles, language, run.name)}"))
    page = page.replace("@@style@@", read("page.css"))
    page = page.replace("@@script@@", "\n".join(read(name) for name in ("map.js", "sea.js", "budget.js", "app.js")))
    path.write_text(page.replace("@@payload@@", text), encoding="utf-8")


def site_payload(site: SiteOutcome, measures: Measures) -> dict[str, Any]:
    """Everything the page shows of one site."""
    count = len(site.frames)
    chosen = np.unique(np.linspace(0, count - 1, min(count, FRAMES)).astype(int))
    view = view_extent(site, measures.extent, aspect=1.55)
    plane = site.terrain.plane
    box = frame_box(site.terrain.grid.bounds, view)
    centre = measures.centre[chosen]
    film = measures.grids.film[chosen]
    cell = measures.grids.grid.spacing**2 / 1e6
    cover = np.where(film >= BAOAC_LIMITS[0], measures.grids.cover[chosen], 0.0)
    surface = (measures.grids.mass[chosen] > 0).any(axis=(1, 2))
    return {
        "ident": site.ident,
        "names": dict(site.names) or {"en": site.ident},
        "not_for_navigation": site.not_for_navigation,
        "view": rounded(view),
        "box": rounded(box),
        "times": [float(t) for t in measures.times[chosen]],
        "budget": np.round(measures.budget[chosen], 2).tolist(),
        "released": np.round(measures.released[chosen], 2).tolist(),
        "centre": [describe_position(plane, x, y) for x, y in centre],
        "area": np.round(cover.sum(axis=(1, 2)) * cell, 4).tolist(),
        "film": [round(float(f.max()) * 1e6, 3) if on else 0.0 for f, on in zip(film, surface, strict=True)],
        "wind": wind_payload(site),
        "weather": weather_payload(site, measures.times[chosen]),
        "sea": sea_payload(site),
        "fields": fields_payload(site),
        "particles": particle_payload(site, chosen, measures.extent),
        "land": land_payload(site.terrain),
        "depth": depth_payload(site.terrain),
        "arrival": arrival_payload(measures),
        "graticule": graticule(plane, box),
        "lattice": lattice(plane, box),
        "places": [place_payload(outcome) for outcome in sorted(measures.places, key=lambda row: -row.place.weight)],
        "releases": [
            {
                "ident": r.ident,
                "oil": r.oil,
                "mass": r.mass,
                "x": float(r.vertices[:, 0].mean()),
                "y": float(r.vertices[:, 1].mean()),
            }
            for r in site.releases
        ],
        "shore": [shore_payload(plane, row) for row in sorted(measures.shore, key=lambda row: (-row.oil, row.segment))],
        "notes": [{"topic": note.topic, "text": note.text} for note in site.notes],
        "attributions": list(site.attributions),
        "response": units_payload(site, measures.times[chosen]) if site.units else None,
    }


def rounded(values: Sequence[float]) -> list[float]:
    """Metres without decimals."""
    return [round(float(value)) for value in values]


def frame_box(
    bounds: tuple[float, float, float, float], view: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The site's bounds, widened to hold the first view."""
    return min(bounds[0], view[0]), min(bounds[1], view[1]), max(bounds[2], view[2]), max(bounds[3], view[3])


def describe_position(plane: SitePlane, x: float, y: float) -> str:
    """Mariner's position, or nothing where there is none."""
    if not np.isfinite(x):
        return ""
    lon, lat = plane.to_geographic(x, y)
    return mariner(float(lon), float(lat))


def particle_payload(
    site: SiteOutcome, chosen: npt.NDArray[Any], extent: tuple[float, float, float, float]
) -> dict[str, Any]:
    """The same evenly chosen particles at every frame, in 16 bits a coordinate."""
    frames = [site.frames[int(index)] for index in chosen]
    total = int(max(int(frame.ident.max(initial=0)) + 1 for frame in frames))
    stride = -(-total // POINTS)
    count = -(-total // stride)
    west, south, east, north = extent
    wide, high = max(east - west, 1.0), max(north - south, 1.0)
    x, y = np.zeros((len(frames), count), "<u2"), np.zeros((len(frames), count), "<u2")
    code = np.full((len(frames), count), HIDDEN, np.uint8)
    for row, frame in enumerate(frames):
        picked = frame.ident % stride == 0
        where = frame.ident[picked] // stride
        x[row, where] = np.clip((frame.x[picked] - west) / wide * 65535.0, 0, 65535)
        y[row, where] = np.clip((frame.y[picked] - south) / high * 65535.0, 0, 65535)
        code[row, where] = point_codes(frame)[picked]
    return {"count": count, "stride": stride, "box": list(extent), "x": packed(x), "y": packed(y), "code": packed(code)}


def point_codes(frame: Frame) -> npt.NDArray[np.uint8]:
    """0-5 appearance of a film, then what is not a film (see CODE_OF)."""
    codes = appearance(frame.thickness)
    for status, code in CODE_OF.items():
        codes[frame.status == status] = code
    return codes


def land_payload(terrain: Terrain) -> dict[str, Any]:
    """Land's rings in whole metres."""
    land = shapely.simplify(land_outline(terrain), 0.35 * terrain.grid.spacing)
    rings = [
        np.asarray(ring.coords)
        for part in shapely.get_parts(land)
        if isinstance(part, shapely.Polygon)
        for ring in (part.exterior, *part.interiors)
        if len(ring.coords) >= 4
    ]
    points = np.concatenate(rings) if rings else np.empty((0, 2))
    return {"lengths": [len(ring) for ring in rings], "points": packed(np.round(points).astype("<i4"))}


def depth_payload(terrain: Terrain) -> dict[str, Any]:
    """Depth in whole metres up to 200; 254 land, 255 beyond the site."""
    grid = terrain.grid
    every = max(1, int(np.ceil(np.sqrt(grid.nx * grid.ny / DEPTH_CELLS))))
    depth = np.clip(np.round(terrain.depth), 0, 200).astype(np.uint8)
    depth[terrain.surface == LAND] = 254
    depth[terrain.surface == OUTSIDE] = 255
    depth = depth[every // 2 :: every, every // 2 :: every]
    west, south, _, _ = grid.bounds
    return {
        "nx": depth.shape[1],
        "ny": depth.shape[0],
        "x": west,
        "y": south,
        "spacing": grid.spacing * every,
        "classes": packed(depth),
    }


def arrival_payload(measures: Measures) -> dict[str, Any]:
    """When oil first came, in up to 254 steps; 0 never."""
    grid, first = measures.grids.grid, measures.grids.first_arrival
    unit = max(float(measures.times[-1]) / 253.0, 1.0)
    hours = np.where(np.isnan(first), 0.0, np.floor(np.nan_to_num(first) / unit) + 1.0).astype(np.uint8)
    west, south, _, _ = grid.bounds
    return {
        "nx": grid.nx,
        "ny": grid.ny,
        "x": west,
        "y": south,
        "spacing": grid.spacing,
        "unit": unit,
        "hours": packed(hours),
    }


def graticule(plane: SitePlane, box: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """Meridians and parallels at several spacings, as polylines on the plane."""
    x, y = np.meshgrid(np.linspace(box[0], box[2], 9), np.linspace(box[1], box[3], 9))
    lon, lat = plane.to_geographic(x, y)
    sets = []
    for minutes in MINUTES:
        step = minutes / 60.0
        counts = np.ptp(lon) / step + np.ptp(lat) / step
        if counts > 160:
            continue
        lines = []
        for axis, (values, along) in enumerate(((lon, lat), (lat, lon))):
            for value in np.arange(np.floor(values.min() / step), np.ceil(values.max() / step) + 1) * step:
                run = np.linspace(along.min(), along.max(), 13)
                fixed = np.full(13, value)
                px, py = plane.to_plane(*((fixed, run) if axis == 0 else (run, fixed)))
                points = np.column_stack((px, py)).round().astype(int).ravel().tolist()
                lines.append({"axis": axis, "label": degrees(float(value), "NS" if axis else "EW"), "p": points})
        sets.append({"minutes": minutes, "lines": lines})
    return sets


def lattice(plane: SitePlane, box: tuple[float, float, float, float]) -> dict[str, Any]:
    """Longitude and latitude on a coarse lattice over the box."""
    x, y = np.meshgrid(np.linspace(box[0], box[2], LATTICE), np.linspace(box[1], box[3], LATTICE))
    lon, lat = plane.to_geographic(x, y)
    return {"n": LATTICE, "lon": lon.round(5).ravel().tolist(), "lat": lat.round(5).ravel().tolist()}


def weather_payload(site: SiteOutcome, times: npt.NDArray[np.float64]) -> list[dict[str, Any]] | None:
    """What a station at the first release would tell beside the wind, at each time; only what is known."""
    if site.weather is None:
        return None
    told = []
    for now in map(site.weather, times.tolist()):
        figures = {
            "air": now.air_temperature, "chill": now.wind_chill, "water": now.water_temperature, "waves": now.wave_height,
            "period": now.wave_period, "ice": now.ice, "visibility": now.visibility,
        }  # fmt: skip
        said: dict[str, Any] = {name: round(value, 3) for name, value in figures.items() if value is not None}
        told.append(said if now.light is None else {**said, "light": now.light.kind})
    return told


def wind_payload(site: SiteOutcome) -> dict[str, Any] | None:
    """The wind series, or nothing."""
    if site.wind is None:
        return None
    return {"times": site.wind.times.tolist(), "x": site.wind.x.round(3).tolist(), "y": site.wind.y.round(3).tolist()}


def place_payload(outcome: PlaceOutcome) -> dict[str, Any]:
    """A place and what reached it."""
    place = outcome.place
    return {
        "names": dict(place.names) or {"en": place.ident},
        "ring": place.vertices.round().tolist(),
        "middle": place.vertices.mean(axis=0).round().tolist(),
        "radius": place.radius,
        "weight": place.weight,
        "first": outcome.first_arrival,
        "peak": round(outcome.peak, 2),
        "last": round(outcome.last, 2),
        "nearest": None if not np.isfinite(outcome.nearest) else round(outcome.nearest),
    }


def shore_payload(plane: SitePlane, row: OiledSegment) -> dict[str, Any]:
    """A stretch of oiled shore."""
    return {
        "x": round(row.x),
        "y": round(row.y),
        "position": describe_position(plane, row.x, row.y),
        "kind": row.kind,
        "length": round(row.length),
        "kg": round(row.oil, 2),
        "grams": round(row.grams_per_area, 1),
        "first": row.first_time,
        "class": row.degree,
    }


def record_rows(run: RunOutcome, summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The run's record as the page lists it."""
    build = summary.get("build", {})
    rows = [
        ("name", run.name),
        ("version", f"Khazri {build.get('version', '')}; {build.get('lock', '')}; {build.get('target', '')}"),
        ("pack_hash", summary.get("pack_hash", "")),
        (
            "input_hashes",
            "; ".join(f"{name}: {value}" for name, value in summary.get("input_hashes", {}).items()) or "-",
        ),
        ("seed", summary.get("seed", "")),
        ("dt", f"{summary.get('dt', '')} s"),
        ("steps", summary.get("steps", "")),
        ("particles", summary.get("particles", "")),
        ("closure", f"{summary.get('closure', 0.0):.1e}"),
    ]
    return [(key, str(value)) for key, value in rows]
