"""A small outcome that every test of the report may read."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))


@pytest.fixture(scope="session")
def outcome():
    """A run of one site: 13 half-hourly frames of 600 particles."""
    import synthetic_outcome

    return synthetic_outcome.outcome()


@pytest.fixture(scope="session")
def measures(outcome):
    from khazri.report.measures import measure

    return measure(outcome.sites[0])


@pytest.fixture
def rng():
    return np.random.default_rng(3)
