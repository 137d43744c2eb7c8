"""What the engine looks up while an oil weathers: float32 tables over the evaporated fraction F.

The clock is the exposure E of `khazri.physics.evaporation`: its pace `exposure_rate(...)` holds only weather and film,
the falling number of moles is inside E, so a step of any length is exact. A table holds E as a function of F, for a row
of temperatures. The engine keeps F: whatever the temperature does, it finds F on the curve of the temperature of now
and walks on from there (`khazri.physics.lookup.evaporated_after`). F can therefore never fall.

In a kernel, per particle and step (all float32; `t` is a WeatheringTable; first, step and df are its temperature_first,
temperature_step and fraction_step as np.float32):

    pace = exposure_rate(wind, diameter, area / mass_released, water, temperature)
    F = evaporated_after(F, temperature, pace * dt, t.exposure, first, step, df)
    nu = along_both(F, temperature, t.viscosity, first, step, df)
    rho = along_fraction(F, t.density, df) * (1 - t.density_expansion * (temperature - 288.15))
    aromatics = mass_released * along_fraction(F, t.aromatic, df) - dissolved
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from khazri.oils.flow import weathered_viscosity
from khazri.oils.record import Doubles, Oil
from khazri.physics.dissolution import partition
from khazri.physics.evaporation import decay_coefficient
from khazri.physics.viscosity import VISCOSITY_MOST

Singles = npt.NDArray[np.float32]

REFERENCE_TEMPERATURE = 288.15  # [K] of the densities, and of the composition along F
VISCOSITY_CAP = float(VISCOSITY_MOST)  # [m2 s-1]
TEMPERATURES: Doubles = np.arange(268.15, 316.0, 2.5)  # [K] uniform; the look-up holds the end rows outside
FRACTIONS = 257
LARGEST_SOLUBLE = 0.2  # [kg mol-1]: two rings with side chains, as far as the line of K_ow reaches
LAST_EXPOSURE = 1e5  # [mol kg-1 Pa-1] years for a film of 0.01 mm: what is left then never evaporates
_LEAST_FRACTION = 1e-3  # the columns need a width even where nothing evaporates
_MOST_FRACTION = 0.999  # a trace stays, so that the rest has a density
_NEVER = np.float32(1e12)  # an exposure that no run reaches
_POINTS = 4096  # of the fine curve that the table is read from: 2 % of E apart at most


@dataclass(frozen=True)
class WeatheringTable:
    """One oil's tables, C-contiguous float32; rows are temperatures, columns evaporated fractions, both uniform.

    Column j is F = j * fraction_step up to fraction_last, all that can ever evaporate at the warmest row.
    Row i is T = temperature_first + i * temperature_step.
    """

    ident: str
    temperature_first: float  # [K]
    temperature_step: float  # [K]
    fraction_step: float  # [1]
    fraction_last: float  # [1]
    exposure: Singles  # (nT, nF) E that evaporates F at T: from 0, strictly rising along F [mol kg-1 Pa-1]
    viscosity: Singles  # (nT, nF) kinematic, of the water-free oil at T and F, capped [m2 s-1]
    density: Singles  # (nF,) of the water-free oil at REFERENCE_TEMPERATURE [kg m-3]
    aromatic: Singles  # (nF,) aromatics that can dissolve and have not yet evaporated, per mass of oil released [1]
    molar_mass: Singles  # (nF,) mean of what is left [kg mol-1]
    density_expansion: float  # rho(T) = rho (1 - density_expansion (T - REFERENCE_TEMPERATURE)) [K-1]
    partition: float = 1e5  # K_ow of those aromatics as one, by which they leave for the water [1]


def weathering_table(oil: Oil, temperatures: Doubles = TEMPERATURES, *, fractions: int = FRACTIONS) -> WeatheringTable:
    """The tables of `oil` at `temperatures` [K] (rising evenly, at least two) over `fractions` values of F."""
    steps = np.diff(temperatures)
    if temperatures.size < 2 or steps[0] <= 0 or not np.allclose(steps, steps[0]):
        raise ValueError(f"weathering_table: temperatures are {temperatures}; expected two or more, rising evenly")
    curves = [_evaporation_curve(oil, float(temperature)) for temperature in temperatures]
    warm_fraction, warm_exposure = curves[-1]
    reached = float(np.interp(LAST_EXPOSURE, warm_exposure, warm_fraction))
    fraction_last = min(max(reached, _LEAST_FRACTION), _MOST_FRACTION)
    columns = np.linspace(0.0, fraction_last, fractions)
    left = _composition_along(oil, columns)
    mass = left.sum(axis=1)
    return WeatheringTable(
        ident=oil.ident,
        temperature_first=float(temperatures[0]),
        temperature_step=float(steps[0]),
        fraction_step=float(columns[1]),
        fraction_last=fraction_last,
        exposure=np.stack([_exposure_at(columns, fraction, exposure) for fraction, exposure in curves]),
        viscosity=_viscosity(oil, temperatures, columns),
        density=_density(oil, columns, left, mass),
        aromatic=_singles(left @ _soluble(oil)),
        molar_mass=_singles(mass / (left / oil.component_molar_mass).sum(axis=1)),
        density_expansion=oil.density_expansion,
        partition=_partition_of_soluble(oil),
    )


def _soluble(oil: Oil) -> Doubles:
    """Share of each component that are aromatics of one or two rings; larger ones hardly leave for the water [1]."""
    return np.where(oil.component_molar_mass <= LARGEST_SOLUBLE, oil.component_aromatic, 0.0)


def _partition_of_soluble(oil: Oil) -> float:
    """One K_ow for them all: that which gives the fresh oil's rate of loss, the mean of 1 / K_ow by mass."""
    weight = oil.component_fraction * _soluble(oil)
    if not weight.sum() > 0.0:
        return 1e5
    each = np.array([float(partition(float(molar))) for molar in oil.component_molar_mass])
    return float(weight.sum() / (weight / each).sum())


