"""Training values of unit figures, by kind. A pack's own figure goes before; each is shown with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from khazri.response.vessel import TaskKind

UnitKind = Literal["skimming_vessel", "boom_vessel"]

KNOT: Final = 1852.0 / 3600.0
HOUR: Final = 3600.0

_ASSUMED = "training value, ours"
_PLANNING = "training value after planning practice: duty vessel half an hour to an hour"


@dataclass(frozen=True)
class Figure:
    """A value in SI, its unit, and where it comes from."""

    value: float
    unit: str
    source: str


_OF_ALL: Final[dict[str, Figure]] = {
    "mobilisation": Figure(0.5 * HOUR, "s", _PLANNING),
    "endurance": Figure(48.0 * HOUR, "s", _ASSUMED),
    "sight": Figure(3_000.0, "m", "training value, ours: oil seen from a bridge 6 m above the water"),
}

FIGURES: Final[dict[UnitKind, dict[str, Figure]]] = {
    "skimming_vessel": {
        **_OF_ALL,
        "draft": Figure(1.8, "m", "training value: shallow-draft recovery vessel"),
        "speed": Figure(11.0 * KNOT, "m s-1", "training value: supply vessels and tugs 10 to 12 kn"),
        "working_speed": Figure(
            0.7 * KNOT, "m s-1", "US Navy Salvage Manual vol. 6 (1991): booms lose oil above 0.7 kn"
        ),
        "wave_limit": Figure(1.5, "m", "ITOPF TIP 5 (2012): brush skimmers up to 1.5 m"),
        "swath": Figure(30.0, "m", "training value: 100 m of boom in a J, mouth 0.3 of its length (ROC, Genwest 2011)"),
        "throughput": Figure(0.75, "1", "ROC (Genwest 2011): calm water"),
        "efficiency": Figure(0.8, "1", "ITOPF TIP 5 (2012): brush skimmers in calm water 0.7 to 0.9"),
        "pump": Figure(60.0 / HOUR, "m3 s-1", "training value: brush skimmers 10 to 140 m3/h (ASTM F631)"),
        "storage": Figure(60.0, "m3", _ASSUMED),
        "offload": Figure(100.0 / HOUR, "m3 s-1", _ASSUMED),
    },
    "boom_vessel": {
        **_OF_ALL,
        "draft": Figure(1.2, "m", "training value: boom work vessel"),
        "speed": Figure(14.0 * KNOT, "m s-1", "training value: fast work vessel"),
        "working_speed": Figure(
            200.0 / (0.5 * HOUR), "m s-1", "training value: 200 m of boom from a reel in half an hour"
        ),
        "wave_limit": Figure(1.8, "m", "33 CFR 154 App. C Table 1: boom for oceans, significant waves up to 1.8 m"),
        "boom_length": Figure(1_000.0, "m", _ASSUMED),
        "skirt": Figure(
            0.6, "m", "33 CFR 154 App. C Table 1: boom for oceans 1.07 m high and more; skirt a little over half"
        ),
    },
}

TASKS: Final[dict[UnitKind, tuple[TaskKind, ...]]] = {
    "skimming_vessel": ("skim",),
    "boom_vessel": ("boom",),
}


def tasks_of(kind: str) -> tuple[TaskKind, ...]:
    """What units of a kind can be told to do, but to stand by; the first is what it is there for."""
    return next((tasks for known, tasks in TASKS.items() if known == kind), ())


DECANTED: Final = Figure(0.8, "1", "training value, ours: share of the free water let out again after settling")
IN_CHOP: Final = Figure(
    0.75, "1", "ITOPF TIP 5 (2012): brush skimmers 0.8 in calm water, 0.6 in chop; share that is left"
)
DEPTH_BAND: Final = Figure(2.0, "m", "training depths are good to 2 to 3 m in the northern Caspian (design ruling 14)")
RECOVERY_SLOWNESS: Final = 2.0  # recovering a boom takes this many times as long as laying it
