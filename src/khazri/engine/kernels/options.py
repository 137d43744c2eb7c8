"""How passes are compiled: like the formulas, but only within the kernel that calls them (which is cached whole)."""

from __future__ import annotations

from typing import Any, Final

# A pass is called by kernels only: the wrappers by which Python would call it take more time to compile than the pass
# (the scene has 45 arrays), 30 of 67 s for all.
PASS: Final[dict[str, Any]] = {
    "nogil": True, "error_model": "numpy", "fastmath": {"contract", "nsz"}, "no_cpython_wrapper": True, "no_cfunc_wrapper": True,
    "_nrt": False,  # nothing is allocated within (np.zeros, x.min() fail to compile), so no array need be counted in and out
}  # fmt: skip
ENTRY: Final[dict[str, Any]] = {**PASS, "no_cpython_wrapper": False, "cache": True}
# For what is called once per particle: its caller can only be a tight loop where there is no call left in it.
INLINE: Final[dict[str, Any]] = {**PASS, "forceinline": True}
# For sums over a block: added in the lanes of SIMD registers, of which each target has its own number. They are told, and no
# particle feels them.
SUM: Final[dict[str, Any]] = {**PASS, "fastmath": {"contract", "nsz", "reassoc"}}
# For the least and the most of what is never not a number.
REACH: Final[dict[str, Any]] = {**PASS, "fastmath": {"nsz", "nnan"}}
