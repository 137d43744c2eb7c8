"""The units of an exercise, with every figure settled: the pack's own, or the catalogue's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from khazri.response.catalogue import DEPTH_BAND, FIGURES, UnitKind

MAY_BE_NOUGHT: Final = frozenset({"draft", "mobilisation", "sight", "throughput", "efficiency"})


class _Position(Protocol):
    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...


class PackUnit(Protocol):
    """A unit as `scenario.crew.Unit` has it."""

    @property
    def ident(self) -> str: ...
    @property
    def kind(self) -> UnitKind: ...
    @property
    def site(self) -> str: ...
    @property
    def position(self) -> _Position: ...
    @property
    def figures(self) -> dict[str, float]: ...


@dataclass(frozen=True)
class Unit:
    """One vessel: what it is and where it lies. Figures in SI; those of the other kind are 0."""

    ident: str
    kind: UnitKind
    site: str
    longitude: float  # of its berth [degrees]
    latitude: float
    draft: float  # [m]
    speed: float  # in transit [m s-1]
    mobilisation: float  # [s]
    endurance: float  # [s]
    sight: float  # [m]
    working_speed: float  # [m s-1]
    wave_limit: float  # significant height [m]
    swath: float = 0.0  # [m]
    throughput: float = 0.0  # [1]
    efficiency: float = 0.0  # [1]
    pump: float = 0.0  # [m3 s-1]
    storage: float = 0.0  # [m3]
    offload: float = 0.0  # [m3 s-1]
    boom_length: float = 0.0  # [m]
    skirt: float = 0.0  # [m]
    assumed: tuple[str, ...] = ()  # figures that are the catalogue's


@dataclass(frozen=True)
class Fleet:
    """All units in the order of their idents, so that a pack's order decides nothing; a unit's number is its place here."""

    units: tuple[Unit, ...] = ()
    depth_bands: Mapping[str, float] = field(default_factory=dict)  # site -> uncertainty of its depths [m]

    def __post_init__(self) -> None:
        idents = [unit.ident for unit in self.units]
        if idents != sorted(set(idents)):
            raise ValueError(f"fleet: units are {idents}; expected different idents in their order (`fleet_of`)")

    def number(self, ident: str) -> int | None:
        """The unit's number; None: there is no such unit."""
        found = [index for index, unit in enumerate(self.units) if unit.ident == ident]
        return found[0] if found else None

    def depth_band(self, site: str) -> float:
        """By how much the depths of a site may be wrong [m]."""
        return self.depth_bands.get(site, DEPTH_BAND.value)


def unit_of(
    ident: str, kind: UnitKind, site: str, position: tuple[float, float], figures: Mapping[str, float] | None = None
) -> Unit:
    """A unit of `kind` at `position` (longitude, latitude) [degrees] with `figures` before the catalogue's."""
    given = dict(figures or {})
    known = FIGURES[kind]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"unit {ident}: a {kind} has no {', '.join(unknown)}; expected some of {', '.join(known)}")
    settled = {name: float(given.get(name, figure.value)) for name, figure in known.items()}
    for name, value in settled.items():
        if not (math.isfinite(value) and (value > 0.0 or (value == 0.0 and name in MAY_BE_NOUGHT))):
            least = "0 or more" if name in MAY_BE_NOUGHT else "more than 0"
            raise ValueError(f"unit {ident}: {name} is {value}; expected a finite number, {least}")
    assumed = tuple(name for name in known if name not in given)
    return Unit(ident, kind, site, position[0], position[1], **settled, assumed=assumed)


def fleet_of(units: Iterable[PackUnit], *, depth_bands: Mapping[str, float] | None = None) -> Fleet:
    """The fleet of a pack's inventory."""
    made = [unit_of(u.ident, u.kind, u.site, (u.position.lon, u.position.lat), u.figures) for u in units]
    return Fleet(tuple(sorted(made, key=lambda unit: unit.ident)), dict(depth_bands or {}))
