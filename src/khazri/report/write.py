"""All products of a run, from its outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from khazri.report.measures import Measures, measure
from khazri.report.values import LANGUAGES, RunOutcome, SiteOutcome

PRODUCTS: Final[tuple[str, ...]] = ("netcdf", "tables", "vector", "maps", "animation", "page")

Tell = Callable[[float, str], None]


def write_products(
    folder: Path,
    run: RunOutcome,
    record: Mapping[str, Any],
    *,
    products: Sequence[str] = PRODUCTS,
    language: str = "en",
    tell: Tell = lambda done, words: None,
) -> tuple[Measures, ...]:
    """Write the products into `folder` (of several sites: a folder each, and one page); gives what was measured."""
    unknown = set(products) - set(PRODUCTS)
    if unknown:
        raise ValueError(f"products are {sorted(unknown)}; expected some of {', '.join(PRODUCTS)}")
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}")
    if not products:
        return ()
    measured = []
    share = 1.0 / (len(run.sites) + 0.2)
    for index, site in enumerate(run.sites):
        home = folder if len(run.sites) == 1 else folder / site.ident
        home.mkdir(exist_ok=True)
        measures = measure(site)
        _write_site(
            home, run, site, measures, products=products, language=language, tell=_scaled(tell, index * share, share)
        )
        measured.append(measures)
    if "page" in products:
        from khazri.report.page import write_page

        tell(len(run.sites) * share, "report.html")
        write_page(folder / "report.html", run, measured, summary=record, language=language)
    return tuple(measured)


def _scaled(tell: Tell, start: float, share: float) -> Tell:
    return lambda done, words: tell(start + done * share, words)


def _write_site(
    home: Path,
    run: RunOutcome,
    site: SiteOutcome,
    measures: Measures,
    *,
    products: Sequence[str],
    language: str,
    tell: Tell,
) -> None:
    if "tables" in products:
        from khazri.report.tables import write_budget, write_places, write_shore
        from khazri.report.units import write_units

        tell(0.0, "tables")
        write_budget(home, run, site, measures)
        write_shore(home / "shoreline.csv", run, site, measures)
        write_places(home / "places.csv", run, measures)
        write_units(home, run, site, language=language)
        if site.sea is not None:
            from khazri.report.sea import gauges_of, moments_of, write_gauges

            write_gauges(home / "gauges.csv", site.sea, gauges_of(site), moments_of(run, site.sea))
    if "netcdf" in products:
        from khazri.report.netcdf import write_grids, write_trajectories

        tell(0.1, "trajectories.nc, grid.nc")
        write_trajectories(home / "trajectories.nc", run, site)
        write_grids(home / "grid.nc", run, site, measures)
    if "vector" in products:
        from khazri.report.units import track_features
        from khazri.report.vector import contours, point_features, write_geojson, write_kml

        tell(0.4, "contours.geojson, spill.kml")
        features = [*contours(run, site, measures), *point_features(run, site, measures), *track_features(run, site)]
        write_geojson(home / "contours.geojson", features, name=f"{run.name} {site.ident}")
        write_kml(home / "spill.kml", run, site, features)
    if "maps" in products:
        from khazri.report.maps import write_maps

        tell(0.5, "maps")
        write_maps(home / "maps", run, site, measures, language=language)
        if site.sea is not None:
            from khazri.report.sea import gauges_of, moments_of, write_sea_maps

            write_sea_maps(
                home / "maps",
                site.sea,
                gauges_of(site),
                title=f"{run.name}: {site.ident}",
                moments=moments_of(run, site.sea),
                language=language,
            )
    if "animation" in products:
        from khazri.report.maps import write_animation

        tell(0.8, "animation")
        write_animation(home / "animation.gif", run, site, measures, language=language)
