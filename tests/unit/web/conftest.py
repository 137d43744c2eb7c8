from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from service import Table, table


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """One service for all tests that leave its exercise as they found it."""
    with table(
        tmp_path_factory.mktemp("service"),
        controller={"role": "controller"},
        safety={"role": "safety"},
        liaison={"role": "liaison", "party": "bravo", "cell": "bravo-ops"},
        administrator={"role": "administrator"},
        designer={"role": "designer"},
        officer={"role": "programme_officer", "party": "alfa"},
    ) as found:
        yield found
