"""A whole run: step the world, stream frames to disk, write every product, publish the folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from khazri.engine.owners import Owner
from khazri.report.values import Note, RunOutcome, SiteOutcome, exercise_time
from khazri.report.write import PRODUCTS, write_products
from khazri.runs.compiling import compile_engine
from khazri.runs.deployed import Deployed, response_record
from khazri.runs.preparation import TRAINING, Prepared, PreparedSite, names_of, prepare
from khazri.runs.progress import Progress, Silence, memory_bytes
from khazri.runs.record import run_record, write_record
from khazri.runs.refusal import RunRefused
from khazri.runs.session import Session, Snapshot, begin
from khazri.scenario.pack import Pack
from khazri.simulation import Orders
from khazri.simulation.meteorology import WeatherNow, weather_at
from khazri.simulation.world import advance, open_world
from khazri.store import FrameReader, FrameWriter, StoreError, open_frames, publish_folder
from khazri.store.folder import refuse_existing

HOUR: Final = 3600.0
SNAPSHOT: Final = "final.snapshot.npz"
QUIET: Final = 0.2  # [s] between two words about stepping


@dataclass(frozen=True)
class Executed:
    """What a finished run leaves: its record, its frames, its last snapshot."""

    folder: Path
    record: dict[str, Any]
    prepared: Prepared
    snapshot: Snapshot


def execute(
    source: Pack | Path | str,
    out: Path | str,
    *,
    threads: int | None = None,
    seed: int | None = None,
    particles: int | None = None,
    every: int | None = None,
    overwrite: bool = False,
    response: bool = True,
    products: Sequence[str] = PRODUCTS,
    language: str = "en",
    roots: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Executed:
    """Run a pack into the folder `out`, which appears when everything in it is whole.

    every       store each n-th step (default: hourly), and always the first and the last
    response    whether units follow the pack's plan, if it has one
    products    which results to write, of `report.write.PRODUCTS`
    """
    progress = progress or Silence()
    target = Path(out)
    try:
        refuse_existing(target, overwrite=overwrite)
        prepared = prepare(source, seed=seed, particles=particles, threads=threads, roots=roots, progress=progress)
        with publish_folder(target, overwrite=overwrite) as staging:
            progress.phase("compiling", 0.0)
            compile_engine(lambda share: progress.phase("compiling", 0.99 * share))
            session = begin(prepared, response=response)
            record = run_into(
                staging,
                session,
                steps=prepared.steps,
                every=every,
                products=products,
                language=language,
                progress=progress,
            )
            last = session.snapshot()
            last.save(staging / SNAPSHOT)
            write_record(staging, record)
    except StoreError as error:
        raise RunRefused(str(error)) from error
    return Executed(target, record, prepared, last)


def run_into(
    folder: Path,
    session: Session,
    *,
    steps: int,
    every: int | None,
    products: Sequence[str],
    language: str,
    progress: Progress,
) -> dict[str, Any]:
    """Step to the end with frames into `folder`, then write the products; gives the run's record."""
    prepared = session.prepared
    stride = every if every is not None else max(1, round(HOUR / prepared.numerics.dt))
    if stride < 1:
        raise RunRefused(f"every is {stride}; expected 1 or more (each n-th step is stored)")
    deployed = Deployed(prepared.pack)
    particle_steps, seconds = _step_through(folder, session, deployed, steps=steps, stride=stride, progress=progress)
    outcome = outcome_of(folder, prepared, session, deployed)
    lasts = [site.frames[len(site.frames) - 1] for site in outcome.sites]
    record = run_record(
        prepared,
        budgets=[frame.budget for frame in lasts],
        released=[frame.released for frame in lasts],
        particle_steps=particle_steps,
        seconds=seconds,
        steps=session.step,
        notes=[{"site": site.ident, "topic": n.topic, "text": n.text} for site in outcome.sites for n in site.notes],
    )
    if session.world.fleet.units:
        record["response"] = response_record(deployed.outcomes(session.world), record["budget"])
    write_products(
        folder, outcome, record, products=products, language=language, tell=lambda d, w: progress.phase("writing", d, w)
    )
    progress.phase("writing", 1.0)
    return record


def site_folder(folder: Path, prepared: Prepared, ident: str) -> Path:
    """Where a site's results lie: the run's folder, or one of its own where there are several sites."""
    return folder if len(prepared.sites) == 1 else folder / ident


