"""Observed tracks of drifters from CSV or NetCDF: read as they come, cleaned, and every loss said."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from khazri.inputs import InputError

if TYPE_CHECKING:
    from xarray import Dataset

Doubles = npt.NDArray[np.float64]

FASTEST: Final = 3.0  # [m s-1]: nothing that drifts goes faster; a fix that asks for more is an error of position
LEAST_FIXES: Final = 3
EARTH: Final = 6_371_000.0  # [m]
TIME: Final = ("time", "time_utc", "date_utc", "datetime", "date", "timestamp")
LONGITUDE: Final = ("lon", "longitude", "long", "lon_deg")
LATITUDE: Final = ("lat", "latitude", "lat_deg")
IDENT: Final = ("id", "ident", "drifter", "device", "d_number", "name", "trajectory", "buoy", "platform")


@dataclass(frozen=True)
class ObservedTrack:
    """One drifter: UTC seconds since 1970, longitude and latitude [degrees]; times increase."""

    ident: str
    times: Doubles
    longitude: Doubles
    latitude: Doubles

    def at(self, times: Doubles) -> tuple[Doubles, Doubles]:
        """Between fixes along a straight line, held at the ends."""
        return np.interp(times, self.times, self.longitude), np.interp(times, self.times, self.latitude)


@dataclass(frozen=True)
class Tracks:
    """What a file holds, and what was dropped from it, in words."""

    tracks: tuple[ObservedTrack, ...]
    notes: tuple[str, ...]


def read_tracks(path: Path, *, fastest: float = FASTEST) -> Tracks:
    """All tracks of a file. Errors: InputError, which names the file and what would be right."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; expected a CSV or NetCDF of drifters")
    raw = _of_netcdf(path) if path.suffix.lower() in (".nc", ".nc4", ".cdf") else _of_csv(path)
    kept, notes = [], []
    for ident, times, lon, lat in raw:
        track, said = _clean(ident, times, lon, lat, fastest)
        notes += said
        if track is not None:
            kept.append(track)
    if not kept:
        raise InputError(f"{path}: holds no track of {LEAST_FIXES} fixes or more; " + "; ".join(notes))
    return Tracks(tuple(kept), tuple(notes))


def _of_csv(path: Path) -> Iterator[tuple[str, Doubles, Doubles, Doubles]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(line for line in source if not line.startswith("#"))
        names = {name.strip().lower(): name for name in reader.fieldnames or ()}
        columns = {}
        for what, known in (("time", TIME), ("longitude", LONGITUDE), ("latitude", LATITUDE)):
            found = next((names[each] for each in known if each in names), None)
            if found is None:
                raise InputError(
                    f"{path}: has columns {', '.join(names) or 'none'}; expected one for the {what}: {', '.join(known)}"
                )
            columns[what] = found
        ident = next((names[each] for each in IDENT if each in names), None)
        by_ident: dict[str, list[tuple[float, float, float]]] = {}
        for number, row in enumerate(reader, start=2):
            fix = _fix(path, number, *(row[columns[what]] or "" for what in ("time", "longitude", "latitude")))
            by_ident.setdefault(row[ident] if ident else path.stem, []).append(fix)
    for name, fixes in by_ident.items():
        times, lon, lat = np.array(fixes, np.float64).T
        yield name, times, lon, lat


def _fix(path: Path, line: int, time: str, lon: str, lat: str) -> tuple[float, float, float]:
    try:
        moment = datetime.fromisoformat(time.strip().replace("Z", "+00:00"))
    except ValueError:
        raise InputError(f"{path}:{line} time is {time!r}; expected a UTC time as 2026-06-14T02:00:00Z") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return moment.timestamp(), float(lon or "nan"), float(lat or "nan")
    except ValueError:
        raise InputError(f"{path}:{line} position is {lon!r}, {lat!r}; expected degrees") from None


def _of_netcdf(path: Path) -> Iterator[tuple[str, Doubles, Doubles, Doubles]]:
    import xarray as xr

    try:
        dataset = xr.open_dataset(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}); expected a NetCDF of trajectories") from error
    with dataset:
        names = {str(name).lower(): name for name in dataset.variables}
        found = [next((names[each] for each in known if each in names), None) for known in (TIME, LONGITUDE, LATITUDE)]
        if any(name is None for name in found):
            raise InputError(f"{path}: has variables {', '.join(names)}; expected time, lon and lat")
        moments, lon, lat = (np.atleast_1d(dataset[name].values) for name in found)
        if not np.issubdtype(moments.dtype, np.datetime64):
            raise InputError(f"{path}: {found[0]} has no calendar; expected a unit as 'seconds since 1970-01-01'")
        if lon.shape != lat.shape or moments.shape[-1:] != lon.shape[-1:]:
            raise InputError(
                f"{path}: time is {moments.shape}, lon {lon.shape}, lat {lat.shape}; expected fixes by trajectory, or one row"
            )
        seconds = (moments - np.datetime64("1970-01-01T00:00:00")) / np.timedelta64(1, "s")
        seconds[np.isnat(moments)] = np.nan
        seconds = np.broadcast_to(seconds, lon.shape)
        idents = _idents(dataset)
        yield from _rows(
            idents,
            np.asarray(seconds, np.float64),
            np.asarray(lon, np.float64),
            np.asarray(lat, np.float64),
            path,
            dataset,
        )


