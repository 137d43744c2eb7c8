"""How droplets rise; the published speeds are in verification."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.physics.rise import rise_velocity


@pytest.mark.parametrize("microns", [1.0, 5.0, 10.0, 20.0])
def test_small_droplets_obey_stokes(microns: float) -> None:
    """The next term of the drag is 2 % at 30 microns."""
    d = microns * 1e-6
    stokes = 9.81 * (1010 - 900) * d**2 / (18 * 1.2e-3)
    assert rise_velocity(d, 900.0, 1010.0, 1.2e-3) == pytest.approx(stokes, rel=0.01)


def test_what_is_heavier_sinks_as_fast_as_the_lighter_rises() -> None:
    up, down = rise_velocity(1e-4, 990.0, 1000.0, 1.2e-3), rise_velocity(1e-4, 1010.0, 1000.0, 1.2e-3)
    assert up > 0
    assert down == pytest.approx(-up)
    assert rise_velocity(1e-4, 1000.0, 1000.0, 1.2e-3) == 0.0


def test_nothing_diverges_at_the_ends() -> None:
    assert rise_velocity(0.0, 900.0, 1010.0, 1.2e-3) == 0.0
    assert np.isfinite(rise_velocity(np.float32(1e-7), np.float32(900), np.float32(1010), np.float32(1.2e-3)))
