"""What units hand to the engine."""

from __future__ import annotations

from khazri.engine.controls import Boom, Swath

__all__ = ["ENGINE_ACTS", "Boom", "Swath"]
ENGINE_ACTS = True
