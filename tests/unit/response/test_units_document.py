"""The page on units names every figure, state, reason and happening that there is."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from khazri.response import FIGURES, vessel
from khazri.response.events import KINDS
from khazri.response.vessel import BoomState, State

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "units.md").read_text(encoding="utf-8")
REASONS = [
    vessel.STORAGE_FULL, vessel.ENDURANCE, vessel.WAVES, vessel.STAND_BY, vessel.RESUMING, vessel.NO_WAY_HOME, vessel.NEW_TASK,
    vessel.NOTHING_TO_SWEEP, vessel.BASE_FULL, vessel.DARK, vessel.ICE, vessel.CREW, vessel.DONE, vessel.ENGINE, vessel.GEAR,
]  # fmt: skip
NAMES = [
    *FIGURES,
    *(name for figures in FIGURES.values() for name in figures),
    *get_args(State),
    *get_args(BoomState),
    *KINDS,
    *REASONS,
]


@pytest.mark.parametrize("name", sorted(set(NAMES)))
def test_the_page_names(name: str) -> None:
    assert f"`{name}`" in PAGE
