"""How much oil a shore holds, and how soon it gives it back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from khazri.physics import shore

HOUR = 3600.0
OF = {name: number for number, name in enumerate(shore.KINDS)}


@pytest.mark.parametrize(
    ("name", "hours"), [("rock", 1), ("sand", 24), ("sand_gravel", 24), ("gravel", 8760), ("exposed_flat", 1), ("reeds_marsh", 8760)]
)  # fmt: skip
def test_half_lives_of_the_table(name: str, hours: float) -> None:
    assert shore.half_life(OF[name]) == hours * HOUR


def test_half_is_gone_after_the_half_life() -> None:
    assert shore.refloat_probability(HOUR, HOUR) == pytest.approx(0.5)
    assert shore.refloat_probability(HOUR, 0.0) == 0.0


def test_short_steps_keep_their_digits() -> None:
    """A minute on a shore that holds for a year: 1 - exp(-x) in float32 would have one digit left."""
    for dt, half in ((60.0, 8760 * HOUR), (10.0, 24 * HOUR), (59.0, HOUR), (51.8, HOUR)):
        chance = shore.refloat_probability(np.float32(half), np.float32(dt))
        assert chance == pytest.approx(-math.expm1(-math.log(2) * dt / half), rel=1e-5)


def test_heavy_oil_lies_thicker() -> None:
    for kind in range(len(shore.KINDS)):
        layers = [shore.holding_thickness(kind, viscosity) for viscosity in (5e-6, 200e-6, 0.01)]
        assert layers == sorted(layers)
    assert shore.holding_thickness(OF["sand"], 0.01) == pytest.approx(0.025)
    assert shore.holding_thickness(OF["reeds_marsh"], 5e-6) == pytest.approx(0.006)


def test_capacity_is_a_volume_of_oil() -> None:
    assert shore.capacity(1000.0, 10.0, 0.017, 900.0) == pytest.approx(153_000.0)
