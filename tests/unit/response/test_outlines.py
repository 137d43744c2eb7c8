"""The outer edge of cells, against the union of their squares."""

from __future__ import annotations

import numpy as np
import pytest
import scipy
import shapely

from khazri.response.outlines import edge_of


@pytest.mark.parametrize("seed", range(40))
def test_the_edge_is_that_of_the_union_of_the_squares(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels, _ = scipy.ndimage.label(rng.random((9, 11)) < 0.55, np.ones((3, 3)))
    mask = labels == np.argmax(np.bincount(labels.ravel())[1:]) + 1
    rows, columns = np.nonzero(mask)
    squares = shapely.union_all(shapely.box(columns, rows, columns + 1, rows + 1))
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(squares)])
    edge = shapely.Polygon(edge_of(mask))
    grown = (
        edge.buffer(0.25),
        filled.buffer(0.25),
    )  # as a crew's outline is grown: parts that touch at corners become one
    assert shapely.Polygon(grown[0].exterior).symmetric_difference(shapely.Polygon(grown[1].exterior)).area < 1e-9
    assert edge.exterior.is_ccw


def test_a_single_cell_has_four_corners() -> None:
    assert edge_of(np.ones((1, 1), np.bool_)) == [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
