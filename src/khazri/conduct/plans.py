"""The plans of one service: one writer for each, decided, made durable, evolved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from khazri.conduct.clock import Clock
from khazri.exercise.codec import UnreadableLog
from khazri.exercise.evolve import evolve as evolve_exercise
from khazri.exercise.refusal import Refusal
from khazri.exercise.refusal import refuse as refuse_exercise
from khazri.exercise.state import State
from khazri.programme import Officer, Plan, PlanLine, PlanView, decide, evolve, line_of, opening, view
from khazri.programme.codec import PlanEntry, chained, first_fault
from khazri.programme.commands import LinkExercise, PlanCommand, TakeFindings, VerifyAction
from khazri.programme.decide import Finding, Shown
from khazri.programme.document import PlanDocument
from khazri.programme.facts import PlanFact
from khazri.programme.refusal import refuse
from khazri.programme.view import may_read
from khazri.store.folder import StoreError
from khazri.store.log import ExerciseLog
from khazri.store.programme import PlanLog


@dataclass
class _Kept:
    """A plan and the last entry of its log."""

    plan: Plan
    last: PlanEntry


class Plans:
    """All plans of a database. `exercises` and `folder` are asked what an exercise has shown."""

    def __init__(self, log: PlanLog, exercises: ExerciseLog, clock: Clock) -> None:
        self._log = log
        self._exercises = exercises
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._writing = asyncio.Lock()

    def open(self, document: PlanDocument, actor: str = "secretary") -> str:
        """Enter a plan, or give the one of that ident that stands."""
        if document.ident not in self._log.plans():
            self._write(document.ident, opening(document), Officer(actor, "secretary", document.parties[0].ident))
        return document.ident

    def stands(self, plan: str) -> bool:
        """Whether a plan was opened."""
        return plan in self._log.plans()

    def entries(self, plan: str) -> list[PlanEntry]:
        """The log of a plan."""
        return self._log.read(plan)

    async def lines(self, party: str) -> tuple[PlanLine, ...]:
        """The plans that a party may read."""
        plans = [await self._load(ident) for ident in await asyncio.to_thread(self._log.plans)]
        return tuple(line_of(kept.plan) for kept in plans if may_read(kept.plan, party))

    async def view(self, plan: str, officer: Officer) -> PlanView | Refusal:
        """A plan for one reader; one that is not theirs is unknown to them."""
        kept = await self._find(plan, officer)
        return kept if isinstance(kept, Refusal) else view(kept.plan, officer)

    async def submit(self, plan: str, officer: Officer, command: PlanCommand) -> int | Refusal:
        """Decide, make durable, evolve: the seq of the last fact, or why not."""
        async with self._writing:
            kept = await self._find(plan, officer)
            if isinstance(kept, Refusal):
                return kept
            shown = await asyncio.to_thread(self._shown, kept.plan, command)
            decision = decide(kept.plan, officer, command, shown)
            if isinstance(decision, Refusal):
                return decision
            try:
                await asyncio.to_thread(self._write, plan, decision, officer)
            except StoreError:
                return refuse_exercise("not_kept")
            return self._kept[plan].plan.seq

    async def _find(self, plan: str, officer: Officer) -> _Kept | Refusal:
        if plan not in await asyncio.to_thread(self._log.plans):
            return refuse("plan_unknown", plan=plan)
        kept = await self._load(plan)
        return kept if may_read(kept.plan, officer.party) else refuse("plan_unknown", plan=plan)

    async def _load(self, ident: str) -> _Kept:
        if ident not in self._kept:
            await asyncio.to_thread(self._fold, ident)
        return self._kept[ident]

    def _fold(self, ident: str) -> None:
        entries = self._log.read(ident)
        fault = first_fault(entries)
        if fault is not None:
            raise UnreadableLog(f"plan {ident}: {fault}")
        plan = Plan()
        for entry in entries:
            plan = evolve(plan, entry.fact)
        self._kept[ident] = _Kept(plan, entries[-1])

    def _write(self, ident: str, facts: tuple[PlanFact, ...], officer: Officer) -> None:
        kept = self._kept.get(ident)
        plan, last = (kept.plan, kept.last) if kept else (Plan(), None)
        chain: list[PlanEntry] = []
        for fact in facts:
            previous = chain[-1] if chain else last
            wall = self._clock.wall()
            chain.append(chained(previous, plan=ident, fact=fact, actor=officer.person, party=officer.party, wall=wall))
        self._log.append(chain)
        for entry in chain:
            plan = evolve(plan, entry.fact)
        self._kept[ident] = _Kept(plan, chain[-1])

    def _shown(self, plan: Plan, command: PlanCommand) -> Shown | None:
        """What the exercise that a command is about has shown of itself, from its own log."""
        if isinstance(command, LinkExercise):
            run = command.run
        elif isinstance(command, TakeFindings | VerifyAction):
            held = plan.activities.get(command.activity)
            run = held.run if held else ""
        else:
            return None
        entries = list(self._exercises.read(run)) if run else []
        if not entries:  # entered, but not opened yet: nothing to show so far
            known = next((record for record in self._exercises.runs() if record.run == run), None)
            return None if known is None else Shown(run, known.exercise, ended=False, findings=(), ratings={})
        from khazri.exercise.design import Design

        bare = Design(run, {}, (), (), (), (), (), (), 0)
        state = State(bare)
        for entry in entries:
            state = evolve_exercise(state, entry)
        opened = state.opened
        return Shown(
            run=run,
            title=opened.exercise if opened else run,
            ended=state.phase == "ended",
            findings=tuple(Finding(each.seq, each.text, each.objective or "") for each in state.findings),
            ratings={each.objective: (each.rating, each.seq) for each in state.ratings.values()},
        )
