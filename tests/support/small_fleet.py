"""Units on the small invented sea, and play with them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
import small_sea

from khazri.engine import Field, SiteInputs
from khazri.response import Fleet, Unit, unit_of
from khazri.response.sea import Sea
from khazri.response.waters import Waters
from khazri.simulation import Happening, Orders, World, advance, open_world
from khazri.simulation.orders import TaskKind, UnitTask

PLANE = small_sea.sea().plane
BERTH = (-9_000.0, -3_000.0)  # on the plane [m]
WIDE = (-3_000.0, -3_000.0, 3_000.0, 3_000.0)


def degrees(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Plane metres to longitude and latitude."""
    longitude, latitude = PLANE.to_geographic([x for x, _ in points], [y for _, y in points])
    return tuple(zip(longitude.tolist(), latitude.tolist(), strict=True))


def box(west: float, south: float, east: float, north: float) -> tuple[tuple[float, float], ...]:
    """A ring in longitude and latitude."""
    return degrees((west, south), (east, south), (east, north), (west, north))


def skimmer(ident: str = "alfa-skimmer", berth: tuple[float, float] = BERTH, **figures: float) -> Unit:
    return unit_of(ident, "skimming_vessel", "test", degrees(berth)[0], {"mobilisation": 600.0, **figures})


def boomer(ident: str = "alfa-boom", berth: tuple[float, float] = BERTH, **figures: float) -> Unit:
    return unit_of(ident, "boom_vessel", "test", degrees(berth)[0], {"mobilisation": 600.0, **figures})


def fleet(*units: Unit) -> Fleet:
    return Fleet(tuple(sorted(units, key=lambda unit: unit.ident)))


def waters(land: np.ndarray | None = None, *, depth: float = 8.0, band: float = 2.0) -> Waters:
    return Waters(small_sea.sea(land, depth=depth), band)


def calm(inputs: SiteInputs | None = None, over: Waters | None = None) -> Sea:
    """The small sea at its beginning."""
    given = inputs or small_sea.site(dt=60.0)
    return Sea(over or Waters(given.terrain, 2.0), given, 0.0)


def world(*parts: Unit | Field, particles: int = 4_000, **changes: object) -> World:
    """A spill of 100 t within a disc of 300 m at once, steps of a minute, and units; fields in the place of the usual."""
    release = small_sea.at_once(radius=300.0)
    fields = [part for part in parts if isinstance(part, Field)]
    inputs = small_sea.site(*fields, **{"release": release, "dt": 60.0, "particles": particles, **changes})
    return open_world((inputs,), fleet=fleet(*(part for part in parts if isinstance(part, Unit))))


def ordered(**tasks: tuple[TaskKind, tuple[tuple[float, float], ...]]) -> Orders:
    """Orders in force from the beginning; a unit's ident with _ for -."""
    given = {name.replace("_", "-"): UnitTask(kind, ring, 0, 1) for name, (kind, ring) in tasks.items()}
    return Orders(tasks=given)


def play(on: World, orders: Orders, *, steps: int) -> list[Happening]:
    """What happened to units, in its order."""
    idents = {unit.ident for unit in on.fleet.units}
    found: list[Happening] = []
    for _ in range(steps):
        _, happenings = advance(on, orders)
        found += [each for each in happenings if each.subject in idents]
    return found


def told(happenings: Iterable[Happening], subject: str) -> list[str]:
    return [each.kind for each in happenings if each.subject == subject]


def swept(points: Iterable[tuple[float, float]], width: float) -> shapely.geometry.base.BaseGeometry:
    return shapely.LineString(list(points)).buffer(0.5 * width, cap_style="flat")
