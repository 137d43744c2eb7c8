"""The engine is compiled for the processor it runs on, once; a process of its own does it, so that the service answers meanwhile."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from khazri.runs.compiling import cache_folder, claim

MARKER: Final = "warm"


def marker() -> Path | None:
    """The file that says that all kernels of this build lie in the cache; None: nothing is cached here."""
    folder = cache_folder()
    return folder / MARKER if folder else None


def is_warm() -> bool:
    """Whether the first step need not wait for the compiler."""
    found = marker()
    return found is not None and found.is_file()


def warm() -> None:
    """Play the demonstration for an hour or two with few particles and every unit at work, so that each kernel is compiled."""
    from khazri.conduct.incident import Incident
    from khazri.exercise.opening import design_of
    from khazri.exercise.state import State, Task
    from khazri.inputs.examples import example
    from khazri.runs.preparation import prepare
    from khazri.simulation.orders import WindOrder
    from khazri.simulation.weather import under_wind

    prepared = prepare(example("north-wind"), particles=300)
    incident = Incident(prepared)
    design = design_of(prepared.pack)
    site = prepared.sites[0]
    x, y = site.inputs.releases[0].vertices.mean(axis=0)

    def near(*offsets: tuple[float, float]) -> tuple[tuple[float, float], ...]:
        places = (site.terrain.plane.to_geographic(x + east, y + north) for east, north in offsets)
        return tuple((float(longitude), float(latitude)) for longitude, latitude in places)

    area = near((-500.0, -500.0), (3_000.0, -500.0), (3_000.0, 2_000.0), (-500.0, 2_000.0))
    line = near((600.0, -300.0), (600.0, 300.0))
    tasks = {
        unit.ident: Task("skim", area, 0, 1) if unit.kind == "skimming_vessel" else Task("boom", line, 0, 1)
        for unit in design.units
    }
    state = State(design, tasks=tasks)
    for _ in range(200):
        incident.advance(state)
    incident.look(state)
    incident.restore(incident.save())
    incident.advance(state)
    under_wind(site.inputs, WindOrder(site.site.ident, 60, 5.0 + time.time() % 1.0, 0.0))  # a sea that no cache has yet
    found = marker()
    if found is not None:
        found.touch()


async def ensure_warm() -> None:
    """Compile in another process where that was not done; it goes on without, slower, where that cannot be done."""
    while not await asyncio.to_thread(is_warm):
        lock = _claim()
        if lock is not None:
            try:
                await _compile()
            finally:
                lock.unlink(missing_ok=True)
            return
        await asyncio.sleep(0.5)  # another service on this machine is at it: once is enough


def _claim() -> Path | None:
    """The right to compile; None: somebody else has it."""
    found = marker()
    if found is None:  # no cache: everybody compiles for himself
        return Path(tempfile.gettempdir()) / f"khazri-nobody-else-{os.getpid()}"
    return claim(found.with_suffix(".lock"))


async def _compile() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "khazri", "warm", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        raise
