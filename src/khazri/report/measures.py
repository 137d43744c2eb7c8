"""What the frames of one site add up to: grids over time, arrivals, places and shore. One frame in memory at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from khazri.engine.frame import Frame
from khazri.engine.owners import Status
from khazri.geo.grid import Grid
from khazri.geo.terrain import ShoreType
from khazri.report.values import BAOAC_LIMITS, FrameSeries, SiteOutcome, ValuedPlace

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

SURFACE: Final = (Status.AFLOAT, Status.BOOMED, Status.IN_ICE)
SPACINGS: Final = (100.0, 200.0, 250.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)
CELLS: Final = 60_000  # aimed at, so that a file of two days stays in the megabytes
ARRIVED: Final = 1.0  # [kg] from which a place counts as reached


@dataclass(frozen=True)
class OilGrids:
    """Gridded oil at the times of the frames: arrays (nt, ny, nx) on `grid`, NaN-free."""

    grid: Grid
    times: Doubles
    film: Singles  # thickness of the film that is there, weighted by mass [m]: independent of the grid
    mass: Singles  # oil at the surface per area of cell [kg m-2]
    cover: Singles  # share of the cell under that film [1]
    presence: Singles  # share of the ensemble's members with visible oil [1]
    first_arrival: Singles  # (ny, nx) [s]; NaN where none came
    exposure: Singles  # (ny, nx) oil per area summed over time [kg s m-2]


@dataclass(frozen=True)
class PlaceOutcome:
    """What reached one place of value."""

    place: ValuedPlace
    first_arrival: float | None  # [s]
    peak: float  # [kg] at the surface and ashore
    peak_time: float | None
    last: float
    nearest: float  # least distance of surface oil to it [m], 0 when reached


@dataclass(frozen=True)
class OiledSegment:
    """One stretch of oiled shore at the last frame."""

    segment: int
    kind: str
    length: float
    width: float
    x: float
    y: float
    oil: float  # [kg]
    peak: float
    first_time: float
    grams_per_area: float  # [g m-2]

    @property
    def degree(self) -> str:
        """Light below 0.1 kg/m2, moderate below 1 kg/m2, heavy above: thresholds of stochastic shoreline studies.

        Source: French McCay (2009), 100 g m-2 as the ecological threshold on shores; 1 kg m-2 as heavy.
        """
        if self.grams_per_area >= 1000.0:
            return "heavy"
        return "moderate" if self.grams_per_area >= 100.0 else "light" if self.oil > 0.0 else "washed off"


@dataclass(frozen=True)
class Measures:
    """All that tables, maps and pages need of one site."""

    times: Doubles
    budget: Doubles  # (nt, OWNERS) [kg]
    released: Doubles  # (nt,) [kg]
    counts: npt.NDArray[np.int64]
    marks: tuple[dict[str, int], ...]
    centre: Doubles  # (nt, 2) of the mass at the surface [m]; NaN when there is none
    grids: OilGrids
    places: tuple[PlaceOutcome, ...]
    shore: tuple[OiledSegment, ...]
    extent: tuple[float, float, float, float]  # of all oil in the domain


def oil_extent(frames: FrameSeries) -> tuple[float, float, float, float] | None:
    """Bounds of every particle that is or was within the domain, or None without any."""
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for index in range(len(frames)):
        frame = frames[index]
        inside = (frame.status != Status.LEFT_DOMAIN) & (frame.status < Status.NOT_YET_RELEASED)
        if not inside.any():
            continue
        x, y = frame.x[inside], frame.y[inside]
        low = np.minimum(low, (x.min(), y.min()))
        high = np.maximum(high, (x.max(), y.max()))
    if not np.all(np.isfinite(low)) or not np.all(np.isfinite(high)):
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def choose_grid(extent: tuple[float, float, float, float]) -> Grid:
    """A grid of round spacing around the oil, of at most about CELLS cells, aligned to multiples of its spacing."""
    west, south, east, north = extent
    for spacing in SPACINGS:
        x0, y0 = np.floor(west / spacing) - 1, np.floor(south / spacing) - 1
        nx, ny = int(np.ceil(east / spacing) - x0) + 1, int(np.ceil(north / spacing) - y0) + 1
        if nx * ny <= CELLS:
            break
    return Grid(x0=float((x0 + 0.5) * spacing), y0=float((y0 + 0.5) * spacing), spacing=spacing, nx=nx, ny=ny)


def cells_of(grid: Grid, x: Doubles, y: Doubles) -> npt.NDArray[np.int64]:
    """Flat index of the cell of each point; the points lie on the grid."""
    column = np.clip(((x - grid.x0) / grid.spacing + 0.5).astype(np.int64), 0, grid.nx - 1)
    row = np.clip(((y - grid.y0) / grid.spacing + 0.5).astype(np.int64), 0, grid.ny - 1)
    return row * grid.nx + column


def measure(site: SiteOutcome) -> Measures:
    """Read the frames once for their extent and once for everything else."""
    frames = site.frames
    extent = oil_extent(frames) or site.terrain.grid.bounds
    grid = choose_grid(extent)
    tally = _Tally(grid, site)
    for index in range(len(frames)):
        tally.add(frames[index])
    return tally.result(extent)


class _Tally:
    """Adds frames up."""

    def __init__(self, grid: Grid, site: SiteOutcome) -> None:
        self.grid, self.site = grid, site
        self.size = grid.nx * grid.ny
        self.times: list[float] = []
        self.film: list[Singles] = []
        self.mass: list[Singles] = []
        self.cover: list[Singles] = []
        self.presence: list[Singles] = []
        self.rows: list[tuple[Doubles, float, npt.NDArray[np.int64], dict[str, int]]] = []
        self.centre: list[tuple[float, float]] = []
        self.first = np.full(self.size, np.nan, np.float32)
        self.exposure = np.zeros(self.size, np.float64)
        segments = len(site.terrain.segments)
        self.shore_first = np.full(segments, np.nan)
        self.shore_peak, self.shore_last = np.zeros(segments), np.zeros(segments)
        self.shapes = [_shape(place) for place in site.places]
        self.place_series: list[list[float]] = [[] for _ in site.places]
        self.place_near = np.full(len(site.places), np.inf)

    def add(self, frame: Frame) -> None:
        """Take one frame into every sum."""
        self.times.append(frame.time)
        self.rows.append((frame.budget, frame.released, frame.counts, frame.marks))
        surface = np.isin(frame.status, SURFACE)
        x, y, mass = frame.x[surface], frame.y[surface], frame.mass[surface].astype(np.float64)
        total = mass.sum()
        self.centre.append((float(mass @ x / total), float(mass @ y / total)) if total > 0 else (np.nan, np.nan))
        self._grids(frame, surface, x, y, mass)
        self._shore(frame)
        self._places(frame, surface)

    def _grids(self, frame: Frame, surface: npt.NDArray[np.bool_], x: Doubles, y: Doubles, mass: Doubles) -> None:
        cell = cells_of(self.grid, x, y)
        area = self.grid.spacing**2
        film_of = frame.thickness[surface].astype(np.float64)
        volume_of = mass / np.maximum(1.0 - frame.water[surface], 0.05) / np.maximum(frame.density[surface], 1.0)

        def total(weights: Doubles) -> Doubles:
            return np.asarray(np.bincount(cell, weights=weights, minlength=self.size), np.float64)

        kilograms = total(mass)
        with np.errstate(invalid="ignore", divide="ignore"):
            film = np.where(kilograms > 0, total(mass * film_of) / kilograms, 0.0)
            cover = np.where(film > 0, np.minimum(1.0, total(volume_of) / (film * area)), 0.0)
        visible = film_of >= BAOAC_LIMITS[0]
        if self.site.members == 1:
            presence = (np.bincount(cell[visible], minlength=self.size) > 0).astype(np.float64)
        else:
            pairs = np.unique(frame.member[surface][visible].astype(np.int64) * self.size + cell[visible])
            presence = np.bincount(pairs % self.size, minlength=self.size) / self.site.members
        for series, values in (
            (self.film, film),
            (self.mass, kilograms / area),
            (self.cover, cover),
            (self.presence, presence),
        ):
            series.append(values.astype(np.float32).reshape(self.grid.shape))
        fresh = (kilograms > 0) & np.isnan(self.first)
        self.first[fresh] = frame.time
        self.exposure += kilograms / area * (frame.time - self.times[-2] if len(self.times) > 1 else 0.0)

    def _shore(self, frame: Frame) -> None:
        oil = frame.shore_oil
        self.shore_first[(oil > 0) & np.isnan(self.shore_first)] = frame.time
        self.shore_peak = np.maximum(self.shore_peak, oil)
        self.shore_last = oil.copy()

    def _places(self, frame: Frame, surface: npt.NDArray[np.bool_]) -> None:
        if not self.shapes:
            return
        near = surface | (frame.status == Status.ASHORE)
        x, y, mass = frame.x[near], frame.y[near], frame.mass[near].astype(np.float64)
        for number, shape in enumerate(self.shapes):
            west, south, east, north = shape.bounds
            boxed = (x >= west) & (x <= east) & (y >= south) & (y <= north)
            held = mass[boxed][shapely.contains_xy(shape, x[boxed], y[boxed])].sum() if boxed.any() else 0.0
            self.place_series[number].append(float(held))
            if held > 0.0:
                self.place_near[number] = 0.0
            elif x.size and self.place_near[number] > 0.0:
                sample = slice(None, None, max(1, x.size // 2000))
                away = shapely.distance(shape, shapely.points(x[sample], y[sample])).min()
                self.place_near[number] = min(self.place_near[number], float(away))

    def result(self, extent: tuple[float, float, float, float]) -> Measures:
        """What was added up."""
        shape = self.grid.shape
        grids = OilGrids(
            grid=self.grid,
            times=np.array(self.times),
            film=np.stack(self.film),
            mass=np.stack(self.mass),
            cover=np.stack(self.cover),
            presence=np.stack(self.presence),
            first_arrival=self.first.reshape(shape),
            exposure=self.exposure.astype(np.float32).reshape(shape),
        )
        return Measures(
            times=np.array(self.times),
            budget=np.stack([row[0] for row in self.rows]),
            released=np.array([row[1] for row in self.rows]),
            counts=np.stack([row[2] for row in self.rows]),
            marks=tuple(row[3] for row in self.rows),
            centre=np.array(self.centre),
            grids=grids,
            places=tuple(self._place(number) for number in range(len(self.shapes))),
            shore=self._segments(),
            extent=extent,
        )

    def _place(self, number: int) -> PlaceOutcome:
        series = np.array(self.place_series[number])
        reached = np.flatnonzero(series >= ARRIVED)
        peak = int(series.argmax()) if series.size else 0
        return PlaceOutcome(
            place=self.site.places[number],
            first_arrival=self.times[reached[0]] if reached.size else None,
            peak=float(series[peak]) if series.size else 0.0,
            peak_time=self.times[peak] if reached.size else None,
            last=float(series[-1]) if series.size else 0.0,
            nearest=float(self.place_near[number]),
        )

    def _segments(self) -> tuple[OiledSegment, ...]:
        segments = self.site.terrain.segments
        rows = []
        for index in np.flatnonzero(self.shore_peak > 0):
            length, width = float(segments.length[index]), float(segments.width[index])
            oil = float(self.shore_last[index])
            rows.append(
                OiledSegment(
                    segment=int(index),
                    kind=ShoreType(int(segments.kind[index])).name.lower(),
                    length=length,
                    width=width,
                    x=float(segments.x[index]),
                    y=float(segments.y[index]),
                    oil=oil,
                    peak=float(self.shore_peak[index]),
                    first_time=float(self.shore_first[index]),
                    grams_per_area=1000.0 * oil / max(length * width, 1.0),
                )
            )
        return tuple(rows)


def _shape(place: ValuedPlace) -> shapely.Polygon:
    if len(place.vertices) >= 3:
        return shapely.Polygon(place.vertices)
    return shapely.Point(place.vertices[0]).buffer(max(place.radius, 500.0))
