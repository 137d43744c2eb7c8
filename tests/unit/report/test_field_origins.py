"""What share of the area and the time each source gave, in words."""

from __future__ import annotations

import pytest

from khazri.report.after_action.learning import origins
from khazri.report.after_action.words import Words
from khazri.report.values import FieldOrigin, share_words

SHARES = (("files", 0.834), ("sea", 0.166))
BOTH = FieldOrigin("current", "files", "model.nc (uo, vo)", (), "elsewhere the embedded sea", SHARES)


@pytest.mark.parametrize(
    ("share", "words"), [(0.834, "83 %"), (0.002, "<1 %"), (0.999, ">99 %"), (1.0, "100 %"), (0.0, "0 %")]
)
def test_a_share_that_is_not_quite_all_does_not_look_so(share, words):
    assert share_words(share).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "files 83 %, the computed sea 17 %"),
        ("ru", "файлы 83 %, рассчитанное море 17 %"),
        ("az", "fayllar 83 %, hesablanmış dəniz 17 %"),
    ],
)
def test_the_after_action_report_tells_the_share_of_each_source(language, words):
    section = origins([("north", (BOTH, FieldOrigin("wind", "scripted", "one station")))], Words(language))
    table = section.blocks[1]
    assert table.rows[0][1].replace("\u00a0", " ") == words
    assert "%" not in table.rows[1][1]
