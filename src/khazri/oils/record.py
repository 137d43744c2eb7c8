"""An oil as the engine needs it: every property present, and a word on each that was estimated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Oil:
    """A resolved oil, in SI. Pseudo-components (k,) are ordered by rising boiling point."""

    ident: str
    name: str
    kind: str  # crude, condensate, refined, residual
    density: float  # at 288.15 K [kg m-3]
    density_expansion: float  # d(rho)/dT / rho, magnitude [K-1]
    viscosity: float  # kinematic at viscosity_temperature [m2 s-1]
    viscosity_temperature: float  # [K]
    viscosity_slope: float  # B in nu = nu0 exp(B (1/T - 1/T0)), near T0; see also viscosity_points [K]
    viscosity_evaporation: float  # kv in nu = nu0 exp(kv F / (1 - s F)), s: viscosity_curvature [1]
    pour_point: float  # [K]
    tension: float  # oil-water interfacial [N m-1]
    component_fraction: Doubles  # mass fractions, sum 1
    component_boiling: Doubles  # boiling points [K]
    component_molar_mass: Doubles  # [kg mol-1]
    component_density: Doubles  # [kg m-3]
    component_aromatic: Doubles  # mass fraction of aromatics within each component [1]
    asphaltenes: float  # mass fraction
    resins: float
    wax: float
    emulsion_max_water: float  # Ymax [1]; 0: forms none
    emulsion_onset: float  # evaporated fraction at which it starts [1]
    emulsion_class: str  # stable, mesostable, entrained, unstable
    adhesion: float = 0.0  # [kg m-2]
    source: str = ""
    notes: tuple[str, ...] = ()  # "viscosity slope: estimated by ... ", "process X cannot run because ..."
    proxy_for: str = ""
    viscosity_points: tuple[tuple[float, float], ...] = ()  # measured (T [K], nu [m2 s-1]); the tables go through them
    viscosity_curvature: float = 0.0  # s in nu = nu0 exp(kv F / (1 - s F)); 0 is the plain exponential [1]
