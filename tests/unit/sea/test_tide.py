"""Arguments of the tide by date, and what they make of published phases."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from khazri.scenario.sea import CONSTITUENT_NAMES
from khazri.sea.boundary import CONSTITUENTS, Constituent, tide_level
from khazri.sea.tide import ARGUMENTS, argument, at_moment, nodal

NEW_MOON = datetime(2000, 2, 5, 13, 3, tzinfo=UTC).timestamp()  # an eclipse of the sun
DAY = 86_400.0


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_arguments_run_at_the_speeds_of_their_constituents(name: str) -> None:
    turned = argument(name, NEW_MOON + 30.0 * DAY) - argument(name, NEW_MOON) - CONSTITUENTS[name] * 720.0
    assert (turned + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=0.02)


def test_every_constituent_of_a_pack_is_known() -> None:
    assert set(CONSTITUENT_NAMES) == set(ARGUMENTS) == set(CONSTITUENTS)


def test_moon_and_sun_pull_together_at_new_moon_and_apart_a_week_later() -> None:
    apart = [
        (argument("M2", NEW_MOON + days * DAY) - argument("S2", NEW_MOON + days * DAY)) % 360.0 for days in (0, 7.4)
    ]
    assert min(apart[0], 360.0 - apart[0]) < 15.0  # mean longitudes: the true ones differ by some degrees
    assert apart[1] == pytest.approx(180.0, abs=15.0)


def test_high_water_of_the_moon_comes_when_it_crosses_greenwich() -> None:
    """At new moon with the sun, near noon; a phase lag of 90 degrees delays it by a quarter of the period."""
    noon = datetime(2000, 2, 5, 12, 14, tzinfo=UTC).timestamp()  # mean noon later by the equation of time
    times = np.arange(-3.0, 3.0, 0.05)
    for lag, hours in ((0.0, 0.0), (90.0, 3.1)):
        tide = at_moment(Constituent("M2", 1.0, np.radians(lag)), noon)
        heights = [float(tide_level(3600.0 * (t + hours), (tide,), np.zeros(1))[0]) for t in times]
        assert times[int(np.argmax(heights))] == pytest.approx(0.0, abs=0.6)


def test_the_node_moves_diurnal_tides_more_than_the_moons_semidiurnal() -> None:
    months = [NEW_MOON + 30.0 * DAY * month for month in range(227)]
    spread = {name: np.ptp([nodal(name, each)[0] for each in months]) for name in ("M2", "O1", "S2")}
    assert spread["S2"] == 0.0
    assert spread["M2"] == pytest.approx(0.074, abs=0.002)
    assert spread["O1"] == pytest.approx(0.374, abs=0.005)
