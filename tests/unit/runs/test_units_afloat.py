"""A vessel of the inventory lies on water that is deep enough for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from khazri.geo.terrain import Terrain
from khazri.inputs.packs import read_pack
from khazri.inputs.places import terrain_for
from khazri.runs.checks import terrain_faults
from khazri.scenario.kinds import Position
from khazri.scenario.pack import Pack

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "north-wind"


@cache
def north_wind() -> tuple[Pack, Terrain]:
    pack = read_pack(FOLDER, known_oils={"azeri-light"})
    return pack, terrain_for(pack.sites[0], folder=FOLDER)


def test_the_vessels_of_north_wind_float() -> None:
    pack, terrain = north_wind()
    assert terrain_faults(pack, (terrain,)) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"position": Position(lon=48.05, lat=45.5)}, "on land"),
        ({"draft": 19.0}, "expected water for its draft, 19 m"),
    ],
)
def test_a_vessel_that_would_not_float_is_a_fault_with_its_line(change: dict[str, object], told: str) -> None:
    pack, terrain = north_wind()
    aground = pack.model_copy(update={"inventory": (pack.inventory[0].model_copy(update=change),)})
    (fault,) = terrain_faults(aground, (terrain,))
    assert told in str(fault)
    assert fault.path == "inventory[0].position"
    assert fault.line > 0
