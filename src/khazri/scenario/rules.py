"""What a pack must mean, beyond the form of its parts: each broken rule is one finding."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterator, Sequence

from pydantic import BaseModel

from khazri.scenario.environment import GRIDDED, Environment, GriddedFiles
from khazri.scenario.faults import MISSING, Finding, Verbatim, Where
from khazri.scenario.kinds import Area, Position, Text, ring_of
from khazri.scenario.oil import OwnOil
from khazri.scenario.pack import Pack
from khazri.scenario.release import OilRelease, RateStep
from khazri.scenario.site import Place, Site
from khazri.scenario.weather_rules import broken_weather_rules, rising
from khazri.units import NAUTICAL_MILE, write_moment, write_position

WIDEST = 40.0  # [degrees of latitude] of one site: beyond it one plane does not serve
NARROWEST = 0.01  # [degrees of latitude]: about a kilometre
MOST_CELLS = 40_000_000  # of the land raster of one site: a gigabyte with all that stands on it
SHARE_TOLERANCE = 1e-6  # of shares that must add to one: rounding of decimal figures


def broken_rules(pack: Pack, known_oils: Collection[str] | None = None) -> Iterator[Finding]:
    """Every rule that the pack breaks. `known_oils`: idents of the catalogue; None leaves oils unjudged."""
    yield from _clock(pack)
    yield from repeated([party.ident for party in pack.parties], ("parties",))
    yield from repeated([oil.ident for oil in pack.oils], ("oils",))
    yield from repeated([site.ident for site in pack.sites], ("sites",))
    yield from _empty_texts(pack, ())
    for index, oil in enumerate(pack.oils):
        broken = list(_own_oil(oil, ("oils", index)))
        yield from broken or _estimable(oil, ("oils", index))
    idents = None if known_oils is None else {*known_oils, *(oil.ident for oil in pack.oils)}
    for index, site in enumerate(pack.sites):
        yield from _site(site, ("sites", index), pack, idents)


def observations(pack: Pack) -> Iterator[str]:
    """What is no fault but worth a word."""
    if pack.duration % pack.numerics.dt:
        yield f"numerics.dt ({pack.numerics.dt:g} s) does not divide the run's duration ({pack.duration:g} s)"
    for index, site in enumerate(pack.sites):
        ring = site.area.ring
        if len(ring) < 3:
            continue
        if not site.releases:
            yield f"sites[{index}] ({site.ident}) has no release: nothing will drift there"
        for number, place in enumerate(site.places):
            corners = place.ring or (() if place.point is None else ((place.point.lon, place.point.lat),))
            if corners and not any(within(ring, corner) for corner in corners):
                where = f"sites[{index}].places[{number}] ({place.ident})"
                yield f"{where} lies outside the site's area: no oil can reach it there"


def _clock(pack: Pack) -> Iterator[Finding]:
    if pack.end <= pack.start:
        yield Finding(("end",), f"a time after the start, {pack.start.isoformat().replace('+00:00', 'Z')}")
    elif pack.numerics.dt > pack.duration:
        said = None if "dt" in pack.numerics.model_fields_set else pack.numerics.dt
        yield Finding(("numerics", "dt"), f"at most the duration of the run, {pack.duration:g} s", said)


def repeated(idents: Sequence[str], where: Where) -> Iterator[Finding]:
    """Idents that stand in a list more than once."""
    for index, ident in enumerate(idents):
        if ident in idents[:index]:
            yield Finding(
                (*where, index, "ident"), f"an ident of its own; {where[-1]}[{idents.index(ident)}] has this one"
            )


def _empty_texts(section: object, where: Where) -> Iterator[Finding]:
    if isinstance(section, Text):
        if not section.best():
            yield Finding(where, "words in at least one language")
    elif isinstance(section, tuple):
        for index, item in enumerate(section):
            yield from _empty_texts(item, (*where, index))
    elif isinstance(section, BaseModel):
        for name, info in type(section).model_fields.items():
            yield from _empty_texts(getattr(section, name), (*where, info.alias or name))


def _own_oil(oil: OwnOil, where: Where) -> Iterator[Finding]:
    if oil.adios is not None:
        for name in sorted(oil.model_fields_set - {"ident", "name", "adios", "kind", "source", "proxy_for"}):
            yield Finding((*where, name), "nothing here: the ADIOS record says it")
        return
    if (oil.api is None) == (oil.density is None):
        yield Finding(
            (*where, "api" if oil.api is None else "density"), "exactly one of api and density (or an adios file)"
        )
    if oil.viscosity is None:
        yield Finding((*where, "viscosity"), 'a kinematic viscosity as in "30 cSt"', MISSING)
    else:
        temperatures = [point.temperature for point in oil.viscosity]
        for index in range(1, len(temperatures)):
            if temperatures[index] in temperatures[:index]:
                yield Finding((*where, "viscosity", index, "temperature"), "a temperature of its own in the list")
    for index in range(1, len(oil.cuts)):
        earlier, cut = oil.cuts[index - 1], oil.cuts[index]
        if cut.temperature <= earlier.temperature:
            yield Finding((*where, "cuts", index, "temperature"), "a temperature above that of the cut before")
        if cut.fraction < earlier.fraction:
            yield Finding(
                (*where, "cuts", index, "fraction"), "at least the fraction of the cut before: fractions are cumulative"
            )


def _estimable(oil: OwnOil, where: Where) -> Iterator[Finding]:
    """Whether the figures make an oil at all."""
    if oil.adios is not None:
        return
    from khazri.oils import OilError

    try:
        oil.to_oil()
    except OilError as error:
        yield Finding(where, f"figures that make an oil: {error}", Verbatim(f"an oil that cannot be ({oil.ident})"))


def _site(site: Site, where: Where, pack: Pack, known_oils: Collection[str] | None) -> Iterator[Finding]:
    yield from _area(site.area, (*where, "area"))
    if site.bathymetry.kind == "constant" and not site.bathymetry.depth:
        yield Finding((*where, "bathymetry"), "a depth of m > 0")
    if site.bathymetry.kind == "file" and site.bathymetry.file is None:
        yield Finding((*where, "bathymetry", "file"), "the name of a NetCDF or GeoJSON file", MISSING)
    if site.coast.kind == "file" and site.coast.file is None:
        yield Finding((*where, "coast", "file"), "the name of a GeoJSON file", MISSING)
    if site.coast.file is not None and site.coast.kind != "file":
        yield Finding((*where, "coast", "file"), f"no file: kind is {site.coast.kind}")
    for name, kind in (("file", "file"), ("depth", "constant")):
        if getattr(site.bathymetry, name) is not None and site.bathymetry.kind != kind:
            yield Finding((*where, "bathymetry", name), f"no {name}: kind is {site.bathymetry.kind}")
    yield from _resolution(site, where)
    yield from _environment(site.environment, (*where, "environment"))
    yield from repeated([release.ident for release in site.releases], (*where, "releases"))
    for index, release in enumerate(site.releases):
        yield from _release(release, (*where, "releases", index), pack, site)
        if known_oils is not None and release.oil not in known_oils:
            yield Finding((*where, "releases", index, "oil"), _oil_words(release.oil, known_oils))
    for index, shore in enumerate(site.shoreline.types):
        yield from _area(shore.area, (*where, "shoreline", "types", index, "area"))
    yield from repeated([place.ident for place in site.places], (*where, "places"))
    for index, place in enumerate(site.places):
        yield from _place(place, (*where, "places", index))


def _resolution(site: Site, where: Where) -> Iterator[Finding]:
    if len(site.area.ring) < 3:
        return
    west, south, east, north = site.area.bounds
    middle = math.radians(0.5 * (south + north))
    square = (north - south) * (east - west) * math.cos(middle) * (60.0 * NAUTICAL_MILE) ** 2
    if square > MOST_CELLS * site.resolution**2:
        finest = math.sqrt(square / MOST_CELLS)
        said = None if "resolution" in site.model_fields_set else site.resolution
        words = f"at least {finest:.0f} m for an area of this size ({MOST_CELLS} cells)"
        yield Finding((*where, "resolution"), words, said)


def _oil_words(oil: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(oil, sorted(known), n=1, cutoff=0.6)
    hint = f"; the nearest is {near[0]}" if near else ""
    return f"an oil of the catalogue (khazri oil list) or of the pack's oils{hint}"


def _area(area: Area, where: Where) -> Iterator[Finding]:
    sides = {name: getattr(area, name) for name in ("west", "east", "south", "north")}
    if area.polygon is not None:
        for name, side in sides.items():
            if side is not None:
                yield Finding((*where, name), "either a box or a polygon, not both")
        yield from _polygon(area.polygon, (*where, "polygon"))
        return
    for name, side in sides.items():
        if side is None:
            yield Finding((*where, name), "all of west, east, south, north (or a polygon)", MISSING)
    if area.west is not None and area.east is not None and area.east <= area.west:
        yield Finding(
            (*where, "east"),
            f"more than west, {area.west:g} (an area over the date line counts on, as in west 170, east 190)",
        )
    if area.south is not None and area.north is not None:
        if area.north <= area.south:
            yield Finding((*where, "north"), f"more than south, {area.south:g}")
        elif area.north - area.south < NARROWEST:
            yield Finding((*where, "north"), f"at least {NARROWEST:g} degrees above south, {area.south:g}")
        elif area.north - area.south > WIDEST:
            yield Finding((*where, "north"), f"at most {WIDEST:g} degrees above south: one plane serves no larger site")


def _polygon(points: tuple[Position, ...], where: Where) -> Iterator[Finding]:
    ring = ring_of(points)
    if len(set(ring)) < 3:
        yield Finding(where, "at least three different corners")
    elif not _is_simple(ring):
        yield Finding(where, "a polygon whose sides do not cross or touch")


def _is_simple(ring: Sequence[tuple[float, float]]) -> bool:
    from shapely.geometry import Polygon

    polygon = Polygon(ring)
    return bool(polygon.is_valid and polygon.area > 0.0)


def within(ring: Sequence[tuple[float, float]], point: tuple[float, float]) -> bool:
    """Inside or on the edge, whichever turn of the globe the longitudes are counted in."""
    from shapely.geometry import Point, Polygon

    polygon = Polygon(ring)
    if not polygon.is_valid:
        return True  # the polygon itself is at fault
    return any(bool(polygon.covers(Point(point[0] + turn, point[1]))) for turn in (0.0, -360.0, 360.0))


def _environment(environment: Environment, where: Where) -> Iterator[Finding]:
    for index, kind in enumerate(environment.precedence):
        if kind in environment.precedence[:index]:
            yield Finding((*where, "precedence", index), "each source once")
    yield from repeated([files.ident for files in environment.files if files.ident is not None], (*where, "files"))
    for index, files in enumerate(environment.files):
        yield from _files(files, (*where, "files", index), environment)
        if "files" not in environment.precedence:
            yield Finding((*where, "precedence"), "files among them: the environment has some")
    if environment.scripted is not None and "scripted" not in environment.precedence:
        yield Finding((*where, "precedence"), "scripted among them: the environment has some")
    yield from broken_weather_rules(environment, where, area=_area)


def _files(files: GriddedFiles, where: Where, environment: Environment) -> Iterator[Finding]:
    if not files.path:
        yield Finding((*where, "path"), "at least one file")
    if files.fallback == "scripted" and environment.scripted is None and environment.sea is None:
        yield Finding((*where, "fallback"), "none or constant: nothing is scripted here, and no sea is embedded")
    if files.fallback == "sea" and environment.sea is None:
        yield Finding((*where, "fallback"), "none, scripted or constant: no sea is embedded here (`sea: embedded`)")
    if files.fallback in {"none", "constant"} and files.blend.model_fields_set:
        yield Finding((*where, "blend"), f"no blend: with `fallback: {files.fallback}` nothing stands beyond the files")
    for name, variables in files.variables.items():
        here = (*where, "variables", name)
        if name not in GRIDDED:
            near = difflib.get_close_matches(name, list(GRIDDED), n=1, cutoff=0.5)
            yield Finding(here, f"a field; the nearest is {near[0]}" if near else f"one of {', '.join(GRIDDED)}")
        elif len(variables) != GRIDDED[name]:
            words = "two variables, [eastward or x, northward or y]" if GRIDDED[name] == 2 else "one variable"
            yield Finding(here, words)


def _release(release: OilRelease, where: Where, pack: Pack, site: Site) -> Iterator[Finding]:
    yield from _release_place(release, where, site)
    start, end = release.start_seconds, release.end_seconds
    if end < start and (start <= pack.duration or pack.duration <= 0.0):
        yield Finding((*where, "until"), f"a moment at or after from, {write_moment(start)}")
    if pack.duration > 0.0:
        span = f"a moment within the run, T+00:00 to {write_moment(pack.duration)}"
        if not 0.0 <= start <= pack.duration:
            yield Finding((*where, "from"), span)
        if release.until is not None and end > pack.duration and end >= start:
            yield Finding((*where, "until"), span)
    if release.mass is not None and release.volume is not None:
        yield Finding((*where, "volume"), "either mass or volume, not both")
    by_mass_rate = any(step.mass_rate is not None for step in release.rate or ())
    if release.mass is None and release.volume is None and not by_mass_rate:
        yield Finding((*where, "mass"), 'mass or volume, as in "400 t" or "1200 m3"', MISSING)
    if by_mass_rate and (release.mass is not None or release.volume is not None):
        yield Finding((*where, "rate"), "shares: mass rates say the mass themselves, and mass or volume is given too")
    if release.rate is not None:
        yield from _rate(release, release.rate, (*where, "rate"))


def _release_place(release: OilRelease, where: Where, site: Site) -> Iterator[Finding]:
    given = [name for name in ("at", "line", "polygon") if getattr(release, name) is not None]
    if not given:
        yield Finding((*where, "at"), "a place: at, line or polygon", MISSING)
    for name in given[1:]:
        yield Finding((*where, name), f"one place; {given[0]} is given too")
    if release.line is not None and len(set(release.vertices if release.shape == "line" else ())) < 2:
        yield Finding((*where, "line"), "at least two different points")
    if release.polygon is not None:
        yield from _polygon(release.polygon, (*where, "polygon"))
    if release.radius > 0.0 and release.at is None:
        yield Finding((*where, "radius"), "no radius: it belongs to a release at a point")
    ring = site.area.ring
    if len(given) == 1 and len(ring) >= 3:
        for index, point in enumerate(release.vertices):
            if not within(ring, point):
                here = (*where, "at") if release.shape == "point" else (*where, release.shape, index)
                yield Finding(here, f"a point inside the site's area ({_area_words(site.area)})")


def _area_words(area: Area) -> str:
    west, south, east, north = area.bounds
    return f"{write_position(west, south)} to {write_position(east, north)}"


def _rate(release: OilRelease, steps: tuple[RateStep, ...], where: Where) -> Iterator[Finding]:
    if not steps:
        yield Finding(where, "at least one step")
        return
    if release.until is None:
        yield Finding((*where[:-1], "until"), "the moment at which a release with rates ends", MISSING)
        return
    yield from rising([step.at for step in steps], where)
    if steps[0].at != release.start_seconds:
        yield Finding((*where, 0, "at"), f"the start of the release, {write_moment(release.start_seconds)}")
    if steps[-1].at >= release.end_seconds:
        yield Finding((*where, len(steps) - 1, "at"), f"a moment before until, {write_moment(release.end_seconds)}")
    kinds = {"share" if step.share is not None else "mass_rate" for step in steps}
    for index, step in enumerate(steps):
        if (step.share is None) == (step.mass_rate is None) or len(kinds) > 1:
            yield Finding((*where, index), "mass_rate in every step, or share in every step")
            return
    if kinds == {"share"}:
        total = sum(step.share or 0.0 for step in steps)
        if abs(total - 1.0) > SHARE_TOLERANCE:
            yield Finding(where, f"shares that add to 1; these add to {total:g}")
    elif not any(step.mass_rate for step in steps):
        yield Finding(where, "a rate above 0 in at least one step")


def _place(place: Place, where: Where) -> Iterator[Finding]:
    if place.polygon is None and place.point is None:
        yield Finding((*where, "point"), "a polygon, or a point with its radius", MISSING)
    if place.polygon is not None:
        if place.point is not None:
            yield Finding((*where, "point"), "either a polygon or a point, not both")
        yield from _polygon(place.polygon, (*where, "polygon"))
