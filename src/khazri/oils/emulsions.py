"""Whether an oil takes up water, how much, from when on, and how long it keeps it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from khazri.oils.figures import OilFigures
from khazri.physics.emulsion import maximum_water_by_resins, maximum_water_by_viscosity, stability

CLASSES = ("unstable", "entrained", "mesostable", "stable")  # in the order of physics.emulsion.stability
_WEATHERED = 0.2  # evaporated fraction at which the class is judged
_STIFFER = 10.0  # a crude's viscosity then, against fresh
_WAXY = 0.03  # [1] from here on wax alone steadies an emulsion (Norwegian crudes with next to no asphaltenes)


@dataclass(frozen=True)
class Emulsion:
    max_water: float  # [1]; 0: forms none
    onset: float  # evaporated fraction [1]
    stability: str  # one of CLASSES


def emulsion_of(
    figures: OilFigures, groups: tuple[float, float], viscosity: float, api: float, notes: list[str]
) -> Emulsion:
    """The emulsion of an oil with `groups` = (asphaltenes, resins) and a fresh dynamic `viscosity` at 15 C [Pa s]."""
    if figures.emulsion_max_water is None and _forms_none(figures, viscosity):
        notes.append(
            "emulsification cannot run: light products and condensates hold too few asphaltenes "
            "and too little wax to take up water"
        )
        return Emulsion(0.0, 1.0, "unstable")
    if figures.emulsion_max_water == 0.0:
        notes.append("emulsification cannot run: the record says that this oil takes up no water")
        return Emulsion(0.0, 1.0, "unstable")
    most = figures.emulsion_max_water
    if most is None:
        most = _maximum(figures, groups, viscosity, notes)
    kept = figures.emulsion_class
    if kept is None:
        kept = _class(figures, groups, viscosity)
        notes.append(
            f"emulsion: {kept}, judged by asphaltenes, resins, wax and viscosity (after Fingas and Fieldhouse 2009)"
        )
    return Emulsion(min(most, 0.95), _onset(figures, api, notes), kept)


def _forms_none(figures: OilFigures, viscosity: float) -> bool:
    light = figures.kind == "condensate" or (figures.kind == "refined" and viscosity < 0.05)
    return light and (figures.asphaltenes or 0.0) < 0.005 and figures.emulsion_class is None


def _maximum(figures: OilFigures, groups: tuple[float, float], viscosity: float, notes: list[str]) -> float:
    asphaltenes, resins = groups
    measured = figures.asphaltenes is not None and figures.resins is not None and asphaltenes >= 0.005
    if measured and figures.kind == "crude":
        notes.append("emulsion: most water from asphaltenes over resins (Lehr 2017)")
        return float(maximum_water_by_resins(asphaltenes, resins))
    notes.append("emulsion: most water from the fresh viscosity (NOAA GNOME)")
    return float(maximum_water_by_viscosity(viscosity))


def _class(figures: OilFigures, groups: tuple[float, float], viscosity: float) -> str:
    if figures.kind == "residual":
        return "entrained"
    asphaltenes, resins = (share / (1.0 - _WEATHERED) for share in groups)
    stiff = viscosity * (_STIFFER if figures.kind == "crude" else 1.5)
    judged = CLASSES[int(stability(asphaltenes, resins, stiff))]
    if judged == "unstable" and (figures.wax or 0.0) >= _WAXY and stiff >= 0.015:
        return "mesostable"
    return judged


def _onset(figures: OilFigures, api: float, notes: list[str]) -> float:
    if figures.emulsion_onset is not None:
        return figures.emulsion_onset
    if figures.asphaltenes is not None and figures.asphaltenes > 0.0:
        onset, how = 0.32 - 3.59 * figures.asphaltenes, "asphaltenes"
    else:
        onset, how = 0.5762 * math.log10(max(api, 1.0)) - 0.6353, "API gravity"
    onset = min(max(onset, 0.0), 0.303)
    notes.append(f"emulsion: starts when {onset:.0%} has evaporated, from {how} (NOAA ADIOS2)")
    return onset
