"""The packs of docs/real-forcing.md are valid and run on the files that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khazri.inputs import packs

PACKS = re.findall(
    r"^```yaml\n(.*?)^```",
    (Path(__file__).resolve().parents[2] / "docs" / "real-forcing.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE | re.DOTALL,
)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("text", PACKS, ids=["topaz", "era5"])
def test_the_runs_of_the_document_can_be_repeated(text: str, shared: Path, tmp_path: Path) -> None:
    from khazri.runs import execute

    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    assert [str(fault) for fault in packs.check(tmp_path, roots=(shared / "forcing",))] == []
    done = execute(tmp_path, tmp_path / "out", particles=500, roots=(shared / "forcing",), products=())
    assert done.record["closure"] <= 1e-12
    assert done.record["budget"]["evaporated"] > 0.0
    assert any("curvilinear" in note["text"] or "era5" in note["text"] for note in done.record["notes"])
