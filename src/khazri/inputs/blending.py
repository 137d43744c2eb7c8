"""Where the files of a field end and the next source goes on: weights that fall smoothly to nothing at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.ndimage import distance_transform_edt
from shapely.geometry.base import BaseGeometry

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.inputs import InputError
from khazri.inputs.scripted import sample_places, sample_times

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CELLS: Final = 4.0  # of the file's grid, over which it goes over into the next source where the pack says nothing
HOURS: Final = 3.0 * 3600.0  # s, the same in time
SEAM: Final = 1.0  # s, a hard edge in time
STEPS: Final = 4  # moments that tell the course of a blend in time
FINER: Final = 0.75  # a source beneath with cells smaller than this share of the file's keeps its own
POINTS, MOMENTS = 4000, 241  # at which shares are counted, about
LARGEST: Final = 3_000_000_000  # bytes of one field
MOST_CELLS: Final = 4_000_000


@dataclass(frozen=True)
class Layer:
    """A field of files, where and when they cover the run; beneath lies what is used elsewhere."""

    field: Field  # beyond `covered` its nearest value
    covered: Mask  # (ny, nx)
    span: tuple[float, float] | None  # [s from the start] that the files cover; None: they hold for all times
    duration: float  # of the run [s]
    distance: float  # within the edge, over which the files go over into what lies beneath [m]; 0: a hard edge
    time: float  # the same at their first and last moment [s]

    @property
    def ends_in_space(self) -> bool:
        """Whether there are places that they do not cover."""
        return not bool(self.covered.all())

    @property
    def ends_in_time(self) -> bool:
        """Whether there are moments that they do not cover."""
        return self.span is not None and (self.span[0] > 0.0 or self.span[1] < self.duration)


def layer_of(
    field: Field,
    covered: Mask,
    *,
    steady: bool,
    duration: float,
    distance: float | None = None,
    time: float | None = None,
) -> Layer:
    """With the usual widths where none is given; a blend in time takes no more than half of what is covered."""
    span = None if steady else (float(field.times[0]), float(field.times[-1]))
    over = HOURS if time is None else time
    if span is not None:
        over = min(over, 0.5 * (min(span[1], duration) - max(span[0], 0.0)))
    width = CELLS * field.grid.spacing if distance is None else distance
    return Layer(field, covered, span, duration, width, max(over, 0.0))


def lay_over(layer: Layer, beneath: Field) -> Field:
    """The files' values weighted by `space_weights` and `time_weights`, the rest from `beneath`; raises InputError."""
    grid = _common_grid(layer, beneath)
    times = _moments(layer, beneath, grid)
    space, in_time = space_weights(layer, grid).ravel(), time_weights(layer, times)
    own = layer.field if grid == layer.field.grid else sample_places(layer.field, grid)
    values = sample_times(own, times)
    flat = values.reshape(times.size, space.size, -1)
    corners = _corners(beneath.grid, grid)
    some = np.flatnonzero(space < 1.0)  # elsewhere the files stand alone, but at their ends
    everywhere = np.arange(space.size)
    for number, share in enumerate(in_time):
        chosen = some if share >= 1.0 else everywhere
        under = sample_times(beneath, times[number : number + 1])[0].reshape(-1, flat.shape[2])
        given = np.zeros((chosen.size, flat.shape[2]), np.float32)
        for index, weight in corners:
            given += weight[chosen, None] * under[index[chosen]]
        weights = (space[chosen] * share).astype(np.float32)[:, None]
        flat[number, chosen] = given + weights * (flat[number, chosen] - given)
    return Field(layer.field.name, grid, times, values, f"{layer.field.source}; elsewhere {beneath.source}")


def _corners(own: Grid, grid: Grid) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]]:
    """Flat index into `own` and weight of the four points around each cell of `grid`; held beyond the edge."""
    if own.shape == (1, 1):
        count = grid.nx * grid.ny
        return [(np.zeros(count, np.int64), np.ones(count, np.float32))]
    pairs = []
    for axis, first, count in ((grid.y, own.y0, own.ny), (grid.x, own.x0, own.nx)):
        held = np.clip((axis - first) / own.spacing, 0.0, count - 1.0)
        low = np.minimum(np.floor(held).astype(np.int64), max(count - 2, 0))
        pairs.append(((low, 1.0 - (held - low)), (np.minimum(low + 1, count - 1), held - low)))
    return [
        ((row[:, None] * own.nx + column[None, :]).ravel(), np.outer(up, right).ravel().astype(np.float32))
        for row, up in pairs[0]
        for column, right in pairs[1]
    ]


def space_weights(layer: Layer, grid: Grid | None = None) -> Doubles:
    """Of the files (ny, nx): 0 where they do not cover, 1 further within than the blend is wide, smooth between."""
    own = layer.field.grid
    grid = own if grid is None else grid
    covered = layer.covered
    if grid != own:
        columns, rows = (
            np.clip(np.rint((axis - first) / own.spacing).astype(int), 0, count - 1)
            for axis, first, count in ((grid.x, own.x0, own.nx), (grid.y, own.y0, own.ny))
        )
        covered = covered[rows[:, None], columns[None, :]]
    if layer.distance <= 0.0 or covered.all() or not covered.any():
        return np.asarray(covered, np.float64)
    within = distance_transform_edt(covered, sampling=grid.spacing) - 0.5 * grid.spacing
    return np.where(covered, _smooth(np.asarray(within, np.float64) / layer.distance), 0.0)


