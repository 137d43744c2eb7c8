"""Open boundaries of the sea against closed forms."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from khazri.sea import Bed, Push, Scheme, advance, no_push, still
from khazri.sea.boundary import CONSTITUENTS, Constituent, rim_of, tide_level

Accuracy = Callable[..., None]
LINEAR = Scheme(advects=False, smagorinsky=0.0)


def channel(nx: int, depth: float, spacing: float, *, both: bool) -> Bed:
    height = np.full((3, nx), -depth)
    held = np.zeros((3, nx), bool)
    held[:, 0] = True
    held[:, -1] = both
    smooth = np.zeros((3, nx), np.float32)
    return Bed(spacing, height, smooth, np.zeros(3, np.float32), np.zeros((3, nx), bool), held)


@pytest.mark.parametrize(("radiates", "most"), [(True, 0.01), (False, 10.0)])
def test_a_wave_leaves_through_a_radiating_boundary(radiates: bool, most: float, accuracy: Accuracy) -> None:
    nx, spacing, depth = 200, 1e3, 20.0
    bed = channel(nx, depth, spacing, both=True)
    x = (np.arange(nx) - 100.0) / 12.0
    sea = still(bed, np.tile(0.1 * np.exp(-x * x), (3, 1)), replace(LINEAR, radiates=radiates))
    began = float((sea.level**2).sum())
    rest = replace(no_push(bed), held_level=np.zeros(6))
    advance(sea, rest, 1.25 * nx * spacing / math.sqrt(9.81 * depth))
    left = float((sea.level**2).sum()) / began
    if radiates:
        accuracy(
            quantity="Wave leaving a channel through both ends: share of its energy that stays",
            ours=f"{left:.1e}",
            expected=0.0,
            source="Flather 1976: closed form for waves that meet the boundary squarely",
            tolerance="1 %",
        )
        assert left < most
    else:
        assert 0.1 < left < most  # a held level throws it back


def test_a_tide_in_a_channel_closed_at_its_end(accuracy: Accuracy) -> None:
    """a cos(k (L - x)) / cos(k L); a little friction lets what began it die away."""
    nx, spacing, depth = 120, 1e3, 20.0
    length = (nx - 0.5) * spacing
    bed = channel(nx, depth, spacing, both=False)
    tide = (Constituent("M2", 0.05, 0.0),)
    calm = no_push(bed)
    scheme = Scheme(smagorinsky=0.0, drag=1e-5, renewed=1e-9)

    def push(now: float) -> Push:
        return replace(calm, held_level=tide_level(now, tide, np.zeros(3)))

    omega = math.radians(CONSTITUENTS["M2"]) / 3600.0
    sea = still(bed, 0.0, scheme)
    period = 2.0 * math.pi / omega
    advance(sea, push, 25.0 * period)
    heights = [float(advance(sea, push, period / 24.0).level[1, -1]) for _ in range(24)]
    ours = max(heights)
    k = omega * np.sqrt(1.0 - 1j * 1e-5 / omega) / math.sqrt(9.81 * depth)
    expected = float(abs(0.05 / np.cos(k * length)))
    accuracy(
        quantity="M2 tide at the head of a channel of 119 km, 20 m deep [m]",
        ours=round(ours, 4),
        expected=round(expected, 4),
        source="co-oscillation with linear friction, closed form",
        tolerance="2 %: level at the centres of cells, 24 moments of the period",
    )
    assert ours == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("quarters", [0.5, 0.9, 1.0, 1.4])
def test_a_channel_resounds_at_a_quarter_of_the_wave(quarters: float, accuracy: Accuracy) -> None:
    """Amplification at the head of a channel so many quarters of the M2 wave long, with linear friction."""
    nx, depth, friction = 100, 20.0, 4e-5
    omega = math.radians(CONSTITUENTS["M2"]) / 3600.0
    length = quarters * 0.5 * math.pi * math.sqrt(9.81 * depth) / omega
    spacing = length / (nx - 0.5)
    bed = channel(nx, depth, spacing, both=False)
    scheme = Scheme(advects=False, smagorinsky=0.0, drag=friction, renewed=600.0)
    tide, calm, ahead = (Constituent("M2", 0.01, 0.0),), no_push(bed), 600.0

    def push(now: float) -> Push:
        level = tide_level(now, tide, np.zeros(3))
        later = tide_level(now + ahead, tide, np.zeros(3))
        return replace(calm, held_level=level, held_rate=(later - level) / ahead)

    period = 2.0 * math.pi / omega
    sea = advance(still(bed, 0.0, scheme), push, 15.0 * period)
    heights = [float(advance(sea, push, period / 48.0).level[1, -1]) for _ in range(48)]
    ours = (max(heights) - min(heights)) / 0.02
    k = omega * np.sqrt(1.0 - 1j * friction / omega) / math.sqrt(9.81 * depth)
    expected = float(abs(1.0 / np.cos(k * length)))
    accuracy(
        quantity=f"M2 tide at the head of a channel of {quarters:g} quarters of the wave, over that at its mouth [1]",
        ours=round(ours, 3),
        expected=round(expected, 3),
        source="co-oscillation with linear friction, closed form: 1 / |cos(k L)|",
        tolerance="2 %: 100 cells, level given at cell centres",
    )
    assert ours == pytest.approx(expected, rel=0.02)


def test_tides_add_and_unknown_constituents_are_refused() -> None:
    both = (Constituent("M2", 1.0, 0.0), Constituent("S2", 0.5, math.pi))
    assert tide_level(0.0, both, np.array([2.0])).tolist() == pytest.approx([2.5])
    with pytest.raises(ValueError, match="constituent is M7; expected one of M2"):
        Constituent("M7", 1.0, 0.0)


def test_every_held_cell_finds_its_open_side() -> None:
    held = np.zeros((4, 5), bool)
    held[:, 0] = held[0, :] = True
    rim = rim_of(held, np.zeros((4, 5), bool))
    assert rim[:, 4].tolist() == [0, -1, -1, -1, -1, -1, -1, -1]
    assert rim[:, 2].tolist() == [0, 0, 0, 0, 0, 1, 1, 1]
    assert rim[5:, :2].tolist() == [[1, 0], [2, 0], [3, 0]]
    assert rim[5:, 3].tolist() == [1, 1, 1]  # the eastern face of the first column
