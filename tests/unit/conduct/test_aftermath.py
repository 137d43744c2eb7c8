"""After the exercise: nobody acting is the plain run of the pack, as played is what was played, and notes cost no replay."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from khazri.conduct import aftermath
from khazri.conduct.aftermath import Aftermath, fresh_world, read_story, replay
from khazri.exercise import facts as f
from khazri.exercise.codec import chained
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Fact
from khazri.exercise.opening import design_of
from khazri.exercise.orders import orders
from khazri.exercise.refusal import refuse
from khazri.exercise.state import State
from khazri.inputs.examples import example
from khazri.runs.preparation import Prepared, prepare
from khazri.runs.refusal import RunRefused
from khazri.runs.session import begin
from khazri.simulation import advance

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

END = 150
AREA = ((49.09, 44.905), (49.16, 44.905), (49.16, 44.935), (49.09, 44.935))
REFUSALS = ((12, "anna", refuse("not_running", phase="ready"), {"kind": "task_skimmer"}),)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(example("north-wind"), particles=300, threads=1)


def opened(prepared: Prepared, **changes: object) -> f.Opened:
    given = {
        "exercise": prepared.pack.name, "scenario_hash": prepared.pack_hash, "input_hashes": {}, "build": "test",
        "seed": prepared.numerics.seed, "dt": prepared.numerics.dt, "start": "2026-09-14T04:00:00Z", "last_step": 720,
    }  # fmt: skip
    return f.Opened(**{**given, **changes})


def log_of(steps: Sequence[tuple[int, str, Fact]]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for step, actor, fact in steps:
        previous = entries[-1] if entries else None
        wall = "2026-11-23T05:00:00Z"
        entries.append(chained(previous, run="nw-1", step=step, fact=fact, actor=actor, cause="", wall=wall))
    return tuple(entries)


def idle(prepared: Prepared) -> list[tuple[int, str, Fact]]:
    return [(0, "conductor", opened(prepared)), (0, "dora", f.Started())]


def played(prepared: Prepared) -> list[tuple[int, str, Fact]]:
    return [
        *idle(prepared),
        (40, "anna", f.SkimmerTasked(unit="alfa-skimmer", area=AREA)),
        (60, "dora", f.WindChanged(site="north-caspian", speed=14.0, from_bearing=1.0)),
        (END, "clock", f.Ended()),
    ]


def test_nobody_acting_is_the_plain_run_of_the_pack_to_the_bit(prepared: Prepared) -> None:
    story = read_story(prepared, log_of([*idle(prepared), (END, "clock", f.Ended())]))
    traces = replay(prepared, story, None)
    session = begin(prepared).advance(steps=END)
    frame = session.frame()
    for trace in (traces.nothing, traces.played):  # without orders, as played is do nothing
        last = trace.last[0][1]
        assert np.array_equal(trace.sites[0].budget[-1], frame.budget)
        for name in ("x", "y", "z", "mass", "status", "water", "thickness"):
            assert np.array_equal(getattr(last, name), getattr(frame, name)), name


def test_as_played_is_the_world_that_was_played(prepared: Prepared) -> None:
    entries = log_of(played(prepared))
    world, state, waiting = fresh_world(prepared), State(design_of(prepared.pack)), list(entries)
    while world.step < END:
        while waiting and waiting[0].step <= world.step:
            state = evolve(state, waiting.pop(0))
        advance(world, orders(state))
    trace = replay(prepared, read_story(prepared, entries), None).played
    assert [unit.states[-1] for unit in trace.units] == [vessel.state for vessel in world.vessels]
    assert np.array_equal(trace.last[0][1].x, world.states[0].pool.x[: world.states[0].living])
    assert {unit.ident for unit in trace.units if unit.states[-1] != "off"} == {"alfa-skimmer"}


def test_do_nothing_keeps_the_wind_that_control_ordered(prepared: Prepared) -> None:
    story = read_story(prepared, log_of(played(prepared)))
    calm = read_story(prepared, log_of([*idle(prepared), (END, "clock", f.Ended())]))
    moved, still = (replay(prepared, each, None).nothing.last[0][1].x for each in (story, calm))
    assert not np.array_equal(moved, still)
    assert story.orders_at(39).tasks == {}
    assert set(story.orders_at(40).tasks) == {"alfa-skimmer"}
    assert [len(story.orders_at(step).winds) for step in (59, 60, END)] == [0, 1, 1]


def test_notes_and_ratings_change_the_report_and_cost_no_replay(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = played(prepared)
    first = Aftermath(prepared, tmp_path).evaluate(log_of(steps), REFUSALS)
    monkeypatch.setattr(aftermath, "trace_of", lambda *a, **k: pytest.fail("replayed"))
    later = [*steps, (END, "eva", f.NoteWritten(text="seen", shared=True))]
    second = Aftermath(prepared, tmp_path).evaluate(log_of(later), REFUSALS)
    assert (first.notes, [note.text for note in second.notes]) == ((), ["seen"])
    assert second.comparisons == first.comparisons
    assert [each.code for each in first.refused] == ["not_running"]


def test_what_moves_the_world_is_replayed_anew(prepared: Prepared) -> None:
    steps = played(prepared)
    other = [*steps[:2], (41, *steps[2][1:]), *steps[3:]]
    keys = {read_story(prepared, log_of(each)).key for each in (steps, other, idle(prepared))}
    assert len(keys) == 3
    assert read_story(prepared, log_of([*steps, (END, "eva", f.NoteWritten(text="x", shared=False))])).key in keys


def test_a_damaged_file_costs_the_replay_and_nothing_else(prepared: Prepared, tmp_path: Path) -> None:
    story = read_story(prepared, log_of(played(prepared)))
    replay(prepared, story, tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:1000])
    told: list[tuple[str, float]] = []
    traces = replay(prepared, story, tmp_path, lambda what, done: told.append((what, done)))
    assert traces.played.last_step == END
    assert told[0] == ("played", 1 / END)
    assert told[-1] == ("nothing", 1.0)
    assert not list(tmp_path.glob(".*"))


def test_an_exercise_that_has_not_ended_is_reported_as_far_as_it_is(prepared: Prepared) -> None:
    entries = log_of(played(prepared)[:-1])
    assert read_story(prepared, entries).last_step == 60
    assert read_story(prepared, entries, 77).last_step == 77
    assert not Aftermath(prepared, None).evaluate(entries, (), last_step=77).ended


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"scenario_hash": "0" * 64}, "pack's hash"), ({"seed": 2}, "seed"), ({"dt": 30.0}, "step")],
)
def test_another_pack_than_the_one_played_is_refused_with_words(
    prepared: Prepared, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(RunRefused, match=words):
        read_story(prepared, log_of([(0, "conductor", opened(prepared, **changes))]))


def test_a_tampered_or_an_empty_log_is_not_reported_on(prepared: Prepared) -> None:
    entries = list(log_of(played(prepared)))
    entries[2] = replace(entries[2], step=39)
    with pytest.raises(RunRefused, match="does not match its hash"):
        read_story(prepared, entries)
    with pytest.raises(RunRefused, match="empty"):
        read_story(prepared, ())


def test_both_reports_come_out_of_one_replay(prepared: Prepared, tmp_path: Path) -> None:
    entries, after = log_of(played(prepared)), Aftermath(prepared, tmp_path)

    async def both() -> tuple[str, bytes]:
        return await asyncio.gather(after.html(entries, REFUSALS, "ru"), after.pdf(entries, REFUSALS, "az"))

    page, paper = asyncio.run(both())
    assert "Ничего не делать | Как сыграно" in page
    assert page.count("data:image/png;base64,") == 2
    assert paper.startswith(b"%PDF-")
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_an_exercise_that_was_only_opened_has_a_report_too(prepared: Prepared) -> None:
    entries = log_of(idle(prepared)[:1])
    page = Aftermath(prepared, None).write_html(entries, (), "en")
    assert "The exercise has not ended: this is how it stood at T+00:00" in page
    assert "no oil came out" in page
