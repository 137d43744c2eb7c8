"""From the figures that are known to an oil with nothing missing; every estimate leaves a sentence in `Oil.notes`."""

from __future__ import annotations

import math

import numpy as np

from khazri.oils.composition import RESIDUE, Composition, compose, cuts_of_api
from khazri.oils.emulsions import emulsion_of
from khazri.oils.figures import KINDS, REFERENCE_TEMPERATURE, OilFigures
from khazri.oils.flow import MEAN_SLOPE, viscosity_curve
from khazri.oils.record import Oil
from khazri.physics.density import api_gravity, of_api
from khazri.physics.tension import oil_water

_LEAST_EXPANSION, _MOST_EXPANSION = 4.0e-4, 1.3e-3  # [K-1] outside, two densities do not belong together
_RECOVERED_API = 35.0
_WAXY_POUR_POINT = 283.15  # [K]


class OilError(ValueError):
    """Figures from which no oil can be made: what is wrong, its value, and what would be right."""


def resolve(figures: OilFigures) -> Oil:
    """An `Oil` with every property, from as little as a density (or API gravity) and one viscosity.

    Raises OilError where a figure is impossible or one of those two is missing.
    """
    _check(figures)
    notes = list(figures.notes)
    density, expansion = _density(figures, notes)
    api = float(api_gravity(density))
    viscosity, slope = _viscosity(figures, notes)
    _, aromatics, resins, asphaltenes = _groups(figures, density, viscosity, notes)
    composition = _components(figures, density, (aromatics, resins, asphaltenes), notes)
    tension = figures.tension
    if tension is None:
        tension = float(oil_water(api))
        notes.append(f"oil-water tension: {tension * 1e3:.1f} mN/m from API gravity (Baker and Swerdloff 1956)")
    coefficient, curvature = _stiffening(figures, viscosity, notes)
    wax = figures.wax if figures.wax is not None else 0.0
    if figures.wax is None:
        notes.append("wax: no figure, taken as none; it would raise the pour point and could steady an emulsion")
    dynamic = viscosity * density
    emulsion = emulsion_of(figures, (asphaltenes, resins), dynamic, api, notes)
    return Oil(
        ident=figures.ident,
        name=figures.name,
        kind=figures.kind,
        density=density,
        density_expansion=expansion,
        viscosity=viscosity,
        viscosity_temperature=REFERENCE_TEMPERATURE,
        viscosity_slope=slope,
        viscosity_evaporation=coefficient,
        viscosity_curvature=curvature,
        viscosity_points=tuple((t, nu) for nu, t in figures.viscosities),
        pour_point=_pour_point(figures, viscosity, notes),
        tension=tension,
        component_fraction=composition.fraction,
        component_boiling=composition.boiling,
        component_molar_mass=composition.molar_mass,
        component_density=composition.density,
        component_aromatic=composition.aromatic,
        asphaltenes=asphaltenes,
        resins=resins,
        wax=wax,
        emulsion_max_water=emulsion.max_water,
        emulsion_onset=emulsion.onset,
        emulsion_class=emulsion.stability,
        adhesion=figures.adhesion or 0.0,
        source=figures.source,
        notes=tuple(notes),
        proxy_for=figures.proxy_for,
    )


def _check(figures: OilFigures) -> None:
    where = f"oil {figures.ident}"
    if figures.kind not in KINDS:
        raise OilError(f"{where}: kind is {figures.kind!r}; expected one of {', '.join(KINDS)}")
    if figures.api is None and not figures.densities:
        raise OilError(f"{where}: neither API gravity nor density is given; expected one of them")
    if not figures.viscosities:
        raise OilError(f"{where}: no viscosity is given; expected at least one, with its temperature")
    if figures.api is not None and not -10.0 <= figures.api <= 90.0:
        raise OilError(f"{where}: API gravity is {figures.api:g}; expected -10 to 90")
    for value, temperature in figures.densities:
        if not 500.0 <= value <= 1200.0 or not 240.0 <= temperature <= 380.0:
            raise OilError(
                f"{where}: density is {value:g} kg/m3 at {temperature:g} K; expected 500 to 1200 at 240 to 380 K"
            )
    for value, temperature in figures.viscosities:
        if not 1e-7 <= value <= 1e3 or not 240.0 <= temperature <= 400.0:
            raise OilError(
                f"{where}: viscosity is {value:g} m2/s at {temperature:g} K; expected 1e-7 to 1000 at 240 to 400 K"
            )
    _check_cuts(figures, where)
    for name in ("saturates", "aromatics", "resins", "asphaltenes", "wax", "emulsion_max_water", "emulsion_onset"):
        share = getattr(figures, name)
        if share is not None and not 0.0 <= share <= 1.0:
            raise OilError(f"{where}: {name} is {share:g}; expected a fraction from 0 to 1")


