"""How particles at the surface and in the water move along the plane. Displacements are true metres until `land` applies them."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import PASS
from khazri.engine.kernels.sample import vectors_at
from khazri.physics.diffusion import okubo, walk_scale
from khazri.physics.drift import deflection, ekman_depth, fade, wind_remainder_factor
from khazri.physics.ice import blend as ice_share
from khazri.physics.maths import sincos32
from khazri.physics.noise import DIFFUSION, normal_pair, philox4x32, uniform
from khazri.physics.stokes import stokes_profile

_ZERO = np.float32(0.0)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_SIXTH = np.float32(1.0 / 6.0)
_THIRD = np.float32(1.0 / 3.0)
_TWO = np.float32(2.0)
_SANE = np.float32(1e6)
_SHALLOW = np.float32(-0.01)  # [m] above this a particle is at the surface for drift


@njit(**PASS)
def draw(low, high, scene):
    """Two normals and a uniform number for each particle."""
    s, w, count = scene.scratch, scene.words, min(high - low, 512)
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    purpose = np.uint32(DIFFUSION << 8)
    number, release, member = scene.number[low:high], scene.origin[0, low:high], scene.origin[1, low:high]
    for i in range(count):
        w[at.NUMBERS + i] = number[i]
    for i in range(count):
        w[at.RELEASES + i] = np.uint32(release[i])
    for i in range(count):
        w[at.KEYS + i] = scene.keys[member[i]]
    for i in range(count):
        a, b, c, _ = philox4x32(w[at.NUMBERS + i], step, purpose, w[at.RELEASES + i], seed, w[at.KEYS + i])
        s[at.NORMAL_A + i], s[at.NORMAL_B + i] = normal_pair(a, b)
        s[at.UNIFORM_A + i] = uniform(c)


@njit(**PASS)
def stage(field, reach, scene, count):
    """FLOW becomes the current where FLOW would carry a particle in `reach` of its time; where there is none, that of the start."""
    s = scene.scratch
    for i in range(min(count, 512)):
        way = reach * s[at.DT + i] * s[at.SCALE + i]
        s[at.AT_X + i] = s[at.XS + i] + way * s[at.FLOW_X + i]
        s[at.AT_Y + i] = s[at.YS + i] + way * s[at.FLOW_Y + i]
    vectors_at(field, scene.geometry[at.G_CURRENT], s, scene.words, count)
    for i in range(min(count, 512)):
        sane = (abs(s[at.FLOW_X + i]) < _SANE) & (abs(s[at.FLOW_Y + i]) < _SANE)
        s[at.FLOW_X + i] = s[at.FLOW_X + i] if sane else s[at.CURRENT_X + i]
        s[at.FLOW_Y + i] = s[at.FLOW_Y + i] if sane else s[at.CURRENT_Y + i]


@njit(**PASS)
def carry(share, s, count):
    """Move by FLOW for a share of the particle's time."""
    for i in range(min(count, 512)):
        s[at.MOVE_X + i] += share * s[at.DT + i] * s[at.FLOW_X + i]
        s[at.MOVE_Y + i] += share * s[at.DT + i] * s[at.FLOW_Y + i]


@njit(**PASS)
def advect(low, high, scene):
    """Carry by the current over the particle's time in this step: Euler, midpoint (RK2) or classical RK4.

    Released within the step, a particle meets the current of the middle of the step all through.
    """
    s, stages, dt_whole = scene.scratch, scene.whole[at.STAGES], scene.setting[at.DT_STEP]
    middle, end, count = scene.current[1], scene.current[2], min(high - low, 512)
    even = middle.shape[0] == 1 and middle.shape[1] == 1
    for i in range(count):
        s[at.FLOW_X + i] = s[at.CURRENT_X + i]
        s[at.FLOW_Y + i] = s[at.CURRENT_Y + i]
    if high > scene.whole[at.FIRST_NEW]:
        stage(middle, _ZERO, scene, count)
        for i in range(count):
            late = s[at.DT + i] < dt_whole
            s[at.CURRENT_X + i] = s[at.FLOW_X + i] if late else s[at.CURRENT_X + i]
            s[at.CURRENT_Y + i] = s[at.FLOW_Y + i] if late else s[at.CURRENT_Y + i]
            s[at.FLOW_X + i] = s[at.CURRENT_X + i]
            s[at.FLOW_Y + i] = s[at.CURRENT_Y + i]
    if stages == 1 or even:
        carry(_ONE, s, count)
    elif stages == 2:
        stage(middle, _HALF, scene, count)
        carry(_ONE, s, count)
    else:
        carry(_SIXTH, s, count)
        for k in range(3):
            stage(end if k == 2 else middle, _ONE if k == 2 else _HALF, scene, count)
            carry(_SIXTH if k == 2 else _THIRD, s, count)


