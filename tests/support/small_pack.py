"""The example, cut down to run in a second or two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from khazri.inputs.packs import read_pack
from khazri.scenario.pack import Pack

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "north-caspian-spill"


def small_pack(*, hours: float = 3.0, resolution: float = 2_000.0) -> Pack:
    pack = read_pack(EXAMPLE)
    site = pack.sites[0].model_copy(update={"resolution": resolution})
    return pack.model_copy(update={"end": pack.start + timedelta(hours=hours), "sites": (site,)})
