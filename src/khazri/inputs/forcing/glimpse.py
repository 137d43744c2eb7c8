"""One field of a set at its first time, thinned for a picture: where it lies, what it holds, vectors east and north."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.fields import FIELDS
from khazri.inputs import InputError
from khazri.inputs.forcing.clock import write_time
from khazri.inputs.forcing.lattice import Lattice, to_native
from khazri.inputs.forcing.sets import ForcingSet, Gridded, Part
from khazri.inputs.forcing.units import DIMENSIONS
from khazri.inputs.forcing.yearly import day_words

Doubles = npt.NDArray[np.float64]
FINEST: Final = 600  # points along a side


@dataclass(frozen=True)
class Glimpse:
    """Values (components, ny, nx) in the unit that Khazri uses, not a number where there is none."""

    field: str
    unit: str
    longitude: Doubles  # (ny, nx), running on
    latitude: Doubles
    values: Doubles
    moment: str  # in words


def look(found: ForcingSet, field: str | None = None) -> Glimpse:
    """The field, or the first that is recognised, at its first time; raises InputError."""
    if field is not None and field not in found.fields:
        raise InputError(
            f"{found.paths[0]}: has no {field}; expected one of {', '.join(found.fields) or 'none, nothing is recognised'}"
        )
    gridded = next(iter(found.fields.values())) if field is None else found.fields[field]
    thin = max(1, int(np.ceil(max(_shape(gridded.lattice)) / FINEST)))
    longitude, latitude = _positions(gridded.lattice, thin)
    first = gridded.moments[0]
    values = np.stack(
        [
            _values(gridded, component[first.picks[number][0]], first.picks[number][1], thin)
            for number, component in enumerate(gridded.parts)
        ]
    )
    if len(values) == 2 and gridded.sense == "grid" and gridded.lattice.kind != "rectilinear":
        values = _eastward(values, longitude, latitude)
    count = len(gridded.moments)
    which = "the only time" if count == 1 else f"the first of {count} times"
    write = day_words if gridded.yearly else write_time
    moment = "never changes" if gridded.steady else f"{write(first.seconds)}, {which}"
    return Glimpse(gridded.name, FIELDS[gridded.name][1], longitude, latitude, values, moment)


def _shape(lattice: Lattice) -> tuple[int, int]:
    if lattice.kind == "curvilinear":
        return int(lattice.x.shape[0]), int(lattice.x.shape[1])
    return lattice.y.size, lattice.x.size


def _positions(lattice: Lattice, thin: int) -> tuple[Doubles, Doubles]:
    if lattice.kind == "curvilinear":
        lon, lat = lattice.x[::thin, ::thin], lattice.y[::thin, ::thin]
    else:
        lon, lat = np.meshgrid(lattice.x[::thin], lattice.y[::thin])
        if lattice.kind == "projected":
            assert lattice.crs is not None
            lon, lat = to_native(lattice.crs).transform(lon, lat, direction="INVERSE")
    middle = np.asarray(lon)[lon.shape[0] // 2, lon.shape[1] // 2]
    if lattice.kind == "rectilinear":
        return np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    around = middle + (np.asarray(lon) - middle + 180.0) % 360.0 - 180.0  # no jump at the antimeridian
    return np.asarray(around, np.float64), np.asarray(lat, np.float64)


def _values(gridded: Gridded, part: Part, index: int, thin: int) -> Doubles:
    layout = part.layout
    pick: dict[str, int | slice] = {**dict(layout.fixed), layout.y: slice(None, None, thin), layout.x: slice(None, None, thin)}  # fmt: skip
    if layout.time is not None:
        pick[layout.time] = index
    try:
        raw = np.asarray(part.file[part.variable].isel(pick).transpose(layout.y, layout.x).values, np.float64)
    except (OSError, RuntimeError, ValueError, IndexError) as error:
        raise InputError(
            f"{part.path}: {part.variable} cannot be read, the file is cut off or damaged ({error})"
        ) from error
    values = part.conversion.scale * raw + part.conversion.offset
    least, most = DIMENSIONS[gridded.name][1:3]
    with np.errstate(invalid="ignore"):
        return np.where((values >= least) & (values <= most), values, np.nan)


def _eastward(values: Doubles, longitude: Doubles, latitude: Doubles) -> Doubles:
    """Components along the grid's axes as eastward and northward ones, by the way from point to point."""
    pairs = []
    for axis in (1, 0):
        east = np.gradient(longitude, axis=axis) * np.cos(np.radians(latitude))
        north = np.gradient(latitude, axis=axis)
        length = np.hypot(east, north)
        length = np.where(length > 0.0, length, np.nan)
        pairs.append((east / length, north / length))
    (x_east, x_north), (y_east, y_north) = pairs
    return np.stack([values[0] * x_east + values[1] * y_east, values[0] * x_north + values[1] * y_north])
