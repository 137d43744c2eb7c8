"""Formulas of dispersant, burning, booms, skimming and cleaning against worked examples and hand computation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khazri.physics import boom, burning, cleaning, dispersant, ice, shore, skimming

KNOT = 1852.0 / 3600.0
FOOT, INCH, GALLON, BARREL = 0.3048, 0.0254, 3.785411784e-3, 0.158987294928


def test_encounter_of_the_worked_example(accuracy) -> None:
    american = skimming.encounter_rate(100 * FOOT, 0.75 * KNOT, 0.1 * INCH)
    accuracy(
        quantity="encounter of 100 ft in 0.1 in at 0.75 kn [US gal/min]", ours=american / GALLON * 60.0, expected=473.48,
        source="ROC (Genwest 2011): 63.13 ft in kn", tolerance="0.01 %: the factor's digits",
    )  # fmt: skip
    assert american / GALLON * 60.0 == pytest.approx(473.48, rel=1e-4)
    assert american * 3600.0 == pytest.approx(107.54, rel=1e-4)
    assert pytest.approx(0.03889, rel=1e-3) == 30.0 * 0.7 * KNOT * 3600.0 / 1e6


def test_derated_capacity_of_the_worked_example(accuracy) -> None:
    ours = skimming.derated_capacity(100.0 / 3600.0)
    accuracy(
        quantity="derated capacity of a skimmer of 100 m3/h [m3/day]", ours=ours, expected=480.0,
        source="33 CFR 155 App. B", tolerance="exact to rounding",
    )  # fmt: skip
    assert ours == pytest.approx(480.0, rel=1e-6)
    assert skimming.derated_capacity(500.0 * BARREL / 3600.0) / BARREL == pytest.approx(2_400.0, rel=1e-6)


@pytest.mark.parametrize(("water", "seconds", "volume"), [(0.0, 827.6, 48.0), (0.2, 1_034.5, 38.4)])
def test_burn_of_the_worked_example(accuracy, water: float, seconds: float, volume: float) -> None:
    pace = float(burning.regression(0.0))
    time = (0.05 - 0.002) / (pace * (1.0 - water))
    burnt = burning.burnt_share(0.05, water, pace, time) * 0.05 * 1_000.0 * (1.0 - water)
    accuracy(
        quantity=f"oil burned of 50 mm over 1,000 m2, water {water:.0%} [m3]", ours=burnt, expected=volume,
        source="burn rate of PyGNOME (NOAA), 5.8e-5 m/s down to 2 mm", tolerance="0.1 %: rounded in the example",
    )  # fmt: skip
    assert time == pytest.approx(seconds, rel=1e-4)
    assert burnt == pytest.approx(volume, rel=1e-4)
    assert burning.film_after(0.05, water, pace, 2.0 * time) == pytest.approx(0.002, rel=1e-6)
    assert burning.residue_share() == pytest.approx(0.05)


@given(film=st.floats(1e-4, 0.2), water=st.floats(0.0, 0.25), dt=st.floats(1.0, 3_600.0))
def test_two_half_burns_equal_one(film: float, water: float, dt: float) -> None:
    half = burning.film_after(burning.film_after(film, water, 5.8e-5, dt / 2), water, 5.8e-5, dt / 2)
    assert half == pytest.approx(burning.film_after(film, water, 5.8e-5, dt), rel=1e-9)


def test_what_can_be_lit() -> None:
    assert burning.ignition_thickness(0.0, 0.0) == pytest.approx(1e-3)
    assert burning.ignition_thickness(0.2, 0.0) == pytest.approx(2.5e-3)
    assert burning.ignition_thickness(0.2, 0.2) == pytest.approx(5e-3)
    assert burning.burns(0.25)
    assert not burning.burns(0.26)


def test_wind_slows_a_burn() -> None:
    assert burning.wind_efficiency(0.0) == 1.0
    assert burning.wind_efficiency(10.0) == pytest.approx(0.3)
    assert burning.wind_efficiency(14.3) == 0.0
    assert burning.regression(0.5) == pytest.approx(0.5 * burning.regression(0.0))


@pytest.mark.parametrize(
    ("knots", "angle", "ratio"), [(1.0, 44.4, 1.43), (1.5, 27.8, 2.14), (2.0, 20.5, 2.86), (3.0, 13.5, 4.29)]
)
def test_angles_of_deflection_booms(accuracy, knots: float, angle: float, ratio: float) -> None:
    sine = boom.widest_angle(knots * KNOT)
    accuracy(
        quantity=f"widest angle of a boom to a current of {knots:g} kn [degrees]", ours=math.degrees(math.asin(sine)), expected=angle,
        source="normal current up to 0.7 kn (US Navy Salvage Manual vol. 6, 1991)", tolerance="0.1 degrees: as rounded there",
    )  # fmt: skip
    assert math.degrees(math.asin(sine)) == pytest.approx(angle, abs=0.06)
    assert 1.0 / sine == pytest.approx(ratio, abs=0.006)
    assert 50.0 / boom.widest_angle(2.0 * KNOT) == pytest.approx(143.0, abs=0.2)


def test_pull_on_a_boom(accuracy) -> None:
    water, wind = (
        boom.current_pull(200.0 * 0.6, 0.5 * KNOT) / 9.80665,
        boom.wind_pull(200.0 * 0.4, 20.0 * KNOT) / 9.80665,
    )
    accuracy(
        quantity="pull of 0.5 kn on 200 m of boom with a skirt of 0.6 m [kgf]", ours=water, expected=780.0,
        source="US Navy Salvage Manual vol. 6 (1991)", tolerance="exact to rounding",
    )  # fmt: skip
    assert water == pytest.approx(780.0, rel=1e-5)
    assert wind == pytest.approx(520.0, rel=1e-5)


def test_anchors_hold_what_the_table_says(accuracy) -> None:
    held = {mass: boom.anchor_holding(mass) / 9.80665 for mass in (7.5, 15.0, 20.0, 25.0, 35.0, 70.0)}
    for mass, expected in {15.0: 200.0, 25.0: 350.0, 35.0: 600.0}.items():
        accuracy(
            quantity=f"an anchor of {mass:g} kg holds in mud [kgf]", ours=held[mass], expected=expected,
            source="ITOPF Technical Information Paper 3 (2011)", tolerance="exact to rounding",
        )  # fmt: skip
        assert held[mass] == pytest.approx(expected, rel=1e-6)
    assert (held[7.5], held[20.0], held[70.0]) == pytest.approx((100.0, 275.0, 1_200.0))


@pytest.mark.parametrize(("current", "wind"), [(0.8, 0.0), (0.5, 4_000.0), (-0.3, 20_000.0), (0.6, -500.0)])
def test_a_boom_drags_its_anchors_until_the_pulls_are_even(current: float, wind: float) -> None:
    pull, holding = 50_000.0, 9_000.0
    speed = boom.dragging_speed(current, pull, wind, holding)
    past = current - speed
    assert speed > 0.0
    assert pull * past * abs(past) + wind == pytest.approx(holding, rel=1e-9)


def test_anchors_that_hold_do_not_drag() -> None:
    assert boom.dragging_speed(0.4, 50_000.0, 900.0, 9_000.0) == 0.0


def test_refloating_of_the_worked_example(accuracy) -> None:
    day, hour = shore.refloat_probability(86_400.0, 900.0), shore.refloat_probability(3_600.0, 900.0)
    accuracy(
        quantity="chance of refloating in 900 s, half-life 1 h", ours=hour, expected=0.15910,
        source="1 - 0.5^(dt / T)", tolerance="five digits",
    )  # fmt: skip
    assert day == pytest.approx(0.00719, abs=5e-6)
    assert hour == pytest.approx(0.15910, abs=5e-6)
    assert (1.0 - day) ** 96 == pytest.approx(0.5, rel=1e-5)


@pytest.mark.parametrize(("concentration", "share"), [(0.3, 0.0), (0.5, 0.4), (0.8, 1.0)])
def test_drift_among_ice_of_the_worked_example(accuracy, concentration: float, share: float) -> None:
    """The example's "0.5: 0.25" contradicts its own straight line from 0.3 to 0.8, which gives 0.4."""
    ours = ice.blend(concentration)
    accuracy(
        quantity=f"share of the ice's motion that oil takes at a concentration of {concentration:g}", ours=ours, expected=share,
        source="Nordam et al. (2019): with the water up to 0.3, with the ice from 0.8 on",
        tolerance="exact to rounding",
    )  # fmt: skip
    assert ours == pytest.approx(share, abs=1e-6)


