"""What people have ordered is what the world is told."""

from __future__ import annotations

from khazri.exercise import commands as c
from khazri.exercise.orders import orders
from khazri.simulation.orders import Orders, UnitTask, WindOrder

from .conftest import ALFA, DIRECTOR, Recorder

AREA = ((49.0, 45.0), (49.1, 45.0), (49.1, 45.1))


def test_nothing_ordered_is_nothing_to_do(live: Recorder) -> None:
    assert orders(live.state) == Orders()


def test_tasks_and_winds_reach_the_world_with_their_step(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    live.step = 4
    live.command(ALFA, c.TaskSkimmer(unit="alfa-skimmer", area=AREA))
    live.step = 7
    live.command(ALFA, c.StandBy(unit="alfa-skimmer"))
    live.command(DIRECTOR, c.ChangeWind(site="north-caspian", speed=12.0, from_bearing=0.5))
    assert orders(live.state) == Orders(
        tasks={"alfa-skimmer": UnitTask("stand_by", (), 7, 2)}, winds=(WindOrder("north-caspian", 7, 12.0, 0.5),)
    )