@njit(**PASS)
def drift_stokes(low, high, scene):
    """Carry by the waves, at the particle's depth."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        z = scene.real[at.Z, low + i]
        share = _ONE
        if z < _SHALLOW and s[at.STOKES_SPEED + i] > _ZERO:
            speed = s[at.STOKES_SPEED + i]
            share = stokes_profile(speed, s[at.WAVE_HEIGHT + i], s[at.WAVE_PERIOD + i], z) / speed
        s[at.MOVE_X + i] += share * s[at.STOKES_X + i] * s[at.DT + i]
        s[at.MOVE_Y + i] += share * s[at.STOKES_Y + i] * s[at.DT + i]


@njit(**PASS)
def drift_wind(low, high, scene):
    """Carry by the wind: what its total share holds beyond the Stokes drift (ruling 2), turned to the right, fading downwards."""
    s, factor, latitude = scene.scratch, scene.setting[at.WIND_FACTOR_TOTAL], scene.setting[at.LATITUDE]
    side = -_ONE if latitude >= _ZERO else _ONE
    for i in range(min(high - low, 512)):
        wind, z = s[at.WIND_SPEED + i], scene.real[at.Z, low + i]
        share = wind_remainder_factor(factor, wind, s[at.STOKES_SPEED + i], _ZERO) * s[at.DT + i]
        sine, cosine = sincos32(side * deflection(wind))
        if z < _SHALLOW:
            share *= fade(z, ekman_depth(wind, latitude))
        s[at.MOVE_X + i] += share * (cosine * s[at.WIND_X + i] - sine * s[at.WIND_Y + i])
        s[at.MOVE_Y + i] += share * (sine * s[at.WIND_X + i] + cosine * s[at.WIND_Y + i])


@njit(**PASS)
def walk(low, high, scene):
    """Horizontal turbulence: a random walk of constant diffusivity, or of Okubo's for a patch of the particle's area."""
    s, constant = scene.scratch, scene.setting[at.DIFFUSIVITY]
    for i in range(min(high - low, 512)):
        diffusivity = constant
        if constant < _ZERO:
            diffusivity = okubo(_TWO * np.sqrt(max(scene.real[at.AREA, low + i], np.float32(100.0))))
        scale = walk_scale(diffusivity, s[at.DT + i])
        s[at.MOVE_X + i] += scale * s[at.NORMAL_A + i]
        s[at.MOVE_Y + i] += scale * s[at.NORMAL_B + i]


@njit(**PASS)
def drift_ice(low, high, scene):
    """In ice the free drift gives way to that of the ice; the status says where the ice carries the oil wholly."""
    s = scene.scratch
    for i in range(min(high - low, 512)):
        status, cover = scene.flag[0, low + i], s[at.ICE_COVER + i]
        k = ice_share(cover)
        if scene.real[at.Z, low + i] >= _SHALLOW:
            s[at.MOVE_X + i] += k * (s[at.ICE_X + i] * s[at.DT + i] - s[at.MOVE_X + i])
            s[at.MOVE_Y + i] += k * (s[at.ICE_Y + i] * s[at.DT + i] - s[at.MOVE_Y + i])
        if status == at.AFLOAT and k >= _ONE:
            scene.flag[0, low + i] = np.uint8(at.IN_ICE)
        elif status == at.IN_ICE and k < _ONE:
            scene.flag[0, low + i] = np.uint8(at.AFLOAT)