def _check_cuts(figures: OilFigures, where: str) -> None:
    if figures.cuts_by not in ("mass", "volume"):
        raise OilError(f"{where}: cuts are by {figures.cuts_by!r}; expected mass or volume")
    if len(figures.cuts) == 1:
        raise OilError(f"{where}: one distillation cut is given; expected none, or two or more")
    for (f0, t0), (f1, t1) in zip(figures.cuts, figures.cuts[1:], strict=False):
        if not (0.0 <= f0 <= f1 <= 1.0 and t0 < t1):
            raise OilError(
                f"{where}: cuts {f0:g} at {t0:g} K and {f1:g} at {t1:g} K; expected cumulative fractions from 0 to 1, "
                "and temperatures, that rise"
            )


def _density(figures: OilFigures, notes: list[str]) -> tuple[float, float]:
    """Density at 288.15 K and its expansion; measured ones stand before API gravity."""
    if not figures.densities:
        assert figures.api is not None
        density = float(of_api(figures.api))
        notes.append(f"density: {density:.1f} kg/m3 at 15 C from API gravity {figures.api:g} (definition)")
        return density, _expansion(figures.kind, density, notes)
    nearest, temperature = min(figures.densities, key=lambda point: abs(point[1] - REFERENCE_TEMPERATURE))
    expansion = _measured_expansion(figures)
    if expansion is None:
        expansion = _expansion(figures.kind, nearest, notes)
    density = nearest * (1.0 + expansion * (temperature - REFERENCE_TEMPERATURE))
    if abs(temperature - REFERENCE_TEMPERATURE) > 1.0:
        notes.append(f"density: {nearest:g} kg/m3 at {temperature - 273.15:g} C brought to {density:.1f} at 15 C")
    if figures.api is not None and abs(float(of_api(figures.api)) - density) > 4.0:
        notes.append(
            f"API gravity: {figures.api:g} disagrees with the measured density; {float(api_gravity(density)):.1f} used"
        )
    return density, expansion


def _measured_expansion(figures: OilFigures) -> float | None:
    points = sorted(figures.densities, key=lambda point: point[1])
    (cold_density, cold), (warm_density, warm) = points[0], points[-1]
    if warm - cold < 5.0:
        return None
    expansion = (cold_density - warm_density) / (0.5 * (cold_density + warm_density) * (warm - cold))
    return expansion if _LEAST_EXPANSION <= expansion <= _MOST_EXPANSION else None


def _expansion(kind: str, density: float, notes: list[str]) -> float:
    """Thermal expansion at 15 C, K0 / rho^2 + K1 / rho (API MPMS 11.1, ASTM D1250-80) [K-1]."""
    if kind in ("crude", "condensate"):
        first, second = 613.9723, 0.0
    elif density < 770.5:
        first, second = 346.4228, 0.4388
    elif density < 838.5:
        first, second = 594.5418, 0.0
    else:
        first, second = 186.9696, 0.4862
    expansion = first / density**2 + second / density
    notes.append(f"thermal expansion: {expansion * 1e4:.1f}e-4 per K from density (API MPMS 11.1, ASTM D1250-80)")
    return expansion


def _viscosity(figures: OilFigures, notes: list[str]) -> tuple[float, float]:
    """Viscosity at 288.15 K and Andrade's slope B around it."""
    points = [(t, nu) for nu, t in figures.viscosities]
    around = viscosity_curve(
        points, np.array([REFERENCE_TEMPERATURE - 5.0, REFERENCE_TEMPERATURE, REFERENCE_TEMPERATURE + 5.0])
    )
    slope = math.log(around[0] / around[2]) / (
        1.0 / (REFERENCE_TEMPERATURE - 5.0) - 1.0 / (REFERENCE_TEMPERATURE + 5.0)
    )
    if len(points) == 1:
        notes.append(
            "viscosity at other temperatures: from one measurement by Walther's equation (ASTM D341) "
            f"with the mean slope {MEAN_SLOPE:g}"
        )
    return float(around[1]), slope


def _groups(
    figures: OilFigures, density: float, viscosity: float, notes: list[str]
) -> tuple[float, float, float, float]:
    """Saturates, aromatics, resins, asphaltenes by mass, adding to one."""
    known = (figures.saturates, figures.aromatics, figures.resins, figures.asphaltenes)
    guess = _estimated_groups(figures.kind, density, viscosity)
    names = ("saturates", "aromatics", "resins", "asphaltenes")
    missing = [name for name, value in zip(names, known, strict=True) if value is None]
    given = sum(value for value in known if value is not None)
    if not missing:
        return (
            (known[0] or 0.0) / given,
            (known[1] or 0.0) / given,
            (known[2] or 0.0) / given,
            (known[3] or 0.0) / given,
        )
    room = max(1.0 - given, 0.0)
    wanted = sum(g for g, value in zip(guess, known, strict=True) if value is None)
    values = [room * g / max(wanted, 1e-9) if value is None else value for g, value in zip(guess, known, strict=True)]
    if "saturates" in missing and "aromatics" in missing:  # keep the small groups; the two large ones share the rest
        values[2] = guess[2] if known[2] is None else known[2]
        values[3] = guess[3] if known[3] is None else known[3]
        rest = max(1.0 - values[2] - values[3], 0.0)
        values[0], values[1] = (rest * g / max(guess[0] + guess[1], 1e-9) for g in guess[:2])
    notes.append(
        f"{', '.join(missing)}: estimated from density and viscosity (Fingas, in NOAA's ADIOS); uncertain by half"
    )
    total = sum(values)
    return values[0] / total, values[1] / total, values[2] / total, values[3] / total


