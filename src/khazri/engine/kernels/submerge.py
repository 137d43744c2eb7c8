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
from khazri.physics.noise import DROPLET, OVERWASHING, VERTICAL, even_step, normal_pair, philox4x32, uniform
from khazri.physics.rise import rise_velocity

_ZERO = np.float32(0.0)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_ROOT_HALF = np.float32(0.70710678)
_LUMP = np.float32(0.01)  # [m] of oil that sinks or is washed under in one piece
_LEAST_DIAMETER, _MOST_DIAMETER = np.float32(1e-6), np.float32(0.02)
_MIXED_LAYER = np.float32(30.0)  # [m] the middle Caspian's in summer; shallower water mixes to the bed
_JUST_BELOW = np.float32(-1e-6)
_CALM = np.float32(0.01)
# what is mixed; typed, as numba compiles anew for each plain True or False that is passed on
BEGAN, NEWLY = np.uint8(0), np.uint8(1)
_THINNEST = np.float32(1e-5)  # [m] film that makes droplets
_TINY = np.float32(1e-30)


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
def choose_entrained(low, high, scene):
    """What goes under in this step into `chosen`, and NEWLY: the time that it is to spend below."""
    s, status, chosen, count = scene.scratch, scene.flag[0, low:high], scene.chosen, 0
    for i in range(min(high - low, 512)):
        there = s[at.DT + i] - s[at.BELOW_FOR + i]
        time = there - s[at.MEDIAN + i] / max(s[at.RATE + i], _TINY)
        s[at.WORK_A + i] = time if s[at.MEDIAN + i] < s[at.RATE + i] * there else _ZERO
    for i in range(min(high - low, 512)):
        s[at.NEWLY + i] = s[at.WORK_A + i] if status[i] == at.AFLOAT else _ZERO
    for i in range(min(high - low, 512)):
        chosen[count] = np.int32(i)
        count += 1 if s[at.NEWLY + i] > _ZERO else 0
    return count


@njit(**PASS)
def gather_entrained(low, high, count, scene):
    """What droplets are made of and in, into the first places of the DEEP rows; DEEP_DT is the film, DEEP_RISE the tension."""
    s, chosen = scene.scratch, scene.chosen
    viscosity, density = scene.real[at.VISCOSITY, low:high], scene.real[at.DENSITY, low:high]
    film = scene.real[at.THICKNESS, low:high]
    for k in range(min(count, 512)):
        i = np.uint32(chosen[k])
        s[at.DEEP_VISCOSITY + k] = viscosity[i] * density[i]
        s[at.DEEP_OIL + k] = density[i]
        s[at.DEEP_DT + k] = film[i]
        s[at.DEEP_HEIGHT + k] = s[at.WAVE_HEIGHT + i]
        s[at.DEEP_DENSITY + k] = s[at.WATER_DENSITY + i]
        s[at.DEEP_RISE + k] = s[at.TENSE + i]
        s[at.DEEP_BED + k] = s[at.BED + i]