def _rows(
    idents: list[str], seconds: Doubles, lon: Doubles, lat: Doubles, path: Path, dataset: Dataset
) -> Iterator[tuple[str, Doubles, Doubles, Doubles]]:
    """Tracks of an array by trajectory, or of one row in which they follow each other (CF's contiguous ragged array)."""
    if lon.ndim > 2:
        raise InputError(f"{path}: lon has {lon.ndim} axes; expected fixes by trajectory, or one row")
    counts = next((each for each in dataset.variables.values() if "sample_dimension" in each.attrs), None)
    if lon.ndim == 1 and counts is not None:
        ends = np.cumsum(counts.values.astype(np.int64))
        if ends.size == 0 or ends[-1] != lon.size:
            raise InputError(f"{path}: its tracks have {int(ends[-1:].sum())} fixes together, but {lon.size} are there")
        pieces = [np.split(each, ends[:-1]) for each in (seconds, lon, lat)]
    else:
        pieces = [list(np.atleast_2d(each)) for each in (seconds, lon, lat)]
    for index, (t, x, y) in enumerate(zip(*pieces, strict=True)):
        yield idents[index] if len(idents) == len(pieces[0]) else f"{path.stem}-{index + 1}", t, x, y


def _idents(dataset: Dataset) -> list[str]:
    """What the file calls its tracks; empty where it does not."""
    for name, variable in dataset.variables.items():
        named = str(name).lower() in (*IDENT, "drifter_names") or variable.attrs.get("cf_role") == "trajectory_id"
        if named and variable.ndim <= 1:
            values = [
                each.decode() if isinstance(each, bytes) else str(each) for each in np.atleast_1d(variable.values)
            ]
            if len(set(values)) == len(values):
                return values
    return []


def _clean(
    ident: str, times: Doubles, lon: Doubles, lat: Doubles, fastest: float
) -> tuple[ObservedTrack | None, list[str]]:
    """In the order of time, without doubles, holes and impossible speeds."""
    notes = []
    good = np.isfinite(times) & np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90.0) & (np.abs(lon) <= 360.0)
    if (~good).any():
        notes.append(f"{ident}: {int((~good).sum())} fixes without a time or a position on the globe were dropped")
    times, lon, lat = times[good], lon[good], lat[good]
    order = np.argsort(times, kind="stable")
    if (np.diff(times) < 0.0).any():
        notes.append(f"{ident}: fixes were not in the order of time")
    times, lon, lat = times[order], lon[order], lat[order]
    fresh = np.concatenate([[True], np.diff(times) > 0.0]) if times.size else np.zeros(0, bool)
    if (~fresh).any():
        notes.append(f"{ident}: {int((~fresh).sum())} fixes at a moment that had one already were dropped")
    times, lon, lat = times[fresh], lon[fresh], lat[fresh]
    kept = _possible(times, lon, lat, fastest)
    if kept.size < times.size:
        notes.append(f"{ident}: {times.size - kept.size} fixes that ask for more than {fastest:g} m/s were dropped")
    if kept.size < LEAST_FIXES:
        notes.append(f"{ident}: {kept.size} fixes are left, too few for a track")
        return None, notes
    # without a jump between 180 and -180, so that places between fixes lie between them
    return ObservedTrack(ident, times[kept], np.unwrap(lon[kept], period=360.0), lat[kept]), notes


def _possible(times: Doubles, lon: Doubles, lat: Doubles, fastest: float) -> npt.NDArray[np.int64]:
    """The longest chain of fixes that can be reached one from another, begun at the first that agrees with its next."""
    if not times.size:
        return np.zeros(0, np.int64)
    best: list[int] = []
    for first in range(min(5, times.size)):
        chain = [first]
        for index in range(first + 1, times.size):
            at = chain[-1]
            if distance(lon[at], lat[at], lon[index], lat[index]) <= fastest * (times[index] - times[at]):
                chain.append(index)
        best = max(best, chain, key=len)
    return np.array(best, np.int64)


def distance(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Along a great circle [m] (haversine, on a sphere of 6371 km)."""
    a, b = np.radians(lat0), np.radians(lat1)
    half = np.sin(0.5 * (b - a)) ** 2 + np.cos(a) * np.cos(b) * np.sin(0.5 * np.radians(lon1 - lon0)) ** 2
    return float(2.0 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
