"""The engine against closed forms: currents with known paths, turbulence with known variance, a well-mixed column."""

from __future__ import annotations

import numpy as np
import pytest
from small_sea import at_once, constant, gridded, sea, site

from khazri import engine
from khazri.engine import Numerics, SiteInputs, Status

TURN = 2.0 * np.pi / 43_200.0  # [rad s-1] once in twelve hours
CALM = constant("wind", 0.0, 0.0)


def drift(inputs: SiteInputs, hours: float) -> tuple[float, float]:
    state = engine.start(inputs)
    for _ in range(round(hours * 3600 / inputs.numerics.dt)):
        engine.step(state, inputs)
    return float(state.pool.x[0]), float(state.pool.y[0])


def alone(current, dt: float, scheme: str, start: tuple[float, float]) -> SiteInputs:
    release = at_once(vertices=np.array([start]))
    return site(CALM, current, release=release, particles=1, dt=dt, advection=scheme, processes=frozenset())


@pytest.mark.parametrize(("scheme", "order"), [("euler", 1), ("rk2", 2), ("rk4", 4)])
def test_solid_rotation_closes_its_circle_with_the_order_of_the_scheme(scheme: str, order: int, accuracy) -> None:
    current = gridded("current", lambda x, y, t: (-TURN * y, TURN * x))
    steps = (3600.0, 1800.0) if scheme != "rk4" else (7200.0, 3600.0)
    errors = [
        np.hypot(*np.subtract(drift(alone(current, dt, scheme, (10_000.0, 0.0)), 6.0), (-10_000.0, 0.0)))
        for dt in steps
    ]
    found = np.log2(errors[0] / errors[1])
    expected = order
    accuracy(
        quantity=f"order of {scheme} in solid rotation", ours=round(found, 2), expected=expected, source="closed form: a circle",
        tolerance="0.35: two steps of finite size; the map factor adds 6e-7",
    )  # fmt: skip
    assert found == pytest.approx(expected, abs=0.35)


@pytest.mark.parametrize(("scheme", "order"), [("rk2", 2), ("rk4", 4)])
def test_a_decaying_swirl_is_followed_with_the_order_of_the_scheme(scheme: str, order: int, accuracy) -> None:
    """u = a exp(-t/T) turning with time: x(t) is known. Given every dt/2, so that blending in time adds no error."""
    speed, decay, spin = 0.5, 86_400.0, 2.0 * np.pi / 57_600.0
    rate = complex(-1.0 / decay, spin)
    end = 8 * 3600.0
    truth = speed * (np.exp(rate * end) - 1.0) / rate

    def error(dt: float) -> float:
        times = np.arange(0.0, end + dt, dt / 2.0)
        flow = speed * np.exp(rate * times)
        values = np.stack([flow.real, flow.imag], axis=-1).reshape(-1, 1, 1, 2)
        from khazri.engine import Field
        from khazri.geo.grid import Grid

        current = Field(
            "current", Grid(-6e4, -6e4, 1.2e5, 2, 2), times, np.tile(values, (1, 2, 2, 1)).astype(np.float32), "test"
        )
        x, y = drift(alone(current, dt, scheme, (0.0, 0.0)), 8.0)
        return abs(complex(x, y) - truth)

    steps = (7200.0, 3600.0) if scheme == "rk2" else (14_400.0, 7200.0)
    found = np.log2(error(steps[0]) / error(steps[1]))
    accuracy(
        quantity=f"order of {scheme} in a decaying swirl", ours=round(found, 2), expected=order, source="closed form",
        tolerance="0.35: two steps of finite size",
    )  # fmt: skip
    assert found == pytest.approx(order, abs=0.35)


def test_turbulence_spreads_with_twice_the_diffusivity(accuracy) -> None:
    inputs = site(
        CALM, constant("current", 0.0, 0.0), release=at_once(), particles=20_000, processes=frozenset(("diffusion",)),
        horizontal_diffusivity=5.0,
    )  # fmt: skip
    state = engine.start(inputs)
    for _ in range(24):
        engine.step(state, inputs)
    expected = 2.0 * 5.0 * 24 * 900.0
    for name in ("x", "y"):
        variance = float(np.var(getattr(state.pool, name)[:20_000]))
        accuracy(
            quantity=f"variance of {name} after 6 h, D = 5 m2/s [m2]", ours=variance, expected=expected, source="2 D t",
            tolerance="4 %: four standard errors of 20,000 particles",
        )  # fmt: skip
        assert variance == pytest.approx(expected, rel=0.04)


def test_neutral_droplets_stay_well_mixed_over_an_uneven_diffusivity(accuracy) -> None:
    inputs = site(
        constant("current", 0.0, 0.0), terrain=sea(depth=10.0), release=at_once(depth=5.0), particles=20_000,
        processes=frozenset(("vertical_mixing",)), vertical_substeps=30,
    )  # fmt: skip
    state = engine.start(inputs)
    n = state.living
    state.pool.z[:n] = -10.0 * (np.arange(n) + 0.5) / n
    state.pool.diameter[:n] = 1e-6  # rises by less than a micrometre a second
    for _ in range(24):
        engine.step(state, inputs)
    below = state.pool.status[:n] == Status.SUBMERGED
    share, _ = np.histogram(-state.pool.z[:n][below], bins=10, range=(0.0, 10.0))
    worst = float(np.abs(share / (below.sum() / 10) - 1.0).max())
    accuracy(
        quantity="largest departure from an even column after 6 h [1]", ours=worst, expected=0.0,
        source="well-mixed condition (Visser 1997)", tolerance="0.09: four standard errors of 2,000 particles a layer",
    )  # fmt: skip
    assert below.mean() > 0.99
    assert worst < 0.09


def test_a_resting_particle_obeys_the_wind_factor(accuracy) -> None:
    """Ruling 2: Stokes drift and the wind's own part are together 3 % of the wind."""
    inputs = site(
        constant("wind", 0.0, 10.0), constant("current", 0.0, 0.0), release=at_once(), particles=1,
        processes=frozenset(("wind_drift",)), dt=900.0,
    )  # fmt: skip
    x, y = drift(inputs, 4.0)
    speed = np.hypot(x, y) / (4 * 3600.0)
    accuracy(
        quantity="drift in 10 m/s of wind [m/s]",
        ours=speed,
        expected=0.3,
        source="3 % (ruling 2)",
        tolerance="0.1 %: map factor, float32",
    )
    assert speed == pytest.approx(0.3, rel=1e-3)
    assert x > 0.0  # to the right in the north
    assert Numerics().wind_factor == 0.03
