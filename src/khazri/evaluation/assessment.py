"""The evaluation of a run: two traces, the log, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from khazri.evaluation.chain import chain_of, injects_of
from khazri.evaluation.judgement import cited, compare_replay, lessons_of, notes_of, objectives_of
from khazri.evaluation.oil import account, compared, mixture_of, places_of, series_of
from khazri.evaluation.outcome import Evaluation, Named
from khazri.evaluation.trace import Trace
from khazri.evaluation.work import Refused, booms_of, others_of, refused_of, skimmers_of
from khazri.exercise.entry import Entry
from khazri.exercise.picture import Chart
from khazri.exercise.state import State


def evaluate(
    entries: Sequence[Entry],
    state: State,
    *,
    played: Trace,
    nothing: Trace,
    refusals: Iterable[Refused] = (),
    chart: Chart | None = None,
) -> Evaluation:
    """Measures of a run with their evidence.

    entries    the log of the run, whole
    state      its fold
    played     the trace of its replay
    nothing    the trace of the same run in which no unit got a task
    refusals   the table of refused commands
    chart      names of parties, sites and places
    """
    opened = state.opened
    if opened is None or not entries:
        raise ValueError("the log is empty; expected an exercise that was opened")
    if not np.array_equal(played.steps, nothing.steps):
        raise ValueError(f"as played has {played.last_step} steps, do nothing {nothing.last_step}; expected the same")
    log, names = tuple(entries), chart or Chart()
    chain, injects = chain_of(log, state, played), injects_of(log, state, played.dt)
    places = places_of(nothing, played, log, names)
    skimmers, booms = skimmers_of(log, state, played), booms_of(log, state, played)
    others = others_of(log, state, played)
    objectives, lessons, notes = objectives_of(log, state), lessons_of(state), notes_of(state)
    seqs = {note.seq for note in notes}
    for group in (chain, injects, places, skimmers, others, booms, objectives, lessons):
        seqs |= {seq for each in group for seq in each.evidence}
    comparisons = compared(nothing, played)
    return Evaluation(
        run=state.run,
        exercise=opened.exercise,
        title=state.design.title,
        start=opened.start,
        dt=played.dt,
        last_step=played.last_step,
        ended=state.phase == "ended",
        seed=opened.seed,
        build=opened.build,
        scenario_hash=opened.scenario_hash,
        head_seq=log[-1].seq,
        head_hash=log[-1].hash,
        winds_ordered=len(state.winds),
        parties=_parties(state, names),
        cells=tuple(Named(ident=cell.ident, name=cell.name) for cell in state.design.cells),
        units=tuple(Named(ident=unit.ident, name=unit.name) for unit in state.design.units),
        sites=tuple(Named(ident=site.ident, name=site.name) for site in names.sites),
        comparisons=comparisons,
        mixture=mixture_of(played),
        budget=account(nothing, played),
        series=series_of(nothing, played),
        places=places,
        chain=chain,
        injects=injects,
        refused=refused_of(refusals),
        orders=len(state.orders_given),
        skimmers=skimmers,
        others=others,
        booms=booms,
        objectives=objectives,
        notes=notes,
        lessons=lessons,
        cited=cited(log, seqs),
        replay=compare_replay(log, played),
        absent=_absent(state, bool(places), bool(injects), bool(notes)),
    )


def _parties(state: State, chart: Chart) -> tuple[Named, ...]:
    named = {party.ident: party.name for party in chart.parties}
    return tuple(Named(ident=party, name=named.get(party, {})) for party in state.design.parties)


def _absent(state: State, places: bool, injects: bool, notes: bool) -> tuple[str, ...]:
    """Measures that have nothing to stand on: they are named, not left out."""
    missing = {
        "best_found": True,  # needs the optimiser
        "uncertainty": True,  # needs an ensemble
        "places": not places,
        "injects": not injects,
        "notes": not notes,
        "lessons": not state.findings,
        "objectives": not state.design.objectives,
        "units": not state.design.units,
    }
    return tuple(code for code, is_missing in missing.items() if is_missing)