def test_a_towed_u_by_hand(accuracy) -> None:
    # 300 m: mouth 90 m, sag 41.25 m, area 2/3 of their product 2,475 m2; skirt 0.6 m, mean fill 0.2 m
    ours = boom.towed_capacity(300.0, 0.6)
    accuracy(
        quantity="emulsion that a U of 300 m and a skirt of 0.6 m holds [m3]", ours=ours, expected=495.0,
        source="ROC (Genwest 2011)", tolerance="exact to rounding",
    )  # fmt: skip
    assert boom.towed_swath(300.0) == pytest.approx(90.0)
    assert boom.towed_sag(300.0) == pytest.approx(41.25)
    assert ours == pytest.approx(495.0, rel=1e-6)


def test_a_pool_balances_drag_and_weight() -> None:
    volume, speed, difference = 0.2, 0.25, 0.12
    mean = boom.pool_thickness(volume, speed, difference)
    reach, deep = volume / mean, 1.5 * mean
    x = np.linspace(0.0, reach, 20_001)
    h = deep * np.sqrt(x / reach)
    assert np.trapezoid(h, x) == pytest.approx(volume, rel=1e-5)
    middle = 10_000
    slope = (h[middle + 1] - h[middle - 1]) / (x[middle + 1] - x[middle - 1])
    assert 9.81 * difference * h[middle] * slope == pytest.approx(0.008 * speed**2 / 2.0, rel=1e-4)
    assert boom.pool_thickness(volume, 1e-4, difference) < 1e-3


