"""A chart of one site as a picture: drawn with Pillow at twice its size and scaled down, so that lines are smooth.

What does not change with time (depth, land, graticule, places, key) is drawn once; oil is stamped on a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageDraw, ImageFont

from khazri.engine.frame import Frame
from khazri.engine.owners import Status
from khazri.geo.terrain import LAND, OUTSIDE, Terrain
from khazri.report.values import RunOutcome, SiteOutcome, appearance, exercise_time, mariner, pick
from khazri.report.vector import BAOAC_COLOURS, filled
from khazri.report.words import translator

Colour = tuple[int, int, int]
Picture = npt.NDArray[np.uint8]

INK: Final[Colour] = (34, 40, 47)
FAINT: Final[Colour] = (104, 115, 125)
PAPER: Final[Colour] = (255, 255, 255)
LAND_FILL: Final[Colour] = (240, 236, 226)
LAND_EDGE: Final[Colour] = (139, 131, 112)
BEYOND: Final[Colour] = (226, 228, 230)
BANNER: Final[Colour] = (158, 27, 38)
PLACE: Final[Colour] = (17, 94, 89)
RELEASE: Final[Colour] = (158, 27, 38)
ASHORE: Final[Colour] = (20, 20, 24)
SUBMERGED: Final[Colour] = (58, 117, 168)
DEPTH_STOPS: Final = (0.0, 1.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 300.0, 1000.0)
DEPTH_SHALLOW: Final[Colour] = (233, 241, 243)
DEPTH_DEEP: Final[Colour] = (168, 197, 214)
ISOBATHS: Final = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
MINUTES: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300)


def rgb(text: str) -> Colour:
    """#rrggbb as three integers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which ships with matplotlib and has Cyrillic and Azerbaijani letters."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return ImageFont.truetype(str(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


def land_outline(terrain: Terrain) -> shapely.MultiPolygon:
    """Land as smooth polygons on the plane."""
    grid = terrain.grid
    land = np.pad((terrain.surface == LAND).astype(np.float32), 1, mode="edge")
    x = grid.x0 + grid.spacing * (np.arange(grid.nx + 2) - 1)
    y = grid.y0 + grid.spacing * (np.arange(grid.ny + 2) - 1)
    return filled(x, y, land, 0.5, np.inf)


def view_extent(
    site: SiteOutcome, oil: tuple[float, float, float, float], *, aspect: float
) -> tuple[float, float, float, float]:
    """Bounds that show the oil, the releases and the places near it, padded, of a width-to-height ratio."""
    points = [np.array([oil[:2], oil[2:]])] + [release.vertices for release in site.releases]
    span = max(oil[2] - oil[0], oil[3] - oil[1], 25_000.0)
    seen = shapely.box(*oil)
    for place in site.places:
        ring = place.vertices
        shape = shapely.Polygon(ring) if len(ring) > 2 else shapely.Point(ring[0]).buffer(place.radius)
        way = shapely.shortest_line(seen, shape)
        if shapely.length(way) < 1.2 * span:
            points.append(np.asarray(way.coords))
    every = np.concatenate(points)
    low, high = every.min(axis=0), every.max(axis=0)
    centre, size = (low + high) / 2, np.maximum(high - low, 15_000.0) * 1.3
    width = max(size[0], size[1] * aspect)
    return (
        float(centre[0] - width / 2),
        float(centre[1] - width / aspect / 2),
        float(centre[0] + width / 2),
        float(centre[1] + width / aspect / 2),
    )


@dataclass(frozen=True)
class Layout:
    """Sizes of the parts of a picture, in pixels of the finished picture."""

    width: int
    height: int
    top: int  # banner and title
    bottom: int  # key
    text: int

    @property
    def panel(self) -> tuple[int, int]:
        """Width and height of the map itself."""
        return self.width, self.height - self.top - self.bottom


SHEET: Final = Layout(width=1400, height=1080, top=84, bottom=86, text=15)
STAMP: Final = Layout(width=760, height=640, top=56, bottom=52, text=11)


