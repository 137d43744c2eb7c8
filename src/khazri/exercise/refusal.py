"""A refused command is a value: a code and its parameters. Sentences are made at the edge, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Value = str | int | float | tuple[str, ...]

# code -> names of its parameters. Every code has a sentence in every language catalogue; a test walks this table.
CODES: Final[dict[str, tuple[str, ...]]] = {
    "role_may_not": ("role", "command"),
    "not_running": ("phase",),
    "already_running": (),
    "already_ended": (),
    "not_started": (),
    "jump_backwards": ("step", "to_step"),
    "beyond_end": ("to_step", "last_step"),
    "unknown_site": ("site", "known"),
    "unknown_inject": ("inject", "known"),
    "inject_already_fired": ("inject",),
    "unknown_unit": ("unit", "known"),
    "unit_of_other_party": ("unit", "party"),
    "unit_cannot": ("unit", "unit_kind", "task"),
    "area_crosses_itself": (),
    "unreachable": ("unit", "longitude", "latitude"),
    "too_shallow": ("unit", "draft", "depth", "uncertainty", "longitude", "latitude"),
    "on_land": ("longitude", "latitude"),
    "outside_site": ("longitude", "latitude"),
    "boom_too_long": ("unit", "length", "available"),
    "beyond_endurance": ("unit", "needed", "endurance"),
    "no_such_target": ("unit", "target"),
    "no_storage": ("unit", "target"),
    "not_disabled": ("unit", "target"),
    "no_source": ("unit", "longitude", "latitude"),
    "nothing_to_recover": ("unit",),
    "nothing_on_board": ("unit",),
    "too_fresh": ("unit", "salinity", "least"),
    "too_shallow_to_spray": ("unit", "depth", "least"),
    "too_near_shore": ("unit", "distance", "least"),
    "too_rough": ("unit", "wave_height", "limit"),
    "too_windy": ("unit", "wind", "limit"),
    "poor_visibility": ("unit", "visibility", "limit"),
    "too_much_ice": ("unit", "ice", "limit", "longitude", "latitude"),
    "too_dark": ("unit",),
    "disabled": ("unit",),
    "not_on_land": ("unit", "longitude", "latitude"),
    "no_shore": ("unit",),
    "no_partner": ("unit", "target"),
    "unknown_recipient": ("to", "known"),
    "unknown_message": ("message",),
    "not_your_message": ("message",),
    "own_party": ("to",),
    "unknown_objective": ("objective", "known"),
    "unknown_party": ("party", "known"),
    "unknown_evidence": ("seq",),
    "view_after_end_only": (),
    "not_kept": (),  # the log could not be written (`conduct`)
    "opening": (),  # the world is being made (`conduct.house`)
    "compiling": (),  # the engine, once a machine
    "not_opened": ("reason",),  # it could not be made
    "unknown_exercise": ("exercise",),  # `web`, and what follows
    "unknown_step": ("step", "last_step"),
    "malformed": ("where", "problem"),
    "signed_out": (),
    "not_allowed": (),
}


@dataclass(frozen=True)
class Refusal:
    """Why a command was not carried out."""

    code: str
    params: dict[str, Value]


def refuse(code: str, **params: Value) -> Refusal:
    """A refusal with exactly the parameters that its code names."""
    if tuple(sorted(params)) != tuple(sorted(CODES[code])):
        raise TypeError(f"refusal {code}: parameters are {sorted(params)}; expected {sorted(CODES[code])}")
    return Refusal(code, dict(params))
