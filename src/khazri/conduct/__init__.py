"""The live loop: one conductor per running exercise, its clock, and the hub that fans out."""

from __future__ import annotations

from khazri.conduct.clock import Clock, ManualClock, SystemClock
from khazri.conduct.conductor import Accepted, Conductor
from khazri.conduct.hub import Hub, Subscription, TooSlow
from khazri.conduct.world import LiveWorld

__all__ = [
    "Accepted",
    "Clock",
    "Conductor",
    "Hub",
    "LiveWorld",
    "ManualClock",
    "Subscription",
    "SystemClock",
    "TooSlow",
]
