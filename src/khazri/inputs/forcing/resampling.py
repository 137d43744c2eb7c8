"""Values of a set to a field on the plane: read in pieces of bounded size, vectors turned, gaps filled, interpolated once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS, Field
from khazri.inputs import InputError
from khazri.inputs.forcing.clock import write_time
from khazri.inputs.forcing.fetching import origin_of
from khazri.inputs.forcing.filling import Filler
from khazri.inputs.forcing.placing import (
    Placed,
    Request,
    axis_directions,
    exchanged_words,
    extent_words,
    geographic_directions,
)
from khazri.inputs.forcing.sets import Gridded, Moment, Part, find_gaps, gap_words
from khazri.inputs.forcing.units import DIMENSIONS

PACKING: Final = ("scale_factor", "add_offset")
Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Report = Callable[[float, str], None]

PIECE: Final = 48_000_000  # bytes read at a time, about
LARGEST: Final = 3_000_000_000  # bytes of one field on the plane
MARKS: Final = (
    0.0,
    9.0,
    99.0,
    999.0,
    9999.0,
    99999.0,
    32767.0,
    32768.0,
)  # that stand for missing though it is not declared
FAR_OFF: Final = 1e5  # and anything beyond this
BRIDGED: Final = (
    6.0,
    12.0 * 3600.0,
)  # usual steps, and seconds beyond one: a longer gap in time is not gone across unasked


@dataclass(frozen=True)
class Resampled:
    """A field where and when the set covers it."""

    field: Field
    covered: npt.NDArray[np.bool_]  # (ny, nx)
    notes: tuple[str, ...]


def needed_moments(gridded: Gridded, request: Request) -> tuple[Moment, ...]:
    """Those within the run and one either side."""
    times = gridded.times
    first = max(int(np.searchsorted(times, request.start, side="right")) - 1, 0)
    last = min(int(np.searchsorted(times, request.start + request.duration, side="left")) + 1, times.size)
    return gridded.moments[first : max(last, first + 1)]


def resample(gridded: Gridded, placed: Placed, request: Request, *, report: Report | None = None) -> Resampled:
    """Bilinear in the file's own grid; vectors are turned to the plane's axes before; raises InputError."""
    moments = needed_moments(gridded, request)
    components = FIELDS[gridded.name][0]
    size = 4 * len(moments) * placed.grid.nx * placed.grid.ny * components
    if size > LARGEST:
        raise InputError(
            f"{gridded.paths[0]}: {gridded.name} takes {size / 1e9:.1f} GB on the site's plane ({len(moments)} times of {placed.grid.nx} x "
            f"{placed.grid.ny} cells); expected at most {LARGEST / 1e9:.0f} GB: a smaller area, a shorter run or a coarser file"
        )
    values = np.empty((len(moments), *placed.grid.shape, components), np.float32)
    reader = _Reader(gridded, placed, request)
    kept = np.zeros(len(moments), bool)
    step = max(
        1, PIECE // (4 * components * (placed.rows.size * placed.columns.size + 4 * placed.grid.nx * placed.grid.ny))
    )
    corners = _corners(placed)
    for first in range(0, len(moments), step):
        piece = moments[first : first + step]
        native, there = reader.read(piece)
        values[first : first + step] = _interpolate(native, corners, placed.grid.shape)
        kept[first : first + step] = there
        if report is not None:
            report(min(1.0, (first + len(piece)) / len(moments)), f"{gridded.name} from {gridded.paths[0].name}")
    if not kept.any():
        raise InputError(
            f"{gridded.paths[0]}: {gridded.name} has no values over the site ({extent_words(placed.lattice)} is covered); "
            "expected some that are not missing"
        )
    times = np.array([moment.seconds for moment in moments], np.float64)[kept] - request.start
    if gridded.steady:
        times = np.zeros(1)
    least, most = DIMENSIONS[gridded.name][3:]
    if least is not None or most is not None:
        np.clip(values, least, most, out=values)
    made = Field(gridded.name, placed.grid, times, values if kept.all() else values[kept], _source(gridded))
    notes = (*reader.notes(kept), *_gap_notes(gridded, times, request.start), *placed.notes)
    return Resampled(made, placed.covered, tuple(f"{gridded.name}: {note}" for note in notes))


def _source(gridded: Gridded) -> str:
    paths = gridded.paths
    named = origin_of(paths[0]) if len(paths) == 1 else f"{origin_of(paths[0])} and {len(paths) - 1} more"
    return f"{named} ({', '.join(gridded.variables)}), {gridded.lattice.words}"


def _gap_notes(gridded: Gridded, times: npt.NDArray[np.float64], start: float) -> Iterator[str]:
    gaps = find_gaps(times + start)
    if gaps:
        yield f"{gridded.paths[0].name}: no values from {gap_words(gaps)}; linear across"


class _Reader:
    """Reads, converts, turns and fills pieces of a field over the window, and counts what it did."""

    def __init__(self, gridded: Gridded, placed: Placed, request: Request) -> None:
        self._gridded, self._placed = gridded, placed
        self._filler = Filler(_cell(placed))
        self._known = np.isfinite(placed.longitude)
        west, south, east, north = request.bounds
        self._inside = (placed.x >= west) & (placed.x <= east) & (placed.y >= south) & (placed.y <= north)
        self._missing = self._absurd = self._points = 0
        self._turn: tuple[Singles, ...] | None = None
        if FIELDS[gridded.name][0] == 2:
            of = geographic_directions if gridded.sense == "geographic" else axis_directions
            self._turn = tuple(each.astype(np.float32) for each in of(placed, request.plane))

    def read(self, moments: tuple[Moment, ...]) -> tuple[Singles, npt.NDArray[np.bool_]]:
        """Values (times, components, rows, columns) without gaps, and which times have any."""
        count = len(self._gridded.parts)
        native = np.stack([self._component(each, moments) for each in range(count)], axis=1)
        if self._turn is not None:
            x_x, x_y, y_x, y_y = self._turn
            along_x, along_y = native[:, 0].copy(), native[:, 1].copy()
            native[:, 0] = along_x * x_x + along_y * y_x
            native[:, 1] = along_x * x_y + along_y * y_y
        missing = ~np.isfinite(native).all(axis=1) | ~self._known
        there = ~missing.all(axis=(1, 2))
        self._points += int(self._inside.sum()) * int(there.sum())
        self._missing += int((missing & self._inside)[there].sum())
        for each in np.flatnonzero(there):
            if missing[each].any():
                self._filler.fill(native[each], missing[each])
        native[~there] = 0.0
        return native, np.asarray(there, bool)

    def _component(self, component: int, moments: tuple[Moment, ...]) -> Singles:
        """SI values (times, rows, columns); what cannot be true is not a number."""
        shape = (len(moments), self._placed.rows.size, self._placed.columns.size)
        out = np.empty(shape, np.float32)
        least, most = DIMENSIONS[self._gridded.name][1:3]
        for part_number, run in _runs(moments, component):
            part = self._gridded.parts[component][part_number]
            indices = np.array([moments[each].picks[component][1] for each in run])
            raw = self._raw(component, part_number, indices)
            values = np.asarray(part.conversion.scale * raw + part.conversion.offset, np.float32)
            with np.errstate(invalid="ignore"):
                absurd = np.isfinite(values) & ((values < least) | (values > most))
            self._absurd += int(absurd.sum())
            if absurd.any():
                self._tell_untrue(part, raw[absurd], values[absurd])
            values[absurd | ~np.isfinite(values)] = np.nan
            out[run] = values
        return out

    def _tell_untrue(self, part: Part, raw: npt.NDArray[np.float64], values: Singles) -> None:
        """Refuse values that cannot be true and are no mark of a missing one: the unit is wrong, or the variable."""
        packing = {key: float(part.file[part.variable].encoding.get(key, 1.0 - k)) for k, key in enumerate(PACKING)}
        marks = np.array([sign * mark for mark in MARKS for sign in (1.0, -1.0)])
        marks = np.concatenate([marks, marks + 0.9 * np.sign(marks), marks * packing[PACKING[0]] + packing[PACKING[1]]])
        near = np.isclose(raw[:, None], marks[None, :], rtol=1e-5, atol=1e-6).any(axis=1)
        untrue = values[~near & (np.abs(raw) < FAR_OFF)]
        if not untrue.size:
            return
        name, units = self._gridded.name, part.file[part.variable].attrs.get("units", "none")
        least, most = DIMENSIONS[name][1:3]
        worst = float(untrue[np.argmax(np.abs(untrue - 0.5 * (least + most)))])
        raise InputError(
            f"{part.path}: {name} ({part.variable}) is {worst:.4g} {FIELDS[name][1]} in places ({untrue.size} values read so far cannot "
            f'be true); expected {least:g} to {most:g}: the file says units "{units}", which are wrong, or another quantity is meant'
        )

    def _raw(self, component: int, part_number: int, indices: Indices) -> npt.NDArray[np.float64]:
        part = self._gridded.parts[component][part_number]
        layout, placed = part.layout, self._placed
        rows, columns = (slice(int(each.min()), int(each.max()) + 1) for each in (placed.rows, placed.columns))
        pick: dict[str, int | slice] = {layout.y: rows, layout.x: columns, **dict(layout.fixed)}
        order = [layout.y, layout.x]
        if layout.time is not None:
            pick[layout.time] = slice(int(indices.min()), int(indices.max()) + 1)
            order = [layout.time, *order]
        try:
            piece = part.file[part.variable].isel(pick).transpose(*order)
            values = np.asarray(piece.values, np.float64)
        except (OSError, RuntimeError, ValueError, IndexError) as error:
            raise InputError(
                f"{part.path}: {part.variable} cannot be read, the file is cut off or damaged ({error})"
            ) from error
        steady = layout.time is None
        values = np.broadcast_to(values, (indices.size, *values.shape)) if steady else values[indices - indices.min()]
        return np.asarray(values[:, placed.rows - rows.start][:, :, placed.columns - columns.start])

    def notes(self, kept: npt.NDArray[np.bool_]) -> Iterator[str]:
        """What was filled, thrown out and left out."""
        name = self._gridded.paths[0].name
        if self._missing:
            share = self._missing / max(self._points, 1)
            far = self._filler.farthest
            way = float(far[self._inside].max()) / 1000.0 if far is not None and self._inside.any() else 0.0
            yield (
                f"{name}: {self._missing} of {self._points} values over the site are missing ({share:.0%}); the nearest value is used, "
                f"from up to {way:.0f} km away"
            )
        if self._absurd:
            least, most = DIMENSIONS[self._gridded.name][1:3]
            yield f"{name}: {self._absurd} values outside {least:g} to {most:g} cannot be true and count as missing"
        if not kept.all():
            yield f"{name}: {int((~kept).sum())} times have no values over the site and are left out; linear across"


def _runs(moments: tuple[Moment, ...], component: int) -> Iterator[tuple[int, Indices]]:
    """Part numbers, and which of the moments each gives."""
    numbers = np.array([moment.picks[component][0] for moment in moments])
    for number in np.unique(numbers):
        yield int(number), np.flatnonzero(numbers == number)


def _cell(placed: Placed) -> tuple[float, float]:
    """Usual distance between rows and between columns [m]."""
    down = np.hypot(np.diff(placed.x, axis=0), np.diff(placed.y, axis=0))
    along = np.hypot(np.diff(placed.x, axis=1), np.diff(placed.y, axis=1))
    return max(float(np.nanmedian(down)), 1.0), max(float(np.nanmedian(along)), 1.0)


Corners = tuple[tuple[Indices, Singles], ...]


def _corners(placed: Placed) -> Corners:
    """Flat index into the window and weight of the four points around each cell of the plane's grid."""
    count_rows, count_columns = placed.longitude.shape
    row = np.clip(placed.row, 0.0, count_rows - 1.0).ravel()
    column = np.clip(placed.column, 0.0, count_columns - 1.0).ravel()
    low_row = np.minimum(row.astype(np.int64), count_rows - 2)
    low_column = np.minimum(column.astype(np.int64), count_columns - 2)
    up, right = (row - low_row).astype(np.float32), (column - low_column).astype(np.float32)
    one = np.float32(1.0)
    start = low_row * count_columns + low_column
    return (
        (start, (one - up) * (one - right)),
        (start + 1, (one - up) * right),
        (start + count_columns, up * (one - right)),
        (start + count_columns + 1, up * right),
    )


