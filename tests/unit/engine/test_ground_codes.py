"""How far each cell is from the nearest of some, against scipy's."""

from __future__ import annotations

import numpy as np
import pytest
import scipy

from khazri.engine.workshop import cells_to


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 1), (40, 63)])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
def test_distances_are_those_of_scipy_to_the_bit(shape: tuple[int, int], share: float) -> None:
    marked = np.random.default_rng(3).random(shape) < share
    expected = scipy.ndimage.distance_transform_edt(np.pad(~marked, 1))[1:-1, 1:-1]
    assert (cells_to(marked) == expected).all()
