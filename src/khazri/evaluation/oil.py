"""Where the oil went: nobody acting against as played."""

from __future__ import annotations

from typing import Final

import numpy as np

from khazri.engine.owners import Owner
from khazri.evaluation.outcome import Budget, BudgetRow, Comparison, PlaceOutcome, PlaceRun, Series
from khazri.evaluation.trace import Doubles, PlaceTrace, Trace
from khazri.exercise.entry import Entry
from khazri.exercise.facts import Happened
from khazri.exercise.picture import Chart
from khazri.simulation.happenings import PLACE_OILED

GONE: Final = (Owner.EVAPORATED, Owner.BIODEGRADED, Owner.RECOVERED, Owner.BURNED, Owner.SHORE_CLEANED)
POINTS: Final = 145  # of a chart: ten minutes apart in a day
LEAST: Final = 1e-9  # [kg, m, kg s] at or below which there is nothing to compare with

# name -> owners whose masses it sums, where it is such a sum; whether less of it is better
MASSES: Final[dict[str, tuple[Owner, ...]]] = {
    "ashore": (Owner.ASHORE,),
    "afloat": (Owner.AFLOAT,),
    "boomed": (Owner.BOOMED,),
    "evaporated": (Owner.EVAPORATED,),
    "recovered": (Owner.RECOVERED,),
}


def budget_of(trace: Trace) -> Doubles:
    """Kilograms by sample and owner, over all sites."""
    return np.asarray(np.sum([site.budget for site in trace.sites], axis=0), np.float64)


def released_of(trace: Trace) -> Doubles:
    """Kilograms released by sample, over all sites."""
    return np.asarray(np.sum([site.released for site in trace.sites], axis=0), np.float64)


def mixture_of(trace: Trace) -> float:
    """Oil and water taken from the sea by the end [m3]."""
    return float(sum(site.mixture[-1] for site in trace.sites))


def closure_of(trace: Trace) -> float:
    """Largest difference between what all owners hold and what was released, as a share of the release [1]."""
    total = float(released_of(trace)[-1])
    if total <= 0.0:
        return 0.0
    return float(np.abs(budget_of(trace).sum(axis=1) - released_of(trace)).max()) / total


def account(nothing: Trace, played: Trace) -> Budget:
    """Both accounts at the end."""
    left, right = budget_of(nothing)[-1], budget_of(played)[-1]
    rows = tuple(
        BudgetRow(owner=owner.name.lower(), nothing=float(left[owner]), played=float(right[owner])) for owner in Owner
    )
    return Budget(
        rows=rows,
        released_nothing=float(released_of(nothing)[-1]),
        released_played=float(released_of(played)[-1]),
        closure_nothing=closure_of(nothing),
        closure_played=closure_of(played),
    )


def remaining_of(trace: Trace) -> Doubles:
    """Oil still in the sea, on its bed and on the shore, by sample [kg]: what evaporated, was eaten, or taken is gone."""
    gone = budget_of(trace)[:, list(GONE)].sum(axis=1)
    return np.asarray(released_of(trace) - gone, np.float64)


def exposure_of(place: PlaceTrace, seconds: Doubles) -> float:
    """Weight times oil times time [kg s]: each sample stands for the time since the one before it."""
    return float(place.weight * np.sum(place.oil[1:] * np.diff(seconds)))


def compared(nothing: Trace, played: Trace) -> tuple[Comparison, ...]:
    """The quantities of the first page, those with a benefit score first."""
    left, right = budget_of(nothing)[-1], budget_of(played)[-1]

    def total_exposure(trace: Trace) -> float:
        return sum(exposure_of(place, trace.seconds) for place in trace.places)

    def shoreline(trace: Trace) -> float:
        return float(sum(site.shoreline[-1] for site in trace.sites))

    found = [
        scored("ashore", "kg", float(left[Owner.ASHORE]), float(right[Owner.ASHORE])),
        scored("shoreline", "m", shoreline(nothing), shoreline(played)),
    ]
    if played.places:
        found.append(scored("exposure", "kg s", total_exposure(nothing), total_exposure(played)))
    found.append(scored("remaining", "kg", float(remaining_of(nothing)[-1]), float(remaining_of(played)[-1])))
    for name in ("recovered", "evaporated", "afloat", "boomed"):
        owners = list(MASSES[name])
        found.append(
            Comparison(
                name=name,
                unit="kg",
                nothing=float(left[owners].sum()),
                played=float(right[owners].sum()),
                lower_is_better=False,
                absent="not_scored",
            )
        )
    return tuple(found)


def scored(name: str, unit: str, nothing: float, played: float) -> Comparison:
    """A quantity of which less is better, with its benefit score against nobody acting."""
    score = (nothing - played) / nothing if nothing > LEAST else None
    return Comparison.model_validate(
        {
            "name": name,
            "unit": unit,
            "nothing": nothing,
            "played": played,
            "lower_is_better": True,
            "score": score,
            "absent": "" if score is not None else "nothing_to_avert" if played <= LEAST else "only_as_played",
        }
    )


def series_of(nothing: Trace, played: Trace) -> tuple[Series, ...]:
    """Curves of both runs, thinned."""
    count = len(played.steps)
    chosen = np.unique(np.linspace(0, count - 1, min(count, POINTS)).astype(int))
    left, right = budget_of(nothing), budget_of(played)
    curves = {name: tuple(run[:, list(owners)].sum(axis=1) for run in (left, right)) for name, owners in MASSES.items()}
    curves["released"] = (released_of(nothing), released_of(played))
    curves["remaining"] = (remaining_of(nothing), remaining_of(played))
    seconds = tuple(played.seconds[chosen].tolist())
    return tuple(
        Series(name=name, seconds=seconds, nothing=tuple(a[chosen].tolist()), played=tuple(b[chosen].tolist()))
        for name, (a, b) in curves.items()
    )


def places_of(nothing: Trace, played: Trace, entries: tuple[Entry, ...], chart: Chart) -> tuple[PlaceOutcome, ...]:
    """Each place of value in both runs, the weightiest first."""
    names = {place.ident: place.name for place in chart.places}
    oiled = {
        entry.fact.subject: entry.seq
        for entry in reversed(entries)
        if isinstance(entry.fact, Happened) and entry.fact.what == PLACE_OILED
    }
    found = [
        PlaceOutcome(
            ident=after.ident,
            name=names.get(after.ident, {}),
            site=after.site,
            weight=after.weight,
            nothing=_place_run(before, nothing),
            played=_place_run(after, played),
            evidence=(oiled[after.ident],) if after.ident in oiled else (),
        )
        for before, after in zip(nothing.places, played.places, strict=True)
    ]
    return tuple(sorted(found, key=lambda place: -place.weight))


def _place_run(place: PlaceTrace, trace: Trace) -> PlaceRun:
    reached = np.flatnonzero(place.oil > 0.0)
    return PlaceRun(
        exposure=exposure_of(place, trace.seconds),
        most=float(place.oil.max()),
        first=int(trace.steps[reached[0]]) if reached.size else None,
    )
