"""Khazri: joint emergency exercises between countries, on incidents that are physics simulations.

The science stack takes seconds to load, so everything here is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khazri.runs import Run, simulate

__all__ = ["Run", "__version__", "simulate"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in ("Run", "simulate"):
        import khazri.runs

        return getattr(khazri.runs, name)
    raise AttributeError(f"module 'khazri' has no attribute {name!r}")
