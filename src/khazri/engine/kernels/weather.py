"""What becomes of the oil itself. Passes leave the shares of mass that stay in the KEEP rows; `account.lose` applies them."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import INLINE, PASS
from khazri.engine.kernels.view import as_row
from khazri.physics import biodegradation, dissolution, sedimentation
from khazri.physics.density import of_emulsion, of_oil
from khazri.physics.density import of_water as density_of_water
from khazri.physics.emulsion import broken_water, eley_uptake, eley_water, mackay_water
from khazri.physics.evaporation import exposure_through, wind_transfer
from khazri.physics.lookup import cell, columns_beyond, on_curve
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
def fill(value, out):
    """One value for the whole of a row."""
    for i in range(out.size):
        out[i] = value


@njit(**PASS)
def gather_oil(low, high, scene):
    """The numbers of each particle's release and oil, as rows; most blocks have one release, and need no look-up."""
    s, w, count, release = scene.scratch, scene.words, min(high - low, 512), scene.origin[0, low:high]
    others = 0
    for i in range(count):
        others += 1 if release[i] != release[0] else 0
    if not others:
        source = scene.source[release[0]]
        oil = np.int32(source[at.OIL])
        fill(source[at.PATCH_VOLUME], s[at.VOLUME : at.VOLUME + count])
        fill(source[at.PARTICLE_MASS], s[at.PARTICLE : at.PARTICLE + count])
        fill(np.uint32(oil), w[at.OILS : at.OILS + count])
        for k in range(at.OIL_COLUMNS):
            fill(scene.oil[oil, k], s[at.OF_OIL + 512 * k : at.OF_OIL + 512 * k + count])
        return
    for i in range(count):
        source = scene.source[release[i]]
        oil = np.int32(source[at.OIL])
        s[at.VOLUME + i] = source[at.PATCH_VOLUME]
        s[at.PARTICLE + i] = source[at.PARTICLE_MASS]
        w[at.OILS + i] = np.uint32(oil)
        for k in range(at.OIL_COLUMNS):
            s[at.OF_OIL + 512 * k + i] = scene.oil[oil, k]


@njit(**PASS)
def find_columns(low, high, scene):
    """COLUMNS: where the particle's fraction lies in a table (oils, nF), SHARE_X the way on to the next column."""
    s, w, count = scene.scratch, scene.words, min(high - low, 512)
    fraction, width = scene.real[at.EVAPORATED, low:high], scene.oil_density.shape[1]
    for i in range(count):
        column, share = cell(fraction[i], _ZERO, s[at.OF_F_STEP + i], width)
        s[at.SHARE_X + i] = share
        w[at.COLUMNS + i] = np.uint32(np.int32(np.int32(np.int32(w[at.OILS + i]) * np.int32(width)) + np.int32(column)))


@njit(**PASS)
def find_rows(low, high, scene):
    """CELLS: where fraction and temperature lie in a table (oils, nT, nF); SHARE_Y the way on to the next row."""
    s, w, count = scene.scratch, scene.words, min(high - low, 512)
    _, rows, width = scene.parent.shape
    find_columns(low, high, scene)
    for i in range(count):
        row, share = cell(s[at.TEMPERATURE + i], s[at.OF_T_FIRST + i], s[at.OF_T_STEP + i], rows)
        s[at.SHARE_Y + i] = share
        above = np.int32(
            np.int32(np.int32(w[at.OILS + i]) * np.int32(rows - 1)) + np.int32(row)
        )  # rows before, less one an oil
        w[at.CELLS + i] = np.uint32(w[at.COLUMNS + i] + np.uint32(np.int32(above * np.int32(width))))


