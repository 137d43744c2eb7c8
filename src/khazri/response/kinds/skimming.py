"""Vessels that recover oil: by the family of their skimmer."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.figure import (
    ASSUMED,
    Figure,
    Kind,
    a_unit,
    centistokes,
    cubic_metres,
    hourly,
    hours,
    knots,
    metres,
    share,
)
from khazri.response.vessel import TaskKind

_ITOPF = "ITOPF TIP 5 (2012), skimmers"
_ASTM = "ASTM F631 and MNL34, families of skimmers"
_SALVAGE = "US Navy Salvage Manual vol. 6 (1991): booms lose oil above 0.7 kn"
TASKS: Final[tuple[TaskKind, ...]] = ("skim", "skim_thickest", "offload", "patrol", "release")


def _skimming(
    *,
    calm: float,
    chop: float,
    viscosity: tuple[float, float],
    pump: float,
    storage: float,
    swath: float = 30.0,
) -> dict[str, Figure]:
    """Recovery efficiency calm and in chop [1], viscosity range [cSt], nameplate [m3/h], tank [m3], swath [m]."""
    return {
        "swath": metres(swath, "training value: 100 m of boom in a J, mouth 0.3 of its length (ROC, Genwest 2011)"),
        "throughput": share(0.75, "ROC (Genwest 2011): calm water"),
        "efficiency": share(calm, f"{_ITOPF}: share of oil in what is taken, calm water"),
        "chop_efficiency": share(chop, f"{_ITOPF}: the same in chop"),
        "viscosity_low": centistokes(viscosity[0], f"{_ITOPF}; {_ASTM}: below it recovers less"),
        "viscosity_high": centistokes(viscosity[1], f"{_ITOPF}; {_ASTM}: above it pumps less"),
        "pump": hourly(pump, f"training value within the nameplates of its family ({_ASTM})"),
        "storage": cubic_metres(storage),
        "offload": hourly(100.0),
    }


def skimmer_in_the_pocket() -> dict[str, Figure]:
    """Of a vessel that tows one end of a J: what gathers in the pocket lies before its skimmer."""
    figures = _skimming(calm=0.6, chop=0.4, viscosity=(10.0, 20_000.0), pump=60.0, storage=60.0)
    return {
        **{name: figure for name, figure in figures.items() if name != "swath"},
        "throughput": share(1.0, "the boom has gathered it; what it loses is the boom's"),
    }


def _vessel(
    ident: str, draft: float, wave_limit: float, *, ice: float = 0.3, cost: float = 900.0, **row: object
) -> Kind:
    figures = a_unit(
        draft=metres(draft, "training value: shallow-draft recovery vessel"),
        speed_in_transit=knots(11.0, "training value: supply vessels and tugs 10 to 12 kn"),
        working_speed=knots(0.7, _SALVAGE),
        wave_limit=metres(wave_limit, f"{_ITOPF}: significant wave height"),
        ice_limit=share(ice, "training value after Nuka (2014) and EPPR (2015)"),
        shift=hours(24.0, ASSUMED),
        cost=cost,
    )
    return Kind(ident, "water", TASKS, {**figures, **_skimming(**row)})  # type: ignore[arg-type]


SKIMMERS: Final = (
    _vessel("skimming_vessel", 1.8, 1.5, calm=0.8, chop=0.6, viscosity=(10.0, 50_000.0), pump=60.0, storage=60.0),
    _vessel("weir_skimmer", 1.8, 0.8, calm=0.4, chop=0.2, viscosity=(1.0, 2_000.0), pump=150.0, storage=120.0),
    _vessel("disc_skimmer", 1.2, 0.5, calm=0.87, chop=0.6, viscosity=(100.0, 2_000.0), pump=30.0, storage=30.0),
    _vessel("drum_skimmer", 1.2, 0.7, calm=0.87, chop=0.6, viscosity=(10.0, 5_000.0), pump=40.0, storage=30.0),
    _vessel("brush_skimmer", 1.5, 1.5, calm=0.8, chop=0.6, viscosity=(1_000.0, 50_000.0), pump=80.0, storage=60.0),
    _vessel("belt_skimmer", 1.8, 1.5, calm=0.8, chop=0.5, viscosity=(2_000.0, 1_000_000.0), pump=60.0, storage=80.0),
    _vessel(
        "rope_mop_skimmer", 1.0, 1.0, ice=0.6, calm=0.8, chop=0.6, viscosity=(50.0, 5_000.0), pump=15.0, storage=20.0,
        swath=12.0,
    ),
    _vessel(
        "sweep_vessel", 2.2, 1.2, calm=0.6, chop=0.4, viscosity=(100.0, 50_000.0), pump=150.0, storage=200.0, swath=40.0,
        cost=1_400.0,
    ),
    _vessel(
        "arctic_bucket", 2.8, 1.0, ice=0.8, cost=1_800.0, calm=0.7, chop=0.5, viscosity=(1_000.0, 100_000.0), pump=50.0,
        storage=200.0, swath=15.0,
    ),
)  # fmt: skip
