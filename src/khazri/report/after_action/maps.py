"""The oil at the end in both runs, on one ground and one extent, as a pair of pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from khazri.engine.frame import Frame
from khazri.engine.owners import Status
from khazri.geo.terrain import Terrain
from khazri.report.after_action.document import MapPair
from khazri.report.after_action.words import Words
from khazri.report.chart import Chart, Layout, rgb, view_extent
from khazri.report.maps import exact_palette, short_key
from khazri.report.values import FrameSeries, ReportedRelease, RunOutcome, SiteOutcome, ValuedPlace

LAYOUT: Final = Layout(width=1000, height=880, top=80, bottom=92, text=18)
BOOM: Final = rgb("#c2185b")


@dataclass(frozen=True)
class LastFrames:
    """The last moment of both runs as a series, so that the chart's own extent holds both."""

    frames: tuple[Frame, ...]

    def __len__(self) -> int:
        return len(self.frames)

    def __getitem__(self, index: int, /) -> Frame:
        return self.frames[index]

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Seconds from the start."""
        return np.array([frame.time for frame in self.frames])


@dataclass(frozen=True)
class Ground:
    """What the maps of one site stand on."""

    ident: str
    names: Mapping[str, str]
    terrain: Terrain
    releases: tuple[ReportedRelease, ...]
    places: tuple[ValuedPlace, ...]
    not_for_navigation: bool

    def name(self, language: str) -> str:
        """Of the site."""
        return Words(language).pick(self.names, self.ident)


def draw_pair(
    ground: Ground,
    frames: tuple[Frame, Frame],
    booms: Sequence[npt.NDArray[np.float64]],
    *,
    start: datetime,
    language: str,
) -> MapPair:
    """Do nothing and as played, in one language; `booms` (lines on the plane) stand in the second."""
    words = Words(language)
    series: FrameSeries = LastFrames(frames)
    site = SiteOutcome(
        ident=ground.ident,
        names=ground.names,
        terrain=ground.terrain,
        frames=series,
        releases=ground.releases,
        places=ground.places,
        not_for_navigation=ground.not_for_navigation,
    )
    run = RunOutcome(name=ground.ident, titles={}, purposes={}, start=start, sites=(site,))
    view = view_extent(site, _extent(frames, ground, booms), aspect=LAYOUT.panel[0] / LAYOUT.panel[1])
    chart = Chart(run, site, view, layout=LAYOUT, language=language)
    nothing, played = (
        _picture(chart, frame, words.say(title), lines)
        for frame, title, lines in ((frames[0], "nothing", ()), (frames[1], "played", tuple(booms)))
    )
    return MapPair(ground.ident, ground.name(language), nothing, played, tuple(ground.terrain.attributions))


def _extent(
    frames: tuple[Frame, Frame], ground: Ground, booms: Sequence[npt.NDArray[np.float64]]
) -> tuple[float, float, float, float]:
    """Bounds of the oil that is there in either run, with the booms."""
    points = [line for line in booms if line.size]
    for frame in frames:
        there = frame.status < Status.LEFT_DOMAIN
        if there.any():
            points.append(np.column_stack([frame.x[there], frame.y[there]]))
    if not points:
        return ground.terrain.grid.bounds
    every = np.concatenate(points)
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _picture(chart: Chart, frame: Frame, title: str, booms: Sequence[npt.NDArray[np.float64]]) -> bytes:
    panel = chart.oil(frame)
    draw = ImageDraw.Draw(panel)
    for line in booms:
        if len(line) > 1:
            draw.line(chart.trace(line), fill=(255, 255, 255), width=5 * chart.scale)
            draw.line(chart.trace(line), fill=BOOM, width=3 * chart.scale)
    chart.marks(draw)
    chart.scale_bar(draw)
    colours = short_key(chart)
    picture = chart.finish(panel, title=title, time=frame.time, key=colours)
    out = io.BytesIO()
    palette = exact_palette(picture, [BOOM, *(colour for colour, _ in colours)])  # a third of the bytes
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
