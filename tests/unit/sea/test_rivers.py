"""Rivers of the Caspian."""

from __future__ import annotations

import pytest

from khazri.sea.rivers import CASPIAN_RIVERS, River

VOLGA = CASPIAN_RIVERS[0]


def test_the_volga_brings_its_mean_and_its_flood() -> None:
    assert 7_500.0 <= sum(VOLGA.discharge) / 12.0 <= 8_300.0
    assert VOLGA.at(4.5) == 20_000.0  # the middle of May


def test_discharge_is_linear_between_months_and_goes_round_the_year() -> None:
    assert VOLGA.at(4.0) == pytest.approx(0.5 * (7_500.0 + 20_000.0))
    assert VOLGA.at(0.0) == pytest.approx(VOLGA.at(12.0)) == pytest.approx(0.5 * (5_000.0 + 5_500.0))


def test_a_river_without_its_twelve_months_is_refused() -> None:
    with pytest.raises(ValueError, match="river Araz: expected 12 months"):
        River("Araz", ((48.0, 40.0, 1.0),), (100.0,))
