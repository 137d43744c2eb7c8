"""The sea in `report.html`: level and current as layers of the map, gauges at places, and which field came from where."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.report.packing import packed
from khazri.report.sea import level_scale
from khazri.report.values import SiteOutcome, share_words
from khazri.sea.fields import SeaPicture

MOMENTS: Final = 49
CELLS: Final = 4000
DRY, LAND = -32768, -32767  # in the place of millimetres
FASTEST: Final = 127  # [cm s-1] that the page can tell


def sea_payload(site: SiteOutcome) -> dict[str, Any] | None:
    """Level and current at up to `MOMENTS` times on up to `CELLS` cells, and every place's gauge; nothing where no sea was computed."""
    picture = site.sea
    if picture is None:
        return None
    grid = picture.current.grid
    every = max(1, int(np.ceil(np.sqrt(grid.nx * grid.ny / CELLS))))
    chosen = np.unique(np.linspace(0, len(picture.level) - 1, min(MOMENTS, len(picture.level))).astype(int))
    rows, columns = slice(every // 2, None, every), slice(every // 2, None, every)
    level = picture.level[chosen][:, rows, columns]
    flow = np.nan_to_num(picture.current.values[chosen][:, rows, columns])
    return {
        "nx": level.shape[2],
        "ny": level.shape[1],
        "x": float(grid.x[columns][0] - 0.5 * every * grid.spacing),
        "y": float(grid.y[rows][0] - 0.5 * every * grid.spacing),
        "spacing": grid.spacing * every,
        "times": picture.current.times[chosen].tolist(),
        "scale": level_scale(picture),
        "level": packed(_millimetres(level, picture, rows, columns)),
        "u": packed(_centimetres(flow[..., 0])),
        "v": packed(_centimetres(flow[..., 1])),
        "gauges": gauges_payload(picture, site),
        "source": picture.current.source,
    }


def gauges_payload(picture: SeaPicture, site: SiteOutcome) -> list[dict[str, Any]]:
    """Level [m] at the water nearest to each place, at every time of the picture; nothing while that is dry."""
    found = []
    for place in sorted(site.places, key=lambda each: -each.weight):
        x, y = (float(each) for each in place.vertices.mean(axis=0))
        series = picture.level_at(x, y)
        if series is not None:
            levels = [None if np.isnan(each) else round(float(each), 3) for each in series]
            found.append({"names": dict(place.names) or {"en": place.ident}, "levels": levels})
    return found


def fields_payload(site: SiteOutcome) -> list[dict[str, Any]]:
    """What every field was made of."""
    return [
        {
            "field": each.field,
            "kind": each.kind,
            "source": each.source,
            "files": [name for name, _ in each.files],
            "fallback": each.fallback,
            "shares": [[kind, share_words(share)] for kind, share in each.shares],
        }
        for each in site.fields
    ]


def _millimetres(
    level: npt.NDArray[np.float32], picture: SeaPicture, rows: slice, columns: slice
) -> npt.NDArray[np.int16]:
    flat = (picture.depth != 0.0) | np.isfinite(picture.level).any(axis=0)
    known = np.clip(np.round(np.nan_to_num(level) * 1000.0), -32000, 32000).astype("<i2")
    return np.where(np.isnan(level), np.where(flat[rows, columns], DRY, LAND), known).astype("<i2")


def _centimetres(speed: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    return np.clip(np.round(speed * 100.0), -FASTEST, FASTEST).astype(np.int8)
