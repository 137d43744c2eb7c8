"""Maps, an animation and gauges of the computed sea."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from khazri.report.chart import BANNER, INK, LAND_EDGE, LAND_FILL, PAPER, Colour, font
from khazri.report.values import RunOutcome, SiteOutcome
from khazri.report.words import translator
from khazri.sea.fields import SeaPicture

Singles = npt.NDArray[np.float32]

WIDTH: Final = 1200  # pixels of the map
TOP, BOTTOM, TEXT = 64, 64, 16
LOW: Final[Colour] = (33, 102, 172)
EVEN: Final[Colour] = (247, 247, 247)
HIGH: Final[Colour] = (178, 24, 43)
DRY: Final[Colour] = (214, 200, 160)
ARROWS: Final = 32  # along the longer side
FRAMES: Final = 49


@dataclass(frozen=True)
class Gauge:
    """A named place at which the level is told."""

    ident: str
    x: float  # on the plane [m]
    y: float


def write_sea(
    folder: Path,
    picture: SeaPicture,
    gauges: Sequence[Gauge],
    *,
    title: str,
    moments: Sequence[str],
    language: str = "en",
) -> list[Path]:
    """Level and current at the time of the highest water and at the end, an animation, and the gauges; EXERCISE.

    moments  the time of each picture in words
    """
    written = write_sea_maps(folder, picture, gauges, title=title, moments=moments, language=language)
    scale = level_scale(picture)
    chosen = np.unique(np.linspace(0, len(moments) - 1, min(FRAMES, len(moments))).astype(int))
    frames = [
        draw_sea(
            picture, int(k), scale=scale, gauges=gauges, title=f"{title}   {moments[k]}", width=WIDTH // 2, language=language
        ).quantize(96)
        for k in chosen
    ]  # fmt: skip
    frames[0].save(folder / "sea.gif", save_all=True, append_images=frames[1:], duration=150, loop=0)
    return [*written, folder / "sea.gif", write_gauges(folder / "gauges.csv", picture, gauges, moments)]


def write_sea_maps(
    folder: Path,
    picture: SeaPicture,
    gauges: Sequence[Gauge],
    *,
    title: str,
    moments: Sequence[str],
    language: str = "en",
) -> list[Path]:
    """Level and current at the time of the highest water and at the end; EXERCISE."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = level_scale(picture)
    heights = np.nan_to_num(picture.level, nan=-np.inf).reshape(len(moments), -1).max(axis=1)
    written = []
    for name, index in (("highest", int(heights.argmax())), ("end", len(moments) - 1)):
        path = folder / f"sea_{name}.png"
        words = f"{title}   {moments[index]}"
        draw_sea(picture, index, scale=scale, gauges=gauges, title=words, language=language).save(path)
        written.append(path)
    return written


def gauges_of(site: SiteOutcome) -> tuple[Gauge, ...]:
    """The places of a site, at their middles."""
    middles = ((place.ident, place.vertices.mean(axis=0)) for place in site.places)
    return tuple(Gauge(ident, float(x), float(y)) for ident, (x, y) in middles)


def moments_of(run: RunOutcome, picture: SeaPicture) -> list[str]:
    """The time of each picture in words."""
    return [f"{run.moment(float(each)):%Y-%m-%d %H:%M}Z" for each in picture.current.times]


def level_scale(picture: SeaPicture) -> float:
    """Level at which the colours end [m]: the 99.5th percentile of its size, a decimetre at least, rounded up."""
    found = np.abs(picture.level[np.isfinite(picture.level)])
    most = float(np.quantile(found, 0.995)) if found.size else 0.1
    return max(0.1, float(np.ceil(10.0 * most)) / 10.0)


