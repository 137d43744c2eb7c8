"""A skimmer is as good as its family in the oil, the waves and the cold that it meets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import small_sea
from small_fleet import BERTH, box, calm, degrees, ordered, play, world

from khazri.engine import start
from khazri.response import Unit, Vessel, unit_of
from khazri.response.acting import Acting
from khazri.response.catalogue import KINDS
from khazri.response.controls import (
    efficiency_in_thin_oil,
    efficiency_now,
    pump_in_stiff_oil,
    pump_now,
    viscosity_met,
)
from khazri.response.slick import Surface

CST = 1e-6
FAMILIES = tuple(ident for ident, kind in KINDS.items() if "skim" in kind.tasks)


def of_family(kind: str, **figures: float) -> Unit:
    return unit_of("alfa-skimmer", kind, "test", degrees(BERTH)[0], {"mobilisation": 60.0, **figures})


def acting(unit: Unit, viscosity: float = 0.0, **changes: float) -> Acting:
    conditions = replace(calm().conditions((0.0, 0.0)), **{"wave_height": 0.0, **changes})
    return Acting(unit, Vessel(unit.ident, 0.0, 0.0, viscosity=viscosity), calm(), conditions)


@pytest.mark.parametrize("kind", FAMILIES)
def test_within_its_range_a_skimmer_is_what_the_catalogue_says_calm_and_in_chop(kind: str) -> None:
    unit = of_family(kind)
    amid = (max(unit.viscosity_low, CST) * unit.viscosity_high) ** 0.5
    assert efficiency_now(acting(unit, amid)) == pytest.approx(unit.efficiency)
    assert efficiency_now(acting(unit, amid, wave_height=unit.wave_limit)) == pytest.approx(unit.chop_efficiency)
    assert pump_now(acting(unit, amid)) == unit.pump


@pytest.mark.parametrize(("viscosity", "share"), [(500 * CST, 0.65), (1 * CST, 0.3007), (2_000 * CST, 1.0), (0.0, 1.0)])
def test_below_its_range_a_brush_recovers_less(viscosity: float, share: float) -> None:
    assert efficiency_in_thin_oil(viscosity, 1_000.0 * CST) == pytest.approx(share)


@pytest.mark.parametrize(("viscosity", "share"), [(1_000 * CST, 1.0), (4_000 * CST, 0.5), (20_000 * CST, 0.1)])
def test_above_its_range_a_weir_pumps_less(viscosity: float, share: float) -> None:
    unit = of_family("weir_skimmer")
    assert pump_in_stiff_oil(viscosity, unit.viscosity_high) == pytest.approx(share)
    assert pump_now(acting(unit, viscosity)) == pytest.approx(share * unit.pump)


def test_hard_frost_halves_what_a_pump_lifts() -> None:
    unit = of_family("arctic_bucket")
    assert pump_now(acting(unit, air_temperature=250.0)) == 0.5 * unit.pump
    assert pump_now(acting(unit, air_temperature=260.0)) == unit.pump


def test_a_pack_that_gives_an_efficiency_keeps_its_familys_loss_in_chop() -> None:
    assert of_family("weir_skimmer", efficiency=0.6).chop_efficiency == pytest.approx(0.3)
    assert of_family("weir_skimmer", efficiency=0.6, chop_efficiency=0.5).chop_efficiency == 0.5
    assert "chop_efficiency" in of_family("weir_skimmer", efficiency=0.6).assumed


def test_the_viscosity_met_is_that_of_the_oil_in_the_swath_only() -> None:
    state = start(small_sea.site(release=small_sea.at_once(radius=300.0), particles=1_000, dt=60.0), 0)
    pool, n = state.pool, state.living
    pool.viscosity[:n] = np.where(pool.x[:n] > 0.0, 4_000 * CST, 100 * CST)
    now = acting(of_family("brush_skimmer"))
    now.quads.append(((10.0, -300.0), (300.0, -300.0), (300.0, 300.0), (10.0, 300.0)))
    assert viscosity_met(now, Surface(state)) == pytest.approx(4_000 * CST, rel=1e-5)
    now.quads[0] = ((5_000.0, 0.0), (5_100.0, 0.0), (5_100.0, 50.0), (5_000.0, 50.0))
    assert viscosity_met(now, Surface(state)) == 0.0


def test_in_thin_oil_a_belt_takes_less_of_it_than_a_weir_with_the_same_pump() -> None:
    def recovered(kind: str) -> float:
        unit = of_family(kind, pump=20.0 / 3600.0, storage=500.0, wave_limit=5.0, swath=200.0, draft=1.0)
        at = world(unit, particles=2_000)
        play(at, ordered(alfa_skimmer=("skim", box(-2_000.0, -2_000.0, 2_000.0, 2_000.0))), steps=90)
        assert 0.0 < at.vessels[0].viscosity < of_family("belt_skimmer").viscosity_low
        return at.vessels[0].recovered

    assert recovered("weir_skimmer") > 1.2 * recovered("belt_skimmer") > 0.0
