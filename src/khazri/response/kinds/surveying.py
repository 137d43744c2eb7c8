"""Units that look: from the bridge, from the air, from orbit."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.figure import (
    MILE,
    NO_LIMIT,
    Figure,
    Kind,
    Medium,
    a_unit,
    hours,
    knots,
    metres,
    share,
    speed,
)
from khazri.response.vessel import TaskKind

_BONN = "Bonn Agreement Aerial Operations Handbook (2016)"
LOOKS: Final[tuple[TaskKind, ...]] = ("survey", "patrol", "release")


def _looking(
    *, swath: float, height: float, night: float, cloud: float, least_film: float, what: str
) -> dict[str, Figure]:
    return {
        "swath": metres(swath, what),
        "height": metres(height, what),
        "sees_at_night": share(night, "1: infrared or radar sees by night"),
        "sees_through_cloud": share(cloud, "1: radar sees through cloud and fog"),
        "least_film": metres(least_film, "thinnest film that the sensor tells from water"),
    }


def _flying(
    ident: str, *, transit: float, endurance: float, mobilisation: float, wind: float, visibility: float, cost: float,
    night: float = 1.0, medium: Medium = "air", sensor: dict[str, Figure],
) -> Kind:  # fmt: skip
    figures = a_unit(
        draft=metres(0.0, NO_LIMIT),
        speed_in_transit=knots(transit),
        working_speed=knots(0.8 * transit, "training value: slower while it searches"),
        wave_limit=metres(10.0, NO_LIMIT),
        mobilisation=hours(mobilisation, "training value: helicopter 0.5 to 1 h by day, 1 to 2 h by night"),
        endurance=hours(endurance),
        sight=metres(0.5 * sensor["swath"].value, "half of its swath"),
        wind_limit=speed(wind),
        visibility_limit=metres(visibility),
        ice_limit=share(1.0, NO_LIMIT),
        works_at_night=share(night, "training value: whether it flies by night"),
        shift=hours(10.0, "training value: one crew, flying hours of a day"),
        rest=hours(10.0),
        cost=cost,
    )
    return Kind(ident, medium, LOOKS, {**figures, **sensor})


SURVEYING: Final = (
    Kind(
        "surveillance_vessel", "water", LOOKS,
        {
            **a_unit(
                draft=metres(1.5), speed_in_transit=knots(18.0), working_speed=knots(12.0), wave_limit=metres(3.0),
                endurance=hours(72.0), cost=600.0,
            ),
            **_looking(
                swath=6_000.0, height=8.0, night=1.0, cloud=1.0, least_film=5e-6,
                what="training value: from a bridge 8 m above the water, oil radar by night",
            ),
        },
    ),
    _flying(
        "surveillance_helicopter", transit=120.0, endurance=3.0, mobilisation=0.75, wind=20.0, visibility=1_500.0,
        cost=3_500.0,
        sensor=_looking(
            swath=2.0 * MILE, height=300.0, night=1.0, cloud=0.0, least_film=1e-6,
            what=f"{_BONN}: visual swath 2 to 4 nautical miles at 300 to 450 m; infrared by night",
        ),
    ),
    _flying(
        "surveillance_aircraft", transit=200.0, endurance=6.0, mobilisation=1.0, wind=25.0, visibility=1_500.0, cost=5_000.0,
        sensor=_looking(
            swath=40_000.0, height=450.0, night=1.0, cloud=1.0, least_film=1e-6,
            what=f"{_BONN}: side-looking radar 20 km to either side",
        ),
    ),
    _flying(
        "surveillance_uav", transit=40.0, endurance=1.5, mobilisation=0.25, wind=12.0, visibility=1_500.0, cost=200.0,
        sensor=_looking(
            swath=400.0, height=120.0, night=1.0, cloud=0.0, least_film=1e-6,
            what="training value: 1 to 5 square kilometres an hour with camera and infrared",
        ),
    ),
    _flying(
        "satellite", transit=14_000.0, endurance=0.2, mobilisation=6.0, wind=90.0, visibility=1.0, cost=2_000.0, medium="orbit",
        sensor=_looking(
            swath=100_000.0, height=700_000.0, night=1.0, cloud=1.0, least_film=5e-6,
            what="training value: one radar image, 100 km wide, ordered hours before (EMSA CleanSeaNet)",
        ),
    ),
)  # fmt: skip
