"""Finding an oil in the catalogue, and rows about it for a table."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

import numpy as np

from khazri.oils.composition import RESIDUE
from khazri.oils.estimation import resolve
from khazri.oils.figures import KINDS
from khazri.oils.published import FIGURES
from khazri.oils.record import Oil
from khazri.physics.density import api_gravity

_ZERO_CELSIUS = 273.15


class UnknownOilError(KeyError):
    """No such oil; says which idents are near."""

    def __str__(self) -> str:
        return str(self.args[0])


class Row(NamedTuple):
    """One line of `khazri oil show`."""

    name: str
    value: str
    unit: str
    known: str  # "measured", or the sentence that says how it was estimated


@cache
def find(ident: str) -> Oil:
    """The oil of the catalogue called `ident`; raises UnknownOilError with the nearest idents."""
    if ident not in FIGURES:
        near = get_close_matches(ident.lower().replace("_", "-").replace(" ", "-"), FIGURES, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}" if near else "`khazri oil list` shows them all"
        raise UnknownOilError(f"oil is {ident!r}; the catalogue has {len(FIGURES)} oils, {hint}")
    return resolve(FIGURES[ident])


@cache
def catalogue() -> tuple[Oil, ...]:
    """Every oil of the catalogue, in its order."""
    return tuple(find(ident) for ident in FIGURES)


def listing(kind: str | None = None) -> list[tuple[str, str, str, str, str]]:
    """Rows (ident, name, kind, API gravity, viscosity in mm2/s at 15 C), of one kind or of all."""
    if kind is not None and kind not in KINDS:
        raise UnknownOilError(f"kind is {kind!r}; expected one of {', '.join(KINDS)}")
    return [
        (oil.ident, oil.name, oil.kind, f"{float(api_gravity(oil.density)):.1f}", f"{oil.viscosity * 1e6:.3g}")
        for oil in catalogue()
        if kind in (None, oil.kind)
    ]


def describe(oil: Oil) -> list[Row]:
    """What is known of an oil, in the units of its laboratory, and how each figure is known."""
    cumulative = np.cumsum(oil.component_fraction)
    evaporates = float(np.interp(_ZERO_CELSIUS + 250.0, oil.component_boiling + 12.5, cumulative))
    aromatics = float(oil.component_fraction @ oil.component_aromatic)
    residue = float(oil.component_fraction[oil.component_boiling >= RESIDUE].sum())
    water = oil.emulsion_max_water
    rows = [
        Row("kind", oil.kind, "", "source"),
        Row("API gravity", f"{float(api_gravity(oil.density)):.1f}", "deg API", _known(oil, "API gravity")),
        Row("density at 15 C", f"{oil.density:.1f}", "kg/m3", _known(oil, "density")),
        Row("thermal expansion", f"{oil.density_expansion * 1e4:.1f}", "1e-4/K", _known(oil, "thermal expansion")),
        Row("viscosity at 15 C", f"{oil.viscosity * 1e6:.3g}", "mm2/s", _known(oil, "viscosity at other")),
        Row("viscosity, kv", f"{oil.viscosity_evaporation:.1f}", "", _known(oil, "viscosity of the evaporated")),
        Row("pour point", f"{oil.pour_point - _ZERO_CELSIUS:.0f}", "C", _known(oil, "pour point")),
        Row("oil-water tension", f"{oil.tension * 1e3:.1f}", "mN/m", _known(oil, "oil-water tension")),
        Row("boils below 250 C", f"{100 * evaporates:.0f}", "%", _known(oil, "boiling cuts")),
        Row("boils above 550 C", f"{100 * residue:.0f}", "%", _known(oil, "boiling cuts")),
        Row("aromatics", f"{100 * aromatics:.0f}", "%", _known(oil, "aromatics")),
        Row("resins", f"{100 * oil.resins:.1f}", "%", _known(oil, "resins")),
        Row("asphaltenes", f"{100 * oil.asphaltenes:.1f}", "%", _known(oil, "asphaltenes")),
        Row("wax", f"{100 * oil.wax:.1f}", "%", _known(oil, "wax")),
        Row(
            "emulsion, most water",
            f"{100 * water:.0f}" if water else "forms none",
            "%" if water else "",
            _known(
                oil,
                "emulsion: most",
                "emulsification",
                "emulsion: stable, up",
                "emulsion: mesostable, up",
                "emulsion: entrained, up",
            ),
        ),
    ]
    if water:
        rows.append(Row("emulsion, class", oil.emulsion_class, "", _known(oil, "emulsion: " + oil.emulsion_class)))
        rows.append(
            Row(
                "emulsion, starts at",
                f"{100 * oil.emulsion_onset:.0f}",
                "% evaporated",
                _known(oil, "emulsion: starts"),
            )
        )
    if oil.proxy_for:
        rows.insert(
            0, Row("stands in for", oil.proxy_for, "", next((n for n in oil.notes if "PROXY" in n), "declared proxy"))
        )
    rows.append(Row("source", oil.source or "not said", "", ""))
    return rows


def _known(oil: Oil, *about: str) -> str:
    """The notes about a property; a property that no note names was measured."""
    said = [note for note in oil.notes if note.startswith(about) or about[0] in note.partition(":")[0].split(", ")]
    return "; ".join(said) if said else "measured"
