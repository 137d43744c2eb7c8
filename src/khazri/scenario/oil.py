"""Oils that a pack brings itself, from as little as a gravity and a viscosity; `oils` estimates the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from khazri.scenario.kinds import (
    FileName,
    Gravity,
    Ident,
    Loose,
    Measure,
    OilDensity,
    OilTemperature,
    OneOrMany,
    Section,
    Share,
    Tension,
    Viscosity,
    Words,
)
from khazri.units.constants import REFERENCE_TEMPERATURE

if TYPE_CHECKING:
    from khazri.oils import Oil


class ViscosityPoint(Section):
    """Kinematic viscosity at one temperature."""

    value: Viscosity
    temperature: OilTemperature = REFERENCE_TEMPERATURE


def _viscosities(value: object) -> object:
    return value if isinstance(value, list | tuple | dict) else [{"value": value}]


class Cut(Section):
    """Share of the oil that has boiled off up to a temperature (cumulative)."""

    temperature: OilTemperature
    fraction: Share


class OwnOil(Section):
    """An oil of the pack: a record of its own, or an ADIOS file."""

    ident: Ident
    name: Words | None = None
    kind: Literal["crude", "condensate", "refined", "residual"] = "crude"
    adios: FileName | None = None  # an ADIOS JSON record in the pack's folder; then nothing else of the oil is said
    api: Gravity | None = None
    density: OilDensity | None = None
    density_temperature: OilTemperature = REFERENCE_TEMPERATURE
    viscosity: Annotated[
        tuple[ViscosityPoint, ...],
        OneOrMany(),
        Loose(_viscosities, (Measure("kinematic_viscosity").schema_of_value(),)),
    ] | None = None  # fmt: skip
    pour_point: OilTemperature | None = None
    cuts: tuple[Cut, ...] = ()
    cuts_by: Literal["mass", "volume"] = "mass"
    asphaltenes: Share | None = None
    resins: Share | None = None
    wax: Share | None = None
    tension: Tension | None = None  # oil-water
    emulsion_max_water: Share | None = None  # 0: forms none
    source: Words | None = None
    proxy_for: Words | None = None

    def to_oil(self) -> Oil:
        """The oil with everything that is missing estimated; raises OilError where none can be made of it.

        An oil of an ADIOS file is read by `inputs.packs.oil_of`.
        """
        from khazri.oils import OilError, from_properties

        if self.viscosity is None:
            raise OilError(f"oil {self.ident}: it has no viscosity of its own; expected one")
        return from_properties(
            self.ident,
            self.name or "",
            kind=self.kind,
            api=self.api,
            density=self.density,
            density_temperature=self.density_temperature,
            viscosity=[(point.temperature, point.value) for point in self.viscosity],
            pour_point=self.pour_point,
            cuts=[(cut.temperature, cut.fraction) for cut in self.cuts],
            cuts_by=self.cuts_by,
            asphaltenes=self.asphaltenes,
            resins=self.resins,
            wax=self.wax,
            tension=self.tension,
            emulsion_max_water=self.emulsion_max_water,
            source=self.source or "",
            proxy_for=self.proxy_for or "",
        )
