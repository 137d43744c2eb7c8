"""Drag laws and stress of the wind."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.sea.wind import LAWS, wind_stress


@pytest.mark.parametrize(
    ("speed", "stress"), [(7.0, 0.0753), (10.0, 0.1776), (15.0, 0.4892), (20.0, 1.029), (25.0, 1.857), (30.0, 3.032)]
)
def test_wus_stress_has_the_reference_figures(speed: float, stress: float) -> None:
    x, y = wind_stress(np.float32([speed]), np.float32([0.0]))
    assert float(x[0]) == pytest.approx(stress, rel=2e-3)  # figures are rounded
    assert float(y[0]) == 0.0


def test_stress_points_where_the_wind_blows() -> None:
    x, y = wind_stress(np.float32([-6.0]), np.float32([8.0]))
    assert float(np.hypot(x, y)[0]) == pytest.approx(
        float(wind_stress(np.float32([10.0]), np.float32([0.0]))[0][0]), rel=1e-5
    )
    assert float(x[0] / y[0]) == pytest.approx(-0.75, rel=1e-5)


@pytest.mark.parametrize("law", sorted(LAWS))
def test_every_law_is_at_hand_over_a_grid(law: str) -> None:
    calm = np.zeros((2, 3), np.float32)
    x, y = wind_stress(calm + 15.0, calm, law=law, ice=np.float32([[0.0], [0.5]]))  # type: ignore[arg-type]
    assert x.shape == (2, 3)
    assert 0.3 < float(x[0, 0]) < 0.6
    assert float(x[1, 2]) == pytest.approx(0.5 * float(x[0, 2]))
    assert not y.any()


def test_ice_takes_its_share_of_the_stress_of_one_wind() -> None:
    bare, _ = wind_stress(np.float32([10.0]), np.float32([0.0]))
    half, _ = wind_stress(np.float32([10.0]), np.float32([0.0]), ice=0.5)
    whole, _ = wind_stress(np.float32([10.0]), np.float32([0.0]), ice=1.0)
    assert float(half[0]) == pytest.approx(0.5 * float(bare[0]))
    assert float(whole[0]) == 0.0
