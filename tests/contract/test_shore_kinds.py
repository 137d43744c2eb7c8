"""The tables of `physics.shore` are in the order of the terrain's kinds of shore, and of the pack's."""

from __future__ import annotations

from khazri.geo.terrain import ShoreType
from khazri.physics import shore


def test_shore_kinds_are_those_of_the_terrain() -> None:
    assert tuple(kind.name.lower() for kind in ShoreType) == shore.KINDS
    assert [int(kind) for kind in ShoreType] == list(range(len(shore.KINDS)))


def test_every_kind_of_shore_has_its_figures() -> None:
    for kind in ShoreType:
        assert shore.half_life(int(kind)) > 0
        assert shore.holding_thickness(int(kind), 1e-4) > 0