class Chart:
    """The map of one site in one layout; `still` gives a picture without oil, `draw` one with."""

    def __init__(
        self, run: RunOutcome, site: SiteOutcome, view: tuple[float, float, float, float], *,
        layout: Layout = SHEET, scale: int = 2, language: str = "en",
    ) -> None:  # fmt: skip
        self.run, self.site, self.layout, self.scale = run, site, layout, scale
        self.view = view
        self.say = translator(language)
        self.language = language
        self.panel = (layout.panel[0] * scale, layout.panel[1] * scale)
        self.metres = (view[2] - view[0]) / self.panel[0]  # per pixel

    def pixels(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Plane metres to pixels of the enlarged panel."""
        return (np.asarray(x) - self.view[0]) / self.metres, (self.view[3] - np.asarray(y)) / self.metres

    def trace(self, points: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
        """Vertices as Pillow takes them."""
        px, py = self.pixels(points[:, 0], points[:, 1])
        return list(zip(px.tolist(), py.tolist(), strict=True))

    @cached_property
    def ground(self) -> Image.Image:
        """Depth, land and graticule on the enlarged panel."""
        picture = self._depths()
        draw = ImageDraw.Draw(picture)
        self._isobaths(draw)
        box = shapely.box(*self.view)
        land = shapely.clip_by_rect(land_outline(self.site.terrain), *box.buffer(self.metres * 20).bounds)
        for part in shapely.get_parts(land):
            if isinstance(part, shapely.Polygon) and not part.is_empty:
                self._land(draw, part)
        self._graticule(draw)
        return picture

    def _land(self, draw: ImageDraw.ImageDraw, part: shapely.Polygon) -> None:
        draw.polygon(self.trace(np.asarray(part.exterior.coords)), fill=LAND_FILL, outline=LAND_EDGE, width=self.scale)
        for ring in part.interiors:
            points = np.asarray(ring.coords)
            draw.polygon(self.trace(points), fill=DEPTH_SHALLOW, outline=LAND_EDGE, width=self.scale)

    def _depths(self) -> Image.Image:
        terrain, grid = self.site.terrain, self.site.terrain.grid
        share = np.interp(terrain.depth, DEPTH_STOPS, np.linspace(0.0, 1.0, len(DEPTH_STOPS)))[..., None]
        colours = np.asarray(DEPTH_SHALLOW) * (1 - share) + np.asarray(DEPTH_DEEP) * share
        colours[terrain.surface == OUTSIDE] = BEYOND
        source = Image.fromarray(colours.astype(np.uint8)[::-1], "RGB")
        west, _, _, north = grid.bounds
        step = self.metres / grid.spacing
        matrix = (step, 0.0, (self.view[0] - west) / grid.spacing, 0.0, step, (north - self.view[3]) / grid.spacing)
        return source.transform(
            self.panel, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR, fillcolor=BEYOND
        )

    def _isobaths(self, draw: ImageDraw.ImageDraw) -> None:
        import contourpy

        terrain = self.site.terrain
        generator = contourpy.contour_generator(terrain.grid.x, terrain.grid.y, terrain.depth)
        face = font(self.layout.text * self.scale * 3 // 4)
        for depth in ISOBATHS:
            lines = [np.asarray(line) for line in generator.lines(depth)]
            for line in lines:
                if len(line) > 8:
                    draw.line(self.trace(line), fill=(140, 170, 188), width=max(1, self.scale // 2))
            shown = [line for line in lines if len(line) > 40]
            for line in sorted(shown, key=len, reverse=True)[:2]:
                inside = (
                    np.abs(line - np.mean([self.view[:2], self.view[2:]], axis=0))
                    < 0.45 * self.metres * np.array(self.panel)
                ).all(axis=1)
                if inside.any():
                    x, y = self.trace(line[inside][[int(inside.sum()) // 2]])[0]
                    draw.text((x, y), f"{depth:g}", fill=(92, 128, 150), font=face, anchor="mm")

    def _graticule(self, draw: ImageDraw.ImageDraw) -> None:
        plane = self.site.terrain.plane
        west, south, east, north = self.view
        lon, lat = plane.to_geographic([west, east, west, east], [south, south, north, north])
        face = font(self.layout.text * self.scale * 4 // 5)
        aim = (self.view[3] - self.view[1]) / 1852.0 / 4.5
        step = next((m for m in MINUTES if m >= aim), MINUTES[-1]) / 60.0
        step_lon = next((m for m in MINUTES if m >= aim / np.cos(np.radians(lat.mean()))), MINUTES[-1]) / 60.0
        along = np.linspace(-0.3, 1.3, 60)
        for value in np.arange(np.floor(lat.min() / step), np.ceil(lat.max() / step) + 1) * step:
            x, y = self.pixels(*plane.to_plane(lon.min() + along * np.ptp(lon), np.full(60, value)))
            draw.line(
                list(zip(x.tolist(), y.tolist(), strict=True)), fill=(150, 160, 168), width=max(1, self.scale // 2)
            )
            at = float(np.interp(4 * self.scale, x, y))
            if 30 * self.scale < at < self.panel[1] - 30 * self.scale:
                draw.text(
                    (6 * self.scale, at - 2 * self.scale), degrees(value, "NS"), fill=FAINT, font=face, anchor="lb"
                )
        for value in np.arange(np.floor(lon.min() / step_lon), np.ceil(lon.max() / step_lon) + 1) * step_lon:
            x, y = self.pixels(*plane.to_plane(np.full(60, value), lat.min() + along * np.ptp(lat)))
            draw.line(
                list(zip(x.tolist(), y.tolist(), strict=True)), fill=(150, 160, 168), width=max(1, self.scale // 2)
            )
            at = float(np.interp(-(self.panel[1] - 4 * self.scale), -y, x))
            if 60 * self.scale < at < self.panel[0] - 60 * self.scale:
                draw.text(
                    (at + 3 * self.scale, self.panel[1] - 5 * self.scale),
                    degrees(value, "EW"),
                    fill=FAINT,
                    font=face,
                    anchor="lb",
                )

    def stamp(self, picture: Picture, x: npt.ArrayLike, y: npt.ArrayLike, colour: Colour, radius: float) -> None:
        """Put a disc at every point of an array picture."""
        px, py = self.pixels(x, y)
        column, row = px.astype(np.int64), py.astype(np.int64)
        reach = int(np.ceil(radius))
        for dy in range(-reach, reach + 1):
            for dx in range(-reach, reach + 1):
                if dx * dx + dy * dy > radius * radius + 0.25:
                    continue
                c, r = column + dx, row + dy
                inside = (c >= 0) & (r >= 0) & (c < picture.shape[1]) & (r < picture.shape[0])
                picture[r[inside], c[inside]] = colour

    def oil(self, frame: Frame) -> Image.Image:
        """The ground with the particles of a frame on it: thin below thick, and what is ashore on top."""
        picture = np.array(self.ground)
        radius = 1.1 * self.scale if frame.ident.size > 3000 else 1.6 * self.scale
        below = np.isin(frame.status, (Status.SUBMERGED, Status.OVERWASHED))
        self.stamp(picture, frame.x[below], frame.y[below], SUBMERGED, radius * 0.7)
        surface = np.isin(frame.status, (Status.AFLOAT, Status.BOOMED, Status.IN_ICE))
        codes = appearance(frame.thickness)
        for code in range(6):
            chosen = surface & (codes == code)
            if chosen.any():
                self.stamp(picture, frame.x[chosen], frame.y[chosen], rgb(BAOAC_COLOURS[max(code, 1) - 1]), radius)
        ashore = frame.status == Status.ASHORE
        self.stamp(picture, frame.x[ashore], frame.y[ashore], ASHORE, radius)
        return Image.fromarray(picture, "RGB")

    def marks(self, draw: ImageDraw.ImageDraw, *, names: bool = True) -> None:
        """Places of value and releases."""
        s, face = self.scale, font(self.layout.text * self.scale * 9 // 10)
        for place in self.site.places:
            if len(place.vertices) >= 3:
                ring = self.trace(np.vstack((place.vertices, place.vertices[:1])))
                dashed(draw, ring, PLACE, width=s, dash=7 * s)
                anchor = (sum(point[0] for point in ring[:-1]) / (len(ring) - 1), min(point[1] for point in ring))
            else:
                x, y = self.trace(place.vertices)[0]
                r = max(place.radius / self.metres, 4 * s)
                dashed(
                    draw,
                    [(x + r * np.cos(a), y + r * np.sin(a)) for a in np.linspace(0, 6.2832, 49)],
                    PLACE,
                    width=s,
                    dash=7 * s,
                )
                anchor = (x, y - r)
            low, high = place.vertices.min(axis=0) - place.radius, place.vertices.max(axis=0) + place.radius
            seen = (low < self.view[2:]).all() and (high > self.view[:2]).all()
            if names and seen:
                at = (
                    min(max(anchor[0], 90 * s), self.panel[0] - 90 * s),
                    min(max(anchor[1] - 4 * s, 24 * s), self.panel[1] - 30 * s),
                )
                draw.text(
                    at,
                    pick(place.names, self.language, place.ident),
                    fill=PLACE,
                    font=face,
                    anchor="mb",
                    stroke_width=2 * s,
                    stroke_fill=PAPER,
                )
        for release in self.site.releases:
            x, y = self.trace(release.vertices.mean(axis=0)[None, :])[0]
            r = 5 * s
            draw.line([(x - r, y), (x + r, y)], fill=RELEASE, width=2 * s)
            draw.line([(x, y - r), (x, y + r)], fill=RELEASE, width=2 * s)
            draw.ellipse([x - r, y - r, x + r, y + r], outline=RELEASE, width=max(1, 3 * s // 2))

    def scale_bar(self, draw: ImageDraw.ImageDraw) -> None:
        """Kilometres and nautical miles, at the lower right."""
        s, face = self.scale, font(self.layout.text * self.scale * 4 // 5)
        aim = self.panel[0] * self.metres / 5.0
        for row, (unit, metres) in enumerate((("km", 1000.0), ("nmi", 1852.0))):
            length = max((n for n in (1, 2, 5, 10, 20, 50, 100, 200) if n * metres <= aim), default=1)
            pixels = length * metres / self.metres
            x, y = self.panel[0] - 24 * s - pixels, self.panel[1] - (58 - 26 * row) * s
            draw.line([(x, y - 4 * s), (x, y), (x + pixels, y), (x + pixels, y - 4 * s)], fill=INK, width=s)
            draw.text((x + pixels / 2, y - 2 * s), f"{length} {unit}", fill=INK, font=face, anchor="mb")

    def wind(self, draw: ImageDraw.ImageDraw, time: float) -> None:
        """An arrow the way the wind blows, with its speed, at the upper right."""
        if self.site.wind is None:
            return
        u, v = self.site.wind.at(time)
        speed, s = float(np.hypot(u, v)), self.scale
        x, y, reach = self.panel[0] - 52 * s, 46 * s, 24 * s
        draw.ellipse(
            [x - 32 * s, y - 32 * s, x + 32 * s, y + 32 * s], fill=(255, 255, 255), outline=(200, 206, 211), width=s
        )
        if speed > 0.05:
            dx, dy = u / speed, -v / speed
            tip, tail = (x + dx * reach, y + dy * reach), (x - dx * reach, y - dy * reach)
            draw.line([tail, (x + dx * reach * 0.6, y + dy * reach * 0.6)], fill=INK, width=2 * s)
            side = 7 * s
            root = (x + dx * reach * 0.35, y + dy * reach * 0.35)
            draw.polygon(
                [tip, (root[0] - dy * side, root[1] + dx * side), (root[0] + dy * side, root[1] - dx * side)], fill=INK
            )
        words = f"{self.say('wind')} {speed:.0f} m/s ({speed / 0.514444:.0f} kn)"
        face = font(self.layout.text * s * 4 // 5)
        draw.text((self.panel[0] - 14 * s, y + 38 * s), words, fill=INK, anchor="ra", font=face,
                  stroke_width=s, stroke_fill=PAPER)  # fmt: skip

    def finish(
        self, panel: Image.Image, *, title: str, time: float | None, key: list[tuple[Colour, str]]
    ) -> Image.Image:
        """The panel with its frame: EXERCISE, title, time, key and warning; at the finished size."""
        layout, s = self.layout, self.scale
        sheet = Image.new("RGB", (layout.width, layout.height), PAPER)
        small = panel if s == 1 else panel.resize(layout.panel, Image.Resampling.BOX)
        sheet.paste(small, (0, layout.top))
        draw = ImageDraw.Draw(sheet)
        band = layout.text + 11
        draw.rectangle([0, 0, layout.width, band], fill=BANNER)
        word = self.say("exercise_banner")
        draw.text((layout.width / 2, band / 2), word, fill=PAPER, font=font(layout.text, bold=True), anchor="mm")
        middle = (band + layout.top) / 2
        draw.text((16, middle), title, fill=INK, font=font(layout.text * 5 // 4, bold=True), anchor="lm")
        if time is not None:
            moment = self.run.moment(time).strftime("%Y-%m-%d %H:%M UTC")
            draw.text(
                (layout.width - 16, middle),
                f"{exercise_time(time)}   {moment}",
                fill=INK,
                font=font(layout.text * 6 // 5),
                anchor="rm",
            )
        draw.line([0, layout.top - 1, layout.width, layout.top - 1], fill=(190, 197, 202))
        draw.line([0, layout.height - layout.bottom, layout.width, layout.height - layout.bottom], fill=(190, 197, 202))
        self._key(draw, key)
        return sheet

    def _key(self, draw: ImageDraw.ImageDraw, key: list[tuple[Colour, str]]) -> None:
        layout, face = self.layout, font(self.layout.text * 9 // 10)
        x, y = 16.0, layout.height - layout.bottom * 0.68
        for colour, words in key:
            draw.ellipse([x, y - 5, x + 11, y + 6], fill=colour, outline=(90, 90, 90))
            draw.text((x + 17, y), words, fill=INK, font=face, anchor="lm")
            x += 17 + draw.textlength(words, font=face) + layout.text * 1.3
        y = layout.height - layout.bottom * 0.25
        words = self.say("simulated")
        if self.site.not_for_navigation:
            words = f"{self.say('not_for_navigation')}   |   {words}"
        draw.text((16, y), words, fill=FAINT, font=font(layout.text * 8 // 10), anchor="lm")
        sources = "; ".join(dict.fromkeys(text.split(";")[0].split(" (")[0] for text in self.site.attributions))
        small = font(layout.text * 8 // 10)
        while draw.textlength(words + sources, font=small) > layout.width - 60 and small.size > 6:
            small = font(int(small.size) - 1)
        draw.text((layout.width - 16, y), sources, fill=FAINT, font=small, anchor="rm")


def dashed(
    draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], colour: Colour, *, width: int, dash: float
) -> None:
    """A dashed line along a path."""
    path = np.asarray(points)
    reach = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))))
    dash = min(dash, reach[-1] / 24.0) or 1.0
    for start in np.arange(0.0, reach[-1], 2 * dash):
        at = np.linspace(start, min(start + dash, reach[-1]), 4)
        x, y = np.interp(at, reach, path[:, 0]), np.interp(at, reach, path[:, 1])
        draw.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=colour, width=2 * width)


def degrees(value: float, letters: str) -> str:
    """45°30'N."""
    minutes = round(abs(value) * 60.0)
    return f"{minutes // 60}°{minutes % 60:02d}'{letters[int(value < 0)]}"


def position_of(site: SiteOutcome, x: float, y: float) -> str:
    """A point of the plane as mariners write it."""
    lon, lat = site.terrain.plane.to_geographic(x, y)
    return mariner(float(lon), float(lat))
