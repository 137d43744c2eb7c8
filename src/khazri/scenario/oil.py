"""Oils that a pack brings itself, from as little as a gravity and a viscosity; `oils` estimates the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from khazri.scenario.kinds import (
    FileName,
    Gravity,
    Ident,
    Loose,
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
        tuple[ViscosityPoint, ...], OneOrMany(), Loose(_viscosities, ({"type": ["number", "string"]},))
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
