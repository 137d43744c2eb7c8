"""What an order of each task needs: how many points, what its target is; and what more it may say."""

from __future__ import annotations

from collections.abc import Mapping
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
# Figures that an order may give, in SI, with their least and most; what is not here is refused, not passed over.
PARAMETERS_OF: Final[dict[TaskKind, dict[str, tuple[float, float]]]] = {
    "tow_boom": {"speed": (0.1, 1.5)},  # through the water [m s-1]
    "burn": {"speed": (0.1, 1.5)},
}


def wanting(task: TaskKind, points: int, target: str, parameters: Mapping[str, float]) -> str:
    """What an order of this task lacks or has too much of, in words for whoever gave it; empty: nothing."""
    least = POINTS_OF.get(task, 0)
    if points < least:
        return f"geometry has {points} points; {task} needs {least} or more"
    if task in TARGET_OF and not target:
        return f"target is empty; {task} needs {TARGET_OF[task]}"
    known = PARAMETERS_OF.get(task, {})
    for name, value in parameters.items():
        if name not in known:
            return f"parameter {name} is unknown; {task} has {', '.join(known) or 'none'}"
        low, high = known[name]
        if not low <= value <= high:
            return f"parameter {name} is {value:g}; {task} takes {low:g} to {high:g}"
    return ""
