"""A small exercise of two delegations, and a recorder that lives as the conductor does: decide, chain, evolve."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from khazri.exercise.codec import chained
from khazri.exercise.commands import Command
from khazri.exercise.decide import decide
from khazri.exercise.design import Cell, Design, Inject, Objective, Unit
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Fact, Opened
from khazri.exercise.refusal import Refusal
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State

DESIGN = Design(
    exercise="north-wind",
    title={"en": "North Wind"},
    parties=("alfa", "bravo", "charlie"),
    sites=("north-caspian",),
    cells=(Cell("alfa-ops", "alfa", {"en": "Alfa operations"}), Cell("bravo-ops", "bravo", {"en": "Bravo operations"})),
    units=(
        Unit("alfa-skimmer", "alfa", "skimming_vessel", {"en": "Skimmer A"}, "north-caspian"),
        Unit("alfa-boom", "alfa", "boom_vessel", {"en": "Boom boat A"}, "north-caspian"),
        Unit("bravo-skimmer", "bravo", "skimming_vessel", {"en": "Skimmer B"}, "north-caspian"),
    ),
    injects=(
        Inject("first-report", "control", "alfa-ops", "urgent", {"en": "Sheen"}, {"en": "A sheen is seen"}, at_step=5),
        Inject("by-hand", "control", "bravo-ops", "routine", {"en": "Press"}, {"en": "The press asks"}),
    ),
    objectives=(Objective("notify", {"en": "Notify the neighbour within an hour"}, "plan"),),
    last_step=2880,
)


@dataclass
class Recorder:
    """The fold, live."""

    design: Design = DESIGN
    state: State = field(default_factory=lambda: State(DESIGN))
    entries: list[Entry] = field(default_factory=list)
    step: int = 0

    def append(self, fact: Fact, actor: str = "test", cause: str = "") -> None:
        previous = self.entries[-1] if self.entries else None
        entry = chained(
            previous, run="r1", step=self.step, fact=fact, actor=actor, cause=cause, wall="2026-11-23T00:00:00Z"
        )
        self.entries.append(entry)
        self.state = evolve(self.state, entry)

    def command(self, actor: Actor, command: Command) -> Refusal | None:
        decision = decide(self.state, lambda unit, task, geometry: None, actor, self.step, command)
        if isinstance(decision, Refusal):
            return decision
        for fact in decision:
            self.append(fact, actor.person)
        return None


DIRECTOR = Actor("dora", Role.DIRECTOR)
ALFA = Actor("anna", Role.PLAYER, "alfa", "alfa-ops")
BRAVO = Actor("bela", Role.PLAYER, "bravo", "bravo-ops")
OBSERVER = Actor("carl", Role.OBSERVER, "charlie")
EVALUATOR = Actor("eva", Role.EVALUATOR)


@pytest.fixture
def live() -> Recorder:
    """A recorder whose exercise has been opened and is ready."""
    recorder = Recorder()
    recorder.append(
        Opened(
            exercise="north-wind",
            scenario_hash="0" * 64,
            input_hashes={},
            build="test",
            seed=1,
            dt=60.0,
            start="2026-09-14T04:00:00Z",
            last_step=2880,
        ),
        "test",
    )
    return recorder
