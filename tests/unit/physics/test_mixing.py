"""Vertical turbulence; whether the walk keeps a column even is checked in verification."""

from __future__ import annotations

import pytest

from khazri.physics import mixing


def test_shallow_water_mixes_less() -> None:
    deep, shallow = mixing.surface_diffusivity(12.0, 1000.0), mixing.surface_diffusivity(12.0, 4.0)
    assert deep == pytest.approx(76.1e-4 + 2.26e-4 * 144, rel=1e-6)
    assert shallow == pytest.approx(0.4 * 1.23e-3 * 12 * 4 / 4, rel=1e-6)
    assert mixing.surface_diffusivity(0.0, 4.0) == pytest.approx(1e-5)


@pytest.mark.parametrize("depth", [4.0, 25.0, 200.0])
@pytest.mark.parametrize("share", [0.05, 0.4, 0.9])
def test_the_gradient_is_the_derivative(depth: float, share: float) -> None:
    z, step = -share * min(depth, 30.0), 1e-5
    above, _ = mixing.diffusivity_and_gradient(z + step, 12.0, depth, 30.0)
    below, _ = mixing.diffusivity_and_gradient(z - step, 12.0, depth, 30.0)
    _, gradient = mixing.diffusivity_and_gradient(z, 12.0, depth, 30.0)
    assert gradient == pytest.approx((above - below) / (2 * step), rel=1e-6)


@pytest.mark.parametrize(("depth", "bottom"), [(4.0, 4.0), (200.0, 30.0)])
def test_the_profile_is_level_at_its_ends(depth: float, bottom: float) -> None:
    top, at_surface = mixing.diffusivity_and_gradient(0.0, 12.0, depth, 30.0)
    low, at_bottom = mixing.diffusivity_and_gradient(-bottom, 12.0, depth, 30.0)
    assert (at_surface, at_bottom) == (0.0, 0.0)
    assert low == pytest.approx(top / 4 if depth < 30 else 1e-5, rel=1e-6)


def test_water_below_the_mixed_layer_is_nearly_still() -> None:
    assert mixing.diffusivity_and_gradient(-80.0, 12.0, 200.0, 30.0) == pytest.approx((1e-5, 0.0))


@pytest.mark.parametrize(
    ("z", "where"), [(-2.0, -2.0), (0.5, -0.5), (-5.5, -4.5), (-5.0, -5.0), (7.0, -3.0), (40.0, 0.0)]
)
def test_reflection_keeps_the_water_column(z: float, where: float) -> None:
    assert mixing.reflect(z, 5.0) == pytest.approx(where)
