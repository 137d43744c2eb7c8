"""What single steps of the engine do."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numba import typeof, types
from small_sea import CELLS, at_once, constant, sea, shore_east, site

from khazri import engine
from khazri.engine import Controls, Owner, Release, Status, driver
from khazri.engine.kernels import motion, seas, weather
from khazri.engine.seeding import masses_of


def run(inputs, steps: int, **kw):
    state = engine.start(inputs)
    for _ in range(steps):
        engine.step(state, inputs, **kw)
    return state


def test_masses_of_particles_sum_to_the_release() -> None:
    masses = masses_of(123_456.789, 77_777, 0, 77_777)
    assert masses.sum(dtype=np.float64) == pytest.approx(123_456.789, rel=1e-12, abs=float(np.spacing(masses[0])))


def test_a_constant_release_lets_go_half_by_half_time() -> None:
    state = run(site(particles=1000), 2)
    assert state.living == 500
    assert state.released.sum() == pytest.approx(5e4, rel=1e-6)


def test_what_is_released_at_the_start_is_in_the_first_frame() -> None:
    inputs = site(release=at_once(), particles=300)
    frame = engine.frame_of(engine.start(inputs), inputs)
    assert frame.ident.size == 300
    assert frame.budget[Owner.AFLOAT] == pytest.approx(1e5)
    assert frame.counts[Status.AFLOAT] == 300


def test_a_varying_release_follows_its_curve() -> None:
    release = at_once(end=3600.0, rate_times=np.array([0.0, 1800.0, 3600.0]), rate_shares=np.array([0.0, 0.9, 1.0]))
    assert run(site(release=release, particles=1000), 2).living == 900


def test_a_closed_source_lets_nothing_go() -> None:
    inputs = site(particles=1000)
    state = run(inputs, 2)
    for _ in range(4):
        engine.step(state, inputs, Controls(source_open={"spill": False}))
    assert state.living == 500
    assert state.released.sum() == pytest.approx(5e4, rel=1e-6)


@pytest.mark.parametrize("shape", ["line", "polygon"])
def test_particles_lie_within_the_shape_of_their_release(shape: str) -> None:
    ring = np.array([[0.0, 0.0], [1000.0, 0.0], [1000.0, 500.0], [0.0, 500.0]])
    inputs = site(release=at_once(shape=shape, vertices=ring if shape == "polygon" else ring[:2]), particles=500)
    pool = engine.start(inputs).pool
    assert pool.x[:500].min() >= 0.0
    assert pool.x[:500].max() <= 1000.0
    assert pool.x[:500].std() == pytest.approx(1000.0 / np.sqrt(12), rel=0.1)
    assert (pool.y[:500].max() <= 500.0) if shape == "polygon" else np.all(pool.y[:500] == 0.0)


def test_a_particle_cannot_jump_over_a_spit() -> None:
    """A spit one cell (500 m) wide, and 1.8 km a step."""
    spit = np.zeros((CELLS, CELLS), bool)
    spit[:, CELLS // 2 + 2] = True
    inputs = site(
        constant("current", 2.0, 0.0), terrain=sea(spit), release=at_once(), particles=200, horizontal_diffusivity=0.0
    )
    state = run(inputs, 4)
    x = state.pool.x[:200]
    assert x.max() <= 500.0 * 2 + 1e-3
    assert state.counts[Status.ASHORE] > 0
    assert state.counts[Status.LEFT_DOMAIN] == 0


def test_oil_ashore_lies_at_the_edge_and_is_counted_by_segment() -> None:
    inputs = site(terrain=sea(shore_east(4)), release=at_once(), particles=400)
    state = run(inputs, 24)
    frame = engine.frame_of(state, inputs)
    assert frame.budget[Owner.ASHORE] > 0.0
    assert frame.shore_oil.sum() == pytest.approx(frame.budget[Owner.ASHORE], rel=1e-9)
    ashore = frame.status == Status.ASHORE
    assert np.all(frame.x[ashore] > 2000.0 - 10.0)


def test_a_full_shore_takes_no_more() -> None:
    """0.02 m of sand: 17 mm over 500 m of shore holds some 150 kg; a particle is 50 kg."""
    inputs = site(
        terrain=sea(shore_east(4), width=0.02),
        release=at_once(),
        particles=2000,
        processes=frozenset(("stranding", "wind_drift")),
    )
    state = run(inputs, 24)
    shore = engine.frame_of(state, inputs).shore_oil
    assert shore.max() <= 25e-3 * 500 * 0.02 * 1000 + 50.0
    assert state.counts[Status.AFLOAT] > 0


def test_what_crosses_the_edge_has_left() -> None:
    inputs = site(constant("current", 5.0, 0.0), release=at_once(), particles=50)
    state = run(inputs, 12)
    assert state.counts[Status.LEFT_DOMAIN] == 50
    assert engine.budget(state)[Owner.LEFT_DOMAIN] > 0.0


def test_calm_water_takes_nothing_down() -> None:
    state = run(site(constant("wind", 2.0, 0.0), release=at_once(), particles=200), 8)
    assert state.counts[Status.SUBMERGED] == 0


def test_oil_heavier_than_the_water_reaches_the_bed() -> None:
    inputs = site(constant("salinity", 0.0), density=1010.0, terrain=sea(depth=4.0), release=at_once(), particles=100)
    state = run(inputs, 8)
    assert state.counts[Status.AFLOAT] + state.counts[Status.OVERWASHED] == 0
    assert state.counts[Status.ON_BED] > 70  # the rest went under as fine droplets and still sinks


def test_members_share_no_noise_and_no_shore() -> None:
    inputs = site(release=at_once(), particles=100, members=2)
    state = run(inputs, 4)
    a, b = (np.sort(state.pool.x[: state.living][state.pool.member[: state.living] == m]) for m in (0, 1))
    assert a.size == b.size == 100
    assert not np.any(a == b)


def test_another_site_draws_other_noise() -> None:
    inputs = site(release=at_once(radius=500.0), particles=50)
    assert not np.array_equal(engine.start(inputs, 0).pool.x, engine.start(inputs, 1).pool.x)


def test_an_unknown_process_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(ValueError, match=r"unknown processes \['magic'\]; expected some of"):
        site(processes=frozenset(("magic",)))


def test_slices_are_whole_blocks() -> None:
    slices = driver.cut(100_001, 4)
    assert len(slices) == 3  # a fourth would not be worth a thread
    assert slices[0][0] == 0
    assert slices[-1][1] == 100_001
    assert all(low % 512 == 0 for low, _ in slices)


def test_absent_fields_are_said() -> None:
    release = Release("r", 0, 1.0, 0.0, 0.0, "point", np.zeros((1, 2)))
    inputs = site(release=release, particles=1)
    bare = engine.SiteInputs("bare", inputs.terrain, {}, (release,), inputs.oils, inputs.tables, inputs.numerics)
    words = " ".join(engine.start(bare).notes)
    assert all(name in words for name in ("current", "wind", "water_temperature", "salinity", "sedimentation", "waves"))


def test_the_pool_is_lean() -> None:
    state = engine.start(site(particles=51_200))
    assert sum(column.nbytes for column in state.columns) <= 70 * 51_200


HOT = (
    motion.draw,
    motion.drift_wind,
    motion.walk,
    seas.estimate_waves,
    weather.spread,
    weather.dissolve,
    weather.emulsify,
    weather.settle_with_silt,
)


@pytest.mark.slow
@pytest.mark.parametrize("hot", HOT, ids=lambda hot: hot.py_func.__name__)
def test_hot_passes_compute_in_float32_and_in_wide_registers(hot) -> None:
    """numba turns a stray literal or an int32 sum into float64 without a word: such a pass would be twice as slow."""
    inputs = site(release=at_once(), particles=1)
    state = engine.start(inputs)
    scene = driver.with_scratch(driver.workshop_of(state, inputs).scene)
    hot.compile((types.int64, types.int64, typeof(scene)))  # passes have no wrapper by which Python could call them
    code = "\n".join(hot.inspect_asm().values())
    assert len(re.findall(r"\bv?(?:add|sub|mul|div|fn?m(?:add|sub)\d*)[sp]d\b", code)) == 0
    assert len(re.findall(r"\bv?(?:add|sub|mul|div|fn?m(?:add|sub)\d*)ps\b", code)) > 0
