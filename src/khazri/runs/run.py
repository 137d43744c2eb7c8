"""The Python API: `khazri.simulate` and the `Run` it gives."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from khazri.engine.frame import Frame
from khazri.engine.owners import Owner
from khazri.report.netcdf import write_trajectories
from khazri.report.write import PRODUCTS
from khazri.runs.execution import SNAPSHOT, execute, outcome_of, run_into
from khazri.runs.preparation import Prepared, prepare
from khazri.runs.progress import Progress, Silence
from khazri.runs.record import write_record
from khazri.runs.refusal import RunRefused
from khazri.runs.session import Session, Snapshot, begin
from khazri.scenario.pack import Pack
from khazri.store import FrameReader, StoreError, open_frames, publish_folder


@dataclass
class Run:
    """A finished run. Its frames stay on disk and are read when asked for."""

    folder: Path
    record: dict[str, Any]
    prepared: Prepared | None = None
    final: Snapshot | None = None
    before: tuple[Run, ...] = ()  # the runs that this one continues, the oldest first

    def __repr__(self) -> str:
        return (
            f"Run({self.record['name']!r}, {self.record['steps']} steps, {len(self.sites)} sites, {str(self.folder)!r})"
        )

    @property
    def sites(self) -> tuple[str, ...]:
        """Idents of the sites."""
        return tuple(self.record["sites"])

    @property
    def start(self) -> datetime:
        """UTC."""
        return datetime.fromisoformat(self.record["start"])

    def stored(self, site: str | None = None) -> Series:
        """The stored frames of a site (default: the first), with those of the runs that this one continues."""
        return Series(tuple(run._reader(site) for run in (*self.before, self)))

    def frame(self, time: float, site: str | None = None) -> Frame:
        """The stored frame nearest to `time` [s] from the start."""
        frames = self.stored(site)
        return frames[int(np.abs(frames.times - time).argmin())]

    @cached_property
    def budget(self) -> xr.DataArray:
        """Kilograms by time and owner, summed over the sites; coordinates `released` and `seconds`."""
        series = [self.stored(site) for site in self.sites]
        values = np.sum([[entry.budget for entry in each.entries] for each in series], axis=0)
        released = np.sum([[entry.released for entry in each.entries] for each in series], axis=0)
        times = series[0].times
        return xr.DataArray(
            values,
            dims=("time", "owner"),
            coords={
                "time": self._moments(times),
                "owner": [owner.name.lower() for owner in Owner],
                "seconds": ("time", times, {"units": "s"}),
                "released": ("time", released, {"units": "kg"}),
            },
            name="oil",
            attrs={"units": "kg", "long_name": "oil by owner", "exercise": "EXERCISE"},
        )

    @cached_property
    def frames(self) -> xr.Dataset:
        """Every particle of the first site at every stored time, (trajectory, time), read lazily; see `site_frames`."""
        return self.site_frames(self.sites[0])

    def site_frames(self, site: str) -> xr.Dataset:
        """Every particle of one site at every stored time, (trajectory, time), read lazily."""
        return self._dataset(site)

    def snapshot(self, t: float | datetime | None = None) -> Snapshot:
        """The whole world at `t` (seconds from the start, or a UTC time; default: the end)."""
        prepared = self._prepared()
        seconds = self._seconds(t)
        step = round(seconds / prepared.numerics.dt)
        if not 0 <= step <= int(self.record["steps"]):
            last = int(self.record["steps"]) * prepared.numerics.dt
            raise RunRefused(f"t is {seconds:g} s; expected 0 to {last:g} s, the end of the run")
        if self.final is not None and step == self.final.step:
            return self.final
        return begin(prepared).advance(steps=step).snapshot()

    def session(self, t: float | datetime | None = None) -> Session:
        """A session that stands at `t` (default: the end), to be stepped by hand."""
        return begin(self._prepared()).restore(self.snapshot(t))

    def continue_(
        self,
        until: datetime | float,
        *,
        out: Path | str | None = None,
        every: int | None = None,
        overwrite: bool = False,
        products: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> Run:
        """Go on from the end to `until` (UTC, or seconds from the start) as a new run; this one is not touched."""
        now = self._prepared()
        seconds = self._seconds(until)
        done = int(self.record["steps"])
        steps = -int(-seconds // now.numerics.dt) - done
        if steps < 1:
            raise RunRefused(
                f"until is {seconds:g} s; expected more than {done * now.numerics.dt:g} s, where the run ended"
            )
        end = self.start + timedelta(seconds=seconds)
        longer = prepare(
            now.pack,
            seed=now.numerics.seed,
            particles=now.numerics.particles,
            threads=now.numerics.threads,
            until=end,
            roots=now.roots,
            progress=progress,
        )
        session = begin(longer).restore(self.snapshot())
        target, owner = _target(out)
        chosen = tuple(products) if products is not None else () if out is None else PRODUCTS
        try:
            with publish_folder(target, overwrite=overwrite or out is None) as staging:
                record = run_into(
                    staging,
                    session,
                    steps=steps,
                    every=every,
                    products=chosen,
                    language="en",
                    progress=progress or Silence(),
                )
                last = session.snapshot()
                last.save(staging / SNAPSHOT)
                write_record(staging, record)
        except StoreError as error:
            raise RunRefused(str(error)) from error
        run = Run(target, record, longer, last, before=(*self.before, self))
        return _owned(run, owner)

    def _reader(self, site: str | None) -> FrameReader:
        ident = self.sites[0] if site is None else site
        if ident not in self.sites:
            raise RunRefused(f"site is {ident!r}; expected one of {', '.join(self.sites)}")
        home = self.folder if len(self.sites) == 1 else self.folder / ident
        return open_frames(home / "frames")

    def _prepared(self) -> Prepared:
        if self.prepared is None:
            raise RunRefused(
                f"{self.folder} was opened from its files; to go on, open it with its pack: open_run(folder, pack=...)"
            )
        return self.prepared

    def _seconds(self, t: float | datetime | None) -> float:
        if t is None:
            return float(self.record["steps"]) * float(self.record["dt"])
        return (t - self.start).total_seconds() if isinstance(t, datetime) else float(t)

    def _moments(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.datetime64]:
        start = np.datetime64(self.start.replace(tzinfo=None), "ns")
        return np.asarray(start + (times * 1e9).astype("timedelta64[ns]"))

    def _dataset(self, site: str) -> xr.Dataset:
        home = self.folder if len(self.sites) == 1 else self.folder / site
        path = home / "trajectories.nc"
        if self.before or not path.is_file():
            path = self._written(site)
        dataset = xr.open_dataset(path)
        times = dataset["time"].isel(trajectory=0).values
        return dataset.drop_vars("time").rename(obs="time").assign_coords(time=times)

    def _written(self, site: str) -> Path:
        """Trajectories beside the run, for one that was made without products or goes on from another."""
        prepared = self._prepared()
        outcome = outcome_of(self.folder, prepared, begin(prepared))
        chosen = next(each for each in outcome.sites if each.ident == site)
        folder = Path(tempfile.mkdtemp(prefix="khazri-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        write_trajectories(folder / "trajectories.nc", outcome, replace(chosen, frames=self.stored(site)))
        return folder / "trajectories.nc"


@dataclass(frozen=True)
class Series:
    """The frames of a run and of those it continues, as one; the frame that two share is there once."""

    readers: tuple[FrameReader, ...]

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        places: list[tuple[int, int]] = []
        last = -1
        for number, reader in enumerate(self.readers):
            for index, entry in enumerate(reader.entries):
                if entry.step > last:
                    places.append((number, index))
                    last = entry.step
        return tuple(places)

    @property
    def entries(self) -> tuple[Any, ...]:
        """Lines of the index: step, time, budget, counts."""
        return tuple(self.readers[number].entries[index] for number, index in self._places)

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Seconds from the start."""
        return np.array([entry.time for entry in self.entries], np.float64)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> Frame:
        number, place = self._places[index]
        return self.readers[number][place]


