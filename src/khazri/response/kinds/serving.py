"""Units that carry, tow, store or shut: what the others depend on."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.figure import (
    Figure,
    Kind,
    Medium,
    a_unit,
    cubic_metres,
    hourly,
    hours,
    knots,
    metres,
    share,
    speed,
)
from khazri.response.vessel import TaskKind


def _serving(
    ident: str, tasks: tuple[TaskKind, ...], *, draft: float, transit: float, wave_limit: float, cost: float,
    medium: Medium = "water", ice: float = 0.3, more: dict[str, Figure] | None = None,
) -> Kind:  # fmt: skip
    figures = a_unit(
        draft=metres(draft, "training value for its class"),
        speed_in_transit=knots(transit, "training value for its class"),
        working_speed=knots(min(transit, 5.0)),
        wave_limit=metres(wave_limit),
        mobilisation=hours(1.0),
        wind_limit=speed(20.0),
        ice_limit=share(ice),
        cost=cost,
    )
    return Kind(ident, medium, tasks, {**figures, **(more or {})})


def _tank(volume: float, pump: float) -> dict[str, Figure]:
    return {"storage": cubic_metres(volume), "offload": hourly(pump)}


SERVING: Final = (
    _serving(
        "storage_barge", ("offload", "patrol", "release"), draft=1.3, transit=6.0, wave_limit=2.0, cost=400.0,
        more=_tank(500.0, 200.0),
    ),
    _serving(
        "storage_bladder", ("offload", "patrol", "release"), draft=0.8, transit=5.0, wave_limit=1.0, cost=100.0,
        more=_tank(50.0, 50.0),
    ),
    _serving(
        "storage_tank", ("offload", "release"), draft=0.0, transit=27.0, wave_limit=10.0, cost=50.0, medium="land", ice=1.0,
        more=_tank(25.0, 50.0),
    ),
    _serving("tug", ("tow", "patrol", "release"), draft=2.8, transit=12.0, wave_limit=3.0, cost=900.0, ice=0.6),
    _serving(
        "source_control_vessel", ("shut_source", "patrol", "release"), draft=2.5, transit=12.0, wave_limit=2.0, cost=3_000.0,
        more={"shut_time": hours(6.0, "training value: from its arrival until nothing flows")},
    ),
    _serving(
        "hovercraft", ("survey", "patrol", "offload", "release"), draft=0.0, transit=30.0, wave_limit=1.2, cost=1_200.0,
        medium="amphibious", ice=1.0,
        more={
            **_tank(4.0, 20.0),
            "swath": metres(2_000.0, "training value: seen from its cabin"),
            "height": metres(4.0),
            "sees_at_night": share(0.0), "sees_through_cloud": share(0.0), "least_film": metres(5e-6),
        },
    ),
    _serving(
        "amphibian", ("survey", "patrol", "offload", "release"), draft=0.0, transit=6.0, wave_limit=0.6, cost=300.0,
        medium="amphibious", ice=1.0,
        more={
            **_tank(2.0, 10.0),
            "swath": metres(1_000.0, "training value: seen from its cabin"),
            "height": metres(3.0),
            "sees_at_night": share(0.0), "sees_through_cloud": share(0.0), "least_film": metres(5e-6),
        },
    ),
    _serving(
        "truck", ("offload", "release"), draft=0.0, transit=27.0, wave_limit=10.0, cost=80.0, medium="land", ice=1.0,
        more=_tank(15.0, 60.0),
    ),
)  # fmt: skip
