"""Contours as GeoJSON and KML: thickness at the last time, the area swept, and when oil first came."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, cast
from xml.sax.saxutils import escape

import contourpy
import numpy as np
import numpy.typing as npt
import shapely

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.report.measures import Measures
from khazri.report.values import BAOAC_LIMITS, BAOAC_NAMES, RunOutcome, SiteOutcome, iso, pick

ARRIVAL_HOURS: Final = (3, 6, 12, 24, 36, 48, 72, 96, 120, 144, 168)
BAOAC_COLOURS: Final = ("#f2cf4e", "#ee9f27", "#dd6b0d", "#a63a0a", "#4f1d0b")


def outline(mask: npt.NDArray[np.bool_], grid: Grid) -> shapely.MultiPolygon:
    """Polygons around the true cells of a mask: along their edges, corners cut."""
    padded = np.pad(mask.astype(np.float64), 1)
    x = grid.x0 + grid.spacing * (np.arange(grid.nx + 2) - 1)
    y = grid.y0 + grid.spacing * (np.arange(grid.ny + 2) - 1)
    return filled(x, y, padded, 0.5, np.inf)


def filled(
    x: npt.NDArray[np.floating[Any]],
    y: npt.NDArray[np.floating[Any]],
    values: npt.NDArray[np.floating[Any]],
    low: float,
    high: float,
) -> shapely.MultiPolygon:
    """Polygons where low <= values < high."""
    generator = contourpy.contour_generator(x, y, values, fill_type=contourpy.FillType.OuterOffset)
    points, offsets = cast("tuple[list[Any], list[Any]]", generator.filled(low, high))
    polygons = []
    for ring, breaks in zip(points, offsets, strict=True):
        rings = [ring[a:b] for a, b in pairwise(breaks) if b - a >= 4]
        if rings:
            polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.MultiPolygon(polygons)


def contours(run: RunOutcome, site: SiteOutcome, measures: Measures) -> list[dict[str, Any]]:
    """GeoJSON features, on longitude and latitude."""
    grids, plane = measures.grids, site.terrain.plane
    features: list[dict[str, Any]] = []

    def add(shape: shapely.MultiPolygon, **properties: object) -> None:
        if not shape.is_empty:
            geometry = json.loads(shapely.to_geojson(shapely.set_precision(to_geographic(shape, plane), 1e-6)))
            features.append(
                {"type": "Feature", "properties": {"exercise": "EXERCISE", **properties}, "geometry": geometry}
            )

    seconds = float(grids.times[-1])
    for code, (limit, name) in enumerate(zip(BAOAC_LIMITS, BAOAC_NAMES, strict=True), start=1):
        shape = outline(grids.film[-1] >= limit, grids.grid)
        add(
            shape, kind="thickness", code=code, appearance=name, at_least_um=limit * 1e6, time=iso(run.moment(seconds)),
            area_km2=round(shape.area / 1e6, 3),
        )  # fmt: skip
    with np.errstate(invalid="ignore"):
        for hours in ARRIVAL_HOURS:
            if (hours - ARRIVAL_HOURS[0]) * 3600.0 > seconds:
                break
            shape = outline(grids.first_arrival <= hours * 3600.0, grids.grid)
            add(shape, kind="first_arrival", within_hours=hours, area_km2=round(shape.area / 1e6, 3))
    swept = outline(~np.isnan(grids.first_arrival), grids.grid)
    add(swept, kind="swept", until=iso(run.moment(seconds)), area_km2=round(swept.area / 1e6, 3))
    return features


def to_geographic(shape: shapely.Geometry, plane: SitePlane) -> shapely.Geometry:
    """A shape on the plane in degrees."""
    return shapely.transform(shape, lambda points: np.column_stack(plane.to_geographic(points[:, 0], points[:, 1])))


def point_features(run: RunOutcome, site: SiteOutcome, measures: Measures) -> list[dict[str, Any]]:
    """Releases, places of value, and the way of the centre of mass."""
    plane = site.terrain.plane
    features: list[dict[str, Any]] = []

    def add(shape: shapely.Geometry, **properties: object) -> None:
        geometry = json.loads(shapely.to_geojson(shapely.set_precision(to_geographic(shape, plane), 1e-6)))
        features.append({"type": "Feature", "properties": {"exercise": "EXERCISE", **properties}, "geometry": geometry})

    for release in site.releases:
        add(ring_or_point(release.vertices), kind="release", ident=release.ident, oil=release.oil, mass_kg=release.mass,
            start=iso(run.moment(release.start)), end=iso(run.moment(release.end)))  # fmt: skip
    for outcome in measures.places:
        place = outcome.place
        first = None if outcome.first_arrival is None else iso(run.moment(outcome.first_arrival))
        add(ring_or_point(place.vertices), kind="place", ident=place.ident, name=pick(place.names, "en", place.ident),
            weight=place.weight, radius_m=place.radius, first_arrival=first,
            peak_kg=round(outcome.peak, 3))  # fmt: skip
    track = measures.centre[np.isfinite(measures.centre).all(axis=1)]
    if len(track) > 1:
        add(shapely.LineString(track), kind="centre_of_mass")
    return features


def ring_or_point(vertices: npt.NDArray[np.float64]) -> shapely.Geometry:
    """One vertex is a point, two are a line, more are a polygon."""
    if len(vertices) == 1:
        return shapely.Point(vertices[0])
    return shapely.LineString(vertices) if len(vertices) == 2 else shapely.Polygon(vertices)


def write_geojson(path: Path, features: Sequence[dict[str, Any]], *, name: str) -> None:
    """A FeatureCollection (RFC 7946)."""
    body = {"type": "FeatureCollection", "name": f"EXERCISE {name}", "features": list(features)}
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_kml(path: Path, run: RunOutcome, site: SiteOutcome, features: Sequence[dict[str, Any]]) -> None:
    """KML 2.2: a folder each of releases, places, thickness, arrivals, swept area and the centre's track."""
    title = escape(f"EXERCISE {pick(run.titles, 'en', run.name)}: {site.name()}")
    kinds = ("release", "place", "thickness", "first_arrival", "swept", "centre_of_mass")
    folders = []
    for kind in kinds:
        marks = "".join(_placemark(feature) for feature in features if feature["properties"]["kind"] == kind)
        if marks:
            hidden = "<visibility>0</visibility>" if kind in ("first_arrival", "swept") else ""
            folders.append(f"<Folder><name>{kind.replace('_', ' ')}</name>{hidden}{marks}</Folder>")
    warning = "Simulated incident, not a real event." + (
        " Training bathymetry, not for navigation." if site.not_for_navigation else ""
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{title}</name><description>{warning}</description>{_styles()}{''.join(folders)}</Document></kml>\n",
        encoding="utf-8",
    )


