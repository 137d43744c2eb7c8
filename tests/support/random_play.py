"""Plays at random, lived through as the conductor does; every word in them is a token that says who may know it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from khazri.exercise import commands as c
from khazri.exercise import facts as f
from khazri.exercise import triggers as t
from khazri.exercise.codec import chained
from khazri.exercise.decide import decide, fire
from khazri.exercise.design import Cell, Design, Inject, Objective, Unit
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.picture import Observation, SeenBoom, SeenTreated, SeenUnit, Sighting
from khazri.exercise.refusal import Refusal
from khazri.exercise.roles import Actor, Role
from khazri.exercise.state import State

LAST_STEP = 60
PLACE = "bank"
OILED = t.AllOf(parts=(t.OilWithin(place=PLACE, distance=500.0), t.Not(part=t.OrderGiven(order="boom_ordered"))))
DESIGN = Design(
    exercise="random-play",
    title={"en": "Random play"},
    parties=("alfa", "bravo", "charlie"),
    sites=("sea",),
    cells=(Cell("alfa-ops", "alfa", {}), Cell("alfa-shore", "alfa", {}), Cell("bravo-ops", "bravo", {})),
    units=tuple(
        Unit(f"{party}-{kind[:4]}", party, kind, {"en": f"{kind} of {party}"}, "sea")
        for party in ("alfa", "bravo")
        for kind in ("skimming_vessel", "boom_vessel")
    ),
    injects=(
        Inject("early", "control", "alfa-ops", "urgent", {"en": "inject-early-s"}, {"en": "inject-early-t"}, at_step=5),
        Inject("late", "control", "bravo-ops", "routine", {"en": "inject-late-s"}, {"en": "inject-late-t"}, at_step=40),
        Inject("by-hand", "control", "bravo-ops", "routine", {"en": "inject-hand-s"}, {"en": "inject-hand-t"}),
        Inject(
            "oiled", "control", "alfa-shore", "priority", {"en": "inject-oil-s"}, {"en": "inject-oil-t"},
            when=OILED,
        ),
    ),
    objectives=(Objective("notify", {"en": "objective-text"}, "objective-source"),),
    last_step=LAST_STEP,
    shown_to={"charlie": frozenset({"alfa"})},
)  # fmt: skip
TEXTS_OF_INJECTS = {"early": "inject-early", "late": "inject-late", "by-hand": "inject-hand", "oiled": "inject-oil"}
CAST = {
    "director": Actor("p-director", Role.DIRECTOR),
    "controller": Actor("p-controller", Role.CONTROLLER),
    "safety": Actor("p-safety", Role.SAFETY),
    "evaluator": Actor("p-evaluator", Role.EVALUATOR),
    "alfa": Actor("p-alfa", Role.PLAYER, "alfa", "alfa-ops"),
    "alfa-shore": Actor("p-alfa-shore", Role.LIAISON, "alfa", "alfa-shore"),
    "bravo": Actor("p-bravo", Role.PLAYER, "bravo", "bravo-ops"),
    "observer": Actor("p-observer", Role.OBSERVER, "charlie"),
    "stranger": Actor("p-stranger", Role.OBSERVER, "bravo"),
    "administrator": Actor("p-administrator", Role.ADMINISTRATOR),
    "designer": Actor("p-designer", Role.DESIGNER),
}


@dataclass(frozen=True)
class Secret:
    """A token that stands in the log or the world, and whom it concerns."""

    token: str
    kind: str  # mail, note, unit, world, judgement
    cells: tuple[str, str] = ("", "")
    party: str = ""
    person: str = ""
    shared: bool = False


@dataclass
class Play:
    """The fold, live, with everything that was ever in the log."""

    state: State = field(default_factory=lambda: State(DESIGN))
    entries: list[Entry] = field(default_factory=list)
    step: int = 0
    distance: float = 9e9
    secrets: list[Secret] = field(default_factory=list)
    count: Any = field(default_factory=lambda: itertools.count(100_001))
    refused: int = 0

    def __post_init__(self) -> None:
        opened = f.Opened(
            exercise="random-play", scenario_hash="0" * 64, input_hashes={}, build="test", seed=1, dt=60.0,
            start="2026-09-14T04:00:00Z", last_step=LAST_STEP,
        )  # fmt: skip
        self.append(opened, "conductor")
        self.observation = self._observation()

    def word(self, kind: str, **about: Any) -> str:
        token = f"w{next(self.count)}w"
        self.secrets.append(Secret(token, kind, **about))
        return token

    def figure(self, kind: str, **about: Any) -> float:
        value = 40.0 + (10 * next(self.count) + 3) / 1e7  # a last digit that JSON keeps
        self.secrets.append(Secret(str(value), kind, **about))
        return value

    def _observation(self) -> Observation:
        def point(party: str) -> tuple[float, float]:
            return self.figure("unit", party=party), 45.0

        return Observation(
            units=tuple(
                SeenUnit(
                    unit.ident,
                    "transit",
                    point(unit.party),
                    supply=self.figure("unit", party=unit.party),
                    waste=self.figure("unit", party=unit.party),
                    recovered=self.figure("world"),
                    treated=self.figure("world"),
                )
                for unit in DESIGN.units
            ),
            booms=tuple(SeenBoom(f"{p}-boom", (point(p), point(p)), "holding") for p in ("alfa", "bravo")),
            sightings=tuple(Sighting(f"{p}-skim", 1, (point(p),) * 3, 4) for p in ("alfa", "bravo")),
            treated=tuple(
                SeenTreated(f"{p}-skim", "spray", ((point(p),) * 2,), 1, 2, self.figure("world"))
                for p in ("alfa", "bravo")
            ),
            budget={"sea": {"afloat": self.figure("world")}},
            released={"sea": self.figure("world")},
        )

    def append(self, fact: f.Fact, actor: str, cause: str = "") -> None:
        previous = self.entries[-1] if self.entries else None
        wall = "2026-11-23T00:00:00Z"
        entry = chained(previous, run="r1", step=self.step, fact=fact, actor=actor, cause=cause, wall=wall)
        self.entries.append(entry)
        self.state = evolve(self.state, entry)

    def command(self, actor: Actor, command: c.Command) -> None:
        decision = decide(self.state, lambda unit, task, geometry: None, actor, self.step, command)
        if isinstance(decision, Refusal):
            self.refused += 1
            return
        for fact in decision:
            self.append(fact, actor.person)

    def advance(self) -> None:
        """As the conductor: what is due is fired, then the step is over."""
        if self.state.phase != "running" or self.step >= LAST_STEP:
            return
        places = {PLACE: SimpleNamespace(distance=self.distance)}
        for inject in t.due(self.state, SimpleNamespace(places=places), self.step):  # type: ignore[arg-type]
            for fact in fire(self.state, inject):
                self.append(fact, "clock", f"inject:{inject}")
        self.step += 1

    def move(self, name: str, who: str, choice: int) -> None:  # noqa: C901 - one flat case per kind of move
        """One thing that happens; what `choice` picks depends on it."""
        actor = CAST[who]
        cells = [*(cell.ident for cell in DESIGN.cells), "control", "nobody"]
        units = [unit.ident for unit in DESIGN.units]
        mine = actor.cell or "control"
        match name:
            case "steps":
                for _ in range(choice % 12):
                    self.advance()
            case "oil":
                self.distance = 100.0 if choice % 2 else 9e9
            case "clock":
                self.command(
                    actor,
                    (c.Start(), c.Pause(), c.Resume(), c.SetPace(pace=60.0), c.Jump(to_step=50), c.Start())[choice % 6],
                )
            case "end":
                self.command(actor, c.End())
            case "wind":
                self.command(actor, c.ChangeWind(site="sea", speed=self.figure("world"), from_bearing=1.0))
            case "inject":
                ident = DESIGN.injects[choice % 4].ident
                self.command(actor, c.FireInject(inject=ident) if choice % 3 else c.HoldInject(inject=ident))
            case "grant":
                scope, of = ("truth", None) if choice % 5 == 0 else ("delegation", ("alfa", "bravo")[choice % 2])
                self.command(
                    actor, c.GrantView(party="charlie", scope=scope, of_party=of, until_step=self.step + choice % 30)
                )
            case "skim" | "boom" | "stand_by":
                unit = units[choice % 4]
                party = unit.split("-")[0]
                line = tuple((self.figure("unit", party=party), 45.0) for _ in range(3))
                task = {"skim": c.TaskSkimmer(unit=unit, area=line), "boom": c.DeployBoom(unit=unit, line=line)}
                self.command(actor, task.get(name, c.StandBy(unit=unit)))
            case "mail":
                to = cells[choice % len(cells)]
                words = (self.word("mail", cells=(mine, to)), self.word("mail", cells=(mine, to)))
                self.command(actor, c.SendMessage(to=to, subject=words[0], text=words[1]))
            case "polwarn":
                to = cells[choice % len(cells)]
                form = c.Polwarn(
                    date_and_time=self.step, position=(self.figure("mail", cells=(mine, to)), 45.0),
                    incident=self.word("mail", cells=(mine, to)), outflow=self.word("mail", cells=(mine, to)),
                )  # fmt: skip
                self.command(actor, c.FilePolwarn(to=to, form=form))
            case "read" | "acknowledge":
                inbox = [message.seq for message in self.state.messages.values() if message.to == mine]
                seq = inbox[choice % len(inbox)] if inbox and choice % 4 else 1 + choice % max(self.state.seq, 1)
                self.command(actor, c.ReadMessage(message=seq) if name == "read" else c.AcknowledgeMessage(message=seq))
            case "note":
                shared = bool(choice % 2)
                word = self.word("note", person=actor.person, shared=shared)
                self.command(actor, c.WriteNote(text=word, shared=shared))
            case "rating":
                word = self.word("judgement")
                self.command(actor, c.MarkObjective(objective="notify", rating="PSMU"[choice % 4], reason=word))
            case "finding":
                self.command(actor, c.RecordFinding(text=self.word("judgement")))
            case "world":
                unit = units[choice % 4]
                values = {"x": self.figure("unit", party=unit.split("-")[0])}
                self.append(
                    f.Happened(what="arrived", site="sea", subject=unit, values=values), "world", f"world@{self.step}"
                )
                for what, subject in (
                    ("place oiled", PLACE),
                    ("oil ashore", "sea"),
                    ("place oiled", unit),
                    ("boom leaking", unit),
                ):
                    fact = f.Happened(what=what, site="sea", subject=subject, values={"mass": self.figure("world")})
                    self.append(fact, "world", f"world@{self.step}")
            case _:
                raise AssertionError(name)


NAMES = (
    "steps", "steps", "oil", "clock", "wind", "inject", "grant", "skim", "boom", "stand_by", "mail", "mail", "polwarn",
    "read", "acknowledge", "note", "rating", "finding", "world",
)  # fmt: skip
# who is likely to be allowed, so that most moves count; the rest try what they may not
LIKELY = {
    **dict.fromkeys(("clock", "wind", "inject", "grant", "end"), ("director", "director", "controller", "alfa")),
    **dict.fromkeys(("skim", "boom", "stand_by", "polwarn"), ("alfa", "bravo", "observer")),
    **dict.fromkeys(("mail", "read", "acknowledge"), ("alfa", "bravo", "alfa-shore", "director", "observer")),
    **dict.fromkeys(("note", "rating", "finding"), ("evaluator", "controller", "observer", "safety", "stranger")),
    **dict.fromkeys(("steps", "oil", "world"), ("director",)),
}  # fmt: skip


def moves(*, most: int = 40, names: tuple[str, ...] = NAMES) -> st.SearchStrategy[list[tuple[str, str, int]]]:
    """Moves of a play; the exercise has been started before them."""
    one = st.sampled_from(names).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(LIKELY[name]), st.integers(0, 200))
    )
    return st.lists(one, max_size=most)


def started() -> Play:
    """A play after StartEx."""
    play = Play()
    play.command(CAST["director"], c.Start())
    return play


def played(made: list[tuple[str, str, int]]) -> Play:
    """The play of some moves."""
    play = started()
    for move in made:
        play.move(*move)
    return play
