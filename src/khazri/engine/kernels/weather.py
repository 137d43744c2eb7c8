"""What becomes of the oil itself. Passes leave the shares of mass that stay in the KEEP rows; `account.lose` applies them."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
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
_MICRON = np.float32(1e-6)
_FULL = np.float32(0.999)


@njit(**INLINE)
def floats(status):
    """Oil that lies at the surface of the water."""
    return (status == at.AFLOAT) | (status == at.BOOMED) | (status == at.IN_ICE)


@njit(**PASS)
def gather_oil(low, high, scene):
    """The numbers of each particle's release and oil, as rows."""
    s, count, release = scene.scratch, min(high - low, 512), scene.origin[0, low:high]
    for i in range(count):
        source = scene.source[release[i]]
        oil = scene.oil[np.int32(source[at.OIL])]
        s[at.VOLUME + i] = source[at.PATCH_VOLUME]
        s[at.PARTICLE + i] = source[at.PARTICLE_MASS]
        s[at.FRESH + i] = oil[at.FRESH_DENSITY]
        s[at.TENSE + i] = oil[at.TENSION]
        s[at.WATER_TOP + i] = oil[at.WATER_MOST]
        s[at.STARTS + i] = oil[at.ONSET]
        s[at.BREAKS + i] = oil[at.BREAK_UP]
        s[at.PARTS + i] = oil[at.AROMATIC_KOW]


@njit(**PASS)
def water_of_block(low, high, scene):
    """Density and kinematic viscosity of the water about each particle."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        density = density_of_water(s[at.TEMPERATURE + i], s[at.SALT + i])
        s[at.WATER_DENSITY + i] = density
        s[at.WATER_VISCOSITY + i] = viscosity_of_water(s[at.TEMPERATURE + i], s[at.SALT + i]) / density


@njit(**PASS)
def properties(low, high, scene):
    """Density and viscosity of oil and emulsion at the temperature of the water."""
    s, count, release = scene.scratch, min(high - low, 512), scene.origin[0, low:high]
    fraction, water = scene.real[at.EVAPORATED, low:high], scene.real[at.WATER, low:high]
    viscosity, density = scene.real[at.VISCOSITY, low:high], scene.real[at.DENSITY, low:high]
    status = scene.flag[0, low:high]
    for oil in range(scene.oil.shape[0]):  # its tables out of the loop over particles
        first, step, f_step = scene.oil[oil, at.T_FIRST], scene.oil[oil, at.T_STEP], scene.oil[oil, at.F_STEP]
        expansion, parents, densities = scene.oil[oil, at.EXPANSION], scene.parent[oil], scene.oil_density[oil]
        code = np.float32(oil)
        for i in range(count):
            if scene.source[release[i], at.OIL] == code:
                s[at.OIL_VISCOSITY + i] = along_both(fraction[i], s[at.TEMPERATURE + i], parents, first, step, f_step)
                cold = along_fraction(fraction[i], densities, f_step)
                s[at.OIL_DENSITY + i] = of_oil(cold, expansion, s[at.TEMPERATURE + i])
    for i in range(count):
        parent = s[at.OIL_VISCOSITY + i]
        thick = capped(with_water(parent, water[i]), parent)
        mixed = of_emulsion(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i], water[i])
        here = status[i] <= at.IN_ICE  # what has left keeps the last it had
        viscosity[i] = thick if here else viscosity[i]
        density[i] = mixed if here else density[i]


@njit(**PASS)
def spread(low, high, scene):
    """Area of the patch, the share of it that is thick, and the film's thickness there; TIME is what it had at the surface."""
    s, grows, count, status = scene.scratch, scene.whole[at.SPREADS], min(high - low, 512), scene.flag[0, low:high]
    areas, water = scene.real[at.AREA, low:high], scene.real[at.WATER, low:high]
    mass, viscosity = scene.real[at.MASS, low:high], scene.real[at.VISCOSITY, low:high]
    film = scene.real[at.THICKNESS, low:high]
    for i in range(count):
        s[at.TIME + i] = (s[at.DT + i] - s[at.BELOW_FOR + i]) * s[at.OPEN + i]
    for i in range(count):
        if areas[i] <= _ZERO and floats(status[i]):
            difference = relative_difference(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i])
            areas[i] = fay_initial_area(s[at.VOLUME + i], difference, s[at.WATER_VISCOSITY + i])
    for i in range(count):
        difference = relative_difference(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i])
        before, time = areas[i], (s[at.TIME + i] if grows else _ZERO)
        least = minimum_thickness(viscosity[i])
        after = fay_area_after(before, time, s[at.VOLUME + i], difference, s[at.WATER_VISCOSITY + i], least)
        dry = mass[i] / s[at.PARTICLE + i] * s[at.FRESH + i] / s[at.OIL_DENSITY + i]
        remaining = dry / max(_ONE - water[i], _ONE - _FULL)
        thick = thick_fraction(s[at.VOLUME + i] * remaining / after, s[at.WIND_SPEED + i], difference)
        afloat = floats(status[i])
        known = (before > _ZERO) & (afloat | (status[i] == at.SUBMERGED))
        s[at.RATE + i] = after if known else before
        s[at.THICK_AREA + i] = thick * fay_mean_area(before, after) if known else _ZERO
        s[at.MEDIAN + i] = film_thickness(s[at.VOLUME + i], remaining, after, thick) if afloat & known else _ZERO
    # apart: a loop that writes several arrays needs more checks of overlap than LLVM allows a SIMD loop
    for i in range(count):
        areas[i] = s[at.RATE + i]
        film[i] = s[at.MEDIAN + i]