def _interpolate(native: Singles, corners: Corners, shape: tuple[int, int]) -> Singles:
    """(times, ny, nx, components) from (times, components, rows, columns)."""
    times, components = native.shape[:2]
    flat = native.reshape(times, components, -1)
    total = np.zeros((times, components, corners[0][0].size), np.float32)
    picked = np.empty(corners[0][0].size, np.float32)
    for plane, out in zip(flat.reshape(times * components, -1), total.reshape(times * components, -1), strict=True):
        for index, weight in corners:  # a plane at a time stays in the processor's cache
            np.take(plane, index, out=picked, mode="clip")
            np.multiply(picked, weight, out=picked)
            np.add(out, picked, out=out)
    return np.moveaxis(total.reshape(times, components, *shape), 1, -1)


def shortfall(gridded: Gridded, placed: Placed | None, request: Request) -> str:
    """What the set does not cover of the run, in words; empty where it covers all."""
    file = gridded.paths[0]
    words = []
    if placed is None or placed.lacking > 0.0:
        share = "none" if placed is None else f"{1.0 - placed.lacking:.0%}"
        hint = exchanged_words(gridded.lattice, request) if placed is None else ""
        words.append(f"covers {extent_words(gridded.lattice)}, {share} of the site's area{hint}")
    if not gridded.steady:
        times, end = gridded.times, request.start + request.duration
        if times[0] > request.start or times[-1] < end:
            words.append(
                f"covers {write_time(times[0])} to {write_time(times[-1])}, the run needs {write_time(request.start)} to {write_time(end)}"
            )
        long = long_gaps(gridded, request)
        if long:
            words.append(f"has no values from {gap_words(long)}, too long to go across")
    return f"{file}: {gridded.name} {'; '.join(words)}" if words else ""


def long_gaps(gridded: Gridded, request: Request) -> list[tuple[float, float]]:
    """Gaps within the run that are too long for a straight line from one end to the other."""
    times = gridded.times
    if times.size < 3:
        return []
    usual = float(np.median(np.diff(times)))
    end = request.start + request.duration
    return [
        (first, last)
        for first, last in find_gaps(times)
        if last - first > max(BRIDGED[0] * usual, usual + BRIDGED[1]) and first < end and last > request.start
    ]


def overlaps(gridded: Gridded, placed: Placed | None, request: Request) -> bool:
    """Whether anything of the run is covered at all."""
    if placed is None:
        return False
    times = gridded.times
    return gridded.steady or bool(times[0] <= request.start + request.duration and times[-1] >= request.start)
