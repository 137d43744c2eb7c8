"""Noise: the published generator, with the moments and the independence that it promises."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy import stats

from khazri.physics.noise import even_step, member_key, normal, normal_pair, philox4x32, uniform

COUNT = 200_000
FULL = 0xFFFFFFFF
# kat_vectors of Random123 (Salmon et al. 2011): counter, key, answer of philox4x32 with ten rounds
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((FULL,) * 4, (FULL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_known_answers(
    counter: tuple[int, ...], key: tuple[int, ...], answer: tuple[int, ...]
) -> None:
    assert philox4x32(*(np.uint32(word) for word in (*counter, *key))) == answer


@njit
def draw(count, step, member):
    """(count, 4): two normals and two uniforms of so many particles."""
    out = np.empty((count, 4), np.float32)
    for i in range(count):
        a, b, c, d = philox4x32(np.uint32(i), step, np.uint32(2 << 8), np.uint32(0), np.uint32(7), member)
        out[i, 0], out[i, 1] = normal_pair(a, b)
        out[i, 2], out[i, 3] = uniform(c), uniform(d)
    return out


@pytest.fixture(scope="module")
def sample() -> np.ndarray:
    return draw(COUNT, np.uint32(5), np.uint32(11)).astype(np.float64)


def test_moments_of_normals(sample: np.ndarray) -> None:
    """Within four standard errors; the skewness and the excess have errors of (6/n)^0.5 and (24/n)^0.5."""
    for x in (sample[:, 0], sample[:, 1]):
        assert abs(x.mean()) < 4 / COUNT**0.5
        assert abs(x.var() - 1) < 4 * (2 / COUNT) ** 0.5
        assert abs(stats.skew(x)) < 4 * (6 / COUNT) ** 0.5
        assert abs(stats.kurtosis(x)) < 4 * (24 / COUNT) ** 0.5
        assert stats.kstest(x, "norm").pvalue > 1e-3


def test_uniforms_are_even(sample: np.ndarray) -> None:
    assert stats.kstest(sample[:, 2], "uniform").pvalue > 1e-3
    assert stats.kstest(sample[:, 3], "uniform").pvalue > 1e-3


def test_uniforms_lie_strictly_between_nought_and_one() -> None:
    low, high = uniform(np.uint32(0)), uniform(np.uint32(FULL))
    assert low == np.float32(2.0**-24)
    assert high == np.float32(1.0) - np.float32(2.0**-24)
    assert np.isfinite(normal_pair(np.uint32(0), np.uint32(0))).all()
    assert normal(np.uint32(0), np.uint32(0)) == pytest.approx(5.77, abs=0.01)


def test_neighbours_are_independent(sample: np.ndarray) -> None:
    """Particles beside each other, the axes, the next step and the next member: no correlation beyond four errors."""
    x, y = sample[:, 0], sample[:, 1]
    later = draw(COUNT, np.uint32(6), np.uint32(11))[:, 0]
    other = draw(COUNT, np.uint32(5), np.uint32(12))[:, 0]
    for a, b in ((x[:-1], x[1:]), (x, y), (x, later), (x, other)):
        assert abs(np.corrcoef(a, b)[0, 1]) < 4 / COUNT**0.5


def test_members_have_their_own_key() -> None:
    keys = {int(member_key(np.uint32(site), np.uint32(member))) for site in range(20) for member in range(500)}
    assert len(keys) == 20 * 500


def test_steps_of_a_walk_have_mean_nought_and_variance_one() -> None:
    """All 65536 of them, from either half of a word."""
    halves = np.arange(2**16, dtype=np.uint32)
    lower = np.array([even_step(word, 0) for word in halves])
    upper = np.array([even_step(word << np.uint32(16), 16) for word in halves])
    assert lower.mean() == pytest.approx(0.0, abs=1e-6)
    assert lower.var() == pytest.approx(1.0, rel=1e-6)
    np.testing.assert_array_equal(lower, upper)
