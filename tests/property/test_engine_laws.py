"""Laws of the engine: mass closes, no thread count changes a bit, any snapshot goes on, bad forcing stays where it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sea import at_once, constant, gridded, sea, shore_east, site

from khazri import engine
from khazri.engine import PROCESSES, Owner, SiteInputs, SiteState, Status, driver
from khazri.engine.kernels import scene as at


def run(inputs: SiteInputs, steps: int, threads: int = 1) -> SiteState:
    state = engine.start(inputs)
    for _ in range(steps):
        engine.step(state, inputs, threads=threads)
    return state


def same(a: SiteState, b: SiteState) -> bool:
    columns = all(
        np.array_equal(x[..., : a.living], y[..., : b.living]) for x, y in zip(a.columns, b.columns, strict=True)
    )
    return columns and np.array_equal(engine.budget(a), engine.budget(b)) and np.array_equal(a.counts, b.counts)


def closure(state: SiteState) -> float:
    released = state.released.sum()
    return abs(engine.budget(state).sum() - released) / released


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(PROCESSES)))
def test_mass_closes_for_any_selection_of_processes(chosen: set[str]) -> None:
    inputs = site(terrain=sea(shore_east(4)), particles=700, processes=frozenset(chosen))
    state = engine.start(inputs)
    for _ in range(8):
        engine.step(state, inputs)
        assert closure(state) < 1e-12


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_mass_closes_for_any_order_of_processes(random) -> None:
    inputs = site(terrain=sea(shore_east(4)), particles=700)
    state = engine.start(inputs)
    scene = driver.workshop_of(state, inputs).scene
    feelings = (at.FEEL, at.FEEL_WATER, at.WAVES)
    rest = [code for code in scene.order.tolist() if code not in feelings]
    for _ in range(8):
        random.shuffle(rest)
        scene.order[:] = [*feelings, *rest]
        engine.step(state, inputs)
        assert closure(state) < 1e-12


@pytest.mark.parametrize("threads", [2, 3, 4])
def test_threads_change_no_bit(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "SLICE_LEAST", 512)
    inputs = site(terrain=sea(shore_east(6), width=0.02), particles=5000)  # a shore that soon is full
    one, many = run(inputs, 30), run(inputs, 30, threads)
    assert one.counts[Status.ASHORE] > 0
    assert same(one, many)


@settings(max_examples=6, deadline=None)
@given(st.integers(1, 19))
def test_a_snapshot_goes_on_bit_for_bit(at_step: int) -> None:
    current = gridded(
        "current", lambda x, y, t: (0.2 + x * 1e-6 + t * 1e-6, 0.1 + y * 1e-6), times=(0.0, 9000.0, 20000.0)
    )
    inputs = site(current, terrain=sea(shore_east(6)), particles=1500)
    whole = run(inputs, 20)
    state = run(inputs, at_step)
    again = engine.restore({name: array.copy() for name, array in engine.save(state).items()}, inputs)
    for _ in range(20 - at_step):
        engine.step(again, inputs)
    assert same(whole, again)


def test_halving_the_step_moves_no_budget_term_by_a_hundredth() -> None:
    """The chances of stranding and entrainment are drawn anew for each dt: 40,000 particles keep the noise at 0.2 %."""
    budgets = []
    for dt in (900.0, 450.0, 225.0):
        inputs = site(
            terrain=sea(shore_east(14)),
            particles=20_000,
            dt=dt,
            vertical_substeps=round(dt / 60.0),
            horizontal_diffusivity=10.0,
        )
        state = run(inputs, round(12 * 3600 / dt))
        budgets.append(engine.budget(state) / state.released.sum())
    change = np.abs(np.diff(budgets, axis=0))
    assert change.max() < 0.01, {
        owner.name: change[:, owner].round(4).tolist() for owner in Owner if change[:, owner].max() > 0.002
    }


@pytest.mark.parametrize(
    "name", ["current", "wind", "water_temperature", "salinity", "ice_concentration", "wave_height"]
)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -1e30])
def test_forcing_that_is_no_number_neither_crashes_nor_spreads(name: str, bad: float) -> None:
    """The same run with a hole far from some particles: those never near it keep every bit."""
    components = 2 if name in ("current", "wind") else 1
    good = gridded(name, lambda x, y, t: tuple([x * 0 + (0.2 if components == 2 else 0.0)] * components), cells=61)
    if name == "water_temperature":
        good = replace(good, values=good.values + np.float32(288.0))
    values = good.values.copy()
    values[:, :, :30] = bad
    releases = at_once(shape="line", vertices=np.array([[-9000.0, 0.0], [9000.0, 0.0]]))
    clean, holed = (site(f, release=releases, particles=800) for f in (good, replace(good, values=values)))
    a, b = run(clean, 6), run(holed, 6)
    assert np.isfinite(b.pool.x[: b.living]).all()
    assert np.isfinite(b.pool.mass[: b.living]).all()
    assert closure(b) < 1e-12
    assert b.marks[0] > 0
    far = a.pool.x[: a.living] > 4000.0
    assert far.sum() > 100
    assert np.array_equal(a.columns.real[:, : a.living][:, far], b.columns.real[:, : b.living][:, far])


def test_thickness_does_not_depend_on_the_number_of_particles() -> None:
    few, many = (
        run(site(release=at_once(), particles=n, processes=frozenset(("spreading", "evaporation"))), 8)
        for n in (100, 5000)
    )
    assert few.pool.thickness[0] == pytest.approx(
        many.pool.thickness[0], rel=1e-5
    )  # mass of a particle is rounded to float32


def test_oil_in_full_ice_is_carried_by_it_and_weathers_no_more() -> None:
    ice = constant("ice_concentration", 1.0)
    drift = constant("ice_drift", 0.0, 0.3)
    inputs = site(ice, drift, release=at_once(), particles=500, horizontal_diffusivity=0.0)
    state = run(inputs, 8)
    assert state.counts[Status.IN_ICE] == 500
    assert state.pool.y[:500] == pytest.approx(np.full(500, 0.3 * 7200.0), rel=1e-3)
    assert engine.budget(state)[Owner.EVAPORATED] == 0.0
    assert engine.budget(state)[Owner.SUBMERGED] == 0.0
