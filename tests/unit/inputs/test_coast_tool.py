"""tools/coast.py: one coast, byte for byte, or an error in words."""

from __future__ import annotations

import importlib.util
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coast_tool", ROOT / "tools" / "coast.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_coast_that_is_there_is_not_fetched_again(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "_run", lambda *_: pytest.fail("nothing is to be fetched"))
    assert tool.fetch() == tool.TARGET


def test_a_file_of_other_bytes_is_not_the_coast(tool: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "land-10m.json"
    path.write_text("{}")
    assert not tool.is_right(path)
    assert tool.is_right(tool.TARGET)


def test_a_package_with_another_coast_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "land-10m.json").write_text("{}")
    with tarfile.open(tmp_path / "world-atlas.tgz", "w:gz") as archive:
        archive.add(tmp_path / "land-10m.json", tool.MEMBER)
    with pytest.raises(tool.CoastError, match=r"has SHA-256 .*; expected"):
        tool._unpack(tmp_path)


def test_without_any_npm_the_error_says_what_was_tried_and_what_to_do(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "system_npm", lambda: None)
    monkeypatch.setattr(tool, "_run", lambda *_: "no registry in reach")
    with pytest.raises(tool.CoastError, match=r"(?s)system npm: not found.*no registry in reach.*Install Node"):
        tool.fetch(tmp_path / "land-10m.json")
    assert list(tmp_path.iterdir()) == []