def simulate(
    source: Pack | Path | str,
    *,
    out: Path | str | None = None,
    threads: int | None = None,
    seed: int | None = None,
    particles: int | None = None,
    every: int | None = None,
    overwrite: bool = False,
    products: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Run a pack (a folder, its scenario.yaml, or a `Pack`) from its start to its end.

    out         the folder of the results; None: frames only, in a temporary folder that goes with the `Run`
    threads, seed, particles   in place of the pack's; threads change the speed and no result (default: all cores)
    every       store each n-th step (default: hourly), and always the first and the last
    products    which results to write (default: all with `out`, none without)
    """
    target, owner = _target(out)
    done = execute(
        source,
        target,
        threads=threads,
        seed=seed,
        particles=particles,
        every=every,
        overwrite=overwrite or out is None,
        products=tuple(products) if products is not None else () if out is None else PRODUCTS,
        progress=progress,
    )
    return _owned(Run(done.folder, done.record, done.prepared, done.snapshot), owner)


def open_run(folder: Path | str, *, pack: Pack | Path | str | None = None) -> Run:
    """A run from its folder; with its pack it can be continued."""
    home = Path(folder)
    path = home / "run.json"
    if not path.is_file():
        raise RunRefused(f"{home}: holds no run.json; expected a folder that khazri run wrote")
    record = json.loads(path.read_text(encoding="utf-8"))
    if pack is None:
        return Run(home, record)
    prepared = prepare(pack, seed=record["seed"], particles=record["particles"], threads=record["threads"])
    if prepared.pack_hash != record["pack_hash"]:
        raise RunRefused(
            f"{home}: the pack's hash is {prepared.pack_hash[:12]}; expected the run's, {record['pack_hash'][:12]}"
        )
    return Run(home, record, prepared, Snapshot.load(home / SNAPSHOT))


def _target(out: Path | str | None) -> tuple[Path, Path | None]:
    if out is not None:
        return Path(out), None
    owner = Path(tempfile.mkdtemp(prefix="khazri-"))
    return owner / "run", owner


def _owned(run: Run, owner: Path | None) -> Run:
    if owner is not None:
        weakref.finalize(run, shutil.rmtree, owner, ignore_errors=True)
    return run
