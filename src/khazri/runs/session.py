"""A run step by step: the world, its clock, frames and snapshots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.engine.owners import Owner
from khazri.runs.compiling import compile_engine
from khazri.runs.preparation import Prepared, prepare
from khazri.runs.progress import Progress
from khazri.runs.refusal import RunRefused
from khazri.scenario.pack import Pack
from khazri.simulation import Orders
from khazri.simulation.world import World, advance, open_world

Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Snapshot:
    """The whole world at one step; a session restored from it goes on bit for bit."""

    step: int
    time: float  # [s] from the start
    sites: tuple[Arrays, ...]

    def save(self, path: Path | str) -> Path:
        """Write it as one .npz file."""
        flat = {f"{index}/{name}": values for index, arrays in enumerate(self.sites) for name, values in arrays.items()}
        target = Path(path)
        with target.open("wb") as out:
            np.savez(out, **{"step": np.int64(self.step), "time": np.float64(self.time), **flat})  # type: ignore[arg-type]
        return target

    @staticmethod
    def load(path: Path | str) -> Snapshot:
        """Read what `save` wrote."""
        with np.load(Path(path), allow_pickle=False) as stored:
            names = [name for name in stored.files if "/" in name]
            count = 1 + max((int(name.split("/")[0]) for name in names), default=-1)
            sites: tuple[Arrays, ...] = tuple({} for _ in range(count))
            for name in names:
                index, key = name.split("/", 1)
                sites[int(index)][key] = stored[name]
            return Snapshot(int(stored["step"]), float(stored["time"]), sites)


class Session:
    """A world that is stepped by hand. `open_session` makes one."""

    def __init__(self, prepared: Prepared, world: World) -> None:
        self.prepared = prepared
        self.world = world

    @property
    def step(self) -> int:
        """Steps done."""
        return self.world.step

    @property
    def time(self) -> float:
        """[s] from the start."""
        return self.step * self.prepared.numerics.dt

    @property
    def moment(self) -> datetime:
        """The simulated UTC time."""
        return self.prepared.pack.start + timedelta(seconds=self.time)

    @property
    def done(self) -> bool:
        """Whether the pack's end is reached."""
        return self.step >= self.prepared.steps

    @property
    def sites(self) -> tuple[str, ...]:
        """Idents of the sites."""
        return tuple(each.site.ident for each in self.prepared.sites)

    def advance(self, *, steps: int = 1, after: Callable[[Session], None] | None = None) -> Session:
        """Go on by `steps` (past the pack's end too; fields are held there); `after` is called after each."""
        if steps < 0:
            raise RunRefused(f"steps is {steps}; expected 0 or more (a snapshot goes back)")
        for _ in range(steps):
            self.world, _ = advance(self.world, Orders(), self.prepared.numerics)
            if after is not None:
                after(self)
        return self

    def frame(self, site: str | None = None) -> Frame:
        """All particles of a site now (default: the first)."""
        from khazri.engine import frame_of

        index = self._index(site)
        return frame_of(self.world.states[index], self.world.inputs[index])

    def budget(self, site: str | None = None) -> dict[str, float]:
        """Owner -> kg now, of one site or of all."""
        from khazri.engine import budget

        states = self.world.states if site is None else (self.world.states[self._index(site)],)
        total = np.sum([budget(state) for state in states], axis=0)
        return {owner.name.lower(): float(total[owner]) for owner in Owner}

    def snapshot(self) -> Snapshot:
        """The world now, to go on from later."""
        from khazri.engine import save

        return Snapshot(self.step, self.time, tuple(save(state) for state in self.world.states))

    def restore(self, snapshot: Snapshot) -> Session:
        """Go to a snapshot of the same run."""
        from khazri.engine import restore

        if len(snapshot.sites) != len(self.world.inputs):
            raise RunRefused(f"the snapshot holds {len(snapshot.sites)} sites; expected {len(self.world.inputs)}")
        states = tuple(
            restore(arrays, inputs, index)
            for index, (arrays, inputs) in enumerate(zip(snapshot.sites, self.world.inputs, strict=True))
        )
        self.world = World(self.world.inputs, states, self.world.places)
        return self

    def _index(self, site: str | None) -> int:
        if site is None:
            return 0
        if site not in self.sites:
            raise RunRefused(f"site is {site!r}; expected one of {', '.join(self.sites)}")
        return self.sites.index(site)


def open_session(
    source: Pack | Path | str,
    *,
    seed: int | None = None,
    particles: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Session:
    """A session at step 0 of a pack."""
    return begin(prepare(source, seed=seed, particles=particles, threads=threads, progress=progress))


def begin(prepared: Prepared) -> Session:
    """A session at step 0 of what was prepared; compiles the engine where that was not done."""
    if any(site.inputs.releases for site in prepared.sites):
        compile_engine()
    world = open_world(tuple(site.inputs for site in prepared.sites), prepared.world_places)
    return Session(prepared, world)
