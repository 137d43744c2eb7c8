"""What a forcing file holds, as rows for people: fields, grid, levels, times, gaps, missing values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from khazri.inputs.forcing.clock import write_time
from khazri.inputs.forcing.placing import extent_words
from khazri.inputs.forcing.sets import NO_CHOICES, Choices, Gridded, find_gaps, gap_words, open_set
from khazri.inputs.forcing.yearly import day_words


@dataclass(frozen=True)
class Row:
    """One field of a file or of a set of files."""

    field: str
    variables: tuple[str, ...]
    recognised_by: str
    units: str  # as the file writes them
    axes: str  # what vector components run along; empty for a scalar
    grid: str
    extent: str
    times: int
    first: str
    last: str
    step: float | None  # s, the usual one
    calendar: str
    gaps: str
    missing: float  # share of values without one at the first time
    notes: tuple[str, ...]
    yearly: bool = False  # a climatology: the same times each year


def describe(
    path: Path | Sequence[Path],
    variables: Mapping[str, Sequence[str]] | None = None,
    *,
    choices: Choices = NO_CHOICES,
) -> tuple[Row, ...]:
    """Rows on every field that is recognised; raises InputError where the file cannot be used."""
    paths = [path] if isinstance(path, Path) else list(path)
    with open_set(paths, variables, choices=choices) as found:
        rows = [_row(gridded) for gridded in found.fields.values()]
        return tuple(_with(row, found.notes) for row in rows)


def _with(row: Row, notes: tuple[str, ...]) -> Row:
    return Row(**{**vars(row), "notes": (*row.notes, *notes)})


def _row(gridded: Gridded) -> Row:
    times = gridded.times
    first = gridded.parts[0][0]
    axes = ""
    if len(gridded.parts) == 2:
        north = gridded.sense == "geographic" or gridded.lattice.kind == "rectilinear"
        axes = "east and north" if north else "the grid's own axes"
    steady = gridded.steady
    write = day_words if gridded.yearly else write_time
    return Row(
        field=gridded.name,
        variables=gridded.variables,
        recognised_by=gridded.how,
        units=gridded.units,
        axes=axes,
        grid=gridded.lattice.words,
        extent=extent_words(gridded.lattice),
        times=0 if steady else int(times.size),
        first="" if steady else write(float(times[0])),
        last="" if steady else write(float(times[-1])),
        step=float(np.median(np.diff(times))) if times.size > 1 else None,
        calendar=first.clock.calendar if first.clock else "",
        gaps=gap_words(find_gaps(times)),
        missing=_missing(gridded),
        notes=gridded.notes,
        yearly=gridded.yearly,
    )


def _missing(gridded: Gridded) -> float:
    layout, part = gridded.parts[0][0].layout, gridded.parts[0][0]
    pick: dict[str, int] = dict(layout.fixed)
    if layout.time is not None:
        pick[layout.time] = 0
    values = np.asarray(part.file[part.variable].isel(pick).values, np.float64)
    return float(np.mean(~np.isfinite(values) | (np.abs(values) > 1e30)))