@njit(**PASS)
def evaporate(low, high, scene):
    """Along the oil's curve by the exposure of the step; under ice only through the open share. Oil ashore dries as it lay."""
    s, count, status = scene.scratch, min(high - low, 512), scene.flag[0, low:high]
    areas, water = scene.real[at.AREA, low:high], scene.real[at.WATER, low:high]
    fraction, release = scene.real[at.EVAPORATED, low:high], scene.origin[0, low:high]
    for i in range(count):
        exposed = (status[i] <= at.SUBMERGED) | (status[i] == at.ASHORE) | (status[i] == at.IN_ICE)
        area = s[at.THICK_AREA + i] if s[at.THICK_AREA + i] > _ZERO else areas[i]
        per_mass = area / (s[at.VOLUME + i] * s[at.FRESH + i])
        diameter = np.sqrt(_FOUR_OVER_PI * areas[i])
        pace = exposure_rate(s[at.WIND_SPEED + i], diameter, per_mass, water[i], s[at.TEMPERATURE + i])
        s[at.RATE + i] = pace * s[at.TIME + i] if exposed and areas[i] > _ZERO else _ZERO
    for oil in range(scene.oil.shape[0]):
        first, step, f_step = scene.oil[oil, at.T_FIRST], scene.oil[oil, at.T_STEP], scene.oil[oil, at.F_STEP]
        exposures, code = scene.exposure[oil], np.float32(oil)
        for i in range(count):
            if s[at.RATE + i] > _ZERO and scene.source[release[i], at.OIL] == code:
                before = fraction[i]
                after = evaporated_after(before, s[at.TEMPERATURE + i], s[at.RATE + i], exposures, first, step, f_step)
                fraction[i] = min(after, _ONE)
                s[at.KEEP_AIR + i] = (_ONE - fraction[i]) / (_ONE - before) if before < _ONE else _ZERO


