"""Laws of weathering: exact in the step, within bounds, independent of how many particles carry the oil."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khazri.physics import biodegradation, dissolution, emulsion, evaporation, overwash, sedimentation, spreading

Step = Callable[[float, float], float]  # (state, dt) -> state

WINDS = st.floats(0.0, 30.0)
STEPS = st.floats(1.0, 86_400.0)


def assert_two_half_steps_equal_one(step: Step, state: float, dt: float) -> None:
    """Exact solutions differ by rounding only."""
    assert step(step(state, dt / 2), dt / 2) == pytest.approx(step(state, dt), rel=1e-10, abs=1e-13)


@given(area=st.floats(1.0, 1e6), volume=st.floats(0.01, 1e5), dt=STEPS, least=st.floats(1e-5, 1e-4))
def test_spreading_two_half_steps_equal_one(area: float, volume: float, dt: float, least: float) -> None:
    def step(a: float, t: float) -> float:
        return float(spreading.fay_area_after(a, t, volume, 0.1, 1e-6, least))

    assert_two_half_steps_equal_one(step, area, dt)


@given(water=st.floats(0.0, 0.9), wind=WINDS, dt=STEPS, most=st.floats(0.05, 0.9), kind=st.integers(0, 3))
def test_eley_two_half_steps_equal_one(water: float, wind: float, dt: float, most: float, kind: int) -> None:
    """From below the most water and from above it, where a step may pass through it."""
    rate = emulsion.break_up_rate(kind)

    def step(y: float, t: float) -> float:
        return float(emulsion.eley_water(y, wind, t, most, rate))

    assert_two_half_steps_equal_one(step, water, dt)


@given(water=st.floats(0.0, 0.7), wind=WINDS, dt=STEPS)
def test_mackay_two_half_steps_equal_one(water: float, wind: float, dt: float) -> None:
    def step(y: float, t: float) -> float:
        return float(emulsion.mackay_water(y, wind, t, 0.7, 1.6e-6))

    assert_two_half_steps_equal_one(step, water, dt)


@given(water=st.floats(0.0, 0.7), height=st.floats(0.0, 5.0), dt=STEPS)
def test_lehr_two_half_steps_equal_one(water: float, height: float, dt: float) -> None:
    def step(y: float, t: float) -> float:
        return float(emulsion.lehr_water(y, height, t, 0.7, 1e-6))

    assert_two_half_steps_equal_one(step, water, dt)


@given(fraction=st.floats(0.0, 0.4), dt=STEPS)
def test_stiver_mackay_two_half_steps_equal_one(fraction: float, dt: float) -> None:
    def step(f: float, t: float) -> float:
        return float(evaporation.stiver_mackay(f, 0.01 * t, 330.0, 500.0, 288.15))

    assert_two_half_steps_equal_one(step, fraction, dt)


@pytest.mark.parametrize("remaining", [biodegradation.remaining, dissolution.remaining, sedimentation.remaining])
@given(mass=st.floats(0.0, 1e6), rate=st.floats(0.0, 1e-2), dt=STEPS)
def test_first_order_two_half_steps_equal_one(
    remaining: Callable[..., float], mass: float, rate: float, dt: float
) -> None:
    assert_two_half_steps_equal_one(lambda m, t: float(remaining(m, rate, t)), mass, dt)


@given(share=st.floats(0.0, 1.0), under=st.floats(0.0, 0.1), up=st.floats(0.0, 0.1), dt=STEPS)
def test_overwashed_two_half_steps_equal_one(share: float, under: float, up: float, dt: float) -> None:
    assert_two_half_steps_equal_one(lambda s, t: float(overwash.share_after(s, under, up, t)), share, dt)


@given(diameter=st.floats(1e-6, 1e-2), dt=STEPS)
def test_surface_loss_two_half_steps_equal_one(diameter: float, dt: float) -> None:
    def step(d: float, t: float) -> float:
        return float(biodegradation.droplet_diameter_after(d, 1e-8, 870.0, t))

    assert_two_half_steps_equal_one(step, diameter, dt)


@given(water=st.floats(0.0, 0.95), wind=WINDS, dt=STEPS, most=st.floats(0.0, 0.95), kind=st.integers(0, 3))
def test_water_never_passes_the_most(water: float, wind: float, dt: float, most: float, kind: int) -> None:
    after = emulsion.eley_water(water, wind, dt, most, emulsion.break_up_rate(kind))
    assert 0.0 <= after <= max(water, most) + 1e-6


@given(area=st.floats(1.0, 1e6), volume=st.floats(0.01, 1e5), dt=STEPS)
def test_a_patch_never_shrinks(area: float, volume: float, dt: float) -> None:
    assert spreading.fay_area_after(area, dt, volume, 0.1, 1e-6, 1e-5) >= area * (1 - 1e-12)


@given(count=st.integers(1, 100_000), mass=st.floats(1.0, 1e8), left=st.floats(0.01, 1.0))
def test_thickness_does_not_depend_on_the_number_of_particles(count: int, mass: float, left: float) -> None:
    """A particle brings only the share that is left of it; the volume and the area are those of its patch."""
    volume = mass / 850.0
    area = spreading.fay_area_after(spreading.fay_initial_area(volume, 0.15, 1e-6), 3600.0, volume, 0.15, 1e-6, 1e-5)
    released = mass / count
    one_of_many = spreading.film_thickness(volume, (released * left) / released, area, 1.0)
    assert one_of_many == pytest.approx(spreading.film_thickness(volume, left, area, 1.0), rel=1e-12)


# a crude in eight cuts: mass fractions, boiling points [K], molar masses [kg mol-1]
FRACTIONS = np.array([0.05, 0.10, 0.12, 0.13, 0.15, 0.15, 0.15, 0.15])
BOILING = np.array([330.0, 380.0, 430.0, 480.0, 540.0, 600.0, 680.0, 900.0])
MOLAR = np.array([0.078, 0.098, 0.122, 0.150, 0.190, 0.240, 0.320, 0.600])


def curve(temperature: float, thetas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Evaporated fraction and exposure along theta."""
    pairs = zip(BOILING, MOLAR, strict=True)
    c = np.array([evaporation.decay_coefficient(b, m, temperature) for b, m in pairs])
    left = [sum(evaporation.component_decay(f, k, t) for f, k in zip(FRACTIONS, c, strict=True)) for t in thetas]
    parts = list(zip(FRACTIONS / MOLAR, c, strict=True))
    exposure = [sum(evaporation.component_exposure(n, k, t) for n, k in parts) for t in thetas]
    return 1.0 - np.array(left), np.array(exposure)


