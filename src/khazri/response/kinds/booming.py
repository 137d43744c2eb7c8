"""Units that hold oil: static booms of several kinds, and boom towed by a pair, in a U or in a J."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.figure import (
    HOUR,
    Figure,
    Kind,
    Medium,
    a_unit,
    hours,
    kilograms,
    knots,
    metres,
    share,
    speed,
)
from khazri.response.kinds.skimming import skimmer_in_the_pocket
from khazri.response.vessel import TaskKind

_CFR = "33 CFR 154 App. C Table 1"
SHALLOW: Final = "rivers and canals"
INLAND: Final = "inland waters"
OCEAN: Final = "oceans"
STATIC: Final[tuple[TaskKind, ...]] = ("boom", "protect", "recover_boom", "patrol", "release")
TOWED: Final[tuple[TaskKind, ...]] = ("tow_boom", "patrol", "release")
TOWED_AND_SKIMMED: Final[tuple[TaskKind, ...]] = ("tow_boom", "offload", "patrol", "release")


def _static(
    ident: str,
    *,
    length: float,
    skirt: float,
    wave_limit: float,
    draft: float,
    laid_in_half_an_hour: float,
    waters: str,
    medium: Medium = "water",
    ice: float = 0.1,
    cost: float = 500.0,
    life_in_days: float = 10.0,
    anchors: tuple[float, float] = (50.0, 35.0),
) -> Kind:
    figures = a_unit(
        draft=metres(draft, "training value: boom work vessel"),
        speed_in_transit=knots(14.0, "training value: fast work vessel"),
        working_speed=speed(
            laid_in_half_an_hour / (0.5 * HOUR),
            f"training value: {laid_in_half_an_hour:.0f} m of boom in half an hour (ITOPF TIP 3, 2011, gives 100 m of fence "
            "boom by four people in 0.3 h, an inflatable of 200 m from a reel in 0.5 to 1 h)",
        ),
        wave_limit=metres(wave_limit, f"{_CFR}: boom for {waters}, significant waves up to {wave_limit:g} m"),
        ice_limit=share(ice, "Nuka (2014): booms hold in less than 1 to 3 tenths of ice"),
        cost=cost,
    )
    boom = {
        "boom_length": metres(length),
        "skirt": _skirt(skirt, waters),
        "boom_life": _life(life_in_days),
        "anchor_spacing": metres(anchors[0], "training value: an anchor at either end and every so many metres"),
        "anchor_mass": kilograms(
            anchors[1],
            "training value; ITOPF TIP 3 (2011): of Danforth's type, 15, 25 and 35 kg hold 200, 350 and 600 kgf in mud",
        ),
    }
    return Kind(ident, medium, STATIC, {**figures, **boom})


def _pair(shape: str, length: float) -> dict[str, Figure]:
    return {
        **a_unit(
            draft=metres(1.5, "training value: towing vessel"),
            speed_in_transit=knots(12.0),
            working_speed=knots(0.7, "US Navy Salvage Manual vol. 6 (1991): booms lose oil above 0.7 kn"),
            wave_limit=metres(1.5, f"{_CFR}: boom for {OCEAN}, kept below its limit under tow"),
            mobilisation=hours(1.0, "training value: the pair joins its boom"),
            cost=700.0,
        ),
        "boom_life": _life(3.0),
        "boom_length": metres(length, f"training value: {shape} of {length:.0f} m towed by a pair"),
    }


def _life(days: float) -> Figure:
    return hours(
        24.0 * days, "training value: moored that long without repair, a boom has gaps enough to lose a tenth a minute"
    )


def _skirt(depth: float, waters: str) -> Figure:
    return metres(depth, f"{_CFR}: height of boom for {waters}; skirt a little over half")


BOOMING: Final = (
    _static(
        "boom_vessel", length=1_000.0, skirt=0.6, wave_limit=1.8, draft=1.2, laid_in_half_an_hour=200.0, waters=OCEAN
    ),
    _static(
        "fence_boom_vessel", length=600.0, skirt=0.3, wave_limit=0.9, draft=0.6, laid_in_half_an_hour=165.0, waters=INLAND,
        life_in_days=5.0, anchors=(50.0, 25.0),
    ),
    _static(
        "curtain_boom_vessel", length=800.0, skirt=0.7, wave_limit=1.8, draft=1.8, laid_in_half_an_hour=150.0, waters=OCEAN
    ),
    _static(
        "shore_seal_boom_team", length=400.0, skirt=0.15, wave_limit=0.3, draft=0.0, laid_in_half_an_hour=50.0,
        waters=SHALLOW, medium="amphibious", cost=300.0, life_in_days=7.0, anchors=(20.0, 15.0),
    ),
    Kind("towed_boom_vessel", "water", TOWED, {**_pair("a U", 300.0), "skirt": _skirt(0.6, OCEAN)}),
    Kind(
        "j_boom_vessel", "water", TOWED_AND_SKIMMED,
        {**_pair("a J", 200.0), "skirt": _skirt(0.6, OCEAN), **skimmer_in_the_pocket()},
    ),
)  # fmt: skip
