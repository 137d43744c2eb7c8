"""A unit looks around: a crew at work from where it is, whoever is there to look all along its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast

import shapely

from khazri.engine.site import SiteState
from khazri.response import events as e
from khazri.response.acting import Acting
from khazri.response.lookalikes import lookalikes
from khazri.response.looking import Code, Look, Patch, code_of, is_due, look_around, report, report_echoes
from khazri.response.sensors import Gaze, Sensor, carries_sensors, gazes_of
from khazri.response.slick import Surface
from khazri.response.spraying import aim_spray, aims_spray
from khazri.response.sweeping import SEEK_EVERY, SKIMMING, seek
from khazri.response.towing import aim, aims
from khazri.response.track import Point

TAKEN_FOR: Final[dict[Sensor, Code]] = {"eye": 1, "infrared": 3, "radar": 2}  # a look-alike
AIM_EVERY: Final = 300.0  # [s] between two courses that a pair sets for oil
CORRIDOR_QUARTERS: Final = 4  # segments of a quarter of a circle at the ends of what was covered


@dataclass(frozen=True)
class Seen:
    """What a unit reports of a look; `covered`: the ring on the plane [m] in which it would have seen oil, where it is known."""

    patches: tuple[Patch, ...]
    covered: tuple[Point, ...] = ()


def watch(now: Acting, state: SiteState, surface: Surface, *, time: float, dt: float, seed: int) -> Seen | None:
    """What the unit has to tell after the step; None: nothing."""
    if carries_sensors(now.unit):
        return _survey(now, state, surface, time=time, seed=seed) if is_due(now.vessel, time) else None
    return _glance(now, state, surface, time=time, dt=dt, seed=seed)


def _glance(now: Acting, state: SiteState, surface: Surface, *, time: float, dt: float, seed: int) -> Seen | None:
    due = is_due(now.vessel, time)
    seeking = now.vessel.phase == "searching" or (now.vessel.phase in SKIMMING and time % SEEK_EVERY < dt)
    aiming = aims(now.vessel) and time % AIM_EVERY < dt
    spotting = aims_spray(now.vessel) and time % SEEK_EVERY < dt
    if not (due or seeking or aiming or spotting):
        return None
    gaze = gazes_of(now.unit, now.conditions, dark=now.dark)[0]
    look = look_around(now.unit, now.vessel, state, gaze=gaze, seed=seed, slick=surface.slick)
    seen_from = now.vessel
    seek(now, look)
    if aiming:
        aim(now, look)
    if spotting:
        aim_spray(now, look)
    first = look.sees_oil and not seen_from.seeing
    if not (due or first):
        return None
    patches = report(look, now.unit, seen_from, state, seed=seed)
    _remember(now, patches, time)
    return Seen(patches) if patches else None


def _survey(now: Acting, state: SiteState, surface: Surface, *, time: float, seed: int) -> Seen | None:
    """By every sensor, along the way since the last look."""
    way = now.vessel.path or (now.vessel.point,)
    gazes = gazes_of(now.unit, now.conditions, dark=now.dark)
    patches: list[Patch] = []
    for gaze in gazes:
        look = look_around(now.unit, now.vessel, state, gaze=gaze, seed=seed, way=way, slick=surface.slick)
        patches += _drawn(now, look, gaze, state, seed)
        taken = lookalikes(now.unit, now.sea, way=way, gaze=gaze, site=state.site, seed=seed)
        patches += [Patch(ring, TAKEN_FOR[gaze.sensor], gaze.sensor) for ring in taken]
    _remember(now, tuple(patches), time)
    now.become(path=())
    if not gazes:
        return None
    line = shapely.LineString(way) if len(way) > 1 else shapely.Point(way[0])
    about = line.buffer(max(gaze.far for gaze in gazes), quad_segs=CORRIDOR_QUARTERS)
    ring = shapely.get_coordinates(shapely.get_exterior_ring(about))
    return Seen(tuple(patches), tuple((float(x), float(y)) for x, y in ring))


def _drawn(now: Acting, look: Look, gaze: Gaze, state: SiteState, seed: int) -> tuple[Patch, ...]:
    if gaze.sensor == "radar":
        code = cast("Code", max(code_of(gaze.least_film), 1))
        return report_echoes(look, now.unit, now.vessel, state, seed=seed, code=code)
    found = report(look, now.unit, now.vessel, state, seed=seed)
    return tuple(replace(patch, sensor=gaze.sensor) for patch in found)


def _remember(now: Acting, patches: tuple[Patch, ...], time: float) -> None:
    if patches and not now.vessel.seeing:
        now.tell(e.OIL_SIGHTED, code=float(max(patch.code for patch in patches)))
    now.become(looked=time, seeing=bool(patches))
