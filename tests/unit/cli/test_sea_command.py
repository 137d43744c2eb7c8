"""`khazri sea`."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from khazri.cli.app import app

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "north-wind"


def test_the_sea_of_an_example_is_told_and_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["sea", str(EXAMPLE), "-o", str(tmp_path / "sea")])
    assert result.exit_code == 0, result.output
    assert "EXERCISE north-caspian: level" in result.output
    assert sorted(path.name for path in (tmp_path / "sea").iterdir()) == [
        "gauges.csv", "sea.gif", "sea_end.png", "sea_highest.png",
    ]  # fmt: skip
    assert "spawning-bank" in (tmp_path / "sea" / "gauges.csv").read_text(encoding="utf-8")


def test_a_pack_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["sea", str(tmp_path / "nothing" / "here")])
    assert result.exit_code == 2


def test_an_unknown_language_is_told() -> None:
    result = CliRunner().invoke(app, ["sea", str(EXAMPLE), "--language", "tlh"])
    assert result.exit_code == 2
    assert "expected one of en, ru, az" in result.output
