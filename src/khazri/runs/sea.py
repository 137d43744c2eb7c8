"""The embedded sea of a pack, alone: what the wind does to level and current, without oil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.inputs.embedded_sea import run_embedded_sea
from khazri.inputs.environment import fields_for
from khazri.inputs.packs import read_pack
from khazri.inputs.terrain_cache import terrain_of
from khazri.report.sea import Gauge, write_sea
from khazri.runs.checks import place_shape
from khazri.scenario.sea import EmbeddedSea
from khazri.scenario.site import Site

DRIVERS: Final = ("wind", "ice_concentration", "air_pressure")


@dataclass(frozen=True)
class SeaOfSite:
    """What was written of one site."""

    ident: str
    files: tuple[Path, ...]
    notes: tuple[str, ...]
    highest: float  # level [m]
    lowest: float
    fastest: float  # current, 99.9th percentile of the wet cells [m s-1]


def run_sea_alone(
    source: Path, out: Path, *, roots: Sequence[Path] = (), language: str = "en"
) -> tuple[SeaOfSite, ...]:
    """The sea of every site of a pack under its wind, whether or not the pack lets it drive the oil; raises in words."""
    pack = read_pack(source, roots=roots)
    folder = None if pack.folder is None else Path(pack.folder)
    done = []
    for site in pack.sites:
        terrain = terrain_of(site, folder=folder, roots=tuple(roots))
        plain = site.model_copy(update={"environment": site.environment.model_copy(update={"sea": None})})
        calm = pack.model_copy(update={"sites": tuple(plain if each is site else each for each in pack.sites)})
        found = fields_for(calm, plain, plane=terrain.plane, bounds=terrain.grid.bounds, roots=roots, terrain=terrain)
        wind, ice, pressure = (found.fields.get(name) for name in DRIVERS)
        assert wind is not None, "no run has no wind"
        run = run_embedded_sea(
            _with_sea(site),
            plane=terrain.plane,
            bounds=terrain.grid.bounds,
            wind=wind,
            start=pack.start.timestamp(),
            duration=pack.duration,
            ice=ice,
            pressure=pressure,
            folders=(folder or Path(), *roots),
        )
        picture = run.picture
        moments = [f"{pack.start + timedelta(seconds=float(each)):%Y-%m-%d %H:%M}Z" for each in picture.current.times]
        centres = [(place.ident, place_shape(place, terrain).centroid) for place in site.places]
        gauges = tuple(Gauge(ident, float(point.x), float(point.y)) for ident, point in centres)
        where = out / site.ident if len(pack.sites) > 1 else out
        files = write_sea(
            where,
            picture,
            gauges,
            title=f"{pack.title.best(language)}: {site.name.best(language)}",
            moments=moments,
            language=language,
        )
        level = picture.level[np.isfinite(picture.level)]
        done.append(
            SeaOfSite(
                site.ident, tuple(files), run.notes, float(level.max()), float(level.min()),
                _fastest(picture.current.values, picture.level),
            )
        )  # fmt: skip
    return tuple(done)


def _with_sea(site: Site) -> Site:
    if site.environment.sea is not None:
        return site
    return site.model_copy(update={"environment": site.environment.model_copy(update={"sea": EmbeddedSea()})})


def _fastest(values: npt.NDArray[np.float32], level: npt.NDArray[np.float32]) -> float:
    return float(np.quantile(np.hypot(values[..., 0], values[..., 1])[np.isfinite(level)], 0.999))
