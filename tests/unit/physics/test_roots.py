"""The cube root that spreading uses."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.physics.roots import cube_root, cube_root32


def test_cube_root() -> None:
    """Over the whole range, to the last digits of float32."""
    values = np.geomspace(1e-30, 1e30, 2001, dtype=np.float32)
    ours = np.array([cube_root32(value) for value in values])
    assert ours == pytest.approx(np.cbrt(values.astype(np.float64)), rel=3e-7)


def test_cube_root_of_nothing_is_next_to_nothing() -> None:
    assert 0.0 <= cube_root32(np.float32(0.0)) < 2e-12
    assert cube_root(27.0) == pytest.approx(3.0)
