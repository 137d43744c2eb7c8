"""What a pack says of the sea that answers the wind: its basin, its bed, and what stands at its open edges."""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from khazri.scenario.kinds import Area, Bearing, FileName, Flag, LocalText, Loose, Measure, OneOrMany, Section
from khazri.scenario.weather import Timed

ConstituentName = Literal["M2", "S2", "N2", "K2", "K1", "O1", "P1", "Q1", "M4", "MS4"]
CONSTITUENT_NAMES: Final[tuple[str, ...]] = get_args(ConstituentName)
BedKind = Literal["plain", "mud", "sand", "gravel", "rock", "reeds"]


class LevelPoint(Timed):
    """Level outside an open edge at one moment, above the site's water level."""

    value: Annotated[float, Measure("length", low=-15.0, high=15.0, remark="above the water level of the site")]


class Harmonic(Section):
    """One constituent of the tide: its amplitude, and its phase lag at Greenwich."""

    constituent: ConstituentName
    amplitude: Annotated[float, Measure("length", low=0.0, high=10.0, remark="else the unit is wrong")]
    phase: Bearing


def _points(value: object) -> object:
    return value if isinstance(value, list | tuple | dict) else [{"value": value}]


class OpenEdge(Section):
    """What stands at the cells of the basin's edge, or at those of them within `area`; the parts add up.

    gauge          CSV of the pack: time, level
    constituents   CSV of the pack: constituent, amplitude, phase, and longitude, latitude where they differ by place
    radiates       waves from within leave; where not said: unless a tide or a gauge prescribes the level
    """

    area: Area | None = None
    name: LocalText | None = None
    level: Annotated[tuple[LevelPoint, ...], OneOrMany(), Loose(_points, (Measure("length").schema_of_value(),))] = ()
    gauge: FileName | None = None
    tide: Annotated[tuple[Harmonic, ...], OneOrMany()] = ()
    constituents: FileName | None = None
    radiates: Flag | None = None

    @property
    def lets_waves_out(self) -> bool:
        """Whether it does, said or not."""
        prescribed = bool(self.tide) or self.constituents is not None or self.gauge is not None
        return not prescribed if self.radiates is None else self.radiates


class BedArea(Section):
    """A part of the bed that is rougher or smoother: a kind, or Manning's n [s m-1/3]."""

    area: Area
    kind: BedKind | None = None
    manning: Annotated[float, Measure("fraction", low=0.01, high=0.3, remark="Manning's n in s m-1/3")] | None = None


def _boundary(value: object) -> object:
    return {"closed": (), "open": ({},)}.get(value, value) if isinstance(value, str) else value


class EmbeddedSea(Section):
    """The sea that answers the wind: levels and currents by the shallow-water equations.

    basin      caspian: the whole Caspian and its shallow north, from training depths; site: the area of the site with its
               own coast and depths. Where not said: the Caspian for sites within it
    spacing    of the cells: of the shallow north of the Caspian, or of the site's own basin
    step       between two reckonings; one that would be unstable is shortened, and that is said
    boundary   of a site's own basin: closed, open (waves leave), or what stands at its edges
    """

    basin: Literal["caspian", "site"] | None = None
    spacing: Annotated[float, Measure("length", low=200.0, high=20_000.0)] = 4_000.0
    step: Annotated[float, Measure("time", above=0.0)] | None = None
    drag: Literal["wu", "large_pond", "garratt"] = "wu"
    bed: Annotated[tuple[BedArea, ...], OneOrMany()] = ()
    spin_up: Annotated[float, Measure("time", low=0.0, high=10.0 * 86_400.0)] = 86_400.0  # of the first wind [s]
    rivers: bool = True
    boundary: Annotated[tuple[OpenEdge, ...], OneOrMany(), Loose(_boundary, ({"enum": ["closed", "open"]},))] = (
        OpenEdge(),
    )


def widen_sea(value: object) -> object:
    """`embedded` and `none` in full."""
    return {"embedded": {}, "none": None}.get(value, value) if isinstance(value, str) else value
