from __future__ import annotations

import numpy as np
import pytest

from khazri.engine.owners import Owner
from khazri.report.measures import ARRIVED, choose_grid
from khazri.report.values import BAOAC_LIMITS, appearance, exercise_time, mariner


def test_gridded_mass_is_the_mass_afloat(measures):
    cell = measures.grids.grid.spacing**2
    gridded = measures.grids.mass.sum(axis=(1, 2), dtype=np.float64) * cell
    assert gridded == pytest.approx(measures.budget[:, Owner.AFLOAT], rel=1e-5)  # float32 sums


def test_film_thickness_does_not_depend_on_the_grid(outcome, measures, monkeypatch):
    from khazri.report import measures as module

    monkeypatch.setattr(module, "CELLS", 600)
    coarse = module.measure(outcome.sites[0])
    assert coarse.grids.grid.spacing > measures.grids.grid.spacing
    weight = [(m.grids.film * m.grids.mass).sum() / m.grids.mass.sum() for m in (coarse, measures)]
    assert weight[0] == pytest.approx(weight[1], rel=1e-4)  # both are the mean of the particles' own films


def test_first_arrival_is_the_first_frame_with_oil(measures):
    first, mass = measures.grids.first_arrival, measures.grids.mass
    for index, time in enumerate(measures.times):
        fresh = first == time
        assert (mass[index][fresh] > 0).all()
        assert (mass[:index, fresh] == 0).all()


def test_a_place_is_reached_when_a_kilogram_is_there(measures):
    reeds, islet = measures.places
    assert reeds.first_arrival is not None
    assert reeds.peak >= ARRIVED
    assert reeds.nearest == 0.0
    assert islet.first_arrival is None
    assert islet.peak == 0.0
    assert islet.nearest > 1_000.0


def test_oil_on_the_segments_is_the_oil_ashore(measures):
    assert sum(row.oil for row in measures.shore) == pytest.approx(measures.budget[-1, Owner.ASHORE], rel=1e-6)


@pytest.mark.parametrize("metres", [100.0, 3_000.0, 80_000.0, 900_000.0])
def test_the_grid_holds_the_oil_in_few_cells(metres):
    grid = choose_grid((-metres, 0.0, metres, metres))
    west, south, east, north = grid.bounds
    assert west <= -metres
    assert south <= 0.0
    assert east >= metres
    assert north >= metres
    assert grid.nx * grid.ny < 130_000


def test_appearance_follows_the_limits_of_the_code():
    film = np.array([0.0, *BAOAC_LIMITS])
    assert appearance(film).tolist() == [0, 1, 2, 3, 4, 5]
    assert appearance(film - 1e-12).tolist() == [0, 0, 1, 2, 3, 4]


def test_positions_and_times_are_written_as_mariners_do():
    assert mariner(49.2, 45.508333) == "45-30.5N 049-12.0E"
    assert mariner(-0.999999, -12.0) == "12-00.0S 001-00.0W"
    assert exercise_time(45 * 60 + 30 * 3600) == "T+30:45"
