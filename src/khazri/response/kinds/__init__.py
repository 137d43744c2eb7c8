"""The types of units, as training values with their sources: one entry a kind (`KINDS`)."""

from __future__ import annotations

from typing import Final

from khazri.response.kinds.booming import BOOMING
from khazri.response.kinds.figure import Figure, Kind, Medium
from khazri.response.kinds.serving import SERVING
from khazri.response.kinds.skimming import SKIMMERS
from khazri.response.kinds.surveying import SURVEYING
from khazri.response.kinds.treating import TREATING

KINDS: Final[dict[str, Kind]] = {kind.ident: kind for kind in (*SKIMMERS, *BOOMING, *TREATING, *SURVEYING, *SERVING)}

__all__ = ["KINDS", "Figure", "Kind", "Medium"]
