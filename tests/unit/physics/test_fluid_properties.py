"""Viscosity, density and tension."""

from __future__ import annotations

import pytest

from khazri.physics import density, tension, viscosity


def test_temperature_law_meets_its_reference() -> None:
    assert viscosity.at_temperature(1e-5, 4000.0, 288.15, 288.15) == pytest.approx(1e-5)
    assert viscosity.at_temperature(1e-5, 4000.0, 273.15, 288.15) > 2e-5


def test_thin_oils_stiffen_less() -> None:
    assert viscosity.evaporation_coefficient(1e-7) == 1.0
    assert viscosity.evaporation_coefficient(4e-6) == pytest.approx(3.0, rel=1e-6)
    assert viscosity.evaporation_coefficient(1e-3) == 10.0


def test_emulsion_stiffens() -> None:
    assert viscosity.with_water(1e-5, 0.0) == pytest.approx(1e-5)
    # x = 1: (1 + 1 / 0.187)^2.49
    assert viscosity.with_water(1.0, 0.84) == pytest.approx((1 + 1 / 0.187) ** 2.49, rel=1e-4)


@pytest.mark.parametrize("water", [0.1, 0.3, 0.5, 0.7, 0.8])
def test_two_emulsion_laws_agree_within_a_factor(water: float) -> None:
    ratio = viscosity.with_water_mooney(1.0, water) / viscosity.with_water(1.0, water)
    assert 0.7 < ratio < 1.5


def test_no_water_fraction_makes_viscosity_infinite() -> None:
    assert viscosity.with_water(1e-4, 1.0) < 100.0


def test_cap_holds_and_spares_stiff_oils() -> None:
    assert viscosity.capped(50.0, 1e-3) == 1.0
    assert viscosity.capped(1e-4, 1e-5) == pytest.approx(1e-4)
    assert viscosity.capped(50.0, 3.0) == 3.0


def test_cold_oil_is_denser() -> None:
    assert density.of_oil(850.0, 8e-4, 278.15) == pytest.approx(850.0 * 1.008, rel=1e-6)


def test_emulsion_density_lies_between() -> None:
    assert density.of_emulsion(900.0, 1010.0, 0.7) == pytest.approx(977.0)


def test_evaporation_makes_oil_denser() -> None:
    assert density.with_evaporation(850.0, 0.18, 0.3) == pytest.approx(895.9)


def test_water_is_ten_degrees() -> None:
    assert density.api_gravity(999.016) == pytest.approx(10.0, rel=1e-5)
    assert density.of_api(density.api_gravity(860.0)) == pytest.approx(860.0, rel=1e-9)


def test_tension_by_hand() -> None:
    assert tension.oil_water(35.0) == pytest.approx(0.001 * (39.0 - 0.2571 * 35.0), rel=1e-6)
    assert tension.oil_water(150.0) == pytest.approx(0.01)  # held: no clean oil falls below


def test_dispersant_lowers_tension() -> None:
    assert tension.treated(0.03, 0.0) == pytest.approx(0.03)
    assert tension.treated(0.03, 1.0) == pytest.approx(1e-5, rel=1e-5)
