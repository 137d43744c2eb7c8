"""The page on drifters tells what its own pack gives on public tracks."""

from __future__ import annotations

from pathlib import Path

import pytest

from khazri.inputs.tracks import read_tracks
from khazri.runs.preparation import prepare
from khazri.runs.validation import validate


@pytest.mark.shared
@pytest.mark.slow
def test_the_figures_of_the_page_on_public_drifters_are_those_of_its_pack(shared, tmp_path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "drifters.md").read_text("utf-8")
    (tmp_path / "scenario.yaml").write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    prepared = prepare(tmp_path)
    read = read_tracks(shared / "drift" / "baltic2023_geomar_10min.csv")
    found = validate(
        read.tracks,
        prepared.sites[0].inputs,
        begin=prepared.pack.start.timestamp(),
        duration=prepared.pack.duration,
        members=10,
    )
    assert len(found.starts) == 78
    assert found.given_separation[:, -1].mean() == pytest.approx(7_500.0, abs=60.0)
    assert found.given_skill.mean() == pytest.approx(0.43, abs=0.01)
    assert found.best_factor == found.given_factor == 0.03
    assert found.least_squares_factor == pytest.approx(0.032, abs=5e-4)
    assert found.inside == 0.0
    assert any(note.startswith("30 modelled drifts do not move") for note in found.notes)