@settings(max_examples=15, deadline=None)
@given(wind=st.floats(1.0, 20.0), temperature=st.floats(265.0, 305.0), area=st.floats(0.01, 10.0))
def test_clock_equals_the_coupled_system(wind: float, temperature: float, area: float) -> None:
    """F read from the exposure clock equals the coupled equations of all components, integrated in small steps."""
    from scipy.integrate import solve_ivp

    transfer = np.array([evaporation.transfer_velocity(wind, 500.0, m) for m in MOLAR])
    pressure = np.array([evaporation.vapour_pressure(b, temperature) for b in BOILING])

    def pace(_: float, mass: np.ndarray) -> np.ndarray:
        return -area * transfer * pressure * mass / (8.31446 * temperature * np.sum(mass / MOLAR))

    end = 6 * 3600.0
    solved = solve_ivp(pace, (0.0, end), FRACTIONS, method="LSODA", rtol=1e-9, atol=1e-12)
    fraction, exposure = curve(temperature, np.geomspace(1e-9, 1e3, 3000))
    reached = evaporation.exposure_rate(wind, 500.0, area, 0.0, temperature) * end
    assert np.interp(reached, exposure, fraction) == pytest.approx(
        1.0 - solved.y[:, -1].sum(), abs=1e-4
    )  # linear look-up


@given(cold=st.floats(265.0, 285.0), warmer=st.floats(1.0, 30.0), fraction=st.floats(0.01, 0.3))
@settings(max_examples=15, deadline=None)
def test_warm_oil_needs_less_exposure(cold: float, warmer: float, fraction: float) -> None:
    thetas = np.geomspace(1e-9, 1e4, 400)
    needed = []
    for temperature in (cold, cold + warmer):
        evaporated, exposure = curve(temperature, thetas)
        needed.append(np.interp(fraction, evaporated, exposure))
    assert needed[1] < needed[0]


SINGLES = {
    "area": lambda f: spreading.fay_area_after(f(1e5), f(900), f(1000), f(0.1), f(1e-6), f(1e-5)),
    "thick": lambda f: spreading.thick_fraction(f(1e-3), f(10), f(0.1)),
    "least": lambda f: spreading.minimum_thickness(f(1e-5)),
    "vapour": lambda f: evaporation.vapour_pressure(f(380), f(288.15)),
    "pace": lambda f: evaporation.exposure_rate(f(7), f(500), f(1), f(0.2), f(288.15)),
    "eley": lambda f: emulsion.eley_water(f(0.3), f(7), f(900), f(0.8), f(1e-6)),
    "mackay": lambda f: emulsion.mackay_water(f(0.3), f(7), f(900), f(0.8), f(1.6e-6)),
}


@pytest.mark.parametrize("name", SINGLES)
def test_float32_agrees_with_float64(name: str) -> None:
    assert SINGLES[name](np.float32) == pytest.approx(SINGLES[name](float), rel=3e-6)
