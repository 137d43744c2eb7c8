"""How each task is worked at: what a unit does when it is there, and for how long it goes on before it is asked again."""

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

SUBSTEP: Final = 20.0  # [s] of what is not followed exactly: a boom that is towed or laid, a fire, a hand-over
LONGEST: Final = 60.0  # [s] between two looks at endurance, at the crew's hours, at the ice and depth on the way
BRIEFEST: Final = 1e-3  # [s]; what is over sooner is over now


def by_turns(now: Acting) -> float:
    """Of what goes on in small pieces [s]."""
    return SUBSTEP


def at_length(now: Acting) -> float:
    """Of what is followed exactly however long it takes [s]."""
    return LONGEST


def until(over: float) -> float:
    """Of what is over in so many seconds, and not later than it is asked again."""
    return min(over, LONGEST) if over > BRIEFEST else SUBSTEP


def until_it_turns(now: Acting) -> float:
    """Of legs at working speed [s]."""
    vessel, track = now.vessel, now.vessel.track
    assert track is not None, "a unit that looks has legs"
    return max(until((track.next_turn(vessel.along) - vessel.along) / now.unit.working_speed), SUBSTEP)


@dataclass(frozen=True)
class Trade:
    """`begin` on arrival, `work` for some seconds while the unit is `working`."""

    begin: Callable[[Acting], None]
    work: Callable[[Acting, float], None]
    stride: Callable[[Acting], float] = by_turns  # how long it is worked at before the unit is asked again [s]


TRADES: Final[dict[TaskKind, Trade]] = {
    "skim": Trade(begin_sweep, sweep, at_length),
    "skim_thickest": Trade(begin_sweep, sweep, at_length),
    "boom": Trade(begin_boom, lay_boom),
    "protect": Trade(begin_boom, lay_boom),
    "survey": Trade(begin_legs, follow_legs, until_it_turns),
    "patrol": Trade(begin_legs, follow_legs, until_it_turns),
    "offload": Trade(begin_handover, hand_over),
    "tow": Trade(begin_tow, tow),
    "shut_source": Trade(begin_to_shut, shut),
    "spray": Trade(begin_spray, spray, at_length),
    "burn": Trade(begin_burn, burn),
    "tow_boom": Trade(begin_tow_boom, tow_boom),
    "clean_shore": Trade(begin_clean, clean, at_length),
}
