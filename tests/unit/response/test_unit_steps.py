"""The course of a unit's work, step by step, every change with its reason; the engine's part is played by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest
import small_sea
from small_fleet import BERTH, boomer, calm, skimmer

from khazri.engine.pool import empty_columns
from khazri.response import Task, Unit, Vessel
from khazri.response.acting import Acting
from khazri.response.controls import boom_of, kept_of, settle, swath_of
from khazri.response.sea import Sea
from khazri.response.stepping import act
from khazri.response.track import Track

EMPTY = empty_columns(1)
AREA = ((-1_000.0, -1_000.0), (1_000.0, -1_000.0), (1_000.0, 1_000.0), (-1_000.0, 1_000.0))
LINE = ((-400.0, 0.0), (400.0, 0.0))
SKIM, BOOM = Task("skim", AREA, 1), Task("boom", LINE, 1)
STAND_BY = Task("stand_by", (), 2)


@dataclass
class Play:
    """One unit, and an engine that gives it oil or lets its boom leak."""

    unit: Unit
    sea: Sea = field(default_factory=calm)
    vessel: Vessel = field(init=False)
    events: list[tuple[float, str]] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.vessel = Vessel(self.unit.ident, *BERTH, berth=BERTH, home_from=BERTH)

    def step(self, task: Task | None, *, emulsion: float = 0.0, leaked: float = 0.0) -> Acting:
        now = act(self.unit, self.vessel, self.sea, task, dt=60.0)
        swath = swath_of(now, 0)
        taken = min(emulsion, swath.most_emulsion) if swath is not None else 0.0
        recovery = SimpleNamespace(oil=800.0 * taken, emulsion=taken, met=emulsion)
        tally = SimpleNamespace(held=1_000.0, leaked=leaked)
        settle(
            now,
            0,
            SimpleNamespace(
                recoveries={0: recovery},
                boom_tally={0: tally},
                columns=EMPTY,
                living=0,
                burnings={},
                sprayings={},
                cleanings={},
            ),
            60.0,
        )
        self.vessel = now.vessel
        self.sea = replace(self.sea, time=self.sea.time + 60.0)
        self.events += [(self.sea.time, event.kind) for event in now.events]
        if not self.states or self.states[-1] != (self.vessel.state, self.vessel.reason):
            self.states.append((self.vessel.state, self.vessel.reason))
        return now

    def until(self, phase: str, task: Task | None, *, most: int = 600, **oil: float) -> Play:
        for _ in range(most):
            if self.vessel.phase == phase:
                return self
            self.step(task, **oil)
        raise AssertionError(f"never {phase}: {self.states}")

    @property
    def told(self) -> list[str]:
        return [kind for _, kind in self.events]


def test_without_an_order_a_unit_lies_at_its_berth() -> None:
    play = Play(skimmer())
    play.step(None)
    assert (play.vessel.state, play.vessel.point, play.told) == ("off", BERTH, [])


def test_a_skimmer_fills_its_tank_empties_it_and_resumes() -> None:
    play = Play(skimmer(storage=10.0)).until("to_berth", SKIM, emulsion=0.5)
    assert 0.995 * 10.0 <= play.vessel.fluid <= 10.0
    left_at = play.vessel.left_at
    play.until("offloading", SKIM)
    assert play.vessel.point == pytest.approx(BERTH)
    play.until("working", SKIM)
    assert play.told == ["unit started", "unit arrived", "storage full", "storage emptied", "unit resumed"]
    assert play.states == [
        ("mobilising", ""), ("transit", ""), ("on_task", ""), ("transit", "storage_full"), ("offloading", "storage_full"),
        ("transit", "resuming"), ("on_task", ""),
    ]  # fmt: skip
    assert play.vessel.point == pytest.approx(left_at, abs=60.0)
    assert (play.vessel.fluid, play.vessel.emulsion, play.vessel.oil) == (0.0, 0.0, 0.0)
    assert play.vessel.landed == pytest.approx(10.0, rel=0.01)
    assert play.vessel.recovered > 0.0


def test_the_tank_is_never_above_its_capacity_and_oil_is_part_of_the_fluid() -> None:
    play = Play(skimmer(storage=3.0, pump=0.02))
    for _ in range(400):
        play.step(SKIM, emulsion=50.0)
        assert 0.0 <= play.vessel.emulsion <= play.vessel.fluid <= 3.0
        assert play.vessel.oil <= 800.0 * play.vessel.emulsion + 1e-6
    assert play.told.count("storage full") >= 2


def test_what_is_kept_has_some_water_in_it() -> None:
    assert kept_of(0.8) == pytest.approx(1.0 + (1.0 / 0.8 - 1.0) * 0.2)  # four fifths of the free water go back
    assert kept_of(1.0) == 1.0


def test_a_step_sweeps_its_swath_at_working_speed_relative_to_the_water() -> None:
    still = small_sea.site(*(small_sea.constant(name, 0.0, 0.0) for name in ("current", "wind")), dt=60.0)
    play = Play(skimmer(swath=30.0, working_speed=0.4), calm(still)).until("working", SKIM)
    play.step(SKIM)
    swath = swath_of(play.step(SKIM), 0)
    assert swath is not None
    sides = swath.corners - swath.corners[:, [3, 0, 1, 2]]
    area = 0.5 * abs(
        sum(a[0] * b[1] - a[1] * b[0] for q in swath.corners for a, b in zip(q, q[[1, 2, 3, 0]], strict=True))
    )
    assert sides.shape == swath.corners.shape
    assert area == pytest.approx(30.0 * 0.4 * 60.0, rel=0.01)
    assert swath.most_emulsion <= play.unit.pump * play.unit.efficiency * 60.0


def test_recovery_falls_with_waves_and_work_stops_at_the_limit() -> None:
    play = Play(skimmer()).until("working", SKIM)
    calmer = swath_of(play.step(SKIM), 0)
    play.sea = replace(play.sea, inputs=small_sea.site(small_sea.constant("wave_height", 1.2), dt=60.0))
    rough = swath_of(play.step(SKIM), 0)
    assert calmer is not None
    assert rough is not None
    assert rough.throughput == pytest.approx(0.75 * (1.0 - 1.2 / 1.5))
    assert rough.throughput < calmer.throughput
    play.sea = replace(play.sea, inputs=small_sea.site(small_sea.constant("wave_height", 1.6), dt=60.0))
    assert swath_of(play.step(SKIM), 0) is None
    assert (play.vessel.state, play.vessel.reason) == ("stopped", "waves")
    play.sea = replace(play.sea, inputs=small_sea.site(small_sea.constant("wave_height", 1.4), dt=60.0))
    play.step(SKIM)
    assert play.vessel.state == "stopped"  # until the sea is a tenth below the limit
    play.sea = replace(play.sea, inputs=small_sea.site(small_sea.constant("wave_height", 1.3), dt=60.0))
    play.step(SKIM)
    assert (play.vessel.state, play.told[-2:]) == ("on_task", ["unit stopped", "unit resumed"])


def test_the_boom_grows_along_its_line_and_is_set() -> None:
    play = Play(boomer(working_speed=0.2)).until("working", BOOM)
    assert play.vessel.point == pytest.approx(LINE[0], abs=15.0)
    lengths = []
    while play.vessel.phase == "working":
        boom = boom_of(play.step(BOOM), 0)
        if boom is not None:
            lengths.append(Track(tuple(map(tuple, boom.line))).length)
    assert lengths == sorted(lengths)
    assert lengths[0] <= 0.2 * 120.0
    assert lengths[-1] == pytest.approx(800.0)
    assert play.told == ["unit started", "unit arrived", "boom set"]
    assert (play.vessel.state, play.vessel.boom.state) == ("on_task", "set")


def test_a_leaking_boom_is_told_once_per_change() -> None:
    play = Play(boomer(working_speed=2.0)).until("holding", BOOM)
    for leak in (0.0, 5.0, 5.0, 0.0, 5.0, *[0.0] * 12, 5.0):
        play.step(BOOM, leaked=leak)
    assert play.told[3:] == ["boom leaking", "boom holding", "boom leaking"]
    assert play.vessel.boom.leaked == pytest.approx(20.0)


def test_a_boom_that_leaks_while_it_is_laid_is_told_and_is_leaking_once_it_is_set() -> None:
    play = Play(boomer(working_speed=1.0)).until("working", BOOM)
    play.step(BOOM, leaked=3.0)
    assert (play.told[-1], play.vessel.boom.state) == ("boom leaking", "laying")
    play.until("holding", BOOM, leaked=3.0)
    assert (play.told[-1], play.vessel.boom.state) == ("boom set", "leaking")


def test_standing_by_takes_the_boom_in_twice_as_slowly() -> None:
    play = Play(boomer(working_speed=1.0)).until("working", BOOM)
    before = play.sea.time
    play.until("holding", BOOM)
    laid_in = play.sea.time - before
    play.until("recovering", STAND_BY)
    before = play.sea.time
    play.until("waiting", STAND_BY)
    assert play.sea.time - before == pytest.approx(2.0 * laid_in, abs=120.0)
    assert play.vessel.boom is None
    assert (play.vessel.state, play.vessel.reason) == ("stopped", "stand_by")
    assert play.told[-2:] == ["boom recovered", "unit stopped"]


def test_another_line_means_recovering_the_boom_first() -> None:
    play = Play(boomer(working_speed=2.0)).until("holding", BOOM)
    other = Task("boom", ((0.0, 2_000.0), (500.0, 2_000.0)), 2)
    play.step(other)
    assert (play.vessel.boom.state, play.vessel.reason) == ("recovering", "new_task")
    play.until("holding", other)
    assert play.told[-4:] == ["boom recovered", "unit started", "unit arrived", "boom set"]
    assert play.vessel.boom.line == other.geometry


def test_endurance_brings_a_unit_home_in_time_and_its_boom_stays() -> None:
    play = Play(boomer(working_speed=2.0, endurance=4 * 3600.0)).until("holding", BOOM).until("berthed", BOOM)
    assert (play.vessel.state, play.vessel.reason) == ("stopped", "endurance")
    assert play.vessel.boom is not None
    assert play.events[-1][1] == "unit stopped"
    started = next(at for at, kind in play.events if kind == "unit started")
    assert 3.9 * 3600.0 <= play.events[-1][0] - started <= 4 * 3600.0


def test_standing_by_before_it_left_leaves_a_unit_at_its_berth() -> None:
    play = Play(skimmer()).until("mobilising", SKIM)
    play.step(STAND_BY)
    assert (play.vessel.state, play.vessel.point) == ("off", BERTH)


def test_standing_by_under_way_stops_it_where_it_is() -> None:
    play = Play(skimmer()).until("to_task", SKIM)
    play.step(SKIM)
    play.step(STAND_BY)
    here = play.vessel.point
    play.step(STAND_BY)
    assert (play.vessel.state, play.vessel.reason, play.vessel.point) == ("stopped", "stand_by", here)


def test_an_order_that_cannot_be_done_stops_the_unit_with_its_reason() -> None:
    play = Play(boomer(boom_length=100.0)).until("berthed", BOOM)
    play.step(BOOM)
    for _ in range(15):
        play.step(BOOM)
    assert (play.vessel.state, play.vessel.reason) == ("stopped", "boom_too_long")
    assert play.told == ["unit stopped"]


def test_the_same_order_given_again_begins_anew() -> None:
    play = Play(skimmer()).until("to_task", SKIM)
    play.step(STAND_BY)
    play.step(replace(SKIM, version=3))
    assert play.vessel.phase == "to_task"
    assert play.told == ["unit started", "unit stopped", "unit started"]
