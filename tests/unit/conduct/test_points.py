"""The oil as points for a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from small_sea import at_once, site

from khazri.conduct.points import CELL, HEADER, RECORD, encode, film_about, sample
from khazri.engine import Status, start, step


def after(steps: int, **changes: object):
    inputs = site(release=at_once(radius=400.0), particles=3_000, dt=60.0, **changes)
    state = start(inputs, 0)
    for _ in range(steps):
        step(state, inputs)
    return inputs, state


def decoded(frame: bytes) -> tuple[tuple[object, ...], np.ndarray]:
    return HEADER.unpack_from(frame), np.frombuffer(frame, RECORD, offset=HEADER.size)


def test_points_lie_where_the_particles_do() -> None:
    inputs, state = after(30)
    (magic, at, time, west, south, east, north, count), points = decoded(encode(state, inputs))
    assert (magic, at, time, count) == (b"KHZ1", 30, 1800.0, state.living)
    longitude, latitude = inputs.terrain.plane.to_geographic(state.pool.x[: state.living], state.pool.y[: state.living])
    assert west + points["x"] / 65_535 * (east - west) == pytest.approx(longitude, abs=1e-5)
    assert south + points["y"] / 65_535 * (north - south) == pytest.approx(latitude, abs=1e-5)
    assert np.array_equal(points["status"], state.pool.status[: state.living])


def test_the_film_of_the_cells_is_all_the_floating_oil() -> None:
    _, state = after(30)
    film, pool, n = film_about(state), state.pool, state.living
    floating = pool.status[:n] == Status.AFLOAT
    volume = (pool.mass[:n] / (1 - pool.water[:n]) / pool.density[:n])[floating].sum(dtype=np.float64)
    cells = {
        (x, y): f
        for x, y, f in zip(np.floor(pool.x[:n] / CELL), np.floor(pool.y[:n] / CELL), film, strict=True)
        if f > 0
    }
    assert sum(cells.values()) * CELL**2 == pytest.approx(volume, rel=1e-5)
    assert (film[~floating] == 0.0).all()


def test_thick_and_thin_oil_have_codes_of_their_own() -> None:
    inputs, state = after(240)
    codes = decoded(encode(state, inputs))[1]["code"]
    assert len(set(codes.tolist())) > 2


def test_a_sample_takes_heavy_ones_surely_and_no_more_than_asked() -> None:
    mass = np.ones(50_000)
    mass[::1000] = 1e4
    chosen = sample(np.arange(50_000), mass, 2_000)
    assert chosen.size <= 2_000
    assert set(range(0, 50_000, 1000)) <= set(chosen.tolist())


def test_an_empty_sea_has_an_empty_frame() -> None:
    inputs, state = after(0)
    state.living = 0
    assert decoded(encode(state, inputs))[0][-1] == 0
