"""What the steps of the sea promise: volume, depth, refusal of beds that do not fit; and its slow formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khazri.sea import Bed, Push, Scheme, advance, no_push, stable_step, still
from khazri.sea.kernels.renew import cube_root

SHAPE = (18, 24)


def rough_bed(seed: int, *, manning: float = 0.03) -> Bed:
    noise = np.random.Generator(np.random.PCG64(seed))
    height = noise.uniform(-6.0, 1.5, SHAPE)
    wall = noise.uniform(0.0, 1.0, SHAPE) < 0.15
    return Bed(3e3, height, np.full(SHAPE, manning, np.float32), np.full(SHAPE[0], 1e-4, np.float32), wall)


@given(seed=st.integers(0, 10_000), wind=st.floats(-6.0, 6.0), level=st.floats(-2.0, 1.0))
def test_volume_is_kept_and_no_depth_is_negative_under_any_wind(seed: int, wind: float, level: float) -> None:
    bed = rough_bed(seed)
    calm = np.zeros(SHAPE, np.float32)
    sea = still(bed, level)
    before = sea.volume
    advance(sea, Push(calm + np.float32(wind), calm - np.float32(0.5 * wind), calm, calm), 6 * 3600.0)
    assert sea.volume == pytest.approx(before, rel=1e-10)
    assert float((sea.level - bed.height)[~bed.wall].min()) >= -1e-12  # rounding of a double
    assert np.isfinite(sea.u).all()
    assert np.isfinite(sea.v).all()


def test_a_river_adds_what_it_brings() -> None:
    bed = rough_bed(3)
    calm = np.zeros(SHAPE, np.float32)
    source = calm.copy()
    source[9, 12] = 1e-4
    sea = still(bed, 1.0)
    before = sea.volume
    advance(sea, Push(calm, calm, calm, source), 3600.0)
    assert sea.volume - before == pytest.approx(float(source[9, 12]) * 3600.0 * 9e6, rel=1e-6)


def test_going_on_in_two_pieces_equals_one() -> None:
    bed = rough_bed(5)
    calm = np.zeros(SHAPE, np.float32)
    push = Push(calm + np.float32(0.3), calm, calm, calm)
    scheme = Scheme(renewed=600.0, dt=100.0)
    once, twice = still(bed, 0.0, scheme), still(bed, 0.0, scheme)
    advance(once, push, 7200.0)
    advance(advance(twice, push, 3600.0), push, 3600.0)
    assert np.array_equal(once.level, twice.level)
    assert np.array_equal(once.u, twice.u)


def test_low_pressure_lifts_the_sea_beneath_it() -> None:
    bed = Bed(
        5e3,
        np.full((3, 40), -10.0),
        np.full((3, 40), 0.05, np.float32),
        np.zeros(3, np.float32),
        np.zeros((3, 40), bool),
    )
    calm = np.zeros((3, 40), np.float32)
    pressure = np.tile(np.linspace(101_000.0, 99_000.0, 40, dtype=np.float32), (3, 1))
    sea = advance(still(bed, 0.0, Scheme(density=1000.0)), Push(calm, calm, pressure, calm), 20 * 86_400.0)
    assert float(sea.level[1, -1] - sea.level[1, 0]) == pytest.approx(2000.0 / 9810.0, rel=0.01)  # 1 cm a hectopascal


def test_a_longer_step_than_the_stable_one_is_shortened() -> None:
    bed = rough_bed(7)
    sea = still(bed, 0.0, Scheme(dt=1e6))
    assert stable_step(sea) < 600.0
    advance(sea, no_push(bed), 7200.0)
    assert float(np.abs(sea.u).max()) < 1e-10


@given(x=st.floats(0.01, 2000.0))
def test_cube_roots_of_depths(x: float) -> None:
    assert float(cube_root(np.float32(x))) == pytest.approx(x ** (1.0 / 3.0), rel=1e-3)


def test_beds_that_do_not_fit_are_refused() -> None:
    flat = np.zeros(SHAPE)
    wall = np.zeros(SHAPE, bool)
    with pytest.raises(ValueError, match=r"bed: manning is \(2, 2\); expected the shape of the bed, \(18, 24\)"):
        Bed(1e3, flat, np.zeros((2, 2), np.float32), np.zeros(18, np.float32), wall)
    hole = flat.copy()
    hole[3, 3] = np.nan
    with pytest.raises(ValueError, match="bed: 1 cells have no height; expected all"):
        Bed(1e3, hole, np.zeros(SHAPE, np.float32), np.zeros(18, np.float32), wall)
