"""Noise as a hash: Philox4x32-10 of (seed, site and member) and (particle, step, purpose and sub-step, release).

The same five numbers give the same noise whatever ran before, on however many threads (docs/adr/0003).

Source: salmon2011 (Philox); box1958 (normals).
Valid: up to 2**32 particles, 2**32 steps, 256 sub-steps, 65536 releases.
Checked by: test_philox_gives_the_known_answers, test_moments_of_normals, test_neighbours_are_independent,
test_uniforms_lie_strictly_between_nought_and_one, test_members_have_their_own_key.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.maths import KERNEL, cos32, log32, sincos32

# Purposes: what a draw is for. Shifted left by 8, so that a sub-step fits beneath.
SEED_PLACE: Final = 1
DIFFUSION: Final = 2
VERTICAL: Final = 3
ENTRAINMENT: Final = 4
DROPLET: Final = 5
STRANDING: Final = 6
REFLOATING: Final = 7
SEDIMENTATION: Final = 8
RESURFACING: Final = 9
OVERWASHING: Final = 10
ICE: Final = 11
OBSERVATION: Final = 12
LEAKAGE: Final = 13
SPRAYING: Final = 14

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_TO_UNIT = np.float32(2.0**-23)
_HALF_UNIT = np.float32(2.0**-24)
_STEP = np.float32(2.0 * 3.0**0.5 / 65536.0)
_STEP_FIRST = np.float32(3.0**0.5 / 65536.0 - 3.0**0.5)
_TWO_PI = np.float32(6.283185307179586)
_MINUS_TWO = np.float32(-2.0)


@njit(forceinline=True, **KERNEL)
def _round(c0, c1, c2, c3, k0, k1):
    p0 = _M0 * (c0 & _LOW)
    p1 = _M1 * (c2 & _LOW)
    return (p1 >> _32) ^ c1 ^ k0, p1, (p0 >> _32) ^ c3 ^ k1, p0


@njit(forceinline=True, **KERNEL)
def philox4x32(c0, c1, c2, c3, k0, k1):
    """Four uint32 from a counter of four uint32 and a key of two; ten rounds."""
    # words lie in the lower halves of uint64, whatever stands above: the SIMD product reads lower halves and gives uint64
    c0, c1, c2, c3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    k0, k1 = np.uint64(k0), np.uint64(k1)
    # written out: a loop here keeps the loop around it from becoming SIMD instructions
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = k0 + _W0, k1 + _W1
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    return np.uint32(c0 & _LOW), np.uint32(c1 & _LOW), np.uint32(c2 & _LOW), np.uint32(c3 & _LOW)


@njit(forceinline=True, **KERNEL)
def member_key(site, member):
    """The second half of the key: a 32-bit mix of the site's number and the ensemble member's."""
    h = np.uint32(np.uint32(site) * np.uint32(0x9E3779B1) + np.uint32(member) + np.uint32(0x7F4A7C15))
    h = np.uint32((h ^ np.uint32(h >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    h = np.uint32((h ^ np.uint32(h >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ np.uint32(h >> np.uint32(16)))


@njit(forceinline=True, **KERNEL)
def uniform(word):
    """A float32 strictly between 0 and 1 from a uint32; 2**23 equal steps."""
    return np.float32(np.int32(np.uint32(word) >> np.uint32(9))) * _TO_UNIT + _HALF_UNIT


@njit(forceinline=True, **KERNEL)
def even_step(word, shift):
    """A float32 of mean 0 and variance 1, evenly between -3**0.5 and 3**0.5, from the 16 bits of `word` above `shift`.

    For the steps of a walk: a sum of many, whose law does not ask for more than 65536 equal steps.
    """
    half = np.int32(np.uint32(np.uint32(word) >> np.uint32(shift)) & np.uint32(0xFFFF))
    return np.float32(half) * _STEP + _STEP_FIRST


@njit(forceinline=True, **KERNEL)
def normal_pair(word0, word1):
    """Two independent standard normals (float32) from two uint32; the largest is 5.8."""
    radius = np.sqrt(_MINUS_TWO * log32(uniform(word0)))
    sine, cosine = sincos32(_TWO_PI * uniform(word1))
    return radius * cosine, radius * sine


@njit(forceinline=True, **KERNEL)
def normal(word0, word1):
    """The first of `normal_pair`."""
    return np.sqrt(_MINUS_TWO * log32(uniform(word0))) * cos32(_TWO_PI * uniform(word1))