def _singles(values: Doubles) -> Singles:
    return np.ascontiguousarray(values, dtype=np.float32)


def _coefficients(oil: Oil, temperature: float) -> Doubles:
    pairs = zip(oil.component_boiling, oil.component_molar_mass, strict=True)
    return np.array([float(decay_coefficient(float(tb), float(m), temperature)) for tb, m in pairs])


def _theta_axis(coefficients: Doubles) -> Doubles:
    """Internal clock theta of the components, from where nothing has left to where every volatile one has [Pa-1]."""
    volatile = coefficients[coefficients > 0]
    if volatile.size == 0:
        return np.linspace(0.0, 1.0, _POINTS)
    return np.concatenate([[0.0], np.geomspace(1e-5 / volatile.max(), 50.0 / volatile.min(), _POINTS - 1)])


def _evaporation_curve(oil: Oil, temperature: float) -> tuple[Doubles, Doubles]:
    """Evaporated fraction and exposure along a fine axis at one temperature."""
    coefficients = _coefficients(oil, temperature)
    theta = _theta_axis(coefficients)
    gone = -np.expm1(-np.outer(theta, coefficients))
    fraction = gone @ oil.component_fraction
    moles = oil.component_fraction / oil.component_molar_mass
    safe = np.where(coefficients > 0, coefficients, 1.0)
    per_component = np.where(coefficients > 0, gone / safe, theta[:, None])
    return fraction, per_component @ moles


def _exposure_at(columns: Doubles, fraction: Doubles, exposure: Doubles) -> Singles:
    """E at each column, strictly rising in float32; columns that this temperature never reaches lie out of reach."""
    rising = np.concatenate([[True], np.diff(fraction) > 0])
    values = np.minimum(np.interp(columns, fraction[rising], exposure[rising]), 1e30)
    out = _singles(values)
    for j in range(1, out.size):
        if columns[j] > fraction[-1]:
            out[j] = max(out[j - 1] * np.float32(1.05), _NEVER)
        elif out[j] <= out[j - 1]:
            out[j] = np.nextafter(out[j - 1], np.float32(np.inf))
    return out


def _composition_along(oil: Oil, columns: Doubles) -> Doubles:
    """Mass of each component left (nF, k) per mass released, as the oil evaporates at the reference temperature."""
    coefficients = _coefficients(oil, REFERENCE_TEMPERATURE)
    axis = _theta_axis(coefficients)
    fraction = -np.expm1(-np.outer(axis, coefficients)) @ oil.component_fraction
    rising = np.concatenate([[True], np.diff(fraction) > 0])
    theta = np.interp(columns, fraction[rising], axis[rising])
    left = oil.component_fraction * np.exp(-np.outer(theta, coefficients))
    return np.asarray(left * ((1.0 - columns) / left.sum(axis=1))[:, None])


def _density(oil: Oil, columns: Doubles, left: Doubles, mass: Doubles) -> Singles:
    """Ideal mixing of what is left, scaled so that the fresh oil has its measured density."""
    mixed = mass / (left / oil.component_density).sum(axis=1)
    return _singles(mixed * (oil.density / mixed[0]))


def _viscosity(oil: Oil, temperatures: Doubles, columns: Doubles) -> Singles:
    return _singles(np.minimum(weathered_viscosity(oil, temperatures, columns), VISCOSITY_CAP))