def _step_through(
    folder: Path, session: Session, deployed: Deployed, *, steps: int, stride: int, progress: Progress
) -> tuple[int, float]:
    prepared = session.prepared
    warm_up(prepared)
    progress.phase("compiling", 1.0)
    first, last = session.step, session.step + steps
    moved, told, began = 0, 0.0, time.perf_counter()
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                FrameWriter(
                    site_folder(folder, prepared, site.site.ident) / "frames", segments=len(site.terrain.segments)
                )
            )
            for site in prepared.sites
        ]
        for site, writer in zip(prepared.sites, writers, strict=True):
            writer.write(session.frame(site.site.ident))
        deployed.keep(session.world)
        while session.step < last:
            session.advance()
            deployed.count(session.world, session.happened)
            moved += sum(int(state.counts[: Owner.LEFT_DOMAIN].sum()) for state in session.world.states)
            if (session.step - first) % stride == 0 or session.step == last:
                for site, writer in zip(prepared.sites, writers, strict=True):
                    writer.write(session.frame(site.site.ident))
                deployed.keep(session.world)
            now = time.perf_counter()
            if now - told > QUIET or session.step == last:
                told = now
                progress.phase(
                    "stepping",
                    (session.step - first) / max(steps, 1),
                    describe(session, moved / max(now - began, 1e-9)),
                )
    return moved, time.perf_counter() - began


def warm_up(prepared: Prepared) -> None:
    """Compile the engine (or load it from its cache) on a few particles of the same run: its speed is then its own."""
    few = tuple(
        replace(site.inputs, numerics=replace(site.inputs.numerics, particles=max(64, 8 * len(site.inputs.releases))))
        for site in prepared.sites
        if site.inputs.releases
    )
    world = open_world(few)
    for _ in range(2):
        world, _ = advance(world, Orders(), prepared.numerics)


def describe(session: Session, rate: float) -> str:
    """Step, simulated time, speed, memory and where the oil is, in one line."""
    budget = session.budget()
    total = sum(budget.values()) or 1.0
    shares = {name: budget[name] / total for name in ("afloat", "ashore", "evaporated")}
    words = " ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items())
    clock = exercise_time(session.time)
    return f"step {session.step}  {clock}  {rate / 1e6:.1f} M/s  {memory_bytes() / 1e6:.0f} MB  {words}"


def outcome_of(folder: Path, prepared: Prepared, session: Session, deployed: Deployed | None = None) -> RunOutcome:
    """The values that the report is made of; frames are read back from the folder."""
    pack = prepared.pack
    sites = []
    for index, site in enumerate(prepared.sites):
        frames = open_frames(site_folder(folder, prepared, site.site.ident) / "frames")
        made = _site_outcome(site, frames, session, index)
        if deployed is not None and session.world.fleet.units:
            made = replace(
                made,
                units=tuple(each for each in deployed.outcomes(session.world) if each.site == made.ident),
                booms=tuple(each for each in deployed.booms if each.site == made.ident),
                happened=tuple(each for each in deployed.happened if each.site == made.ident),
            )
        sites.append(made)
    return RunOutcome(
        name=pack.name,
        titles=names_of(pack.title),
        purposes=names_of(pack.purpose),
        start=pack.start,
        sites=tuple(sites),
        summary={"pack_hash": prepared.pack_hash, "seed": prepared.numerics.seed},
        parties=tuple((names_of(party.name), party.time_zone) for party in pack.parties),
    )


def _site_outcome(site: PreparedSite, frames: FrameReader, session: Session, index: int) -> SiteOutcome:
    marks: dict[str, int] = {}
    for entry in frames.entries:
        for kind, count in entry.marks.items():
            marks[kind] = marks.get(kind, 0) + count
    notes = list(site.notes) + [Note("run", text) for text in session.world.states[index].notes]
    notes += [
        Note("run", f"{count} particle-steps marked {kind.replace('_', ' ')}") for kind, count in marks.items() if count
    ]
    return SiteOutcome(
        ident=site.site.ident,
        names=names_of(site.site.name),
        terrain=site.terrain,
        frames=frames,
        releases=site.releases,
        places=site.places,
        wind=site.wind,
        notes=tuple(dict.fromkeys(notes)),
        attributions=tuple(site.terrain.attributions),
        members=session.prepared.numerics.members,
        not_for_navigation=any(TRAINING in note.text for note in notes),
        weather=partial(weather_of, site, session.prepared.pack.start),
        sea=site.sea,
        fields=site.fields,
    )


def weather_of(site: PreparedSite, start: datetime, time: float) -> WeatherNow:
    """The weather at a site's station, `time` [s] from the start."""
    return weather_at(site.inputs, site.station, time, start=start)
