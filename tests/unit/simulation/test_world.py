"""The world's step, what is noticed in it, and its summary."""

from __future__ import annotations

import numpy as np
import pytest
from small_sea import at_once, constant, sea, shore_east, site

from khazri.engine import Owner
from khazri.simulation import Orders, Place, advance, open_world, summarise


def play(world, steps: int, orders: Orders | None = None):
    found = []
    for _ in range(steps):
        world, happenings = advance(world, orders or Orders())
        found += happenings
    return world, [(h.kind, h.step, h.subject) for h in found]


def test_each_happening_is_noticed_once() -> None:
    place = Place(
        "reeds", "test", np.array([[1500.0, -60_000.0], [3000.0, -60_000.0], [3000.0, 60_000.0], [1500.0, 60_000.0]])
    )
    world = open_world((site(terrain=sea(shore_east(6)), particles=200),), (place,))
    _, found = play(world, 24)
    kinds = [kind for kind, _, _ in found]
    assert kinds.count("place oiled") == kinds.count("oil ashore") == kinds.count("release started") == 1
    assert ("release stopped", 5, "spill") in found or ("release stopped", 4, "spill") in found


def test_an_order_stops_a_source() -> None:
    world = open_world((site(particles=400),))
    world, _ = play(world, 1)
    world, found = play(world, 3, Orders(source_open={"spill": False}))
    assert found[0][0] == "release stopped"
    assert summarise(world).released["test"] == pytest.approx(25_000.0)


def test_oil_that_leaves_is_noticed() -> None:
    inputs = site(constant("current", 5.0, 0.0), release=at_once(), particles=20)
    _, found = play(open_world((inputs,)), 10)
    assert "oil left domain" in [kind for kind, _, _ in found]


def test_the_summary_has_the_budget_and_the_distance_of_places() -> None:
    place = Place("island", "test", np.array([[10_000.0, 0.0]]), radius=1000.0)
    world = open_world((site(release=at_once(), particles=100),), (place,))
    summary = summarise(world, lag=3.0)
    assert summary.budget["test"][Owner.AFLOAT] == pytest.approx(1e5)
    assert summary.places["island"].distance == pytest.approx(9000.0)
    assert summary.places["island"].oil == 0.0
    assert summary.lag == 3.0


def test_a_place_of_an_unknown_site_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of"):
        open_world((site(),), (Place("x", "elsewhere", np.zeros((1, 2))),))
