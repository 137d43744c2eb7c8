"""Pseudo-components of an oil from its distillation cuts, or from its API gravity where it has none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from khazri.oils.figures import OilFigures
from khazri.oils.record import Doubles

_WIDTH = 25.0  # [K] of a component: narrower than the steps of nearly all records
_COLDEST, _HOTTEST = 230.0, 1050.0  # [K] boiling points outside are not of a liquid oil
_BENZENE = 353.25  # [K] the lightest aromatic
_FULL_SHARE = 470.0  # [K] from here on aromatics have their full share of a cut
_CONDENSATE_POWER = 0.25  # heavier cuts of a condensate are more paraffinic: own fit to two of them, a crude has 1/3
_RESIN_MOLAR_MASS = 0.8  # [kg mol-1]
RESIDUE = 823.15  # [K] what boils above does not evaporate; it holds resins and asphaltenes


@dataclass(frozen=True)
class Composition:
    """Components by rising boiling point (k,)."""

    fraction: Doubles  # mass [1]
    boiling: Doubles  # [K]
    molar_mass: Doubles  # [kg mol-1]
    density: Doubles  # at 288.15 K [kg m-3]
    aromatic: Doubles  # mass share of aromatics [1]


def cuts_of_api(api: float, residue: float) -> tuple[tuple[float, float], ...]:
    """Cumulative cuts (fraction, T [K]) of a crude from its API gravity: T = T0 + TG f up to 1 - residue.

    T0 = 457 - 3.34 API, TG = 1357 - 247.7 ln API.
    Source: jones1997 (A simplified pseudo-component oil evaporation model).
    """
    gravity = min(max(api, 3.0), 80.0)
    first, gradient = 457.0 - 3.34 * gravity, 1357.0 - 247.7 * math.log(gravity)
    fractions = np.linspace(0.0, max(1.0 - residue, 0.05), 13)
    return tuple((float(f), first + gradient * float(f)) for f in fractions)


def compose(
    figures: OilFigures, cuts: tuple[tuple[float, float], ...], density: float, aromatics: float
) -> Composition:
    """Components whose mixture has `density` at 288.15 K [kg m-3] and holds `aromatics` by mass [1].

    Densities follow one Watson factor for the whole oil, rho_i = 1000 (1.8 Tb)^(1/3) / Kw (riazi2005 eq. 2.13), chosen
    so that ideal mixing gives the measured density; a condensate has the power 1/4. Molar masses are those of saturates
    and aromatics at the boiling point (riazi2005 eq. 2.48, table 2.6), mixed by the aromatic share; the residue's is at
    least that of resins.
    """
    boiling, share = _slices(cuts, figures.kind)
    relative = (1.8 * boiling) ** (_CONDENSATE_POWER if figures.kind == "condensate" else 1.0 / 3.0)
    mass = share * relative if figures.cuts_by == "volume" else share.copy()
    fraction = mass / mass.sum()
    watson = 1000.0 / (density * (fraction / relative).sum())
    aromatic = _aromatic_share(boiling, fraction, aromatics)
    molar_mass = aromatic * _aromatic_molar_mass(boiling) + (1.0 - aromatic) * _saturate_molar_mass(boiling)
    return Composition(
        fraction=fraction,
        boiling=boiling,
        molar_mass=np.where(boiling >= RESIDUE, np.maximum(molar_mass, _RESIN_MOLAR_MASS), molar_mass),
        density=1000.0 * relative / watson,
        aromatic=aromatic,
    )


def distilled_below(composition: Composition, temperature: float) -> float:
    """Mass fraction of components that boil below `temperature` [K]."""
    return float(composition.fraction[composition.boiling < temperature].sum())


def _slices(cuts: tuple[tuple[float, float], ...], kind: str) -> tuple[Doubles, Doubles]:
    """Boiling points and shares of slices of 25 K, from the initial boiling point to the end of the oil."""
    f = np.array([cut[0] for cut in cuts])
    t = np.array([cut[1] for cut in cuts])
    if f[0] > 0.0:
        slope = (t[1] - t[0]) / max(f[1] - f[0], 1e-3)
        first = max(t[0] - min(f[0] * slope, 60.0), min(t[0] - 1.0, _COLDEST))
        f, t = np.concatenate([[0.0], f]), np.concatenate([[first], t])
    rest = 1.0 - f[-1]
    if rest > 1e-6:
        back = max(int(np.searchsorted(f, f[-1] - 0.2)) - 1, 0)
        slope = (t[-1] - t[back]) / max(f[-1] - f[back], 1e-3)
        end = t[-1] + rest * slope
        if kind in ("crude", "residual"):
            end = max(end, RESIDUE + 100.0)  # crudes and residual fuels hold matter that no still boils off
        f, t = np.concatenate([f, [1.0]]), np.concatenate([t, [min(max(end, t[-1] + 1.0), _HOTTEST)]])
    edges = np.arange(t[0], t[-1] + _WIDTH, _WIDTH)
    share = np.diff(np.interp(edges, t, f))
    middle = 0.5 * (edges[1:] + edges[:-1])
    kept = share > 1e-9
    return middle[kept], share[kept] / share[kept].sum()


def _aromatic_share(boiling: Doubles, fraction: Doubles, aromatics: float) -> Doubles:
    """None below benzene, rising to the full share of a cut near 200 C; the whole oil has `aromatics`."""
    ramp = np.clip((boiling - _BENZENE) / (_FULL_SHARE - _BENZENE), 0.0, 1.0)
    weight = float(fraction @ ramp)
    if weight <= 0.0:
        return np.zeros_like(boiling)
    return np.asarray(np.minimum(ramp * (aromatics / weight), 0.95))


def _saturate_molar_mass(boiling: Doubles) -> Doubles:
    held = np.minimum(boiling, 1000.0)
    return np.asarray((49.677 * (6.98291 - np.log(1070.0 - held))) ** 1.5 / 1000.0)


def _aromatic_molar_mass(boiling: Doubles) -> Doubles:
    held = np.minimum(boiling, 950.0)
    return np.asarray((44.504 * (6.911 - np.log(1015.0 - held))) ** 1.5 / 1000.0)
