"""Time axes that stand for any year: climatologies of months, seasons or days, and how they are laid out over a run."""

from __future__ import annotations

import calendar as civil
import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import cftime
import numpy as np
import numpy.typing as npt

from khazri.inputs import InputError

Doubles = npt.NDArray[np.float64]
NOMINAL: Final = 2001  # the year that dates of a cycle are kept in: one without 29 February
YEARLESS: Final = (
    2  # dates up to this year are of no year at all, as COARDS has it (a winter's middle may lie in year 2)
)
DAY: Final = 86_400.0
LONGEST: Final = 125.0 * DAY  # between two moments of a cycle: seasons are 92 days apart
MONTH_NAMES: Final = frozenset({"month", "months", "mon", "month_of_year"})
MONTH_UNITS: Final = frozenset({"month", "months", "month of year", "months of year", "calendar month"})
MONTHS_SINCE: Final = re.compile(r"^\s*months?\s+since\s+(.*)$")


def is_month_axis(name: str, attributes: dict[str, Any]) -> bool:
    """Whether an axis counts the months of a year, without a date."""
    units = str(attributes.get("units", "")).strip().lower()
    return units in MONTH_UNITS or (name.lower() in MONTH_NAMES and units in {"", "1"})


def months_of_year(path: Path, name: str, numbers: Doubles) -> Doubles:
    """Seconds of the nominal year at the middles of months 1 to 12, or at 0.5 to 11.5 months from its beginning."""
    whole, half = bool((numbers % 1.0 == 0.0).all()), bool((numbers % 1.0 == 0.5).all())
    elapsed = numbers - 0.5 if whole else numbers
    if not (whole or half) or bool((elapsed < 0.5).any()) or bool((elapsed > 11.5).any()):
        raise InputError(
            f"{path}: time axis {name} counts months {numbers.min():g} to {numbers.max():g} without a date; expected 1 to 12, "
            "or 0.5 to 11.5"
        )
    return np.array([_within(NOMINAL, float(each)) for each in elapsed], np.float64)


def _within(year: int, months: float) -> float:
    """Seconds since 1970 of a number of calendar months from the beginning of a year."""
    month = int(months // 1.0) + 1
    days = civil.monthrange(year, month)[1] * (months % 1.0)
    return (datetime(year, month, 1, tzinfo=UTC) + timedelta(days=days)).timestamp()


def dates_of(numbers: Doubles, units: str, calendar: str) -> npt.NDArray[Any]:
    """As cftime gives them, and months counted as those of the calendar; raises ValueError, OverflowError, TypeError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cftime.CFWarning)  # of the year zero, which is none here
        return _dates_of(numbers, units.lower(), calendar)


def _dates_of(numbers: Doubles, text: str, calendar: str) -> npt.NDArray[Any]:
    zero = {"has_year_zero": True} if re.search(r"since\s+0+-", text) else {}
    months = MONTHS_SINCE.match(text)
    if months is None:
        return np.atleast_1d(cftime.num2date(numbers, text, calendar, only_use_cftime_datetimes=True, **zero))
    days = f"days since {months.group(1)}"
    origin = cftime.num2date(0.0, days, calendar, only_use_cftime_datetimes=True, **zero)
    made = []
    for number in numbers:
        at, after = _months_on(origin, int(number // 1.0)), _months_on(origin, int(number // 1.0) + 1)
        made.append(at + (after - at) * float(number % 1.0))
    return np.array(made)


def _months_on(origin: cftime.datetime, months: int) -> cftime.datetime:
    count = origin.month - 1 + months
    return origin.replace(year=origin.year + count // 12, month=count % 12 + 1)


def stands_for_any_year(attributes: dict[str, Any], dates: npt.NDArray[Any]) -> bool:
    """By CF's `climatology`, by `modulo`, or because its dates are of no year."""
    if str(attributes.get("climatology", "")).strip():
        return True
    if "modulo" in attributes and str(attributes["modulo"]).strip().lower() not in {"false", "no", "f"}:
        return True
    if not dates.size or any(each.year > YEARLESS for each in dates):
        return False
    return 180 <= abs(int((dates[-1] - dates[0]).days)) <= 366  # a shorter one is a run that begins in the year 1


def of_whole_years(first: cftime.datetime, last: cftime.datetime) -> bool:
    """Whether bounds go from a date to the same date of another year: the mean of one moment is that of the whole year."""
    return bool((first.month, first.day) == (last.month, last.day) and first.year < last.year)


def in_nominal_year(seconds: Doubles) -> Doubles:
    """Dates of any year as those of the nominal one; not a number where it has none (29 February)."""
    return np.array([_in_year(float(each), NOMINAL) for each in seconds], np.float64)


def _in_year(seconds: float, year: int) -> float:
    if not np.isfinite(seconds):
        return float("nan")
    try:
        return (datetime.fromtimestamp(0.0, UTC) + timedelta(seconds=seconds)).replace(year=year).timestamp()
    except ValueError:
        return float("nan")


def check_cycle(path: Path, field: str, seconds: Sequence[float]) -> None:
    """Refuse moments that do not go all round the year."""
    times = np.sort(np.asarray(seconds, np.float64))
    steps = np.diff(np.append(times, times[0] + 365.0 * DAY))
    if times.size > 1 and float(steps.max()) <= LONGEST:
        return
    shown = day_words(times[0]) if times.size == 1 else f"{day_words(times[0])} to {day_words(times[-1])}"
    raise InputError(
        f"{path}: {field} is a climatology of {shown} only ({times.size} {'moment' if times.size == 1 else 'moments'}); expected "
        "all months or seasons of the year: name their files together in one set, or say `cycle: none` where the dates are meant"
    )


def laid_out(seconds: Sequence[float], during: tuple[float, float]) -> list[tuple[float, float]]:
    """(moment, the nominal one it repeats) for every year of the run, and one either side."""
    years = [datetime.fromtimestamp(each, UTC).year for each in during]
    return sorted((_in_year(each, year), each) for year in range(years[0] - 1, years[1] + 2) for each in seconds)


def day_words(seconds: float) -> str:
    """As 16 January."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment.day} {civil.month_name[moment.month]}"
