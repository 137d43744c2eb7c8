"""How passes are compiled: like the formulas, but only within the kernel that calls them (which is cached whole)."""

from __future__ import annotations

from typing import Any, Final

PASS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}}
ENTRY: Final[dict[str, Any]] = {**PASS, "cache": True}
# For what is called once per particle: its caller can only be a tight loop where there is no call left in it.
INLINE: Final[dict[str, Any]] = {**PASS, "forceinline": True}
