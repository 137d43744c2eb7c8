"""Seeded swings about a mean, that are remembered for a while: what gusts and errors of forecasts are made of."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

MOST: Final = 3.0  # standard deviations at which a swing is cut off


def swings(count: int, step: float, *, seed: int, stream: str) -> Doubles:
    """`count` values of a standard normal process with a correlation of exp(-step) from one to the next, within 3.

    The first values do not depend on how many are drawn. Drawn from the bits of Philox 4x64 (Salmon and others 2011) by
    Box and Muller (1958), so that no release of numpy alters them.

    stream   what they are for; another name gives values that are independent
    """
    key = int.from_bytes(hashlib.sha256(f"{seed} {stream}".encode()).digest()[:16], "little")
    raw = np.random.Philox(key=key).random_raw(2 * count).reshape(count, 2)
    uniform = ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    normal = np.sqrt(-2.0 * np.log(uniform[:, 0])) * np.cos(2.0 * np.pi * uniform[:, 1])
    keep = float(np.exp(-step))
    fresh = float(np.sqrt(1.0 - keep * keep))
    found = np.empty(count)
    value = 0.0
    for index, drawn in enumerate(normal.tolist()):
        value = drawn if index == 0 else keep * value + fresh * drawn
        found[index] = value
    return np.clip(found, -MOST, MOST)
