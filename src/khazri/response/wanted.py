"""What an order of each task needs: how many points, and what its target is."""

from __future__ import annotations

from typing import Final

from khazri.response.vessel import TaskKind

# Tasks that are not here need neither.
POINTS_OF: Final[dict[TaskKind, int]] = {
    "skim": 3, "skim_thickest": 3, "spray": 3, "burn": 3, "clean_shore": 3, "tow_boom": 3, "boom": 2, "survey": 2,
    "patrol": 2, "tow": 1, "shut_source": 1,
}  # fmt: skip
TARGET_OF: Final[dict[TaskKind, str]] = {
    "protect": "a place", "tow_boom": "a partner unit", "tow": "a unit"
}  # fmt: skip


def wanting(task: TaskKind, points: int, target: str) -> str:
    """What an order of this task lacks, in words for whoever gave it; empty: nothing."""
    least = POINTS_OF.get(task, 0)
    if points < least:
        return f"geometry has {points} points; {task} needs {least} or more"
    if task in TARGET_OF and not target:
        return f"target is empty; {task} needs {TARGET_OF[task]}"
    return ""
