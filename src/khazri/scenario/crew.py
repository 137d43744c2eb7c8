"""Who plays, who watches, and with what: cells, observers, and the inventory of units."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from khazri.scenario.kinds import Ident, Length, LocalText, Measure, Point, Seconds, Section, Share

UnitKind = Literal["skimming_vessel", "boom_vessel"]
CONTROL: Final = "control"  # who sends injects unless another is named, and whom every cell may write to

Speed = Annotated[float, Measure("speed", above=0.0, high=30.0, remark="else the unit is wrong")]
Draft = Annotated[float, Measure("length", low=0.0, high=20.0)]
VolumeRate = Annotated[float, Measure("volume_rate", above=0.0, high=10.0, remark="else the unit is wrong")]
Tank = Annotated[float, Measure("volume", above=0.0, high=50_000.0, remark="else the unit is wrong")]
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


class Unit(Section):
    """A vessel, whose it is and where it lies. A figure that is not given is the catalogue's for its kind."""

    ident: Ident
    party: Ident
    kind: UnitKind
    name: LocalText
    site: Ident
    position: Point
    draft: Draft | None = None
    speed: Speed | None = None  # in transit
    mobilisation: Annotated[float, Measure("time", low=0.0)] | None = None  # from the order until it leaves
    endurance: Seconds | None = None  # under way, before it must be back
    sight: Length | None = None  # how far its crew sees oil in clear weather
    swath: Length | None = None
    working_speed: Speed | None = None  # through the water, while it skims or lays
    throughput: Share | None = None  # of the oil met that reaches the skimmer
    efficiency: Share | None = None  # of oil in what is taken
    pump: VolumeRate | None = None
    storage: Tank | None = None
    offload: VolumeRate | None = None  # at its berth
    wave_limit: WaveLimit | None = None
    boom_length: Length | None = None
    skirt: Length | None = None  # draught of the boom's skirt

    @property
    def figures(self) -> dict[str, float]:
        """The figures that the pack gives, in SI."""
        return {name: getattr(self, name) for name in FIGURES if getattr(self, name) is not None}


OF_ALL: Final = ("draft", "speed", "mobilisation", "endurance", "sight", "working_speed", "wave_limit")
OF_KIND: Final[dict[str, tuple[str, ...]]] = {
    "skimming_vessel": ("swath", "throughput", "efficiency", "pump", "storage", "offload"),
    "boom_vessel": ("boom_length", "skirt"),
}
FIGURES: Final = (*OF_ALL, *(name for names in OF_KIND.values() for name in names))
