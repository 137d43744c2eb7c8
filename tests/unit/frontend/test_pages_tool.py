"""tools/pages.py: what was built from other sources is built again, and the lock names no registry."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("khazri_tools_pages", ROOT / "tools" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("one")
    return folder


def test_a_changed_source_is_noticed(pages: ModuleType, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "web"
    target.mkdir()
    (target / "index.html").write_text("")
    (target / pages.STAMP).write_text(pages.fingerprint(source))
    assert pages.is_built(source, target)
    (source / "src" / "main.ts").write_text("two")
    assert not pages.is_built(source, target)


def test_packages_and_tests_are_no_sources(pages: ModuleType, source: Path) -> None:
    before = pages.fingerprint(source)
    for folder in ("node_modules", "tests"):
        (source / folder).mkdir()
        (source / folder / "file.ts").write_text("")
    assert pages.fingerprint(source) == before


def test_pages_without_their_stamp_are_not_trusted(pages: ModuleType, source: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    assert not pages.is_built(source, tmp_path)


def test_an_old_node_is_passed_over(pages: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.4\n")
    old.chmod(0o755)
    (tmp_path / "npm").write_text("#!/bin/sh\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert pages.system_npm() is None
    old.write_text("#!/bin/sh\necho v20.19.0\n")
    assert pages.system_npm() == str(tmp_path / "npm")


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
