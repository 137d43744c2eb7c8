"""Horizontal turbulence: the step and Okubo's line; the growth of variance is checked in verification."""

from __future__ import annotations

import pytest

from khazri.physics import diffusion


def test_the_step_of_a_walk() -> None:
    assert diffusion.walk_scale(2.0, 900.0) == pytest.approx(60.0)
    assert diffusion.walk_scale(0.0, 900.0) == 0.0


def test_okubo_grows_a_little_faster_than_the_patch() -> None:
    assert diffusion.okubo(10_000.0) / diffusion.okubo(1000.0) == pytest.approx(10**1.15, rel=1e-6)
