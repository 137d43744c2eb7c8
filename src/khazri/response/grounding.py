"""Vessels where the level of the sea moves: on the bed once the water has left them, afloat when it is back, off ways that fell dry.

A unit is grounded where the water is too shallow for its draft even if the depths err to its favour (ruling 14), so that no
unit sits in water that a route would have been given through.
"""

from __future__ import annotations

import math

from khazri.response import events as e
from khazri.response import vessel as v
from khazri.response.acting import AT_BERTH, Acting, go_to_berth, go_to_boom
from khazri.response.setting_out import set_out
from khazri.response.waters import aground, looked_at_since

UNDER_WAY = frozenset({"to_task", "to_berth", "to_boom"})


def heed_ground(now: Acting, dt: float) -> bool:
    """Whether the unit sits on the bed in this step; that it does, or no longer does, is told once."""
    vessel, unit = now.vessel, now.unit
    if unit.medium != "water" or "level" not in now.sea.inputs.fields:
        return False
    afloat = vessel.phase in AT_BERTH  # at its berth it lies as it lies; ways from there are refused
    sits = not afloat and aground(now.sea.waters, unit.draft, vessel.point)
    if sits != vessel.aground:
        now.become(aground=sits)
        longitude, latitude = now.sea.to_geographic(vessel.point)
        now.tell(
            e.UNIT_GROUNDED if sits else e.UNIT_AFLOAT,
            draft=unit.draft,
            depth=round(now.sea.waters.depth(vessel.point), 2),
            longitude=round(longitude, 5),
            latitude=round(latitude, 5),
        )
    if not sits and (vessel.aground or looked_at_since(now.sea.time, dt)):
        find_another_way(now)
    return sits


def find_another_way(now: Acting) -> None:
    """Where the rest of its track has fallen dry, the unit looks for another, or stops and says why."""
    vessel, track = now.vessel, now.vessel.track
    if vessel.phase not in UNDER_WAY or track is None:
        return
    rest = track.pieces(vessel.along, track.length)
    if all(math.isfinite(now.sea.waters.cost_between(now.unit.draft, *piece)) for piece in rest):
        return
    match vessel.phase:
        case "to_task":
            set_out(now, vessel.reason or v.RESUMING)
        case "to_berth":
            go_to_berth(now, vessel.reason)
        case _:
            go_to_boom(now, vessel.reason)
