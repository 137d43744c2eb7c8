"""Where recovered oil goes ashore: a base takes so much at a time, and no more than it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_fleet import BERTH, box, degrees, fleet, ordered, play, skimmer, told, world

from khazri.response import Unit, unit_of
from khazri.response.fleet import HomePort
from khazri.simulation import Orders, World, observe_units, open_world
from khazri.simulation.orders import UnitTask

AREA = box(-2_000.0, -2_000.0, 2_000.0, 2_000.0)
SKIM = ordered(alfa_skimmer=("skim", AREA), bravo_skimmer=("skim", AREA))


def at_base(*units: Unit, offload: float = 1.0, storage: float = 1e9) -> World:
    inputs = world().inputs
    based = fleet(*(replace(unit, base="port") for unit in units))
    return open_world(inputs, fleet=replace(based, bases=(HomePort("port", offload, storage),)))


def two(storage: float = 4.0) -> tuple[Unit, ...]:
    return tuple(
        skimmer(f"{name}-skimmer", swath=200.0, storage=storage, speed=15.0, mobilisation=60.0, wave_limit=5.0)
        for name in ("alfa", "bravo")
    )


def test_a_base_takes_no_more_than_it_holds_from_all_together() -> None:
    on = at_base(*two(), storage=7.0)
    happened = play(on, SKIM, steps=240)
    assert sum(vessel.landed for vessel in on.vessels) == pytest.approx(7.0)
    waiting = [vessel for vessel in on.vessels if vessel.reason == "base_full"]
    assert waiting
    assert {vessel.state for vessel in waiting} == {"offloading"}
    assert all(vessel.fluid <= 4.0 for vessel in on.vessels)
    assert told(happened, waiting[0].ident)[-1] == "unit stopped"


def test_a_slow_base_is_what_the_pumping_waits_for() -> None:
    slow, quick = (at_base(*two()[:1], offload=rate) for rate in (0.002, 1.0))
    for on in (slow, quick):
        play(on, SKIM, steps=150)
    assert 0.0 < slow.vessels[0].landed < quick.vessels[0].landed


def test_who_waits_at_a_full_base_can_be_sent_to_a_barge() -> None:
    barge = unit_of(
        "alfa-barge", "storage_barge", "test", degrees((BERTH[0] + 500.0, BERTH[1]))[0], {"mobilisation": 60.0}
    )
    on = at_base(*two()[:1], barge, storage=1.0)
    play(on, SKIM, steps=150)
    assert on.vessels[1].reason == "base_full"
    away = Orders(tasks={"alfa-skimmer": UnitTask("offload", (), 150, 2, target="alfa-barge")})
    play(on, away, steps=30)
    barge_now, giver = on.vessels
    assert giver.fluid == pytest.approx(0.0, abs=1e-9)
    assert giver.reason == "done"
    assert barge_now.fluid == pytest.approx(giver.handed) == pytest.approx(barge_now.received)
    assert giver.landed == pytest.approx(1.0)
    assert barge_now.landed == 0.0


def test_what_lies_at_a_base_is_to_be_seen() -> None:
    on = at_base(*two(), storage=7.0)
    play(on, SKIM, steps=120)
    (base,) = observe_units(on).bases
    assert (base.ident, base.capacity) == ("port", 7.0)
    assert base.held == pytest.approx(sum(vessel.landed for vessel in on.vessels))
    assert 0.0 < base.held <= 7.0
