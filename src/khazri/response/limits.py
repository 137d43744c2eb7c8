"""What keeps a unit from working: waves, wind, poor sight, ice, darkness, gear that has failed."""

from __future__ import annotations

from typing import Final

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, halt
from khazri.response.conditions import Conditions
from khazri.response.fleet import Unit
from khazri.response.plans import SKIMMED
from khazri.response.refused import Cannot, Value
from khazri.response.sweeping import SKIMMING, begin_sweep
from khazri.sea.sunlight import Light

CALMER: Final = 0.9  # of a limit, below which a unit goes on
STOPPED_BY: Final = frozenset({v.WAVES, v.WIND, v.VISIBILITY, v.ICE, v.DARK, v.GEAR})


def broken_limit(now: Acting, margin: float = 1.0) -> tuple[str, float]:
    """The first limit that is reached and what is measured; "" where none is. `margin`: of the limits themselves."""
    if now.vessel.failed == v.GEAR:
        return v.GEAR, 0.0
    light = now.light if now.unit.works_at_night <= 0.0 else None
    return limit_of(now.unit, now.conditions, light, margin)


def limit_of(unit: Unit, conditions: Conditions, light: Light | None, margin: float = 1.0) -> tuple[str, float]:
    """The first limit of a unit that things as they are at a place reach, and what is measured there."""
    wind = (conditions.wind[0] ** 2 + conditions.wind[1] ** 2) ** 0.5
    if conditions.wave_height >= margin * unit.wave_limit:
        return v.WAVES, conditions.wave_height
    if wind >= margin * unit.wind_limit:
        return v.WIND, wind
    if conditions.visibility * margin < unit.visibility_limit:
        return v.VISIBILITY, conditions.visibility
    if conditions.ice > margin * unit.ice_limit:
        return v.ICE, conditions.ice
    if unit.works_at_night <= 0.0 and light is not None and not light.workable:
        return v.DARK, light.elevation
    return "", 0.0


def refusal_of(unit: Unit, reason: str, measured: float, place: dict[str, Value]) -> Cannot:
    """The limit as a refusal; `place` is where it was measured."""
    match reason:
        case v.WAVES:
            return Cannot(
                "too_rough", {"unit": unit.ident, "wave_height": round(measured, 2), "limit": unit.wave_limit}
            )
        case v.WIND:
            return Cannot("too_windy", {"unit": unit.ident, "wind": round(measured, 1), "limit": unit.wind_limit})
        case v.VISIBILITY:
            figures = {"visibility": round(measured), "limit": unit.visibility_limit}
            return Cannot("poor_visibility", {"unit": unit.ident, **figures})
        case v.ICE:
            return Cannot(
                "too_much_ice", {"unit": unit.ident, "ice": round(measured, 2), "limit": unit.ice_limit, **place}
            )
        case _:
            return Cannot("too_dark", {"unit": unit.ident})


MEASURED: Final[dict[str, str]] = {
    v.WAVES: "wave_height", v.WIND: "wind", v.VISIBILITY: "visibility", v.ICE: "ice", v.DARK: "sun", v.GEAR: "gear"
}  # fmt: skip


def heed_limits(now: Acting) -> None:
    """Work stops at a limit and goes on when things are somewhat better."""
    vessel = now.vessel
    if vessel.phase in SKIMMING:
        reason, measured = broken_limit(now)
        if reason:
            if now.unit.medium == "air":
                halt(now, reason)
                return
            now.become(phase="waiting", reason=reason)
            now.tell(e.UNIT_STOPPED, reason=reason, **{MEASURED[reason]: measured})
    elif vessel.phase == "waiting" and vessel.reason in STOPPED_BY and not broken_limit(now, CALMER)[0]:
        now.tell(e.UNIT_RESUMED, wave_height=now.conditions.wave_height)
        if vessel.task is not None and vessel.task.kind in SKIMMED and vessel.boom is None:
            begin_sweep(now)
        else:
            now.become(phase="working", reason="")
