"""Frames of a live exercise, kept in files behind the play's back: the record of what was so, on whatever build is read later.

Derived: a disk that is full costs frames, never the exercise. Each time the service takes an exercise up, a new folder
begins, named by the step from which it records.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from khazri.engine.picture import frame_of
from khazri.simulation import World
from khazri.store.folder import StoreError
from khazri.store.frames import FrameWriter

EVERY: Final = 10  # steps
LOG: Final = logging.getLogger("khazri.conduct")


class FrameRecorder:
    """Writes every tenth step of every site."""

    def __init__(self, folder: Path, world: World) -> None:
        self._folder = folder / "frames" / f"from-{world.step:07d}"
        self._writers: dict[str, FrameWriter] | None = None
        self._failed = False

    def take(self, world: World) -> None:
        """Keep the world as it stands, where it is its turn."""
        if self._failed or world.step % EVERY:
            return
        try:
            if self._writers is None:
                self._writers = {
                    inputs.ident: FrameWriter(
                        self._folder / inputs.ident,
                        segments=len(inputs.terrain.segments),
                        origin=_middle(inputs.terrain.grid.bounds),
                    )
                    for inputs in world.inputs
                }
            for inputs, state in zip(world.inputs, world.states, strict=True):
                self._writers[inputs.ident].write(frame_of(state, inputs))
        except StoreError as fault:
            self._failed = True
            LOG.error("frames are no longer recorded: %s", fault)

    def close(self) -> None:
        """Wait until all is on disk."""
        for writer in (self._writers or {}).values():
            try:
                writer.close()
            except StoreError as fault:
                LOG.error("the last frames could not be kept: %s", fault)
        self._writers, self._failed = None, True


def _middle(bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    west, south, east, north = bounds
    return (0.5 * (west + east), 0.5 * (south + north))
