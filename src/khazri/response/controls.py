"""From what units did to the engine's controls, and back from what the engine took. The only place that knows its types."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from khazri.engine.controls import Boom, BoomTally, Swath
from khazri.engine.site import SiteState
from khazri.physics.skimming import efficiency_in_waves, retained
from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import Acting, go_to_berth, is_full
from khazri.response.burning import settle_burn
from khazri.response.catalogue import DECANTED
from khazri.response.cleaning import settle_cleaning
from khazri.response.mooring import conditions_of_boom
from khazri.response.slick import Surface
from khazri.response.soundness import soundness
from khazri.response.spraying import settle_spray
from khazri.response.sweeping import SEEK_EVERY, SKIMMING
from khazri.response.towing import towed_boom_of
from khazri.response.vessel import HOLDS_AFTER, BoomState, Vessel

LEAST_LAID: Final = 1.0  # [m]
THIN_OIL: Final = 0.3  # of its recovery efficiency that a skimmer has left in the thinnest oil
HARD_FROST: Final = 255.15  # air temperature [K] below which pumps and booms ice up
ICED: Final = 0.5  # of its pump (training value)


def efficiency_now(now: Acting) -> float:
    """Share of emulsion in what the unit takes [1]: in the waves as they are, of the oil that it met last."""
    unit = now.unit
    rough = min(now.conditions.wave_height / unit.wave_limit, 1.0)
    left = min(unit.chop_efficiency / unit.efficiency, 1.0) if unit.efficiency > 0.0 else 0.0
    thin = efficiency_in_thin_oil(now.vessel.viscosity, unit.viscosity_low)
    return unit.efficiency * (1.0 - (1.0 - left) * rough) * thin


def pump_now(now: Acting) -> float:
    """Fluid that its pump lifts [m3 s-1]: less of oil that is too stiff for it, and half in hard frost."""
    unit, stiff = now.unit, pump_in_stiff_oil(now.vessel.viscosity, now.unit.viscosity_high)
    return unit.pump * stiff * (ICED if now.conditions.air_temperature < HARD_FROST else 1.0)


def efficiency_in_thin_oil(viscosity: float, least: float) -> float:
    """What is left of the recovery efficiency below the range of a skimmer [1]; a viscosity [m2 s-1] of 0 is not known.

    Source: training notes on families of skimmers (ITOPF TIP 5, 2012; ASTM MNL34); the straight line to 30 % is our choice.
    """
    if viscosity <= 0.0 or viscosity >= least:
        return 1.0
    return THIN_OIL + (1.0 - THIN_OIL) * viscosity / least


def pump_in_stiff_oil(viscosity: float, most: float) -> float:
    """What is left of the nameplate above the range of a skimmer [1]: most / viscosity (our choice)."""
    return 1.0 if viscosity <= most or most <= 0.0 else most / viscosity


def throughput_now(now: Acting) -> float:
    """Share of the emulsion met that reaches the skimmer, in the waves as they are [1]."""
    return float(efficiency_in_waves(now.unit.throughput, now.conditions.wave_height, now.unit.wave_limit))


def kept_of(efficiency: float) -> float:
    """Fluid that stays on board per emulsion taken, after decanting [1]."""
    fluid = 1.0 / efficiency
    return float(retained(1.0, fluid, DECANTED.value, fluid))


def swath_of(now: Acting, number: int) -> Swath | None:
    """What a skimming unit swept in the step, and how much it can take of it."""
    if not now.quads or now.unit.throughput <= 0.0:
        return None
    throughput, efficiency = throughput_now(now), efficiency_now(now)
    if throughput <= 0.0 or efficiency <= 0.0:
        return None
    room = max(now.unit.storage - now.vessel.fluid, 0.0) / kept_of(efficiency)
    most = min(pump_now(now) * efficiency * now.worked, room)
    return Swath(number, np.array(now.quads, np.float64), throughput, most)


def boom_of(now: Acting, number: int) -> Boom | None:
    """The part of a unit's boom that is in the water."""
    boom = now.vessel.boom
    if boom is None or boom.laid < LEAST_LAID:
        return None
    if now.vessel.task is not None and now.vessel.task.kind in v.TOWED and now.vessel.phase in ("working", "waiting"):
        return towed_boom_of(now, number)
    line = np.array(boom.in_water, np.float64)
    before = None if now.boom_before is None else np.array(now.boom_before, np.float64)
    return Boom(
        number, line, now.unit.skirt, wave_limit=now.unit.wave_limit, wave_height=conditions_of_boom(now).wave_height,
        before=before, condition=soundness(now.unit, now.vessel),
    )  # fmt: skip


def settle(now: Acting, number: int, state: SiteState, dt: float, surface: Surface | None = None) -> Vessel:
    """The vessel after the engine's step: what it took is on board, what its boom held and lost is known."""
    taken = state.recoveries.get(number)
    if taken is not None and taken.emulsion > 0.0:
        vessel, viscosity = now.vessel, now.vessel.viscosity
        if viscosity <= 0.0 or state.step * dt % SEEK_EVERY < dt:  # as often as the crew looks for better oil
            viscosity = viscosity_met(now, surface or Surface(state)) or viscosity
        fluid = min(vessel.fluid + taken.emulsion * kept_of(efficiency_now(now)), now.unit.storage)
        now.become(
            fluid=fluid, emulsion=min(vessel.emulsion + taken.emulsion, fluid), oil=vessel.oil + taken.oil,
            recovered=vessel.recovered + taken.oil, viscosity=viscosity,
        )  # fmt: skip
        if is_full(now.unit, now.vessel) and now.vessel.phase in SKIMMING:
            now.tell(e.STORAGE_FULL, fluid=now.vessel.fluid, oil=now.vessel.oil)
            go_to_berth(now, v.STORAGE_FULL)
    settle_spray(now, number, state)
    settle_cleaning(now, number, state, dt)
    _heed_boom(now, state.boom_tally.get(number), dt)
    settle_burn(now, number, state)
    return now.vessel


def viscosity_met(now: Acting, surface: Surface) -> float:
    """Of the oil about the swath at the end of the step [m2 s-1]; 0: none is left there."""
    points = [point for quad in now.quads for point in quad]
    middles = [(0.5 * (a[0] + c[0]), 0.5 * (a[1] + c[1])) for a, _, c, _ in now.quads]
    return surface.slick.viscosity_about([*points, *middles])


def _heed_boom(now: Acting, tally: BoomTally | None, dt: float) -> None:
    """What the boom held and lost in the step; that it begins to leak, and that it has ceased, is told."""
    boom = now.vessel.boom
    if boom is None:
        return
    held, leaked = (tally.held, tally.leaked) if tally is not None else (0.0, 0.0)
    quiet = 0.0 if leaked > 0.0 else min(boom.quiet + dt, HOLDS_AFTER)
    before, leaking = boom.quiet < HOLDS_AFTER, quiet < HOLDS_AFTER
    if leaking and not before:
        now.tell(e.BOOM_LEAKING, leaked=leaked, held=held)
    elif before and not leaking:
        now.tell(e.BOOM_HOLDING, leaked=boom.leaked, held=held)
    became: BoomState = "dragging" if boom.dragging else ("leaking" if leaking else "set")
    became = boom.state if boom.state in ("laying", "recovering") else became
    now.become(boom=replace(boom, age=boom.age + dt, state=became, quiet=quiet, held=held, leaked=boom.leaked + leaked))
