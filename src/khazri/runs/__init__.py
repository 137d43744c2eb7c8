"""One run end to end: pack and inputs to world to results.

run = khazri.simulate("examples/north-caspian-spill", out="out")
run.budget, run.frames, run.snapshot(3600.0), run.continue_(until=...)

session = khazri.runs.open_session("examples/north-caspian-spill")
session.advance(steps=4); session.frame()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khazri.runs.execution import execute
    from khazri.runs.progress import Progress
    from khazri.runs.refusal import RunRefused
    from khazri.runs.run import Run, open_run, simulate
    from khazri.runs.session import Session, Snapshot, open_session

_HOMES = {
    "Progress": "progress",
    "Run": "run",
    "RunRefused": "refusal",
    "Session": "session",
    "Snapshot": "session",
    "execute": "execution",
    "open_run": "run",
    "open_session": "session",
    "simulate": "run",
}

__all__ = [
    "Progress",
    "Run",
    "RunRefused",
    "Session",
    "Snapshot",
    "execute",
    "open_run",
    "open_session",
    "simulate",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"khazri.runs.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'khazri.runs' has no attribute {name!r}")
