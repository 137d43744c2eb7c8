"""The engine is compiled once, however many services start at the same moment."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from khazri.conduct import warming
from khazri.runs.compiling import STALE


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A cache without a compiled engine, and a compiler that takes a moment and counts."""
    compiled: list[float] = []

    async def compile_for_a_moment() -> None:
        compiled.append(time.monotonic())
        await asyncio.sleep(0.2)
        (tmp_path / warming.MARKER).touch()

    monkeypatch.setattr(warming, "marker", lambda: tmp_path / warming.MARKER)
    monkeypatch.setattr(warming, "_compile", compile_for_a_moment)
    return compiled


async def several() -> None:
    await asyncio.gather(*(warming.ensure_warm() for _ in range(5)))


def test_five_services_compile_once(cold: list[float], tmp_path: Path) -> None:
    asyncio.run(several())
    assert len(cold) == 1
    assert not list(tmp_path.glob("*.lock"))


def test_a_claim_of_a_process_that_died_is_passed_over(cold: list[float], tmp_path: Path) -> None:
    lock = tmp_path / f"{warming.MARKER}.lock"
    lock.touch()
    long_ago = time.time() - 2 * STALE
    os.utime(lock, (long_ago, long_ago))
    asyncio.run(several())
    assert len(cold) == 1
