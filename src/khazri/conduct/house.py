"""All exercises of one service: made, resumed after a stop or a crash, played at the same time, each with its conductor."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from khazri.conduct.clock import Clock, SystemClock
from khazri.conduct.conductor import Conductor, TamperedLog
from khazri.conduct.records import RunLog
from khazri.conduct.replay import Replayer
from khazri.conduct.warming import ensure_warm
from khazri.exercise.codec import UnreadableLog
from khazri.exercise.facts import Opened
from khazri.exercise.opening import design_of
from khazri.exercise.state import State
from khazri.inputs import InputError
from khazri.inputs.packs import pack_hash, read_pack
from khazri.runs.refusal import RunRefused
from khazri.scenario.faults import PackFaults
from khazri.scenario.pack import Pack
from khazri.store.checkpoints import Checkpoints
from khazri.store.folder import StoreError
from khazri.store.log import ExerciseLog, RunRecord

if TYPE_CHECKING:  # the engine takes a second to load, and the first page should not wait for it
    from khazri.conduct.aftermath import Aftermath
    from khazri.conduct.recorder import FrameRecorder
    from khazri.runs.preparation import Prepared

LOG: Final = logging.getLogger("khazri.conduct")
SIGNED_EVERY: Final = 60.0  # seconds
NOT_OPENED: Final = (InputError, PackFaults, RunRefused, StoreError, TamperedLog, UnreadableLog)


@dataclass
class Exercise:
    """One run: being opened, in play, or not to be opened for a reason that is said."""

    record: RunRecord
    pack: Pack | None  # none: it can no longer be read
    folder: Path
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    fault: str = ""
    compiling: bool = False  # the engine, for this machine: once
    conductor: Conductor | None = None
    replayer: Replayer | None = None
    prepared: Prepared | None = None
    log: RunLog | None = None
    aftermath: Aftermath | None = None
    recorder: FrameRecorder | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class House:
    """Holds the exercises. Everything it keeps lies in one folder beside the database."""

    def __init__(
        self,
        log: ExerciseLog,
        folder: Path,
        *,
        clock: Clock | None = None,
        threads: int | None = None,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self.log = log
        self.folder = folder
        self.clock = clock or SystemClock()
        self._threads = threads
        self._checkpoints = checkpoints
        self._exercises: dict[str, Exercise] = {}
        self._compiling = asyncio.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def exercises(self) -> dict[str, Exercise]:
        """By run."""
        return dict(self._exercises)

    def find(self, run: str) -> Exercise | None:
        """One of them."""
        return self._exercises.get(run)

    def create(self, source: Path) -> RunRecord:
        """Enter a new run of a pack, which is copied so that what was opened stays as it was."""
        pack = read_pack(source)
        digest = pack_hash(pack)
        kept = self.folder / "packs" / digest[:16]
        if not kept.exists():
            partial = kept.with_suffix(f".{os.getpid()}.partial")
            shutil.copytree(Path(pack.folder or source), partial)
            partial.replace(kept)
        run = f"{pack.name}-{secrets.token_hex(3)}"
        record = RunRecord(run, pack.name, str(kept.relative_to(self.folder)), digest, self.clock.wall())
        self.log.open_run(record)
        return record

    async def open_all(self) -> None:
        """Take up every run of the database; each is made ready in the background."""
        for record in await asyncio.to_thread(self.log.runs):
            await self.open(record)

    async def open(self, record: RunRecord) -> Exercise:
        """Begin to make one ready, or give it where that was begun."""
        if record.run in self._exercises:
            return self._exercises[record.run]
        exercise = Exercise(record, None, self.folder / "runs" / record.run)
        try:
            exercise.pack = await asyncio.to_thread(read_pack, self.folder / record.pack)
        except NOT_OPENED as fault:  # the other exercises are played all the same
            exercise.fault = str(fault)
            LOG.error("run %s cannot be opened: %s", record.run, fault)
        self._exercises[record.run] = exercise
        if exercise.pack is None:
            exercise.ready.set()
            return exercise
        making = self._make_ready(exercise, exercise.pack)
        exercise.tasks.append(asyncio.create_task(making, name=f"open {record.run}"))
        return exercise

    async def _make_ready(self, exercise: Exercise, pack: Pack) -> None:
        try:
            await self._begin(exercise, pack)
        except NOT_OPENED as fault:
            exercise.fault = str(fault)
            LOG.error("run %s cannot be opened: %s", exercise.record.run, fault)
        except Exception as fault:  # a defect of ours: said to the user, and kept with its trace
            exercise.fault = f"{type(fault).__name__}: {fault}"
            LOG.exception("run %s cannot be opened", exercise.record.run)
        finally:
            exercise.ready.set()

    async def _begin(self, exercise: Exercise, pack: Pack) -> None:
        record = exercise.record
        await self._compile(exercise)
        prepared = await asyncio.to_thread(_prepare, pack, self._threads)
        if prepared.pack_hash != record.pack_hash:
            raise StoreError(
                f"run {record.run}: its pack in {exercise.record.pack} was changed since it was opened; "
                f"expected content {record.pack_hash[:16]}, found {prepared.pack_hash[:16]}"
            )
        build = build_text()
        run_log = RunLog(self.log, record.run, exercise.folder, build=hashlib.sha256(build.encode()).hexdigest()[:16])
        from khazri.conduct.aftermath import Aftermath
        from khazri.conduct.incident import Incident
        from khazri.conduct.recorder import FrameRecorder

        first = State(design_of(prepared.pack))
        world = await asyncio.to_thread(Incident, prepared)
        conductor = Conductor(record.run, first, world=world, log=run_log, clock=self.clock)
        await conductor.open(_opened(prepared, build))
        exercise.recorder = world.recorder = FrameRecorder(exercise.folder, world.world)
        exercise.prepared, exercise.log = prepared, run_log
        exercise.aftermath = Aftermath(prepared, exercise.folder / "aftermath")
        exercise.replayer = Replayer(first, run_log, lambda: Incident(prepared))
        exercise.conductor = conductor  # last: whoever finds it finds the rest
        exercise.tasks.append(asyncio.create_task(self._play(exercise, conductor), name=f"play {record.run}"))
        exercise.tasks.append(asyncio.create_task(self._sign_now_and_then(conductor), name=f"sign {record.run}"))

    async def _compile(self, exercise: Exercise) -> None:
        """Once a machine and build: about a minute, which is said."""
        async with self._compiling:
            exercise.compiling = True
            try:
                await ensure_warm()
            finally:
                exercise.compiling = False

    async def _play(self, exercise: Exercise, conductor: Conductor) -> None:
        try:
            await conductor.play()
        except Exception as fault:
            exercise.fault = f"{type(fault).__name__}: {fault}"
            LOG.exception("run %s stopped", exercise.record.run)
            conductor.hub.close()
            return
        await self._sign(conductor)
        await self._evaluate(exercise, conductor)

    async def _sign_now_and_then(self, conductor: Conductor) -> None:
        """Every minute that something was written in, so that a log rewritten whole is found out."""
        while True:
            await self.clock.sleep(SIGNED_EVERY)
            await self._sign(conductor)

    async def _sign(self, conductor: Conductor) -> None:
        if self._checkpoints is not None and conductor.entries:
            await asyncio.to_thread(self._checkpoints.keep, conductor.entries[-1], self.clock.wall())

    async def _evaluate(self, exercise: Exercise, conductor: Conductor) -> None:
        """Once EndEx is called the report is made, so that whoever opens it does not wait for its replays."""
        if exercise.aftermath is None or exercise.log is None:
            return
        try:
            refusals = await asyncio.to_thread(exercise.log.refusals)
            await exercise.aftermath.html(conductor.entries, refusals, "en")
        except Exception:
            LOG.exception("the report of run %s could not be made ahead", exercise.record.run)

    async def close(self) -> None:
        """Stop everything; what stands in the logs is all that is needed to go on."""
        for exercise in self._exercises.values():
            for task in exercise.tasks:
                task.cancel()
            await asyncio.gather(*exercise.tasks, return_exceptions=True)
            if exercise.conductor is not None:
                await exercise.conductor.settle()
                await self._sign(exercise.conductor)
                exercise.conductor.hub.close()
            if exercise.recorder is not None:
                await asyncio.to_thread(exercise.recorder.close)


def _prepare(pack: Pack, threads: int | None) -> Prepared:
    """In a worker thread, loading the engine there too."""
    from khazri.inputs.addresses import pin_addresses
    from khazri.runs.preparation import prepare

    pin_addresses(pack)  # into the house's own copy of the pack: what was opened stays as it was
    return prepare(pack, threads=threads)


def build_text() -> str:
    """What results are bit-equal within, as the first fact names it."""
    from khazri.runs.record import build_record

    return json.dumps(build_record(), sort_keys=True)


def _opened(prepared: Prepared, build: str) -> Opened:
    return Opened(
        exercise=prepared.pack.name,
        scenario_hash=prepared.pack_hash,
        input_hashes=dict(prepared.input_hashes),
        build=build,
        seed=prepared.numerics.seed,
        dt=prepared.numerics.dt,
        start=prepared.pack.start.isoformat().replace("+00:00", "Z"),
        last_step=prepared.pack.steps,
    )
