"""Pictures of the weather of a site: a meteogram of one place, and maps of the wind and of the ice."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import Field
from khazri.geo.terrain import WATER, Terrain
from khazri.sea.forecast import WindsAhead
from khazri.simulation.meteorology import WeatherNow
from khazri.units import KNOT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HOUR: Final = 3600.0
ZERO_CELSIUS: Final = 273.15
NAVY, ORANGE, GREEN, GREY, RED = "#1f4e79", "#c55a11", "#3f7d4f", "#68737d", "#9e1b26"
DARKNESS: Final = {"day": 0.0, "civil": 0.10, "nautical": 0.20, "astronomical": 0.30, "night": 0.38}
LABELS: Final = {
    "wind": "wind at 10 m [m/s]", "ice_drift": "drift of the ice [m/s]", "ice_concentration": "share of the water covered",
    "wave_height": "significant wave height [m]",
}  # fmt: skip
ARROWS: Final = 18  # along the longer side of a map
PANELS: Final = 6


@dataclass(frozen=True)
class Course:
    """The weather at one place in time."""

    place: str
    start: datetime
    times: npt.NDArray[np.float64]  # [s from the start]
    weather: tuple[WeatherNow, ...]
    forecasts: tuple[WindsAhead, ...] = ()

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """One quantity in time; NaN where it is not known."""
        found = [getattr(each, name) for each in self.weather]
        return np.array([math.nan if value is None else value for value in found], np.float64)


def write_weather(folder: Path, course: Course, *, title: str) -> list[Path]:
    """The meteogram and the table of one place; EXERCISE."""
    folder.mkdir(parents=True, exist_ok=True)
    picture, table = folder / "meteogram.png", folder / "weather.csv"
    draw_meteogram(course, title=title).savefig(picture)
    with table.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        names = [each.name for each in fields(WeatherNow) if each.name != "light"]
        writer.writerow(["EXERCISE_utc", *names, "sun_elevation", "light"])
        for seconds, now in zip(course.times, course.weather, strict=True):
            said = ["" if (value := getattr(now, name)) is None else f"{value:.6g}" for name in names]
            sky = ("", "") if now.light is None else (f"{now.light.elevation:.4f}", now.light.kind)
            moment = course.start + timedelta(seconds=float(seconds))
            writer.writerow([f"{moment:%Y-%m-%dT%H:%M:%SZ}", *said, *sky])
    return [picture, table]


def draw_meteogram(course: Course, *, title: str) -> Figure:
    """Wind, temperatures, waves, visibility and light of one place in time."""
    panels = [panel for panel in (_wind_panel, _cold_panel, _sea_panel, _sight_panel) if panel(course, None)]
    figure = _figure((11.0, 1.2 + 2.0 * len(panels) + 0.8), title)
    top = figure.subplots(
        len(panels), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": [1.5] + [1.0] * (len(panels) - 1)}
    )
    hours = course.times / HOUR
    for axes, panel in zip(top[:, 0], panels, strict=True):
        _shade(axes, course, hours)
        panel(course, axes)
        axes.grid(alpha=0.3, linewidth=0.5)
        axes.set_xlim(hours[0], max(hours[-1], hours[0] + 0.01))
    last = top[-1, 0]
    every = next((each for each in (1, 2, 3, 6, 12, 24, 48) if (hours[-1] - hours[0]) / each <= 16), 96)
    ticks = np.arange(math.ceil(hours[0] / every) * every, hours[-1] + 1e-6, every)
    last.set_xticks(ticks)
    last.set_xticklabels([f"{course.start + timedelta(hours=float(each)):%d %b\n%H:%M}" for each in ticks], fontsize=8)
    last.set_xlabel(f"UTC; {course.place}. Shaded: twilight and night", fontsize=8, color=GREY)
    return figure


def _figure(size: tuple[float, float], title: str) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(f"EXERCISE   {title}", fontsize=12, fontweight="bold", color=RED)
    return figure


def _shade(axes: Axes, course: Course, hours: npt.NDArray[np.float64]) -> None:
    edges = np.append(hours, hours[-1])
    for index, now in enumerate(course.weather):
        if now.light is not None and now.light.kind != "day":
            axes.axvspan(edges[index], edges[index + 1], color="#33415c", alpha=DARKNESS[now.light.kind], linewidth=0)


def _wind_panel(course: Course, axes: Axes | None) -> bool:
    speed, bearing = course.column("wind_speed"), course.column("wind_from")
    if axes is None:
        return bool(np.isfinite(speed).any())
    hours = course.times / HOUR
    axes.plot(hours, speed, color=NAVY, linewidth=1.8, label="wind")
    axes.plot(hours, course.column("gust"), color=NAVY, linewidth=0.7, linestyle=":", label="gusts over open water")
    for index, ahead in enumerate(course.forecasts):
        label = "forecasts" if index == 0 else None
        told = np.hypot(ahead.east, ahead.north)
        axes.plot(ahead.valid / HOUR, told, color=ORANGE, linewidth=0.9, alpha=0.75, label=label)
        axes.plot(ahead.valid[:1] / HOUR, told[:1], "o", color=ORANGE, markersize=3)
    most = float(np.nanmax(course.column("gust")))
    told = np.linspace(0, len(hours) - 1, min(25, len(hours))).astype(int)
    toward = bearing[told] + math.pi
    base = np.full(told.size, most * 1.16)
    axes.quiver(
        hours[told], base, np.sin(toward), np.cos(toward), color=NAVY, angles="uv", pivot="middle", scale=34, width=0.0028,
        headwidth=4.5,
    )  # fmt: skip
    axes.set_ylim(0.0, most * 1.30)
    axes.set_ylabel("m/s", fontsize=8)
    knots = axes.secondary_yaxis("right", functions=(_to_knots, _from_knots))
    knots.set_ylabel("kn", fontsize=8)
    axes.legend(fontsize=7, loc="lower right", ncols=3)
    axes.set_title("Wind at 10 m; arrows point where it blows", fontsize=9, loc="left")
    return True


def _to_knots(speed: Any) -> Any:
    return speed / KNOT


def _from_knots(knots: Any) -> Any:
    return knots * KNOT


def _cold_panel(course: Course, axes: Axes | None) -> bool:
    names = (
        ("air_temperature", "air", ORANGE, "-"),
        ("wind_chill", "wind chill", RED, "--"),
        ("water_temperature", "water", NAVY, "-"),
    )
    return _lines(course, axes, names, scale=(1.0, -ZERO_CELSIUS), unit="degC", title="Temperatures")


def _sea_panel(course: Course, axes: Axes | None) -> bool:
    names = (
        ("wave_height", "significant wave height [m]", NAVY, "-"),
        ("level", "level [m]", GREEN, "-"),
        ("ice", "ice cover [1]", ORANGE, "-"),
    )
    return _lines(course, axes, names, scale=(1.0, 0.0), unit="", title="Waves, level and ice")


def _sight_panel(course: Course, axes: Axes | None) -> bool:
    names = (("visibility", "visibility", GREEN, "-"),)
    return _lines(course, axes, names, scale=(1e-3, 0.0), unit="km", title="Visibility", least=0.0)


def _lines(
    course: Course,
    axes: Axes | None,
    names: Sequence[tuple[str, str, str, str]],
    *,
    scale: tuple[float, float],
    unit: str,
    title: str,
    least: float | None = None,
) -> bool:
    known = [(each, course.column(each[0])) for each in names]
    known = [(each, values) for each, values in known if np.isfinite(values).any()]
    if axes is None:
        return bool(known)
    for (_, label, colour, style), values in known:
        axes.plot(course.times / HOUR, (values + scale[1]) * scale[0], color=colour, linestyle=style, label=label)
    if least is not None:
        axes.set_ylim(bottom=least)
    axes.set_ylabel(unit, fontsize=8)
    axes.set_title(title, fontsize=9, loc="left")
    axes.legend(fontsize=7, loc="upper right", ncols=4)
    return True


def draw_maps(
    field: Field,
    terrain: Terrain,
    start: datetime,
    moments: Sequence[float],
    *,
    title: str,
    points: Sequence[tuple[float, float, str]] = (),
) -> Figure:
    """The wind (arrows and speed) or a scalar over the site at several moments."""
    vector = field.values.shape[3] == 2
    rows = 1 if len(moments) <= 3 else 2
    columns = math.ceil(len(moments) / rows)
    west, south, east, north = (each / 1000.0 for each in terrain.grid.bounds)
    tall = (north - south) / (east - west)
    figure = _figure((4.1 * columns + 0.9, (4.1 * tall + 0.45) * rows + 0.9), title)
    axes = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    shown = [_on_map(field, terrain, moment) for moment in moments]
    size = [np.hypot(each[..., 0], each[..., 1]) if vector else each[..., 0] for each in shown]
    most = max(float(np.nanmax(each)) for each in size)
    drawn: Any = None
    for panel, moment, values, amount in zip(axes.flat, moments, shown, size, strict=False):
        drawn = panel.imshow(
            amount, origin="lower", extent=(west, east, south, north), vmin=0.0, vmax=max(most, 1e-6),
            cmap="YlGnBu" if vector else "Blues", interpolation="nearest",
        )  # fmt: skip
        _land(panel, terrain, (west, east, south, north))
        if vector:
            _arrows(panel, values, (west, east, south, north), most)
        for x, y, name in points:
            panel.plot(x / 1000.0, y / 1000.0, "o", color=RED, markersize=4)
            panel.annotate(name, (x / 1000.0, y / 1000.0), fontsize=7, xytext=(4, 4), textcoords="offset points")
        panel.set_title(f"{start + timedelta(seconds=float(moment)):%d %b %H:%M} UTC", fontsize=9)
        panel.tick_params(labelsize=7)
    for spare in list(axes.flat)[len(moments) :]:
        spare.set_axis_off()
    bar = figure.colorbar(drawn, ax=axes, shrink=0.7, pad=0.01)
    bar.set_label(LABELS.get(field.name, field.name), fontsize=8)
    figure.supxlabel("km on the site's plane", fontsize=8, color=GREY)
    return figure


def _on_map(field: Field, terrain: Terrain, moment: float, cells: int = 90) -> npt.NDArray[np.float64]:
    """Values over the terrain's box, northern row last, at one moment."""
    west, south, east, north = terrain.grid.bounds
    spacing = max(east - west, north - south) / cells
    x = np.arange(west + 0.5 * spacing, east, spacing)
    y = np.arange(south + 0.5 * spacing, north, spacing)
    grid = field.grid
    columns = np.clip(np.rint((x - grid.x0) / grid.spacing), 0, grid.nx - 1).astype(int)
    rows = np.clip(np.rint((y - grid.y0) / grid.spacing), 0, grid.ny - 1).astype(int)
    after = int(np.clip(np.searchsorted(field.times, moment), 0, field.times.size - 1))
    before = max(after - 1, 0)
    span = float(field.times[after] - field.times[before])
    share = min(max((moment - float(field.times[before])) / span, 0.0), 1.0) if span > 0.0 else 1.0
    now = (1.0 - share) * field.values[before].astype(np.float64) + share * field.values[after]
    return np.asarray(now[rows[:, None], columns[None, :]], np.float64)


