"""A comparison of two runs tells figures in the reader's language."""

from __future__ import annotations

from khazri.report.comparison import tell


def test_figures_are_written_as_the_language_writes_them() -> None:
    assert tell(1234.5, "m3") == "1,234.50\u00a0m³"
    assert tell(-1234.5, "m3", "ru", signed=True) == "-1\u202f234,50\u00a0м³"
    assert tell(2.0, "h", "az") == "2,00\u00a0saat"
    assert tell(None, "t", "ru") == "–"
