"""Fixtures that every kind of test may use."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Compiling a kernel takes seconds and is no defect; the same examples every time, so that a red test stays red.
settings.register_profile("khazri", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("khazri")

ROOT = Path(__file__).resolve().parents[1]
# Terrains are kept in a folder of the tests, never in the user's own (subprocesses inherit it).
os.environ["KHAZRI_CACHE"] = str(ROOT / "build" / "cache")
SHARED = Path(os.environ.get("KHAZRI_REFERENCE_FILES", ROOT.parent / "shared" / "data"))
ACCURACY = ROOT / "build" / "accuracy"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference files (forcing, coasts, oils); the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no reference files: {SHARED} is absent (set KHAZRI_REFERENCE_FILES to where they are)")
    return SHARED


@pytest.fixture
def accuracy(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Collect rows of the accuracy table; `tools/accuracy.py` joins them into the README and the docs."""
    rows: list[dict[str, object]] = []

    def record(*, quantity: str, ours: object, expected: object, source: str, tolerance: str) -> None:
        rows.append(
            {"quantity": quantity, "ours": ours, "expected": expected, "source": source, "tolerance": tolerance}
        )

    yield record
    if rows:
        ACCURACY.mkdir(parents=True, exist_ok=True)
        name = request.node.nodeid.replace("/", "-").replace("::", "-").replace("[", "-").replace("]", "")
        (ACCURACY / f"{name}.json").write_text(json.dumps(rows, default=float), encoding="utf-8")
