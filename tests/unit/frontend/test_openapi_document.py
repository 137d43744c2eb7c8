"""frontend/openapi.json is that of the routes as they stand; the pages' types are made from it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
BINARY = FRONTEND / "node_modules" / ".bin" / "openapi-typescript"


def test_the_document_is_that_of_the_routes() -> None:
    spec = importlib.util.spec_from_file_location("openapi_tool", ROOT / "tools" / "openapi.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = (FRONTEND / "openapi.json").read_text(encoding="utf-8")
    assert kept == tool.document(), "run `python tools/openapi.py`, then `npm run types` in frontend/"


@pytest.mark.skipif(
    shutil.which("node") is None or not BINARY.exists(), reason="no Node, or `npm ci` has not run in frontend/"
)
def test_the_types_are_those_of_the_document(tmp_path: Path) -> None:
    made = tmp_path / "openapi.ts"
    subprocess.run([str(BINARY), "openapi.json", "--output", str(made)], cwd=FRONTEND, check=True, capture_output=True)
    kept = (FRONTEND / "src" / "api" / "openapi.ts").read_text(encoding="utf-8")
    assert kept == made.read_text(encoding="utf-8"), "run `npm run types` in frontend/"
