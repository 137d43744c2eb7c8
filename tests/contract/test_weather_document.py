"""What docs/weather.md shows can be written and run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from khazri.inputs import packs
from khazri.inputs.yaml_lines import read_yaml
from khazri.runs.preparation import prepare

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "weather.md").read_text(encoding="utf-8")
YAML = re.findall(r"^```yaml\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
SITE = {
    "ident": "here", "name": "Here", "area": {"west": 48.0, "east": 53.0, "south": 44.0, "north": 47.0}, "water_level": -29,
    "resolution": "4 km",
}  # fmt: skip


@pytest.mark.parametrize("text", YAML, ids=[str(number) for number in range(len(YAML))])
def test_what_the_document_writes_is_weather(text: str, tmp_path: Path) -> None:
    import yaml

    said, _ = read_yaml(text.encode(), "docs/weather.md")
    environment = said.get("environment", said)
    pack = {
        "schema": 1,
        "name": "test",
        "title": "Test",
        "start": "2026-12-20T00:00:00Z",
        "end": "2026-12-22T00:00:00Z",
    }
    content = {**pack, "sites": [{**SITE, "environment": environment}]}
    (tmp_path / "scenario.yaml").write_text(
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    assert [str(fault) for fault in packs.check(tmp_path)] == []
    if "wind" in str(environment):
        fields = prepare(tmp_path, particles=1).sites[0].inputs.fields
        assert np.isfinite(fields["wind"].values).all()


@pytest.mark.parametrize("text", PYTHON, ids=["told", "revised"])
def test_what_the_document_runs_runs(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples" / "winter-front", tmp_path / "examples" / "winter-front")
    monkeypatch.chdir(tmp_path)
    exec(compile(text, "docs/weather.md", "exec"), {})
    told = capsys.readouterr().out
    assert "wind chill" in told or " of 192" in told
