"""A changed script is run again only from where it differs, and gives what the whole run would have given."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from small_pack import small_pack

from khazri.engine.fields import Field, when_differs
from khazri.geo.grid import Grid
from khazri.runs.preparation import prepare
from khazri.runs.revision import first_difference, revise
from khazri.runs.session import begin, open_session
from khazri.scenario.script import Scripted

HOUR = 3600.0


def pack_with(wind, **scripted):
    pack = small_pack(hours=6.0, resolution=4000.0)
    said = {
        "wind": wind,
        "current": {"speed": 0.1, "towards": "90 deg"},
        "water_temperature": "15 degC",
        "salinity": 8,
        **scripted,
    }
    site = pack.sites[0]
    environment = site.environment.model_copy(update={"scripted": Scripted.model_validate(said)})
    return pack.model_copy(update={"sites": (site.model_copy(update={"environment": environment}),)})


STEADY = [{"speed": 8.0, "from": "130 deg"}]
TURNING = [*STEADY, {"persisting_from": "3 h", "speed": 12.0, "from": "320 deg"}]


def test_a_run_goes_on_from_where_the_weather_differs_and_ends_as_if_run_whole() -> None:
    session = open_session(pack_with(STEADY), particles=300)
    snapshots = [session.snapshot()]
    while not session.done:
        session.advance(steps=4)
        snapshots.append(session.snapshot())
    revision = revise(session, pack_with(TURNING), snapshots)
    assert revision.differs_at == 3 * HOUR
    assert revision.from_step == 12  # of 15 minutes
    while not revision.session.done:
        revision.session.advance()
    whole = open_session(pack_with(TURNING), particles=300)
    whole.advance(steps=24)
    one, other = revision.session.frame(), whole.frame()
    np.testing.assert_allclose(one.x, other.x, atol=1e-3)  # m: the rounding of a wind that is held
    np.testing.assert_allclose(one.y, other.y, atol=1e-3)


def test_another_spill_is_run_from_the_start() -> None:
    pack = pack_with(STEADY)
    release = pack.sites[0].releases[0].model_copy(update={"radius": 999.0})
    other = pack.model_copy(update={"sites": (pack.sites[0].model_copy(update={"releases": (release,)}),)})
    assert first_difference(prepare(pack, particles=1), prepare(other, particles=1)) == 0.0


def test_a_longer_run_of_the_same_weather_differs_nowhere() -> None:
    pack = pack_with(STEADY)
    longer = pack.model_copy(update={"end": pack.end + timedelta(hours=3)})
    session = begin(prepare(pack, particles=50))
    session.advance(steps=24)
    revision = revise(session, longer, [session.snapshot()])
    assert revision.differs_at is None
    assert revision.from_step == 24


@pytest.mark.parametrize(
    ("times", "values", "moment"),
    [
        ([0.0, 10.0, 20.0], [1.0, 2.0, 3.0], None),
        ([0.0, 10.0, 20.0], [1.0, 2.0, 4.0], 10.0),
        ([0.0, 10.0, 30.0], [1.0, 2.0, 3.0], 10.0),
        ([0.0, 10.0, 20.0, 30.0, 40.0], [1.0, 2.0, 3.0, 3.0, 5.0], 30.0),
        ([0.0, 10.0, 20.0, 30.0], [1.0, 2.0, 3.0, 3.0], None),
        ([5.0], [1.0], 0.0),
    ],
)
def test_fields_differ_from_the_last_moment_that_they_share(times, values, moment) -> None:
    def field(at, of):
        array = np.array(of, np.float32).reshape(-1, 1, 1, 1)
        return Field("salinity", Grid(0.0, 0.0, 1.0, 1, 1), np.array(at), array, "test")

    assert when_differs(field([0.0, 10.0, 20.0], [1.0, 2.0, 3.0]), field(times, values)) == moment
