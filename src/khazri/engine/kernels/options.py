"""How passes are compiled: like the formulas, but only within the kernel that calls them (which is cached whole)."""

from __future__ import annotations

from typing import Final

PASS: Final = {"nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}}
ENTRY: Final = {**PASS, "cache": True}
