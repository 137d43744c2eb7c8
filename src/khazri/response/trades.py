"""How each task is worked at: what a unit does when it is there, and in each sub-step after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from khazri.response.acting import Acting
from khazri.response.burning import begin_burn, burn
from khazri.response.cleaning import begin_clean, clean
from khazri.response.helping import begin_handover, begin_to_shut, begin_tow, hand_over, shut, tow
from khazri.response.laying import begin_boom, lay_boom
from khazri.response.patrolling import begin_legs, follow_legs
from khazri.response.spraying import begin_spray, spray
from khazri.response.sweeping import begin_sweep, sweep
from khazri.response.towing import begin_tow_boom, tow_boom
from khazri.response.vessel import TaskKind


@dataclass(frozen=True)
class Trade:
    """`begin` on arrival, `work` for some seconds while the unit is `working`."""

    begin: Callable[[Acting], None]
    work: Callable[[Acting, float], None]


TRADES: Final[dict[TaskKind, Trade]] = {
    "skim": Trade(begin_sweep, sweep),
    "skim_thickest": Trade(begin_sweep, sweep),
    "boom": Trade(begin_boom, lay_boom),
    "protect": Trade(begin_boom, lay_boom),
    "survey": Trade(begin_legs, follow_legs),
    "patrol": Trade(begin_legs, follow_legs),
    "offload": Trade(begin_handover, hand_over),
    "tow": Trade(begin_tow, tow),
    "shut_source": Trade(begin_to_shut, shut),
    "spray": Trade(begin_spray, spray),
    "burn": Trade(begin_burn, burn),
    "tow_boom": Trade(begin_tow_boom, tow_boom),
    "clean_shore": Trade(begin_clean, clean),
}
