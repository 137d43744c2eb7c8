"""What gaps leave of a boom's hold: those of its age, and one torn where its gear has failed."""

from __future__ import annotations

from typing import Final

import numpy as np

from khazri.physics.boom import worn_share
from khazri.response.fleet import Unit
from khazri.response.vessel import GEAR, Vessel

SOUND: Final = 0.5  # of its life, until which no gap opens (training value)
TORN: Final = 0.5  # of what it holds that a torn boom keeps over a minute (training value)


def soundness(unit: Unit, vessel: Vessel) -> float:
    """Share of what it holds that its gaps let it keep over a minute [1]."""
    boom, kept = vessel.boom, 1.0
    if boom is not None and unit.boom_life > 0.0:
        old = max(boom.age - SOUND * unit.boom_life, 0.0)
        kept = 1.0 - float(worn_share(np.float64(old), np.float64((1.0 - SOUND) * unit.boom_life)))
    return kept * (TORN if vessel.failed == GEAR else 1.0)