@njit(**PASS)
def entrain(low, high, scene):
    """Floating oil goes down at a moment drawn by its rate; then a diameter and a depth are drawn for it.

    What came up in this step has the rest of it at the surface. NEWLY is left as the time that is to be spent below.
    """
    s, w, real, step, seed = (
        scene.scratch,
        scene.words,
        scene.real,
        np.uint32(scene.whole[at.STEP]),
        np.uint32(scene.whole[at.SEED]),
    )
    entrainment_rates(low, high, scene)
    count = choose_entrained(low, high, scene)
    gather_entrained(low, high, count, scene)
    gather_words(low, count, scene)
    purpose = np.uint32(DROPLET << 8)
    for k in range(min(count, 512)):
        a, b, c, _ = philox4x32(w[at.NUMBERS + k], step, purpose, w[at.RELEASES + k], seed, w[at.KEYS + k])
        s[at.NOISE + k], _ = normal_pair(a, b)
        s[at.DRAW_A + k] = uniform(c)
    if scene.whole[at.DROPLET_LAW]:
        for k in range(min(count, 512)):
            film = max(s[at.DEEP_DT + k], _THINNEST)
            s[at.DEEP_DIAMETER + k] = median_johansen2015(
                s[at.DEEP_HEIGHT + k], film, s[at.DEEP_OIL + k], s[at.DEEP_VISCOSITY + k], s[at.DEEP_RISE + k]
            )
    else:
        for k in range(min(count, 512)):
            s[at.DEEP_DIAMETER + k] = median_li2017(
                s[at.DEEP_HEIGHT + k], s[at.DEEP_VISCOSITY + k], s[at.DEEP_OIL + k], s[at.DEEP_DENSITY + k], s[at.DEEP_RISE + k]
            )  # fmt: skip
    for k in range(min(count, 512)):
        diameter = lognormal_diameter(s[at.DEEP_DIAMETER + k], s[at.NOISE + k])
        s[at.DEEP_DIAMETER + k] = min(max(diameter, _LEAST_DIAMETER), _MOST_DIAMETER)
        depth = intrusion_depth(s[at.DEEP_HEIGHT + k], s[at.DRAW_A + k])
        s[at.DEEP_Z + k] = -min(depth, np.float32(0.99) * s[at.DEEP_BED + k])
    for k in range(min(count, 512)):
        row = low + scene.chosen[k]
        real[at.DIAMETER, row] = s[at.DEEP_DIAMETER + k]
        real[at.Z, row] = s[at.DEEP_Z + k]
        scene.flag[0, row] = np.uint8(at.SUBMERGED)


@njit(**PASS)
def choose_heavy(low, high, scene):
    """Into `chosen` what waves may wash under or let up, and what is no lighter than the water (that sinks)."""
    s, status, chosen, count = scene.scratch, scene.flag[0, low:high], scene.chosen, 0
    density = scene.real[at.DENSITY, low:high]
    for i in range(min(high - low, 512)):
        s[at.WORK_A + i] = density[i] - s[at.WATER_DENSITY + i] * (_ONE - overwash.DIFFERENCE_OVERWASHED)
    for i in range(min(high - low, 512)):
        heavy = (s[at.WORK_A + i] > _ZERO) | (status[i] == at.OVERWASHED)
        s[at.WORK_B + i] = _ONE if heavy & ((status[i] == at.AFLOAT) | (status[i] == at.OVERWASHED)) else _ZERO
    for i in range(min(high - low, 512)):
        chosen[count] = np.int32(i)
        count += 1 if s[at.WORK_B + i] > _ZERO else 0
    return count


@njit(**PASS)
def wash_over(low, high, scene):
    """Heavy oil is washed under and shows again; what is no lighter than the water sinks."""
    s, w, real, count = scene.scratch, scene.words, scene.real, choose_heavy(low, high, scene)
    if count == 0:
        return
    step, seed, status = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED]), scene.flag[0, low:high]
    gather_entrained(low, high, count, scene)
    gather_words(low, count, scene)
    for k in range(min(count, 512)):
        i = np.uint32(scene.chosen[k])
        s[at.WORK_A + k] = s[at.WAVE_PERIOD + i]
        s[at.WORK_B + k] = s[at.BREAKING + i]
        s[at.WORK_C + k] = s[at.DT + i]
        s[at.WORK_D + k] = _ONE if status[i] == at.OVERWASHED else _ZERO
    for k in range(min(count, 512)):
        a, _, _, _ = philox4x32(
            w[at.NUMBERS + k], step, np.uint32(OVERWASHING << 8), w[at.RELEASES + k], seed, w[at.KEYS + k]
        )
        s[at.DRAW_A + k] = uniform(a)
    for k in range(min(count, 512)):
        s[at.WORK_B + k] = overwash.under_rate(
            s[at.DEEP_OIL + k], s[at.DEEP_DENSITY + k], s[at.DEEP_DT + k], s[at.DEEP_HEIGHT + k], s[at.WORK_A + k], s[at.WORK_B + k]
        )  # fmt: skip
    for k in range(min(count, 512)):
        up = overwash.up_rate(s[at.DEEP_OIL + k], s[at.DEEP_DENSITY + k], s[at.DEEP_DT + k], s[at.DEEP_HEIGHT + k])
        s[at.WORK_C + k] = overwash.share_after(s[at.WORK_D + k], s[at.WORK_B + k], up, s[at.WORK_C + k])
    for k in range(min(count, 512)):
        row = low + scene.chosen[k]
        if overwash.sinks(s[at.DEEP_OIL + k], s[at.DEEP_DENSITY + k]):
            scene.flag[0, row] = np.uint8(at.SUBMERGED)
            real[at.DIAMETER, row] = _LUMP
            real[at.Z, row] = -np.float32(0.05)
        elif s[at.WORK_D + k] > _ZERO or s[at.WORK_B + k] > _ZERO:
            scene.flag[0, row] = np.uint8(at.OVERWASHED if s[at.DRAW_A + k] < s[at.WORK_C + k] else at.AFLOAT)