def _placemark(feature: dict[str, Any]) -> str:
    properties = feature["properties"]
    kind = properties["kind"]
    label = {
        "release": f"release {properties.get('ident')}",
        "place": str(properties.get("name")),
        "thickness": f"{properties.get('appearance', '')}: {properties.get('at_least_um')} um or more".replace(
            "_", " "
        ),
        "first_arrival": f"reached within {properties.get('within_hours')} h",
        "swept": "swept by oil",
        "centre_of_mass": "centre of mass",
    }[kind]
    style = f"thickness{properties['code']}" if kind == "thickness" else kind
    rows = "; ".join(f"{key}: {value}" for key, value in properties.items() if value is not None)
    return (
        f"<Placemark><name>{escape(str(label))}</name><description>{escape(rows)}</description><styleUrl>#{style}</styleUrl>"
        f"{_geometry(feature['geometry'])}</Placemark>"
    )


def _geometry(geometry: dict[str, Any]) -> str:
    kind, points = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return f"<Point><coordinates>{_points([points])}</coordinates></Point>"
    if kind == "LineString":
        return f"<LineString><tessellate>1</tessellate><coordinates>{_points(points)}</coordinates></LineString>"
    if kind == "Polygon":
        rings = [f"<LinearRing><coordinates>{_points(ring)}</coordinates></LinearRing>" for ring in points]
        inner = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in rings[1:])
        return f"<Polygon><outerBoundaryIs>{rings[0]}</outerBoundaryIs>{inner}</Polygon>"
    parts = "".join(_geometry({"type": kind.removeprefix("Multi"), "coordinates": part}) for part in points)
    return f"<MultiGeometry>{parts}</MultiGeometry>"


def _points(points: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat, *_ in points)


def _styles() -> str:
    def style(name: str, line: str, fill: str, width: float = 1.5) -> str:
        return (
            f'<Style id="{name}"><LineStyle><color>{line}</color><width>{width}</width></LineStyle>'
            f"<PolyStyle><color>{fill}</color></PolyStyle></Style>"
        )

    def kml_colour(colour: str, opacity: str) -> str:
        return opacity + colour[5:7] + colour[3:5] + colour[1:3]

    films = "".join(
        style(f"thickness{code}", kml_colour(colour, "ff"), kml_colour(colour, "b0"))
        for code, colour in enumerate(BAOAC_COLOURS, 1)
    )
    lines = {
        "first_arrival": ("ff7a5c3c", "307a5c3c"),
        "swept": ("ff555555", "20555555"),
        "place": ("ff8a6a1f", "308a6a1f"),
        "release": ("ff1414c8", "401414c8"),
        "centre_of_mass": ("ff222222", "00000000"),
    }
    return films + "".join(style(name, line, fill) for name, (line, fill) in lines.items())