def time_weights(layer: Layer, times: Doubles) -> Doubles:
    """Of the files at moments [s]: 0 before their first and after their last, 1 further within than the blend is long."""
    weights = np.ones(times.shape, np.float64)
    if layer.span is None:
        return weights
    first, last = layer.span
    over, outside = (layer.time, 0.0) if layer.time > 0.0 else (SEAM, SEAM)
    if first > 0.0:
        weights *= _smooth((times - (first - outside)) / over)
    if last < layer.duration:
        weights *= _smooth((last + outside - times) / over)
    return weights


def lay_all(layers: Sequence[Layer], beneath: Field) -> Field:
    """Each over what lies beneath it, the uppermost first."""
    for layer in reversed(layers):
        beneath = lay_over(layer, beneath)
    return beneath


def shares_of(layers: Sequence[Layer], area: BaseGeometry) -> list[float]:
    """Of the area of a site and the time of the run, how much of the field each gives, the uppermost first."""
    finest = min((layer.field.grid for layer in layers), key=lambda grid: grid.spacing)
    x, y = (each.ravel() for each in np.meshgrid(finest.x, finest.y))
    inside = np.flatnonzero(shapely.contains_xy(area, x, y))
    chosen = inside[:: max(1, inside.size // POINTS)] if inside.size else np.arange(x.size)
    moments = np.linspace(0.0, layers[0].duration, MOMENTS)
    rest, found = np.ones((chosen.size, MOMENTS)), []
    for layer in layers:
        own = layer.field.grid
        column = np.clip(np.rint((x[chosen] - own.x0) / own.spacing).astype(int), 0, own.nx - 1)
        row = np.clip(np.rint((y[chosen] - own.y0) / own.spacing).astype(int), 0, own.ny - 1)
        given = rest * space_weights(layer)[row, column][:, None] * time_weights(layer, moments)[None, :]
        found.append(float(given.mean()))
        rest -= given
    return found


def edge_words(layer: Layer) -> str:
    """How the files go over into what lies beneath: the widths, or that the edge is hard."""
    parts = []
    if layer.ends_in_space and layer.distance > 0.0:
        parts.append(f"{layer.distance / 1000.0:.3g} km")
    if layer.ends_in_time and layer.time > 0.0:
        parts.append(f"{layer.time / 3600.0:.3g} h")
    return f"blended over {' and '.join(parts)}" if parts else "with a hard edge"


def _smooth(share: Doubles) -> Doubles:
    held = np.clip(share, 0.0, 1.0)
    return np.asarray(held * held * (3.0 - 2.0 * held), np.float64)


def _common_grid(layer: Layer, beneath: Field) -> Grid:
    """The files' grid; with the cells of what lies beneath where these are clearly finer."""
    own = layer.field.grid
    if beneath.grid.shape == (1, 1) or beneath.grid.spacing > FINER * own.spacing or not layer.ends_in_space:
        return own
    wide, tall = (own.nx - 1) * own.spacing, (own.ny - 1) * own.spacing
    spacing = max(beneath.grid.spacing, float(np.sqrt(wide * tall / MOST_CELLS)))
    return Grid(own.x0, own.y0, spacing, *(int(np.ceil(side / spacing - 1e-9)) + 1 for side in (wide, tall)))


def _moments(layer: Layer, beneath: Field, grid: Grid) -> Doubles:
    """Times of both, and those that tell the blend."""
    told = [np.array([0.0]), beneath.times]
    if layer.span is None:
        return _in_run(told, layer)
    first, last = layer.span
    edges = []
    if first > 0.0:
        edges.append(first + np.linspace(0.0, layer.time, STEPS + 1) if layer.time > 0.0 else [first - SEAM, first])
    if last < layer.duration:
        edges.append(last - np.linspace(0.0, layer.time, STEPS + 1) if layer.time > 0.0 else [last, last + SEAM])
        told.append(np.array([layer.duration]))
    own = [layer.field.times, *(np.asarray(each, np.float64) for each in edges)]
    times = _in_run([*told, *own], layer)
    bytes_at_once = 4 * grid.nx * grid.ny * layer.field.values.shape[3]
    if (
        times.size * bytes_at_once > LARGEST
    ):  # gusts of a script may be told every minute: within the files theirs go on
        outside = beneath.times[(beneath.times < first) | (beneath.times > last)]
        times = _in_run([told[0], outside, *told[2:], *own], layer)
    if times.size * bytes_at_once > LARGEST:
        raise InputError(
            f"{layer.field.name}: {layer.field.source} together with {beneath.source} takes {times.size * bytes_at_once / 1e9:.1f} GB; "
            f"expected at most {LARGEST / 1e9:.0f} GB: a smaller area, a shorter run, or files that cover all of it"
        )
    return times


def _in_run(told: list[Doubles], layer: Layer) -> Doubles:
    """Sorted, none twice; moments of the files beyond the run stay, as the field is linear up to them."""
    times = np.round(np.concatenate(told), 3)
    kept = (times >= 0.0) & (times <= layer.duration)
    if layer.span is not None:
        kept |= np.isin(times, np.round(layer.field.times, 3))
    return np.unique(times[kept])