@njit(**PASS)
def choose_submerged(low, high, scene, newly):
    """Into `chosen` what is below: either what began the step there or what went under in it."""
    s, status, chosen, count = scene.scratch, scene.flag[0, low:high], scene.chosen, 0
    for i in range(min(high - low, 512)):
        chosen[count] = np.int32(i)
        count += 1 if (status[i] == at.SUBMERGED) & ((s[at.NEWLY + i] > _ZERO) == (newly != BEGAN)) else 0
    return count


@njit(**PASS)
def gather_submerged(low, high, count, scene, newly):
    """What the vertical walk of the chosen needs, into the first places of the DEEP rows."""
    s, chosen = scene.scratch, scene.chosen
    z, diameter, density = (
        scene.real[at.Z, low:high],
        scene.real[at.DIAMETER, low:high],
        scene.real[at.DENSITY, low:high],
    )
    share = _ONE / np.float32(max(scene.whole[at.SUBSTEPS], 1))
    time = at.NEWLY if newly else at.DT
    for k in range(min(count, 512)):
        i = np.uint32(chosen[k])
        s[at.DEEP_Z + k] = z[i]
        s[at.DEEP_DIAMETER + k] = diameter[i]
        s[at.DEEP_OIL + k] = density[i]
        s[at.DEEP_DENSITY + k] = s[at.WATER_DENSITY + i]
        s[at.DEEP_VISCOSITY + k] = s[at.WATER_VISCOSITY + i]
        s[at.DEEP_DT + k] = s[time + i]
        s[at.DEEP_HEIGHT + k] = s[at.WAVE_HEIGHT + i]
        s[at.DEEP_BED + k] = s[at.BED + i]
        s[at.DEEP_WIND + k] = s[at.WIND_SPEED + i]
    for k in range(min(count, 512)):
        s[at.DEEP_TIME + k] = _ZERO
        s[at.DEEP_STIRRED + k] = _ZERO
        s[at.DEEP_DT + k] *= share
        s[at.DEEP_HEIGHT + k] *= _ROOT_HALF
    for k in range(min(count, 512)):
        viscosity = s[at.DEEP_VISCOSITY + k] * s[at.DEEP_DENSITY + k]
        s[at.DEEP_RISE + k] = rise_velocity(
            s[at.DEEP_DIAMETER + k], s[at.DEEP_OIL + k], s[at.DEEP_DENSITY + k], viscosity
        )
    for k in range(min(count, 512)):
        inverse, least, most = column(s[at.DEEP_WIND + k], s[at.DEEP_BED + k], _MIXED_LAYER)
        s[at.DEEP_INVERSE + k] = inverse
        s[at.DEEP_LEAST + k] = least
        s[at.DEEP_MOST + k] = most


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
def draw_eight(count, purpose, step, seed, w):
    """Noise of eight sub-steps: the halves of four words."""
    for i in range(min(count, 512)):
        a, b, c, d = philox4x32(w[at.NUMBERS + i], step, purpose, w[at.RELEASES + i], seed, w[at.KEYS + i])
        w[at.DRAWN + i] = a
        w[at.DRAWN + 512 + i] = b
        w[at.DRAWN + 1024 + i] = c
        w[at.DRAWN + 1536 + i] = d