def _land(panel: Axes, terrain: Terrain, extent: tuple[float, float, float, float]) -> None:
    step = max(1, max(terrain.surface.shape) // 600)
    dry = np.where(terrain.surface[::step, ::step] != WATER, 1.0, np.nan)
    panel.imshow(dry, origin="lower", extent=extent, cmap="Greys", vmin=0.0, vmax=3.2, interpolation="nearest")


def _arrows(
    panel: Axes, values: npt.NDArray[np.float64], extent: tuple[float, float, float, float], most: float
) -> None:
    step = max(1, max(values.shape[:2]) // ARROWS)
    part = values[step // 2 :: step, step // 2 :: step]
    west, east, south, north = extent
    x = west + (np.arange(values.shape[1])[step // 2 :: step] + 0.5) / values.shape[1] * (east - west)
    y = south + (np.arange(values.shape[0])[step // 2 :: step] + 0.5) / values.shape[0] * (north - south)
    panel.quiver(
        x, y, part[..., 0], part[..., 1], scale=most * ARROWS * 1.1, width=0.0035, color="#1b1b1b", pivot="middle"
    )


def moments_of(field: Field, duration: float, events: Sequence[float] = ()) -> list[float]:
    """Up to six moments for maps: spread over the run, drawn towards events such as the passage of a front."""
    if field.times.size == 1:
        return [0.0]
    inside = sorted({min(max(each, 0.0), duration) for each in events})[: PANELS - 2]
    spread = np.linspace(0.0, duration, PANELS).tolist()
    for each in inside:
        nearest = int(np.argmin([abs(each - other) for other in spread]))
        spread[nearest] = each
    return sorted(set(spread))
