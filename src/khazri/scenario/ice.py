"""Sea ice of a site: by the climatology of its sea, by how cold the winter has been, or drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from khazri.scenario.kinds import Area, Flag, IceThickness, LocalText, Measure, Parsed, Section, Share
from khazri.scenario.weather import IceDrift


def _degree_days(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 6_000.0:
        raise ValueError("degree-days of frost, 0 to 6000, as in 600")
    return float(value)


DegreeDays = Annotated[float, Parsed(_degree_days, (("type", "number"), ("minimum", 0), ("maximum", 6000)))]


class IceArea(Section):
    """Ice drawn on the chart. Fast ice does not move; a `drift` stands over the free one."""

    area: Area
    concentration: Share
    thickness: IceThickness | None = None
    fast: Flag = False
    drift: IceDrift | None = None
    name: LocalText | None = None


class IceCover(Section):
    """Exactly one of a climatology, areas that are drawn, and the degree-days of frost so far in this winter.

    drift           free: with the current and the wind; none: it stands still
    fast_to_depth   ice is fast where the water is shallower; the climatology's own where not said
    """

    climatology: Flag = False
    polygons: tuple[IceArea, ...] = ()
    freezing_degree_days: DegreeDays | None = None
    drift: Literal["free", "none"] = "free"
    fast_to_depth: Annotated[float, Measure("length", low=0.0, high=100.0)] | None = None


def widen_ice(value: object) -> object:
    """`climatology` and `none` in full."""
    return {"climatology": {"climatology": True}, "none": None}.get(value, value) if isinstance(value, str) else value
