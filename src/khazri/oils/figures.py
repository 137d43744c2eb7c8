"""What is known of an oil before anything is estimated: published figures in SI.

All are optional but viscosity, and density or API gravity."""

from __future__ import annotations

from dataclasses import dataclass

REFERENCE_TEMPERATURE = 288.15  # [K]
KINDS = ("crude", "condensate", "refined", "residual")

Point = tuple[float, float]


@dataclass(frozen=True)
class OilFigures:
    """Figures of one oil; `resolve` makes an `Oil` of them and says what it had to estimate."""

    ident: str
    name: str
    kind: str  # one of KINDS
    source: str = ""
    proxy_for: str = ""
    api: float | None = None  # gravity [degrees API]
    densities: tuple[Point, ...] = ()  # (value [kg m-3], temperature [K])
    viscosities: tuple[Point, ...] = ()  # kinematic (value [m2 s-1], temperature [K])
    pour_point: float | None = None  # [K]
    tension: float | None = None  # oil-water [N m-1]
    cuts: tuple[Point, ...] = ()  # cumulative (fraction boiled off [1], temperature [K])
    cuts_by: str = "mass"  # or volume
    saturates: float | None = None  # mass fractions [1]
    aromatics: float | None = None
    resins: float | None = None
    asphaltenes: float | None = None
    wax: float | None = None
    emulsion_max_water: float | None = None  # [1]; 0: forms none
    emulsion_onset: float | None = None  # evaporated fraction at which it starts [1]
    emulsion_class: str | None = None
    viscosity_evaporation: float | None = None  # kv measured on weathered samples [1]
    adhesion: float | None = None  # [kg m-2]
    notes: tuple[str, ...] = ()  # what was corrected or refused on the way here
