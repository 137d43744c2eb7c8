"""Times of a file on the run's clock (UTC), whatever calendar and unit it counts in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import cftime
import numpy as np
import numpy.typing as npt

from khazri.inputs import InputError
from khazri.inputs.forcing.yearly import (
    MONTHS_SINCE,
    dates_of,
    in_nominal_year,
    is_month_axis,
    months_of_year,
    stands_for_any_year,
)

REAL: Final = frozenset({"standard", "gregorian", "proleptic_gregorian"})
EXPECTED: Final = 'expected units such as "hours since 2026-09-14 00:00:00"'
COUNTED: Final = re.compile(r"^(s|sec|second|min|minute|h|hr|hour|d|day)s?$")  # units that an epoch makes dates of


@dataclass(frozen=True)
class Clock:
    """Times of a file: seconds since 1970-01-01 UTC; not a number where a date is not on the run's calendar."""

    seconds: npt.NDArray[np.float64]
    units: str
    calendar: str
    notes: tuple[str, ...]
    yearly: bool = False  # the dates come back every year; they are kept in `yearly.NOMINAL`


def read_clock(
    path: Path,
    name: str,
    numbers: npt.NDArray[np.float64],
    attributes: dict[str, object],
    epoch: datetime | None = None,
    *,
    cycle: str | None = None,
) -> Clock:
    """Decode a time axis; `epoch` is what it counts from where it does not say so itself.

    cycle   yearly: its dates come back every year; none: they do not; where not said, as the file's marks have it

    Dates of calendars that are not the real one (noleap, all_leap, 360_day, julian) are taken as the same date and hour
    on the run's clock; a date that the run's calendar does not have (30 February) is left out, and said.
    """
    units = str(attributes.get("units", "")).strip()
    calendar = str(attributes.get("calendar", "standard")).strip().lower() or "standard"
    if is_month_axis(name, attributes) and cycle != "none" and np.isfinite(numbers).all():
        said = f"{path.name}: {name} counts months without a year; their middles are repeated every year, linear between them"
        return Clock(months_of_year(path, name, numbers), units, calendar, (said,), True)
    notes = []
    dated = " since " in f" {units.lower()} "
    if epoch is not None and dated:
        notes.append(
            f"{path.name}: time axis {name} says itself what it counts from; the epoch of the scenario is not used"
        )
    elif epoch is not None and COUNTED.match(units.lower()):
        units = f"{units} since {epoch.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        notes.append(f"{path.name}: time axis {name} counts from the epoch of the scenario: {units}")
        dated = True
    if not dated:
        said = f'units "{units}"' if units else "no units"
        raise InputError(
            f"{path}: time axis {name} has {said}, so that no date is known; {EXPECTED}, or "
            "`epoch: 2026-09-14T00:00:00Z` beside the file in the scenario"
        )
    if not np.isfinite(numbers).all():
        raise InputError(
            f"{path}: time axis {name} has {int((~np.isfinite(numbers)).sum())} missing values; expected none"
        )
    try:
        dates = dates_of(numbers, units, calendar)
    except (ValueError, OverflowError, TypeError) as error:
        raise InputError(
            f'{path}: time axis {name} has units "{units}" and calendar "{calendar}", which cannot be read ({error}); '
            f"{EXPECTED} and a calendar of CF"
        ) from error
    seconds = np.array([_instant(date) for date in dates], np.float64)
    _check_order(path, name, numbers, seconds)
    yearly = cycle == "yearly" or (cycle is None and stands_for_any_year(attributes, dates))
    if yearly:
        seconds = in_nominal_year(seconds)
        why = "the scenario says cycle: yearly" if cycle == "yearly" else f"{name} is a climatology"
        notes.append(f"{path.name}: {why}: its dates are repeated every year, linear between them")
    if MONTHS_SINCE.match(units.lower()):
        notes.append(f'{path.name}: {name} counts "{units}": taken as months of the calendar')
    if calendar not in REAL:
        notes.append(f"{path.name}: calendar {calendar}: each date is taken as the same date of the run's clock")
    lost = int(np.isnan(seconds).sum())
    if lost:
        lacking = "do not come every year" if yearly else "are not on the run's calendar"
        notes.append(f"{path.name}: {lost} dates of the calendar {calendar} {lacking} and are left out")
    return Clock(seconds, units, calendar, tuple(notes), yearly)


def _check_order(path: Path, name: str, numbers: npt.NDArray[np.float64], seconds: npt.NDArray[np.float64]) -> None:
    """Refuse times that turn round; all of them may fall."""
    steps = np.diff(numbers)
    if bool((steps >= 0.0).all()) or bool((steps <= 0.0).all()):
        return
    usual = 1.0 if np.count_nonzero(steps > 0.0) >= np.count_nonzero(steps < 0.0) else -1.0
    at = int(np.flatnonzero(usual * steps < 0.0)[0])
    raise InputError(
        f"{path}: time axis {name} goes back at value {at + 2} of {numbers.size}, from {write_time(float(seconds[at]))} to "
        f"{write_time(float(seconds[at + 1]))}; expected times that rise throughout: cut it there into two files of one set"
    )


def _instant(date: cftime.datetime) -> float:
    try:
        whole = datetime(max(date.year, 1), date.month, date.day, date.hour, date.minute, date.second, tzinfo=UTC)
    except ValueError:
        return float("nan")
    return round(whole.timestamp() + float(date.microsecond) * 1e-6, 3)


def write_time(seconds: float) -> str:
    """As 2026-09-14 04:00 UTC."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, ValueError, OSError):
        return f"{seconds:g} s since 1970"
