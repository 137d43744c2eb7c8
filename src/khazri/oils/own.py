"""An oil that a scenario pack brings: from a few properties in SI."""

from __future__ import annotations

from collections.abc import Sequence

from khazri.oils.estimation import resolve
from khazri.oils.figures import REFERENCE_TEMPERATURE, OilFigures
from khazri.oils.record import Oil

Point = tuple[float, float]


def from_properties(
    ident: str,
    name: str = "",
    *,
    kind: str = "crude",
    api: float | None = None,
    density: float | None = None,
    density_temperature: float = REFERENCE_TEMPERATURE,
    viscosity: float | Sequence[Point],
    viscosity_temperature: float = REFERENCE_TEMPERATURE,
    pour_point: float | None = None,
    cuts: Sequence[Point] = (),
    cuts_by: str = "mass",
    asphaltenes: float | None = None,
    resins: float | None = None,
    wax: float | None = None,
    tension: float | None = None,
    emulsion_max_water: float | None = None,
    source: str = "",
    proxy_for: str = "",
) -> Oil:
    """An oil from what its owner knows: API gravity or density, one viscosity or more, and whatever else there is.

    ident, name            kebab-case ident; the name people see (the ident where it is empty)
    kind                   crude, condensate, refined or residual
    api, density           [deg API], [kg m-3] at density_temperature [K]; one of the two, density stands first
    viscosity              kinematic [m2 s-1] at viscosity_temperature [K], or several points (temperature [K], value)
    pour_point             [K]
    cuts                   cumulative points (temperature [K], fraction boiled off [1]), by mass or by volume (cuts_by)
    asphaltenes, resins, wax   mass fractions [1]
    tension                oil-water [N m-1]
    emulsion_max_water     [1]; 0 says that the oil takes up no water
    source, proxy_for      where the figures are from; the oil they stand in for

    All else is estimated as docs/oils.md says, and said in `Oil.notes`. Raises OilError where no oil can be made of it.
    """
    points = [(viscosity_temperature, viscosity)] if isinstance(viscosity, int | float) else list(viscosity)
    return resolve(
        OilFigures(
            ident=ident,
            name=name or ident,
            kind=kind,
            source=source or "the scenario pack",
            proxy_for=proxy_for,
            api=api,
            densities=() if density is None else ((density, density_temperature),),
            viscosities=tuple((value, temperature) for temperature, value in points),
            pour_point=pour_point,
            tension=tension,
            cuts=tuple((fraction, temperature) for temperature, fraction in sorted(cuts)),
            cuts_by=cuts_by,
            asphaltenes=asphaltenes,
            resins=resins,
            wax=wax,
            emulsion_max_water=emulsion_max_water,
        )
    )
