"""Training values of unit figures, by kind. A pack's own figure goes before; each is shown with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from khazri.response.kinds import KINDS, Figure, Kind
from khazri.response.vessel import TaskKind

FIGURES: Final[dict[str, Mapping[str, Figure]]] = {ident: kind.figures for ident, kind in KINDS.items()}

# Tasks that units carry out so far; the others of a kind are not offered to anybody.
WORKING: Final[frozenset[TaskKind]] = frozenset(
    {
        "skim", "skim_thickest", "boom", "protect", "recover_boom", "survey", "patrol", "offload", "tow", "shut_source",
        "spray", "burn", "clean_shore", "tow_boom", "stand_by", "release",
    }
)  # fmt: skip


def tasks_of(kind: str) -> tuple[TaskKind, ...]:
    """What units of a kind can be told to do, but to stand by; the first is what it is there for."""
    found = KINDS.get(kind)
    return () if found is None else tuple(task for task in found.tasks if task in WORKING)


DECANTED: Final = Figure(0.8, "1", "training value, ours: share of the free water let out again after settling")
DEPTH_BAND: Final = Figure(2.0, "m", "training depths are good to 2 to 3 m in the northern Caspian (design ruling 14)")
_PLANNED: Final = "training value after planning practice; never less than the figure of its kind"
READINESS: Final[dict[str, Figure]] = {
    "duty": Figure(2_700.0, "s", f"{_PLANNED}: on duty half an hour to an hour"),
    "stand_by": Figure(10_800.0, "s", f"{_PLANNED}: on stand-by 2 to 4 h"),
    "other": Figure(32_400.0, "s", f"{_PLANNED}: otherwise 6 to 12 h"),
}
RECOVERY_SLOWNESS: Final = 2.0  # recovering a boom takes this many times as long as laying it

__all__ = [
    "DECANTED", "DEPTH_BAND", "FIGURES", "KINDS", "READINESS", "RECOVERY_SLOWNESS", "WORKING", "Figure", "Kind", "tasks_of",
]  # fmt: skip
