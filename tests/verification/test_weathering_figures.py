"""Weathering against closed forms and published figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from khazri.physics import density, emulsion, evaporation, spreading, viscosity

Accuracy = Callable[..., None]


@pytest.mark.parametrize(("hours", "expected"), [(1, 393_741.0), (24, 1_928_929.0)])
def test_gravity_viscous_area_of_a_thousand_cubic_metres(accuracy: Accuracy, hours: int, expected: float) -> None:
    ours = spreading.fay_gravity_viscous(1000.0, 0.1, hours * 3600.0, 1e-6)
    accuracy(
        quantity=f"Fay gravity-viscous area, 1000 m3, D 0.1, {hours} h [m2]",
        ours=round(ours),
        expected=expected,
        source="Fay 1971, k = 1.45 (closed form)",
        tolerance="1e-6: constants are held in float32",
    )
    assert ours == pytest.approx(expected, rel=1e-6)


def test_area_from_the_end_of_the_inertial_stage(accuracy: Accuracy) -> None:
    start = spreading.fay_initial_time(1000.0, 0.1, 1e-6)
    area = spreading.fay_initial_area(1000.0, 0.1, 1e-6)
    for _ in range(10):
        area = spreading.fay_area_after(area, (3600.0 - start) / 10, 1000.0, 0.1, 1e-6, 1e-5)
    accuracy(
        quantity="Fay area with its initial area, 1000 m3, D 0.1, 1 h [m2]",
        ours=round(area),
        expected=382_500,
        source="dA/dt = C^2/(2A) from t0 = 394 s, A0 = 90,677 m2",
        tolerance="0.1 %: the figure is rounded",
    )
    assert area == pytest.approx(382_500.0, rel=1e-3)


def test_eddy_law_from_the_initial_area(accuracy: Accuracy) -> None:
    volume, dt = 1000.0, 900.0
    c = spreading.viscous_pace(volume, 0.1, 1e-6)
    k = 8 * np.pi * 0.033
    start = spreading.fay_initial_area(volume, 0.1, 1e-6)
    law = solve_ivp(
        lambda _, a: c**2 / (2 * a) + 7 / 6 * k * (a / k) ** (1 / 7), (0, 86_400), [start], rtol=1e-10, atol=1e-3
    )
    area = start
    for _ in range(96):
        area = spreading.fay_area_with_eddies_after(area, dt, volume, 0.1, 1e-6, 1e-5)
    accuracy(
        quantity="Area by gravity and eddies, 1000 m3, 24 h, dt 900 s [m2]",
        ours=round(area),
        expected=round(law.y[0, -1]),
        source="the same equation, integrated to 1e-10",
        tolerance="0.01 %: one fourth-order step per dt",
    )
    assert area == pytest.approx(law.y[0, -1], rel=1e-4)


def test_single_component_is_an_exact_exponential(accuracy: Accuracy) -> None:
    c = evaporation.decay_coefficient(383.8, 0.0921, 288.15)
    thetas = np.array([0.1, 1.0, 3.0]) / c
    mass = 1.0
    for before, after in zip([0.0, *thetas[:-1]], thetas, strict=True):
        mass = evaporation.component_decay(mass, c, after - before)
    accuracy(
        quantity="Toluene left after three steps of its clock [1]",
        ours=mass,
        expected=np.exp(-3.0),
        source="closed form exp(-c theta)",
        tolerance="1e-12: rounding",
    )
    assert mass == pytest.approx(np.exp(-3.0), rel=1e-12)


def test_pure_film_dries_in_a_straight_line(accuracy: Accuracy) -> None:
    """One component: dm/dt = -A K P M / (R T) whatever is left, so half has gone at half the time."""
    molar, temperature = 0.0921, 288.15
    c = evaporation.decay_coefficient(383.8, molar, temperature)
    flux = evaporation.transfer_velocity(7.0, 100.0, molar) * evaporation.vapour_pressure(383.8, temperature) * molar
    half_time = 0.5 * 8.31446261815324 * temperature / flux  # of 1 kg over 1 m2
    reached = evaporation.exposure_rate(7.0, 100.0, 1.0, 0.0, temperature) * half_time
    thetas = np.linspace(0.6, 0.8, 20_001) / c
    exposure = [evaporation.component_exposure(1 / molar, c, t) for t in thetas]
    left = evaporation.component_decay(1.0, c, np.interp(reached, exposure, thetas))
    accuracy(
        quantity="Pure toluene film at half its drying time, mass left [1]",
        ours=left,
        expected=0.5,
        source="closed form of Jones 1997 for one component",
        tolerance="1e-6: constants are held in float32",
    )
    assert left == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "boiling", "published", "tolerance"),
    [("n-hexane", 341.9, 20_170.0, 0.05), ("benzene", 353.2, 12_690.0, 0.10), ("toluene", 383.8, 3_790.0, 0.10),
     ("n-octane", 398.8, 1_870.0, 0.20), ("n-decane", 447.3, 182.0, 0.50), ("n-dodecane", 489.4, 18.0, 1.10)],
)  # fmt: skip
def test_published_vapour_pressures(
    accuracy: Accuracy, name: str, boiling: float, published: float, tolerance: float
) -> None:
    ours = evaporation.vapour_pressure(boiling, 298.15)
    accuracy(
        quantity=f"Vapour pressure of {name} at 25 C [Pa]",
        ours=round(ours, 1),
        expected=published,
        source="handbook value",
        tolerance=f"{tolerance:.0%}: the law knows only the boiling point and drifts high for heavy cuts",
    )
    assert ours == pytest.approx(published, rel=tolerance)


@pytest.mark.parametrize(
    ("salinity", "celsius", "expected"),
    [(0.0, 5.0, 999.96675), (0.0, 25.0, 997.04796), (35.0, 5.0, 1027.67547), (35.0, 25.0, 1023.34306)],
)
def test_unesco_check_values(accuracy: Accuracy, salinity: float, celsius: float, expected: float) -> None:
    ours = density.of_water(273.15 + celsius, salinity)
    accuracy(
        quantity=f"Density of sea water, S {salinity:g}, {celsius:g} C [kg m-3]",
        ours=round(ours, 5),
        expected=expected,
        source="UNESCO 1983, check values of EOS-80",
        tolerance="1e-4 kg m-3: coefficients are held in float32",
    )
    assert ours == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("salinity", "celsius", "expected"), [(0.0, 25.0, 0.890e-3), (0.0, 10.0, 1.306e-3), (35.0, 25.0, 0.960e-3)]
)
def test_published_viscosities_of_water(accuracy: Accuracy, salinity: float, celsius: float, expected: float) -> None:
    ours = viscosity.of_water(273.15 + celsius, salinity)
    accuracy(
        quantity=f"Viscosity of water, S {salinity:g}, {celsius:g} C [mPa s]",
        ours=round(ours * 1e3, 4),
        expected=expected * 1e3,
        source="handbook values; Sharqawy et al. 2010",
        tolerance="1.5 %: stated accuracy of the correlation",
    )
    assert ours == pytest.approx(expected, rel=0.015)


@pytest.mark.parametrize("wind", [5.0, 10.0, 15.0])
def test_uptake_follows_the_rate_equation(wind: float) -> None:
    """Eley's S += k dt exp(-(k / S_max)(t - t0)), summed in small steps."""
    most = emulsion.smax(0.8)
    k = 6 * 2.02e-6 * wind**2 / 1e-5
    area = 0.0
    for t in np.arange(0.0, 6 * 3600.0, 1.0):
        area += k * np.exp(-k / most * (t + 0.5))
    water = emulsion.eley_water(0.0, wind, 6 * 3600.0, 0.8, 0.0)
    assert water == pytest.approx(area * 1e-5 / (6 + area * 1e-5), rel=1e-6)


def test_mackay_follows_its_rate_equation() -> None:
    solved = solve_ivp(lambda _, y: 1.6e-6 * 11.0**2 * (1 - y / 0.75), (0, 7200), [0.0], rtol=1e-10, atol=1e-12)
    assert emulsion.mackay_water(0.0, 10.0, 7200.0, 0.75, 1.6e-6) == pytest.approx(solved.y[0, -1], rel=1e-6)
