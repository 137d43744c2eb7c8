"""The weather of a pack, alone: a meteogram, maps and a table for each site, without oil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from khazri.engine.fields import Field
from khazri.inputs.scripted import sample_places, sample_times
from khazri.report.weather import Course, draw_maps, moments_of, write_weather
from khazri.runs.preparation import Prepared, PreparedSite, prepare
from khazri.sea.forecast import WindsAhead
from khazri.sea.waves import wave_field
from khazri.simulation.forecasting import forecast_at_hand
from khazri.simulation.meteorology import weather_at
from khazri.simulation.orders import Orders

MOST_ROWS: Final = 400  # of the table
LEAST_STEP: Final = 600.0  # s between them


@dataclass(frozen=True)
class WeatherOfSite:
    """What was written of one site."""

    ident: str
    files: tuple[Path, ...]
    notes: tuple[str, ...]
    strongest: float  # wind at the place [m s-1]
    coldest: float | None  # wind chill [K]
    highest: float | None  # significant wave height [m]


def draw_weather(source: Path, out: Path, *, roots: Sequence[Path] = ()) -> tuple[WeatherOfSite, ...]:
    """The weather of every site of a pack as pictures and a table; raises in words."""
    prepared = prepare(source, particles=1, roots=roots)
    several = len(prepared.sites) > 1
    return tuple(_draw(prepared, site, out / site.site.ident if several else out) for site in prepared.sites)


def course_of(prepared: Prepared, site: PreparedSite) -> Course:
    """The weather at the first release of a site, or in its middle, with the forecasts of it."""
    point = site.station
    duration = prepared.pack.duration
    step = max(LEAST_STEP, duration / MOST_ROWS)
    times = np.append(np.arange(0.0, duration, step), duration)
    weather = tuple(weather_at(site.inputs, point, float(each), start=prepared.pack.start) for each in times)
    name = site.releases[0].ident if site.releases else f"the middle of {site.site.ident}"
    return Course(name, prepared.pack.start, times, weather, _forecasts(site, times))


def _forecasts(site: PreparedSite, times: np.ndarray) -> tuple[WindsAhead, ...]:
    found = {}
    for each in times:
        ahead = forecast_at_hand(site.inputs, site.forecaster, now=float(each), orders=Orders())
        if ahead is not None:
            found[ahead.issued] = ahead
    return tuple(found.values())


def _waves(site: PreparedSite, moments: Sequence[float]) -> Field:
    """Significant height at moments, as given or as it follows from wind, fetch and depth; no number on land."""
    fields, terrain = site.inputs.fields, site.terrain
    times = np.array(sorted(set(moments)), np.float64)
    given = fields.get("wave_height")
    if given is not None:
        return given if given.grid.shape != (1, 1) else sample_places(given, terrain.fetch_grid)
    grid = terrain.fetch_grid
    placed = {
        name: sample_times(sample_places(fields[name], grid), times)
        for name in ("wind", "level", "ice_concentration")
        if name in fields
    }
    heights = []
    for index in range(times.size):
        level, ice = (
            placed[name][index, :, :, 0] if name in placed else 0.0 for name in ("level", "ice_concentration")
        )
        heights.append(wave_field(terrain, placed["wind"][index], grid=grid, level=level, ice=ice).height)
    return Field("wave_height", grid, times, np.stack(heights)[..., None], "wind, fetch and depth")


def _draw(prepared: Prepared, site: PreparedSite, folder: Path) -> WeatherOfSite:
    pack, course = prepared.pack, course_of(prepared, site)
    files = write_weather(folder, course, title=f"{pack.name}: {site.site.ident}")
    scripted = site.site.environment.scripted
    fronts = () if scripted is None else tuple(front.at for front in scripted.fronts)
    places = [(*site.station, course.place)]
    for name, title in (("wind", "wind"), ("ice_concentration", "ice cover"), ("ice_drift", "drift of the ice")):
        field = site.inputs.fields.get(name)
        if field is None or (name != "wind" and field.grid.shape == (1, 1)):
            continue
        moments = moments_of(field, pack.duration, fronts)
        figure = draw_maps(
            field, site.terrain, pack.start, moments, title=f"{pack.name}: {site.site.ident}, {title}", points=places
        )
        files.append(folder / f"{name}.png")
        figure.savefig(files[-1])
    waves = _waves(site, moments_of(site.inputs.fields["wind"], pack.duration, fronts))
    figure = draw_maps(
        waves,
        site.terrain,
        pack.start,
        waves.times.tolist(),
        title=f"{pack.name}: {site.site.ident}, waves",
        points=places,
    )
    files.append(folder / "waves.png")
    figure.savefig(files[-1])
    notes = tuple(note.text for note in site.notes if note.topic == "environment")
    cold, tall = course.column("wind_chill"), course.column("wave_height")
    return WeatherOfSite(
        site.site.ident, tuple(files), notes, float(np.nanmax(course.column("wind_speed"))),
        float(np.nanmin(cold)) if np.isfinite(cold).any() else None,
        float(np.nanmax(tall)) if np.isfinite(tall).any() else None,
    )  # fmt: skip