def test_a_pool_drains_at_two_thirds_of_the_draft() -> None:
    most = boom.pool_most(0.6, 0.3, 0.12)
    assert 1.5 * boom.pool_thickness(most, 0.3, 0.12) == pytest.approx(0.4, rel=1e-5)
    assert boom.pool_most(0.6, 0.0, 0.12) == pytest.approx(1e6)


def test_an_old_boom_leaks_a_little() -> None:
    assert boom.worn_share(0.0, 100.0) == 0.0
    assert boom.worn_share(50.0, 100.0) == pytest.approx(0.05)
    assert boom.worn_share(500.0, 100.0) == pytest.approx(0.1)


def test_the_wind_table_is_by_knots(accuracy) -> None:
    ours = dispersant.wind_share(4.0 * KNOT)
    accuracy(
        quantity="share of dispersed oil in a wind of 4 kn", ours=ours, expected=0.70,
        source="table of ROC (Genwest 2011) read by knots", tolerance="exact: a point of the table",
    )  # fmt: skip
    assert ours == pytest.approx(0.70, rel=1e-5)
    assert dispersant.wind_share(0.0) == pytest.approx(0.15)
    assert dispersant.wind_share(2.5 * KNOT) == pytest.approx(0.525, rel=1e-5)
    assert dispersant.wind_share(40.0) == pytest.approx(0.69)


def test_the_viscosity_table_by_hand() -> None:
    assert dispersant.viscosity_share(3e-3) == pytest.approx(0.83, rel=1e-4)
    halfway = math.sqrt(5_000.0 * 7_000.0) * 1e-6  # halfway in the logarithm
    assert dispersant.viscosity_share(halfway) == pytest.approx(0.42, rel=1e-4)
    assert dispersant.viscosity_share(1e-6) == pytest.approx(0.78)


def test_thick_oil_does_not_disperse(accuracy) -> None:
    works, fails = dispersant.viscosity_share(2.075e-3 / 0.93), dispersant.viscosity_share(7.1e-3 / 0.93)
    accuracy(
        quantity="share dispersed at 7,100 cP against that at 2,075 cP", ours=fails / works, expected=0.3,
        source="sea trials (IOSC 2005): 2,075 cP disperses, 7,100 cP does not", tolerance="a third at most",
    )  # fmt: skip
    assert works > 0.85
    assert fails < 0.33
    assert dispersant.viscosity_share(1.0) == pytest.approx(0.0, abs=1e-6)


def test_fresh_water_spoils_dispersant() -> None:
    assert dispersant.salinity_share(0.0) == pytest.approx(0.05)
    assert dispersant.salinity_share(12.0) == pytest.approx(0.6)
    assert dispersant.salinity_share(12.8) == pytest.approx(0.6 + 0.4 * 0.8 / 18.0, rel=1e-5)
    assert dispersant.salinity_share(35.0) == pytest.approx(1.0)


