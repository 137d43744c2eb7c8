"""A sea under a wind that was rewritten goes on from when it differs, to the same bits as from the beginning."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.inputs.basins import caspian, northern_caspian
from khazri.sea import nested
from khazri.sea.circulation import advance
from khazri.sea.nested import Course, Trail, follow_sea

PLANE = SitePlane(49.5, 45.5)
TIMES = np.arange(0.0, 6 * 3600.0 + 1, 3600.0)
TURNS = 4 * 3600.0  # s
WHOLE = caspian(PLANE, level=-28.5, spacing=16_000.0)
NORTH = northern_caspian(PLANE, level=-28.5, spacing=8_000.0)


def blowing(later: float):
    """10 m/s to the north-west, and another wind from `TURNS` on."""

    def wind(now: float, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
        speed = -10.0 if now <= TURNS else later
        return np.full(grid.shape, speed, np.float32), np.full(grid.shape, 7.0, np.float32)

    return wind


def run(later: float, earlier: Trail | None = None, until: float = -np.inf) -> Trail:
    return follow_sea(WHOLE, NORTH, blowing(later), TIMES, spin_up=6 * 3600.0, earlier=earlier, until=until)


def same(one: Course | None, other: Course | None) -> bool:
    assert one is not None
    assert other is not None
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in ("level", "u", "v"))


@pytest.fixture(scope="module")
def planned() -> Trail:
    return run(-10.0)


def test_it_goes_on_to_the_same_bits(planned: Trail) -> None:
    fresh, went_on = run(12.0), run(12.0, planned, TURNS)
    assert not same(fresh.courses[0], planned.courses[0])
    for one, other in zip(fresh.courses, went_on.courses, strict=True):
        assert same(one, other)
    again = run(-3.0, went_on, TURNS)  # and from one that went on itself
    assert same(again.courses[1], run(-3.0).courses[1])


def test_only_what_comes_after_is_computed(planned: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    spans: list[float] = []

    def counted(sea, push, seconds):
        spans.append(seconds)
        return advance(sea, push, seconds)

    monkeypatch.setattr(nested, "advance", counted)
    run(12.0, planned, TURNS)
    assert (
        sum(spans) <= 2 * (TIMES[-1] + 900.0 - TURNS + 3600.0) + 900.0
    )  # both grids, from the mark of that hour or before
    spans.clear()
    run(12.0, planned, -np.inf)
    assert sum(spans) > 2 * TIMES[-1]
