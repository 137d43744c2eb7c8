"""Waves, drift, mixing and rising against closed forms and published figures."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numba import njit
from scipy.integrate import quad

from khazri.physics import diffusion, ice, mixing, shore, stokes, waves
from khazri.physics.rise import rise_velocity

Accuracy = Callable[..., None]
DEPTH, WIND = 4.0, 15.0


def test_waves_of_twelve_metres_a_second_over_four_metres(accuracy: Accuracy) -> None:
    """d = 9.81*4/144 = 0.2725, tanh(0.493 d^0.75) = 0.1838, E = 3.64e-3 * 0.1838^1.74 U^4/g^2 = 0.0412 m2."""
    ours = waves.significant_height(12.0, 1e7, 4.0)
    accuracy(
        quantity="Hs, 12 m/s over 4 m of water, no limit of fetch [m]",
        ours=round(ours, 3),
        expected=0.812,
        source="Young and Verhagen 1996, by hand",
        tolerance="0.5 %: the figure is rounded",
    )
    assert ours == pytest.approx(0.812, rel=5e-3)


def test_height_of_a_full_sea(accuracy: Accuracy) -> None:
    ours = waves.significant_height(12.0, 1e8, 1e4)
    accuracy(
        quantity="Hs of a full sea, 12 m/s [m]",
        ours=round(ours, 3),
        expected=round(0.22 * 144 / 9.81, 3),
        source="Pierson and Moskowitz 1964: 0.22 U^2/g",
        tolerance="12 %: another fit; the limit of Young and Verhagen is 0.241 U^2/g",
    )
    assert ours == pytest.approx(0.22 * 144 / 9.81, rel=0.12)


def test_the_period_of_a_full_sea(accuracy: Accuracy) -> None:
    ours = waves.peak_period(12.0, 1e8, 1e4)
    accuracy(
        quantity="Peak period of a full sea, 12 m/s [s]",
        ours=round(ours, 3),
        expected=9.0,
        source="Pierson and Moskowitz 1964: Tp = 0.75 U",
        tolerance="5 %: another fit; the limit of Young and Verhagen is U/(0.133 g)",
    )
    assert ours == pytest.approx(12 / (0.133 * 9.81), rel=1e-3)
    assert ours == pytest.approx(9.0, rel=0.05)


@pytest.mark.parametrize(
    ("name", "tolerance"), [("stokes_profile", 1e-4), ("stokes_monochromatic", 1e-4), ("stokes_exponential_integral", 6e-3)]
)  # fmt: skip
def test_every_profile_carries_the_transport(accuracy: Accuracy, name: str, tolerance: float) -> None:
    profile = getattr(stokes, name)
    found, _ = quad(lambda x: profile(0.12, 1.5, 6.0, -(x**2)) * 2 * x, 0, 40, limit=400)  # z = -x^2: steep at the top
    expected = 2 * math.pi / (0.7718 * 6.0) * 1.5**2 / 16
    accuracy(
        quantity=f"Volume carried by {name}, Hs 1.5 m, Tp 6 s [m2/s]",
        ours=float(f"{found:.5f}"),
        expected=float(f"{expected:.5f}"),
        source="Breivik et al. 2014: 2 pi Hs^2 / (16 Tm01), integrated over the column",
        tolerance=f"{tolerance:.2%}: " + ("its wave number is a rounded third" if tolerance > 1e-3 else "quadrature"),
    )
    assert found == pytest.approx(expected, rel=tolerance)


def terminal_velocity_of_clift(d: float, oil: float, water: float, viscosity: float, tension: float) -> float:
    """Clift, Grace and Weber (1978): spheres, table 5.3; deformed drops, chapter 7 (Grace); caps, chapter 8."""
    difference, gravity = water - oil, 9.81
    best = 4 * water * difference * gravity * d**3 / (3 * viscosity**2)
    w = math.log10(best)
    if best <= 73:
        re = best / 24 - 1.7569e-4 * best**2 + 6.9252e-7 * best**3 - 2.3027e-10 * best**4
    elif best <= 580:
        re = 10 ** (-1.7095 + 1.33438 * w - 0.11591 * w**2)
    else:
        re = 10 ** (-1.81391 + 1.34671 * w - 0.12427 * w**2 + 0.006344 * w**3)
    if d < 1.5e-3:
        return re * viscosity / (water * d)
    eotvos = gravity * difference * d**2 / tension
    if eotvos > 40:
        return 0.711 * math.sqrt(gravity * d * difference / water)
    morton = gravity * viscosity**4 * difference / (water**2 * tension**3)
    h = 4 / 3 * eotvos * morton**-0.149 * (viscosity / 9e-4) ** -0.14
    j = 0.94 * h**0.757 if h <= 59.3 else 3.42 * h**0.441
    return viscosity / (water * d) * morton**-0.149 * (j - 0.857)


@pytest.mark.parametrize("oil", [850.0, 920.0])
@pytest.mark.parametrize("millimetres", [0.01, 0.03, 0.1, 0.3, 0.6, 1.2, 2.0, 3.0, 5.0, 8.0, 15.0, 20.0])
def test_terminal_velocities_of_clift(accuracy: Accuracy, oil: float, millimetres: float) -> None:
    expected = terminal_velocity_of_clift(millimetres * 1e-3, oil, 1010.0, 1.2e-3, 0.025)
    bound = 0.22 if millimetres > 15 else 0.15
    ours = rise_velocity(millimetres * 1e-3, oil, 1010.0, 1.2e-3)
    accuracy(
        quantity=f"Rise of a droplet of {millimetres:g} mm, oil of {oil:g} kg/m3 [mm/s]",
        ours=float(f"{1e3 * ours:.3g}"),
        expected=float(f"{1e3 * expected:.3g}"),
        source="Clift, Grace and Weber 1978 (correlations from memory, as in secondary sources)",
        tolerance=f"{bound:.0%}: one formula for three regimes, one tension",
    )
    assert ours == pytest.approx(expected, rel=bound)


def test_variance_of_a_walk_grows_by_two_d_t(accuracy: Accuracy) -> None:
    count, steps, dt, diffusivity = 50_000, 48, 900.0, 2.0
    noise = np.random.default_rng(3)
    x = np.zeros(count)
    for _ in range(steps):
        x += diffusion.walk_scale(diffusivity, dt) * noise.standard_normal(count)
    expected = 2 * diffusivity * steps * dt
    accuracy(
        quantity="Variance of a walk along one axis, 2 m2/s, 12 h [m2]",
        ours=round(float(x.var())),
        expected=round(expected),
        source="Einstein 1905: 2 D t",
        tolerance="2.5 %: four errors of 50,000 draws",
    )
    assert x.var() == pytest.approx(expected, rel=4 * math.sqrt(2 / count))


def test_okubo_of_a_kilometre(accuracy: Accuracy) -> None:
    ours = diffusion.okubo(1000.0)
    accuracy(
        quantity="Okubo diffusivity of a patch of 1 km [m2/s]",
        ours=round(ours, 4),
        expected=0.5792,
        source="Okubo 1971: 0.0103 (1e5 cm)^1.15 = 5792 cm2/s",
        tolerance="0.01 %: rounding",
    )
    assert ours == pytest.approx(0.5792, rel=1e-4)


@njit
def walk_column(z, steps, dt, depth, wind, seed, with_gradient):
    np.random.seed(seed)  # noqa: NPY002 (numba has this one)
    for i in range(z.size):
        for _ in range(steps):
            _, gradient = mixing.diffusivity_and_gradient(z[i], wind, depth, 30.0)
            gradient = gradient if with_gradient else 0.0
            place = mixing.reflect(z[i] + 0.5 * gradient * dt, depth)
            shifted, _ = mixing.diffusivity_and_gradient(place, wind, depth, 30.0)
            noise = math.sqrt(3.0) * (2.0 * np.random.random() - 1.0)  # noqa: NPY002
            z[i] = mixing.reflect(mixing.visser_step(z[i], gradient, shifted, dt, noise), depth)


def shares_of_layers(dt: float, depth: float, *, with_gradient: bool = True) -> np.ndarray:
    """Of an even start, what twenty layers hold after some four hours, over the even share; sd 2 %."""
    count, layers = 50_000, 20
    z = -depth * (np.arange(count) + 0.5) / count
    walk_column(z, int(15_000 / dt), dt, depth, WIND, 1, with_gradient)
    return np.histogram(z, layers, (-depth, 0.0))[0] * layers / count


@pytest.mark.parametrize(
    ("depth", "dt", "bound"), [(4.0, 4.0, 0.08), (2.0, 60.0, 0.22), (4.0, 60.0, 0.18), (20.0, 60.0, 0.10)]
)
def test_an_even_column_stays_even(accuracy: Accuracy, depth: float, dt: float, bound: float) -> None:
    shares = shares_of_layers(dt, depth)
    worst = float(np.abs(shares - 1).max())
    accuracy(
        quantity=f"Even column of {depth:g} m, 15 m/s, steps of {dt:g} s: worst of 20 layers [1]",
        ours=round(worst, 3),
        expected=0,
        source="Visser 1997: an even column stays even",
        tolerance=f"{bound:g}: four errors of the count (0.08), and what the length of the step costs",
    )
    assert worst < bound


def test_without_the_gradient_a_column_gathers_at_the_bed(accuracy: Accuracy) -> None:
    shares = shares_of_layers(10.0, DEPTH, with_gradient=False)
    accuracy(
        quantity="The same without the gradient, 4 m, steps of 10 s: the lowest layer [1]",
        ours=round(float(shares[0]), 2),
        expected="above 1.5 (a naive walk is wrong)",
        source="Visser 1997: it gathers where K is small",
        tolerance="a counter-example",
    )
    assert shares[0] > 1.5
    assert shares[-1] < 0.8


def test_a_step_has_the_exact_variance_of_a_linear_profile(accuracy: Accuracy) -> None:
    """For K = K0 + b z the variance after dt is 2 K dt + b^2 dt^2; K at z, not at z + b dt/2, leaves out the second term."""
    k, b, dt = 1e-3, 1e-3, 5.0
    points = math.sqrt(3.0) * (2 * (np.arange(10_000) + 0.5) / 10_000 - 1)
    after = np.array([mixing.visser_step(-2.0, b, k + b * (0.5 * b * dt), dt, n) for n in points])
    naive = np.array([mixing.visser_step(-2.0, b, k, dt, n) for n in points])
    expected = 2 * k * dt + b**2 * dt**2
    accuracy(
        quantity="Variance of one step in a linear profile [m2]",
        ours=float(f"{after.var():.6g}"),
        expected=float(f"{expected:.6g}"),
        source="moments of the diffusion equation: 2 K dt + K'^2 dt^2",
        tolerance="1e-6: rounding",
    )
    assert after.var() == pytest.approx(expected, rel=1e-6)
    assert naive.var() == pytest.approx(expected - b**2 * dt**2, rel=1e-6)


@pytest.mark.parametrize(("hours", "expected"), [(24, 0.00719), (1, 0.15910)])
def test_refloating_chances_of_the_reference(accuracy: Accuracy, hours: int, expected: float) -> None:
    ours = shore.refloat_probability(hours * 3600.0, 900.0)
    accuracy(
        quantity=f"Chance of refloating in 900 s, half-life {hours} h [1]",
        ours=round(ours, 5),
        expected=expected,
        source="1 - 0.5^(dt/T)",
        tolerance="5e-6: the figure is rounded",
    )
    assert ours == pytest.approx(expected, abs=5.1e-6)


@pytest.mark.parametrize(("concentration", "expected"), [(0.3, 0.0), (0.5, 0.4), (0.8, 1.0)])
def test_share_of_the_ice(accuracy: Accuracy, concentration: float, expected: float) -> None:
    ours = ice.blend(concentration)
    accuracy(
        quantity=f"Share of the ice's drift at {concentration:g} cover [1]",
        ours=round(ours, 6),
        expected=expected,
        source="Nordam et al. 2019: (A - 0.3)/0.5",
        tolerance="1e-6: rounding",
    )
    assert ours == pytest.approx(expected, abs=1e-6)
