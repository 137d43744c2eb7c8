"""Gridded wind, water, waves and ice from CF-like NetCDF files, resampled once to fields on the plane of a site.

What is recognised and what is refused: docs/forcing.md. `open_set` reads headers and axes only; `place` and `shortfall`
say what a set covers before anything large is read; `resample` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khazri.inputs.forcing.description import Row, describe
    from khazri.inputs.forcing.fetching import Part, cache_folder, fetch, is_address, origin_of, pinned
    from khazri.inputs.forcing.glimpse import Glimpse, look
    from khazri.inputs.forcing.keeping import resample_once
    from khazri.inputs.forcing.placing import Placed, Request, place
    from khazri.inputs.forcing.resampling import Resampled, overlaps, resample, shortfall
    from khazri.inputs.forcing.sets import Choices, ForcingSet, Gridded, open_set

__all__ = [
    "Choices",
    "ForcingSet",
    "Glimpse",
    "Gridded",
    "Part",
    "Placed",
    "Request",
    "Resampled",
    "Row",
    "cache_folder",
    "describe",
    "fetch",
    "is_address",
    "look",
    "open_set",
    "origin_of",
    "overlaps",
    "pinned",
    "place",
    "resample",
    "resample_once",
    "shortfall",
]

_HOMES = {
    "Part": "fetching",
    "cache_folder": "fetching",
    "fetch": "fetching",
    "is_address": "fetching",
    "origin_of": "fetching",
    "pinned": "fetching",
    "Choices": "sets",
    "ForcingSet": "sets",
    "Gridded": "sets",
    "open_set": "sets",
    "Placed": "placing",
    "Request": "placing",
    "place": "placing",
    "Resampled": "resampling",
    "overlaps": "resampling",
    "resample": "resampling",
    "resample_once": "keeping",
    "shortfall": "resampling",
    "Row": "description",
    "describe": "description",
    "Glimpse": "glimpse",
    "look": "glimpse",
}


def __getattr__(name: str) -> Any:
    """Names on demand: xarray takes a second to load."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
