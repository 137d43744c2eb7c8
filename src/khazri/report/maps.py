"""The maps as PNG, and the animation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import shapely
from PIL import Image, ImageDraw

from khazri.report.chart import ASHORE, SHEET, STAMP, SUBMERGED, Chart, Colour, rgb, view_extent
from khazri.report.measures import Measures
from khazri.report.units import draw_units
from khazri.report.values import RunOutcome, SiteOutcome, pick
from khazri.report.vector import BAOAC_COLOURS, outline

ANIMATION_FRAMES: Final = 49
ARRIVAL_COLOURS: Final = (
    "#440154",
    "#46327e",
    "#365c8d",
    "#277f8e",
    "#1fa187",
    "#4ac16d",
    "#a0da39",
    "#fde725",
)  # viridis
DEGREES: Final[dict[str, str]] = {
    "washed off": "#9aa5ad",
    "light": "#f2cf4e",
    "moderate": "#dd6b0d",
    "heavy": "#4f1d0b",
}


def oil_key(chart: Chart) -> list[tuple[Colour, str]]:
    """The key of the map of thickness."""
    limits = ("0.04", "0.3", "5", "50", "200")
    key = [
        (rgb(BAOAC_COLOURS[code]), f"{chart.say(f'baoac_{code + 1}')} (≥ {limit} µm)")
        for code, limit in enumerate(limits)
    ]
    return [*key, (SUBMERGED, chart.say("submerged")), (ASHORE, chart.say("ashore"))]


def short_key(chart: Chart) -> list[tuple[Colour, str]]:
    """The same in the width of an animation."""
    key = [
        (rgb(colour), f"≥ {limit} µm")
        for colour, limit in zip(BAOAC_COLOURS, ("0.04", "0.3", "5", "50", "200"), strict=True)
    ]
    return [*key, (SUBMERGED, chart.say("submerged")), (ASHORE, chart.say("ashore"))]


def write_maps(
    folder: Path, run: RunOutcome, site: SiteOutcome, measures: Measures, *, language: str = "en"
) -> list[Path]:
    """Oil at the last time, first arrival, and the shore; three pictures on one ground."""
    view = view_extent(site, measures.extent, aspect=SHEET.panel[0] / SHEET.panel[1])
    chart = Chart(run, site, view, language=language)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "oil.png", folder / "arrival.png", folder / "shore.png"]
    for path, picture in zip(
        paths, (_oil(chart, measures), _arrival(chart, measures), _shore(chart, measures)), strict=True
    ):
        picture.save(path, optimize=False, compress_level=6)
    return paths


def _title(chart: Chart, key: str) -> str:
    return f"{pick(chart.run.titles, chart.language, chart.run.name)} - {chart.say(key)}"


def _complete(chart: Chart, panel: Image.Image, time: float | None) -> Image.Image:
    draw = ImageDraw.Draw(panel)
    chart.marks(draw)
    chart.scale_bar(draw)
    if time is not None:
        chart.wind(draw, time)
    return panel


def _oil(chart: Chart, measures: Measures) -> Image.Image:
    frame = chart.site.frames[len(chart.site.frames) - 1]
    panel = chart.oil(frame)
    draw = ImageDraw.Draw(panel)
    swept = outline(~np.isnan(measures.grids.first_arrival), measures.grids.grid)
    for part in shapely.get_parts(swept)[shapely.area(shapely.get_parts(swept)) > 6 * measures.grids.grid.spacing**2]:
        draw.line(chart.trace(np.asarray(part.exterior.coords)), fill=(110, 110, 116), width=chart.scale)
    draw_units(chart, draw, frame.time)
    track = measures.centre[np.isfinite(measures.centre).all(axis=1)]
    if len(track) > 1:
        draw.line(chart.trace(track), fill=(255, 255, 255), width=4 * chart.scale)
        draw.line(chart.trace(track), fill=(34, 40, 47), width=2 * chart.scale)
    return chart.finish(
        _complete(chart, panel, frame.time), title=_title(chart, "map_oil"), time=frame.time, key=oil_key(chart)
    )


def _arrival(chart: Chart, measures: Measures) -> Image.Image:
    panel = chart.ground.copy()
    first, grid = measures.grids.first_arrival, measures.grids.grid
    end = max(float(measures.times[-1]), 1.0)
    bounds = np.linspace(0.0, end, len(ARRIVAL_COLOURS) + 1)[1:]
    draw = ImageDraw.Draw(panel)
    with np.errstate(invalid="ignore"):
        for bound, colour in reversed(list(zip(bounds, ARRIVAL_COLOURS, strict=True))):
            for part in shapely.get_parts(outline(first <= bound, grid)):
                draw.polygon(chart.trace(np.asarray(part.exterior.coords)), fill=rgb(colour))
    key = [(rgb(colour), f"≤ {bound / 3600:.3g} h") for bound, colour in zip(bounds, ARRIVAL_COLOURS, strict=True)]
    return chart.finish(_complete(chart, panel, None), title=_title(chart, "map_arrival"), time=None, key=key)


def _shore(chart: Chart, measures: Measures) -> Image.Image:
    panel = chart.ground.copy()
    picture = np.array(panel)
    for degree, colour in DEGREES.items():
        rows = [row for row in measures.shore if row.degree == degree]
        if rows:
            radius = min(max(rows[0].length / chart.metres * 0.5, 2.5 * chart.scale), 7.0 * chart.scale)
            x, y = np.array([row.x for row in rows]), np.array([row.y for row in rows])
            chart.stamp(picture, x, y, (90, 90, 90), radius + 0.7 * chart.scale)
            chart.stamp(picture, x, y, rgb(colour), radius)
    words = {"washed off": "washed_off", "light": "light", "moderate": "moderate", "heavy": "heavy"}
    key = [(rgb(colour), chart.say(f"shore_{words[degree]}")) for degree, colour in DEGREES.items()]
    time = float(measures.times[-1])
    return chart.finish(
        _complete(chart, Image.fromarray(picture, "RGB"), None), title=_title(chart, "map_shore"), time=time, key=key
    )


def exact_palette(picture: Image.Image, colours: list[Colour]) -> Image.Image:
    """A palette of a picture in which some colours are kept as they are."""
    found = picture.quantize(120, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    entries = [*(channel for colour in colours for channel in colour), *found[: 3 * 120]]
    palette = Image.new("P", (1, 1))
    palette.putpalette(entries + entries[:3] * (256 - len(entries) // 3))
    return palette


def write_animation(path: Path, run: RunOutcome, site: SiteOutcome, measures: Measures, *, language: str = "en") -> int:
    """A GIF of at most ANIMATION_FRAMES pictures; returns how many."""
    view = view_extent(site, measures.extent, aspect=STAMP.panel[0] / STAMP.panel[1])
    chart = Chart(run, site, view, layout=STAMP, scale=1, language=language)
    chart.__dict__["ground"] = Chart(run, site, view, layout=STAMP, scale=2, language=language).ground.resize(
        STAMP.panel, Image.Resampling.BOX
    )
    count = len(site.frames)
    chosen = np.unique(np.linspace(0, count - 1, min(count, ANIMATION_FRAMES)).astype(int))
    key, title = short_key(chart), _title(chart, "map_oil")
    pictures: list[Image.Image] = []
    palette: Image.Image | None = None
    for index in chosen[::-1]:
        frame = site.frames[int(index)]
        panel = chart.oil(frame)
        draw_units(chart, ImageDraw.Draw(panel), frame.time, named=False)
        picture = chart.finish(_complete(chart, panel, frame.time), title=title, time=frame.time, key=key)
        if palette is None:
            palette = exact_palette(picture, [colour for colour, _ in key])
        pictures.append(picture.quantize(palette=palette, dither=Image.Dither.NONE))
    pictures.reverse()
    pictures[0].save(
        path, save_all=True, append_images=pictures[1:], duration=[160] * (len(pictures) - 1) + [2500], loop=0,
        optimize=False, disposal=1, comment=b"EXERCISE - simulated incident, not a real event",
    )  # fmt: skip
    return len(pictures)
