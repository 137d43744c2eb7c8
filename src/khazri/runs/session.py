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
from khazri.response.fleet import fleet_of
from khazri.runs.compiling import compile_engine
from khazri.runs.foreseen import refuse_impossible
from khazri.runs.planned import OrdersAt, orders_of
from khazri.runs.preparation import Prepared, prepare
from khazri.runs.progress import Progress
from khazri.runs.refusal import RunRefused
from khazri.scenario.pack import Pack
from khazri.simulation import Happening, Orders
from khazri.simulation.snapshot import restore_world, save_world
from khazri.simulation.world import World, advance, open_world

Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Snapshot:
    """The whole world at one step; a session restored from it goes on bit for bit."""

    step: int
    time: float  # [s] from the start
    sites: tuple[Arrays, ...]
    world: bytes = b""  # with its units, where there are any

    def save(self, path: Path | str) -> Path:
        """Write it as one .npz file."""
        flat = {f"{index}/{name}": values for index, arrays in enumerate(self.sites) for name, values in arrays.items()}
        units = {"world": np.frombuffer(self.world, np.uint8)} if self.world else {}
        target = Path(path)
        with target.open("wb") as out:
            np.savez(out, **{"step": np.int64(self.step), "time": np.float64(self.time), **units, **flat})  # type: ignore[arg-type]
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
            world = stored["world"].tobytes() if "world" in stored.files else b""
            return Snapshot(int(stored["step"]), float(stored["time"]), sites, world)


class Session:
    """A world that is stepped by hand. `open_session` makes one."""

    def __init__(self, prepared: Prepared, world: World, orders_at: OrdersAt | None = None) -> None:
        self.prepared = prepared
        self.world = world
        self.orders_at = orders_at or (lambda step: Orders())
        self.happened: tuple[Happening, ...] = ()  # in the last step

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
            orders = self.orders_at(self.world.step)
            self.world, self.happened = advance(self.world, orders, self.prepared.numerics)
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

        sites = tuple(save(state) for state in self.world.states)
        return Snapshot(self.step, self.time, sites, save_world(self.world) if self.world.fleet.units else b"")

    def restore(self, snapshot: Snapshot) -> Session:
        """Go to a snapshot of the same run."""
        from khazri.engine import restore

        if len(snapshot.sites) != len(self.world.inputs):
            raise RunRefused(f"the snapshot holds {len(snapshot.sites)} sites; expected {len(self.world.inputs)}")
        if self.world.fleet.units:
            if not snapshot.world:
                raise RunRefused("the snapshot holds no units; expected one of a run with response")
            self.world = restore_world(self.world, snapshot.world)
            return self
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
    response: bool = True,
    progress: Progress | None = None,
) -> Session:
    """A session at step 0 of a pack; `response`: its units follow the pack's plan, if it has one."""
    prepared = prepare(source, seed=seed, particles=particles, threads=threads, progress=progress)
    return begin(prepared, response=response)


def begin(prepared: Prepared, *, response: bool = True) -> Session:
    """A session at step 0 of what was prepared; compiles the engine where that was not done."""
    if any(site.inputs.releases for site in prepared.sites):
        compile_engine()
    inputs, pack = tuple(site.inputs for site in prepared.sites), prepared.pack
    if not (response and pack.response):
        return Session(prepared, open_world(inputs, prepared.world_places))
    fleet = fleet_of(pack.inventory, bases=pack.bases)
    world = open_world(inputs, prepared.world_places, fleet=fleet, start=pack.start)
    refuse_impossible(pack, world)
    return Session(prepared, world, orders_of(pack))
