"""Maps and gauges of the computed sea."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.report.chart import LAND_FILL
from khazri.report.sea import DRY, Gauge, draw_sea, level_scale, write_sea
from khazri.sea.fields import SeaPicture

GRID = Grid(0.0, 0.0, 1000.0, 30, 20)
MOMENTS = ("2026-09-14 04:00Z", "2026-09-14 05:00Z")


def picture() -> SeaPicture:
    level = np.zeros((2, 20, 30), np.float32)
    level[1] = 0.42
    level[:, :5] = np.nan  # land
    level[0, 5:8] = np.nan  # a flat that is wet at the end only
    values = np.full((2, 20, 30, 2), 0.2, np.float32)
    depth = np.where(np.arange(20)[:, None] < 5, 0.0, 3.0) * np.ones((20, 30))
    return SeaPicture(
        Field("current", GRID, np.array([0.0, 3600.0]), values, "a test"), level, depth.astype(np.float32)
    )


def test_land_dry_flats_and_water_differ() -> None:
    drawn = draw_sea(picture(), 0, scale=0.5)
    height = drawn.height
    bottom = np.asarray(drawn)[height - 64 - 60, :]
    assert (bottom == LAND_FILL).all(axis=-1).mean() > 0.9
    assert (np.asarray(drawn) == DRY).all(axis=-1).sum() > 10_000


def test_the_scale_ends_at_the_highest_level_rounded_up() -> None:
    assert level_scale(picture()) == 0.5


def test_everything_is_written_and_says_exercise(tmp_path: Path) -> None:
    gauges = (Gauge("pier", 10_000.0, 6_000.0), Gauge("far", 9e6, 0.0))
    written = write_sea(tmp_path / "sea", picture(), gauges, title="a-sea", moments=MOMENTS)
    assert [path.name for path in written] == ["sea_highest.png", "sea_end.png", "sea.gif", "gauges.csv"]
    with Image.open(written[2]) as animation:
        assert animation.n_frames == 2
    text = written[3].read_text(encoding="utf-8")
    assert "EXERCISE" in text.splitlines()[0]
    assert text.splitlines()[1:] == ["time,seconds,pier", "2026-09-14 04:00Z,0,", "2026-09-14 05:00Z,3600,0.420"]


def test_the_words_of_a_map_follow_the_language() -> None:
    drawn = [np.asarray(draw_sea(picture(), 0, scale=0.5, language=language)) for language in ("en", "ru", "az")]
    assert len({each.tobytes() for each in drawn}) == 3
