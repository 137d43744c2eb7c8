"""The sea itself: level and currents of a basin under its wind, by the shallow-water equations."""

from __future__ import annotations

from khazri.sea.circulation import Bed, Circulation, Push, Scheme, advance, no_push, stable_step, still

__all__ = ["Bed", "Circulation", "Push", "Scheme", "advance", "no_push", "stable_step", "still"]
