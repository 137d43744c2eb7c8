"""Particles, fields, the step driver, the mass budget, snapshots and frames.

    state = engine.start(inputs)            # SiteState
    engine.step(state, inputs, controls)    # one dt forward, in place
    engine.frame_of(state, inputs)          # Frame
    engine.budget(state)                    # (OWNERS,) kg
    engine.save(state)                      # dict of arrays; engine.restore(arrays, inputs) goes on bit for bit

The functions load numba, so they are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khazri.engine.controls import Boom, Controls
from khazri.engine.fields import Field
from khazri.engine.frame import Frame
from khazri.engine.numerics import PROCESSES, Numerics
from khazri.engine.owners import OWNERS, STATUSES, Owner, Status
from khazri.engine.release import Release

if TYPE_CHECKING:
    from khazri.engine.driver import step
    from khazri.engine.picture import budget, frame_of
    from khazri.engine.seeding import start
    from khazri.engine.site import SiteInputs, SiteState
    from khazri.engine.snapshot import restore, save

_LATER = {
    "SiteInputs": "site", "SiteState": "site", "budget": "picture", "frame_of": "picture", "restore": "snapshot",
    "save": "snapshot", "start": "seeding", "step": "driver",
}  # fmt: skip

__all__ = [
    "OWNERS", "PROCESSES", "STATUSES", "Boom", "Controls", "Field", "Frame", "Numerics", "Owner", "Release", "SiteInputs", "SiteState",
    "Status", "budget", "frame_of", "restore", "save", "start", "step",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"khazri.engine.{_LATER[name]}"), name)
    raise AttributeError(f"module 'khazri.engine' has no attribute {name!r}")
