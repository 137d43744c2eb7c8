"""What stands at the open edges of a sea, from tables of the pack: gauges in time and constituents of the tide."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.inputs import InputError
from khazri.scenario.sea import CONSTITUENT_NAMES
from khazri.units import parse, parse_utc

Doubles = npt.NDArray[np.float64]

HIGHEST: Final = 15.0  # m, of a level
LONGEST_GAP: Final = 6.0 * 3600.0  # s, between two readings of a gauge
MOST_SAID: Final = 5  # faults of one file
_HEAD: Final = re.compile(r"^\s*([a-z_]+?)\s*(?:[\[(]\s*([^\])]+?)\s*[\])])?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class TidePoint:
    """One line of a table of constituents."""

    constituent: str
    amplitude: float  # [m]
    phase: float  # lag at Greenwich [rad]
    place: tuple[float, float] | None  # longitude, latitude


@dataclass(frozen=True)
class Gauge:
    """Level in time at one place."""

    times: Doubles  # [s, Unix time]
    levels: Doubles  # [m]


def read_gauge(path: Path) -> Gauge:
    """A table of `time` (UTC) and `level` (m, or the unit in brackets in the heading); raises with all its faults."""
    rows, units, faults = _table(path, ("time", "level"))
    times: list[float] = []
    levels: list[float] = []
    for line, row in rows:
        try:
            moment = parse_utc(row["time"]).timestamp()
            level = _number(row["level"], "length", units["level"])
        except ValueError as error:
            faults.append(f"line {line}: {row['time']!r}, {row['level']!r}; expected {error}")
            continue
        if abs(level) > HIGHEST:
            faults.append(f"line {line}: level is {level:g} m; expected at most {HIGHEST:g} m, else the unit is wrong")
        if times and moment <= times[-1]:
            faults.append(f"line {line}: {row['time']} is not after the line before; expected increasing times")
        elif times and moment - times[-1] > LONGEST_GAP:
            hours = (moment - times[-1]) / 3600.0
            faults.append(
                f"line {line}: {hours:.1f} h after the reading before; expected at most {LONGEST_GAP / 3600:g} h"
            )
        times.append(moment)
        levels.append(level)
    if not faults and len(times) < 2:
        faults.append(f"{len(times)} readings; expected at least 2")
    _refuse(path, faults)
    return Gauge(np.array(times), np.array(levels))


def read_constituents(path: Path) -> tuple[TidePoint, ...]:
    """A table of `constituent`, `amplitude` (m), `phase` (degrees, lag at Greenwich), and perhaps `longitude`, `latitude`."""
    rows, units, faults = _table(path, ("constituent", "amplitude", "phase"))
    found = []
    for line, row in rows:
        try:
            name = row["constituent"].strip().upper()
            if name not in CONSTITUENT_NAMES:
                raise ValueError(f"one of {', '.join(CONSTITUENT_NAMES)}")
            amplitude = _number(row["amplitude"], "length", units["amplitude"])
            phase = float(np.radians(float(row["phase"].replace("deg", ""))))
            placed = bool(row.get("longitude")) and bool(row.get("latitude"))
            place = (float(row["longitude"]), float(row["latitude"])) if placed else None
        except ValueError as error:
            faults.append(f"line {line}: {', '.join(row.values())}; expected {error}")
            continue
        if not 0.0 <= amplitude <= 10.0:
            faults.append(f"line {line}: amplitude is {amplitude:g} m; expected 0 to 10 m, else the unit is wrong")
        found.append(TidePoint(name, amplitude, phase, place))
    if not faults and not found:
        faults.append("no constituents; expected at least one line")
    if len({each.place is None for each in found}) > 1:
        faults.append("some lines have a place and others none; expected longitude and latitude in all or in none")
    _refuse(path, faults)
    return tuple(found)


def _number(text: str, dimension: str, unit: str) -> float:
    """In SI; a plain number counts in the unit of the heading."""
    plain = re.fullmatch(r"\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*", text) is not None
    return parse(f"{text.strip()} {unit}".strip() if plain and unit else text, dimension)


def _table(path: Path, columns: tuple[str, ...]) -> tuple[list[tuple[int, dict[str, str]]], dict[str, str], list[str]]:
    """Lines with their numbers, the units of the columns, and faults of form."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}; expected a table in UTF-8") from error
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        raise InputError(f"{path}: is empty; expected a table with the columns {', '.join(columns)}")
    separator = ";" if ";" in kept[0][1] else ","
    heads = [_HEAD.match(each) for each in kept[0][1].split(separator)]
    names = [head.group(1).lower() if head else "" for head in heads]
    missing = [name for name in columns if name not in names]
    if missing:
        raise InputError(f"{path}: the columns are {kept[0][1].strip()!r}; expected {', '.join(columns)}")
    units = {name: (head.group(2) or "") if head else "" for name, head in zip(names, heads, strict=True)}
    rows, faults = [], []
    for number, values in zip(
        (n for n, _ in kept[1:]), csv.reader((text for _, text in kept[1:]), delimiter=separator), strict=True
    ):
        if len(values) != len(names):
            faults.append(f"line {number}: {len(values)} values; expected {len(names)}: the file may have been cut off")
            continue
        rows.append((number, dict(zip(names, (each.strip() for each in values), strict=True))))
    return rows, units, faults


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        more = [f"and {len(faults) - MOST_SAID} more"] if len(faults) > MOST_SAID else []
        raise InputError("\n".join(f"{path}: {each}" for each in (*faults[:MOST_SAID], *more)))