@njit(**PASS)
def water_of_block(low, high, scene):
    """Density and kinematic viscosity of the water about each particle."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        density = density_of_water(s[at.TEMPERATURE + i], s[at.SALT + i])
        s[at.WATER_DENSITY + i] = density
        s[at.WATER_VISCOSITY + i] = viscosity_of_water(s[at.TEMPERATURE + i], s[at.SALT + i]) / density


@njit(**PASS)
def look_up(low, high, scene):
    """OIL_VISCOSITY at fraction and temperature, OIL_DENSITY at the fraction and the temperature of the records."""
    s, w, count = scene.scratch, scene.words, min(high - low, 512)
    parents, densities, down, one = (
        as_row(scene.parent),
        as_row(scene.oil_density),
        np.uint64(scene.parent.shape[2]),
        np.uint64(1),
    )
    find_rows(low, high, scene)
    for i in range(count):
        k, share = np.uint64(w[at.CELLS + i]), s[at.SHARE_X + i]
        cold = parents[k] + share * (parents[k + one] - parents[k])
        k += down
        warm = parents[k] + share * (parents[k + one] - parents[k])
        s[at.OIL_VISCOSITY + i] = cold + s[at.SHARE_Y + i] * (warm - cold)
    for i in range(count):
        k = np.uint64(w[at.COLUMNS + i])
        s[at.OIL_DENSITY + i] = densities[k] + s[at.SHARE_X + i] * (densities[k + one] - densities[k])


@njit(**PASS)
def properties(low, high, scene):
    """Density and viscosity of oil and emulsion at the temperature of the water."""
    s, count, status = scene.scratch, min(high - low, 512), scene.flag[0, low:high]
    water, viscosity, density = (
        scene.real[at.WATER, low:high],
        scene.real[at.VISCOSITY, low:high],
        scene.real[at.DENSITY, low:high],
    )
    look_up(low, high, scene)
    for i in range(count):
        parent = s[at.OIL_VISCOSITY + i]
        s[at.RATE + i] = capped(with_water(parent, water[i]), parent)
    for i in range(count):
        oil = of_oil(s[at.OIL_DENSITY + i], s[at.SWELLS + i], s[at.TEMPERATURE + i])
        s[at.OIL_DENSITY + i] = oil
        s[at.MEDIAN + i] = of_emulsion(oil, s[at.WATER_DENSITY + i], water[i])
    # what has left keeps the last it had; both are read first: of two places to read LLVM makes a branch, not a SIMD choice
    for i in range(count):
        before, after = viscosity[i], s[at.RATE + i]
        viscosity[i] = after if status[i] <= at.IN_ICE else before
    for i in range(count):
        before, after = density[i], s[at.MEDIAN + i]
        density[i] = after if status[i] <= at.IN_ICE else before


@njit(**PASS)
def spread(low, high, scene):
    """Area of the patch, the share of it that is thick, and the film's thickness there; TIME is what it had at the surface."""
    s, grows, count, status = scene.scratch, scene.whole[at.SPREADS] != 0, min(high - low, 512), scene.flag[0, low:high]
    areas, film = scene.real[at.AREA, low:high], scene.real[at.THICKNESS, low:high]
    for i in range(count):
        s[at.TIME + i] = (s[at.DT + i] - s[at.BELOW_FOR + i]) * s[at.OPEN + i]
    for i in range(count):
        if areas[i] <= _ZERO and floats(status[i]):
            difference = relative_difference(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i])
            areas[i] = fay_initial_area(s[at.VOLUME + i], difference, s[at.WATER_VISCOSITY + i])
    grow(low, high, grows, scene)
    thicken(low, high, scene)
    # apart: a loop that writes several arrays needs more checks of overlap than LLVM allows a SIMD loop
    for i in range(count):
        afloat = floats(status[i])
        known = (areas[i] > _ZERO) & (afloat | (status[i] == at.SUBMERGED))
        s[at.RATE + i] = s[at.RATE + i] if known else areas[i]
        s[at.THICK_AREA + i] = s[at.THICK_AREA + i] if known else _ZERO
        s[at.MEDIAN + i] = s[at.MEDIAN + i] if afloat & known else _ZERO
    for i in range(count):
        areas[i] = s[at.RATE + i]
    for i in range(count):
        film[i] = s[at.MEDIAN + i]


@njit(**PASS)
def grow(low, high, grows, scene):
    """RATE: the area after the step; WORK_A the mean over it, WORK_B what drives it."""
    s, count = scene.scratch, min(high - low, 512)
    areas, viscosity = scene.real[at.AREA, low:high], scene.real[at.VISCOSITY, low:high]
    for i in range(count):
        s[at.WORK_B + i] = relative_difference(s[at.OIL_DENSITY + i], s[at.WATER_DENSITY + i])
    for i in range(count):
        time = s[at.TIME + i] if grows else _ZERO
        least = minimum_thickness(viscosity[i])
        s[at.RATE + i] = fay_area_after(
            areas[i], time, s[at.VOLUME + i], s[at.WORK_B + i], s[at.WATER_VISCOSITY + i], least
        )
    for i in range(count):
        s[at.WORK_A + i] = fay_mean_area(areas[i], s[at.RATE + i])