def _estimated_groups(kind: str, density: float, viscosity: float) -> tuple[float, float, float, float]:
    """Fingas's regressions on Environment Canada's oils; light products hold neither resins nor asphaltenes."""
    a = 10.0 * math.exp(0.001 * density)
    b = 10.0 * math.log(max(1000.0 * density * viscosity, 1.001))
    saturates = min(max(-2.5 + 76.6 / a + 0.00013 * math.log(b), 0.0), 1.0)
    if kind in ("refined", "condensate"):
        saturates = min(max(saturates, 0.5), 0.9)
        return saturates, 1.0 - saturates, 0.0, 0.0
    resins = min(max(0.033 * a + 0.00087 * b - 0.74, 0.0), 0.4)
    asphaltenes = min(max(0.000014 * a**3 + 0.000004 * b**2 - 0.18, 0.0), 0.3)
    saturates = min(saturates, 1.0 - resins - asphaltenes)
    return saturates, 1.0 - saturates - resins - asphaltenes, resins, asphaltenes


def _components(
    figures: OilFigures, density: float, groups: tuple[float, float, float], notes: list[str]
) -> Composition:
    aromatics, resins, asphaltenes = groups
    cuts = figures.cuts
    if not cuts:
        api = float(api_gravity(density))
        cuts = cuts_of_api(api, resins + asphaltenes)
        notes.append(f"boiling cuts: none measured, estimated from API gravity {api:.1f} (Jones 1997)")
        if figures.kind in ("refined", "residual"):
            notes.append(
                "boiling cuts: the estimate was made for crude oils; a product evaporates otherwise, give its cuts"
            )
    elif figures.cuts_by == "volume":
        notes.append("boiling cuts: filed by volume, turned into mass with the densities of one Watson factor")
    cuts = _recovered(figures, cuts, float(api_gravity(density)), notes)
    if figures.cuts and figures.cuts[-1][0] < 0.85 and figures.cuts[-1][1] < 620.0:
        notes.append("boiling cuts: they end early; the rest of the curve goes on with the slope of their last fifth")
    return compose(figures, cuts, density, aromatics)


def _recovered(
    figures: OilFigures, cuts: tuple[tuple[float, float], ...], api: float, notes: list[str]
) -> tuple[tuple[float, float], ...]:
    """Cuts of the whole oil where they are those of the part that came out of a gas chromatograph.

    A crude of less than 35 API that has boiled off to nine tenths below 550 C has no residue left for its resins and
    asphaltenes: such cuts count the recovered part as the whole.
    """
    if not figures.cuts or figures.kind != "crude" or api >= _RECOVERED_API:
        return cuts
    share, end = cuts[-1]
    if share < 0.9 or end >= RESIDUE:
        return cuts
    estimated = cuts_of_api(api, 0.0)
    recovery = float(np.interp(end, [t for _, t in estimated], [f for f, _ in estimated])) / share
    if recovery >= 1.0:
        return cuts
    notes.append(
        f"boiling cuts: {share:.0%} at {end - 273.15:.0f} C leaves no residue for a crude of {api:.0f} API; "
        f"taken as shares of the {recovery:.0%} that boils by then (Jones 1997)"
    )
    return tuple((f * recovery, t) for f, t in cuts)


def _stiffening(figures: OilFigures, viscosity: float, notes: list[str]) -> tuple[float, float]:
    """kv and its curvature s in nu = nu0 exp(kv F / (1 - s F))."""
    curvature = 1.0 if figures.kind == "crude" else 0.0
    if figures.viscosity_evaporation is not None:
        return figures.viscosity_evaporation, curvature
    if figures.kind == "crude":
        waxy = figures.pour_point is not None and figures.pour_point >= _WAXY_POUR_POINT
        coefficient = (8.0 if waxy else 10.0) * viscosity / (viscosity + 8e-6)
    elif figures.kind == "residual":
        coefficient = 20.0
    else:
        scale = 2500.0 if figures.kind == "condensate" else 1500.0
        coefficient = min(max(scale * math.sqrt(viscosity), 1.0), 10.0)
    notes.append(
        f"viscosity of the evaporated oil: kv {coefficient:.1f} by kind and fresh viscosity "
        "(Mackay's form, fitted to public laboratory rows)"
    )
    return coefficient, curvature


def _pour_point(figures: OilFigures, viscosity: float, notes: list[str]) -> float:
    if figures.pour_point is not None:
        return figures.pour_point
    temperature = 5000.0 * REFERENCE_TEMPERATURE / (5000.0 - REFERENCE_TEMPERATURE * math.log(viscosity))
    notes.append(f"pour point: {temperature - 273.15:.0f} C from viscosity (NOAA ADIOS2); a waxy oil's is far higher")
    return temperature
