"""After the exercise: from a run's log to its evaluation and its report.

The log is replayed twice, as played and with nobody doing anything. That takes seconds to minutes, so it is done in a
worker thread, told about as it goes, and kept beside the database under a hash of all that moves the world: notes and
ratings that come after EndEx change the report, and cost no replay.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import rfc8785

from khazri.evaluation import Evaluation, Trace, evaluate
from khazri.exercise.codec import first_fault, payload_of
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.facts import (
    BoomOrdered,
    Ended,
    Opened,
    SkimmerTasked,
    StoodBy,
    UnitFailed,
    UnitTasked,
    WindChanged,
)
from khazri.exercise.opening import chart_of, design_of
from khazri.exercise.orders import orders
from khazri.exercise.refusal import Refusal
from khazri.exercise.state import State
from khazri.report.after_action.document import MapPair
from khazri.report.values import FieldOrigin, pick
from khazri.response import fleet_of
from khazri.runs.preparation import TRAINING, Prepared, names_of
from khazri.runs.record import build_record
from khazri.runs.refusal import RunRefused
from khazri.runs.trace import OrdersAt, nobody_acts, trace_of
from khazri.runs.trace_file import UnreadableTrace, read_trace, write_trace
from khazri.simulation import World, open_world
from khazri.simulation.orders import Orders

MOVERS: Final = (SkimmerTasked, BoomOrdered, StoodBy, UnitTasked, UnitFailed, WindChanged)
Refused = tuple[int, str, Refusal, dict[str, object]]  # step, actor, refusal, command: as the log gives them
Tell = Callable[[str, float], None]  # "played", "nothing" or "maps", and how far it is (0 to 1)


def _silent(_what: str, _done: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class Story:
    """A log, folded: what the world was told, and when."""

    entries: tuple[Entry, ...]
    state: State
    opened: Opened
    last_step: int
    key: str  # of all that moves the world

    @property
    def orders_at(self) -> OrdersAt:
        """The orders of the step that begins at a step."""
        state = State(self.state.design)
        steps, given = [0], [Orders()]
        for entry in self.entries:
            state = evolve(state, entry)
            if isinstance(entry.fact, MOVERS):
                steps.append(entry.step)
                given.append(orders(state))
        return lambda step: given[bisect_right(steps, step) - 1]


def read_story(prepared: Prepared, entries: Sequence[Entry], last_step: int | None = None) -> Story:
    """The log of a run of this pack, checked and folded. `last_step`: where it stands, for one that has not ended."""
    fault = first_fault(entries)
    if not entries or fault is not None:
        raise RunRefused(f"the log cannot be reported on: {fault or 'it is empty'}; see khazri verify")
    state = State(design_of(prepared.pack))
    for entry in entries:
        state = evolve(state, entry)
    opened = state.opened
    if opened is None:
        raise RunRefused("the log does not begin with the opening of an exercise; expected one that Khazri wrote")
    for what, logged, found in (
        ("pack's hash", opened.scenario_hash, prepared.pack_hash),
        ("seed", opened.seed, prepared.numerics.seed),
        ("step [s]", opened.dt, prepared.numerics.dt),
    ):
        if logged != found:
            raise RunRefused(f"run {state.run}: the {what} is {found}; expected the one that was played, {logged}")
    ended = next((entry.step for entry in entries if isinstance(entry.fact, Ended)), None)
    last = ended if ended is not None else max(entries[-1].step, last_step or 0)
    return Story(tuple(entries), state, opened, last, _key(opened, entries, last))


def _key(opened: Opened, entries: Iterable[Entry], last_step: int) -> str:
    moved = [[entry.step, entry.kind, payload_of(entry.fact)] for entry in entries if isinstance(entry.fact, MOVERS)]
    whole: Any = {"opened": payload_of(opened), "build": build_record(), "moved": moved, "last_step": last_step}
    return hashlib.sha256(rfc8785.dumps(whole)).hexdigest()[:24]


def fresh_world(prepared: Prepared) -> World:
    """The world before its first step, its units at their berths."""
    inputs = tuple(site.inputs for site in prepared.sites)
    return open_world(
        inputs,
        prepared.world_places,
        fleet=fleet_of(prepared.pack.inventory, bases=prepared.pack.bases),
        start=prepared.pack.start,
    )


@dataclass(frozen=True)
class Traces:
    """Both runs."""

    played: Trace
    nothing: Trace


def replay(prepared: Prepared, story: Story, folder: Path | None, tell: Tell = _silent) -> Traces:
    """Both traces, from `folder` where they lie there whole."""
    played = _traced(prepared, story, story.orders_at, _Kept(folder, f"{story.key}.played.npz"), tell, "played")
    idle = nobody_acts(story.orders_at)
    nothing = _traced(prepared, story, idle, _Kept(folder, f"{story.key}.nothing.npz"), tell, "nothing")
    return Traces(played, nothing)


def _traced(prepared: Prepared, story: Story, orders_at: OrdersAt, kept: _Kept, tell: Tell, what: str) -> Trace:
    content = kept.read()
    if content is not None:
        with contextlib.suppress(UnreadableTrace):  # a damaged file costs the replay, nothing else
            found = read_trace(content)
            tell(what, 1.0)
            return found
    trace = trace_of(
        fresh_world(prepared), orders_at, story.last_step, told=lambda done, of: tell(what, done / max(of, 1))
    )
    kept.write(write_trace(trace))
    return trace


@dataclass(frozen=True)
class _Kept:
    """A derived file: written beside its name and renamed when whole; what cannot be written is made again next time."""

    folder: Path | None
    name: str

    def read(self) -> bytes | None:
        if self.folder is None:
            return None
        try:
            return (self.folder / self.name).read_bytes()
        except OSError:
            return None

    def write(self, content: bytes) -> None:
        if self.folder is None:
            return
        partial = self.folder / f".{self.name}.{os.getpid()}.partial"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(content)
            partial.replace(self.folder / self.name)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)


class Aftermath:
    """The evaluation and the reports of one run. `folder` keeps what was computed."""

    def __init__(self, prepared: Prepared, folder: Path | None) -> None:
        self._prepared = prepared
        self._folder = folder
        self._traces: tuple[str, Traces] | None = None
        self._one_at_a_time = asyncio.Lock()

    def evaluate(
        self,
        entries: Sequence[Entry],
        refusals: Iterable[Refused],
        *,
        last_step: int | None = None,
        tell: Tell = _silent,
    ) -> Evaluation:
        """The evaluation; call it in a worker thread."""
        story = read_story(self._prepared, entries, last_step)
        traces = self._replayed(story, tell)
        return evaluate(
            story.entries,
            story.state,
            played=traces.played,
            nothing=traces.nothing,
            refusals=refusals,
            chart=chart_of(self._prepared.pack),
        )

    def draw(
        self, entries: Sequence[Entry], language: str, *, last_step: int | None = None, tell: Tell = _silent
    ) -> tuple[MapPair, ...]:
        """The maps of the end, in one language; call it in a worker thread."""
        from khazri.report.after_action.maps import Ground, draw_pair

        story = read_story(self._prepared, entries, last_step)
        traces = self._replayed(story, tell)
        pairs = []
        for index, site in enumerate(self._prepared.sites):
            tell("maps", index / len(self._prepared.sites))
            ident = site.site.ident
            training = any(TRAINING in note.text for note in site.notes)
            names = names_of(site.site.name)
            ground = Ground(ident, names, site.terrain, site.releases, site.places, training)
            lines = [boom.line for boom in traces.played.booms if boom.site == ident and boom.in_water[-1] > 0.0]
            frames = (dict(traces.nothing.last)[ident], dict(traces.played.last)[ident])
            kept = [_Kept(self._folder, f"{story.key}.{ident}.{language}.{run}.png") for run in ("nothing", "played")]
            drawn = [each.read() for each in kept]
            if drawn[0] is None or drawn[1] is None:
                pair = draw_pair(ground, frames, lines, start=self._prepared.pack.start, language=language)
                kept[0].write(pair.nothing)
                kept[1].write(pair.played)
            else:
                sources = tuple(site.terrain.attributions)
                pair = MapPair(ident, ground.name(language), drawn[0], drawn[1], sources)
            pairs.append(pair)
        tell("maps", 1.0)
        return tuple(pairs)

    def _origins(self, language: str) -> list[tuple[str, tuple[FieldOrigin, ...]]]:
        """What wind, water and ice were made of, site by site."""
        sites = self._prepared.sites
        return [(pick(names_of(each.site.name), language, each.site.ident), each.fields) for each in sites]

    def write_html(
        self, entries: Sequence[Entry], refusals: Iterable[Refused], language: str, *,
        last_step: int | None = None, tell: Tell = _silent,
    ) -> str:  # fmt: skip
        """The report as one page; call it in a worker thread."""
        from khazri.report.after_action.page import html

        evaluation = self.evaluate(entries, refusals, last_step=last_step, tell=tell)
        pictures = self.draw(entries, language, last_step=last_step, tell=tell)
        return html(evaluation, language, pictures, self._origins(language))

    def write_pdf(
        self, entries: Sequence[Entry], refusals: Iterable[Refused], language: str, *,
        last_step: int | None = None, tell: Tell = _silent,
    ) -> bytes:  # fmt: skip
        """The report as PDF; call it in a worker thread."""
        from khazri.report.after_action.paper import pdf

        evaluation = self.evaluate(entries, refusals, last_step=last_step, tell=tell)
        pictures = self.draw(entries, language, last_step=last_step, tell=tell)
        return pdf(evaluation, language, pictures, self._origins(language))

    async def html(
        self, entries: Sequence[Entry], refusals: Iterable[Refused], language: str, *, last_step: int | None = None
    ) -> str:
        """`write_html` in a thread, one at a time: who asks meanwhile waits for what the first one computes."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self.write_html, entries, tuple(refusals), language, last_step=last_step)

    async def pdf(
        self, entries: Sequence[Entry], refusals: Iterable[Refused], language: str, *, last_step: int | None = None
    ) -> bytes:
        """`write_pdf` in a thread, one at a time."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self.write_pdf, entries, tuple(refusals), language, last_step=last_step)

    def _replayed(self, story: Story, tell: Tell) -> Traces:
        if self._traces is None or self._traces[0] != story.key:
            self._traces = (story.key, replay(self._prepared, story, self._folder, tell))
        return self._traces[1]
