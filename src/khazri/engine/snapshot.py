"""Saving a state and going on from it, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from khazri.engine.pool import Columns, empty_columns
from khazri.engine.seeding import notes_of
from khazri.engine.site import SiteInputs, SiteState

VERSION = 1


def save(state: SiteState) -> dict[str, npt.NDArray[np.generic]]:
    """Arrays by name, ready for `np.savez`; rows not in use are left out."""
    columns = {
        name: np.ascontiguousarray(array[..., : state.living]) for name, array in state.columns._asdict().items()
    }
    return {
        **columns,
        "numbers": np.array([VERSION, state.site, state.step, state.living, state.columns.number.size], np.int64),
        "born": state.born.copy(), "released": state.released.copy(), "gone": state.gone.copy(), "held": state.held.copy(),
        "counts": state.counts.copy(), "marks_now": state.marks.copy(),
    }  # fmt: skip


def restore(
    arrays: Mapping[str, npt.NDArray[np.generic]], inputs: SiteInputs, site_index: int | None = None
) -> SiteState:
    """The state that was saved; `inputs` are those it was saved under."""
    version, site, step, living, size = (int(number) for number in arrays["numbers"].astype(np.int64))
    if version != VERSION:
        raise ValueError(f"snapshot: version {version}; expected {VERSION}")
    if arrays["born"].shape != (len(inputs.releases), inputs.numerics.members):
        raise ValueError(
            f"snapshot: releases and members {arrays['born'].shape}; expected those of site {inputs.ident}"
        )
    columns: Columns = empty_columns(size)
    for name, array in columns._asdict().items():
        array[..., :living] = arrays[name]
    return SiteState(
        site=site if site_index is None else site_index, step=step, living=living, columns=columns,
        born=arrays["born"].astype(np.int64), released=arrays["released"].astype(np.float64),
        gone=arrays["gone"].astype(np.float64), held=arrays["held"].astype(np.float64), counts=arrays["counts"].astype(np.int64),
        marks=arrays["marks_now"].astype(np.int64), notes=notes_of(inputs),
    )  # fmt: skip
