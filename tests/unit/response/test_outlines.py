"""The outer edge of cells, against the union of their squares."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy
import shapely

from khazri.response.outlines import CUT, outlines_of


def outlines(mask, cut: float):
    return outlines_of(mask.astype(np.float64), least=0.5, most=math.inf, patches=99, cells=1, cut=cut)


def patches_of(seed: int):
    rng = np.random.default_rng(seed)
    mask = rng.random((9, 11)) < 0.55
    labels, count = scipy.ndimage.label(mask, np.ones((3, 3)))
    return mask, [labels == k for k in range(1, count + 1)]


@pytest.mark.parametrize("seed", range(40))
def test_the_edge_is_that_of_the_union_of_the_squares(seed: int) -> None:
    mask, patches = patches_of(seed)
    found = outlines(mask, cut=0.0)
    assert len(found) == len(patches)
    sizes = [int(patch.sum()) for patch in patches]
    order = np.argsort([-size for size in sizes], kind="stable")  # a film of one everywhere: the largest holds the most
    for index, outlined in zip(order.tolist(), found, strict=True):
        rows, columns = np.nonzero(patches[index])
        squares = shapely.union_all(shapely.box(columns, rows, columns + 1, rows + 1))
        filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(squares)])
        edge = shapely.Polygon(outlined.ring)
        grown = edge.buffer(0.25), filled.buffer(0.25)  # parts that touch at corners become one
        assert shapely.Polygon(grown[0].exterior).symmetric_difference(shapely.Polygon(grown[1].exterior)).area < 1e-9
        assert edge.exterior.is_ccw


@pytest.mark.parametrize("seed", range(40))
def test_with_its_corners_cut_the_edge_is_a_sound_polygon(seed: int) -> None:
    mask, _ = patches_of(seed)
    for outlined in outlines(mask, cut=CUT):
        assert shapely.Polygon(outlined.ring).is_valid


def test_a_single_cell_loses_its_corners() -> None:
    (found,) = outlines(np.ones((1, 1), np.bool_), cut=CUT)
    assert shapely.Polygon(found.ring).area == pytest.approx(1.0 - 2.0 * CUT * CUT)
    assert len(found.ring) == 9


def test_patches_are_told_by_what_they_hold_and_thick_films_count_for_nothing_where_that_is_asked() -> None:
    films = np.array([[1.0, 0.0, 9.0], [1.0, 0.0, 2.0]])
    first, second = outlines_of(films, least=0.5, most=math.inf, patches=9, cells=1)
    assert (first.film, second.film) == (5.5, 1.0)
    first, second = outlines_of(films, least=0.5, most=2.0, patches=9, cells=1)
    assert (first.film, second.film) == (1.0, 0.0)  # of the second nothing counts


def test_small_patches_are_passed_over_beside_large_ones_and_told_where_there_are_none() -> None:
    films = np.array([[1.0, 0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    assert len(outlines_of(films, least=0.5, most=math.inf, patches=9, cells=3)) == 1
    assert len(outlines_of(films[:, :2].copy(), least=0.5, most=math.inf, patches=9, cells=3)) == 1
