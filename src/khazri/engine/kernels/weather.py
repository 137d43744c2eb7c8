"""What becomes of the oil itself. Passes leave the shares of mass that stay in the KEEP rows; `account.lose` applies them."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import PASS
from khazri.physics import biodegradation, dissolution, sedimentation
from khazri.physics.density import of_emulsion, of_oil
from khazri.physics.density import of_water as density_of_water
from khazri.physics.emulsion import broken_water, eley_water, mackay_water
from khazri.physics.evaporation import exposure_rate
from khazri.physics.lookup import along_both, along_fraction, evaporated_after
from khazri.physics.spreading import (
    fay_area_after,
    fay_initial_area,
    fay_mean_area,
    film_thickness,
    minimum_thickness,
    relative_difference,
    thick_fraction,
)
from khazri.physics.viscosity import capped, with_water
from khazri.physics.viscosity import of_water as viscosity_of_water
from khazri.physics.waves import dissipation_energy

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_TINY = np.float32(1e-12)
_ROOT_HALF = np.float32(0.70710678)
_FOUR_OVER_PI = np.float32(1.2732395)
_UPTAKE = np.float32(1.6e-6)
_FULL = np.float32(0.999)


@njit(**PASS)
def floats(status):
    """Oil that lies at the surface of the water."""
    return status == at.AFLOAT or status == at.BOOMED or status == at.IN_ICE


@njit(**PASS)
def water_of_block(low, high, scene):
    """Density and kinematic viscosity of the water about each particle."""
    s, count = scene.scratch, high - low
    for i in range(count):
        same = i > 0 and s[at.TEMPERATURE + i] == s[at.TEMPERATURE + i - 1] and s[at.SALT + i] == s[at.SALT + i - 1]
        if same:
            s[at.WATER_DENSITY + i] = s[at.WATER_DENSITY + i - 1]
            s[at.WATER_VISCOSITY + i] = s[at.WATER_VISCOSITY + i - 1]
        else:
            density = density_of_water(s[at.TEMPERATURE + i], s[at.SALT + i])
            s[at.WATER_DENSITY + i] = density
            s[at.WATER_VISCOSITY + i] = viscosity_of_water(s[at.TEMPERATURE + i], s[at.SALT + i]) / density


@njit(**PASS)
def properties(low, high, scene):
    """Density and viscosity of oil and emulsion at the temperature of the water."""
    s, real = scene.scratch, scene.real
    for i in range(high - low):
        row = low + i
        if scene.flag[0, row] > at.IN_ICE:
            continue
        oil = np.int32(scene.source[scene.origin[0, row], at.OIL])
        numbers, temperature = scene.oil[oil], s[at.TEMPERATURE + i]
        fraction, water = real[at.EVAPORATED, row], real[at.WATER, row]
        parent = along_both(
            fraction, temperature, scene.parent[oil], numbers[at.T_FIRST], numbers[at.T_STEP], numbers[at.F_STEP]
        )
        density = of_oil(
            along_fraction(fraction, scene.oil_density[oil], numbers[at.F_STEP]), numbers[at.EXPANSION], temperature
        )
        s[at.OIL_VISCOSITY + i] = parent
        s[at.OIL_DENSITY + i] = density
        real[at.VISCOSITY, row] = capped(with_water(parent, water), parent) if water > _ZERO else parent
        real[at.DENSITY, row] = of_emulsion(density, s[at.WATER_DENSITY + i], water)


@njit(**PASS)
def spread(low, high, scene):
    """Area of the patch, the share of it that is thick, and the film's thickness there."""
    s, real, grows = scene.scratch, scene.real, scene.whole[at.SPREADS]
    for i in range(high - low):
        row, status = low + i, scene.flag[0, low + i]
        real[at.THICKNESS, row] = _ZERO
        if not (floats(status) or status == at.SUBMERGED):
            continue
        source = scene.source[scene.origin[0, row]]
        volume, fresh = source[at.PATCH_VOLUME], scene.oil[np.int32(source[at.OIL]), at.FRESH_DENSITY]
        difference = relative_difference(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i])
        area = real[at.AREA, row]
        if area <= _ZERO:
            area = fay_initial_area(volume, difference, s[at.WATER_VISCOSITY + i])
        mean = area
        if grows:
            least = minimum_thickness(real[at.VISCOSITY, row])
            time = (s[at.DT + i] - s[at.BELOW_FOR + i]) * s[at.OPEN + i]
            after = fay_area_after(area, time, volume, difference, s[at.WATER_VISCOSITY + i], least)
            mean = fay_mean_area(area, after)
            area = after
        real[at.AREA, row] = area
        dry = real[at.MASS, row] / source[at.PARTICLE_MASS] * fresh / s[at.OIL_DENSITY + i]
        remaining = dry / max(_ONE - real[at.WATER, row], _ONE - _FULL)
        thick = thick_fraction(volume * remaining / area, s[at.WIND_SPEED + i], difference)
        s[at.THICK_AREA + i] = thick * mean
        if status != at.SUBMERGED:
            real[at.THICKNESS, row] = film_thickness(volume, remaining, area, thick)