@njit(**PASS)
def thicken(low, high, scene):
    """THICK_AREA and, in MEDIAN, the thickness of the film there, from RATE, WORK_A and WORK_B of `grow`."""
    s, count = scene.scratch, min(high - low, 512)
    mass, water = scene.real[at.MASS, low:high], scene.real[at.WATER, low:high]
    for i in range(count):
        dry = mass[i] / s[at.PARTICLE + i] * s[at.FRESH + i] / s[at.OIL_DENSITY + i]
        s[at.WORK_C + i] = dry / max(_ONE - water[i], _ONE - _FULL)
    for i in range(count):
        mean = s[at.VOLUME + i] * s[at.WORK_C + i] / s[at.RATE + i]
        s[at.WORK_D + i] = thick_fraction(mean, s[at.WIND_SPEED + i], s[at.WORK_B + i])
    for i in range(count):
        thick, after = s[at.WORK_D + i], s[at.RATE + i]
        s[at.THICK_AREA + i] = thick * s[at.WORK_A + i]
        s[at.MEDIAN + i] = film_thickness(s[at.VOLUME + i], s[at.WORK_C + i], after, thick)


@njit(**PASS)
def expose(low, high, scene):
    """RATE: the exposure of the step [mol kg-1 Pa-1]; 0 where nothing evaporates."""
    s, count, status = scene.scratch, min(high - low, 512), scene.flag[0, low:high]
    areas, water = scene.real[at.AREA, low:high], scene.real[at.WATER, low:high]
    for i in range(count):
        s[at.WORK_A + i] = wind_transfer(s[at.WIND_SPEED + i], np.sqrt(_FOUR_OVER_PI * areas[i]))
    for i in range(count):
        area = s[at.THICK_AREA + i] if s[at.THICK_AREA + i] > _ZERO else areas[i]
        per_mass = area / (s[at.VOLUME + i] * s[at.FRESH + i])
        pace = exposure_through(s[at.WORK_A + i], per_mass, water[i], s[at.TEMPERATURE + i])
        s[at.RATE + i] = pace * s[at.TIME + i] if areas[i] > _ZERO else _ZERO
    for i in range(count):
        exposed = (status[i] <= at.SUBMERGED) | (status[i] == at.ASHORE) | (status[i] == at.IN_ICE)
        s[at.RATE + i] = s[at.RATE + i] if exposed else _ZERO


@njit(**PASS)
def evaporate(low, high, scene):
    """Along the oil's curve by the exposure of the step; under ice only through the open share. Oil ashore dries as it lay.

    WORK_B is the way on in columns of the table. Most stay within one; `chosen` lists the others.
    """
    s, w, count, fraction = scene.scratch, scene.words, min(high - low, 512), scene.real[at.EVAPORATED, low:high]
    curves, columns, chosen, others = as_row(scene.exposure), scene.exposure.shape[2], scene.chosen, 0
    width = np.uint64(columns)
    expose(low, high, scene)
    for i in range(count):  # the place in the tables is still that of `properties`
        k, share = np.uint64(w[at.CELLS + i]), s[at.SHARE_Y + i]
        s[at.WORK_A + i] = on_curve(curves, k + np.uint64(1), width, share) - on_curve(curves, k, width, share)
    for i in range(count):
        s[at.WORK_B + i] = s[at.RATE + i] / s[at.WORK_A + i]
        s[at.WORK_C + i] = s[at.WORK_B + i] - (_ONE - s[at.SHARE_X + i])
    for i in range(count):
        chosen[others] = np.int32(i)
        others += 1 if s[at.WORK_C + i] > _ZERO else 0
    for n in range(others):
        i = np.uint32(chosen[n])
        most = columns - 2 - np.int64(w[at.COLUMNS + i]) % columns
        k, beyond = np.int64(w[at.CELLS + i]) + 1, s[at.WORK_C + i] * s[at.WORK_A + i]
        s[at.WORK_B + i] = (
            _ONE - s[at.SHARE_X + i] + columns_beyond(curves, k, columns, s[at.SHARE_Y + i], most, beyond)
        )
    for i in range(count):
        after = min(fraction[i] + s[at.WORK_B + i] * s[at.OF_F_STEP + i], _ONE)
        s[at.WORK_D + i] = after if s[at.RATE + i] > _ZERO else fraction[i]
    for i in range(count):
        left = (_ONE - s[at.WORK_D + i]) / max(_ONE - fraction[i], _TINY)
        s[at.KEEP_AIR + i] = left if s[at.WORK_D + i] > fraction[i] else _ONE
    for i in range(count):
        fraction[i] = s[at.WORK_D + i]