def draw_sea(
    picture: SeaPicture,
    index: int,
    *,
    scale: float,
    gauges: Sequence[Gauge] = (),
    title: str = "",
    width: int = WIDTH,
    language: str = "en",
) -> Image.Image:
    """One picture: the level in colours, the current as arrows, flats that are dry now, land."""
    grid = picture.current.grid
    pixel = width / grid.nx
    size = (width, max(1, round(grid.ny * pixel)))
    small = TEXT * width // WIDTH
    top, bottom = TOP * width // WIDTH, BOTTOM * width // WIDTH
    sheet = Image.new("RGB", (size[0], size[1] + top + bottom), PAPER)
    colours = Image.fromarray(_colours(picture, index, scale)[::-1], "RGB")
    panel = colours.resize(size, Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(panel)
    _arrows(draw, picture, index, pixel, size[1])
    for gauge in gauges:
        x, y = (gauge.x - grid.bounds[0]) / grid.spacing * pixel, (grid.bounds[3] - gauge.y) / grid.spacing * pixel
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=PAPER, outline=INK, width=2)
        draw.text((x + 7, y - small // 2), gauge.ident, fill=INK, font=font(small))
    sheet.paste(panel, (0, top))
    paint = ImageDraw.Draw(sheet)
    paint.rectangle((0, 0, width, top // 2), fill=BANNER)
    say = translator(language)
    banner = say("exercise") if language == "en" else f"{say('exercise')}   EXERCISE"
    paint.text((10, top // 12), banner, fill=PAPER, font=font(small + 2, bold=True))
    paint.text((10, top // 2 + top // 12), title, fill=INK, font=font(small))
    _key(paint, scale, (10, size[1] + top + bottom // 6), width, small, say=say)
    return sheet


def _colours(picture: SeaPicture, index: int, scale: float) -> npt.NDArray[np.uint8]:
    level = picture.level[index]
    share = np.clip(np.nan_to_num(level) / scale, -1.0, 1.0)[..., None]
    ends = np.where(share < 0.0, np.asarray(LOW, float), np.asarray(HIGH, float))
    colours = np.asarray(EVEN, float) * (1.0 - np.abs(share)) + ends * np.abs(share)
    colours[np.isnan(level)] = LAND_FILL
    colours[np.isnan(level) & ((picture.depth != 0.0) | np.isfinite(picture.level).any(axis=0))] = DRY
    return np.asarray(colours, np.uint8)


def _arrows(draw: ImageDraw.ImageDraw, picture: SeaPicture, index: int, pixel: float, height: int) -> None:
    values = picture.current.values[index].astype(float)
    wet = np.isfinite(picture.level[index])
    every = max(1, max(wet.shape) // ARROWS)
    longest = 1.6 * every * pixel
    for row in range(every // 2, wet.shape[0], every):
        for column in range(every // 2, wet.shape[1], every):
            speed = float(np.hypot(*values[row, column]))
            if not wet[row, column] or speed < 0.01:
                continue
            length = longest * min(1.0, speed / 0.5)
            dx, dy = (values[row, column] / speed * length).tolist()
            x, y = (column + 0.5) * pixel, height - (row + 0.5) * pixel
            draw.line((x, y, x + dx, y - dy), fill=INK, width=1)
            for turn in (2.6, -2.6):
                c, s = np.cos(turn) * 0.3, np.sin(turn) * 0.3
                draw.line((x + dx, y - dy, x + dx + c * dx - s * dy, y - dy - (s * dx + c * dy)), fill=INK, width=1)


def _key(
    draw: ImageDraw.ImageDraw, scale: float, at: tuple[int, int], width: int, small: int, *, say: Callable[[str], str]
) -> None:
    x, y = at
    for step in range(100):
        share = step / 49.5 - 1.0
        ends = LOW if share < 0.0 else HIGH
        colour = tuple(round(a * (1 - abs(share)) + b * abs(share)) for a, b in zip(EVEN, ends, strict=True))
        left = x + step * width // 500
        draw.rectangle((left, y, left + width // 500, y + small), fill=colour)
    ends_at = x + width // 5
    draw.text((x, y + small + 2), f"-{scale:g} m", fill=INK, font=font(small))
    draw.text((ends_at - 4 * small, y + small + 2), f"+{scale:g} m", fill=INK, font=font(small))
    left, letters = ends_at + small, font(small)
    for colour, key in ((LAND_FILL, "sea_land"), (DRY, "sea_dry")):
        draw.rectangle((left, y, left + small, y + small), fill=colour, outline=LAND_EDGE)
        draw.text((left + small + 4, y - 2), say(key), fill=INK, font=letters)
        left += 3 * small + round(draw.textlength(say(key), font=letters))
    draw.text((left, y - 2), say("sea_arrows"), fill=INK, font=letters)


def write_gauges(path: Path, picture: SeaPicture, gauges: Sequence[Gauge], moments: Sequence[str]) -> Path:
    """Level [m above the sea at rest] at each gauge in time; empty where it is dry."""
    series = {gauge.ident: found for gauge in gauges if (found := picture.level_at(gauge.x, gauge.y)) is not None}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["# EXERCISE. Level above the sea at rest [m], at the nearest water to each place"])
        out.writerow(["time", "seconds", *series])
        for index, moment in enumerate(moments):
            levels = ["" if np.isnan(each[index]) else f"{each[index]:.3f}" for each in series.values()]
            out.writerow([moment, f"{picture.current.times[index]:.0f}", *levels])
    return path
