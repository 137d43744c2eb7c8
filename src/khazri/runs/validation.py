"""Observed drifters against the model: let go where they were, again and again, and compared with where they went.

Separation by lead time; skill after Liu and Weisberg (2011): 1 - c / n with c the sum of separations over the sum of the lengths that
the drifter had covered by then, n = 1, and 0 where that is negative; the total wind factor with the least mean separation over
all leads, and the one with the least sum of squares; and the share of observed places within the ellipse that holds half of
the ensemble (half of a two-dimensional normal distribution lies within a squared Mahalanobis distance of 2 ln 2).

Source: Liu, Y. and Weisberg, R. H. (2011), J. Geophys. Res. 116, C09013, doi:10.1029/2010JC006837.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from khazri.engine.owners import Status
from khazri.engine.release import Release
from khazri.engine.site import SiteInputs
from khazri.geo.terrain import Terrain
from khazri.inputs.tracks import ObservedTrack
from khazri.runs.refusal import RunRefused
from khazri.simulation import Orders
from khazri.simulation.world import World, advance, open_world

Doubles = npt.NDArray[np.float64]
Told = Callable[[float], None]

MOVING: Final = frozenset({"wind_drift", "stokes_drift", "diffusion", "ice"})
FACTORS: Final = tuple(round(0.005 * k, 3) for k in range(11))  # total wind factors that are tried
HALF: Final = 2.0 * math.log(2.0)
TOLERANCE: Final = 1.0  # n of the skill
LONGEST_GAP: Final = 3 * 3600.0  # [s] between fixes of a drift that is compared


@dataclass(frozen=True)
class Start:
    """A drifter let go in the model where it was at a moment; observed places (leads + 1, 2) [m], the first its own."""

    track: str
    time: float  # [s] from the start of the pack
    observed: Doubles


@dataclass(frozen=True)
class Compared:
    """All starts; arrays (starts, leads + 1, ...)."""

    leads: Doubles  # [s], from 0
    starts: tuple[Start, ...]
    modelled: Doubles  # (starts, leads + 1, 2) with the factor that is best [m]
    separation: Doubles  # (starts, leads + 1) [m]
    skill: Doubles  # (starts,)
    factors: Doubles  # tried
    by_factor: Doubles  # mean separation over all leads [m]
    best_factor: float
    given_factor: float
    inside: float  # share of starts whose last observed place lies within the half ellipse
    members: int
    least_squares_factor: float  # between the factors that were tried
    given_separation: Doubles  # with the pack's own factor: nothing fitted (starts, leads + 1) [m]
    given_skill: Doubles  # likewise (starts,)
    terrain: Terrain
    notes: tuple[str, ...]  # what was passed over, and what to beware of


def starts_of(
    tracks: Sequence[ObservedTrack], inputs: SiteInputs, *, begin: float, duration: float, every: float, horizon: float
) -> tuple[tuple[Start, ...], Counter[str]]:
    """Every `every` seconds along each track where it lies within the site for all of `horizon`, hourly places; and what was passed over.

    begin  UTC seconds since 1970 of the pack's start
    """
    leads = np.arange(0.0, horizon + 1.0, 3600.0)
    west, south, east, north = inputs.terrain.grid.bounds
    found, passed = [], Counter[str]()
    for track in tracks:
        first = max(float(track.times[0]), begin)
        moments = np.arange(first, min(float(track.times[-1]), begin + duration) - horizon + 1.0, every)
        if not moments.size:
            passed[f"track {track.ident}: has not {horizon / 3600.0:g} h within the pack's time"] += 1
        for moment in moments:
            if _gap(track, moment, horizon) > LONGEST_GAP:
                passed[f"track {track.ident}: fixes more than {LONGEST_GAP / 3600.0:g} h apart"] += 1
                continue
            lon, lat = track.at(moment + leads)
            x, y = inputs.terrain.plane.to_plane(lon, lat)
            if (x > west).all() and (x < east).all() and (y > south).all() and (y < north).all():
                found.append(Start(track.ident, float(moment - begin), np.column_stack([x, y])))
            else:
                passed[f"track {track.ident}: leaves the site"] += 1
    return tuple(found), passed


def _gap(track: ObservedTrack, moment: float, horizon: float) -> float:
    within = track.times[(track.times >= moment) & (track.times <= moment + horizon)]
    return float(np.diff(np.concatenate([[moment], within, [moment + horizon]])).max())


def drift(inputs: SiteInputs, starts: Sequence[Start], leads: Doubles, *, members: int, factor: float) -> Doubles:
    """Where the model takes each start: (starts, members, leads + 1, 2) [m], no number once it has left the site.

    Without diffusion where there is one member.
    """
    acting = MOVING & inputs.numerics.processes
    numerics = replace(
        inputs.numerics, processes=acting - ({"diffusion"} if members == 1 else set()), wind_factor=factor, members=members,
        particles=len(starts),
    )  # fmt: skip
    releases = tuple(
        Release(f"start-{k}", 0, 1.0, start.time, start.time, "point", start.observed[:1])
        for k, start in enumerate(starts)
    )
    world = open_world((replace(inputs, releases=releases, numerics=numerics),))
    places = np.full((len(starts), members, leads.size, 2), np.nan)
    wanted = np.array([[start.time + lead for lead in leads] for start in starts])
    last, dt = float(wanted.max()), numerics.dt
    before = _places(world, len(starts), members)
    while world.step * dt < last - 1e-6:
        advance(world, Orders())
        now, after = world.step * dt, _places(world, len(starts), members)
        due = (wanted > now - dt) & (wanted <= now)
        for start, lead in zip(*np.nonzero(due), strict=True):
            share = (wanted[start, lead] - (now - dt)) / dt
            old = np.where(np.isnan(before[start]), starts[start].observed[0], before[start])
            places[start, :, lead] = (1.0 - share) * old + share * after[start]
        before = after
    places[:, :, 0] = np.array([start.observed[0] for start in starts])[:, None]
    return places


def _places(world: World, starts: int, members: int) -> Doubles:
    pool, n = world.states[0].pool, world.states[0].living
    found = np.full((starts, members, 2), np.nan)
    inside = pool.status[:n] != Status.LEFT_DOMAIN
    where = (pool.release[:n][inside], pool.member[:n][inside])
    found[(*where, 0)] = pool.x[:n][inside]
    found[(*where, 1)] = pool.y[:n][inside]
    return found


def skill_of(modelled: Doubles, observed: Doubles) -> float:
    """Liu-Weisberg skill of one drift; places (n, 2), the first is where it was let go. Nothing moved: 0."""
    separation = np.hypot(*(modelled - observed)[1:].T)
    covered = np.cumsum(np.hypot(*np.diff(observed, axis=0).T))
    if covered.sum() <= 0.0:
        return 0.0
    return float(max(0.0, 1.0 - separation.sum() / covered.sum() / TOLERANCE))


def inside_half_ellipse(members: Doubles, observed: Doubles) -> bool:
    """Whether a place lies within the ellipse of half of an ensemble (n, 2) of normal spread."""
    members = members[np.isfinite(members).all(axis=1)]  # the others have left the site
    if len(members) < 3:
        return False
    spread = np.cov(members.T)
    if np.linalg.det(spread) <= 0.0:
        return False
    off = observed - members.mean(axis=0)
    return bool(off @ np.linalg.solve(spread, off) <= HALF)


def least_squares(factors: Doubles, places: Doubles, observed: Doubles) -> float:
    """The factor with the least sum of squared separations, where the model's places (factors, ...) are linear between those tried."""
    best, least = float(factors[0]), math.inf
    for k in range(factors.size - 1):
        way, off = places[k + 1] - places[k], observed - places[k]
        square = float((way * way).sum())
        share = min(1.0, max(0.0, float((way * off).sum()) / square)) if square > 0.0 else 0.0
        error = float(((off - share * way) ** 2).sum())
        if error < least:
            best, least = float(factors[k] + share * (factors[k + 1] - factors[k])), error
    return best