@njit(**PASS)
def emulsify(low, high, scene):
    """Water into the oil, once enough has evaporated; and out of it where the emulsion does not last."""
    s, count, status = scene.scratch, min(high - low, 512), scene.flag[0, low:high]
    water, fraction = scene.real[at.WATER, low:high], scene.real[at.EVAPORATED, low:high]
    full = 0
    for i in range(count):
        full += 1 if water[i] > s[at.WATER_TOP + i] else 0
    if scene.whole[at.EMULSION_LAW]:
        for i in range(count):
            y = mackay_water(water[i], s[at.WIND_SPEED + i], s[at.TIME + i], s[at.WATER_TOP + i], _UPTAKE)
            s[at.RATE + i] = broken_water(y, s[at.TIME + i], s[at.BREAKS + i])
    elif full:
        for i in range(count):
            s[at.RATE + i] = eley_water(
                water[i], s[at.WIND_SPEED + i], s[at.TIME + i], s[at.WATER_TOP + i], s[at.BREAKS + i]
            )
    else:
        for i in range(count):
            s[at.RATE + i] = eley_uptake(
                water[i], s[at.WIND_SPEED + i], s[at.TIME + i], s[at.WATER_TOP + i], s[at.BREAKS + i]
            )
    for i in range(count):
        takes = (s[at.WATER_TOP + i] > _ZERO) & (fraction[i] >= s[at.STARTS + i])
        s[at.WORK_A + i] = _ONE if takes else _ZERO
    for i in range(count):
        takes = floats(status[i]) | (s[at.NEWLY + i] > _ZERO)
        before, after = water[i], s[at.RATE + i]
        water[i] = after if takes & (s[at.WORK_A + i] > _ZERO) else before


@njit(**PASS)
def dissolve(low, high, scene):
    """Aromatics into the water, from the film while afloat and from droplets while below."""
    s, w, count, status = scene.scratch, scene.words, min(high - low, 512), scene.flag[0, low:high]
    mass, film, dissolved = (
        scene.real[at.MASS, low:high],
        scene.real[at.THICKNESS, low:high],
        scene.real[at.DISSOLVED, low:high],
    )
    parts, one = as_row(scene.aromatic), np.uint64(1)
    find_columns(low, high, scene)
    for i in range(count):
        k = np.uint64(w[at.COLUMNS + i])
        s[at.RATE + i] = parts[k] + s[at.SHARE_X + i] * (parts[k + one] - parts[k])
    for i in range(count):
        below, drop = s[at.BELOW_FOR + i], max(s[at.DROPLET + i], _MICRON)
        small = dissolution.droplet_rate(
            drop, s[at.RISE + i], s[at.TEMPERATURE + i], s[at.WATER_VISCOSITY + i], s[at.PARTS + i]
        )
        s[at.WORK_A + i] = small * below if below > _ZERO else _ZERO
    for i in range(count):
        flat = dissolution.slick_rate(s[at.WIND_SPEED + i], max(film[i], _MICRON), s[at.PARTS + i])
        s[at.WORK_B + i] = flat * s[at.TIME + i] if floats(status[i]) else _ZERO
        s[at.WORK_D + i] = _ONE if floats(status[i]) | (s[at.BELOW_FOR + i] > _ZERO) else _ZERO
    for i in range(count):
        there = max(s[at.RATE + i] - dissolved[i], _ZERO)
        gone = there - dissolution.remaining(there, s[at.WORK_A + i] + s[at.WORK_B + i], _ONE)
        s[at.WORK_C + i] = gone if (there > _TINY) & (s[at.WORK_D + i] > _ZERO) else _ZERO
    for i in range(count):
        gone = s[at.WORK_C + i] if mass[i] > _ZERO else _ZERO
        s[at.WORK_C + i] = gone
        s[at.KEEP_DISSOLVED + i] = _ONE - min(gone * s[at.PARTICLE + i] / max(mass[i], _TINY), _ONE)
    for i in range(count):
        dissolved[i] += s[at.WORK_C + i]


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
