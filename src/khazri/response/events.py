"""What units and their booms can be noticed doing; each is told when it becomes so, as often as it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

UNIT_STARTED: Final = "unit started"  # left its berth, or set out on a new task
UNIT_ARRIVED: Final = "unit arrived"  # where its task is
UNIT_STOPPED: Final = "unit stopped"  # its `reason` says why
UNIT_RESUMED: Final = "unit resumed"  # its task, after offloading or waves
STORAGE_FULL: Final = "storage full"
STORAGE_EMPTIED: Final = "storage emptied"
BOOM_SET: Final = "boom set"
BOOM_LEAKING: Final = "boom leaking"
BOOM_HOLDING: Final = "boom holding"  # again, after it leaked
BOOM_DRAGGING: Final = "boom dragging"  # its anchors do not hold it
BOOM_ANCHORED: Final = "boom anchored"  # they hold it again
BOOM_RECOVERED: Final = "boom recovered"
OIL_SIGHTED: Final = "oil sighted"
UNIT_DISABLED: Final = "unit disabled"  # control let its engine or gear fail
UNIT_REPAIRED: Final = "unit repaired"
UNIT_GROUNDED: Final = "unit grounded"  # the sea has fallen below its draft
UNIT_AFLOAT: Final = "unit afloat"  # again, after it was grounded
SOURCE_SHUT: Final = "source shut"
FIRE_LIT: Final = "fire lit"  # what a fire boom holds burns
FIRE_OUT: Final = "fire out"  # it has burned down, or the wind put it out

KINDS: Final = (
    UNIT_STARTED, UNIT_ARRIVED, UNIT_STOPPED, UNIT_RESUMED, STORAGE_FULL, STORAGE_EMPTIED,
    BOOM_SET, BOOM_LEAKING, BOOM_HOLDING, BOOM_DRAGGING, BOOM_ANCHORED,
    BOOM_RECOVERED, OIL_SIGHTED, UNIT_DISABLED, UNIT_REPAIRED, UNIT_GROUNDED,
    UNIT_AFLOAT, SOURCE_SHUT, FIRE_LIT, FIRE_OUT,
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that a unit did or that befell it in the step."""

    kind: str
    unit: str
    values: Mapping[str, float | str] = field(default_factory=dict)
