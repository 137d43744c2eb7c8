"""What a run tells while it is under way."""

from __future__ import annotations

import sys
from typing import Final, Protocol

import psutil

PHASES: Final[tuple[str, ...]] = ("reading", "terrain", "forcing", "compiling", "stepping", "writing")


class Progress(Protocol):
    """Shown by the command line, a notebook or nobody."""

    def phase(self, name: str, done: float = 0.0, figures: str = "") -> None:
        """`name` of PHASES stands at `done` (0 to 1)."""
        ...


class Silence:
    """Tells nobody."""

    def phase(self, name: str, done: float = 0.0, figures: str = "") -> None:
        """Nothing."""


def memory_bytes() -> int:
    """Resident memory of this process now."""
    return int(psutil.Process().memory_info().rss)


def peak_memory_bytes() -> int:
    """The most resident memory this process ever had."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024