def validate(
    tracks: Sequence[ObservedTrack], inputs: SiteInputs, *, begin: float, duration: float, every: float = 6 * 3600.0,
    horizon: float = 24 * 3600.0, members: int = 50, told: Told = lambda share: None,
) -> Compared:  # fmt: skip
    """Compare tracks with the model of a site; what `told` raises ends it."""
    if not inputs.oils:
        raise RunRefused(
            "the pack has no release; expected one, for its oil stands in for what drifts (its mass plays no part)"
        )
    starts, passed = starts_of(tracks, inputs, begin=begin, duration=duration, every=every, horizon=horizon)
    if not starts:
        raise RunRefused(
            f"no track lies within the pack's site and time for {horizon / 3600.0:g} h; expected tracks and a pack that meet"
            + "".join(f"\n  {words}" for words in told_of(passed))
        )
    leads, given = np.arange(0.0, horizon + 1.0, 3600.0), inputs.numerics.wind_factor
    tried = []
    for number, factor in enumerate((*FACTORS, given)):
        tried.append(drift(inputs, starts, leads, members=1, factor=factor)[:, 0])
        told(0.7 * (number + 1) / (len(FACTORS) + 1))
    places = np.array(tried)
    stays = np.atleast_1d(
        np.isfinite(places).all(axis=(0, 2, 3))
    )  # the same drifts for every factor, or they could not be compared
    passed["the model takes them out of the site before the end"] += int((~stays).sum())
    if not stays.any():
        raise RunRefused(
            f"the model takes all {len(starts)} drifts out of the site; expected a wider site or fewer hours"
        )
    starts, places = tuple(start for start, kept in zip(starts, stays, strict=True) if kept), places[:, stays]
    observed = np.array([start.observed for start in starts])
    apart = np.hypot(*np.moveaxis(places - observed, -1, 0))
    errors = apart[:-1, :, 1:].mean(axis=(1, 2))
    best = int(np.argmin(errors))
    ensemble = drift(inputs, starts, leads, members=members, factor=FACTORS[best])
    told(1.0)
    return Compared(
        leads=leads,
        starts=starts,
        modelled=places[best],
        separation=apart[best],
        skill=np.array([skill_of(*pair) for pair in zip(places[best], observed, strict=True)]),
        factors=np.array(FACTORS),
        by_factor=errors,
        best_factor=FACTORS[best],
        given_factor=given,
        inside=float(np.mean([inside_half_ellipse(ensemble[k, :, -1], observed[k, -1]) for k in range(len(starts))])),
        members=members,
        least_squares_factor=least_squares(np.array(FACTORS), places[:-1], observed),
        given_separation=apart[-1],
        given_skill=np.array([skill_of(*pair) for pair in zip(places[-1], observed, strict=True)]),
        terrain=inputs.terrain,
        notes=(*told_of(passed), *_beware(best, places[best])),
    )


def told_of(passed: Counter[str]) -> list[str]:
    """What was passed over, in words."""
    return [f"{count} drift{'s' if count > 1 else ''} passed over: {why}" for why, count in passed.items() if count]


def _beware(best: int, modelled: Doubles) -> list[str]:
    said = ["the best wind factor is fitted to these very tracks: its figures flatter the model"]
    if best in (0, len(FACTORS) - 1):
        said.append(f"the best wind factor lies at an end of those tried, {100 * FACTORS[best]:g} %: it may be beyond")
    stuck = int((np.abs(np.diff(modelled, axis=1))[:, -1].sum(axis=-1) == 0.0).sum())
    if stuck:
        said.append(f"{stuck} modelled drifts do not move in their last hour: ashore, or nothing moves them")
    return said
