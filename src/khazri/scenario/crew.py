"""Who plays, who watches, and with what: cells, observers, and the inventory of units."""

from __future__ import annotations

import difflib
from typing import Annotated, Final, Literal

from khazri.response.catalogue import READINESS
from khazri.response.kinds import KINDS
from khazri.scenario.kinds import (
    Distance,
    Ident,
    Length,
    LocalText,
    Mass,
    Measure,
    Parsed,
    Point,
    Salinity,
    Seconds,
    Section,
    Share,
)


def _kind(value: object) -> str:
    if isinstance(value, str) and value in KINDS:
        return value
    near = difflib.get_close_matches(str(value), KINDS, n=1, cutoff=0.6)
    if near:
        raise ValueError(f"a kind of unit; the nearest is {near[0]} (`khazri units list` shows all)")
    raise ValueError(f"a kind of unit: {', '.join(KINDS)}")


UnitKind = Annotated[str, Parsed(_kind, (("type", "string"), ("enum", list(KINDS))))]
CONTROL: Final = "control"  # who sends injects unless another is named, and whom every cell may write to

Readiness = Literal["duty", "stand_by", "other"]

Speed = Annotated[float, Measure("speed", above=0.0, high=30.0, remark="else the unit is wrong")]
FastSpeed = Annotated[float, Measure("speed", above=0.0, high=10_000.0, remark="else the unit is wrong")]
Draft = Annotated[float, Measure("length", low=0.0, high=20.0)]
VolumeRate = Annotated[float, Measure("volume_rate", above=0.0, high=10.0, remark="else the unit is wrong")]
Tank = Annotated[float, Measure("volume", above=0.0, high=50_000.0, remark="else the unit is wrong")]
Viscosities = Annotated[float, Measure("kinematic_viscosity", low=0.0, high=100.0, unit="cSt")]
Yes = Annotated[float, Measure("fraction", low=0.0, high=1.0, remark="1 is yes, 0 is no")]
Number = Annotated[float, Measure("fraction", low=0.0, high=1e6)]
Film = Annotated[float, Measure("length", low=0.0, high=0.1)]
WaveLimit = Annotated[float, Measure("length", above=0.0, high=10.0)]


class Cell(Section):
    """A group of players of one party, with an inbox of its own."""

    ident: Ident
    party: Ident
    name: LocalText


class Observers(Section):
    """Observers of a party, and whose own picture the host shows them from the start."""

    party: Ident
    may_see: tuple[Ident, ...] = ()


class HomePort(Section):
    """A port where a party's units land what they recovered. What is not given is without limit."""

    ident: Ident
    party: Ident
    name: LocalText
    site: Ident
    position: Point
    offload: VolumeRate | None = None  # that it takes from each unit alongside
    storage: Tank | None = None  # for recovered oil and water, in all


class Unit(Section):
    """A vessel, whose it is and where it lies. A figure that is not given is the catalogue's for its kind."""

    ident: Ident
    party: Ident
    kind: UnitKind
    name: LocalText
    site: Ident
    position: Point  # of its berth
    base: Ident | None = None  # where it lands what it recovered; none: at its berth, without limit
    readiness: Readiness | None = None  # from which its mobilisation follows, where that is not given
    draft: Draft | None = None
    speed: FastSpeed | None = None  # in transit
    mobilisation: Annotated[float, Measure("time", low=0.0)] | None = None  # from the order until it leaves
    endurance: Seconds | None = None  # under way, before it must be back
    sight: Length | None = None  # how far its crew sees oil in clear weather
    swath: Length | None = None
    working_speed: FastSpeed | None = None  # through the water, while it skims or lays
    throughput: Share | None = None  # of the oil met that reaches the skimmer
    efficiency: Share | None = None  # of oil in what is taken
    pump: VolumeRate | None = None
    storage: Tank | None = None
    offload: VolumeRate | None = None  # at its berth
    wave_limit: WaveLimit | None = None
    boom_length: Length | None = None
    skirt: Length | None = None  # draught of the boom's skirt
    boom_life: Seconds | None = None  # in the water, from half of which on gaps open
    anchor_spacing: Length | None = None  # between two anchors of its boom
    anchor_mass: Mass | None = None  # of each
    wind_limit: FastSpeed | None = None  # at 10 m, above which it does not work
    visibility_limit: Distance | None = None  # below which it does not work
    ice_limit: Share | None = None  # concentration above which it does not work
    works_at_night: Yes | None = None
    shift: Seconds | None = None  # that a crew works
    rest: Annotated[float, Measure("time", low=0.0)] | None = None  # after a shift
    cost: Number | None = None  # units of money an hour
    chop_efficiency: Share | None = None  # `efficiency` in chop
    viscosity_low: Viscosities | None = None  # below which the skimmer recovers less
    viscosity_high: Viscosities | None = None  # above which it pumps less
    payload: Tank | None = None  # dispersant on board
    reload: Seconds | None = None  # and refuel, at its berth
    dose_ratio: Annotated[float, Measure("fraction", above=0.0, high=1000.0)] | None = None  # oil to dispersant
    least_depth: Distance | None = None  # where it may spray
    least_shore: Distance | None = None
    least_salinity: Salinity | None = None
    least_wind: Annotated[float, Measure("speed", low=0.0, high=60.0)] | None = None
    burns: Number | None = None  # that its fire boom stands
    crew: Number | None = None  # people
    rate: VolumeRate | None = None  # of oiled material
    waste_factor: Number | None = None  # volume of waste to that of oil
    height: Length | None = None  # of the eye or sensor
    sees_at_night: Yes | None = None
    sees_through_cloud: Yes | None = None
    least_film: Film | None = None  # that its sensor tells from water
    shut_time: Seconds | None = None  # from its arrival until nothing flows

    @property
    def figures(self) -> dict[str, float]:
        """The figures that the pack gives, in SI."""
        given = {name: getattr(self, name) for name in FIGURES if getattr(self, name) is not None}
        if self.readiness is not None and self.kind in KINDS:
            least = KINDS[self.kind].figures["mobilisation"].value
            given.setdefault("mobilisation", max(READINESS[self.readiness].value, least))
        return given


OF_KIND: Final[dict[str, tuple[str, ...]]] = {ident: tuple(kind.figures) for ident, kind in KINDS.items()}
FIGURES: Final = tuple(dict.fromkeys(name for names in OF_KIND.values() for name in names))
