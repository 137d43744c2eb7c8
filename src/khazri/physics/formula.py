"""How the formulas of weathering are compiled."""

from __future__ import annotations

from typing import Any, Final

from khazri.physics.maths import KERNEL

# A formula left as a call cannot become part of a SIMD loop: forced into its caller, the pace of evaporation takes 3 ns
# instead of 36, the uptake of water 4 instead of 16 (measured, two cores).
FORMULA: Final[dict[str, Any]] = {**KERNEL, "forceinline": True}
