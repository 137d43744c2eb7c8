"""What stands at the open edge of a site's own basin: levels of the pack, gauges, and tides at their moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from khazri.geo.raster import geographic_centres
from khazri.inputs import InputError
from khazri.inputs.places import file_of, polygon_of
from khazri.inputs.sea_files import Gauge, TidePoint, read_constituents, read_gauge
from khazri.scenario.sea import OpenEdge
from khazri.scenario.site import Site
from khazri.scenario.weather import series_of
from khazri.sea.basin import Basin
from khazri.sea.boundary import Constituent, Edge, tide_level
from khazri.sea.tide import at_moment

Doubles = npt.NDArray[np.float64]
LevelOf = Callable[[float], Doubles]

NEAREST: Final = 1.0  # km; a place of the tide nearer than this to a cell is as near as it can be


def edge_of(
    site: Site,
    edges: Sequence[OpenEdge],
    basin: Basin,
    *,
    folders: Sequence[Path],
    start: float,
    span: tuple[float, float],
) -> Edge | None:
    """What the pack puts at the held cells of the site's basin; None where it has none. Raises with all faults.

    start   of the run [s, Unix time]; span: from when to when, in seconds from the start, the sea is computed
    """
    held = basin.bed.held
    if held is None or not held.any():
        return None
    where = f"site {site.ident}: environment.sea.boundary"
    longitude, latitude = (each[held] for each in geographic_centres(basin.plane, basin.grid))
    left = np.ones(longitude.size, np.bool_)
    stiff = np.zeros(longitude.size, np.bool_)
    faults: list[str] = []
    parts: list[tuple[npt.NDArray[np.bool_], LevelOf]] = []
    for index, edge in enumerate(edges):
        here = f"{where}[{index}]"
        mine = _within(edge, longitude, latitude)
        if not mine.any():
            faults.append(
                f"{here}: no cell of the open edge lies within its area; expected an area over the water at the edge, which "
                f"reaches from {longitude.min():.2f} to {longitude.max():.2f} E, {latitude.min():.2f} to "
                f"{latitude.max():.2f} N"
            )
            continue
        left &= ~mine
        stiff |= mine & (not edge.lets_waves_out)
        try:
            places = longitude[mine], latitude[mine]
            parts.append((mine, _level_of(site, here, edge, places, folders=folders, start=start, span=span)))
        except InputError as error:
            faults.append(str(error))
    if left.any() and edges:
        faults.append(
            f"{where}: a hole: {int(left.sum())} of {left.size} cells of the open edge are in no area, from "
            f"{longitude[left].min():.2f} to {longitude[left].max():.2f} E, {latitude[left].min():.2f} to "
            f"{latitude[left].max():.2f} N; expected areas that cover it, or one entry without an area"
        )
    if faults:
        raise InputError("\n".join(faults))

    def level(now: float) -> Doubles:
        total = np.zeros(longitude.size)
        for mine, found in parts:
            total[mine] += found(now)
        return total

    return Edge(level, stiff)


def _within(edge: OpenEdge, longitude: Doubles, latitude: Doubles) -> npt.NDArray[np.bool_]:
    if edge.area is None:
        return np.ones(longitude.size, np.bool_)
    area = polygon_of(edge.area.ring)
    middle = 0.5 * (area.bounds[0] + area.bounds[2])
    turned = middle + np.mod(longitude - middle + 180.0, 360.0) - 180.0
    return np.asarray(shapely.intersects_xy(area, turned, latitude), np.bool_)


def _level_of(
    site: Site,
    here: str,
    edge: OpenEdge,
    places: tuple[Doubles, Doubles],
    *,
    folders: Sequence[Path],
    start: float,
    span: tuple[float, float],
) -> LevelOf:
    """Level at the cells of one entry, in seconds from the start [m above the water level of the site]."""
    count = places[0].size
    said = series_of([(point, (point.value,)) for point in edge.level]) if edge.level else None
    gauge = None if edge.gauge is None else read_gauge(file_of(site, "environment.sea.boundary", edge.gauge, folders))
    if gauge is not None:
        _covers(here, edge, gauge, start, span)
    tides = [Constituent(each.constituent, each.amplitude, each.phase) for each in edge.tide]
    if edge.constituents is not None:
        points = read_constituents(file_of(site, "environment.sea.boundary", edge.constituents, folders))
        tides += _placed(points, places)
    moving = tuple(at_moment(each, start) for each in tides)

    def level(now: float) -> Doubles:
        mean = 0.0 if said is None else float(np.interp(now, said.times, [value for (value,) in said.values]))
        if gauge is not None:
            mean += float(np.interp(start + now, gauge.times, gauge.levels))
        return tide_level(now, moving, np.full(count, mean))

    return level


def _covers(here: str, edge: OpenEdge, gauge: Gauge, start: float, span: tuple[float, float]) -> None:
    first, last = float(gauge.times[0]) - start, float(gauge.times[-1]) - start
    if first > 0.0 or last < span[1]:
        raise InputError(
            f"{here}: {edge.gauge} has readings from {first / 3600.0:+.1f} h to {last / 3600.0:+.1f} h of the start; "
            f"expected the whole run, 0 to {span[1] / 3600.0:+.1f} h (the file may have been cut off)"
        )


def _placed(points: Sequence[TidePoint], places: tuple[Doubles, Doubles]) -> list[Constituent]:
    """Constituents at the cells of an edge: those of several places by inverse squared distance, as complex numbers."""
    found = []
    for name in dict.fromkeys(each.constituent for each in points):
        mine = [each for each in points if each.constituent == name]
        waves = np.array([each.amplitude * np.exp(1j * each.phase) for each in mine])
        if len(mine) == 1 or any(each.place is None for each in mine):
            total = waves[0] if len(mine) == 1 else waves.sum()
            found.append(Constituent(name, float(abs(total)), float(np.angle(total))))
            continue
        east = np.array([each.place[0] for each in mine if each.place is not None])
        north = np.array([each.place[1] for each in mine if each.place is not None])
        apart = np.mod(places[0][:, None] - east + 180.0, 360.0) - 180.0
        x = 111.2 * np.cos(np.radians(places[1]))[:, None] * apart
        y = 111.2 * (places[1][:, None] - north)
        weights = 1.0 / np.maximum(x * x + y * y, NEAREST**2)
        total = (weights * waves).sum(axis=1) / weights.sum(axis=1)
        found.append(Constituent(name, np.abs(total), np.angle(total)))
    return found
