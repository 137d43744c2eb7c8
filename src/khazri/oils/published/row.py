"""One row of the catalogue as the sources print it (Celsius, mm2/s, mPa s, mN/m, fractions) to figures in SI."""

from __future__ import annotations

from khazri.oils.figures import OilFigures

Points = tuple[tuple[float, float], ...]


def published(
    ident: str,
    name: str,
    kind: str,
    source: str,
    *,
    api: float,
    densities: Points = (),
    kinematic: Points = (),
    dynamic: Points = (),
    pour_point: float | None = None,
    tension: float | None = None,
    mass_cuts: Points = (),
    volume_cuts: Points = (),
    groups: tuple[float | None, float | None, float | None, float | None] = (None, None, None, None),
    wax: float | None = None,
    emulsion: tuple[float, str] | None = None,
    stiffening: float | None = None,
    adhesion: float | None = None,
    proxy_for: str = "",
    notes: tuple[str, ...] = (),
) -> OilFigures:
    """Figures of one published oil.

    densities [kg m-3, C]; kinematic [mm2 s-1, C]; dynamic [mPa s, C]; pour_point [C]; tension against sea water
    [mN m-1]; cuts cumulative [1, C]; groups: saturates, aromatics, resins, asphaltenes [1]; emulsion: most water [1]
    and class, measured; stiffening: kv of weathered samples [1]; adhesion [g m-2].
    """
    thin = tuple((value * 1e-6, celsius + 273.15) for value, celsius in kinematic)
    thick = tuple((value * 1e-3 / _density_at(celsius, densities), celsius + 273.15) for value, celsius in dynamic)
    cuts = mass_cuts or volume_cuts
    saturates, aromatics, resins, asphaltenes = groups
    return OilFigures(
        ident=ident,
        name=name,
        kind=kind,
        source=f"ADIOS oil database, {source}",
        proxy_for=proxy_for,
        api=api,
        densities=tuple((value, celsius + 273.15) for value, celsius in densities),
        viscosities=thin + thick,
        pour_point=None if pour_point is None else pour_point + 273.15,
        tension=None if tension is None else tension * 1e-3,
        cuts=tuple((fraction, celsius + 273.15) for fraction, celsius in cuts),
        cuts_by="volume" if volume_cuts else "mass",
        saturates=saturates,
        aromatics=aromatics,
        resins=resins,
        asphaltenes=asphaltenes,
        wax=wax,
        emulsion_max_water=None if emulsion is None else emulsion[0],
        emulsion_class=None if emulsion is None else emulsion[1],
        viscosity_evaporation=stiffening,
        adhesion=None if adhesion is None else adhesion * 1e-3,
        notes=notes,
    )


def _density_at(celsius: float, densities: Points) -> float:
    value, at = min(densities, key=lambda point: abs(point[1] - celsius))
    return value * (1.0 - 8e-4 * (celsius - at))