@njit(**PASS)
def evaporate(low, high, scene):
    """Along the oil's curve by the exposure of the step; under ice only through the open share. Oil ashore dries as it lay."""
    s, real = scene.scratch, scene.real
    for i in range(high - low):
        row, status = low + i, scene.flag[0, low + i]
        time = (s[at.DT + i] - s[at.BELOW_FOR + i]) * s[at.OPEN + i]
        if not (status <= at.SUBMERGED or status == at.ASHORE or status == at.IN_ICE) or real[at.AREA, row] <= _ZERO or time <= _ZERO:
            continue
        source = scene.source[scene.origin[0, row]]
        oil = np.int32(source[at.OIL])
        numbers, temperature, before = scene.oil[oil], s[at.TEMPERATURE + i], real[at.EVAPORATED, row]
        area = s[at.THICK_AREA + i] if s[at.THICK_AREA + i] > _ZERO else real[at.AREA, row]
        per_mass = area / (source[at.PATCH_VOLUME] * numbers[at.FRESH_DENSITY])
        diameter = np.sqrt(_FOUR_OVER_PI * real[at.AREA, row])
        pace = exposure_rate(s[at.WIND_SPEED + i], diameter, per_mass, real[at.WATER, row], temperature)
        after = evaporated_after(
            before, temperature, pace * time, scene.exposure[oil], numbers[at.T_FIRST],
            numbers[at.T_STEP], numbers[at.F_STEP],
        )  # fmt: skip
        after = min(after, _ONE)
        real[at.EVAPORATED, row] = after
        s[at.KEEP_AIR + i] = (_ONE - after) / (_ONE - before) if before < _ONE else _ZERO


@njit(**PASS)
def emulsify(low, high, scene):
    """Water into the oil, once enough has evaporated; and out of it where the emulsion does not last."""
    s, real, mackay = scene.scratch, scene.real, scene.whole[at.EMULSION_LAW]
    for i in range(high - low):
        row = low + i
        if not (floats(scene.flag[0, row]) or s[at.NEWLY + i] > _ZERO):
            continue
        oil = scene.oil[np.int32(scene.source[scene.origin[0, row], at.OIL])]
        water, time = real[at.WATER, row], (s[at.DT + i] - s[at.BELOW_FOR + i]) * s[at.OPEN + i]
        if oil[at.WATER_MOST] <= _ZERO or real[at.EVAPORATED, row] < oil[at.ONSET]:
            continue
        if mackay:
            water = mackay_water(water, s[at.WIND_SPEED + i], time, oil[at.WATER_MOST], _UPTAKE)
            if oil[at.BREAK_UP] > _ZERO:
                water = broken_water(water, time, oil[at.BREAK_UP])
        else:
            water = eley_water(water, s[at.WIND_SPEED + i], time, oil[at.WATER_MOST], oil[at.BREAK_UP])
        real[at.WATER, row] = water


@njit(**PASS)
def dissolve(low, high, scene):
    """Aromatics into the water, from the film and from droplets."""
    s, real = scene.scratch, scene.real
    for i in range(high - low):
        row, status = low + i, scene.flag[0, low + i]
        mass = real[at.MASS, row]
        if mass <= _ZERO or not (floats(status) or status == at.SUBMERGED):
            continue
        source = scene.source[scene.origin[0, row]]
        oil = np.int32(source[at.OIL])
        numbers = scene.oil[oil]
        whole = along_fraction(real[at.EVAPORATED, row], scene.aromatic[oil], numbers[at.F_STEP])
        there = max(whole - real[at.DISSOLVED, row], _ZERO)
        if there <= _TINY:
            continue
        below, lost = s[at.BELOW_FOR + i], _ZERO
        if below > _ZERO:
            lost = below * dissolution.droplet_rate(
                max(s[at.DROPLET + i], np.float32(1e-6)), s[at.RISE + i], s[at.TEMPERATURE + i], s[at.WATER_VISCOSITY + i],
                numbers[at.AROMATIC_KOW],
            )  # fmt: skip
        if floats(status):
            film = max(real[at.THICKNESS, row], np.float32(1e-6))
            rate = dissolution.slick_rate(s[at.WIND_SPEED + i], film, numbers[at.AROMATIC_KOW])
            lost += rate * s[at.OPEN + i] * (s[at.DT + i] - below)
        gone = there - dissolution.remaining(there, lost, _ONE)
        real[at.DISSOLVED, row] += gone
        s[at.KEEP_DISSOLVED + i] = _ONE - min(gone * source[at.PARTICLE_MASS] / mass, _ONE)


@njit(**PASS)
def degrade(low, high, scene):
    """Submerged oil is eaten at a rate of the temperature."""
    s = scene.scratch
    for i in range(high - low):
        if s[at.BELOW_FOR + i] > _ZERO:
            rate = biodegradation.rate_adcroft(s[at.TEMPERATURE + i])
            s[at.KEEP_DEGRADED + i] = biodegradation.remaining(_ONE, rate, s[at.BELOW_FOR + i])


@njit(**PASS)
def settle_with_silt(low, high, scene):
    """Submerged oil near the surface sticks to suspended sediment."""
    s = scene.scratch
    for i in range(high - low):
        height = s[at.WAVE_HEIGHT + i] * _ROOT_HALF
        if s[at.BELOW_FOR + i] <= _ZERO or s[at.SILT + i] <= _ZERO:
            continue
        energy = dissipation_energy(height, s[at.WATER_DENSITY + i])
        rate = sedimentation.rate(
            height, energy, s[at.BREAKING + i], s[at.SILT + i], s[at.WATER_DENSITY + i], s[at.WATER_VISCOSITY + i]
        )
        s[at.KEEP_SEDIMENT + i] = sedimentation.remaining(_ONE, rate, s[at.STIRRED + i])
