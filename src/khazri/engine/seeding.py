"""Particles enter the water: how many by when, where, and how heavy each is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from khazri.engine.hoist import ABSENT
from khazri.engine.kernels.birth import place_births
from khazri.engine.owners import Status
from khazri.engine.pool import empty_columns
from khazri.engine.release import Release
from khazri.engine.site import SiteInputs, SiteState
from khazri.physics.noise import member_key

SHAPES = {"point": 0, "line": 1, "polygon": 2}


def particles_of(inputs: SiteInputs) -> npt.NDArray[np.int64]:
    """Particles of each release and member: shares of `numerics.particles` by mass, at least one each."""
    masses = np.array([release.mass for release in inputs.releases], np.float64)
    if masses.size == 0:
        return np.zeros(0, np.int64)
    exact = inputs.numerics.particles * masses / masses.sum()
    shares = np.floor(exact).astype(np.int64)
    rest = int(inputs.numerics.particles - shares.sum())
    shares[np.argsort(-(exact - shares), kind="stable")[:rest]] += 1
    return np.asarray(np.maximum(shares, 1), np.int64)


def born_by(release: Release, count: int, time: float) -> int:
    """How many of `count` particles a release has let go by `time`."""
    if time < release.start:
        return 0
    if release.end <= release.start or time >= release.end:
        return count
    if release.rate_times is not None and release.rate_shares is not None:
        share = float(np.interp(time, release.rate_times, release.rate_shares))
    else:
        share = (time - release.start) / (release.end - release.start)
    return min(count, int(count * share + 0.5))


def birth_times(release: Release, count: int, first: int, last: int) -> npt.NDArray[np.float64]:
    """When particles first to last - 1 of `count` leave the source [s]."""
    share = (np.arange(first, last) + 0.5) / count
    if release.end <= release.start:
        return np.full(last - first, release.start)
    if release.rate_times is not None and release.rate_shares is not None:
        return np.asarray(np.interp(share, release.rate_shares, release.rate_times), np.float64)
    return release.start + share * (release.end - release.start)


def start(inputs: SiteInputs, site_index: int = 0) -> SiteState:
    """The state before the first step; what is released at the very start is in the water already."""
    members = inputs.numerics.members
    state = SiteState(
        site=site_index, step=0, living=0, columns=empty_columns(int(particles_of(inputs).sum()) * members),
        born=np.zeros((len(inputs.releases), members), np.int64), released=np.zeros(len(inputs.releases)), notes=notes_of(inputs),
    )  # fmt: skip
    emit(state, inputs, 0.0, {})
    if state.living:
        from khazri.engine.driver import take_stock

        take_stock(state, inputs)
    return state


def emit(state: SiteState, inputs: SiteInputs, until: float, source_open: dict[str, bool]) -> npt.NDArray[np.float32]:
    """Let go what the sources yield up to `until` [s]; the ages of the new rows at that moment [s]."""
    ages = []
    for index, (release, count) in enumerate(zip(inputs.releases, particles_of(inputs), strict=True)):
        for member in range(inputs.numerics.members):
            first, last = int(state.born[index, member]), born_by(release, int(count), until)
            state.born[index, member] = max(first, last)
            if last <= first or not source_open.get(release.ident, True):
                continue
            low, high = state.living, state.living + last - first
            _settle(state, inputs, index, member, int(count), first, low, high)
            ages.append((until - birth_times(release, int(count), first, last)).astype(np.float32))
            state.living = high
    return np.concatenate(ages) if ages else np.zeros(0, np.float32)


def _settle(
    state: SiteState, inputs: SiteInputs, index: int, member: int, count: int, first: int, low: int, high: int
) -> None:
    """Fill rows low to high with particles first... of one release and member."""
    pool, release = state.pool, inputs.releases[index]
    oil, table = inputs.oils[release.oil], inputs.tables[release.oil]
    rows = slice(low, high)
    pool.release[rows], pool.member[rows] = index, member
    pool.number[rows] = np.arange(first, first + high - low, dtype=np.uint32)
    pool.mass[rows] = masses_of(release.mass, count, first, first + high - low)
    pool.density[rows] = oil.density
    pool.viscosity[rows] = table.viscosity[int(table.viscosity.shape[0] // 2), 0]
    pool.status[rows] = Status.SUBMERGED if release.depth > 0.0 else Status.AFLOAT
    state.released[index] += float(pool.mass[rows].sum(dtype=np.float64))
    vertices = np.ascontiguousarray(release.vertices, np.float64)
    columns, key = state.columns, member_key(np.uint32(state.site), np.uint32(member))
    place_births(
        low, high, columns.place, columns.real, columns.number, columns.origin, vertices, SHAPES[release.shape], release.radius,
        release.depth, np.uint32(inputs.numerics.seed & 0xFFFFFFFF), np.uint32(key),
    )  # fmt: skip


def masses_of(mass: float, count: int, first: int, last: int) -> npt.NDArray[np.float32]:
    """Masses of particles first to last - 1 of `count`: float32, some a unit in the last place heavier, so that all sum to `mass`."""
    lower = np.float32(mass / count)
    if float(lower) * count > mass:
        lower = np.nextafter(lower, np.float32(0.0))
    upper = np.nextafter(lower, np.float32(np.inf))
    heavier = round((mass - count * float(lower)) / (float(upper) - float(lower)))
    return np.where(np.arange(first, last) < heavier, upper, lower).astype(np.float32)


def notes_of(inputs: SiteInputs) -> tuple[str, ...]:
    """What is assumed for want of a field, and which processes cannot act, in words."""
    notes = []
    on = inputs.numerics.processes
    if inputs.releases:
        for name, value in ABSENT.items():
            if name not in inputs.fields:
                notes.append(f"{name}: no values given; {value} is taken everywhere")
    for name, word in (("current", "nothing is carried by currents"), ("wind", "calm is taken")):
        if name not in inputs.fields:
            notes.append(f"{name}: no values given; {word}")
    if "wave_height" not in inputs.fields or "wave_period" not in inputs.fields:
        notes.append("waves: estimated from wind, fetch and depth (Young and Verhagen 1996)")
    if "stokes" not in inputs.fields and "stokes_drift" in on:
        notes.append("stokes drift: estimated from the waves, along the wind")
    if "sedimentation" in on and "sediment" not in inputs.fields:
        notes.append("sedimentation cannot act: no suspended sediment is given")
    if "ice" in on and "ice_concentration" in inputs.fields and "ice_drift" not in inputs.fields:
        notes.append("ice drift: estimated as the current plus 1.5 % of the wind")
    if any(release.depth > 0.0 for release in inputs.releases):
        notes.append("release at depth: droplets of 1 mm median (log-normal, sd 0.4 in log10); no plume is modelled")
    return tuple(notes)
