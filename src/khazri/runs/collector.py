"""Python's collector of garbage, which would look through all that is loaded in the midst of a step."""

from __future__ import annotations

import gc
from functools import lru_cache


@lru_cache(maxsize=1)
def spare_what_stands() -> None:
    """What is there now is no longer looked through, once a process: modules and compiled kernels stay to its end.

    Called when the first step is done and all of it is loaded. Looking through half a million objects takes a tenth of a
    second, which is as long as five steps with sixty units.
    """
    gc.freeze()
