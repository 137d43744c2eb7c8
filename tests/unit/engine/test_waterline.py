"""Oil where the level of the sea moves: strands with a falling sea, is carried inland by a rising one, and comes back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_sea import CELLS, SPACING, at_once, constant, sea, site

from khazri import engine
from khazri.engine import Field, Owner, Status
from khazri.engine.waterline import RENEWED, open_waterline, terrain_at
from khazri.geo.grid import Grid
from khazri.geo.terrain import LAND, WATER, ShoreType, Terrain

ONCE = Grid(0.0, 0.0, 1e6, 1, 1)
STILL = (constant("wind", 0.0, 0.0), constant("current", 0.0, 0.0))


def level(*moments: tuple[float, float]) -> Field:
    times, values = np.array(moments).T
    return Field("level", ONCE, times.astype(float), values.astype(np.float32).reshape(-1, 1, 1, 1), "test")


def flat_shore(slope: float = 0.1, kind: ShoreType = ShoreType.EXPOSED_FLAT) -> Terrain:
    """A bed that rises by `slope` metres a cell to the east: 0 at the middle, flats beyond, drawn land in the last columns."""
    at = np.arange(CELLS) - CELLS // 2
    bed = np.broadcast_to((-slope * (at + 0.5)).astype(np.float32), (CELLS, CELLS)).copy()
    bed[:, -4:] = np.nan
    dry = ~(bed > 0.0)
    made = sea(dry, kind=kind, width=1e6)
    return replace(made, depth=np.where(dry, 0.0, bed).astype(np.float32), bed=bed)


def patch(x: float, size: float = 4000.0):
    """Oil over a square about (x, 0) at the start."""
    ring = np.array([[x - size, -size], [x + size, -size], [x + size, size], [x - size, size]])
    return at_once(shape="polygon", vertices=ring)


def run(inputs, steps: int, threads: int | None = None):
    state = engine.start(inputs)
    for _ in range(steps):
        engine.step(state, inputs, threads=threads)
    return state


def test_a_falling_sea_leaves_all_that_lay_over_the_cells_that_dry() -> None:
    inputs = site(
        *STILL, level((0.0, 0.0), (7200.0, -1.0)), terrain=flat_shore(), release=patch(-5000.0), particles=1000,
        horizontal_diffusivity=0.0, processes=frozenset({"stranding"}),
    )  # fmt: skip
    state = run(inputs, 12)
    pool, grid = state.pool, inputs.terrain.grid
    now = terrain_at(inputs.terrain, inputs.fields["level"], 11 * inputs.numerics.dt)
    columns = np.rint((pool.x[:1000] - grid.x0) / SPACING).astype(int)
    lay = now.surface[0, columns] == LAND
    assert 0.9 > lay.mean() > 0.4
    np.testing.assert_array_equal(pool.status[:1000] == Status.ASHORE, lay)
    assert state.held[Owner.ASHORE] + state.held[Owner.AFLOAT] == pytest.approx(1e5, rel=1e-6)


def test_a_rising_sea_lets_oil_reach_as_far_as_the_water_does() -> None:
    reached = []
    for rise in (0.0, 1.0, 2.0):
        inputs = site(
            constant("wind", 0.0, 0.0), constant("current", 1.0, 0.0), level((0.0, rise)), terrain=flat_shore(), release=patch(-6000.0),
            particles=500, horizontal_diffusivity=0.0,
        )  # fmt: skip
        reached.append(run(inputs, 40).pool.x[:500].max())
    np.testing.assert_allclose(reached, np.array([0.0, 10.0, 20.0]) * SPACING - 0.5 * SPACING, atol=SPACING)


def test_what_the_sea_has_left_floats_no_more_until_it_comes_back() -> None:
    falls_and_rises = level((0.0, 0.0), (3600.0, -1.0), (36_000.0, -1.0), (39_600.0, 0.0), (86_400.0, 0.0))
    inputs = site(
        *STILL, falls_and_rises, terrain=flat_shore(), release=patch(-2500.0, 1500.0), particles=500, dt=900.0,
        horizontal_diffusivity=0.0, processes=frozenset({"stranding"}),
    )  # fmt: skip
    assert run(inputs, 6).counts[Status.ASHORE] == 500
    assert run(inputs, 40).counts[Status.ASHORE] == 500
    later = run(inputs, 80)  # ten hours in the water, half-life one hour
    assert later.counts[Status.ASHORE] < 25


def test_oil_above_the_ordinary_line_stays_ten_times_as_long() -> None:
    """Ten hours of surge: half of what lies on the flats floats, nearly all of what lies below the line."""
    left = {}
    for x in (-2500.0, 2500.0):
        inputs = site(
            *STILL, level((0.0, 1.5), (3600.0, -2.0), (7200.0, 1.5), (90_000.0, 1.5)), terrain=flat_shore(), release=patch(x, 1000.0),
            particles=2000, dt=900.0, horizontal_diffusivity=0.0, processes=frozenset({"stranding"}),
        )  # fmt: skip
        assert run(inputs, 5).counts[Status.ASHORE] == 2000
        left[x] = run(inputs, 8 + 40).counts[Status.ASHORE] / 2000
    assert left[-2500.0] < 0.01
    assert left[2500.0] == pytest.approx(0.5, abs=0.1)


def test_oil_does_not_cross_what_is_dry_now() -> None:
    """A bar that a low sea lays bare stops the oil; at the ordinary level it drifts over it."""
    bed = np.full((CELLS, CELLS), 5.0, np.float32)
    bed[:, CELLS // 2 + 4] = 0.5
    terrain = replace(sea(), depth=bed, bed=bed)
    furthest = {}
    for height in (0.0, -1.0):
        inputs = site(
            constant("current", 1.5, 0.0), level((0.0, height)), terrain=terrain, release=at_once(), particles=400, dt=1800.0,
            horizontal_diffusivity=0.0,
        )  # fmt: skip
        furthest[height] = run(inputs, 6).pool.x[:400].max()
    assert furthest[0.0] > 8 * SPACING
    assert furthest[-1.0] < 4.5 * SPACING


def test_a_level_of_nought_changes_no_bit() -> None:
    terrain = flat_shore(0.3)
    a, b = (
        run(site(*more, terrain=terrain, release=patch(-6000.0), particles=800), 30)
        for more in ((), (level((0.0, 0.0)),))
    )
    assert a.counts[Status.ASHORE] > 100
    for mine, its in zip(a.columns, b.columns, strict=True):
        np.testing.assert_array_equal(mine[..., :800], its[..., :800])


def test_the_water_is_as_deep_as_the_level_makes_it() -> None:
    terrain = flat_shore()
    now = terrain_at(terrain, level((0.0, 0.0), (3600.0, 1.0)), 1800.0)
    assert terrain.bed is not None
    wet = np.nan_to_num(terrain.bed, nan=-99.0) + 0.5 > 0.05
    np.testing.assert_allclose(now.depth[wet], terrain.bed[wet] + 0.5, atol=1e-5)
    np.testing.assert_array_equal(now.surface, np.where(wet, WATER, LAND))


def test_drawn_land_stays_dry_at_any_level() -> None:
    now = terrain_at(flat_shore(), level((0.0, 50.0)), 0.0)
    assert (now.surface[:, -4:] == LAND).all()
    assert (now.surface[:, :-4] == WATER).all()


def test_only_what_the_level_can_reach_is_looked_at_again() -> None:
    line = open_waterline(flat_shore(), level((0.0, -0.5), (3600.0, 0.5)))
    assert line is not None
    columns = np.flatnonzero(line.changing[0]) - CELLS // 2
    assert columns.min() >= -7
    assert columns.max() <= 5


def test_no_bit_depends_on_threads_or_on_a_snapshot_in_between() -> None:
    swings = level(*((1800.0 * k, float(np.sin(k))) for k in range(30)))
    inputs = site(swings, terrain=flat_shore(), release=patch(-3000.0), particles=60_000, dt=60.0)
    assert RENEWED > 60.0
    one, two = run(inputs, 40, threads=1), run(inputs, 40, threads=2)
    half = run(inputs, 17)
    half = engine.restore(engine.save(half), inputs)
    for _ in range(23):
        engine.step(half, inputs)
    for other in (two, half):
        for mine, its in zip(one.columns, other.columns, strict=True):
            np.testing.assert_array_equal(mine[..., :60_000], its[..., :60_000])
    assert one.counts[Status.ASHORE] > 1000


def test_mass_closes_under_a_moving_level() -> None:
    swings = level(*((1800.0 * k, float(np.sin(k))) for k in range(30)))
    state = run(site(swings, terrain=flat_shore(), release=patch(-3000.0), particles=3000), 40)
    budget = engine.budget(state)
    assert budget.sum() == pytest.approx(1e5, rel=1e-12)
