"""The units of an exercise, with every figure settled: the pack's own, or the catalogue's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from khazri.response.catalogue import DEPTH_BAND, FIGURES, KINDS
from khazri.response.kinds import Medium

MAY_BE_NOUGHT: Final = frozenset(
    {
        "draft", "mobilisation", "sight", "throughput", "efficiency", "chop_efficiency", "ice_limit", "works_at_night", "rest",
        "cost", "viscosity_low", "least_depth", "least_shore", "least_salinity", "least_wind", "sees_at_night",
        "sees_through_cloud", "visibility_limit",
    }
)  # fmt: skip


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
    def kind(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def position(self) -> _Position: ...
    @property
    def figures(self) -> dict[str, float]: ...
    @property
    def base(self) -> str | None: ...


class PackBase(Protocol):
    """A base as `scenario.crew.HomePort` has it."""

    @property
    def ident(self) -> str: ...
    @property
    def offload(self) -> float | None: ...
    @property
    def storage(self) -> float | None: ...


@dataclass(frozen=True)
class HomePort:
    """Where units land what they recovered: how fast it takes it, and how much in all."""

    ident: str
    offload: float = math.inf  # [m3 s-1], to each unit alongside
    storage: float = math.inf  # [m3]


@dataclass(frozen=True)
class Unit:
    """One unit: what it is and where it lies. Figures in SI; those that its kind does not have are 0."""

    ident: str
    kind: str
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
    wind_limit: float = 99.0  # [m s-1]
    visibility_limit: float = 0.0  # [m]
    ice_limit: float = 1.0  # concentration [1]
    works_at_night: float = 1.0  # 1: it does
    shift: float = 1e9  # that a crew works [s]
    rest: float = 0.0  # after a shift [s]
    cost: float = 0.0  # units of money an hour
    swath: float = 0.0  # swept, sprayed or seen [m]
    throughput: float = 0.0  # [1]
    efficiency: float = 0.0  # [1]
    chop_efficiency: float = 0.0  # [1]
    viscosity_low: float = 0.0  # [m2 s-1]
    viscosity_high: float = 0.0  # [m2 s-1]
    pump: float = 0.0  # [m3 s-1]
    storage: float = 0.0  # [m3]
    offload: float = 0.0  # [m3 s-1]
    boom_length: float = 0.0  # [m]
    skirt: float = 0.0  # [m]
    boom_life: float = 0.0  # [s] in the water, from half of which on gaps open; 0: none do
    anchor_spacing: float = 0.0  # between two anchors of its boom [m]
    anchor_mass: float = 0.0  # of each [kg]
    payload: float = 0.0  # of dispersant [m3]
    reload: float = 0.0  # [s]
    dose_ratio: float = 0.0  # oil to dispersant [1]
    least_depth: float = 0.0  # where it may spray [m]
    least_shore: float = 0.0  # distance [m]
    least_salinity: float = 0.0  # [g kg-1]
    least_wind: float = 0.0  # [m s-1]
    burns: float = 0.0  # that its fire boom stands
    crew: float = 0.0  # people
    rate: float = 0.0  # of oiled material [m3 s-1]
    waste_factor: float = 0.0  # volume of waste to that of oil [1]
    height: float = 0.0  # of the eye or sensor [m]
    sees_at_night: float = 0.0
    sees_through_cloud: float = 0.0
    least_film: float = 0.0  # [m]
    shut_time: float = 0.0  # [s]
    base: str = ""  # where it lands what it recovered; "": a place without limits
    assumed: tuple[str, ...] = ()  # figures that are the catalogue's

    @property
    def medium(self) -> Medium:
        """Where it moves."""
        return KINDS[self.kind].medium


@dataclass(frozen=True)
class Fleet:
    """All units in the order of their idents, so that a pack's order decides nothing; a unit's number is its place here."""

    units: tuple[Unit, ...] = ()
    depth_bands: Mapping[str, float] = field(default_factory=dict)  # site -> uncertainty of its depths [m]
    bases: tuple[HomePort, ...] = ()

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
    ident: str,
    kind: str,
    site: str,
    position: tuple[float, float],
    figures: Mapping[str, float] | None = None,
    *,
    base: str = "",
) -> Unit:
    """A unit of `kind` at `position` (longitude, latitude) [degrees] with `figures` before the catalogue's."""
    given = dict(figures or {})
    if kind not in FIGURES:
        raise ValueError(f"unit {ident}: kind is {kind}; expected one of {', '.join(FIGURES)}")
    known = FIGURES[kind]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"unit {ident}: a {kind} has no {', '.join(unknown)}; expected some of {', '.join(known)}")
    if "efficiency" in given and "chop_efficiency" in known:  # in chop it is worse by as much as its kind
        share = known["chop_efficiency"].value / known["efficiency"].value
        given.setdefault("chop_efficiency", given["efficiency"] * share)
    settled = {name: float(given.get(name, figure.value)) for name, figure in known.items()}
    for name, value in settled.items():
        if not (math.isfinite(value) and (value > 0.0 or (value == 0.0 and name in MAY_BE_NOUGHT))):
            least = "0 or more" if name in MAY_BE_NOUGHT else "more than 0"
            raise ValueError(f"unit {ident}: {name} is {value}; expected a finite number, {least}")
    assumed = tuple(name for name in known if name not in (figures or {}))
    return Unit(ident, kind, site, position[0], position[1], **settled, assumed=assumed, base=base)


def fleet_of(
    units: Iterable[PackUnit], *, bases: Iterable[PackBase] = (), depth_bands: Mapping[str, float] | None = None
) -> Fleet:
    """The fleet of a pack's inventory and bases."""
    made = [
        unit_of(u.ident, u.kind, u.site, (u.position.lon, u.position.lat), u.figures, base=u.base or "") for u in units
    ]
    quays = [
        HomePort(
            base.ident,
            math.inf if base.offload is None else base.offload,
            math.inf if base.storage is None else base.storage,
        )
        for base in bases
    ]
    by_ident = sorted(made, key=lambda unit: unit.ident)
    return Fleet(tuple(by_ident), dict(depth_bands or {}), tuple(sorted(quays, key=lambda base: base.ident)))
