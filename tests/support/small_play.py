"""A play by hand for evaluations and reports: a log of twenty entries, and two traces whose figures can be checked in the head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from khazri.engine.owners import OWNERS, Owner
from khazri.evaluation import BoomTrace, PlaceTrace, SiteTrace, Trace, UnitTrace
from khazri.exercise import facts as f
from khazri.exercise.codec import chained
from khazri.exercise.commands import Polwarn
from khazri.exercise.design import Cell, Design, Inject, Objective, Unit
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import Fact
from khazri.exercise.picture import Chart
from khazri.exercise.refusal import refuse
from khazri.exercise.state import State
from khazri.exercise.view import ViewParty, ViewPlace, ViewSite
from khazri.simulation.happenings import Happening

LAST_STEP = 240
AREA = ((49.1, 44.9), (49.2, 44.9), (49.2, 45.0))
LINE = ((49.1, 44.9), (49.2, 44.95))


def words(text: str) -> dict[str, str]:
    return {"en": text, "ru": f"{text} по-русски", "az": f"{text} azərbaycanca"}


DESIGN = Design(
    exercise="small-play",
    title=words("Small play"),
    parties=("alfa", "bravo", "charlie"),
    sites=("sea",),
    cells=(Cell("alfa-ops", "alfa", words("Alfa centre")), Cell("bravo-ops", "bravo", words("Bravo centre"))),
    units=(
        Unit("alfa-skimmer", "alfa", "skimming_vessel", words("Pelikan"), "sea"),
        Unit("alfa-boom", "alfa", "boom_vessel", words("Bober"), "sea"),
        Unit("bravo-skimmer", "bravo", "skimming_vessel", words("Karabatak"), "sea"),
    ),
    injects=(
        Inject("first-report", "control", "alfa-ops", "urgent", words("Oil"), words("Oil on the water"), at_step=30),
        Inject("bank", "control", "bravo-ops", "urgent", words("Bank"), words("The bank is in danger")),
    ),
    objectives=(
        Objective("warn", words("Warn the neighbour"), "plan, chapter 3", ("polwarn", "notes")),
        Objective("recover", words("Recover early"), "lesson 7", ("orders", "oil")),
    ),
    last_step=LAST_STEP,
)
CHART = Chart(
    parties=tuple(ViewParty(ident=party, name=words(party.title())) for party in DESIGN.parties),
    sites=(ViewSite(ident="sea", name=words("Sea"), bounds=(48.0, 44.2, 50.5, 45.6)),),
    places=(
        ViewPlace(ident="bank", site="sea", name=words("Bank"), point=(49.2, 44.9), radius=4000.0, weight=9.0),
        ViewPlace(ident="reeds", site="sea", name=words("Reeds"), point=(48.6, 45.4), radius=4000.0, weight=7.0),
    ),
)
OPENED = f.Opened(
    exercise="small-play", scenario_hash="ab" * 32, input_hashes={}, build="test", seed=7, dt=60.0,
    start="2026-09-14T04:00:00Z", last_step=LAST_STEP,
)  # fmt: skip


def happened(what: str, subject: str) -> f.Happened:
    return f.Happened(what=what, site="sea", subject=subject, values={})


def message(sender: str, to: str, **more: object) -> f.MessageSent:
    return f.MessageSent(sender=sender, to=to, precedence="routine", subject={"und": "s"}, text={"und": "t"}, **more)


FORM = Polwarn(date_and_time=30, position=(49.1, 44.9), incident="oil", outflow="unknown")

# step, actor, fact: the number of each line is its seq
PLAY: tuple[tuple[int, str, Fact], ...] = (
    (0, "conductor", OPENED),                                                              # 1
    (0, "dora", f.Started()),                                                              # 2
    (21, "world", happened("release started", "platform")),                                # 3
    (30, "clock", f.InjectFired(inject="first-report")),                                   # 4
    (30, "clock", f.MessageSent(sender="control", to="alfa-ops", precedence="urgent", subject=words("Oil"),
                                text=words("Oil on the water"), inject="first-report")),   # 5
    (34, "anna", f.MessageRead(message=5, cell="alfa-ops")),                               # 6
    (40, "anna", f.SkimmerTasked(unit="alfa-skimmer", area=AREA)),                         # 7
    (45, "anna", f.BoomOrdered(unit="alfa-boom", line=LINE)),                              # 8
    (50, "anna", message("alfa-ops", "bravo-ops", form=FORM)),                             # 9
    (52, "boris", f.MessageAcknowledged(message=9, cell="bravo-ops")),                     # 10
    (90, "world", happened("unit arrived", "alfa-skimmer")),                               # 11
    (110, "world", happened("boom set", "alfa-boom")),                                     # 12
    (120, "world", happened("place oiled", "bank")),                                       # 13
    (121, "clock", f.InjectFired(inject="bank")),                                          # 14
    (121, "clock", f.MessageSent(sender="control", to="bravo-ops", precedence="urgent", subject=words("Bank"),
                                 text=words("The bank is in danger"), inject="bank")),     # 15
    (130, "olga", f.NoteWritten(text="Alfa drew the boom late", shared=True)),             # 16
    (131, "olga", f.NoteWritten(text="TOP-SECRET thought", shared=False)),                 # 17
    (240, "clock", f.Ended()),                                                             # 18
    (240, "eva", f.ObjectiveMarked(objective="warn", rating="S", reason="in time, no position", evidence=(9, 10))),  # 19
    (240, "eva", f.FindingRecorded(text="Booms start late", objective="recover", evidence=(8, 12))),  # 20
)  # fmt: skip
HAPPENINGS = tuple(
    Happening(fact.what, step, fact.site, fact.subject) for step, _, fact in PLAY if isinstance(fact, f.Happened)
)
REFUSALS = (
    (36, "anna", refuse("not_running", phase="paused"), {"kind": "task_skimmer"}),
    (44, "anna", refuse("on_land", longitude=48.5, latitude=45.5), {"kind": "deploy_boom"}),
    (47, "boris", refuse("on_land", longitude=48.6, latitude=45.5), {"kind": "deploy_boom"}),
)


def log_of(play: Sequence[tuple[int, str, Fact]] = PLAY) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for step, actor, fact in play:
        previous = entries[-1] if entries else None
        wall = "2026-11-23T05:00:00.000Z"
        entries.append(chained(previous, run="run-1", step=step, fact=fact, actor=actor, cause="", wall=wall))
    return tuple(entries)


def state_of(entries: Sequence[Entry]) -> State:
    state = State(DESIGN)
    for entry in entries:
        state = evolve(state, entry)
    return state


def trace_of(*, played: bool) -> Trace:
    """100 t in a steady flow from step 21 to 121.

    Half of what is out evaporates. Of the rest, without anybody: 20 t are ashore from step 200 on. As played: 12 t, and 15 t are
    recovered between steps 100 and 150.
    """
    steps = np.arange(LAST_STEP + 1)
    released = np.clip((steps - 21) * 1000.0, 0.0, 100_000.0)
    budget = np.zeros((steps.size, OWNERS))
    budget[:, Owner.EVAPORATED] = released / 2
    taken = np.clip((steps - 100) * 300.0, 0.0, 15_000.0) if played else np.zeros(steps.size)
    budget[:, Owner.RECOVERED] = taken
    budget[:, Owner.ASHORE] = np.where(steps >= 200, 12_000.0 if played else 20_000.0, 0.0)
    budget[:, Owner.BOOMED] = np.where(steps >= 115, 3_000.0, 0.0) if played else 0.0
    budget[:, Owner.AFLOAT] = released - budget.sum(axis=1)
    shoreline = np.where(steps >= 200, 1500.0 if played else 4000.0, 0.0)
    site = SiteTrace("sea", budget, released, shoreline, taken / 300.0)
    first, most = (120, 1000.0) if played else (80, 2000.0)
    places = (
        PlaceTrace("bank", "sea", 9.0, np.where(steps >= first, most, 0.0)),
        PlaceTrace("reeds", "sea", 7.0, np.zeros(steps.size)),
    )
    on_task = np.clip(steps - 90, 0, None) * 60.0
    on_oil, full = np.clip(steps - 99, 0, 51) * 60.0, np.clip(steps - 150, 0, None) * 60.0
    nought = np.zeros(steps.size)
    units = (
        UnitTrace("alfa-skimmer", ("on_task",) * steps.size, ("",) * steps.size, taken / 300.0, 60.0, taken, taken / 300.0,
                  on_task, on_oil, full),
        UnitTrace("bravo-skimmer", ("off",) * steps.size, ("",) * steps.size, nought, 80.0, nought, nought, nought, nought,
                  nought),
    )  # fmt: skip
    in_water = np.clip(steps - 110, 0, None) * 60.0
    boom = BoomTrace("alfa-boom", in_water, np.where(steps >= 115, 3000.0, 0.0), np.clip(steps - 114, 0, None) * 60.0,
                     np.clip(steps - 115, 0, None) * 2.0)  # fmt: skip
    return Trace(
        60.0, steps, (site,), places, units if played else (), (boom,) if played else (), HAPPENINGS if played else ()
    )
