"""The sea over a length of time: the whole basin, and the shallow part of it on a finer grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.geo.grid import Grid
from khazri.physics.stress import barometer
from khazri.sea.basin import Basin
from khazri.sea.boundary import Edge
from khazri.sea.circulation import Circulation, Push, Scheme, advance, still
from khazri.sea.kernels.observe import observe
from khazri.sea.wind import DragLaw, wind_stress

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
WindOf = Callable[[float, Grid], tuple[Singles, Singles]]  # seconds, grid -> wind along x and y [m s-1]

RAMP: Final = 6 * 3600.0  # s, over which the wind sets in
WET: Final = 0.02  # m
FILM: Final = 0.1  # m, below which the speed over a flat carries nothing that floats
MARKED_EVERY: Final = 3600.0  # s, between moments from which another run may go on, or longer: see MOST_KEPT
MOST_KEPT: Final = 64e6  # bytes of them, for each grid
BYTES_A_CELL: Final = 24.0
GIVEN_EVERY: Final = 900.0  # s, between levels that the coarse sea hands to the fine one, and at open edges


@dataclass(frozen=True)
class Course:
    """The sea of one grid in time; arrays (nt, ny, nx)."""

    basin: Basin
    times: Doubles  # seconds from the start of the run
    level: Singles  # above the sea at rest [m]; NaN where it is dry
    u: Singles  # depth mean, along x [m s-1]
    v: Singles

    def at(self, x: float, y: float) -> Singles:
        """Level in time [m] at the water nearest to a point of the plane."""
        rows, columns = np.nonzero(self.basin.active & np.isfinite(self.level[0]))
        grid = self.basin.grid
        near = int(np.argmin((grid.x[columns] - x) ** 2 + (grid.y[rows] - y) ** 2))
        return self.level[:, rows[near], columns[near]]


@dataclass(frozen=True)
class Mark:
    """The sea of one grid as it stood at a moment; nobody changes its arrays."""

    moment: float  # seconds from the start of the run
    level: Doubles
    u: Singles
    v: Singles
    flow_x: Singles
    flow_y: Singles


@dataclass(frozen=True)
class Trail:
    """What a run leaves so that another, the same until some moment, goes on from there."""

    coarse: tuple[Mark, ...]
    fine: tuple[Mark, ...]
    given: tuple[Doubles, ...]  # what the coarse sea handed to the fine one, at every moment of handing
    courses: tuple[Course, Course | None]


@dataclass
class _Marks:
    """Where a run of one grid begins, and what it leaves."""

    every: float  # s, between two
    kept: list[Mark]

    def take(self, sea: Circulation) -> None:
        if not self.kept or sea.time >= self.kept[-1].moment + self.every - 1.0:
            self.kept.append(
                Mark(sea.time, sea.level.copy(), sea.u.copy(), sea.v.copy(), sea.flow_x.copy(), sea.flow_y.copy())
            )

    def restore(self, sea: Circulation) -> None:
        last = self.kept[-1]
        sea.time = last.moment
        for name in ("level", "u", "v", "flow_x", "flow_y"):
            getattr(sea, name)[...] = getattr(last, name)


def _marks(basin: Basin, span: float, earlier: tuple[Mark, ...], until: float) -> _Marks:
    cells = basin.grid.nx * basin.grid.ny
    most = max(int(MOST_KEPT // (BYTES_A_CELL * cells)), 4)
    return _Marks(max(MARKED_EVERY, span / most), [mark for mark in earlier if mark.moment <= until])


def run_sea(
    whole: Basin,
    fine: Basin | None,
    wind: WindOf,
    times: Doubles,
    *,
    source: Callable[[Basin], Singles] | None = None,
    ice: Callable[[float, Grid], Singles | float] | None = None,
    law: DragLaw = "wu",
    spin_up: float = 86400.0,
    scheme: Scheme | None = None,
    pressure: Callable[[float, Grid], Singles | float] | None = None,
    edge: Edge | None = None,
) -> tuple[Course, Course | None]:
    """`follow_sea` from the beginning, and nothing kept to go on from."""
    return follow_sea(
        whole,
        fine,
        wind,
        times,
        source=source,
        ice=ice,
        law=law,
        spin_up=spin_up,
        scheme=scheme,
        pressure=pressure,
        edge=edge,
    ).courses


def follow_sea(
    whole: Basin,
    fine: Basin | None,
    wind: WindOf,
    times: Doubles,
    *,
    source: Callable[[Basin], Singles] | None = None,
    ice: Callable[[float, Grid], Singles | float] | None = None,
    law: DragLaw = "wu",
    spin_up: float = 86400.0,
    scheme: Scheme | None = None,
    pressure: Callable[[float, Grid], Singles | float] | None = None,
    edge: Edge | None = None,
    earlier: Trail | None = None,
    until: float = -np.inf,
    keeps: bool = True,
) -> Trail:
    """Both grids at `times` [s from the start of the run, increasing].

    spin_up   time before the start for which the sea is computed already, its wind setting in over six hours [s]; `wind`,
              `ice` and `pressure` are asked for those moments too, negative ones, for which fields hold their first values
    pressure  of the air [Pa]: its slope pushes the sea, and the sea outside an open edge has adjusted to it
    edge      what stands at the held cells of the whole basin; none: it is closed, or held at its own level
    keeps     whether another run may go on from this one
    earlier   the trail of a run of the same basins that was driven by the same until the moment `until` [s]: what it reckoned by then
              is taken over, bit for bit
    """
    scheme = scheme or Scheme(renewed=min(1800.0, 0.9 * whole.grid.spacing), radiates=edge is not None)
    pause = GIVEN_EVERY if fine is not None or edge is not None else scheme.renewed  # nothing is handed on
    every = np.union1d(np.arange(-spin_up, float(times[-1]) + pause, pause), times)

    def push_of(basin: Basin) -> Callable[[float], Push]:
        rain = source(basin) if source else np.zeros(basin.grid.shape, np.float32)
        calm = np.zeros(basin.grid.shape, np.float32)

        def push(now: float) -> Push:
            u, v = wind(now, basin.grid)
            x, y = wind_stress(u, v, law=law, ice=ice(now, basin.grid) if ice else 0.0)
            share = np.float32(_ramp(now, spin_up))
            air = share * np.asarray(pressure(now, basin.grid) if pressure else 0.0, np.float32)
            return Push(_spread(share * x, calm), _spread(share * y, calm), _spread(air, calm), rain)

        return push

    push_of_whole = push_of(whole)

    def edged(now: float) -> Push:
        """The push of the whole basin, with the level at its held cells and how fast that rises."""
        plain, held = push_of_whole(now), whole.bed.held
        if held is None:
            return plain
        outside = np.full(int(held.sum()), whole.level)
        if pressure is not None:
            air = np.broadcast_to(np.asarray(pressure(now, whole.grid), np.float64), held.shape)[held]
            outside += _ramp(now, spin_up) * np.array([barometer(each, scheme.density) for each in air])
        if edge is None:
            return replace(plain, held_level=outside)
        a, b = (_ramp(each, spin_up) * edge.level(each) for each in (now, now + GIVEN_EVERY))
        return replace(plain, held_level=outside + a, held_rate=(b - a) / GIVEN_EVERY)

    rim = None if fine is None else _Rim(whole, fine)
    span, kept = (every[-1] - every[0]) if keeps else np.inf, earlier or Trail((), (), (), _nothing(whole, fine, times))
    marks = _marks(whole, span, kept.coarse, until)
    begun = marks.kept[-1].moment if marks.kept else -np.inf
    given: list[Doubles] = list(kept.given[: int((every <= begun).sum())])
    coarse = _run(
        whole, edged, times, every, scheme, lambda sea: given.append(rim.pick(sea)) if rim else None,
        edge=edge, marks=marks, before=kept.courses[0],
    )  # fmt: skip
    if fine is None or rim is None:
        return Trail(tuple(marks.kept), (), (), (coarse, None))
    levels = np.asarray(given)
    plain = push_of(fine)

    def held(now: float) -> Push:
        after = int(np.clip(np.searchsorted(every, now + 1e-6), 1, every.size - 1))
        span = every[after] - every[after - 1]
        share = float(np.clip((now - every[after - 1]) / span, 0.0, 1.0))
        level = (1.0 - share) * levels[after - 1] + share * levels[after]
        return replace(plain(now), held_level=level, held_rate=(levels[after] - levels[after - 1]) / span)

    finer = replace(scheme, renewed=min(1800.0, 0.9 * fine.grid.spacing), dt=None, radiates=False)
    fine_marks = _marks(fine, span, kept.fine, until)
    before = kept.courses[1]
    assert before is not None, "a nest has a course"
    nested = _run(fine, held, times, every, finer, lambda sea: None, edge=None, marks=fine_marks, before=before)
    return Trail(tuple(marks.kept), tuple(fine_marks.kept), tuple(given), (coarse, nested))


def _nothing(whole: Basin, fine: Basin | None, times: Doubles) -> tuple[Course, Course | None]:
    """Courses that hold nothing yet."""

    def blank(basin: Basin) -> Course:
        empty = np.empty((0, *basin.grid.shape), np.float32)
        return Course(basin, times, empty, empty, empty)

    return blank(whole), None if fine is None else blank(fine)


def _ramp(now: float, spin_up: float) -> float:
    """Share of what drives the sea, which sets in over six hours where it has time before the start."""
    return min(max((now + spin_up) / RAMP, 0.0), 1.0) if spin_up > 0.0 else 1.0


def _spread(value: Singles, like: Singles) -> Singles:
    return np.ascontiguousarray(np.broadcast_to(value, like.shape), np.float32)


def _run(
    basin: Basin,
    push: Callable[[float], Push],
    times: Doubles,
    every: Doubles,
    scheme: Scheme,
    tell: Callable[[Circulation], None],
    *,
    edge: Edge | None,
    marks: _Marks,
    before: Course,
) -> Course:
    """From the last mark that there is, else from rest; until it, the course is that of `before`."""
    sea = still(basin.bed, basin.level, scheme)
    if edge is not None:
        sea.rim[edge.stiff, 4] = 0
    sea.time = float(every[0])
    level, u, v = (np.empty((times.size, *basin.grid.shape), np.float32) for _ in range(3))
    begun = -np.inf
    if marks.kept:
        marks.restore(sea)
        begun = sea.time
        done = int((times <= begun).sum())
        level[:done], u[:done], v[:done] = before.level[:done], before.u[:done], before.v[:done]
    wanted = {moment: index for index, moment in enumerate(times.tolist())}
    for moment in every[every > begun]:
        if moment > sea.time:
            advance(sea, push, float(moment) - sea.time)
            sea.time = float(moment)
        tell(sea)
        marks.take(sea)
        index = wanted.get(float(moment))
        if index is not None:
            seen = (level[index], u[index], v[index])
            observe(sea.level, sea.bed.height, sea.bed.wall, sea.u, sea.v, basin.level, WET, FILM, *seen)
    return Course(basin, times, level, u, v)


class _Rim:
    """Where the levels of a fine grid's rim lie in the coarse one: bilinear over its wet cells."""

    def __init__(self, whole: Basin, fine: Basin) -> None:
        assert fine.bed.held is not None, "a nest has a rim"
        self.cells = np.nonzero(fine.bed.held)
        own, grid = fine.grid, whole.grid
        column = np.clip((own.x[self.cells[1]] - grid.x0) / grid.spacing, 0, grid.nx - 1.001)
        row = np.clip((own.y[self.cells[0]] - grid.y0) / grid.spacing, 0, grid.ny - 1.001)
        i, j = column.astype(int), row.astype(int)
        a, b = column - i, row - j
        self.at = [(j, i), (j, i + 1), (j + 1, i), (j + 1, i + 1)]
        weights = [(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b]
        self.open = [~whole.bed.wall[where] for where in self.at]
        self.weights = [weight * use for weight, use in zip(weights, self.open, strict=True)]
        self.total = np.sum(self.weights, axis=0)
        self.level = whole.level

    def pick(self, sea: Circulation) -> Doubles:
        total = np.sum([w * sea.level[where] for w, where in zip(self.weights, self.at, strict=True)], axis=0)
        return np.asarray(np.where(self.total > 1e-6, total / np.maximum(self.total, 1e-6), self.level), np.float64)
