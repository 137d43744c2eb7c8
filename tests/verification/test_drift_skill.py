"""The skill of Liu and Weisberg by hand, and what is said of the public tracks when they are cleaned."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.inputs.tracks import read_tracks
from khazri.runs.validation import skill_of

# Observed 3 km east, 4 km north, 4 km back: 3, 7 and 11 km covered after each hour, 21 in all.
OBSERVED = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0], [3.0, 0.0]]) * 1000.0


@pytest.mark.parametrize(
    ("modelled", "apart"),
    [
        ([[0, 0], [0, 0], [0, 0], [0, 0]], 3 + 5 + 3),  # it stays: 1 - 11/21
        ([[0, 0], [3, 0], [6, 0], [9, 0]], 0 + 5 + 6),  # it goes on east: the same
        ([[0, 0], [3, 1], [3, 4], [3, 2]], 1 + 0 + 2),  # nearly so: 1 - 3/21
        ([[0, 0], [-3, 0], [-6, 0], [-9, 0]], 6 + np.sqrt(97) + 12),  # the wrong way: below nothing is nothing
    ],
)
def test_the_skill_is_one_less_the_separations_over_the_lengths_covered(modelled, apart, accuracy):
    """s = sum d_i / sum l_i with l_i what the drifter had covered by then; skill 1 - s, not below 0 (n = 1)."""
    expected = max(0.0, 1.0 - apart / 21.0)
    found = skill_of(np.array(modelled, np.float64) * 1000.0, OBSERVED)
    assert found == pytest.approx(expected, abs=1e-12)
    if apart == 3:
        accuracy(
            quantity="Liu-Weisberg skill of a drift of three hours, 3 km of separation over 21 km covered",
            ours=found,
            expected=expected,
            source="Liu and Weisberg (2011), eq. 2 and 3, by hand",
            tolerance="1e-12: arithmetic",
        )


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "kept", "said"),
    [
        ("baltic2023_geomar_10min.csv", [1512, 894, 888, 1350, 1674, 1776], []),
        (
            "barents_two_drifters_2022.nc", [1026, 2284],
            ["1260 fixes without a time or a position", "1 fixes that ask for more than 3 m/s", "3 fixes that ask for more"],
        ),
        ("norse2015_code_sldmb.csv", [47], []),
        (
            "omb_bug05_pos_irregular.csv", [722],
            ["13 fixes without a time", "1 fixes at a moment that had one already", "108 fixes that ask for more than 3 m/s"],
        ),
    ],
)  # fmt: skip
def test_every_fix_of_the_public_tracks_is_kept_or_its_loss_is_said(shared, name, kept, said):
    found = read_tracks(shared / "drift" / name)
    assert [track.times.size for track in found.tracks] == kept
    assert len(found.notes) == len(said)
    for note, words in zip(found.notes, said, strict=True):
        assert words in note
