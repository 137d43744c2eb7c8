"""Where each field of a site comes from: files or script in the pack's order, or a default that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.scripted import Bounds, scripted_field
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site

# What stands in for a field of which nothing is said, and the words for it. No entry: the field is left out, and the
# engine estimates it or leaves the process out (`SILENT`); `NEEDED` ends the run before it starts.
NEEDED: Final = ("wind", "water_temperature")
DEFAULTS: Final[dict[str, tuple[tuple[float, ...], str]]] = {
    "current": ((0.0, 0.0), "no current is given: calm water is assumed"),
    "salinity": ((12.0,), "no salinity is given: 12 per mille is assumed, that of the middle Caspian"),
}
SILENT: Final[dict[str, str]] = {
    "sediment": "no suspended sediment is given: oil does not settle with it",
    "ice_concentration": "no ice is given: open water is assumed",
    "wave_height": "no waves are given: height and period follow from wind, fetch and depth (Young and Verhagen 1996)",
}


@dataclass(frozen=True)
class EnvironmentFields:
    """The fields of one site, what was assumed, and what was used where."""

    fields: dict[str, Field]
    notes: tuple[str, ...]
    used: tuple[tuple[str, str], ...]  # (field, where it comes from)


def fields_for(
    pack: Pack,
    site: Site,
    *,
    plane: SitePlane,
    bounds: Bounds,
    roots: Sequence[Path] = (),
    progress: Callable[[float, str], None] | None = None,
) -> EnvironmentFields:
    """The fields of `site` over `bounds` (plane metres) for the length of the run."""
    fields: dict[str, Field] = {}
    notes: list[str] = []
    used: list[tuple[str, str]] = []
    for kind in site.environment.precedence:
        if kind == "files" and site.environment.files:
            from khazri.inputs.forcing import fields_of_files

            found, said = fields_of_files(pack, site, plane=plane, bounds=bounds, roots=roots, progress=progress)
            notes += said
            for name, field in found.items():
                if name not in fields:
                    fields[name] = field
                    used.append((name, field.source))
        elif kind == "scripted" and site.environment.scripted is not None:
            for name in site.environment.scripted.names:
                if name in fields:
                    continue
                made = scripted_field(site.environment.scripted, name, plane=plane, bounds=bounds)
                if made is not None:
                    fields[name] = made
                    used.append((name, made.source))
    _fill_defaults(site, fields, notes, used)
    notes += [f"{name.replace('_', ' ')}: {source}" for name, source in used]
    return EnvironmentFields(fields, tuple(notes), tuple(used))


def _fill_defaults(site: Site, fields: dict[str, Field], notes: list[str], used: list[tuple[str, str]]) -> None:
    missing = [name for name in NEEDED if name not in fields]
    if missing:
        names = " and ".join(name.replace("_", " ") for name in missing)
        raise InputError(
            f"site {site.ident}: environment has no {names}; expected it in a file or in the script "
            f"(environment.scripted.{missing[0]})"
        )
    for name, (values, words) in DEFAULTS.items():
        if name not in fields:
            shaped = np.asarray(values, np.float32).reshape(1, 1, 1, FIELDS[name][0])
            fields[name] = Field(name, Grid(0.0, 0.0, 1e7, 1, 1), np.zeros(1), shaped, words)
            notes.append(words)
    notes += [words for name, words in SILENT.items() if name not in fields]
