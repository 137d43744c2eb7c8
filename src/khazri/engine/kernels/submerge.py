"""Down and up again: waves entrain oil as droplets, wash heavy oil under, and the water mixes what is below."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import PASS
from khazri.physics import overwash
from khazri.physics.droplets import lognormal_diameter, median_johansen2015, median_li2017
from khazri.physics.entrainment import intrusion_depth, rate_delvigne1988, rate_li2017
from khazri.physics.maths import log
from khazri.physics.mixing import column, profile, reflect, visser_step
from khazri.physics.noise import DROPLET, OVERWASHING, VERTICAL, normal_pair, philox4x32, uniform
from khazri.physics.rise import rise_velocity

_ZERO = np.float32(0.0)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_ROOT_HALF = np.float32(0.70710678)
_LUMP = np.float32(0.01)  # [m] of oil that sinks or is washed under in one piece
_ROOT_THREE = np.float32(1.7320508)  # turns a uniform number in (-1, 1) into one of variance 1
_LEAST_DIAMETER, _MOST_DIAMETER = np.float32(1e-6), np.float32(0.02)
_MIXED_LAYER = np.float32(30.0)  # [m] the middle Caspian's in summer; shallower water mixes to the bed
_JUST_BELOW = np.float32(-1e-6)
_CALM = np.float32(0.01)


@njit(**PASS)
def _median(johansen, height, film, viscosity, density, density_water, tension):
    """Median diameter by volume of the droplets that waves make of this oil [m]; viscosity dynamic."""
    if johansen:
        return median_johansen2015(height, max(film, np.float32(1e-5)), density, viscosity, tension)
    return median_li2017(height, viscosity, density, density_water, tension)


@njit(**PASS)
def entrainment_rates(low, high, scene):
    """RATE at which floating oil goes under, and in MEDIAN the share of 1 / RATE after which it does (exponential)."""
    s, count = scene.scratch, min(high - low, 512)
    viscosity, density = scene.real[at.VISCOSITY, low:high], scene.real[at.DENSITY, low:high]
    film = scene.real[at.THICKNESS, low:high]
    if scene.whole[at.ENTRAIN_LAW]:
        for i in range(count):
            s[at.RATE + i] = s[at.OPEN + i] * rate_delvigne1988(
                s[at.WAVE_HEIGHT + i],
                s[at.BREAKING + i],
                viscosity[i],
                density[i],
                s[at.WATER_DENSITY + i],
                film[i],
            )
    else:
        for i in range(count):
            s[at.RATE + i] = s[at.OPEN + i] * rate_li2017(
                s[at.WAVE_HEIGHT + i], s[at.BREAKING + i], viscosity[i] * density[i], density[i], s[at.WATER_DENSITY + i],
                s[at.TENSE + i],
            )  # fmt: skip
    for i in range(count):
        s[at.MEDIAN + i] = -log(_ONE - s[at.UNIFORM_A + i])
        s[at.RATE + i] = s[at.RATE + i] if s[at.WAVE_HEIGHT + i] >= _CALM else _ZERO


@njit(**PASS)
def entrain(low, high, scene):
    """Floating oil goes down at a moment drawn by its rate; then a diameter and a depth are drawn for it.

    What came up in this step has the rest of it at the surface. NEWLY is left as the time that is to be spent below.
    """
    s, real, step, seed = scene.scratch, scene.real, np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    entrainment_rates(low, high, scene)
    for i in range(min(high - low, 512)):
        row, rate, there = low + i, s[at.RATE + i], s[at.DT + i] - s[at.BELOW_FOR + i]
        when = s[at.MEDIAN + i]
        if scene.flag[0, row] != at.AFLOAT or not when < rate * there:
            continue
        s[at.NEWLY + i] = there - when / rate
        key = scene.keys[scene.origin[1, row]]
        a, b, c, _ = philox4x32(
            scene.number[row], step, np.uint32(DROPLET << 8), np.uint32(scene.origin[0, row]), seed, key
        )
        normal, _ = normal_pair(a, b)
        median = _median(
            scene.whole[at.DROPLET_LAW], s[at.WAVE_HEIGHT + i], real[at.THICKNESS, row], real[at.VISCOSITY, row] * real[at.DENSITY, row],
            real[at.DENSITY, row], s[at.WATER_DENSITY + i], s[at.TENSE + i],
        )  # fmt: skip
        diameter = lognormal_diameter(median, normal)
        real[at.DIAMETER, row] = min(max(diameter, _LEAST_DIAMETER), _MOST_DIAMETER)
        depth = intrusion_depth(s[at.WAVE_HEIGHT + i], uniform(c))
        real[at.Z, row] = -min(depth, np.float32(0.99) * s[at.BED + i])
        scene.flag[0, row] = np.uint8(at.SUBMERGED)


@njit(**PASS)
def wash_over(low, high, scene):
    """Heavy oil is washed under and shows again; what is no lighter than the water sinks."""
    s, real, step, seed = scene.scratch, scene.real, np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    for i in range(min(high - low, 512)):
        row, status = low + i, scene.flag[0, low + i]
        if status != at.AFLOAT and status != at.OVERWASHED:
            continue
        density, water = real[at.DENSITY, row], s[at.WATER_DENSITY + i]
        if overwash.sinks(density, water):
            scene.flag[0, row] = np.uint8(at.SUBMERGED)
            real[at.DIAMETER, row] = _LUMP
            real[at.Z, row] = -np.float32(0.05)
            continue
        film, height = real[at.THICKNESS, row], s[at.WAVE_HEIGHT + i]
        under = overwash.under_rate(density, water, film, height, s[at.WAVE_PERIOD + i], s[at.BREAKING + i])
        if status == at.AFLOAT and under <= _ZERO:
            continue
        up = overwash.up_rate(density, water, film, height)
        chance = overwash.share_after(_ONE if status == at.OVERWASHED else _ZERO, under, up, s[at.DT + i])
        key = scene.keys[scene.origin[1, row]]
        a, _, _, _ = philox4x32(
            scene.number[row], step, np.uint32(OVERWASHING << 8), np.uint32(scene.origin[0, row]), seed, key
        )
        scene.flag[0, row] = np.uint8(at.OVERWASHED if uniform(a) < chance else at.AFLOAT)


@njit(**PASS)
def choose_submerged(low, high, scene, newly):
    """Gather what is below into the first places of the DEEP rows, either what began the step there or what went under in it."""
    s, real, count = scene.scratch, scene.real, 0
    share = _ONE / np.float32(max(scene.whole[at.SUBSTEPS], 1))
    for i in range(min(high - low, 512)):
        row = low + i
        if scene.flag[0, row] != at.SUBMERGED or (s[at.NEWLY + i] > _ZERO) != newly:
            continue
        time = s[at.NEWLY + i] if newly else s[at.DT + i]
        scene.chosen[count] = np.int32(i)
        s[at.DEEP_Z + count] = real[at.Z, row]
        s[at.DEEP_DIAMETER + count] = real[at.DIAMETER, row]
        s[at.DEEP_OIL + count] = real[at.DENSITY, row]
        s[at.DEEP_DENSITY + count] = s[at.WATER_DENSITY + i]
        s[at.DEEP_VISCOSITY + count] = s[at.WATER_VISCOSITY + i] * s[at.WATER_DENSITY + i]
        s[at.DEEP_DT + count] = time * share
        s[at.DEEP_TIME + count] = _ZERO
        s[at.DEEP_STIRRED + count] = _ZERO
        s[at.DEEP_HEIGHT + count] = _ROOT_HALF * s[at.WAVE_HEIGHT + i]
        s[at.DEEP_BED + count] = s[at.BED + i]
        s[at.DEEP_WIND + count] = s[at.WIND_SPEED + i]
        count += 1
    for i in range(min(count, 512)):
        s[at.DEEP_RISE + i] = rise_velocity(
            s[at.DEEP_DIAMETER + i], s[at.DEEP_OIL + i], s[at.DEEP_DENSITY + i], s[at.DEEP_VISCOSITY + i]
        )
    for i in range(min(count, 512)):
        inverse, least, most = column(s[at.DEEP_WIND + i], s[at.DEEP_BED + i], _MIXED_LAYER)
        s[at.DEEP_INVERSE + i] = inverse
        s[at.DEEP_LEAST + i] = least
        s[at.DEEP_MOST + i] = most
    return count


@njit(**PASS)
def gather_words(low, count, scene):
    """What the noise of the chosen is keyed by."""
    w = scene.words
    for i in range(min(count, 512)):
        row = low + scene.chosen[i]
        w[at.NUMBERS + i] = scene.number[row]
        w[at.RELEASES + i] = np.uint32(scene.origin[0, row])
        w[at.KEYS + i] = scene.keys[scene.origin[1, row]]


@njit(**PASS)
def draw_four(count, purpose, step, seed, s, w):
    """Uniform numbers of variance 1 for four sub-steps."""
    for i in range(min(count, 512)):
        a, b, c, d = philox4x32(w[at.NUMBERS + i], step, purpose, w[at.RELEASES + i], seed, w[at.KEYS + i])
        s[at.DRAW_A + i] = _ROOT_THREE * (_TWO * uniform(a) - _ONE)
        s[at.DRAW_B + i] = _ROOT_THREE * (_TWO * uniform(b) - _ONE)
        s[at.DRAW_C + i] = _ROOT_THREE * (_TWO * uniform(c) - _ONE)
        s[at.DRAW_D + i] = _ROOT_THREE * (_TWO * uniform(d) - _ONE)


@njit(**PASS)
def walk_vertically(count, draws, s):
    """One sub-step of the walk (Visser 1997), reflected at surface and bed, then of rising; at or above 0 is the surface.

    Walking is reflected and rising is not: what reaches the surface by its buoyancy stays there (Nordam et al. 2019).
    """
    for i in range(min(count, 512)):  # to a row of known place: an unknown one keeps the loop below from becoming SIMD
        s[at.NOISE + i] = draws[i]
    for i in range(min(count, 512)):
        z, dt, bed = s[at.DEEP_Z + i], s[at.DEEP_DT + i], s[at.DEEP_BED + i]
        inverse, least, most = s[at.DEEP_INVERSE + i], s[at.DEEP_LEAST + i], s[at.DEEP_MOST + i]
        _, gradient = profile(z, inverse, least, most)
        shifted, _ = profile(reflect(z + _HALF * gradient * dt, bed), inverse, least, most)
        moved = min(max(reflect(visser_step(z, gradient, shifted, dt, s[at.NOISE + i]), bed), -bed), _JUST_BELOW)
        s[at.DEEP_Z + i] = moved if (z < _ZERO) & (z > -bed) else z


@njit(**PASS)
def rise(count, s):
    """One sub-step of rising (or sinking); held at the surface and at the bed. DEEP_TIME grows while it is below."""
    for i in range(min(count, 512)):
        z, dt = s[at.DEEP_Z + i], s[at.DEEP_DT + i]
        below = z < _ZERO
        moving = below and z > -s[at.DEEP_BED + i]
        s[at.DEEP_TIME + i] += dt if below else _ZERO
        s[at.DEEP_STIRRED + i] += dt if below and z > -s[at.DEEP_HEIGHT + i] else _ZERO
        s[at.DEEP_Z + i] = min(max(z + s[at.DEEP_RISE + i] * dt, -s[at.DEEP_BED + i]), _ZERO) if moving else z


@njit(**PASS)
def mix(low, high, scene):
    """What began the step below: several sub-steps; then it floats, lies on the bed or is still on its way."""
    mix_those(low, high, scene, False)


@njit(**PASS)
def mix_newly(low, high, scene):
    """What went under in this step, for the rest of it."""
    mix_those(low, high, scene, True)


@njit(**PASS)
def mix_those(low, high, scene, newly):
    """See `mix` and `mix_newly`."""
    s, count, walks = scene.scratch, choose_submerged(low, high, scene, newly), scene.whole[at.WALK_VERTICALLY]
    if count == 0:
        return
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    gather_words(low, count, scene)
    for substep in range(scene.whole[at.SUBSTEPS]):
        if walks:
            if substep % 4 == 0:
                purpose = np.uint32((VERTICAL << 8) + substep + (128 if newly else 0))
                draw_four(count, purpose, step, seed, s, scene.words)
            first = at.DRAW_A + 512 * (substep % 4)
            walk_vertically(count, s[first : first + 512], s)
        rise(count, s)
    for i in range(min(count, 512)):
        row, z = low + scene.chosen[i], s[at.DEEP_Z + i]
        scene.real[at.Z, row] = z
        s[at.BELOW_FOR + scene.chosen[i]] += s[at.DEEP_TIME + i]
        s[at.STIRRED + scene.chosen[i]] += s[at.DEEP_STIRRED + i]
        s[at.RISE + scene.chosen[i]] = s[at.DEEP_RISE + i]
        s[at.DROPLET + scene.chosen[i]] = scene.real[at.DIAMETER, row]
        if z >= _ZERO:
            scene.flag[0, row] = np.uint8(at.AFLOAT)
            scene.real[at.DIAMETER, row] = _ZERO
        elif z <= -s[at.DEEP_BED + i] and s[at.DEEP_RISE + i] < _ZERO:
            scene.flag[0, row] = np.uint8(at.ON_BED)
