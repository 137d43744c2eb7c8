"""Units that treat oil where it is: dispersant, burning, cleaning of the shore."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.figure import (
    FOOT,
    GALLON,
    HOUR,
    MILE,
    NO_LIMIT,
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

_ROC = "ROC (Genwest 2011), table of platforms"
_RULE = "practice of approving authorities (IPIECA-IOGP 2014)"
SPRAYS: Final[tuple[TaskKind, ...]] = ("spray", "release")
BURNS: Final[tuple[TaskKind, ...]] = ("burn", "release")
CLEANS: Final[tuple[TaskKind, ...]] = ("clean_shore", "offload", "release")
NOT_AT_NIGHT: Final = share(0.0, "daylight only")


def _spraying(
    *, swath_feet: float, payload_gallons: float, pump_gpm: float, reload_minutes: float
) -> dict[str, Figure]:
    return {
        "swath": metres(swath_feet * FOOT, _ROC),
        "payload": cubic_metres(payload_gallons * GALLON, _ROC),
        "pump": Figure(pump_gpm * GALLON / 60.0, "m3 s-1", _ROC),
        "reload": hours(reload_minutes / 60.0, f"{_ROC}: reload and refuel, 5 to 50 min"),
        "dose_ratio": Figure(20.0, "1", "PyGNOME and ROC: one part of dispersant to twenty of oil"),
        "least_depth": metres(10.0, f"{_RULE}: about 10 m"),
        "least_shore": metres(1.0 * MILE, f"{_RULE}: one to three nautical miles from shore"),
        "least_salinity": Figure(
            5.0,
            "g kg-1",
            "training value: below it common products act on less than a third of the oil (IKU trials; IOSC)",
        ),
        "least_wind": speed(2.0, f"{_RULE}: 2 to 12 m/s, calmer water does not mix it in"),
    }


def _aircraft(ident: str, *, spray: float, transit: float, endurance: float, cost: float, **row: float) -> Kind:
    figures = a_unit(
        draft=metres(0.0, NO_LIMIT),
        speed_in_transit=knots(transit, _ROC),
        working_speed=knots(spray, _ROC),
        wave_limit=metres(10.0, NO_LIMIT),
        mobilisation=hours(1.0, "training value: aircraft half an hour to an hour by day"),
        endurance=hours(endurance, _ROC),
        sight=metres(5_000.0, "training value: from 15 to 30 m above the water"),
        wind_limit=speed(12.0, f"{_RULE}: 2 to 12 m/s"),
        visibility_limit=metres(5_000.0, "visual flight rules: 5 km"),
        ice_limit=share(0.3, "ice damps the mixing that dispersant needs"),
        works_at_night=NOT_AT_NIGHT,
        shift=hours(10.0, "training value: one crew, flying hours of a day"),
        rest=hours(10.0),
        cost=cost,
    )
    return Kind(ident, "air", SPRAYS, {**figures, **_spraying(**row)})


def _shore_team(
    ident: str, *, crew: float, daily: float, waste: float, interim: float, medium: Medium, what: str
) -> Kind:
    figures = a_unit(
        draft=metres(0.0, "comes by land or shallow craft"),
        speed_in_transit=speed(
            50.0 / 3.6 if medium == "land" else 8.0, "training value: lorries 50 km/h; light craft 15 kn"
        ),
        working_speed=speed(0.2, "training value: along the shore while it works"),
        wave_limit=metres(1.0, "training value: waves run over the work"),
        mobilisation=hours(4.0, "training value: team on stand-by 2 to 4 h"),
        endurance=hours(240.0, "training value: supplied where it works"),
        sight=metres(500.0, "training value: on foot"),
        wind_limit=speed(20.0),
        ice_limit=share(1.0, NO_LIMIT),
        works_at_night=NOT_AT_NIGHT,
        shift=hours(10.0, "training value: one shift a day"),
        rest=hours(14.0),
        cost=crew * 25.0,
    )
    return Kind(
        ident, medium, CLEANS,
        {
            **figures,
            "crew": Figure(crew, "1", "training value: people of a team"),
            "rate": Figure(daily / (10.0 * HOUR), "m3 s-1", f"oiled material by the team, {what} (ITOPF TIP 7, 2011; POSOW 2013)"),
            "waste_factor": Figure(waste, "1", "volume of waste to that of oil: manual 5 to 10, mechanical 10 to 30 (ITOPF TIP 7)"),
            "storage": cubic_metres(interim, "training value: interim store for waste, full it stops the work"),
            "offload": hourly(10.0, "training value: loaded onto lorries"),
        },
    )  # fmt: skip


TREATING: Final = (
    Kind(
        "dispersant_vessel", "water", SPRAYS,
        {
            **a_unit(
                draft=metres(2.5), speed_in_transit=knots(12.0), working_speed=knots(5.0, _ROC),
                wave_limit=metres(2.5, "training value: spray arms"), endurance=hours(36.0, _ROC),
                wind_limit=speed(12.0, f"{_RULE}: 2 to 12 m/s"), works_at_night=NOT_AT_NIGHT, cost=800.0,
            ),
            **_spraying(swath_feet=65.0, payload_gallons=2_000.0, pump_gpm=20.0, reload_minutes=45.0),
        },
    ),
    _aircraft(
        "dispersant_aircraft", spray=150.0, transit=150.0, endurance=4.2, cost=4_000.0, swath_feet=90.0,
        payload_gallons=800.0, pump_gpm=370.0, reload_minutes=20.0,
    ),
    _aircraft(
        "dispersant_aircraft_heavy", spray=150.0, transit=245.0, endurance=4.0, cost=12_000.0, swath_feet=150.0,
        payload_gallons=5_000.0, pump_gpm=612.0, reload_minutes=50.0,
    ),
    _aircraft(
        "dispersant_helicopter", spray=50.0, transit=90.0, endurance=1.7, cost=3_000.0, swath_feet=65.0,
        payload_gallons=240.0, pump_gpm=50.0, reload_minutes=10.0,
    ),
    Kind(
        "burn_team", "water", BURNS,
        {
            **a_unit(
                draft=metres(1.5), speed_in_transit=knots(10.0),
                working_speed=knots(0.7, "ASTM F1788: fire boom is towed below 0.75 kn"),
                wave_limit=metres(1.0, "ITOPF TIP 8 (2014) and ASTM F1788: waves under 1 m"),
                mobilisation=hours(2.0, "training value: team on stand-by 2 to 4 h"),
                wind_limit=speed(10.0, "ITOPF TIP 8 (2014): wind under 20 kn"), works_at_night=NOT_AT_NIGHT,
                ice_limit=share(0.3, "SINTEF JIP (2010): fire boom tested in 1 to 3 tenths of ice"), cost=2_000.0,
            ),
            "boom_length": metres(150.0, "training value: 150 m of fire boom (ASTM F2152)"),
            "skirt": metres(0.5, "training value: fire boom"),
            "burns": Figure(4.0, "1", "ASTM F2152: a fire boom lasts three to five burns"),
        },
    ),
    _shore_team("shore_team_manual", crew=20.0, daily=30.0, waste=8.0, interim=60.0, medium="land", what="by hand"),
    _shore_team(
        "shore_team_mechanical", crew=6.0, daily=150.0, waste=20.0, interim=300.0, medium="land", what="by loader"
    ),
    _shore_team("shore_team_flushing", crew=10.0, daily=12.0, waste=3.0, interim=30.0, medium="amphibious", what="flushed"),
    _shore_team(
        "shore_team_reeds", crew=12.0, daily=6.0, waste=10.0, interim=20.0, medium="amphibious", what="reeds cut by hand"
    ),
)  # fmt: skip