@njit(**PASS)
def walk_vertically(count, words, shift, s):
    """One sub-step of the walk (Visser 1997), reflected at surface and bed.

    Walking is reflected and rising is not: what reaches the surface by its buoyancy stays there (Nordam et al. 2019). The
    diffusivity falls downwards, so the place where it is taken anew lies above z: its image is `profile`'s own.
    """
    for i in range(min(count, 512)):
        z, dt, bed = s[at.DEEP_Z + i], s[at.DEEP_DT + i], s[at.DEEP_BED + i]
        inverse, least, most = s[at.DEEP_INVERSE + i], s[at.DEEP_LEAST + i], s[at.DEEP_MOST + i]
        _, gradient = profile(z, inverse, least, most)
        shifted, _ = profile(z + _HALF * dt * gradient, inverse, least, most)
        walked = visser_step(z, gradient, shifted, dt, even_step(words[i], shift))
        s[at.DEEP_Z + i] = min(reflect(walked, bed), _JUST_BELOW) if (z < _ZERO) & (z > -bed) else z


@njit(**PASS)
def rise(count, s):
    """One sub-step of rising (or sinking); held at the surface and at the bed. DEEP_TIME grows while it is below."""
    for i in range(min(count, 512)):
        z, dt, bed = s[at.DEEP_Z + i], s[at.DEEP_DT + i], s[at.DEEP_BED + i]
        below = z < _ZERO
        s[at.DEEP_TIME + i] += dt if below else _ZERO
        s[at.DEEP_STIRRED + i] += dt if below & (z > -s[at.DEEP_HEIGHT + i]) else _ZERO
        s[at.DEEP_Z + i] = min(max(z + s[at.DEEP_RISE + i] * dt, -bed), _ZERO) if below & (z > -bed) else z


@njit(**PASS)
def mix(low, high, scene, newly):
    """Several sub-steps of what began the step below (BEGAN) or, for the rest of it, of what went under in it (NEWLY).

    Then it floats, lies on the bed or is still on its way.
    """
    s, w, walks = scene.scratch, scene.words, scene.whole[at.WALK_VERTICALLY] != 0
    count = choose_submerged(low, high, scene, newly)
    if count == 0:
        return
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    gather_submerged(low, high, count, scene, newly)
    gather_words(low, count, scene)
    for substep in range(scene.whole[at.SUBSTEPS]):
        if walks:
            if substep % 8 == 0:
                purpose = np.uint32((VERTICAL << 8) + substep + (128 if newly else 0))
                draw_eight(count, purpose, step, seed, w)
            first = at.DRAWN + 512 * (substep % 8 // 2)
            walk_vertically(count, w[first : first + 512], np.uint32(16 * (substep % 2)), s)
        rise(count, s)
    bring_back(low, high, count, scene)


@njit(**PASS)
def bring_back(low, high, count, scene):
    """What the walk did to the chosen, back to their rows: where they are now, and how long they were where."""
    s, chosen, status = scene.scratch, scene.chosen, scene.flag[0, low:high]
    height, diameter = scene.real[at.Z, low:high], scene.real[at.DIAMETER, low:high]
    for k in range(min(count, 512)):
        i, z = np.uint32(chosen[k]), s[at.DEEP_Z + k]
        height[i] = z
        s[at.BELOW_FOR + i] += s[at.DEEP_TIME + k]
        s[at.STIRRED + i] += s[at.DEEP_STIRRED + k]
        s[at.RISE + i] = s[at.DEEP_RISE + k]
        s[at.DROPLET + i] = s[at.DEEP_DIAMETER + k]
        up, down = z >= _ZERO, (z <= -s[at.DEEP_BED + k]) & (s[at.DEEP_RISE + k] < _ZERO)
        diameter[i] = _ZERO if up else s[at.DEEP_DIAMETER + k]
        status[i] = np.uint8(at.AFLOAT) if up else (np.uint8(at.ON_BED) if down else np.uint8(at.SUBMERGED))