@njit(**PASS)
def emulsify(low, high, scene):
    """Water into the oil, once enough has evaporated; and out of it where the emulsion does not last."""
    s, mackay, count, status = (
        scene.scratch,
        scene.whole[at.EMULSION_LAW],
        min(high - low, 512),
        scene.flag[0, low:high],
    )
    water, fraction = scene.real[at.WATER, low:high], scene.real[at.EVAPORATED, low:high]
    if mackay:
        for i in range(count):
            y = mackay_water(water[i], s[at.WIND_SPEED + i], s[at.TIME + i], s[at.WATER_TOP + i], _UPTAKE)
            s[at.RATE + i] = broken_water(y, s[at.TIME + i], s[at.BREAKS + i])
    else:
        for i in range(count):
            s[at.RATE + i] = eley_water(
                water[i], s[at.WIND_SPEED + i], s[at.TIME + i], s[at.WATER_TOP + i], s[at.BREAKS + i]
            )
    for i in range(count):
        takes = (s[at.WATER_TOP + i] > _ZERO) & (fraction[i] >= s[at.STARTS + i])
        takes &= floats(status[i]) | (s[at.NEWLY + i] > _ZERO)
        water[i] = s[at.RATE + i] if takes else water[i]


@njit(**PASS)
def dissolve(low, high, scene):
    """Aromatics into the water, from the film while afloat and from droplets while below."""
    s, count, status = scene.scratch, min(high - low, 512), scene.flag[0, low:high]
    mass, film, dissolved = (
        scene.real[at.MASS, low:high],
        scene.real[at.THICKNESS, low:high],
        scene.real[at.DISSOLVED, low:high],
    )
    fraction, release = scene.real[at.EVAPORATED, low:high], scene.origin[0, low:high]
    for oil in range(scene.oil.shape[0]):
        f_step, parts, code = scene.oil[oil, at.F_STEP], scene.aromatic[oil], np.float32(oil)
        for i in range(count):
            if scene.source[release[i], at.OIL] == code:
                s[at.RATE + i] = along_fraction(fraction[i], parts, f_step)
    for i in range(count):
        below = s[at.BELOW_FOR + i]
        small = dissolution.droplet_rate(
            max(s[at.DROPLET + i], _MICRON),
            s[at.RISE + i],
            s[at.TEMPERATURE + i],
            s[at.WATER_VISCOSITY + i],
            s[at.PARTS + i],
        )
        flat = dissolution.slick_rate(s[at.WIND_SPEED + i], max(film[i], _MICRON), s[at.PARTS + i])
        lost = (small * below if below > _ZERO else _ZERO) + (flat * s[at.TIME + i] if floats(status[i]) else _ZERO)
        there = max(s[at.RATE + i] - dissolved[i], _ZERO)
        gone = there - dissolution.remaining(there, lost, _ONE)
        held = (mass[i] > _ZERO) & (there > _TINY) & (floats(status[i]) | (below > _ZERO))
        gone = gone if held else _ZERO
        dissolved[i] += gone
        s[at.KEEP_DISSOLVED + i] = _ONE - min(gone * s[at.PARTICLE + i] / max(mass[i], _TINY), _ONE)


@njit(**PASS)
def degrade(low, high, scene):
    """Submerged oil is eaten at a rate of the temperature, while it is below."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        rate = biodegradation.rate_adcroft(s[at.TEMPERATURE + i])
        s[at.KEEP_DEGRADED + i] = biodegradation.remaining(_ONE, rate, s[at.BELOW_FOR + i])


@njit(**PASS)
def settle_with_silt(low, high, scene):
    """Submerged oil within the waves' height of the surface sticks to suspended sediment."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        height = s[at.WAVE_HEIGHT + i] * _ROOT_HALF
        energy = dissipation_energy(s[at.WAVE_HEIGHT + i], s[at.WATER_DENSITY + i])
        rate = sedimentation.rate(
            height, energy, s[at.BREAKING + i], s[at.SILT + i], s[at.WATER_DENSITY + i], s[at.WATER_VISCOSITY + i]
        )
        s[at.KEEP_SEDIMENT + i] = sedimentation.remaining(_ONE, rate, s[at.STIRRED + i])