def test_half_a_dose_treats_half() -> None:
    assert dispersant.dose_share(40.0, 20.0) == 0.5
    assert dispersant.dose_share(10.0, 20.0) == 1.0


def test_shares_multiply() -> None:
    assert dispersant.effect(10.0 * KNOT, 12.0) == pytest.approx(0.84 * 0.6, rel=1e-5)


def test_pump_rate_by_hand() -> None:
    # 0.1 mm at 1:20 is 5 microns; over 20 m at 5 kn 0.257 l/s
    dose = dispersant.dose_thickness(1e-4, 20.0)
    assert dose == pytest.approx(5e-6)
    assert dispersant.spray_rate(dose, 20.0, 5.0 * KNOT) == pytest.approx(2.572e-4, rel=1e-3)


def test_the_widest_swath_fills_the_pump() -> None:
    wide = skimming.widest_swath(0.02, 0.6, 0.4, 1e-3, 0.75)
    assert wide == pytest.approx(40.0)
    emulsion, fluid = skimming.recovery(skimming.encounter_rate(wide, 0.4, 1e-3), 0.75, 0.6, 0.02)
    assert (emulsion, fluid) == (pytest.approx(0.012), pytest.approx(0.02))


def test_a_cycle_of_collecting_by_hand() -> None:
    """30 m, 0.7 kn, 1 mm; TE 0.75, RE 0.6, pump 30 m3/h (it limits), decant 0.8 of the free water, tank 100 m3."""
    met = skimming.encounter_rate(30.0, 0.7 * KNOT, 1e-3)
    emulsion, fluid = skimming.recovery(met, 0.75, 0.6, 30.0 / 3_600.0)
    assert emulsion * 3_600.0 == pytest.approx(18.0)  # where the encounter would give 29.2
    kept = skimming.retained(emulsion, fluid, 0.8, 1.0)
    assert kept * 3_600.0 == pytest.approx(20.4)
    assert skimming.fill_time(100.0, kept) / 3_600.0 == pytest.approx(4.902, rel=1e-3)
    held_back = skimming.retained(emulsion, fluid, 0.8, 5.0 / 3_600.0)  # the decanting pump limits too
    assert held_back * 3_600.0 == pytest.approx(25.0)


def test_a_skimmer_outside_its_range() -> None:
    assert skimming.efficiency_in_thin_oil(1e-3, 1e-3) == 1.0
    assert skimming.efficiency_in_thin_oil(5e-4, 1e-3) == pytest.approx(0.65)
    assert skimming.pump_in_thick_oil(1e-2, 5e-3) == pytest.approx(0.5)
    assert skimming.pump_in_thick_oil(1e-3, 5e-3) == 1.0


def test_methods_have_their_shores() -> None:
    sand, reeds, flat = shore.KINDS.index("sand"), shore.KINDS.index("reeds_marsh"), shore.KINDS.index("sheltered_flat")
    by_hand, loader, flushing, cutting = range(4)
    assert cleaning.suited(by_hand, sand) == cleaning.suited(loader, sand) == 1.0
    assert cleaning.suited(loader, flat) == cleaning.suited(loader, reeds) == 0.0
    assert cleaning.suited(cutting, reeds) == 1.0
    assert cleaning.suited(flushing, shore.KINDS.index("man_made")) == 1.0
    assert all(cleaning.suited(by_hand, kind) > 0.0 for kind in range(8))


def test_waste_by_hand() -> None:
    # twenty people, 1.5 m3 of oiled sand each in ten hours, eight times the oil: 3.75 m3 of oil a day
    rate = cleaning.oil_rate(20.0 * 1.5 / 36_000.0, 8.0, 900.0)
    assert rate * 36_000.0 == pytest.approx(3_375.0)
    assert cleaning.waste_volume(3_375.0, 8.0, 900.0) == pytest.approx(30.0)
    assert cleaning.bulk_density(0) == 1_600.0


def test_ice_and_oil_of_the_worked_example(accuracy) -> None:
    grown = ice.frozen_thickness(600.0)
    accuracy(
        quantity="ice after 600 degree-days of frost [m]", ours=grown, expected=0.45, source="1.84 cm by root of degree-day (Lebedev form)",
        tolerance="0.5 %: rounded in the example",
    )  # fmt: skip
    assert grown == pytest.approx(0.45, rel=5e-3)
    assert ice.area_under_ice(100.0, 0.005) == pytest.approx(20_000.0, rel=1e-6)
